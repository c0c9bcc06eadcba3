import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, ConfirmAction } from '../../../ui/index.ts'
import { applyBatch, type Batch, discardBatch, resumeBatch, revertBatch } from '../contract.ts'

type Dialog = 'apply' | 'revert' | 'discard' | null

interface ImportActionsProps {
  batch: Batch
  /** The mapping is on the screen. */
  mapping: boolean
  onRemap: () => void
}

/** What may be done next with an import; each act says what it will do. */
export function ImportActions({ batch, mapping, onRemap }: ImportActionsProps) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const follow = useFollow()
  const why = useWhyNot()('imports.prepare')
  const pending = (answer: { changeRequestId: string }) =>
    follow(`/change-requests/${answer.changeRequestId}`)
  const apply = useCommand(applyBatch, { onPending: pending })
  const revert = useCommand(revertBatch, { onPending: pending })
  const discard = useCommand(discardBatch, { onDone: () => follow('/imports') })
  const resume = useCommand(resumeBatch)
  const close = () => {
    setDialog(null)
    apply.reset()
    revert.reset()
    discard.reset()
  }
  const waiting = batch.pendingRequestId ? 'すでに承認を申請しています。' : null
  const taken = batch.counts ? batch.counts.new + batch.counts.update + batch.counts.merged : 0
  const change = (reasonText: string) => ({ reasonCode: 'system' as const, reasonText, evidence: [] })
  const halted = batch.state === 'failed' || batch.state === 'stopped'
  const wasApproved = batch.changeRequestId !== null
  return (
    <>
      {['opened', 'rehearsed'].includes(batch.state) && (
        <ActionButton disabledReason={why ?? waiting} onClick={() => setDialog('discard')}>
          破棄
        </ActionButton>
      )}
      {batch.state === 'rehearsed' && !mapping && (
        <>
          <ActionButton disabledReason={why ?? waiting} onClick={onRemap}>
            割当てを直す
          </ActionButton>
          <ActionButton
            kind="primary"
            disabledReason={why ?? waiting ?? (taken === 0 ? '取り込める行がありません。' : null)}
            onClick={() => setDialog('apply')}
          >
            取込の承認を申請
          </ActionButton>
        </>
      )}
      {(batch.state === 'applied' || (halted && wasApproved)) && (
        <ActionButton kind="danger" disabledReason={why ?? waiting} onClick={() => setDialog('revert')}>
          取込の取消を申請
        </ActionButton>
      )}
      {halted && (
        <ActionButton
          kind="primary"
          disabledReason={why ?? waiting}
          running={resume.running}
          onClick={() => resume.run({ batchId: batch.id })}
        >
          再開する
        </ActionButton>
      )}
      <ConfirmAction
        open={dialog === 'apply'}
        title="取込の承認を申請します"
        what={
          <p>
            {taken.toLocaleString('ja-JP')}行を1件の申請として承認者に送ります。あとから全部を取り消せます。
          </p>
        }
        confirmLabel="申請する"
        reason="required"
        running={apply.running}
        problem={apply.problem}
        onConfirm={reason => apply.run({ batchId: batch.id, change: change(reason) })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'revert'}
        title="取込の取消を申請します"
        what={
          <p>
            新規登録は取り消し、変更した項目は取込前の値に戻します。取込後に使われた記録は残り、一覧に示します。
          </p>
        }
        confirmLabel="申請する"
        danger
        reason="required"
        running={revert.running}
        problem={revert.problem}
        onConfirm={reason => revert.run({ batchId: batch.id, change: change(reason) })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'discard'}
        title="この取込を破棄します"
        what={<p>読み込んだ行を削除します。登録内容は変わりません。</p>}
        confirmLabel="破棄する"
        danger
        reason="none"
        running={discard.running}
        problem={discard.problem}
        onConfirm={() => discard.run({ batchId: batch.id })}
        onClose={close}
      />
    </>
  )
}
