import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateTimeText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type ChangeRequestRow, listChangeRequests } from '../contract.ts'
import { stateLabels } from '../labels.ts'
import type { ChangeRequestState } from '../tables.ts'
import { RequestStateTag } from './state-tag.tsx'

const columns: Column<ChangeRequestRow>[] = [
  { key: 'summary', title: '申請の内容', width: 360, hidable: false, render: row => row.summary },
  { key: 'changeNo', title: '番号', width: 104, render: row => <CodeText code={row.changeNo} /> },
  { key: 'state', title: '状態', width: 120, render: row => <RequestStateTag state={row.state} /> },
  { key: 'requestedBy', title: '申請者', width: 120, render: row => row.requestedBy.name },
  { key: 'requestedAt', title: '申請日時', width: 150, render: row => <DateTimeText at={row.requestedAt} /> },
  { key: 'reason', title: '理由', width: 210, render: row => row.reasonText },
  { key: 'decidedBy', title: '決裁者', width: 120, render: row => row.decidedBy?.name ?? '' },
  {
    key: 'decidedAt',
    title: '決裁日時',
    width: 150,
    hiddenAtFirst: true,
    render: row => <DateTimeText at={row.decidedAt} />,
  },
]

const filters: Filter[] = [
  { key: 'waiting', type: 'flag', label: '決裁待ち', sentence: '自分が決裁できるもの' },
  { key: 'mine', type: 'flag', label: '申請者', sentence: '自分が申請したもの' },
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: Object.entries(stateLabels).map(([value, label]) => ({ value, label })),
  },
]

export default function RequestsPage() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('approvals.requests')
  const asked = {
    state: (list.values.state ?? []) as ChangeRequestState[],
    waitingForMe: list.values.waiting?.[0] === 'true' ? 'true' : 'false',
    mine: list.values.mine?.[0] === 'true' ? 'true' : 'false',
  }
  const page = useApi(listChangeRequests, { ...asked, after: list.after })
  return (
    <ListShell header={{ title: '承認', detail: '2人目の確認を待つ変更と、その結果' }}>
      <DataTable
        label="承認申請"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly ChangeRequestRow[])}
        rowKey={row => row.id}
        rowName={row => row.summary}
        rowHref={row => `/change-requests/${row.id}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="approvals.requests" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する申請はありません',
          hint: '商号・代表者・口座・与信枠などの変更は、申請するとここに並び、別の担当者が決裁します。',
        }}
      />
    </ListShell>
  )
}
