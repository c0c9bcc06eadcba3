import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, ConfirmAction, EmptyState, useSay } from '../../../ui/index.ts'
import { revokeSignIn, type StaffDetail } from '../contract.ts'
import { SignInTable } from './SignInTable.tsx'

interface OpenSignInsProps {
  staffId: string
  name: string
  signIns: StaffDetail['signIns']
}

/** Where somebody is signed in now; an administrator ends it at once, for instance when a machine is lost. */
export function OpenSignIns({ staffId, name, signIns }: OpenSignInsProps) {
  const [asking, setAsking] = useState(false)
  const say = useSay()
  const whyNot = useWhyNot()
  const revoke = useCommand(revokeSignIn, {
    onDone: ({ ended }) => {
      setAsking(false)
      say.done(`${ended} 件のログインを終了しました。`)
    },
  })
  return (
    <Card
      title="ログイン中の端末"
      flush
      actions={
        <ActionButton
          size="small"
          kind="danger"
          disabledReason={
            signIns.length === 0 ? 'ログイン中の端末はありません。' : whyNot('access.manageStaff')
          }
          onClick={() => setAsking(true)}
        >
          すべて終了
        </ActionButton>
      }
    >
      {signIns.length === 0 ? (
        <EmptyState
          title="ログイン中の端末はありません"
          hint="ログインすると、端末と時刻がここに並びます。"
        />
      ) : (
        <SignInTable signIns={signIns} />
      )}
      <ConfirmAction
        open={asking}
        title={`${name} さんのログインをすべて終了します`}
        what="すべての端末からすぐにログアウトされます。本人はもう一度ログインできます。"
        confirmLabel="終了する"
        danger
        reason="required"
        running={revoke.running}
        problem={revoke.problem}
        onConfirm={reason => revoke.run({ staffId, reason })}
        onClose={() => setAsking(false)}
      />
    </Card>
  )
}
