import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, inputOf } from '../../../ui/index.ts'
import { type Account, releaseVirtualAccount } from '../contract.ts'
import { virtualFields } from '../fields.ts'

/** Gives a virtual account back. */
export function ReleaseDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [releasedOn, setReleasedOn] = useState<string | null>(useToday())
  const release = useCommand(releaseVirtualAccount, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="バーチャル口座を返却します"
      what="この会社への割当が終わります。番号は会社設定の月数が過ぎるまで、別の会社に割り当てられません。"
      confirmLabel="返却する"
      danger
      reason="required"
      running={release.running}
      problem={release.problem}
      onConfirm={reason => release.run({ accountId: account.id, releasedOn: releasedOn ?? '', reason })}
      onClose={onClose}
    >
      <FieldInput
        field={inputOf(virtualFields.releasedOn, { required: true })}
        value={releasedOn}
        onChange={setReleasedOn}
      />
    </ConfirmAction>
  )
}
