import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { listProposals, type Proposal } from '../contract.ts'
import { kindLabels, stateLabels } from '../labels.ts'
import type { ProposalKind, ProposalState } from '../tables.ts'
import { ProposalTable } from './ProposalTable.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'kind', type: 'multi', label: '根拠', options: options(kindLabels) },
  { key: 'state', type: 'choice', label: '状態', options: options(stateLabels) },
]

/** グループ候補: ties found in the data that wait for a person. */
export default function ProposalsPage() {
  const list = useListState(filters)
  const page = useApi(listProposals, {
    after: list.after,
    limit: 50,
    kind: (list.values.kind ?? []) as ProposalKind[],
    state: (list.values.state?.[0] ?? 'open') as ProposalState,
  })
  return (
    <ListShell
      header={{
        title: 'グループ候補',
        detail:
          '代表者・所在地・電話番号・口座・株主が共通する会社。関係ありとした組だけがグループ枠に入ります',
      }}
    >
      <ProposalTable
        label="グループ候補"
        rows={mapLoadable(page, body => body.rows as readonly Proposal[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        height="fill"
      />
    </ListShell>
  )
}
