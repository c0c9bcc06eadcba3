import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ConfirmAction } from '../../../ui/index.ts'
import { type CandidatePair, judgePair } from '../contract.ts'

type Judged = Pick<CandidatePair, 'partyId' | 'otherPartyId'> & {
  names: string
  verdict: 'same' | 'different'
}

/** Asks why, and remembers the judgement. */
export function useJudge(onDone: () => void) {
  const [judged, setJudged] = useState<Judged | null>(null)
  const whyNot = useWhyNot()
  const judge = useCommand(judgePair, {
    onDone: () => {
      setJudged(null)
      onDone()
    },
  })
  const dialog = (
    <ConfirmAction
      open={judged !== null}
      title={judged?.verdict === 'same' ? '「同一の会社」と判断します' : '「別の会社」と判断します'}
      what={
        <p>
          {judged?.names}
          <br />
          {judged?.verdict === 'same'
            ? '判断と理由を記録します。統合はこの後に申請します。'
            : '今後この組は候補に表示されません。判断はあとから取り消せます。'}
        </p>
      }
      confirmLabel="記録する"
      reason="required"
      running={judge.running}
      problem={judge.problem}
      onConfirm={reason =>
        judged &&
        judge.run({
          partyId: judged.partyId,
          otherPartyId: judged.otherPartyId,
          verdict: judged.verdict,
          reason,
        })
      }
      onClose={() => {
        setJudged(null)
        judge.reset()
      }}
    />
  )
  return { ask: setJudged, dialog, disabledReason: whyNot('resolution.judge') }
}
