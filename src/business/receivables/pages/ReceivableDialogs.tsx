import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { OverrideHint } from '../../credit/web.tsx'
import { EvidenceInput } from '../../documents/web.tsx'
import {
  approveReceivable,
  endOffer,
  judgeDuplicate,
  purchaseReceivables,
  type ReceivableShown,
  verifyReceivable,
} from '../contract.ts'
import { restrictionLabels, setOffLabels } from '../labels.ts'
import { ContractChoice } from './ContractChoice.tsx'
import { NoticeDialog, OutcomeDialog } from './NoticeDialogs.tsx'
import { RegistrationDialog } from './RegistrationDialog.tsx'

export type ReceivableDialog =
  | { kind: 'verify' | 'approve' | 'purchase' | 'end' | 'judge' | 'notice' }
  | { kind: 'outcome' | 'registration'; noticeId: string }

export interface DialogProps {
  receivable: ReceivableShown
  onClose: () => void
}

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** The acts on one claim, each saying what will happen. */
export function ReceivableDialogs({ dialog, ...rest }: DialogProps & { dialog: ReceivableDialog }) {
  switch (dialog.kind) {
    case 'verify':
      return <VerifyDialog {...rest} />
    case 'approve':
      return <ApproveDialog {...rest} />
    case 'purchase':
      return <PurchaseDialog {...rest} />
    case 'end':
      return <EndDialog {...rest} />
    case 'judge':
      return <JudgeDialog {...rest} />
    case 'notice':
      return <NoticeDialog {...rest} />
    case 'outcome':
      return <OutcomeDialog {...rest} noticeId={dialog.noticeId} />
    case 'registration':
      return <RegistrationDialog {...rest} noticeId={dialog.noticeId} />
  }
}

