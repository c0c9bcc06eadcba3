import type { ReactNode } from 'react'
import type { Loadable, Pager } from '../../../ui/index.ts'
import { CodeText, type Column, DataTable, DateText, StatusTag, Yen } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { PaymentRow } from '../contract.ts'
import { PaymentStateTag } from './payment-words.tsx'

const columns: Column<PaymentRow>[] = [
  { key: 'no', title: '番号', width: 110, hidable: false, render: row => <CodeText code={row.paymentNo} /> },
  { key: 'received', title: '入金日', width: 104, render: row => <DateText date={row.receivedOn} /> },
  { key: 'payer', title: '振込依頼人', width: 220, render: row => row.payerKana || row.bankSummary },
  { key: 'amount', title: '金額', width: 124, kind: 'number', render: row => <Yen value={row.amountYen} /> },
  {
    key: 'state',
    title: '状態',
    width: 150,
    render: row =>
      row.takenBack && row.state !== 'voided' ? (
        <StatusTag tone="danger" word="銀行が取消" detail="消込を取り消してください。" />
      ) : (
        <PaymentStateTag state={row.state} detail={row.heldReason} />
      ),
  },
  {
    key: 'left',
    title: '未充当',
    width: 116,
    kind: 'number',
    render: row => <Yen value={row.amountYen - row.appliedYen - row.refundYen} />,
  },
  { key: 'party', title: '取引先', width: 200, render: row => row.party?.legalName ?? '' },
  { key: 'bank', title: '仕向銀行', width: 170, render: row => `${row.payerBank} ${row.payerBranch}` },
  { key: 'edi', title: 'EDI情報', width: 150, render: row => row.edi },
  { key: 'account', title: '入金口座', width: 200, render: row => row.account.name },
  {
    key: 'file',
    title: '明細',
    width: 110,
    render: row => `${row.file.fileNo}-${row.file.lineNo}`,
  },
]

interface PaymentTableProps {
  rows: Loadable<readonly PaymentRow[]>
  pager: Pager | null
  filters?: ReactNode
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
  height?: 'fill' | 'natural'
}

/** Deposits as rows; the same columns on every screen. */
export function PaymentTable({ rows, pager, filters, asked, height = 'fill' }: PaymentTableProps) {
  const [layout, setLayout] = useTableLayout('payments.payments')
  return (
    <DataTable
      label="入金一覧"
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => row.paymentNo}
      rowHref={row => `/payments/${row.id}`}
      rowTone={row => (row.takenBack ? 'danger' : row.state === 'received' ? 'warning' : undefined)}
      pager={pager}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? <ListTools list="payments" filters={asked} layout={layout} onLayout={setLayout} /> : undefined
      }
      height={height}
      filters={filters}
      empty={{
        title: '該当する入金はありません',
        hint: '「明細を取り込む」から、銀行の入出金取引明細・振込入金通知・CSVを読み込めます。',
      }}
    />
  )
}
