import { Component, type ReactNode } from 'react'
import { ErrorState } from '../../ui/index.ts'

/** A page that fails while drawing says so and can be tried again; the rest of the program stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <ErrorState
        problem={{ kind: 'failed', title: '画面を表示できませんでした', reasons: [], requestId: null }}
        retry={() => window.location.reload()}
      />
    )
  }
}
