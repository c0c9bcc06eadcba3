import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { listTasks, type TaskRow } from '../contract.ts'
import { taskKindLabels, taskOriginLabels, taskStateLabels } from '../labels.ts'
import type { TaskKind, TaskOrigin, TaskState } from '../tables.ts'
import { TaskTable } from './TaskTable.tsx'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  {
    key: 'whose',
    type: 'choice',
    label: '担当',
    options: [
      { value: 'mine', label: '自分' },
      { value: 'team', label: '自分のチーム（同じ役割の人）' },
      { value: 'all', label: '全員' },
    ],
  },
  { key: 'overdue', type: 'flag', label: '期限', sentence: '期限を過ぎたもの' },
  { key: 'kind', type: 'multi', label: '種類', options: options(taskKindLabels) },
  { key: 'origin', type: 'multi', label: '元', options: options(taskOriginLabels) },
  { key: 'state', type: 'multi', label: '状態', options: options(taskStateLabels) },
]

/** Work with an owner and a day: mine first, by the address everybody's. */
export default function TasksPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const { whose, overdue, kind, origin, state } = list.values
  const asked = {
    whose: (whose?.[0] ?? 'mine') as 'mine' | 'team' | 'all',
    overdue: overdue?.[0] === 'true' ? ('true' as const) : ('false' as const),
    kind: (kind ?? []) as TaskKind[],
    origin: (origin ?? []) as TaskOrigin[],
    state: (state ?? []) as TaskState[],
  }
  const page = useApi(listTasks, { ...asked, after: list.after }, { refetchMs: 30_000 })
  return (
    <ListShell
      header={{
        title: 'タスク',
        detail: '期限の近い順。条件を選ばないときは、自分が担当する未了のタスクです。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('tasks.handle')}
            onClick={() => follow('/tasks/new')}
          >
            タスクを登録
          </ActionButton>
        ),
      }}
    >
      <TaskTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly TaskRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当するタスクはありません',
          hint: '登録したタスクと、承認された変更に伴って自動で作られたタスクが、期限の近い順に並びます。',
        }}
      />
    </ListShell>
  )
}
