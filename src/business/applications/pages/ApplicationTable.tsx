import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  DateText,
  DateTimeText,
  StatusTag,
  Yen,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { ApplicationRow } from '../contract.ts'
import { channelText } from '../labels.ts'
import { ApplicationStateTag, ClockText } from './application-words.tsx'

const columns: Column<ApplicationRow>[] = [
  {
    key: 'applicationNo',
    title: '番号',
    width: 132,
    hidable: false,
    render: row => <CodeText code={row.applicationNo} />,
  },
  { key: 'state', title: '状態', width: 112, render: row => <ApplicationStateTag state={row.state} /> },
  { key: 'clock', title: '期限・残り時間', width: 184, wrap: true, render: row => <ClockText row={row} /> },
  { key: 'client', title: '利用者', width: 160, render: row => row.client.name },
  {
    key: 'requested',
    title: '希望額',
    width: 96,
    kind: 'number',
    render: row => <Yen value={row.requestedYen} />,
  },
  {
    key: 'owed',
    title: '未提出の書類',
    width: 108,
    render: row =>
      row.itemsOwed === 0 ? (
        <StatusTag tone="success" word="揃っている" />
      ) : (
        `${row.itemsOwed} / ${row.items}件`
      ),
  },
  {
    key: 'claims',
    title: '債権',
    width: 56,
    kind: 'number',
    render: row => (row.claims === 0 ? '' : `${row.claims}件`),
  },
  { key: 'net', title: '手取額', width: 96, kind: 'number', render: row => <Yen value={row.netYen} /> },
  { key: 'owner', title: '担当者', width: 92, render: row => row.owner.name },
  {
    key: 'plan',
    title: '商品',
    width: 132,
    render: row => row.plan?.name ?? '',
  },
  {
    key: 'neededBy',
    title: '希望日',
    width: 104,
    hiddenAtFirst: true,
    render: row => <DateText date={row.neededBy} />,
  },
  {
    key: 'submitted',
    title: '受付日時',
    width: 144,
    hiddenAtFirst: true,
    render: row => <DateTimeText at={row.submittedAt} />,
  },
  {
    key: 'channel',
    title: '受付手段',
    width: 112,
    hiddenAtFirst: true,
    render: row => channelText(row.channel),
  },
]

type Given = Pick<DataTableProps<ApplicationRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  asked?: ListToolsProps['filters']
}

/** Applications by deadline; late ones stand out. */
export function ApplicationTable({ asked, ...props }: Given) {
  const all = useOwnColumns('application', columns)
  const [layout, setLayout] = useTableLayout(asked ? 'applications' : 'applications.ofParty')
  return (
    <DataTable
      {...props}
      label="申込の一覧"
      columns={all}
      rowKey={row => row.id}
      rowName={row => `${row.applicationNo} ${row.client.name}`}
      rowHref={row => `/applications/${row.id}`}
      rowTone={row => (row.clock?.isLate ? 'danger' : row.state === 'submitted' ? 'warning' : undefined)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? (
          <ListTools list="applications" filters={asked} layout={layout} onLayout={setLayout} />
        ) : undefined
      }
    />
  )
}
