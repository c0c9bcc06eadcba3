import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, inputOf } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { completeCase, failCase, grantException, type KycCase, recordMail } from '../contract.ts'
import { mailFields } from '../fields.ts'
import { mailKindLabels, mailResultLabels } from '../labels.ts'
import { methods } from '../rules.ts'
import { options } from './CaseInputs.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { DocumentDialog } from './DocumentDialog.tsx'
import { ElectronicDialog } from './ElectronicDialog.tsx'

type DialogKind = 'change' | 'document' | 'electronic' | 'mail' | 'complete' | 'fail'
export type KycDialog = { kind: 'except' } | { kind: DialogKind; row: KycCase }

interface DialogsProps {
  dialog: KycDialog | null
  partyId: string
  /** What may be given as purpose today. */
  offered: readonly { code: string; label: string }[]
  onClose: () => void
}

/** The acts on a check of identity, each saying what will happen. */
export function KycDialogs({ dialog, partyId, offered, onClose }: DialogsProps) {
  if (!dialog) return null
  if (dialog.kind === 'document')
    return <DocumentDialog row={dialog.row} partyId={partyId} onClose={onClose} />
  if (dialog.kind === 'electronic')
    return <ElectronicDialog row={dialog.row} partyId={partyId} onClose={onClose} />
  if (dialog.kind === 'change') return <ChangeDialog row={dialog.row} offered={offered} onClose={onClose} />
  if (dialog.kind === 'mail') return <MailDialog row={dialog.row} onClose={onClose} />
  if (dialog.kind === 'fail') return <FailDialog row={dialog.row} onClose={onClose} />
  return (
    <TwoPersonDialog
      row={dialog.kind === 'complete' ? dialog.row : null}
      partyId={partyId}
      onClose={onClose}
    />
  )
}

function TwoPersonDialog({
  row,
  partyId,
  onClose,
}: {
  row: KycCase | null
  partyId: string
  onClose: () => void
}) {
  const follow = useFollow()
  const today = useToday()
  const [day, setDay] = useState<string | null>(row ? today : null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const handlers = {
    onPending: (answer: { changeRequestId: string }) => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  }
  const complete = useCommand(completeCase, handlers)
  const except = useCommand(grantException, handlers)
  return (
    <ConfirmAction
      open
      title={row ? '本人確認の完了を申請します' : '見直し期限の例外を申請します'}
      what={
        row
          ? '別の担当者が承認すると完了します。次回の見直し期限は、リスク評価と書類の有効期限から決まります。'
          : '法務・コンプライアンスが承認すると、期限の日まで買取を続けられます。見直し期限は変わりません。'
      }
      confirmLabel="承認を申請する"
      reason="required"
      running={complete.running || except.running}
      problem={row ? complete.problem : except.problem}
      onConfirm={reasonText => {
        const change = { reasonCode: 'review' as const, reasonText, evidence: [...evidence] }
        if (row) complete.run({ caseId: row.id, completedOn: day ?? '', change })
        else except.run({ partyId, until: day ?? '', change })
      }}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: row ? 'completedOn' : 'until',
          type: 'date',
          label: row ? '完了日' : '例外の期限（90日以内）',
          required: true,
        }}
        value={day}
        onChange={setDay}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="id"
      />
    </ConfirmAction>
  )
}

function FailDialog({ row, onClose }: { row: KycCase; onClose: () => void }) {
  const fail = useCommand(failCase, { onDone: onClose })
  return (
    <ConfirmAction
      open
      danger
      title="本人確認を不成立として終了します"
      what="この確認には書類を追加できなくなります。やり直すには新しく開始します。"
      confirmLabel="終了する"
      reason="required"
      running={fail.running}
      problem={fail.problem}
      onConfirm={reason => fail.run({ caseId: row.id, reason })}
      onClose={onClose}
    />
  )
}

function MailDialog({ row, onClose }: { row: KycCase; onClose: () => void }) {
  const [kind, setKind] = useState<string | null>(
    row.mail?.kind ?? methods[row.methodCode].mail ?? 'not_forwarded',
  )
  const [result, setResult] = useState<string | null>(row.mail?.result ?? 'sent')
  const [sentOn, setSentOn] = useState<string | null>(row.mail?.sentOn ?? null)
  const [tracking, setTracking] = useState(row.mail?.tracking ?? '')
  const mail = useCommand(recordMail, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="郵便を記録します"
      what="返戻を記録すると、完了した本人確認も再確認となり、買取が止まります。"
      confirmLabel="記録する"
      reason="none"
      running={mail.running}
      problem={mail.problem}
      onConfirm={() =>
        mail.run({
          caseId: row.id,
          mailKind: kind as 'not_forwarded' | 'restricted',
          sentOn: sentOn ?? '',
          tracking: tracking || null,
          result: result as 'sent' | 'delivered' | 'returned',
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'mailKind',
          type: 'choice',
          label: '郵便の種類',
          required: true,
          options: options(mailKindLabels),
        }}
        value={kind}
        onChange={setKind}
      />
      <FieldInput
        field={{ name: 'sentOn', type: 'date', label: '発送日', required: true }}
        value={sentOn}
        onChange={setSentOn}
      />
      <FieldInput field={inputOf(mailFields.tracking)} value={tracking} onChange={setTracking} />
      <FieldInput
        field={{
          name: 'result',
          type: 'choice',
          label: '結果',
          required: true,
          options: options(mailResultLabels),
        }}
        value={result}
        onChange={setResult}
      />
    </ConfirmAction>
  )
}
