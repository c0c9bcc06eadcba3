import type { ReactNode } from 'react'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Loadable,
  type Pager,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { PayoutRow } from '../contract.ts'
import { dueSourceLabels, purposeLabels } from '../labels.ts'
import { PayoutStateTag } from './payout-words.tsx'

const columns: Column<PayoutRow>[] = [
  {
    key: 'payoutNo',
    title: '支払番号',
    width: 110,
    hidable: false,
    render: row => <CodeText code={row.payoutNo} />,
  },
  { key: 'state', title: '状態', width: 140, render: row => <PayoutStateTag state={row.state} /> },
  { key: 'party', title: '支払先', width: 200, render: row => row.partyName },
  {
    key: 'purpose',
    title: '種類',
    width: 140,
    render: row => (row.dueSource ? dueSourceLabels[row.dueSource] : purposeLabels[row.purpose]),
  },
  {
    key: 'amountYen',
    title: '金額',
    width: 130,
    kind: 'number',
    render: row => <Yen value={row.amountYen} />,
  },
  { key: 'transferOn', title: '振込日', width: 110, render: row => <DateText date={row.transferOn} /> },
  { key: 'bank', title: '口座', width: 210, render: row => `${row.bank} ●●●●${row.accountNoLast}` },
  { key: 'preparedBy', title: '依頼者', width: 110, hiddenAtFirst: true, render: row => row.preparedBy },
  { key: 'approvedBy', title: '承認者', width: 110, render: row => row.approvedBy ?? '' },
  {
    key: 'batchNo',
    title: 'ファイル',
    width: 100,
    hiddenAtFirst: true,
    render: row => <CodeText code={row.batchNo} />,
  },
]

interface PayoutRowsProps {
  rows: Loadable<readonly PayoutRow[]>
  pager: Pager
  height?: 'fill' | 'natural'
  filters?: ReactNode
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
  selection?: Parameters<typeof DataTable<PayoutRow>>[0]['selection']
}

/** Payments out as a table, on their own page and on a party's. */
export function PayoutRows({ rows, pager, height = 'fill', filters, asked, selection }: PayoutRowsProps) {
  const [layout, setLayout] = useTableLayout('payouts')
  return (
    <DataTable
      label="支払の一覧"
      height={height}
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => `${row.payoutNo} ${row.partyName}`}
      rowHref={row => `/payouts/${row.id}`}
      rowTone={row =>
        ['failed', 'unknown', 'bounced'].includes(row.state)
          ? 'danger'
          : row.state === 'returned'
            ? 'warning'
            : undefined
      }
      pager={pager}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? <ListTools list="payouts" filters={asked} layout={layout} onLayout={setLayout} /> : undefined
      }
      {...(selection ? { selection } : {})}
      filters={filters}
      empty={{
        title: '支払はまだありません',
        hint: '買取の後、債権のページの「支払を依頼」から始めます。留保金の返還や返金は「返還・返金」から依頼します。',
      }}
    />
  )
}
