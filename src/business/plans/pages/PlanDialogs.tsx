import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import {
  activatePlanVersion,
  changePlan,
  discardPlanVersion,
  type PlanShown,
  type PlanVersionShown,
  retirePlan,
} from '../contract.ts'

export type PlanDialog =
  | { kind: 'activate' | 'discard'; version: PlanVersionShown }
  | { kind: 'retire' }
  | { kind: 'rename' }

interface DialogProps {
  plan: PlanShown
  onClose: () => void
}

/** The acts on one plan; each says what will happen. */
export function PlanDialogs({ dialog, ...props }: DialogProps & { dialog: PlanDialog }) {
  if (dialog.kind === 'activate') return <Activate {...props} version={dialog.version} />
  if (dialog.kind === 'discard') return <Discard {...props} version={dialog.version} />
  return dialog.kind === 'retire' ? <Retire {...props} /> : <Rename {...props} />
}

function Activate({ plan, version, onClose }: DialogProps & { version: PlanVersionShown }) {
  const follow = useFollow()
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const activate = useCommand(activatePlanVersion, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title={`第${version.version}版の適用を申請します`}
      what={
        version.toCompliance.length
          ? `コンプライアンスの承認が必要です（${version.toCompliance.join('、')}）。下書きを書いた人は承認できません。適用した版は以後変わりません。`
          : '下書きを書いていない別の担当者が承認すると、適用開始日から新しい申込に使えます。適用した版は以後変わりません。'
      }
      confirmLabel="承認を申請する"
      reason="required"
      running={activate.running}
      problem={activate.problem}
      onConfirm={reasonText =>
        activate.run({
          planVersionId: version.id,
          rowVersion: version.rowVersion,
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <EvidenceInput
        record={{ kind: 'plan', id: plan.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="approval_memo"
      />
    </ConfirmAction>
  )
}

function Discard({ version, onClose }: DialogProps & { version: PlanVersionShown }) {
  const discard = useCommand(discardPlanVersion, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`第${version.version}版の下書きを取り下げます`}
      what="下書きは「取り下げ」として残り、変更も適用もできなくなります。適用中の版は変わりません。"
      confirmLabel="取り下げる"
      danger
      reason="required"
      running={discard.running}
      problem={discard.problem}
      onConfirm={reason => discard.run({ planVersionId: version.id, rowVersion: version.rowVersion, reason })}
      onClose={onClose}
    />
  )
}

function Retire({ plan, onClose }: DialogProps) {
  const retire = useCommand(retirePlan, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="商品の取扱いを終えます"
      what="すぐに新しい申込に使えなくなります。手続中の申込は、申し込んだ版のまま進みます。再開するには、新しい版を二人で適用します。"
      confirmLabel="取扱いを終える"
      danger
      reason="required"
      running={retire.running}
      problem={retire.problem}
      onConfirm={reason => retire.run({ planId: plan.id, rowVersion: plan.rowVersion, reason })}
      onClose={onClose}
    />
  )
}

function Rename({ plan, onClose }: DialogProps) {
  const [name, setName] = useState(plan.name)
  const [operatedBy, setOperatedBy] = useState(plan.operatedBy)
  const change = useCommand(changePlan, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="商品の名称を変更します"
      what="申込や見積に出る名称が変わります。条件は変わりません。"
      confirmLabel="変更する"
      reason="none"
      running={change.running}
      problem={change.problem}
      onConfirm={() => change.run({ planId: plan.id, rowVersion: plan.rowVersion, name, operatedBy })}
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'name', type: 'text', label: '商品名', required: true, maxLength: 100 }}
        value={name}
        onChange={setName}
      />
      {plan.status === 'draft' && (
        <FieldInput
          field={{ name: 'operatedBy', type: 'text', label: '運営会社', required: true, maxLength: 150 }}
          value={operatedBy}
          onChange={setOperatedBy}
        />
      )}
    </ConfirmAction>
  )
}
