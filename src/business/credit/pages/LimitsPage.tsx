import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  StatusTag,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type LimitView, listLimits } from '../contract.ts'
import { limitKindLabels } from '../labels.ts'
import type { StoredLimitKind } from '../tables.ts'
import { LimitStateTag, limitAmount } from './limit-words.tsx'

const NEAR_PERCENT = 80

function Use({ limit }: { limit: LimitView }) {
  if (!limit.limitYen) return null
  const percent = Math.floor((limit.exposureYen * 100) / limit.limitYen)
  const accepted = limit.breaches.find(one => one.replacedOn === null)
  if (percent > 100)
    return (
      <>
        <StatusTag tone="danger" word={`超過 ${percent}%`} />
        <span className="ui-faint">
          {accepted ? `承認 ${accepted.approvedBy}　${accepted.acceptedUntil}まで` : '超過の承認なし'}
        </span>
      </>
    )
  return percent >= NEAR_PERCENT ? (
    <StatusTag tone="warning" word={`残り少 ${percent}%`} />
  ) : (
    <span>{percent}%</span>
  )
}

const columns: Column<LimitView>[] = [
  { key: 'subject', title: '対象', width: 204, hidable: false, render: row => row.subject.name },
  { key: 'kind', title: '種別', width: 112, render: row => limitKindLabels[row.limitKind] },
  { key: 'second', title: '売掛先', width: 152, render: row => row.secondSubject?.name ?? '' },
  { key: 'amount', title: '限度額', width: 108, kind: 'number', render: row => limitAmount(row) },
  {
    key: 'exposure',
    title: '与信残高',
    width: 108,
    kind: 'number',
    render: row => <Yen value={row.exposureYen} />,
  },
  { key: 'use', title: '使用率', width: 112, wrap: true, render: row => <Use limit={row} /> },
  { key: 'state', title: '状態', width: 88, render: row => <LimitStateTag limit={row} /> },
  { key: 'review', title: '見直し期日', width: 104, render: row => <DateText date={row.reviewDueOn} /> },
  { key: 'to', title: '終了日', width: 104, render: row => <DateText date={row.inForceTo} /> },
  { key: 'no', title: '番号', width: 96, render: row => <CodeText code={row.limitNo} /> },
]

const filters: Filter[] = [
  {
    key: 'kind',
    type: 'choice',
    label: '種別',
    options: Object.entries(limitKindLabels).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'use',
    type: 'choice',
    label: '使用率',
    options: [
      { value: 'high', label: '80%以上' },
      { value: 'exceeded', label: '超過' },
    ],
  },
]

export default function LimitsPage() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('credit.limits')
  const asked = {
    limitKind: (list.values.kind?.[0] as StoredLimitKind | undefined) || undefined,
    use: (list.values.use?.[0] as 'high' | 'exceeded' | undefined) || undefined,
  }
  const page = useApi(listLimits, { ...asked, after: list.after })
  return (
    <ListShell header={{ title: '与信枠', detail: '有効な枠と、その下で負っているリスク' }}>
      <DataTable
        label="与信枠"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly LimitView[])}
        rowKey={row => row.id}
        rowName={row => row.subject.name}
        rowHref={row => `/parties/${row.subject.id}?tab=limits`}
        rowTone={row => (row.limitYen !== null && row.exposureYen > row.limitYen ? 'danger' : undefined)}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="credit.limits" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する与信枠はありません',
          hint: '顧客または売掛先の「与信」タブから設定を申請できます。',
        }}
      />
    </ListShell>
  )
}
