import { useEventLabel } from '../../../platform/web/catalogue.ts'
import { type Column, DataTable, DateTimeText, type Loadable, type Pager } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import type { TrailEvent } from '../contract.ts'

interface EventTableProps {
  label: string
  rows: Loadable<readonly TrailEvent[]>
  pager: Pager
  height: 'fill' | 'natural'
  filters?: React.ReactNode
}

/** Events with old and new values; the same table in a record's history and in the trail. */
export function EventTable({ label, rows, pager, height, filters }: EventTableProps) {
  const eventLabel = useEventLabel()
  const [layout, setLayout] = useTableLayout('audit.events')
  const columns: Column<TrailEvent>[] = [
    { key: 'at', title: '日時', width: 150, hidable: false, render: row => <DateTimeText at={row.at} /> },
    { key: 'verb', title: '出来事', width: 170, render: row => eventLabel(row.verb) },
    { key: 'actor', title: '行った人', width: 120, render: row => row.actor.name },
    { key: 'approvedBy', title: '承認した人', width: 120, render: row => row.approvedBy?.name ?? '' },
    { key: 'changes', title: '変更の前 → 後', width: 420, wrap: true, render: changesOf },
    { key: 'reason', title: '理由', width: 240, wrap: true, render: row => row.reason ?? '' },
    {
      key: 'seal',
      title: '封印',
      width: 96,
      kind: 'number',
      render: row => (row.sealedIn === null ? '封印待ち' : `第${row.sealedIn}塊`),
    },
  ]
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => eventLabel(row.verb)}
      pager={pager}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height={height}
      filters={filters}
      empty={{
        title: '出来事はありません',
        hint: '記録を変えると、だれが・いつ・なぜ変えたかがここに残ります。',
      }}
    />
  )
}

function changesOf(row: TrailEvent): string {
  const fields = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
  const said = fields.flatMap(field => {
    const [old, now] = [shown(row.before?.[field]), shown(row.after?.[field])]
    if (old === now) return []
    return [row.before ? `${old} → ${now}` : now]
  })
  const facts = row.facts?.summary ?? row.facts?.command
  return said.filter(Boolean).join('、') || (typeof facts === 'string' ? facts : '')
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
