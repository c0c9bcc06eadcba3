import type { z } from 'zod'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  type Filter,
  FilterBar,
  KpiTile,
  ListShell,
  Loaded,
  mapLoadable,
  PlainText,
  TileRow,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type CaseRow, listCases, screeningCoverage } from '../contract.ts'
import { stateLabels, subjectKindLabels, triggerLabels } from '../labels.ts'
import type { CaseState, ScreeningTrigger } from '../tables.ts'
import { CaseStateTag } from './tags.tsx'

const columns: Column<CaseRow>[] = [
  { key: 'subject', title: '照合の対象', width: 230, hidable: false, render: row => row.subjectName },
  { key: 'caseNo', title: '番号', width: 100, render: row => <CodeText code={row.caseNo} /> },
  { key: 'state', title: '状態', width: 120, render: row => <CaseStateTag state={row.state} /> },
  {
    key: 'top',
    title: '最も近い候補',
    width: 240,
    render: row => <PlainText text={row.topName} />,
  },
  {
    key: 'score',
    title: '一致度',
    width: 80,
    kind: 'number',
    render: row => (row.topScore === null ? '' : `${row.topScore / 10}`),
  },
  {
    key: 'unjudged',
    title: '未判断',
    width: 80,
    kind: 'number',
    render: row => `${row.unjudged}／${row.hits}件`,
  },
  {
    key: 'parties',
    title: '関わる顧客',
    width: 220,
    render: row => row.parties.map(party => party.legalName).join('、'),
  },
  { key: 'kind', title: '区分', width: 120, render: row => subjectKindLabels[row.subjectKind] },
  { key: 'trigger', title: 'きっかけ', width: 110, render: row => triggerLabels[row.trigger] },
  { key: 'searchedAt', title: '照合日時', width: 150, render: row => <DateTimeText at={row.searchedAt} /> },
  {
    key: 'due',
    title: '次回の期日',
    width: 110,
    hiddenAtFirst: true,
    render: row => <DateText date={row.nextDueOn} />,
  },
]

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'state', type: 'multi', label: '状態', options: options(stateLabels) },
  { key: 'trigger', type: 'multi', label: 'きっかけ', options: options(triggerLabels) },
]

/** 照合待ち: hits that wait for a person, the longest waiting first, under the numbers of the whole. */
export default function CasesPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const [layout, setLayout] = useTableLayout('screening.cases')
  const asked = {
    state: (list.values.state ?? []) as CaseState[],
    trigger: (list.values.trigger ?? []) as ScreeningTrigger[],
  }
  const page = useApi(listCases, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '反社・制裁',
        detail: '該当候補は1人が判断し、別の1人が承認するまで、その顧客との買取を止めます',
        actions: (
          <ActionButton disabledReason={null} onClick={() => follow('/screening/lists')}>
            照合リスト
          </ActionButton>
        ),
      }}
      above={<Coverage />}
    >
      <DataTable
        label="照合"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly CaseRow[])}
        rowKey={row => row.id}
        rowName={row => row.subjectName}
        rowHref={row => `/screening/cases/${row.id}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="screening.cases" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '判断を待つ候補はありません',
          hint: '顧客の登録・変更、リストの更新、期日の到来のたびに自動で照合し、候補があるとここに並びます。',
        }}
      />
    </ListShell>
  )
}

type NewsCoverage = z.output<typeof screeningCoverage.output>['news']

/** Searches of news that are needed, and how many are in date. */
function NewsTile({ news }: { news: NewsCoverage }) {
  const sum = (key: 'needed' | 'current' | 'overdue' | 'never') =>
    news.reduce((total, one) => total + one[key], 0)
  const stops = news.some(one => one.rule === 'stop' && one.never + one.overdue > 0)
  if (news.every(one => one.rule === 'off'))
    return (
      <KpiTile label="報道・信用情報の検索" value="—" note="会社設定で求めていません" href="/screening" />
    )
  return (
    <KpiTile
      label="報道・信用情報の検索"
      value={`${sum('current')}／${sum('needed')}`}
      note={`未検索 ${sum('never')}・期日超過 ${sum('overdue')}`}
      href="/alerts?kind=news_due"
      {...(stops ? { status: { tone: 'danger' as const, word: '取引停止' } } : {})}
    />
  )
}

function Coverage() {
  const counts = useApi(screeningCoverage, {})
  return (
    <Loaded from={counts} rows={2}>
      {value => (
        <TileRow>
          <KpiTile
            label="照合済（期日内）"
            value={`${value.current}／${value.subjects}`}
            note="対象の全員"
            href="/screening?state=cleared"
          />
          <KpiTile
            label="判断待ち"
            value={value.open}
            {...(value.open > 0 ? { status: { tone: 'warning' as const, word: '要対応' } } : {})}
            href="/screening"
          />
          <KpiTile
            label="期日超過"
            value={value.stale}
            {...(value.stale > 0 ? { status: { tone: 'danger' as const, word: '買取停止' } } : {})}
            href="/screening?state=cleared"
          />
          <KpiTile
            label="未照合"
            value={value.unscreened}
            note={value.waiting > 0 ? `${value.waiting}件を照合中` : '照合の待ちなし'}
            href="/screening/lists"
          />
          <KpiTile label="取引不可" value={value.rejected} href="/screening?state=rejected" />
          <NewsTile news={value.news} />
        </TileRow>
      )}
    </Loaded>
  )
}
