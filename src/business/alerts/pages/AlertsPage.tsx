import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { type AlertRow, listAlerts } from '../contract.ts'
import { type AlertKind, alertKindLabels, alertStateLabels, severityLabels } from '../labels.ts'
import type { AlertSeverity, AlertState } from '../tables.ts'
import { AlertTable } from './AlertTable.tsx'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分が対応するもの' },
  { key: 'kind', type: 'multi', label: '種類', options: options(alertKindLabels) },
  { key: 'severity', type: 'multi', label: '重さ', options: options(severityLabels) },
  { key: 'state', type: 'multi', label: '状態', options: options(alertStateLabels) },
]

/** Everything that needs somebody, by deadline. */
export default function AlertsPage() {
  const list = useListState(filters)
  const { mine, kind, severity, state } = list.values
  const asked = {
    mine: mine?.[0] === 'true' ? ('true' as const) : ('false' as const),
    kind: (kind ?? []) as AlertKind[],
    severity: (severity ?? []) as AlertSeverity[],
    state: (state ?? []) as AlertState[],
  }
  const page = useApi(listAlerts, { ...asked, after: list.after }, { refetchMs: 30_000 })
  return (
    <ListShell header={{ title: 'アラート', detail: '期限の近い順。原因がなくなると自動で解決します。' }}>
      <AlertTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly AlertRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '対応が必要なアラートはありません',
          hint: '本人確認の期限、与信枠の使用率、支払の遅延、承認の滞留などを1分ごとに確認し、見つかるとここに並びます。',
        }}
      />
    </ListShell>
  )
}
