import { useApi } from '../../../platform/web/api.ts'
import { KpiTile, Loaded, roughYen, TileRow } from '../../../ui/index.ts'
import { homeFigures, type MonthFigure } from '../contract.ts'

const NEAR_PERCENT = 80

function trendOf(months: MonthFigure[], say: (value: number) => string) {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last || months.every(one => one.value === first.value)) return {}
  return {
    trend: {
      label: `過去12か月：${say(first.value)} から ${say(last.value)}`,
      values: months.map(one => one.value),
    },
  }
}

/** The figures of the day; each leads to the rows behind it. */
export function FigureTiles() {
  const figures = useApi(homeFigures, {}, { refetchMs: 60_000 })
  return (
    <Loaded from={figures} rows={2}>
      {day => {
        const used = day.limitYen > 0 ? Math.floor((day.exposureYen * 100) / day.limitYen) : null
        return (
          <TileRow>
            <KpiTile
              label="利用者"
              value={`${day.clients.toLocaleString('ja-JP')}社`}
              note="終了を除く"
              href="/parties"
              {...trendOf(day.clientMonths, value => `${value}社`)}
            />
            <KpiTile
              label="進行中の申込"
              value={`${day.applicationsOpen.toLocaleString('ja-JP')}件`}
              note="実行前"
              status={
                day.applicationsLate > 0
                  ? { tone: 'danger', word: `期限超過 ${day.applicationsLate}件` }
                  : { tone: 'success', word: '期限内' }
              }
              href={day.applicationsLate > 0 ? '/applications?late=true' : '/applications'}
            />
            <KpiTile
              label="与信残高"
              value={roughYen(day.exposureYen)}
              note={used === null ? '与信枠は未設定' : `利用者枠の ${used}%`}
              {...(used !== null && used >= NEAR_PERCENT
                ? { status: { tone: 'warning' as const, word: '残りわずか' } }
                : {})}
              href="/limits"
            />
            <KpiTile
              label="支払遅延"
              value={roughYen(day.overdueYen)}
              note={`${day.overdueClaims.toLocaleString('ja-JP')}件`}
              status={
                day.overdueClaims > 0
                  ? { tone: 'danger', word: '要督促' }
                  : { tone: 'success', word: '遅延なし' }
              }
              href="/alerts?kind=overdue"
            />
            <KpiTile
              label="今月の買取"
              value={roughYen(day.purchasedYen)}
              note="買取額"
              href="/receivables"
              {...trendOf(day.purchasedMonths, roughYen)}
            />
          </TileRow>
        )
      }}
    </Loaded>
  )
}
