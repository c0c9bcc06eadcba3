import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateTimeText,
  KpiTile,
  LineChart,
  Loaded,
  mapLoadable,
  PageHeader,
  Stack,
  StatusTag,
  TileRow,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type QualityFigures, qualityFigures, qualityReport } from '../contract.ts'
import { groupLabels } from '../labels.ts'
import { ItemsCard } from './ItemsCard.tsx'

type Check = QualityFigures['checks'][number]
const count = (value: number) => value.toLocaleString('ja-JP')
const percent = (value: number | null) => (value === null ? '－' : `${value.toFixed(1)}%`)

const columns: readonly Column<Check>[] = [
  { key: 'label', title: '検査', render: row => row.label, width: 280, hidable: false },
  { key: 'group', title: '区分', render: row => groupLabels[row.group], width: 96 },
  { key: 'broken', title: '例外', render: row => count(row.broken), width: 88, kind: 'number' },
  { key: 'applicable', title: '対象', render: row => count(row.applicable), width: 88, kind: 'number' },
  {
    key: 'overdue',
    title: '期限超過',
    render: row =>
      row.overdue > 0 ? <StatusTag tone="danger" word={`${count(row.overdue)}件`} /> : <span>0</span>,
    width: 104,
    kind: 'number',
  },
  { key: 'sentence', title: '基準', render: row => row.sentence, width: 380 },
]

/** データ品質: measures with their parts, checks, and behind each number its rows with owner and deadline. */
export default function QualityPage() {
  const [url] = useUrlState()
  const check = one(url.check)
  const known = useApi(qualityFigures, {}, { refetchMs: 60_000 })
  const [layout, setLayout] = useTableLayout('quality.checks')
  return (
    <>
      <PageHeader
        title="データ品質"
        detail="取引中の顧客が対象です。例外は、記録が正しくなるまで担当と期限のある作業として残ります"
        actions={
          <ActionButton
            disabledReason={null}
            onClick={() => window.location.assign(addressOf(qualityReport, {}))}
          >
            月次レビュー（PDF）
          </ActionButton>
        }
      />
      <Stack>
        <Loaded from={known} rows={4}>
          {figures => (
            <Stack>
              <Tiles figures={figures} />
              <Trend figures={figures} />
            </Stack>
          )}
        </Loaded>
        <Card title="検査項目" flush>
          <DataTable
            label="検査項目"
            height="natural"
            columns={columns}
            rows={mapLoadable(known, figures => figures.checks)}
            rowKey={row => row.code}
            rowName={row => row.label}
            rowHref={row => `/quality?check=${row.code}`}
            pager={{ next: null, previous: null }}
            sort={null}
            onSort={() => {}}
            layout={layout}
            onLayout={setLayout}
            empty={{ title: '検査項目はありません', hint: '必須項目の設定から検査が作られます。' }}
          />
        </Card>
        <ItemsCard check={check ?? null} />
      </Stack>
    </>
  )
}

function Tiles({ figures }: { figures: QualityFigures }) {
  const parts = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
    `${count(numerator)} / ${count(denominator)}`
  const trend = (label: string, months: QualityFigures['completenessMonths']) =>
    months.length > 1 ? { trend: { label, values: months.map(one => one.percent ?? 0) } } : {}
  return (
    <>
      <TileRow>
        <KpiTile
          label="データ完全性率"
          value={percent(figures.completeness.percent)}
          note={`必須項目がそろった顧客 ${parts(figures.completeness)}`}
          href="/quality"
          {...against(figures.completeness.percent, figures.targets.completeness, 'at_least')}
          {...trend('データ完全性率', figures.completenessMonths)}
        />
        <KpiTile
          label="項目別の完全性"
          value={percent(figures.byItem.percent)}
          note={`入力済みの必須項目 ${parts(figures.byItem)}`}
          href="/quality"
        />
        <KpiTile
          label="重複登録率"
          value={percent(figures.duplicates.percent)}
          note={`重複 ${parts(figures.duplicates)}・未判断の候補 ${count(figures.candidates)}組`}
          href="/resolution"
          {...against(figures.duplicates.percent, figures.targets.duplicates, 'at_most')}
          {...trend('重複登録率', figures.duplicateMonths)}
        />
      </TileRow>
      <p className="ui-faint">
        {figures.measuredAt ? (
          <>
            <DateTimeText at={figures.measuredAt} /> に測定。15分ごとに測り直します。{' '}
            <UiLink href="/self-check">自己点検を開く</UiLink>
          </>
        ) : (
          'まだ測定していません。起動後まもなく測定します。'
        )}
      </p>
    </>
  )
}

/** How a measure stands to its target; without a measure or a target nothing is said. */
function against(value: number | null, target: number | null, direction: 'at_least' | 'at_most') {
  if (value === null || target === null) return {}
  const met = direction === 'at_least' ? value >= target : value <= target
  const word = `目標 ${target}%${direction === 'at_least' ? '以上' : '以下'}`
  return {
    status: {
      tone: met ? ('success' as const) : ('danger' as const),
      word: met ? `${word}　達成` : `${word}　未達`,
    },
  }
}

/** The last measure of each of twelve months; a month without a measure is a gap, never a zero. */
function Trend({ figures }: { figures: QualityFigures }) {
  const days = figures.duplicateMonths.map(month => month.day)
  const of = (months: QualityFigures['duplicateMonths']) =>
    days.map(day => months.find(month => month.day === day)?.percent ?? null)
  if (days.length < 2)
    return <p className="ui-faint">推移は、2か月目の測定から月ごとのグラフで表示します。</p>
  return (
    <Card
      title="推移"
      note={`各月の最後の測定。目標は${figures.targets.versionNo === null ? '規程の初期値' : `運用規程 第${figures.targets.versionNo}版`}`}
    >
      <LineChart
        label="重複登録率と、必須項目が欠けた顧客の率の推移"
        categories={days.map(day => day.slice(0, 7).replace('-', '年').concat('月'))}
        series={[
          { key: 'duplicates', name: '重複登録率', values: of(figures.duplicateMonths), tone: 'warning' },
          {
            key: 'incomplete',
            name: '必須項目が欠けた顧客の率',
            values: of(figures.completenessMonths).map(value => (value === null ? null : 100 - value)),
            tone: 'accent',
          },
          ...(figures.targets.duplicates === null
            ? []
            : [
                {
                  key: 'duplicatesTarget',
                  name: '目標（重複登録率の上限）',
                  values: days.map(() => figures.targets.duplicates),
                  tone: 'neutral' as const,
                },
              ]),
          ...(figures.targets.completeness === null
            ? []
            : [
                {
                  key: 'incompleteTarget',
                  name: '目標（欠けの上限）',
                  values: days.map(() => 100 - (figures.targets.completeness ?? 0)),
                  tone: 'neutral' as const,
                },
              ]),
        ]}
        format={value => percent(value)}
        height={200}
      />
    </Card>
  )
}
