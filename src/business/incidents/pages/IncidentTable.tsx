import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  DateText,
  SentenceText,
  Yen,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { IncidentRow } from '../contract.ts'
import { incidentKindLabels } from '../labels.ts'
import { IncidentStateTag, NextDue } from './incident-words.tsx'

const columns: Column<IncidentRow>[] = [
  { key: 'no', title: '番号', width: 116, hidable: false, render: row => <CodeText code={row.incidentNo} /> },
  { key: 'state', title: '状態', width: 108, render: row => <IncidentStateTag row={row} /> },
  { key: 'next', title: '次の期限', width: 184, wrap: true, render: row => <NextDue row={row} /> },
  { key: 'kind', title: '種類', width: 156, render: row => incidentKindLabels[row.kind] },
  { key: 'title', title: '件名', width: 260, wrap: true, render: row => <SentenceText text={row.title} /> },
  {
    key: 'subjects',
    title: '関係する会社',
    width: 240,
    wrap: true,
    render: row => row.subjects.map(one => one.name).join('、'),
  },
  { key: 'loss', title: '損失額', width: 120, kind: 'number', render: row => <Yen value={row.lossYen} /> },
  { key: 'owner', title: '担当者', width: 120, render: row => row.owner.name },
  { key: 'found', title: '発見日', width: 104, render: row => <DateText date={row.foundOn} /> },
]

type Given = Pick<DataTableProps<IncidentRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  asked?: ListToolsProps['filters']
}

export function IncidentTable({ asked, ...props }: Given) {
  const all = useOwnColumns('incident', columns)
  const [layout, setLayout] = useTableLayout('incidents')
  return (
    <DataTable
      {...props}
      label="事故"
      columns={all}
      rowKey={row => row.id}
      rowName={row => `${row.incidentNo} ${row.title}`}
      rowHref={row => `/incidents/${row.id}`}
      rowTone={row => (row.isLate ? 'danger' : undefined)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? (
          <ListTools list="incidents" filters={asked} layout={layout} onLayout={setLayout} />
        ) : undefined
      }
    />
  )
}
