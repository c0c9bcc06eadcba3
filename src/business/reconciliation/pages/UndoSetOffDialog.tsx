import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction } from '../../../ui/index.ts'
import { type ClientDebts, undoSetOff } from '../debts-contract.ts'

/** Takes a set-off back with a reason. */
export function UndoSetOffDialog({
  act,
  onClose,
}: {
  act: ClientDebts['history'][number]
  onClose: () => void
}) {
  const undo = useCommand(undoSetOff, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`相殺 ${act.no} を取り消します`}
      what="反対の仕訳を記録し、債権と返還・返金の残りを相殺の前に戻します。"
      confirmLabel="取り消す"
      danger
      reason="required"
      running={undo.running}
      problem={undo.problem}
      onConfirm={reason => undo.run({ setOffId: act.id, reason })}
      onClose={onClose}
    />
  )
}
