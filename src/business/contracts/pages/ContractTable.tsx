import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  mapLoadable,
  Rate,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type ContractRow, contractStates, listContracts } from '../contract.ts'
import { contractKindLabels, contractStateLabels, legalKindLabels, routeLabels } from '../labels.ts'
import type { ContractState } from '../rules/states.ts'
import type { ContractTerms } from '../terms.ts'
import { ContractStateTag } from './contract-words.tsx'

const columns: Column<ContractRow>[] = [
  {
    key: 'contractNo',
    title: '契約番号',
    width: 110,
    hidable: false,
    render: row => <CodeText code={row.contractNo} />,
  },
  { key: 'party', title: '顧客', width: 240, render: row => row.partyName },
  { key: 'kind', title: '種類', width: 110, render: row => contractKindLabels[row.contractKind] },
  { key: 'state', title: '状態', width: 150, render: row => <ContractStateTag state={row.state} /> },
  {
    key: 'legalKind',
    title: '形態',
    width: 80,
    render: row => legalKindLabels[row.legalKind as ContractTerms['legalKind']],
  },
  {
    key: 'route',
    title: '回収経路',
    width: 170,
    render: row => routeLabels[row.collectionRoute as ContractTerms['collectionRoute']],
  },
  { key: 'advance', title: '掛目', width: 80, kind: 'number', render: row => <Rate ppm={row.advancePpm} /> },
  { key: 'fee', title: '手数料率', width: 90, kind: 'number', render: row => <Rate ppm={row.feePpm} /> },
  { key: 'effectiveOn', title: '発効日', width: 110, render: row => <DateText date={row.effectiveOn} /> },
  { key: 'endsOn', title: '終了日', width: 110, render: row => <DateText date={row.endsOn} /> },
]

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: contractStates.map(value => ({ value, label: contractStateLabels[value] })),
  },
]

/** Contracts by condition, of one party or of all. */
export function ContractTable({ partyId }: { partyId?: string }) {
  const list = useListState(filters)
  const all = useOwnColumns('contract', columns)
  const [layout, setLayout] = useTableLayout(partyId ? 'contracts.ofParty' : 'contracts')
  const asked = {
    state: (list.values.state ?? []) as ContractState[],
    ...(partyId ? { partyId } : {}),
  }
  const page = useApi(listContracts, { ...asked, after: list.after })
  return (
    <DataTable
      label="契約の一覧"
      columns={all}
      rows={mapLoadable(page, body => body.rows as readonly ContractRow[])}
      rowKey={row => row.id}
      rowName={row => `${row.contractNo} ${row.partyName}`}
      rowHref={row => `/contracts/${row.id}`}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        partyId ? undefined : (
          <ListTools list="contracts" filters={asked} layout={layout} onLayout={setLayout} />
        )
      }
      height={partyId ? 'natural' : 'fill'}
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      empty={{
        title: '契約はまだありません',
        hint: '顧客のページの「契約」から、条件を入力して契約を作成します。',
      }}
    />
  )
}
