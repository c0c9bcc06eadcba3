import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { closeReview, type Review } from '../contract.ts'
import { outcomeLabels } from '../labels.ts'
import type { ChangeOutcome } from '../tables.ts'

/** Ends one review with its outcome; what was suspended stays so until two people lift it. */
export function CloseReview({ review, onDone }: { review: Review | null; onDone: () => void }) {
  const [outcome, setOutcome] = useState<ChangeOutcome>('unchanged')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const close = useCommand(closeReview, {
    onDone: () => {
      setEvidence([])
      onDone()
    },
  })
  if (!review) return null
  return (
    <ConfirmAction
      open
      title={`${review.reviewNo} の確認を終えます`}
      what={
        review.suspendedLimits > 0
          ? '停止した与信枠は、2人の承認で解除するまで停止のままです。'
          : '結果と理由が履歴に残ります。'
      }
      confirmLabel="終了する"
      reason="required"
      running={close.running}
      problem={close.problem}
      onConfirm={reason =>
        close.run({
          reviewId: review.id,
          rowVersion: review.rowVersion,
          outcome,
          reason,
          evidence: [...evidence],
        })
      }
      onClose={onDone}
    >
      <FieldInput
        field={{
          name: 'outcome',
          type: 'choice',
          label: '結果',
          required: true,
          options: Object.entries(outcomeLabels).map(([value, label]) => ({ value, label })),
        }}
        value={outcome}
        onChange={value => setOutcome(value as ChangeOutcome)}
      />
      <EvidenceInput record={{ kind: 'party', id: review.partyId }} value={evidence} onChange={setEvidence} />
    </ConfirmAction>
  )
}
