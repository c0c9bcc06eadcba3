import { useApi } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  CodeText,
  type Column,
  DataTable,
  FieldInput,
  mapLoadable,
  Notice,
  PageHeader,
  StatusTag,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type TrialBalance, trialBalance } from '../contract.ts'
import { natureLabels } from '../labels.ts'

type Line = TrialBalance['accounts'][number]

const columns: Column<Line>[] = [
  { key: 'name', title: '勘定科目', width: 220, hidable: false, render: row => row.name },
  { key: 'code', title: 'コード', width: 80, render: row => <CodeText code={row.code} /> },
  {
    key: 'nature',
    title: '区分',
    width: 90,
    render: row => <StatusTag tone="neutral" word={natureLabels[row.nature]} />,
  },
  {
    key: 'debit',
    title: '借方合計',
    width: 160,
    kind: 'number',
    render: row => <Yen value={row.debitYen} />,
  },
  {
    key: 'credit',
    title: '貸方合計',
    width: 160,
    kind: 'number',
    render: row => <Yen value={row.creditYen} />,
  },
  {
    key: 'balance',
    title: '残高',
    width: 160,
    kind: 'number',
    render: row => <Yen value={row.balanceYen} />,
  },
]

/** 残高試算表 on a day that is chosen in the address. */
export default function TrialBalancePage() {
  const [url, setUrl] = useUrlState()
  const today = useToday()
  const asOf = one(url.asOf) ?? today
  const [layout, setLayout] = useTableLayout('moneyledger.trialBalance')
  const balance = useApi(trialBalance, { asOf })
  return (
    <>
      <PageHeader title="試算表" detail="すべての取引の仕訳を、指定した日の終わりで集計します。" />
      <FieldInput
        field={{ name: 'asOf', type: 'date', label: '基準日', required: true, width: 'short' }}
        value={asOf}
        onChange={day => setUrl({ asOf: day ?? undefined })}
      />
      {balance.state === 'ready' && balance.value.debitYen !== balance.value.creditYen && (
        <Notice tone="danger" title="借方と貸方の合計が一致しません。システム管理者に連絡してください。" />
      )}
      <section className="ui-card ui-list-card" aria-label="試算表">
        <DataTable
          label="試算表"
          height="natural"
          columns={columns}
          rows={mapLoadable(balance, body => body.accounts as readonly Line[])}
          rowKey={row => row.code}
          rowName={row => row.name}
          pager={null}
          sort={null}
          onSort={() => {}}
          layout={layout}
          onLayout={setLayout}
          empty={{ title: '勘定科目がありません', hint: '最初の買取で仕訳が作られます。' }}
        />
      </section>
    </>
  )
}
