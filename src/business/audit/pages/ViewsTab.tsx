import { useState } from 'react'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { type Column, DataTable, DateTimeText, FilterBar, mapLoadable } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type ViewRow, whoSaw } from '../contract.ts'
import { viewKindLabels } from '../labels.ts'

const SHOWN_DAYS = 30
export const viewColumns: Column<ViewRow>[] = [
  { key: 'at', title: '日時', width: 160, hidable: false, render: row => <DateTimeText at={row.at} /> },
  { key: 'actor', title: '見た人', width: 140, render: row => row.actor.name },
  { key: 'kind', title: '見かた', width: 150, render: row => viewKindLabels[row.kind] ?? row.kind },
  {
    key: 'shown',
    title: '同時に表示した件数',
    width: 150,
    kind: 'number',
    render: row => row.shown.toLocaleString('ja-JP'),
  },
  { key: 'query', title: '画面・照会', width: 220, render: row => row.queryWords ?? row.query },
  { key: 'ip', title: 'IPアドレス', width: 130, render: row => row.ip ?? '' },
  { key: 'reason', title: '理由', width: 200, render: row => row.reason ?? '' },
]

/** Who saw this record, and how: opened, in a list, in a search, exported. */
export default function ViewsTab({ recordId }: { recordId: string }) {
  const [url, setUrl] = useUrlState()
  const [layout, setLayout] = useTableLayout('audit.views')
  const [marks, setMarks] = useState<string[]>([])
  const today = useToday()
  const [from = addDays(today, -SHOWN_DAYS), to = today] = (one(url.seen) ?? '').split(',').filter(Boolean)
  const page = useApi(whoSaw, { recordId, from, to, limit: 50, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <DataTable
      label="閲覧記録"
      columns={viewColumns}
      rows={mapLoadable(page, body => body.rows as readonly ViewRow[])}
      rowKey={row => row.id}
      rowName={row => row.actor.name}
      rowHref={row => `/audit/views/${row.id}`}
      pager={{
        next: next ? () => setMarks([...marks, next]) : null,
        previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
      }}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      filters={
        <FilterBar
          filters={[{ key: 'seen', type: 'dateRange', label: '期間' }]}
          values={{ seen: [from, to] }}
          onChange={values => setUrl({ seen: values.seen?.join(',') })}
          search={null}
        />
      }
      empty={{ title: 'この期間に見た人はいません', hint: '期間を広げると、それ以前の閲覧も調べられます。' }}
    />
  )
}