function VerifyDialog({ receivable, onClose }: DialogProps) {
  const [restriction, setRestriction] = useState<string | null>(receivable.assignmentRestriction)
  const [setOff, setSetOff] = useState<string | null>('low')
  const [known, setKnown] = useState(false)
  const [dispute, setDispute] = useState(false)
  const [otherPayee, setOtherPayee] = useState(false)
  const [insolvent, setInsolvent] = useState(false)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const verify = useCommand(verifyReceivable, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="債権の内容を確認します"
      what="請求書・注文書・入金履歴が、売掛先・金額・日付について一致することを確認した記録になります。売掛先には連絡しません。"
      confirmLabel="確認済みにする"
      reason="none"
      running={verify.running}
      problem={verify.problem}
      onConfirm={() =>
        verify.run({
          receivableId: receivable.id,
          assignmentRestriction: restriction as 'none',
          restrictionKnown: known,
          setOffRisk: setOff as 'low',
          disputeOpen: dispute,
          payeeIsSomeoneElse: otherPayee,
          debtorInsolvent: insolvent,
          evidence: evidence.map(documentId => ({ documentId, kind: 'invoice' as const, agrees: true })),
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'assignmentRestriction',
          type: 'choice',
          label: '譲渡制限特約',
          required: true,
          options: options(restrictionLabels),
        }}
        value={restriction}
        onChange={setRestriction}
      />
      {restriction === 'exists' && (
        <FieldInput
          field={{
            name: 'restrictionKnown',
            type: 'bool',
            label: '特約の認識',
            sentence: '特約を知っていた（または知り得た）',
          }}
          value={known}
          onChange={setKnown}
        />
      )}
      <FieldInput
        field={{
          name: 'setOffRisk',
          type: 'choice',
          label: '相殺のおそれ',
          required: true,
          options: options(setOffLabels),
        }}
        value={setOff}
        onChange={setSetOff}
      />
      <FieldInput
        field={{ name: 'disputeOpen', type: 'bool', label: '争い', sentence: '売掛先との間に争いがある' }}
        value={dispute}
        onChange={setDispute}
      />
      <FieldInput
        field={{
          name: 'payeeIsSomeoneElse',
          type: 'bool',
          label: '振込先',
          sentence: '請求書の振込先が利用者以外である',
        }}
        value={otherPayee}
        onChange={setOtherPayee}
      />
      <FieldInput
        field={{
          name: 'debtorInsolvent',
          type: 'bool',
          label: '倒産情報',
          sentence: '売掛先に倒産手続の情報がある',
        }}
        value={insolvent}
        onChange={setInsolvent}
      />
      <EvidenceInput
        record={{ kind: 'receivable', id: receivable.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="invoice"
      />
    </ConfirmAction>
  )
}

function ApproveDialog({ receivable, onClose }: DialogProps) {
  const follow = useFollow()
  const [contractId, setContractId] = useState<string | null>(null)
  const approve = useCommand(approveReceivable, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title="債権を承認します"
      what="与信枠に前渡額を確保します。確認で見つかった事項がある場合は、コンプライアンスの承認を待ちます。"
      confirmLabel="承認する"
      reason="required"
      running={approve.running}
      problem={approve.problem}
      onConfirm={reasonText =>
        approve.run({
          receivableId: receivable.id,
          contractId,
          change: { reasonCode: 'review', reasonText, evidence: [] },
        })
      }
      onClose={onClose}
    >
      {receivable.contractId === null && (
        <ContractChoice clientId={receivable.clientId} value={contractId} onChange={setContractId} />
      )}
      <OverrideHint problem={approve.problem} receivableId={receivable.id} />
    </ConfirmAction>
  )
}

function PurchaseDialog({ receivable, onClose }: DialogProps) {
  const purchase = useCommand(purchaseReceivables, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="債権を買い取ります"
      what="契約・本人確認・反社照合・監視区分・与信枠・口座をすべて確認し、仕訳を記録します。続けて「支払」で送金を依頼します。"
      confirmLabel="買い取る"
      reason="none"
      running={purchase.running}
      problem={purchase.problem}
      onConfirm={() => purchase.run({ receivableIds: [receivable.id] })}
      onClose={onClose}
    >
      <OverrideHint problem={purchase.problem} receivableId={receivable.id} />
    </ConfirmAction>
  )
}

function EndDialog({ receivable, onClose }: DialogProps) {
  const [to, setTo] = useState<string | null>(receivable.state === 'approved' ? null : 'rejected')
  const end = useCommand(endOffer, { onDone: onClose })
  const lapsable = receivable.state === 'verified' || receivable.state === 'approved'
  return (
    <ConfirmAction
      open
      title="債権の申込を終了します"
      what="確保した与信枠は解放されます。記録は残り、同じ債権が再び申し込まれると照合で示されます。"
      confirmLabel="終了する"
      danger
      reason="required"
      unfilled={to === null ? '結果を選んでください。' : null}
      running={end.running}
      problem={end.problem}
      onConfirm={reason => to && end.run({ receivableId: receivable.id, to: to as 'rejected', reason })}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'to',
          type: 'choice',
          label: '結果',
          required: true,
          options: [
            ...(receivable.state === 'approved' ? [] : [{ value: 'rejected', label: '謝絶' }]),
            { value: 'withdrawn', label: '利用者の取下げ' },
            ...(lapsable ? [{ value: 'lapsed', label: '失効' }] : []),
          ],
        }}
        value={to}
        onChange={setTo}
      />
    </ConfirmAction>
  )
}

function JudgeDialog({ receivable, onClose }: DialogProps) {
  const follow = useFollow()
  const [verdict, setVerdict] = useState<string | null>('different')
  const judge = useCommand(judgeDuplicate, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title="二重譲渡の疑いを判断します"
      what="あなたの判断を、登録者でない別の担当者が承認すると確定します。「同じ債権」とした申込は謝絶になります。"
      confirmLabel="承認を申請する"
      reason="required"
      running={judge.running}
      problem={judge.problem}
      onConfirm={reasonText =>
        judge.run({
          receivableId: receivable.id,
          verdict: verdict as 'different',
          change: { reasonCode: 'review', reasonText, evidence: [] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'verdict',
          type: 'choice',
          label: '判断',
          required: true,
          options: [
            { value: 'different', label: '別の債権である' },
            { value: 'same', label: '同じ債権である（謝絶する）' },
          ],
        }}
        value={verdict}
        onChange={setVerdict}
      />
    </ConfirmAction>
  )
}
