import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, ConfirmAction, useSay } from '../../../ui/index.ts'
import { endStaff, renewInvite, resetSecondFactor, type StaffDetail } from '../contract.ts'

type Dialog = 'end' | 'invite' | 'factor' | null

/** What an administrator does about a person: a new link, a lost second factor, the last day. */
export function StaffActions({ person }: { person: StaffDetail }) {
  const [open, setOpen] = useState<Dialog>(null)
  const say = useSay()
  const follow = useFollow()
  const whyNot = useWhyNot()
  const { personId } = useSession()
  const close = () => setOpen(null)
  const end = useCommand(endStaff, {
    onDone: () => {
      close()
      say.done(`${person.name} さんの利用を終了しました。`)
    },
  })
  const invite = useCommand(renewInvite, {
    onDone: () => {
      close()
      say.done('新しいリンクを発行しました。以前のリンクは使えません。')
    },
  })
  const factor = useCommand(resetSecondFactor, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const barred =
    person.id === personId
      ? '自分自身に対しては行えません。別の管理者に依頼してください。'
      : person.state === 'ended'
        ? 'このユーザーは利用を終了しています。'
        : null
  const noFactor = person.secondFactor === 'off' ? '二段階認証は設定されていません。' : null
  return (
    <>
      <ActionButton disabledReason={barred ?? whyNot('access.manageStaff')} onClick={() => setOpen('invite')}>
        {person.state === 'invited' ? '招待を再発行' : 'パスワードを再設定'}
      </ActionButton>
      <ActionButton
        disabledReason={barred ?? noFactor ?? whyNot('access.requestGrant')}
        onClick={() => setOpen('factor')}
      >
        二段階認証の解除を申請
      </ActionButton>
      <ActionButton
        kind="danger"
        disabledReason={barred ?? whyNot('access.manageStaff')}
        onClick={() => setOpen('end')}
      >
        利用を終了
      </ActionButton>
      <ConfirmAction
        open={open === 'invite'}
        title="新しいリンクを発行します"
        what={`${person.name} さんが新しいパスワードを設定するためのリンクです。3日間有効で、以前のリンクは使えなくなります。二段階認証はそのまま残ります。`}
        confirmLabel="発行する"
        reason="none"
        running={invite.running}
        problem={invite.problem}
        onConfirm={() => invite.run({ staffId: person.id })}
        onClose={close}
      />
      <ConfirmAction
        open={open === 'factor'}
        title="二段階認証の解除を申請します"
        what={`もう一人の管理者が承認すると、${person.name} さんは次のログインで二段階認証を設定し直します。承認されるまで何も変わりません。`}
        confirmLabel="申請する"
        reason="required"
        running={factor.running}
        problem={factor.problem}
        onConfirm={reasonText =>
          factor.run({
            staffId: person.id,
            change: { reasonCode: 'customer_request', reasonText, evidence: [] },
          })
        }
        onClose={close}
      />
      <ConfirmAction
        open={open === 'end'}
        title={`${person.name} さんの利用を終了します`}
        what="すべての役割とログインがすぐに終了し、招待も無効になります。これまでの記録は名前とともに残ります。元に戻すことはできません。"
        confirmLabel="利用を終了する"
        danger
        reason="required"
        running={end.running}
        problem={end.problem}
        onConfirm={reason => end.run({ staffId: person.id, reason })}
        onClose={close}
      />
    </>
  )
}
