import { useApi } from '../../../platform/web/api.ts'
import { KpiTile, Loaded, TileRow } from '../../../ui/index.ts'
import { applicationRates } from '../figures-contract.ts'

type Rate = { percent: number | null; numerator: number; denominator: number; target: number | null }

const against = ({ percent, target }: Rate) =>
  percent === null || target === null
    ? {}
    : {
        status:
          percent >= target
            ? { tone: 'success' as const, word: `目標 ${target}%以上` }
            : { tone: 'warning' as const, word: `目標 ${target}%に届かず` },
      }

/** How many of this month's decisions were quotes, and how many of its quotes became money (JR §9). */
export function RateTiles() {
  const rates = useApi(applicationRates, {})
  return (
    <Loaded from={rates} rows={2}>
      {({ approval, funding, undecided }) => (
        <TileRow>
          <KpiTile
            label="承認率（今月）"
            value={approval.percent === null ? '—' : `${approval.percent.toFixed(1)}%`}
            note={`見積 ${approval.numerator} ÷ 判断 ${approval.denominator}件`}
            href="/applications?ended=true"
            {...against(approval)}
          />
          <KpiTile
            label="成約率（今月）"
            value={funding.percent === null ? '—' : `${funding.percent.toFixed(1)}%`}
            note={`実行 ${funding.numerator} ÷ 見積 ${funding.denominator}件`}
            href="/applications?ended=true"
            {...against(funding)}
          />
          <KpiTile
            label="判断なく終わった申込（今月）"
            value={`${undecided}件`}
            note="取りやめ・取下げ・期限切れ"
            href="/applications?ended=true"
          />
        </TileRow>
      )}
    </Loaded>
  )
}
