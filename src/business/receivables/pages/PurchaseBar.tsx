import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { whyNotThese } from '../../../platform/web/chosen.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, ConfirmAction, useSay, yenText } from '../../../ui/index.ts'
import { purchaseReceivables, type ReceivableRow } from '../contract.ts'
import { receivableStateLabels } from '../labels.ts'

interface PurchaseBarProps {
  rows: readonly Pick<ReceivableRow, 'id' | 'receivableNo' | 'clientId' | 'faceYen' | 'state'>[]
  onDone: () => void
}

/** Buys the chosen claims together; says why it cannot before it is pressed. */
export function PurchaseBar({ rows, onDone }: PurchaseBarProps) {
  const whyNot = useWhyNot()
  const say = useSay()
  const [open, setOpen] = useState(false)
  const purchase = useCommand(purchaseReceivables, {
    onDone: answer => {
      setOpen(false)
      say.done(`${answer.purchaseNo} を買い取りました。送金額は ${yenText(answer.netYen)} です。`)
      onDone()
    },
  })
  const reason =
    whyNot('receivables.purchase') ??
    whyNotThese(
      '承認済みの債権だけを買い取れます。',
      rows
        .filter(row => row.state !== 'approved')
        .map(row => `${row.receivableNo}（${receivableStateLabels[row.state]}）`),
    ) ??
    (new Set(rows.map(row => row.clientId)).size > 1 ? '1つの顧客の債権だけを選んでください。' : null)
  const total = rows.reduce((sum, row) => sum + row.faceYen, 0)
  return (
    <>
      <ActionButton kind="primary" disabledReason={reason} onClick={() => setOpen(true)}>
        選んだ債権を買い取る
      </ActionButton>
      <ConfirmAction
        open={open}
        title={`${rows.length}件の債権を買い取ります`}
        what={`額面合計 ${yenText(total)}。契約・本人確認・反社照合・監視区分・与信枠・口座をすべて確認し、仕訳を記録します。送金前であれば、支払の取消しとともに解除できます。`}
        confirmLabel="買い取る"
        reason="none"
        running={purchase.running}
        problem={purchase.problem}
        onConfirm={() => purchase.run({ receivableIds: rows.map(row => row.id) })}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
