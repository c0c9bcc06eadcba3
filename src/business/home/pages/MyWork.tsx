import { addDays } from '../../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useSession, useToday } from '../../../platform/web/session.ts'
import { Card, type Loadable, mapLoadable, type WorkItem, WorkList } from '../../../ui/index.ts'
import { type AlertRow, listAlerts } from '../../alerts/contract.ts'
import { dueWord, useAlertHref } from '../../alerts/web.tsx'
import { type ChangeRequestRow, listChangeRequests } from '../../approvals/contract.ts'
import { listTasks, type TaskRow } from '../../tasks/contract.ts'
import { ownerText } from '../../tasks/web.tsx'

const SHOWN = 12

interface DatedItem extends WorkItem {
  dueOn: string
}

/** Requests I may decide, tasks and alerts that are mine, the most urgent first. */
export function MyWork() {
  const { permissions } = useSession()
  const mayDecide = permissions.has('approvals.read')
  const mayAlert = permissions.has('alerts.read')
  const mayTask = permissions.has('tasks.read')
  const today = useToday()
  const hrefOf = useAlertHref()
  const requests = useApi(
    listChangeRequests,
    { waitingForMe: 'true', limit: SHOWN },
    { enabled: mayDecide, refetchMs: 30_000 },
  )
  const alerts = useApi(
    listAlerts,
    { mine: 'true', state: ['open', 'acknowledged'], limit: SHOWN },
    { enabled: mayAlert, refetchMs: 30_000 },
  )
  const tasks = useApi(
    listTasks,
    { whose: 'mine', state: ['open'], limit: SHOWN },
    { enabled: mayTask, refetchMs: 30_000 },
  )
  const parts: Loadable<DatedItem[]>[] = [
    ...(mayDecide ? [mapLoadable(requests, page => page.rows.map(row => requestItem(row, today)))] : []),
    ...(mayAlert
      ? [mapLoadable(alerts, page => page.rows.map(row => alertItem(row, today, hrefOf(row))))]
      : []),
    ...(mayTask ? [mapLoadable(tasks, page => page.rows.map(row => taskItem(row, today)))] : []),
  ]
  return (
    <Card title="自分の仕事">
      <WorkList
        label="自分の仕事"
        items={together(parts)}
        empty={{
          title: '今、対応が必要な仕事はありません',
          hint: '決裁を待つ申請、担当のタスクとアラート（期限、与信枠、支払遅延など）が、期限の近い順にここに並びます。',
        }}
        {...(mayAlert ? { allHref: '/alerts?mine=true' } : {})}
      />
    </Card>
  )
}

function requestItem(row: ChangeRequestRow, today: string): DatedItem {
  const dueOn = addDays(todayInTokyo(new Date(row.requestedAt)), 1)
  return {
    key: row.id,
    title: row.summary,
    why: `決裁待ち　${row.changeNo}　${row.requestedBy.name}`,
    href: `/change-requests/${row.id}`,
    due: dueWord(dueOn, today),
    dueOn,
  }
}

function alertItem(row: AlertRow, today: string, href: string): DatedItem {
  return {
    key: row.id,
    title: row.sentence,
    why: `アラート　${row.alertNo}${row.owner ? `　${row.owner.name}` : ''}`,
    href,
    due: dueWord(row.dueOn, today),
    dueOn: row.dueOn,
  }
}

function taskItem(row: TaskRow, today: string): DatedItem {
  return {
    key: row.id,
    title: row.title,
    why: ['タスク', row.taskNo, row.subject?.name, ownerText(row)].filter(Boolean).join('　'),
    href: `/tasks/${row.id}`,
    due: dueWord(row.dueOn, today),
    dueOn: row.dueOn,
  }
}

/** All parts as one list by deadline; waits for all, and shows the first problem. */
function together(parts: Loadable<DatedItem[]>[]): Loadable<readonly WorkItem[]> {
  const items: DatedItem[] = []
  for (const part of parts) {
    if (part.state !== 'ready') return part
    items.push(...part.value)
  }
  const sorted = items.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn)).slice(0, SHOWN)
  return { state: 'ready', value: sorted }
}
