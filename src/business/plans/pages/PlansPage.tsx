import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { listPlans, type PlanRow } from '../contract.ts'
import { clientTypeLabels, planStatusLabels } from '../labels.ts'
import { amountRange, clockWords, feeRange } from '../parameter-lines.ts'
import { type PlanStatus, planStatuses } from '../tables.ts'
import { PlanStatusTag } from './plan-words.tsx'

const columns: Column<PlanRow>[] = [
  { key: 'code', title: 'コード', width: 100, hidable: false, render: row => <CodeText code={row.code} /> },
  { key: 'name', title: '商品名', width: 190, render: row => row.name },
  { key: 'status', title: '状態', width: 92, render: row => <PlanStatusTag status={row.status} /> },
  { key: 'version', title: '版', width: 112, render: row => versionsText(row) },
  {
    key: 'clients',
    title: '対象の利用者',
    width: 124,
    render: row => row.inForce?.parameters.clientTypes.map(type => clientTypeLabels[type]).join('・') ?? '',
  },
  {
    key: 'amounts',
    title: '買取額',
    width: 184,
    render: row =>
      row.inForce ? amountRange(row.inForce.parameters.minYen, row.inForce.parameters.maxYen) : '',
  },
  {
    key: 'fee',
    title: '手数料率',
    width: 92,
    render: row =>
      row.inForce ? feeRange(row.inForce.parameters.feeMinPpm, row.inForce.parameters.feeMaxPpm) : '',
  },
  {
    key: 'funding',
    title: '実行まで',
    width: 84,
    render: row => (row.inForce ? clockWords(row.inForce.parameters.fundingClock) : ''),
  },
  {
    key: 'effectiveFrom',
    title: '適用開始日',
    width: 104,
    render: row => <DateText date={row.inForce?.effectiveFrom ?? null} />,
  },
  {
    key: 'operatedBy',
    title: '運営会社',
    width: 200,
    hiddenAtFirst: true,
    render: row => row.operatedBy,
  },
]

function versionsText({ inForce, waiting, draft }: PlanRow): string {
  const parts = [
    inForce && `第${inForce.version}版`,
    waiting && `第${waiting.version}版は適用待ち`,
    draft && `第${draft.version}版は下書き`,
  ]
  return parts.filter(Boolean).join('、')
}

const filters: Filter[] = [
  {
    key: 'status',
    type: 'multi',
    label: '状態',
    options: planStatuses.map(value => ({ value, label: planStatusLabels[value] })),
  },
]

/** 商品: everything that is or was sold, by code. */
export default function PlansPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('plans')
  const asked = {
    status: (list.values.status ?? []) as PlanStatus[],
    text: list.text,
  }
  const page = useApi(listPlans, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '商品',
        detail: '買い取る条件の組合せ。版ごとに二人で適用し、申込と見積はその範囲で確かめます',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('plans.draft')}
            onClick={() => follow('/plans/new')}
          >
            商品を作る
          </ActionButton>
        ),
      }}
    >
      <DataTable
        label="商品の一覧"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly PlanRow[])}
        rowKey={row => row.id}
        rowName={row => `${row.code} ${row.name}`}
        rowHref={row => `/plans/${row.id}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="plans" filters={asked} layout={layout} onLayout={setLayout} />}
        height="fill"
        filters={
          <FilterBar
            filters={filters}
            values={list.values}
            onChange={list.setValues}
            search={{
              text: list.text,
              onChange: list.setText,
              placeholder: 'コード・商品名・運営会社で検索',
            }}
          />
        }
        empty={{
          title: '商品はまだありません',
          hint: '「商品を作る」から、対象・金額・手数料・期限・提出書類を決めた最初の版を作ります。商品がなくても申込は受けられます。',
        }}
      />
    </ListShell>
  )
}
