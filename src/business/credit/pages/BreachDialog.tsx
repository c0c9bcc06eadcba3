import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, yenText } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { acceptBreach, type LimitView } from '../contract.ts'
import { limitTitle } from './limit-words.tsx'

/** Asks for a second person to answer for exposure above a limit. */
export function BreachDialog({ limit, onClose }: { limit: LimitView; onClose: () => void }) {
  const follow = useFollow()
  const [cause, setCause] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const accept = useCommand(acceptBreach, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title={`${limit.subject.name} の${limitTitle(limit)}の超過の承認を申請します`}
      what={`超過額は ${yenText(limit.exceededYen ?? 0)} です。別の担当者が承認すると、誰がいつまで認めたかを枠に表示します。枠は増えず、新しい買取はできないままです。`}
      confirmLabel="承認を申請する"
      reason="required"
      unfilled={
        cause.trim().length < 5
          ? '超過の原因を5文字以上で入力してください。'
          : until === null
            ? '解消の期限を入力してください。'
            : null
      }
      running={accept.running}
      problem={accept.problem}
      onConfirm={reasonText =>
        accept.run({
          limitId: limit.id,
          cause,
          until: until ?? '',
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'cause',
          type: 'longText',
          label: '超過の原因',
          required: true,
          rows: 2,
          example: '与信枠の引下げ（業績の悪化）',
        }}
        value={cause}
        onChange={setCause}
      />
      <FieldInput
        field={{ name: 'until', type: 'date', label: '解消の期限（90日以内）', required: true }}
        value={until}
        onChange={setUntil}
      />
      <EvidenceInput
        record={{ kind: 'party', id: limit.subject.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="approval_memo"
      />
    </ConfirmAction>
  )
}
