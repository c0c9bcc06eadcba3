import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  type Column,
  DataTable,
  DateTimeText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  type TableLayout,
} from '../../../ui/index.ts'
import { type AttemptRow, signInLog } from '../contract.ts'
import { attemptKindLabels, outcomeLabels } from '../labels.ts'
import { OutcomeTag } from './tags.tsx'

const columns: Column<AttemptRow>[] = [
  { key: 'at', title: '日時', width: 160, hidable: false, render: row => <DateTimeText at={row.at} /> },
  {
    key: 'person',
    title: 'ユーザー',
    width: 180,
    render: row => row.person?.name ?? '（登録のないアドレス）',
  },
  { key: 'kind', title: '方法', width: 140, render: row => attemptKindLabels[row.kind] },
  { key: 'outcome', title: '結果', width: 210, render: row => <OutcomeTag outcome={row.outcome} /> },
  { key: 'ip', title: '接続元', width: 150, render: row => row.ip ?? '' },
  { key: 'device', title: '端末', width: 200, render: row => row.device },
]

const filters: Filter[] = [
  {
    key: 'outcome',
    type: 'multi',
    label: '結果',
    options: Object.entries(outcomeLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'on', type: 'dateRange', label: '日付' },
]

export default function SignInLogPage() {
  const list = useListState(filters)
  const [layout, setLayout] = useState<TableLayout | null>(null)
  const page = useApi(signInLog, {
    after: list.after,
    outcome: (list.values.outcome ?? []) as AttemptRow['outcome'][],
    from: list.values.on?.[0] || undefined,
    to: list.values.on?.[1] || undefined,
  })
  return (
    <ListShell
      header={{
        title: 'ログイン記録',
        detail: '成功・失敗を問わず、すべての試みを残します。この記録は変更も削除もできません。',
      }}
    >
      <DataTable
        label="ログイン記録"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly AttemptRow[])}
        rowKey={row => row.id}
        rowName={row => `${row.person?.name ?? '登録のないアドレス'} ${outcomeLabels[row.outcome]}`}
        rowTone={row =>
          row.outcome === 'failed' || row.outcome === 'left'
            ? 'danger'
            : row.outcome === 'blocked'
              ? 'warning'
              : undefined
        }
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する記録はありません',
          hint: '条件を変えると、ほかの日や結果の記録が表示されます。',
        }}
      />
    </ListShell>
  )
}
