import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction } from '../../../ui/index.ts'
import { undoSetOff } from '../debts-contract.ts'
import { undoCost, undoTakeBack } from '../take-back-contract.ts'

/** An act about a client's debts that can be taken back by reversal. */
export interface UndoableAct {
  id: string
  kind: 'set_off' | 'cost' | 'take_back'
  no: string
  what: string
}

export const undoPermissions: Record<UndoableAct['kind'], string> = {
  set_off: 'reconciliation.setOff',
  cost: 'reconciliation.advanceCost',
  take_back: 'reconciliation.takeBack',
}

interface UndoProps {
  act: UndoableAct
  onClose: () => void
}

/** Takes an act back with a reason: a set-off at once, a cost or a claim that went back by two people. */
export function UndoDialog({ act, onClose }: UndoProps) {
  if (act.kind === 'set_off') return <UndoSetOff act={act} onClose={onClose} />
  return act.kind === 'cost' ? (
    <UndoCost act={act} onClose={onClose} />
  ) : (
    <UndoTakeBack act={act} onClose={onClose} />
  )
}

function UndoSetOff({ act, onClose }: UndoProps) {
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

function useAnswers(onClose: () => void) {
  const follow = useFollow()
  return {
    onDone: onClose,
    onPending: (answer: { changeRequestId: string }) => follow(`/change-requests/${answer.changeRequestId}`),
  }
}

function UndoCost({ act, onClose }: UndoProps) {
  const undo = useCommand(undoCost, useAnswers(onClose))
  return (
    <ConfirmAction
      open
      title={`立替費用 ${act.no}（${act.what}）の取消を申請します`}
      what="別の担当者が承認すると、反対の仕訳を記録し、費用の請求がなくなります。一部でも支払・相殺・免除された費用は取り消せません。"
      confirmLabel="承認を申請する"
      danger
      reason="required"
      running={undo.running}
      problem={undo.problem}
      onConfirm={reasonText =>
        undo.run({ costId: act.id, change: { reasonCode: 'correction', reasonText, evidence: [] } })
      }
      onClose={onClose}
    />
  )
}

function UndoTakeBack({ act, onClose }: UndoProps) {
  const undo = useCommand(undoTakeBack, useAnswers(onClose))
  return (
    <ConfirmAction
      open
      title={`${act.what} ${act.no} の取消を申請します`}
      what="別の担当者が承認すると、反対の仕訳を記録し、債権・留保金・与信残高を前の状態に戻します。この後の消込・相殺・免除や、支払った返還がある間は取り消せません。"
      confirmLabel="承認を申請する"
      danger
      reason="required"
      running={undo.running}
      problem={undo.problem}
      onConfirm={reasonText =>
        undo.run({ takeBackId: act.id, change: { reasonCode: 'correction', reasonText, evidence: [] } })
      }
      onClose={onClose}
    />
  )
}
