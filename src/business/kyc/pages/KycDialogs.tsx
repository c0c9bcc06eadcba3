import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import {
  addSeenDocument,
  completeCase,
  failCase,
  grantException,
  type KycCase,
  recordMail,
} from '../contract.ts'
import { documentKindLabels, mailKindLabels, mailResultLabels } from '../labels.ts'
import type { DocumentKind } from '../rules.ts'

export type KycDialog = { kind: 'except' } | { kind: 'document' | 'mail' | 'complete' | 'fail'; row: KycCase }

interface DialogsProps {
  dialog: KycDialog | null
  partyId: string
  onClose: () => void
}

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** The acts on a check of identity, each saying what will happen. */
export function KycDialogs({ dialog, partyId, onClose }: DialogsProps) {
  if (!dialog) return null
  if (dialog.kind === 'document') return <DocumentDialog row={dialog.row} onClose={onClose} />
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
  const [kind, setKind] = useState<string | null>(row.mail?.kind ?? 'not_forwarded')
  const [result, setResult] = useState<string | null>(row.mail?.result ?? 'sent')
  const [sentOn, setSentOn] = useState<string | null>(row.mail?.sentOn ?? null)
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

function DocumentDialog({ row, onClose }: { row: KycCase; onClose: () => void }) {
  const [kind, setKind] = useState<string | null>(null)
  const [number, setNumber] = useState('')
  const [days, setDays] = useState<{
    issuedOn: string | null
    expiresOn: string | null
    seenOn: string | null
  }>({
    issuedOn: null,
    expiresOn: null,
    seenOn: useToday(),
  })
  const add = useCommand(addSeenDocument, { onDone: onClose })
  const day = (name: keyof typeof days, label: string, required = false) => (
    <FieldInput
      field={{ name, type: 'date', label, required }}
      value={days[name]}
      onChange={value => setDays({ ...days, [name]: value })}
    />
  )
  return (
    <ConfirmAction
      open
      title="確認した書類を記録します"
      what="番号は暗号化し、下4桁だけを表示します。マイナンバーは入力しないでください（保存を拒否します）。"
      confirmLabel="記録する"
      reason="none"
      running={add.running}
      problem={add.problem}
      onConfirm={() =>
        add.run({
          caseId: row.id,
          kind: kind as DocumentKind,
          number: number || null,
          issuedOn: days.issuedOn,
          expiresOn: days.expiresOn,
          seenOn: days.seenOn ?? '',
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '書類',
          required: true,
          options: options(documentKindLabels),
        }}
        value={kind}
        onChange={setKind}
      />
      <FieldInput
        field={{ name: 'number', type: 'code', label: '書類の番号' }}
        value={number}
        onChange={setNumber}
      />
      {day('issuedOn', '発行日')}
      {day('expiresOn', '有効期限')}
      {day('seenOn', '確認日', true)}
    </ConfirmAction>
  )
}
