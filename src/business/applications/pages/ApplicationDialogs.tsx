import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, type LookupValue } from '../../../ui/index.ts'
import { StaffChoice } from '../../parties/web.tsx'
import {
  assignApplication,
  changeApplication,
  contractApplication,
  endApplication,
  reviewApplication,
  submitApplication,
} from '../contract.ts'
import type { ApplicationState } from '../rules/states.ts'
import { ApplicationSections, askedOf, typedOf } from './ApplicationForm.tsx'
import { LinkClaim, UnlinkClaim } from './ClaimDialogs.tsx'
import { type ApplicationDialog, type DialogProps, which } from './dialog-props.ts'
import { AddItem, GiveBack, Receive, Waive } from './ItemDialogs.tsx'
import { AnswerQuote, IssueQuote } from './QuoteDialogs.tsx'
import { ReasonedStep } from './ReasonedStep.tsx'
import { labelOf } from './steps.ts'

/** The acts on one application; each says what will happen. */
export function ApplicationDialogs({ dialog, ...props }: DialogProps & { dialog: ApplicationDialog }) {
  switch (dialog.kind) {
    case 'assign':
      return <Assign {...props} />
    case 'change':
      return <Change {...props} />
    case 'addItem':
      return <AddItem {...props} />
    case 'link':
      return <LinkClaim {...props} />
    case 'unlink':
      return <UnlinkClaim {...props} receivableId={dialog.receivableId} />
    case 'receive':
      return <Receive {...props} itemId={dialog.itemId} />
    case 'giveBack':
      return <GiveBack {...props} itemId={dialog.itemId} />
    case 'waive':
      return <Waive {...props} itemId={dialog.itemId} />
    case 'step':
      return <Step {...props} to={dialog.to} />
  }
}

function Step({ to, ...props }: DialogProps & { to: ApplicationState }) {
  if (to === 'submitted') return <Submit {...props} />
  if (to === 'quoted') return <IssueQuote {...props} />
  if (to === 'accepted' || to === 'declined') return <AnswerQuote {...props} answer={to} />
  if (to === 'withdrawn' || to === 'abandoned' || to === 'expired') return <End {...props} to={to} />
  if (to === 'contracting' || to === 'ready_to_fund' || to === 'cancelled' || to === 'closed')
    return <Contract {...props} to={to} />
  if (to === 'docs_pending' || to === 'screening' || to === 'in_review' || to === 'rejected')
    return <Review {...props} to={to} />
  return null
}

function Submit({ application, onClose }: DialogProps) {
  const submit = useCommand(submitApplication, { onDone: onClose })
  return (
    <ReasonedStep
      title="申込を受け付けます"
      what="この時から、審査の回答と実行の期限を営業時間で数えます。見込の顧客は「申込」の段階になります。"
      confirmLabel="受け付ける"
      reason="none"
      command={submit}
      onConfirm={() => submit.run(which(application))}
      onClose={onClose}
    />
  )
}

const reviewWhat = {
  docs_pending: '利用者の書類を待ちます。待つ間、期限の時計は止まります。',
  screening: '利用者・関係者・売掛先の反社照合へ進みます。',
  in_review: '審査へ進みます。',
  rejected: '申込を謝絶して終えます。買取前の債権も終わり、押さえていた与信枠は空きます。元には戻せません。',
} as const

function Review({ application, onClose, to }: DialogProps & { to: keyof typeof reviewWhat }) {
  const review = useCommand(reviewApplication, { onDone: onClose })
  const takesBack = application.state === 'quoted' && to === 'in_review'
  return (
    <ReasonedStep
      title={labelOf(application.state, to)}
      what={takesBack ? '提示中の見積は撤回になり、利用者は承諾できなくなります。' : reviewWhat[to]}
      confirmLabel={labelOf(application.state, to)}
      danger={to === 'rejected'}
      command={review}
      onConfirm={reason => review.run({ ...which(application), to, reason })}
      onClose={onClose}
    />
  )
}

const contractWhat = {
  contracting: '契約書の作成・締結へ進みます。',
  ready_to_fund: '契約・本人確認・反社照合・口座・与信枠をすべて確認し、債権を買い取れる状態にします。',
  cancelled: '申込を取り消して終えます。元には戻せません。',
  closed: '実行が済んだ申込を完了にします。',
} as const

function Contract({ application, onClose, to }: DialogProps & { to: keyof typeof contractWhat }) {
  const contract = useCommand(contractApplication, { onDone: onClose })
  return (
    <ReasonedStep
      title={labelOf(application.state, to)}
      what={contractWhat[to]}
      confirmLabel={labelOf(application.state, to)}
      danger={to === 'cancelled'}
      reason={to === 'cancelled' ? 'required' : 'optional'}
      command={contract}
      onConfirm={reason => contract.run({ ...which(application), to, reason: reason || null })}
      onClose={onClose}
    />
  )
}

function End({ application, onClose, to }: DialogProps & { to: 'withdrawn' | 'abandoned' | 'expired' }) {
  const end = useCommand(endApplication, { onDone: onClose })
  return (
    <ReasonedStep
      title={labelOf(application.state, to)}
      what="申込は終わります。買取前の債権も終わり、押さえていた与信枠は空きます。元には戻せません。"
      confirmLabel={labelOf(application.state, to)}
      danger
      command={end}
      onConfirm={reason => end.run({ ...which(application), to, reason })}
      onClose={onClose}
    />
  )
}

function Assign({ application, onClose }: DialogProps) {
  const [owner, setOwner] = useState<LookupValue | null>({
    value: application.owner.id,
    label: application.owner.name,
  })
  const assign = useCommand(assignApplication, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="担当を替えます"
      what="期限のアラートは、新しい担当者に届きます。"
      confirmLabel="替える"
      reason="optional"
      unfilled={owner === null ? '担当者を選んでください。' : null}
      running={assign.running}
      problem={assign.problem}
      onConfirm={reason =>
        owner && assign.run({ ...which(application), ownerId: owner.value, reason: reason || null })
      }
      onClose={onClose}
    >
      <StaffChoice name="ownerId" label="担当者" value={owner} onChange={setOwner} required />
    </ConfirmAction>
  )
}

function Change({ application, onClose }: DialogProps) {
  const [typed, setTyped] = useState(() => typedOf(application))
  const change = useCommand(changeApplication, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title="申込の内容を変更します"
      what="変更の前後は履歴に残ります。"
      confirmLabel="変更する"
      reason="none"
      unfilled={typed.requestedYen ? null : '希望額を入力してください。'}
      running={change.running}
      problem={change.problem}
      onConfirm={() => change.run({ ...which(application), ...askedOf(typed) })}
      onClose={onClose}
    >
      <ApplicationSections
        typed={typed}
        set={part => setTyped({ ...typed, ...part })}
        isNew={false}
        partyId={application.client.id}
        kept={
          application.plan && {
            planVersionId: application.plan.planVersionId,
            label: `${application.plan.name}（${application.plan.code} 第${application.plan.version}版）`,
          }
        }
      />
    </ConfirmAction>
  )
}
