import { Progress } from 'antd'
import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { StatusTag, type Tone } from '../values/StatusTag.tsx'
import { ActionButton } from './ActionButton.tsx'
import { sayDuration } from './duration.ts'
import './actions.css'

export interface ProgressPanelProps {
  title: string
  state: 'running' | 'done' | 'cancelled' | 'failed'
  done: number
  /** Null while nobody knows how many there are. */
  total: number | null
  /** 読み込み 9,812 · 問題あり 37 … */
  counts: readonly { label: string; count: number; tone?: Tone }[]
  secondsLeft: number | null
  /** Null: this work cannot be stopped in the middle. */
  onCancel: (() => void) | null
  /** What came of it, once it ended; why, when it failed. */
  summary?: ReactNode
}

const ends: Readonly<Record<'done' | 'cancelled' | 'failed', { tone: Tone; word: string }>> = {
  done: { tone: 'success', word: words.actions.done },
  cancelled: { tone: 'neutral', word: words.actions.cancelled },
  failed: { tone: 'danger', word: words.actions.failedJob },
}

/** Long work: how far, what was found so far, how long still, and a way to stop it. */
export function ProgressPanel({
  title,
  state,
  done,
  total,
  counts,
  secondsLeft,
  onCancel,
  summary,
}: ProgressPanelProps) {
  const percent =
    state === 'done' ? 100 : total === null || total === 0 ? 0 : Math.floor((done * 100) / total)
  const running = state === 'running'
  return (
    <section className="ui-card ui-progress" aria-label={title} aria-busy={running}>
      <header>
        <h2>{title}</h2>
        {state !== 'running' && <StatusTag {...ends[state]} />}
        {running && onCancel && (
          <ActionButton size="small" disabledReason={null} onClick={onCancel}>
            {words.actions.cancelJob}
          </ActionButton>
        )}
      </header>
      <Progress
        percent={percent}
        showInfo={false}
        aria-label={title}
        status={
          state === 'failed' ? 'exception' : state === 'done' ? 'success' : running ? 'active' : 'normal'
        }
      />
      <p className="ui-progress-line" role="status">
        <span>{total === null ? words.table.rows(done) : words.actions.progress(done, total)}</span>
        {running && secondsLeft !== null && <span>{words.actions.left(sayDuration(secondsLeft))}</span>}
        {running && <span className="ui-faint">{words.actions.mayLeave}</span>}
      </p>
      {counts.length > 0 && (
        <ul className="ui-progress-counts">
          {counts.map(item => (
            <li key={item.label} data-tone={item.count > 0 ? item.tone : undefined}>
              <span>{item.label}</span>
              <strong>{item.count.toLocaleString('ja-JP')}</strong>
            </li>
          ))}
        </ul>
      )}
      {summary && <div className="ui-progress-summary">{summary}</div>}
    </section>
  )
}
