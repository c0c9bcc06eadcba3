import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useToday } from '../../../platform/web/session.ts'
import { DataTable, type Filter, FilterBar, mapLoadable } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import type { ViewRow } from '../contract.ts'
import { listTrailViews } from '../detail-contract.ts'
import { viewKindLabels } from '../labels.ts'
import { viewColumns } from './ViewsTab.tsx'

const SHOWN_DAYS = 7

const filters: Filter[] = [
  { key: 'seen', type: 'dateRange', label: '期間' },
  {
    key: 'kind',
    type: 'choice',
    label: '見かた',
    options: Object.entries(viewKindLabels).map(([value, label]) => ({ value, label })),
  },
]

/** Everything that was seen, by whom and how, newest first; a week unless the address says more. */
export function TrailViews() {
  const list = useListState(filters)
  const today = useToday()
  const [layout, setLayout] = useTableLayout('audit.views')
  const [from, to] = list.values.seen ?? []
  const kind = list.values.kind?.[0] as ViewRow['kind'] | undefined
  const period = { from: from || addDays(today, -SHOWN_DAYS), to: to || today }
  const page = useApi(listTrailViews, { ...period, ...(kind ? { kind } : {}), after: list.after })
  return (
    <DataTable
      label="閲覧記録"
      columns={viewColumns}
      rows={mapLoadable(page, body => body.rows as readonly ViewRow[])}
      rowKey={row => row.id}
      rowName={row => `${row.actor.name} ${row.queryWords ?? row.query}`}
      rowHref={row => `/audit/views/${row.id}`}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="fill"
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      empty={{ title: 'この期間の閲覧はありません', hint: '期間を広げると、それ以前の閲覧も調べられます。' }}
    />
  )
}
