import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type Account, answerDepositTest, blockAccount, sendDepositTest, verifyAccount } from '../contract.ts'
import { resultLabels, verificationLabels } from '../labels.ts'
import type { VerificationMethod } from '../tables.ts'
import { CallbackDialog } from './CallbackDialog.tsx'
import { ReleaseDialog } from './ReleaseDialog.tsx'

export interface AccountDialog {
  kind: 'verify' | 'test' | 'answer' | 'block' | 'callback' | 'release'
  account: Account
}

interface AccountDialogsProps {
  dialog: AccountDialog | null
  partyId: string
  onClose: () => void
}

/** The acts on one account, each saying what will happen. */
export function AccountDialogs({ dialog, partyId, onClose }: AccountDialogsProps) {
  if (!dialog) return null
  const { kind, account } = dialog
  if (kind === 'verify') return <VerifyDialog account={account} partyId={partyId} onClose={onClose} />
  if (kind === 'callback') return <CallbackDialog account={account} partyId={partyId} onClose={onClose} />
  if (kind === 'release') return <ReleaseDialog account={account} onClose={onClose} />
  if (kind === 'block') return <BlockDialog account={account} onClose={onClose} />
  return <TestDialog account={account} answering={kind === 'answer'} onClose={onClose} />
}

const choices = (labels: Record<string, string>, keys: readonly string[]) =>
  keys.map(value => ({ value, label: labels[value] ?? value }))

function VerifyDialog({
  account,
  partyId,
  onClose,
}: {
  account: Account
  partyId: string
  onClose: () => void
}) {
  const follow = useFollow()
  const [method, setMethod] = useState<string | null>('document')
  const [result, setResult] = useState<string | null>('confirmed')
  const [verifiedOn, setVerifiedOn] = useState<string | null>(useToday())
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const verify = useCommand(verifyAccount, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title="口座の確認を申請します"
      what="別の担当者が承認すると、確認結果が記録されます。「確認済」になった口座だけが支払に使えます。"
      confirmLabel="承認を申請する"
      reason="required"
      running={verify.running}
      problem={verify.problem}
      onConfirm={reasonText =>
        verify.run({
          accountId: account.id,
          method: method as VerificationMethod,
          result: result as 'confirmed' | 'failed' | 'returned',
          verifiedOn: verifiedOn ?? '',
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'method',
          type: 'choice',
          label: '確認方法',
          required: true,
          options: choices(verificationLabels, Object.keys(verificationLabels)),
        }}
        value={method}
        onChange={setMethod}
      />
      <FieldInput
        field={{
          name: 'result',
          type: 'choice',
          label: '結果',
          required: true,
          options: choices(resultLabels, ['confirmed', 'failed', 'returned']),
        }}
        value={result}
        onChange={setResult}
      />
      <FieldInput
        field={{ name: 'verifiedOn', type: 'date', label: '確認日', required: true }}
        value={verifiedOn}
        onChange={setVerifiedOn}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="statement"
      />
    </ConfirmAction>
  )
}

function BlockDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const block = useCommand(blockAccount, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="この口座を使用停止にします"
      what="すぐに支払に使えなくなります。元に戻すには、口座を登録し直して2人で確認します。"
      confirmLabel="使用停止にする"
      danger
      reason="required"
      running={block.running}
      problem={block.problem}
      onConfirm={reason => block.run({ accountId: account.id, reason })}
      onClose={onClose}
    />
  )
}

function TestDialog({
  account,
  answering,
  onClose,
}: {
  account: Account
  answering: boolean
  onClose: () => void
}) {
  const [amount, setAmount] = useState<number | null>(null)
  const [on, setOn] = useState<string | null>(useToday())
  const send = useCommand(sendDepositTest, { onDone: onClose })
  const answer = useCommand(answerDepositTest, { onDone: onClose })
  const accountId = account.id
  return (
    <ConfirmAction
      open
      title={answering ? '小額入金テストの回答を記録します' : '小額入金テストを記録します'}
      what={
        answering
          ? '名義人が答えた金額を入力します。送金額と一致すると、口座の確認に使えます。'
          : '1円から1,000円までの金額を送金し、その額を名義人に尋ねます。金額は履歴に表示されません。'
      }
      confirmLabel="記録する"
      reason="none"
      running={send.running || answer.running}
      problem={answering ? answer.problem : send.problem}
      onConfirm={() =>
        answering
          ? answer.run({ accountId, answeredYen: amount ?? 0, answeredOn: on ?? '' })
          : send.run({ accountId, sentYen: amount ?? 0, sentOn: on ?? '' })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: answering ? 'answeredYen' : 'sentYen',
          type: 'yen',
          label: answering ? '回答された金額' : '送金額',
          required: true,
        }}
        value={amount}
        onChange={setAmount}
      />
      <FieldInput
        field={{
          name: answering ? 'answeredOn' : 'sentOn',
          type: 'date',
          label: answering ? '回答日' : '送金日',
          required: true,
        }}
        value={on}
        onChange={setOn}
      />
    </ConfirmAction>
  )
}
