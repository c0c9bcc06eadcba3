import { StatusTag } from '../../../ui/index.ts'
import { guardLabels } from '../labels.ts'
import type { StoredReason } from '../tables.ts'

interface ReasonLinesProps {
  reasons: readonly StoredReason[]
  guard: string | null
  /** How many of the strongest are shown. */
  most?: number
}

/** Why two records were proposed: what speaks for it, then what speaks against. */
export function ReasonLines({ reasons, guard, most = 6 }: ReasonLinesProps) {
  const shown = reasons.filter(reason => reason.bits !== 0).slice(0, most)
  const [speakFor, against] = [
    shown.filter(reason => reason.bits > 0),
    shown.filter(reason => reason.bits < 0),
  ]
  return (
    <>
      {speakFor.map(reason => reason.sentence).join('、')}
      {against.length > 0 && (
        <span className="ui-faint">　相違点：{against.map(reason => reason.sentence).join('、')}</span>
      )}
      {guard && (
        <>
          {'　'}
          <StatusTag tone="warning" word={guardLabels[guard] ?? guard} />
        </>
      )}
    </>
  )
}

export function ScoreTag({ decision, score }: { decision: 'same' | 'review' | 'different'; score: number }) {
  const percent = `${Math.floor(score * 100)}%`
  if (decision === 'same') return <StatusTag tone="accent" word={`ほぼ確実 ${percent}`} />
  if (decision === 'review') return <StatusTag tone="warning" word={`要確認 ${percent}`} />
  return <StatusTag tone="neutral" word={`相違 ${percent}`} />
}
