import { ExclamationCircleOutlined, InboxOutlined, ReloadOutlined, StopOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { words } from '../labels.ts'
import type { Loadable, Problem, ProblemReason } from '../problem.ts'
import { CopyText } from '../values/CopyText.tsx'
import { shownSource } from '../values/shown-source.ts'
import './states.css'

/** Grey bars while the first answer is on its way; `rows` should be near the real height so that nothing jumps. */
export function LoadingState({ rows = 6, label = words.states.loading }: { rows?: number; label?: string }) {
  return (
    <div className="ui-state-loading" role="status" aria-busy="true">
      <span className="ui-hidden">{label}</span>
      <Skeleton active title={false} paragraph={{ rows, width: widths(rows) }} />
    </div>
  )
}

const widths = (rows: number) => Array.from({ length: rows }, (_, at) => `${96 - ((at * 37) % 30)}%`)

export interface EmptyStateProps {
  title: string
  /** Teaches the first step: what belongs here and how it gets here. */
  hint: ReactNode
  action?: ReactNode
  icon?: ReactNode
}

export function EmptyState({
  title,
  hint,
  action,
  icon = <InboxOutlined aria-hidden="true" />,
}: EmptyStateProps) {
  return (
    <div className="ui-state">
      <span className="ui-state-icon" aria-hidden="true">
        {icon}
      </span>
      <p className="ui-state-title">{title}</p>
      <p className="ui-state-hint">{hint}</p>
      {action && <div className="ui-state-actions">{action}</div>}
    </div>
  )
}

interface StateOfProblem {
  problem: Problem
  action?: ReactNode
  /** It stands for the whole page: its title is the page's heading. */
  page?: boolean
}

/** A refusal: which rule, where it comes from, and who may lift it. */
export function RefusedState({ problem, action, page = false }: StateOfProblem) {
  return (
    <div className="ui-state ui-state-refused" role="alert">
      <span className="ui-state-icon" aria-hidden="true">
        <StopOutlined aria-hidden="true" />
      </span>
      <StateTitle page={page}>{problem.title || words.states.refusedTitle}</StateTitle>
      <Reasons reasons={problem.reasons} />
      {action && <div className="ui-state-actions">{action}</div>}
    </div>
  )
}

/** Our bug or a broken line: says so, offers a retry and the number to quote. */
export function ErrorState({ problem, retry, page = false, action }: StateOfProblem & { retry: () => void }) {
  return (
    <div className="ui-state ui-state-error" role="alert">
      <span className="ui-state-icon" aria-hidden="true">
        <ExclamationCircleOutlined aria-hidden="true" />
      </span>
      <StateTitle page={page}>{problem.title || words.states.errorTitle}</StateTitle>
      <p className="ui-state-hint">{words.states.errorHint}</p>
      <Reasons reasons={problem.reasons} />
      <div className="ui-state-actions">
        <Button icon={<ReloadOutlined aria-hidden="true" />} onClick={retry}>
          {words.states.retry}
        </Button>
        {action}
        {problem.requestId && (
          <span className="ui-state-request">
            {words.states.requestId} <CopyText text={problem.requestId} />
          </span>
        )}
      </div>
    </div>
  )
}

function StateTitle({ page, children }: { page: boolean; children: string }) {
  useEffect(() => {
    if (page) document.title = children
  }, [page, children])
  return page ? <h1 className="ui-state-title">{children}</h1> : <p className="ui-state-title">{children}</p>
}

const withShownSource = (reason: ProblemReason) => ({ ...reason, source: shownSource(reason.source) })

/** The reasons of a refusal as a list; nothing when there are none. */
export function Reasons({ reasons }: { reasons: readonly ProblemReason[] }) {
  if (reasons.length === 0) return null
  return (
    <ul className="ui-reasons">
      {reasons.map(withShownSource).map(reason => (
        <li key={`${reason.code}-${reason.field ?? ''}-${reason.sentence}`}>
          <span>{reason.sentence}</span>
          {(reason.source || reason.mayLift) && (
            <span className="ui-reasons-detail">
              {reason.source && `${words.states.source}：${reason.source}`}
              {reason.source && reason.mayLift && '　'}
              {reason.mayLift && `${words.states.lift}：${reason.mayLift}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Shows what a Loadable holds: grey bars, refusal or error until the value is here. */
export function Loaded<T>({
  from,
  rows,
  children,
}: {
  from: Loadable<T>
  rows?: number
  children: (value: T) => ReactNode
}) {
  if (from.state === 'loading') return <LoadingState rows={rows ?? 6} />
  if (from.state === 'problem') return <ProblemState problem={from.problem} retry={from.retry} />
  return <>{children(from.value)}</>
}

/** Refused or broken, by the problem's kind; instead of a whole page it is its heading and leads back. */
export function ProblemState({
  problem,
  retry,
  page = false,
}: {
  problem: Problem
  retry: () => void
  page?: boolean
}) {
  const back = page && <Button onClick={() => history.back()}>{words.states.back}</Button>
  if (problem.kind === 'failed')
    return <ErrorState problem={problem} retry={retry} page={page} action={back} />
  const again = problem.kind === 'conflict' && (
    <Button icon={<ReloadOutlined aria-hidden="true" />} onClick={retry}>
      {words.states.reload}
    </Button>
  )
  return (
    <RefusedState
      problem={problem}
      page={page}
      action={
        (again || back) && (
          <>
            {again}
            {back}
          </>
        )
      }
    />
  )
}
