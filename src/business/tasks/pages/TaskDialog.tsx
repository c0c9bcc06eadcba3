import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput, inputOf, type LookupValue } from '../../../ui/index.ts'
import { StaffChoice } from '../../parties/web.tsx'
import { cancelTask, finishTask, handOverTask, rescheduleTask, type TaskShown } from '../contract.ts'
import { taskFields } from '../fields.ts'

export type TaskAct = 'handOver' | 'reschedule' | 'cancel' | 'finish'

interface DialogProps {
  task: TaskShown
  onClose: () => void
}

/** What is done with one open task, each with its words. */
export function TaskDialog({ act, ...props }: DialogProps & { act: TaskAct }) {
  if (act === 'handOver') return <HandOver {...props} />
  if (act === 'reschedule') return <Reschedule {...props} />
  return act === 'finish' ? <Finish {...props} /> : <Cancel {...props} />
}

const which = (task: TaskShown) => ({ taskId: task.id, rowVersion: task.rowVersion })

function HandOver({ task, onClose }: DialogProps) {
  const [to, setTo] = useState<LookupValue | null>(null)
  const handOver = useCommand(handOverTask, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${task.taskNo} を引き継ぎます`}
      what="引き継いだ人のホームに表示されます。前の担当者は、このタスクに残ります。"
      confirmLabel="引き継ぐ"
      reason="required"
      unfilled={to === null ? '引き継ぐ人を選んでください。' : null}
      running={handOver.running}
      problem={handOver.problem}
      onConfirm={reason => handOver.run({ ...which(task), toId: to?.value ?? '', reason })}
      onClose={onClose}
    >
      <StaffChoice name="toId" label="引き継ぐ人" value={to} onChange={setTo} required />
    </ConfirmAction>
  )
}

function Reschedule({ task, onClose }: DialogProps) {
  const [dueOn, setDueOn] = useState<string | null>(task.dueOn)
  const reschedule = useCommand(rescheduleTask, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${task.taskNo} の期限を変更します`}
      what="変更前の期限と理由は、履歴に残ります。"
      confirmLabel="期限を変更する"
      reason="required"
      unfilled={dueOn === null ? '新しい期限を入力してください。' : null}
      running={reschedule.running}
      problem={reschedule.problem}
      onConfirm={reason => reschedule.run({ ...which(task), dueOn: dueOn ?? '', reason })}
      onClose={onClose}
    >
      <FieldInput field={inputOf(taskFields.dueOn, { required: true })} value={dueOn} onChange={setDueOn} />
    </ConfirmAction>
  )
}

function Finish({ task, onClose }: DialogProps) {
  const [outcome, setOutcome] = useState('')
  const finish = useCommand(finishTask, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${task.taskNo} を完了にします`}
      what={`「${task.title}」の結果を記録します。完了したタスクは、後から変えられません。`}
      confirmLabel="完了にする"
      reason="none"
      unfilled={outcome.trim().length < 5 ? '結果を5文字以上で入力してください。' : null}
      running={finish.running}
      problem={finish.problem}
      onConfirm={() => finish.run({ ...which(task), outcome })}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'outcome',
          type: 'longText',
          label: '結果',
          required: true,
          rows: 3,
          maxLength: 1000,
          example: '新しい登記事項証明書で商号を確認し、本人確認を更新した。',
        }}
        value={outcome}
        onChange={setOutcome}
      />
    </ConfirmAction>
  )
}

function Cancel({ task, onClose }: DialogProps) {
  const cancel = useCommand(cancelTask, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${task.taskNo} を取り消します`}
      what="行う必要がなくなったタスクを、理由を残して終わらせます。"
      confirmLabel="取り消す"
      reason="required"
      running={cancel.running}
      problem={cancel.problem}
      onConfirm={reason => cancel.run({ ...which(task), reason })}
      onClose={onClose}
    />
  )
}
