import { useApi } from '../../../platform/web/api.ts'
import { useChosen } from '../../../platform/web/chosen.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  mapLoadable,
  Yen,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { ageingBuckets, listReceivables, type ReceivableRow, receivableStates } from '../contract.ts'
import { bucketLabels, receivableStateLabels } from '../labels.ts'
import type { ReceivableState } from '../rules/states.ts'
import { PurchaseBar } from './PurchaseBar.tsx'
import { DuplicateTag, ReceivableStateTag } from './receivable-words.tsx'

const columns: Column<ReceivableRow>[] = [
  {
    key: 'receivableNo',
    title: '債権番号',
    width: 124,
    hidable: false,
    render: row => <CodeText code={row.receivableNo} />,
  },
  {
    key: 'state',
    title: '状態',
    width: 192,
    render: row => (
      <>
        <ReceivableStateTag state={row.state} /> <DuplicateTag result={row.duplicateResult} />
      </>
    ),
  },
  { key: 'client', title: '顧客', width: 164, render: row => row.clientName },
  { key: 'debtor', title: '売掛先', width: 160, render: row => row.debtorName },
  { key: 'faceYen', title: '額面', width: 108, kind: 'number', render: row => <Yen value={row.faceYen} /> },
  {
    key: 'openYen',
    title: '未回収額',
    width: 108,
    kind: 'number',
    render: row => <Yen value={row.openYen} />,
  },
  { key: 'payableOn', title: '回収期日', width: 104, render: row => <DateText date={row.payableOn} /> },
  {
    key: 'daysPastDue',
    title: '延滞',
    width: 64,
    kind: 'number',
    render: row => (row.daysPastDue > 0 ? `${row.daysPastDue}日` : ''),
  },
  { key: 'invoiceNo', title: '請求書番号', width: 132, render: row => <CodeText code={row.invoiceNo} /> },
  {
    key: 'purchasedYen',
    title: '買取額',
    width: 120,
    kind: 'number',
    render: row => <Yen value={row.purchasedYen} />,
  },
  {
    key: 'dueOn',
    title: '支払期日',
    width: 110,
    hiddenAtFirst: true,
    render: row => <DateText date={row.dueOn} />,
  },
  {
    key: 'issuedOn',
    title: '発行日',
    width: 110,
    hiddenAtFirst: true,
    render: row => <DateText date={row.issuedOn} />,
  },
]

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: receivableStates.map(value => ({ value, label: receivableStateLabels[value] })),
  },
  {
    key: 'bucket',
    type: 'multi',
    label: '延滞区分',
    options: ageingBuckets.map(value => ({ value, label: bucketLabels[value] })),
  },
  { key: 'suspect', type: 'flag', label: '重複', sentence: '二重譲渡の疑いがあるもの' },
]

const NONE: readonly ReceivableRow[] = []

/** Claims by condition; approved ones are chosen here to be bought together. */
export function ReceivableTable({ partyId }: { partyId?: string }) {
  const list = useListState(filters)
  const all = useOwnColumns('receivable', columns)
  const [layout, setLayout] = useTableLayout(partyId ? 'receivables.ofParty' : 'receivables')
  const asked = {
    state: (list.values.state ?? []) as ReceivableState[],
    bucket: (list.values.bucket ?? []) as (typeof ageingBuckets)[number][],
    suspect: list.values.suspect?.[0] === 'true' ? ('true' as const) : ('false' as const),
    text: list.text,
    ...(partyId ? { partyId } : {}),
  }
  const page = useApi(listReceivables, { ...asked, after: list.after })
  const chosen = useChosen<ReceivableRow>(page.state === 'ready' ? page.value.rows : NONE)
  return (
    <DataTable
      label="債権の一覧"
      columns={all}
      rows={mapLoadable(page, body => body.rows as readonly ReceivableRow[])}
      rowKey={row => row.id}
      rowName={row => `${row.receivableNo} ${row.debtorName}`}
      rowHref={row => `/receivables/${row.id}`}
      rowTone={row =>
        row.daysPastDue > 0
          ? 'danger'
          : row.duplicateResult === 'suspect' || row.duplicateResult === 'confirmed'
            ? 'warning'
            : undefined
      }
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        partyId ? undefined : (
          <ListTools list="receivables" filters={asked} layout={layout} onLayout={setLayout} />
        )
      }
      height={partyId ? 'natural' : 'fill'}
      selection={{
        keys: chosen.keys,
        onChange: chosen.onChange,
        actions: <PurchaseBar rows={chosen.rows} onDone={chosen.clear} />,
      }}
      filters={
        <FilterBar
          filters={filters}
          values={list.values}
          onChange={list.setValues}
          search={{ text: list.text, onChange: list.setText, placeholder: '債権番号・請求書番号で検索' }}
        />
      }
      empty={{
        title: '該当する債権はありません',
        hint: '「債権の申込を登録」から、請求書の内容を入力します。二重譲渡のおそれは入力中に表示されます。',
      }}
    />
  )
}
