import { useApi } from '../../../platform/web/api.ts'
import {
  Card,
  type Column,
  DataTable,
  DateText,
  KeyValue,
  Loaded,
  Notice,
  Stack,
  UiLink,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ReceivableStateTag } from '../../receivables/web.tsx'
import { debtsOfParty, type PartyDebts } from '../debts-contract.ts'
import { clientDebtLabels } from '../labels.ts'

type Row = PartyDebts['rows'][number]

/** Everything a client owes us today, claim by claim: what is asked of it, and what a new payout could be set off against. */
export default function PartyDebtsTab({ recordId }: { recordId: string }) {
  const shown = useApi(debtsOfParty, { partyId: recordId })
  return (
    <Loaded from={shown} rows={6}>
      {value => (
        <Stack>
          <Card title="当社に対する債務（今日現在）">
            <KeyValue
              items={[
                {
                  key: 'total',
                  label: '合計',
                  value: <Yen value={value.totalYen} strong={value.totalYen > 0} />,
                },
                {
                  key: 'payouts',
                  label: '支払依頼前の送金額',
                  value: <Yen value={value.payouts.reduce((sum, one) => sum + one.leftYen, 0)} />,
                  note: value.payouts.map(one => `${one.purchaseNo} ${yenText(one.leftYen)}`).join('、'),
                },
              ]}
            />
            {value.totalYen > 0 && value.payouts.length > 0 && (
              <Notice tone="warning" title="新しい買取の送金額から差し引けます">
                下の債権の「利用者の債務」タブで相殺を申請すると、実際に振り込む額が減ります。支払を依頼した後は差し引けません。
              </Notice>
            )}
            {value.more && (
              <Notice tone="neutral" title="先頭の50件を表示しています">
                合計も、表示している債権の分だけです。
              </Notice>
            )}
          </Card>
          <Rows rows={value.rows} />
        </Stack>
      )}
    </Loaded>
  )
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const [layout, setLayout] = useTableLayout('reconciliation.party-debts')
  const yen = (key: keyof Row & `${string}Yen`, title: string): Column<Row> => ({
    key,
    title,
    width: 104,
    kind: 'number',
    render: row => <Yen value={Number(row[key])} />,
  })
  const columns: Column<Row>[] = [
    {
      key: 'no',
      title: '債権',
      width: 130,
      hidable: false,
      render: row => (
        <UiLink href={`/receivables/${row.receivableId}?tab=client-debts`}>{row.receivableNo}</UiLink>
      ),
    },
    { key: 'state', title: '状態', width: 92, render: row => <ReceivableStateTag state={row.state} /> },
    { key: 'payable', title: '回収期日', width: 104, render: row => <DateText date={row.payableOn} /> },
    yen('totalYen', '合計'),
    yen('principalYen', '延滞した元本'),
    yen('clientClaimYen', clientDebtLabels.client_claim),
    yen('damagesYen', clientDebtLabels.late_damages),
    yen('penaltyYen', clientDebtLabels.penalty),
    yen('costYen', clientDebtLabels.cost),
  ]
  return (
    <Card title="債権ごとの内訳">
      <DataTable
        label="債権ごとの内訳"
        height="natural"
        columns={columns}
        rows={{ state: 'ready', value: rows }}
        rowKey={row => row.receivableId}
        rowName={row => row.receivableNo}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '当社に対する債務はありません',
          hint: '送金の遅れ、希薄化、買戻し、解除、違約金、立替費用があると、債権ごとにここへ並びます。',
        }}
      />
    </Card>
  )
}
