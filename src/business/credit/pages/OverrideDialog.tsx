import { useState } from 'react'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { grantOverride, type OverridesOfDeal } from '../contract.ts'
import { dealLimitLabels } from '../labels.ts'
import type { OverrideDeal } from '../tables.ts'

const DAYS = 14

/** Asks for a second person to let one deal go beyond one limit. */
export function OverrideDialog({
  dealKind,
  dealId,
  line,
  onClose,
}: {
  dealKind: OverrideDeal
  dealId: string
  line: OverridesOfDeal['lines'][number]
  onClose: () => void
}) {
  const follow = useFollow()
  const today = useToday()
  const [beyondYen, setBeyond] = useState<number | null>(line.neededYen)
  const [until, setUntil] = useState<string | null>(addDays(today, DAYS))
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const grant = useCommand(grantOverride, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title={`${dealLimitLabels[line.limitKind]}の超過承認を申請します`}
      what="別の担当者が承認すると、この取引だけが、期限まで、ここで決めた額まで枠を超えられます。枠そのものは増えません。超過は与信枠逸脱として、原因と承認した人とともに残ります。"
      confirmLabel="承認を申請する"
      reason="required"
      unfilled={
        !beyondYen
          ? '超過してよい額を入力してください。'
          : until === null
            ? '期限を入力してください。'
            : evidence.length === 0
              ? '裏付けの書類を添えてください。'
              : null
      }
      running={grant.running}
      problem={grant.problem}
      onConfirm={reasonText =>
        grant.run({
          dealKind,
          dealId,
          limitKind: line.limitKind,
          beyondYen: beyondYen ?? 0,
          until: until ?? '',
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'beyondYen',
          type: 'yen',
          label: '超過してよい額の上限',
          required: true,
          help: '今の超過額を初期値にしています。必要な額より大きくしないでください。',
        }}
        value={beyondYen}
        onChange={setBeyond}
      />
      <FieldInput
        field={{ name: 'until', type: 'date', label: '期限（90日以内）', required: true }}
        value={until}
        onChange={setUntil}
      />
      <EvidenceInput
        record={{ kind: dealKind, id: dealId }}
        value={evidence}
        onChange={setEvidence}
        docKind="approval_memo"
      />
    </ConfirmAction>
  )
}
