import {
  BarChart,
  Card,
  HeatMap,
  KpiTile,
  LineChart,
  PageHeader,
  percentText,
  RelationGraph,
  roughYen,
  ScoreExplain,
  TileRow,
  yenText,
} from '../../src/ui/index.ts'
import { edges, nodes } from './sample-detail.ts'

const months = ['12月', '1月', '2月', '3月', '4月', '5月', '6月', '7月', '8月', '9月', '10月', '11月']

export function ChartsPage() {
  return (
    <>
      <PageHeader title="KPI" detail="2026-11-23 現在　／　前日締め" />
      <TileRow>
        <KpiTile
          label="買取残高"
          value="8億4,210万円"
          note="前月比 +4.2%"
          href="#list"
          trend={{ label: '過去12か月の買取残高', values: [61, 63, 66, 64, 69, 72, 74, 73, 77, 79, 81, 84] }}
        />
        <KpiTile
          label="延滞率（30日超）"
          value="1.8%"
          note="目標 1.5% 以下"
          href="#list"
          status={{ tone: 'warning', word: '目標未達' }}
          trend={{
            label: '過去12か月の延滞率',
            values: [1.1, 1.2, 1.0, 1.3, 1.2, 1.4, 1.3, 1.5, 1.6, 1.6, 1.7, 1.8],
            tone: 'warning',
          }}
        />
        <KpiTile
          label="申込から振込まで"
          value="26時間"
          note="目標 48時間"
          href="#list"
          status={{ tone: 'success', word: '達成' }}
          trend={{
            label: '過去12か月の所要時間',
            values: [44, 41, 39, 38, 40, 35, 33, 31, 30, 29, 28, 26],
            tone: 'success',
          }}
        />
        <KpiTile
          label="未消込の入金"
          value="128件"
          note="3日超 9件"
          href="#list"
          status={{ tone: 'danger', word: '期限超過あり' }}
        />
      </TileRow>
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))',
          gap: 14,
        }}
      >
        <Card title="債権の年齢別残高">
          <BarChart
            label="債権の年齢別残高"
            stacked
            categories={['期日前', '1–7日', '8–30日', '31–60日', '61–90日', '90日超']}
            series={[
              {
                key: 'two',
                name: '2社間',
                values: [412_000_000, 21_000_000, 12_400_000, 6_100_000, 2_200_000, 900_000],
              },
              {
                key: 'three',
                name: '3社間',
                values: [318_000_000, 9_000_000, 4_100_000, 1_300_000, 0, 0],
                tone: 'neutral',
              },
            ]}
            format={yenText}
            formatAxis={roughYen}
          />
        </Card>
        <Card title="手数料率の推移">
          <LineChart
            label="手数料率の推移"
            categories={months}
            series={[
              {
                key: 'rate',
                name: '平均手数料率',
                values: [
                  46_000, 45_500, 45_200, 44_800, 44_100, 43_700, 43_000, 42_500, 41_800, 41_200, 40_600,
                  40_100,
                ],
              },
              {
                key: 'loss',
                name: '貸倒率',
                values: [
                  9_000,
                  9_500,
                  8_800,
                  9_900,
                  10_100,
                  9_700,
                  10_400,
                  10_900,
                  11_300,
                  11_100,
                  11_800,
                  null,
                ],
                tone: 'danger',
              },
            ]}
            format={value => percentText(value, 2)}
            formatAxis={value => percentText(value)}
          />
        </Card>
        <Card title="売掛先の集中度（上位）">
          <BarChart
            label="売掛先の集中度"
            sideways
            categories={[
              '東和建設株式会社',
              '株式会社みなと不動産管理',
              '日東ロジスティクス株式会社',
              '江東区役所',
              'そのほか',
            ]}
            series={[
              { key: 'share', name: '残高の割合', values: [218_000, 143_000, 96_000, 61_000, 482_000] },
            ]}
            format={value => percentText(value, 1)}
          />
        </Card>
        <Card title="支払の遅れ（平均日数）">
          <HeatMap
            label="売掛先ごとの支払の遅れ"
            columns={months.slice(4)}
            rows={['東和建設', 'みなと不動産管理', '日東ロジスティクス'].map((label, row) => ({
              key: label,
              label,
              cells: months.slice(4).map((_, at) => {
                const days = (row * 5 + at * 3) % 11
                return row === 1 && at === 3
                  ? { heat: null, text: '―' }
                  : { heat: days / 11, text: `${days}日` }
              }),
            }))}
          />
        </Card>
        <Card title="評点" note="評点表 第3版（2026-10-01）">
          <ScoreExplain
            label="評点の内訳"
            score={642}
            max={1000}
            band={{ tone: 'warning', word: 'C：上席の承認が必要' }}
            parts={[
              {
                key: 'a',
                name: '売掛先の支払実績',
                points: 120,
                sentence: '過去12回の支払はすべて期日内でした。',
              },
              { key: 'b', name: '取引の長さ', points: 64, sentence: '最初の取引から3年2か月です。' },
              { key: 'c', name: '集中度', points: -48, sentence: '1社の割合が 21.8% あります（上限 25%）。' },
              { key: 'd', name: '決算', points: -36, sentence: '2期続けて経常赤字です。' },
              { key: 'e', name: '税の納付', points: 0, sentence: '納税証明書がまだありません。' },
            ]}
          />
        </Card>
        <Card title="資本関係">
          <RelationGraph label="資本関係" nodes={nodes} edges={edges} />
        </Card>
      </div>
    </>
  )
}
