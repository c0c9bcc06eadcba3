import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  TabStrip,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { listPayouts, type PayoutRow } from '../contract.ts'
import { payoutStateLabels, purposeLabels } from '../labels.ts'
import { type PayoutState, payoutStates } from '../tables.ts'
import { BatchTable } from './BatchTable.tsx'
import { PayoutBar } from './PayoutBar.tsx'
import { PayoutStateTag } from './payout-words.tsx'

const columns: Column<PayoutRow>[] = [
  {
    key: 'payoutNo',
    title: '支払番号',
    width: 110,
    hidable: false,
    render: row => <CodeText code={row.payoutNo} />,
  },
  { key: 'state', title: '状態', width: 150, render: row => <PayoutStateTag state={row.state} /> },
  { key: 'party', title: '支払先', width: 240, render: row => row.partyName },
  { key: 'purpose', title: '種類', width: 90, render: row => purposeLabels[row.purpose] },
  {
    key: 'amountYen',
    title: '金額',
    width: 130,
    kind: 'number',
    render: row => <Yen value={row.amountYen} />,
  },
  { key: 'transferOn', title: '振込日', width: 110, render: row => <DateText date={row.transferOn} /> },
  { key: 'bank', title: '口座', width: 240, render: row => `${row.bank} ●●●●${row.accountNoLast}` },
  { key: 'preparedBy', title: '依頼者', width: 110, render: row => row.preparedBy },
  { key: 'approvedBy', title: '承認者', width: 110, render: row => row.approvedBy ?? '' },
  { key: 'batchNo', title: 'ファイル', width: 100, render: row => <CodeText code={row.batchNo} /> },
]

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: payoutStates.map(value => ({ value, label: payoutStateLabels[value] })),
  },
]

const tabs = [
  { key: 'payouts', label: '支払' },
  { key: 'files', label: '振込ファイル' },
]

/** Money out: requests, and the files they went to the bank in. */
export default function PayoutsPage() {
  const [url, setUrl] = useUrlState()
  const active = one(url.tab) ?? 'payouts'
  return (
    <ListShell header={{ title: '支払', detail: '依頼・確認・2人目の承認・振込ファイル・結果' }}>
      <TabStrip
        label="支払"
        tabs={tabs}
        active={active}
        onChoose={tab => setUrl({ tab: tab === 'payouts' ? undefined : tab, at: undefined })}
        panelId="payouts-panel"
      />
      <div id="payouts-panel" role="tabpanel" aria-label={tabs.find(tab => tab.key === active)?.label}>
        {active === 'files' ? <BatchTable /> : <PayoutTable />}
      </div>
    </ListShell>
  )
}

function PayoutTable() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('payouts')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const page = useApi(listPayouts, {
    after: list.after,
    state: (list.values.state ?? []) as PayoutState[],
  })
  const rows = page.state === 'ready' ? page.value.rows : []
  return (
    <DataTable
      label="支払の一覧"
      columns={columns}
      rows={mapLoadable(page, body => body.rows as readonly PayoutRow[])}
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
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      selection={{
        keys: chosen,
        onChange: setChosen,
        actions: (
          <PayoutBar rows={rows.filter(row => chosen.has(row.id))} onDone={() => setChosen(new Set())} />
        ),
      }}
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      empty={{
        title: '支払はまだありません',
        hint: '買取の後、債権のページの「支払を依頼」から始めます。確認と2人目の承認を経て、振込ファイルになります。',
      }}
    />
  )
}
