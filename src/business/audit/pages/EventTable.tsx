import { useEventField, useEventLabel } from '../../../platform/web/catalogue.ts'
import type { EventField } from '../../../platform/web/page.ts'
import {
  type Column,
  DataTable,
  DateTimeText,
  type Loadable,
  type Pager,
  SentenceText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import type { TrailEvent } from '../contract.ts'
import { refusedRules } from './refused-rules.ts'

interface EventTableProps {
  label: string
  rows: Loadable<readonly TrailEvent[]>
  pager: Pager
  height: 'fill' | 'natural'
  filters?: React.ReactNode
  /** Where an event is shown in full, for whoever may look at the trail. */
  hrefOf?: (event: TrailEvent) => string
}

/** Events with old and new values; the same table in a record's history and in the trail. */
export function EventTable({ label, rows, pager, height, filters, hrefOf }: EventTableProps) {
  const eventLabel = useEventLabel()
  const fieldOf = useEventField()
  const merged = rows.state === 'ready' && rows.value.some(row => row.recordNos.length > 0)
  const [layout, setLayout] = useTableLayout('audit.events')
  const columns: Column<TrailEvent>[] = [
    { key: 'at', title: '日時', width: 150, hidable: false, render: row => <DateTimeText at={row.at} /> },
    { key: 'verb', title: '出来事', width: 170, render: row => eventLabel(row.verb) },
    ...(merged
      ? [
          {
            key: 'records',
            title: '記録',
            width: 110,
            wrap: true,
            render: (row: TrailEvent) => row.recordNos.join('、'),
          },
        ]
      : []),
    { key: 'actor', title: '行った人', width: 120, render: row => row.actor.name },
    { key: 'approvedBy', title: '承認した人', width: 120, render: row => row.approvedBy?.name ?? '' },
    {
      key: 'changes',
      title: '内容（前 → 後）',
      width: 420,
      wrap: true,
      render: row => <Changes row={row} fieldOf={fieldOf} />,
    },
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
      {...(hrefOf ? { rowHref: hrefOf } : {})}
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

interface Change {
  field: EventField
  old: string | null
  now: string
}

type FieldOf = ReturnType<typeof useEventField>

/** What changed, each value under its name; a first registration says how much it holds instead of repeating it. */
function Changes({ row, fieldOf }: { row: TrailEvent; fieldOf: FieldOf }) {
  const summary = typeof row.facts?.summary === 'string' ? row.facts.summary : null
  const changes = row.before ? changesOf(row, fieldOf) : []
  const refused = row.verb === 'attempt_refused' ? refusedRules(row) : null
  const count = row.before ? 0 : Object.values(row.after ?? {}).filter(value => value !== null).length
  return (
    <>
      {(summary ?? refused) && (
        <div>
          <SentenceText text={summary ?? refused ?? ''} />
        </div>
      )}
      {refused && (
        <div className="ui-faint">
          操作：{row.attempted ?? <code>{String(row.facts?.command ?? row.facts?.query ?? '')}</code>}
        </div>
      )}
      {changes.map(({ field, old, now }) => (
        <div key={field.label}>
          <span className="ui-faint">{field.label}：</span>
          {old && `${old} → `}
          {now || '（空欄）'}
        </div>
      ))}
      {!summary && !refused && count > 0 && <span className="ui-faint">登録内容 {count}項目</span>}
    </>
  )
}

/** Values nobody describes (ids of other records, parts of a calculation) stand in the trail, not in this table. */
function changesOf(row: TrailEvent, fieldOf: FieldOf): Change[] {
  const names = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])]
  return names.flatMap(name => {
    const field = fieldOf(row.verb, name)
    if (!field) return []
    const [old, now] = [shown(row.before?.[name], field), shown(row.after?.[name], field)]
    return old === now ? [] : [{ field, old: old || null, now }]
  })
}

function shown(value: unknown, field: EventField): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(item => shown(item, field)).join('・')
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (field.unit === 'yen' && typeof value === 'number') return `¥${value.toLocaleString('ja-JP')}`
  if (field.unit === 'ppm' && typeof value === 'number') return `${value / 10_000}%`
  return field.choices?.[String(value)] ?? String(value)
}
