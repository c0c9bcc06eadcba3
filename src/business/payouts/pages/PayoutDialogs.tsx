import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, yenText } from '../../../ui/index.ts'
import {
  approvePayout,
  bouncePayout,
  cancelPayout,
  checkPayout,
  confirmPayouts,
  type PayoutShown,
  prepareAgain,
  reportOutcome,
  returnPayout,
} from '../contract.ts'

export type PayoutDialog =
  | 'check'
  | 'return'
  | 'approve'
  | 'again'
  | 'cancel'
  | 'confirm'
  | 'failed'
  | 'unknown'
  | 'bounce'

interface DialogProps {
  payout: PayoutShown
  onClose: () => void
}

const words: Record<
  PayoutDialog,
  { title: string; what: string; confirm: string; reason: 'required' | 'none' }
> = {
  check: {
    title: '支払を確認します',
    what: '金額・口座・債権を確認した記録になり、二重譲渡をもう一度照合します。',
    confirm: '確認済みにする',
    reason: 'none',
  },
  return: {
    title: '支払を差し戻します',
    what: '依頼した人が直して、依頼し直します。',
    confirm: '差し戻す',
    reason: 'required',
  },
  approve: {
    title: '支払の承認を申請します',
    what: '依頼者でも債権の承認者でもない別の担当者が承認します。そのときにすべての条件をもう一度確認します。',
    confirm: '承認を申請する',
    reason: 'required',
  },
  again: {
    title: '支払を依頼し直します',
    what: '現在使用中の支払先口座へ、改めて確認と承認を受けます。',
    confirm: '依頼し直す',
    reason: 'none',
  },
  cancel: {
    title: '支払を取り消します',
    what: '送金はされません。買取はそのまま残ります。買取もやめるときは、債権の「支払」タブから「買取を解除」を申請します。',
    confirm: '取り消す',
    reason: 'required',
  },
  confirm: {
    title: '送金完了を記録します',
    what: '仕訳を記録し、買取債権は送金済みになります。',
    confirm: '記録する',
    reason: 'none',
  },
  failed: {
    title: '送金不能を記録します',
    what: '銀行が送金できなかった支払です。依頼し直すか、取り消します。',
    confirm: '記録する',
    reason: 'required',
  },
  unknown: {
    title: '結果不明を記録します',
    what: '結果が分かるまで再送できません。',
    confirm: '記録する',
    reason: 'required',
  },
  bounce: {
    title: '組戻しを記録します',
    what: '送金の仕訳を取り消します。依頼し直すか、取り消します。',
    confirm: '記録する',
    reason: 'required',
  },
}

/** The acts on one payment, each saying what will happen. */
export function PayoutDialogs({ payout, dialog, onClose }: DialogProps & { dialog: PayoutDialog }) {
  const [on, setOn] = useState<string | null>(payout.transferOn)
  const [fee, setFee] = useState<number | null>(0)
  const act = useAct(dialog, payout, onClose)
  const { title, what, confirm, reason } = words[dialog]
  const asksDay = dialog === 'again' || dialog === 'confirm' || dialog === 'bounce'
  return (
    <ConfirmAction
      open
      title={`${title}　${yenText(payout.amountYen)}`}
      what={what}
      confirmLabel={confirm}
      danger={dialog === 'cancel'}
      reason={reason}
      running={act.running}
      problem={act.problem}
      onConfirm={text => act.run({ reason: text, on: on ?? '', feeYen: fee ?? 0 })}
      onClose={onClose}
    >
      {asksDay && (
        <FieldInput
          field={{ name: 'on', type: 'date', label: dialog === 'again' ? '振込日' : '日付', required: true }}
          value={on}
          onChange={setOn}
        />
      )}
      {dialog === 'confirm' && (
        <FieldInput
          field={{ name: 'transferFeeYen', type: 'yen', label: '振込手数料' }}
          value={fee}
          onChange={setFee}
        />
      )}
    </ConfirmAction>
  )
}

interface Typed {
  reason: string
  on: string
  feeYen: number
}

function useAct(dialog: PayoutDialog, { id: payoutId }: PayoutShown, onDone: () => void) {
  const follow = useFollow()
  const check = useCommand(checkPayout, { onDone })
  const giveBack = useCommand(returnPayout, { onDone })
  const approve = useCommand(approvePayout, {
    onDone,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const again = useCommand(prepareAgain, { onDone })
  const cancel = useCommand(cancelPayout, { onDone })
  const confirm = useCommand(confirmPayouts, { onDone })
  const report = useCommand(reportOutcome, { onDone })
  const bounce = useCommand(bouncePayout, { onDone })
  const change = (reasonText: string) => ({ reasonCode: 'review' as const, reasonText, evidence: [] })
  const acts = {
    check: { of: check, run: () => check.run({ payoutId }) },
    return: { of: giveBack, run: ({ reason }: Typed) => giveBack.run({ payoutId, reason }) },
    approve: {
      of: approve,
      run: ({ reason }: Typed) => approve.run({ payoutId, change: change(reason) }),
    },
    again: { of: again, run: ({ on }: Typed) => again.run({ payoutId, transferOn: on }) },
    cancel: {
      of: cancel,
      run: ({ reason }: Typed) => cancel.run({ payoutId, reason }),
    },
    confirm: {
      of: confirm,
      run: ({ on, feeYen }: Typed) =>
        confirm.run({ payoutIds: [payoutId], confirmedOn: on, transferFeeYen: feeYen }),
    },
    failed: {
      of: report,
      run: ({ reason }: Typed) => report.run({ payoutId, outcome: 'failed', reason }),
    },
    unknown: {
      of: report,
      run: ({ reason }: Typed) => report.run({ payoutId, outcome: 'unknown', reason }),
    },
    bounce: {
      of: bounce,
      run: ({ reason, on }: Typed) => bounce.run({ payoutId, bouncedOn: on, reason }),
    },
  }
  const { of, run } = acts[dialog]
  return { run: run as (typed: Typed) => void, running: of.running, problem: of.problem }
}
