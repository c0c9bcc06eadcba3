import { App, Button } from 'antd'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId } from 'react'
import { ActionButton } from '../actions/ActionButton.tsx'
import { words } from '../labels.ts'
import type { Problem } from '../problem.ts'
import { useUi } from '../theme/UiProvider.tsx'
import { DraftLine, type DraftStatus } from './DraftLine.tsx'
import { ErrorSummary } from './ErrorSummary.tsx'
import { FormScopeProvider, useNewFormScope } from './FormScope.tsx'
import { LoadingState } from './states.tsx'
import './shells.css'

export interface FormShellProps {
  /** Accessible name of the form. */
  label: string
  /** True until the record or draft to edit is here. */
  loading: boolean
  /** What the server said to the last attempt; all reasons at once. Null: nothing. */
  submitError: Problem | null
  submitting: boolean
  submitLabel: string
  /** Null when it may be sent; else the sentence that says why not. */
  submitDisabledReason: string | null
  onSubmit: () => void
  onCancel?: () => void
  /** Something is typed that the server does not have as a record yet. */
  dirty: boolean
  draft: DraftStatus
  /** A line left of the buttons, e.g. 「承認者1名の確認後に反映されます」. */
  footnote?: ReactNode
  children: ReactNode
}

/**
 * A form which cannot forget: waiting, refusal at the fields and in a summary, the draft's state, and a reason on a
 * button that may not be pressed. Ctrl+Enter sends. Leaving with words not kept anywhere asks first.
 */
export function FormShell(props: FormShellProps) {
  const {
    label,
    loading,
    submitError,
    submitting,
    submitLabel,
    onSubmit,
    onCancel,
    dirty,
    draft,
    footnote,
    children,
  } = props
  const prefix = useId()
  const { scope, labelOf, unreadable } = useNewFormScope(prefix, submitError, submitting)
  const unread = Object.entries(unreadable)[0]
  const reason = props.submitDisabledReason ?? (unread ? `${labelOf(unread[0]) ?? ''}：${unread[1]}` : null)
  useLeaveWarning(dirty && draft.state !== 'saved' && !submitting)
  const submit = () => {
    if (reason === null && !submitting) onSubmit()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  const onSubmitEvent = (event: FormEvent) => event.preventDefault()
  if (loading) return <LoadingState rows={10} />
  return (
    <FormScopeProvider value={scope}>
      <form
        className="ui-form"
        aria-label={label}
        noValidate
        onSubmit={onSubmitEvent}
        onKeyDown={onKey}
        autoComplete="off"
      >
        {submitError && <ErrorSummary problem={submitError} idOf={scope.idOf} labelOf={labelOf} />}
        <div className="ui-form-fields">{children}</div>
        <footer className="ui-form-foot">
          <div className="ui-form-notes">
            <DraftLine status={draft} />
            {footnote && <span className="ui-faint">{footnote}</span>}
          </div>
          {onCancel && (
            <Button onClick={onCancel} disabled={submitting}>
              {words.form.cancel}
            </Button>
          )}
          <ActionButton
            kind="primary"
            disabledReason={reason}
            running={submitting}
            onClick={submit}
            hint={words.form.submitKey}
          >
            {submitLabel}
          </ActionButton>
        </footer>
      </form>
    </FormScopeProvider>
  )
}

/** Fields that belong together, under a heading, in as many columns as fit. */
export function FormSection({
  title,
  hint,
  children,
}: {
  title: string
  hint?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="ui-form-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p className="ui-faint">{hint}</p>}
      <div className="ui-form-grid">{children}</div>
    </section>
  )
}

/** Asks before the tab closes and, through the application's router, before another page opens. */
function useLeaveWarning(active: boolean): void {
  const { modal } = App.useApp()
  const { useLeaveBlock } = useUi()
  const block = useLeaveBlock(active)
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [active])
  useEffect(() => {
    if (!block) return
    const asked = modal.confirm({
      title: words.form.unsavedTitle,
      content: words.form.unsaved,
      okText: words.form.leave,
      cancelText: words.form.stay,
      onOk: block.leave,
      onCancel: block.stay,
    })
    return () => asked.destroy()
  }, [block, modal])
}
