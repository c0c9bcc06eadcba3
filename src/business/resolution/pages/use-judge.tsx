import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ConfirmAction } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type CandidatePair, judgePair } from '../contract.ts'
import type { Verdict } from '../tables.ts'

type Judged = Pick<CandidatePair, 'partyId' | 'otherPartyId'> & {
  names: string
  verdict: Verdict
}

const TITLES: Record<Verdict, string> = {
  same: '「同一の会社」と判断します',
  different: '「別の会社」と判断します',
  held: '判断を保留します',
}

const MEANINGS: Record<Verdict, string> = {
  same: '判断と理由を記録します。統合はこの後に申請します。',
  different: 'この組は、判断の根拠となった項目が変わるまで候補に表示されません。判断はあとから取り消せます。',
  held: 'この組は、項目が変わるか、判断を取り消すまで候補に表示されません。',
}

/** Asks why and on which documents, and remembers the judgement. */
export function useJudge(onDone: () => void) {
  const [judged, setJudged] = useState<Judged | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const whyNot = useWhyNot()
  const close = () => {
    setJudged(null)
    setEvidence([])
  }
  const judge = useCommand(judgePair, {
    onDone: () => {
      close()
      onDone()
    },
  })
  const dialog = (
    <ConfirmAction
      open={judged !== null}
      title={judged ? TITLES[judged.verdict] : ''}
      what={
        <p>
          {judged?.names}
          <br />
          {judged && MEANINGS[judged.verdict]}
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
          evidence: [...evidence],
        })
      }
      onClose={() => {
        close()
        judge.reset()
      }}
    >
      {judged && (
        <EvidenceInput
          record={{ kind: 'party', id: judged.partyId }}
          value={evidence}
          onChange={setEvidence}
        />
      )}
    </ConfirmAction>
  )
  return { ask: setJudged, dialog, disabledReason: whyNot('resolution.judge') }
}
