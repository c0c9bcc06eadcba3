import { ActionButton, DateTimeText, Notice, Stack, StatusTag } from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import type { PairJudgement } from '../contract.ts'
import { guardLabels, verdictLabels } from '../labels.ts'
import type { StoredReason, Verdict } from '../tables.ts'
import { BitsWaterfall } from './BitsWaterfall.tsx'
import { ScoreTag } from './ReasonLines.tsx'

interface PairReasonsProps {
  names: string
  pair: {
    score: number
    decision: 'same' | 'review' | 'different'
    guard: string | null
    reasons: readonly StoredReason[]
    judgement: PairJudgement | null
  }
  bands: { sameBits: number; reviewBits: number }
  disabledReason: string | null
  onJudge: (verdict: Verdict) => void
}

export const verdictActions: readonly { verdict: Verdict; key: string; label: string }[] = [
  { verdict: 'same', key: 's', label: '同一' },
  { verdict: 'different', key: 'd', label: '別の会社' },
  { verdict: 'held', key: 'h', label: '保留' },
]

/** One pair: its score with what each field gave, what stands above the score, and what a person judged. */
export function PairReasons({ names, pair, bands, disabledReason, onJudge }: PairReasonsProps) {
  const { judgement } = pair
  const open = judgement === null || judgement.verdict === 'held' || judgement.changed.length > 0
  return (
    <Stack>
      <p>
        <ScoreTag decision={pair.decision} score={pair.score} />
        {'　'}
        {names}
        {pair.guard && (
          <>
            {'　'}
            <StatusTag tone="warning" word={guardLabels[pair.guard] ?? pair.guard} />
          </>
        )}
      </p>
      <BitsWaterfall label={`${names} の一致の内訳`} reasons={pair.reasons} bands={bands} />
      {judgement && <Judged judgement={judgement} />}
      {open && (
        <p>
          {verdictActions.map(({ verdict, label }) => (
            <span key={verdict}>
              <ActionButton size="small" disabledReason={disabledReason} onClick={() => onJudge(verdict)}>
                {`${label}と判断`.replace('保留と判断', '保留にする')}
              </ActionButton>{' '}
            </span>
          ))}
        </p>
      )}
    </Stack>
  )
}

/** What was judged, by whom, on which documents; and what has changed since. */
export function Judged({ judgement }: { judgement: PairJudgement }) {
  return (
    <>
      <p>
        <StatusTag
          tone={judgement.verdict === 'same' ? 'success' : 'neutral'}
          word={verdictLabels[judgement.verdict]}
        />
        {'　'}
        <span className="ui-faint">
          {judgement.judgedBy}　<DateTimeText at={judgement.judgedAt} />
        </span>
        {'　'}
        {judgement.reason}
      </p>
      {judgement.evidence.length > 0 && <EvidenceList ids={judgement.evidence} />}
      {judgement.changed.length > 0 && (
        <Notice tone="warning" title="判断の根拠が変わりました">
          判断の後に {judgement.changed.join('・')} が変わりました。もう一度判断してください。
        </Notice>
      )}
    </>
  )
}
