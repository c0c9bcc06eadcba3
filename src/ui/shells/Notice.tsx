import type { ReactNode } from 'react'
import { type Tone, toneIcons } from '../values/StatusTag.tsx'

interface NoticeProps {
  tone: Extract<Tone, 'danger' | 'warning' | 'success' | 'accent' | 'neutral'>
  title: string
  children?: ReactNode
  /** Buttons or links at the right. */
  action?: ReactNode
  /** Read aloud at once when it appears because of something the person did. */
  live?: boolean
}

/** A line or two over a page or card: what one must know before going on. */
export function Notice({ tone, title, children, action, live = false }: NoticeProps) {
  return (
    <div className={`ui-notice ui-notice-${tone}`} role={live ? 'alert' : 'note'}>
      <span className="ui-notice-icon" aria-hidden="true">
        {toneIcons[tone]}
      </span>
      <div className="ui-notice-body">
        <p className="ui-notice-title">{title}</p>
        {children}
      </div>
      {action && <div className="ui-notice-action">{action}</div>}
    </div>
  )
}
