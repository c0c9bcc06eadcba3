import { useApi } from '../../../platform/web/api.ts'
import { useChosen } from '../../../platform/web/chosen.ts'
import { useListState } from '../../../platform/web/list.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { type Filter, FilterBar, ListShell, mapLoadable, TabStrip } from '../../../ui/index.ts'
import { listPayouts, type PayoutRow } from '../contract.ts'
import { payoutStateLabels, purposeLabels } from '../labels.ts'
import { type PayoutPurpose, type PayoutState, payoutPurposes, payoutStates } from '../tables.ts'
import { BatchTable } from './BatchTable.tsx'
import { DueTable } from './DueTable.tsx'
import { PayoutBar } from './PayoutBar.tsx'
import { PayoutRows } from './PayoutRows.tsx'

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: payoutStates.map(value => ({ value, label: payoutStateLabels[value] })),
  },
  {
    key: 'purpose',
    type: 'multi',
    label: '種類',
    options: payoutPurposes.map(value => ({ value, label: purposeLabels[value] })),
  },
]

const tabs = [
  { key: 'payouts', label: '支払' },
  { key: 'dues', label: '返還・返金' },
  { key: 'files', label: '振込ファイル' },
]

/** Money out: requests, what is owed besides purchase prices, and the files they went to the bank in. */
export default function PayoutsPage() {
  const [url, setUrl] = useUrlState()
  const active = one(url.tab) ?? 'payouts'
  return (
    <ListShell header={{ title: '支払', detail: '依頼・確認・2人目の承認・振込ファイル・結果' }}>
      <TabStrip
        label="支払"
        tabs={tabs}
        active={active}
        onChoose={tab =>
          setUrl({ tab: tab === 'payouts' ? undefined : tab, at: undefined, state: undefined })
        }
        panelId="payouts-panel"
      />
      <div id="payouts-panel" role="tabpanel" aria-label={tabs.find(tab => tab.key === active)?.label}>
        {active === 'files' ? <BatchTable /> : active === 'dues' ? <DueTable /> : <PayoutTable />}
      </div>
    </ListShell>
  )
}

const NONE: readonly PayoutRow[] = []

function PayoutTable() {
  const list = useListState(filters)
  const asked = {
    state: (list.values.state ?? []) as PayoutState[],
    purpose: (list.values.purpose ?? []) as PayoutPurpose[],
  }
  const page = useApi(listPayouts, { ...asked, after: list.after })
  const chosen = useChosen<PayoutRow>(page.state === 'ready' ? page.value.rows : NONE)
  return (
    <PayoutRows
      asked={asked}
      rows={mapLoadable(page, body => body.rows as readonly PayoutRow[])}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      selection={{
        keys: chosen.keys,
        onChange: chosen.onChange,
        actions: <PayoutBar rows={chosen.rows} onDone={chosen.clear} />,
      }}
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
    />
  )
}
