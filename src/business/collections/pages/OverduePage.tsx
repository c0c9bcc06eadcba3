import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  FieldInput,
  type Filter,
  FilterBar,
  KpiTile,
  ListShell,
  mapLoadable,
  StatusTag,
  TileRow,
  useSay,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { ageing, listOverdue, type OverdueRow, openCases } from '../contract.ts'
import { bucketLabels } from '../labels.ts'
import { CaseStateTag, LateTag } from './collection-words.tsx'

const columns: Column<OverdueRow>[] = [
  {
    key: 'no',
    title: '債権',
    width: 130,
    hidable: false,
    render: row => <CodeText code={row.receivableNo} />,
  },
  { key: 'client', title: '利用者', width: 190, render: row => row.client.legalName },
  { key: 'debtor', title: '売掛先', width: 190, render: row => row.debtor.legalName },
  { key: 'payable', title: '回収期日', width: 104, render: row => <DateText date={row.payableOn} /> },
  { key: 'late', title: '延滞', width: 150, render: row => <LateTag row={row} /> },
  { key: 'open', title: '未回収', width: 120, kind: 'number', render: row => <Yen value={row.openYen} /> },
  {
    key: 'damages',
    title: '遅延損害金',
    width: 110,
    kind: 'number',
    render: row => <Yen value={row.damagesYen} />,
  },
  {
    key: 'state',
    title: '段階',
    width: 120,
    render: row => (row.case ? <CaseStateTag state={row.case.state} /> : ''),
  },
  {
    key: 'next',
    title: '次の対応',
    width: 210,
    render: row =>
      row.case ? (
        <>
          <DateText date={row.case.nextActionOn} />　{row.case.nextAction}
        </>
      ) : (
        ''
      ),
  },
  {
    key: 'proposals',
    title: '未確定の入金',
    width: 150,
    render: row =>
      row.proposals.length ? (
        <StatusTag
          tone="warning"
          word={`${row.proposals.length}件あり`}
          detail="督促の前に消込を確認してください。"
        />
      ) : (
        ''
      ),
  },
  { key: 'owner', title: '担当', width: 110, render: row => row.case?.ownerName ?? '' },
]

const filters: Filter[] = [
  {
    key: 'bucket',
    type: 'multi',
    label: '延滞日数',
    options: Object.entries(bucketLabels).map(([value, label]) => ({ value, label })),
  },
]

/** Overdue claims on a day, longest first, and what they add up to. */
export default function OverduePage() {
  const [url, setUrl] = useUrlState()
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('collections.overdue')
  const whyNot = useWhyNot()
  const say = useSay()
  const asOf = one(url.asOf)
  const day = asOf ? { asOf } : {}
  const sums = useApi(ageing, day)
  const asked = {
    ...day,
    bucket: (list.values.bucket ?? []) as OverdueRow['bucket'][],
  }
  const page = useApi(listOverdue, { ...asked, after: list.after })
  const follow = useCommand(openCases, {
    onDone: done =>
      say.done(`新しい案件${done.opened}件・解決${done.resolved}件・約束不履行${done.broken}件`),
  })
  return (
    <ListShell
      header={{
        title: '回収',
        detail: '回収期日を過ぎた債権。遅延損害金は基準日までの計算額です。',
        actions: (
          <ActionButton
            disabledReason={whyNot('collections.work')}
            running={follow.running}
            onClick={() => follow.run({})}
          >
            案件を更新
          </ActionButton>
        ),
      }}
      above={
        <>
          {sums.state === 'ready' && (
            <TileRow>
              {sums.value.buckets.map(row => (
                <KpiTile
                  key={row.bucket}
                  label={bucketLabels[row.bucket] ?? row.bucket}
                  value={`${row.openYen.toLocaleString('ja-JP')}円`}
                  note={`${row.count}件`}
                  href={`/collections?bucket=${encodeURIComponent(row.bucket)}`}
                />
              ))}
            </TileRow>
          )}
          <FieldInput
            field={{ name: 'asOf', type: 'date', label: '基準日（空欄は今日）', width: 'short' }}
            value={asOf ?? null}
            onChange={value => setUrl({ asOf: value ?? undefined, at: undefined })}
          />
        </>
      }
    >
      <DataTable
        label="延滞している債権"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly OverdueRow[])}
        rowKey={row => row.receivableId}
        rowName={row => row.receivableNo}
        rowHref={row => `/collections/${row.receivableId}`}
        rowTone={row => (row.case?.state === 'broken' || row.daysPastDue > 30 ? 'danger' : undefined)}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="collections.overdue" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '延滞している債権はありません',
          hint: '回収期日を過ぎて未回収額が残ると、ここに並びます。',
        }}
      />
    </ListShell>
  )
}
