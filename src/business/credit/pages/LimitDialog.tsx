import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction } from '../../../ui/index.ts'
import { type LimitView, liftSuspension, revokeLimit, suspendLimit } from '../contract.ts'
import { limitTitle } from './limit-words.tsx'

export interface LimitAct {
  kind: 'suspend' | 'lift' | 'revoke'
  limit: LimitView
}

const words = {
  suspend: {
    title: 'を停止します',
    what: '新しい買取はすぐにできなくなります。理由は、断られた担当者にも表示されます。解除には2人の確認が必要です。',
    confirm: '停止する',
  },
  lift: {
    title: 'の停止解除を申請します',
    what: '別の担当者が承認すると、この枠で再び買い取れるようになります。',
    confirm: '承認を申請する',
  },
  revoke: {
    title: 'を取り消します',
    what: 'この枠は終了し、元に戻せません。必要なときは新しく設定を申請します。',
    confirm: '取り消す',
  },
} as const

/** Suspend, lift or end a limit; each says what will happen and asks why. */
export function LimitDialog({ act, onClose }: { act: LimitAct; onClose: () => void }) {
  const follow = useFollow()
  const suspend = useCommand(suspendLimit, { onDone: onClose })
  const revoke = useCommand(revokeLimit, { onDone: onClose })
  const lift = useCommand(liftSuspension, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const { kind, limit } = act
  const said = words[kind]
  const running = { suspend, lift, revoke }[kind]
  const limitId = limit.id
  return (
    <ConfirmAction
      open
      title={`${limit.subject.name} の${limitTitle(limit)}${said.title}`}
      what={said.what}
      confirmLabel={said.confirm}
      danger={kind !== 'lift'}
      reason="required"
      running={running.running}
      problem={running.problem}
      onConfirm={reason => {
        if (kind === 'suspend') suspend.run({ limitId, reason })
        else if (kind === 'revoke') revoke.run({ limitId, reason })
        else lift.run({ limitId, change: { reasonCode: 'review', reasonText: reason, evidence: [] } })
      }}
      onClose={onClose}
    />
  )
}
