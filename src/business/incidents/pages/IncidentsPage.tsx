import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { type IncidentRow, listIncidents } from '../contract.ts'
import { incidentKindLabels } from '../labels.ts'
import type { IncidentKind } from '../tables.ts'
import { IncidentTable } from './IncidentTable.tsx'

const filters: Filter[] = [
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分が担当するもの' },
  {
    key: 'kind',
    type: 'multi',
    label: '種類',
    options: Object.entries(incidentKindLabels).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'state',
    type: 'choice',
    label: '状態',
    options: [
      { value: 'open', label: '対応中' },
      { value: 'closed', label: '終了' },
      { value: 'all', label: 'すべて' },
    ],
  },
]

/** What went wrong, by what is due first. */
export default function IncidentsPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const asked = {
    mine: list.values.mine?.[0] === 'true' ? ('true' as const) : ('false' as const),
    kind: (list.values.kind ?? []) as IncidentKind[],
    state: (list.values.state?.[0] ?? 'open') as 'open' | 'closed' | 'all',
  }
  const page = useApi(listIncidents, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '事故',
        detail: '詐欺、二重譲渡、誤送金、倒産、個人データの漏えい等。報告期限の近い順です。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('incidents.report')}
            onClick={() => follow('/incidents/new')}
          >
            事故を登録
          </ActionButton>
        ),
      }}
    >
      <IncidentTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly IncidentRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する事故はありません',
          hint: '事故に気づいたら、事実だけでもすぐに登録してください。原因と再発防止策は後から書けます。',
        }}
      />
    </ListShell>
  )
}
