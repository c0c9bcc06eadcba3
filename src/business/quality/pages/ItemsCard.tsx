import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  Card,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  mapLoadable,
  StatusTag,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { qualityFigures, qualityItems } from '../contract.ts'

type Item = {
  partyId: string
  partyNo: string
  partyName: string
  check: string
  label: string
  owner: string
  dueOn: string
  overdue: boolean
  href: string
}

const columns: readonly Column<Item>[] = [
  {
    key: 'party',
    title: '顧客',
    render: row => `${row.partyNo}　${row.partyName}`,
    width: 320,
    hidable: false,
  },
  { key: 'label', title: '例外', render: row => row.label, width: 260 },
  { key: 'owner', title: '担当', render: row => row.owner, width: 130 },
  { key: 'due', title: '期限', render: row => <DateText date={row.dueOn} />, width: 112 },
  {
    key: 'state',
    title: '状態',
    render: row =>
      row.overdue ? <StatusTag tone="danger" word="期限超過" /> : <StatusTag tone="warning" word="未解消" />,
    width: 110,
  },
]

const filtersOf = (checks: readonly { code: string; label: string }[]): Filter[] => [
  {
    key: 'check',
    type: 'choice',
    label: '検査',
    options: checks.map(({ code, label }) => ({ value: code, label })),
  },
  { key: 'mine', type: 'choice', label: '担当', options: [{ value: 'true', label: '自分の担当だけ' }] },
]

/** Open exceptions by deadline; each row leads to where it is put right. */
export function ItemsCard({ check }: { check: string | null }) {
  const figures = useApi(qualityFigures, {})
  const filters = filtersOf(figures.state === 'ready' ? figures.value.checks : [])
  const list = useListState(filters)
  const page = useApi(qualityItems, {
    after: list.after,
    ...(check ? { check } : {}),
    ...(list.values.mine?.[0] === 'true' ? { mine: true } : {}),
  })
  const [layout, setLayout] = useTableLayout('quality.items')
  return (
    <Card title="未解消の例外" note="期限の近い順。行を開くと、直す画面に移ります" flush>
      <DataTable
        label="未解消の例外"
        height="natural"
        columns={columns}
        rows={mapLoadable(page, answer => answer.rows as readonly Item[])}
        rowKey={row => `${row.partyId}-${row.check}`}
        rowName={row => `${row.partyName} ${row.label}`}
        rowHref={row => row.href}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{ title: '未解消の例外はありません', hint: '15分ごとに検査し、見つかるとここに並びます。' }}
      />
    </Card>
  )
}
