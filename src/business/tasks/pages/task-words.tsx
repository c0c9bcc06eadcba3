import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { DateText, StatusTag, type Tone, UiLink } from '../../../ui/index.ts'
import { roleLabels } from '../../access/labels.ts'
import type { originsByHand, TaskRow } from '../contract.ts'
import { taskOriginLabels, taskStateLabels } from '../labels.ts'
import type { TaskOrigin } from '../tables.ts'

const tones: Record<TaskRow['state'], Tone> = { open: 'accent', done: 'success', cancelled: 'neutral' }

export function TaskStateTag({ task }: { task: Pick<TaskRow, 'state' | 'isOverdue' | 'outcome'> }) {
  if (task.isOverdue) return <StatusTag tone="danger" word="期限超過" />
  const detail = task.outcome
  return (
    <StatusTag tone={tones[task.state]} word={taskStateLabels[task.state]} {...(detail ? { detail } : {})} />
  )
}

/** The day, and beside it how near it is: 「3日遅れ」「今日」「あと2日」. */
export function TaskDue({ task, today }: { task: Pick<TaskRow, 'state' | 'dueOn'>; today: string }) {
  if (task.state !== 'open') return <DateText date={task.dueOn} />
  const days = daysBetween(today, task.dueOn)
  if (days > 3) return <DateText date={task.dueOn} />
  return (
    <>
      <DateText date={task.dueOn} />{' '}
      <StatusTag
        tone={days < 0 ? 'danger' : days === 0 ? 'warning' : 'accent'}
        word={days < 0 ? `${-days}日遅れ` : days === 0 ? '今日' : `あと${days}日`}
      />
    </>
  )
}

export const ownerText = (task: Pick<TaskRow, 'owner' | 'ownerRole'>) =>
  task.owner?.name ??
  (task.ownerRole
    ? `${(roleLabels as Record<string, string>)[task.ownerRole] ?? task.ownerRole}（未割当）`
    : '')

const recordKinds: Readonly<Record<TaskOrigin, string | null>> = {
  hand: null,
  alert: null,
  change_request: 'change_request',
  checklist: 'application',
  promise: 'collection_case',
  incident: 'incident',
}

/** What a task comes from, as a link where its record has a page. */
export function OriginText({ origin }: { origin: TaskRow['origin'] }) {
  const hrefOf = useRecordHref()
  const words = [taskOriginLabels[origin.kind], origin.no].filter(Boolean).join('　')
  const kind = recordKinds[origin.kind]
  const href = kind && origin.id ? hrefOf(kind, origin.id) : origin.kind === 'alert' ? '/alerts' : null
  return href ? <UiLink href={href}>{words}</UiLink> : words
}

/** Where a task is registered from another record, filled in as far as that record says. */
export function newTaskHref(from: {
  origin: { kind: (typeof originsByHand)[number]; id: string }
  partyId?: string | undefined
  title?: string
}): string {
  const params = new URLSearchParams({ origin: `${from.origin.kind}:${from.origin.id}` })
  if (from.partyId) params.set('party', from.partyId)
  if (from.title) params.set('title', from.title.slice(0, 200))
  return `/tasks/new?${params}`
}
