import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  KeyValue,
  Loaded,
  Notice,
  PageHeader,
  Stack,
  UiLink,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { PartyChoice } from '../../parties/web.tsx'
import { DueCard } from '../../payouts/web.tsx'
import {
  holdPayment,
  judgeTwin,
  type OpenedPayment,
  openPayment,
  refundPayment,
  releasePayment,
  takeRefundBack,
} from '../contract.ts'
import { afterAct } from '../rules.ts'
import { PaymentStateTag } from './payment-words.tsx'

type Dialog = 'same' | 'other' | 'hold' | 'release' | 'refund' | 'unrefund'

/** One deposit: what the bank wrote, what it is, and what may be done with it. */
export default function PaymentPage() {
  const payment = useApi(openPayment, { paymentId: usePathId('paymentId') })
  return <Loaded from={payment}>{row => <OnePayment row={row} />}</Loaded>
}

function OnePayment({ row }: { row: OpenedPayment }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const follow = useFollow()
  return (
    <Stack>
      <PageHeader
        title={row.payerKana || row.bankSummary || '入金'}
        code={row.paymentNo}
        crumbs={[{ label: '入金', href: '/payments' }]}
        tags={<PaymentStateTag state={row.state} detail={row.heldReason} />}
        actions={<Actions row={row} onDialog={setDialog} />}
      />
      {row.takenBack && <Notice tone="danger" title="銀行がこの入金を取り消しています。" />}
      {row.state === 'received' && row.twinOf && (
        <Notice
          tone="warning"
          title="同じ日・同じ金額の入金が既にあります。記帳していません。"
          action={
            <ActionButton disabledReason={null} onClick={() => follow('/payments?state=received')}>
              確認待ちの一覧
            </ActionButton>
          }
        >
          {`既にある入金：${row.twinOf.paymentNo ?? '（入金ではない行）'}　${row.twinOf.payerKana}（明細 ${row.twinOf.fileNo} の${row.twinOf.lineNo}）`}
        </Notice>
      )}
      <Card title="入金の内容">
        <KeyValue
          items={[
            { key: 'amount', label: '金額', value: <Yen value={row.amountYen} strong /> },
            { key: 'received', label: '入金日（起算日）', value: <DateText date={row.receivedOn} /> },
            { key: 'booked', label: '勘定日', value: <DateText date={row.bookedOn} /> },
            { key: 'payer', label: '振込依頼人', value: row.payerKana },
            { key: 'bank', label: '仕向銀行・支店', value: `${row.payerBank} ${row.payerBranch}` },
            { key: 'edi', label: 'EDI情報', value: row.edi },
            { key: 'summary', label: '摘要', value: row.bankSummary },
            { key: 'account', label: '入金口座', value: row.account.name },
            { key: 'file', label: '明細', value: `${row.file.fileNo} の${row.file.lineNo}` },
            { key: 'applied', label: '消込額', value: <Yen value={row.appliedYen} /> },
            { key: 'refund', label: '返金額', value: <Yen value={row.refundYen} /> },
            { key: 'uncleared', label: 'うち他店券', value: <Yen value={row.unclearedYen} /> },
            {
              key: 'party',
              label: '取引先',
              value: row.party ? (
                <UiLink href={`/parties/${row.party.id}`}>{row.party.legalName}</UiLink>
              ) : (
                ''
              ),
            },
            ...(row.transactionRecordUntil
              ? [
                  {
                    key: 'recordUntil',
                    label: '取引記録の保存期限',
                    value: <DateText date={row.transactionRecordUntil} />,
                    note: `入金日から${row.transactionRecordYears}年（犯収法7条・運用規程）`,
                  },
                ]
              : []),
            { key: 'held', label: '保留の理由', value: row.heldReason ?? '', wide: true },
          ]}
        />
      </Card>
      {(row.state === 'refund_pending' || row.state === 'refunded') && (
        <DueCard of={{ paymentInId: row.id }} empty="返金が承認されると、ここに並びます。" />
      )}
      {dialog && dialog !== 'refund' && (
        <ReasonDialog row={row} kind={dialog} onClose={() => setDialog(null)} />
      )}
      {dialog === 'refund' && <RefundDialog row={row} onClose={() => setDialog(null)} />}
    </Stack>
  )
}

function Actions({ row, onDialog }: { row: OpenedPayment; onDialog: (dialog: Dialog) => void }) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const judge = whyNot('payments.judge')
  if (row.state === 'received')
    return (
      <>
        <ActionButton disabledReason={judge} onClick={() => onDialog('same')}>
          同じ入金（記帳しない）
        </ActionButton>
        <ActionButton kind="primary" disabledReason={judge} onClick={() => onDialog('other')}>
          別の入金（記帳する）
        </ActionButton>
      </>
    )
  return (
    <>
      {afterAct(row.state, 'hold') && (
        <ActionButton disabledReason={judge} onClick={() => onDialog('hold')}>
          保留
        </ActionButton>
      )}
      {afterAct(row.state, 'release') && (
        <ActionButton disabledReason={judge} onClick={() => onDialog('release')}>
          保留を解除
        </ActionButton>
      )}
      {afterAct(row.state, 'refund') && (
        <ActionButton disabledReason={whyNot('payments.refund')} onClick={() => onDialog('refund')}>
          返金を申請
        </ActionButton>
      )}
      {row.state === 'refund_pending' && (
        <ActionButton disabledReason={whyNot('payments.refund')} onClick={() => onDialog('unrefund')}>
          返金の決定を取り消す
        </ActionButton>
      )}
      {afterAct(row.state, 'apply') && (
        <ActionButton
          kind="primary"
          disabledReason={null}
          onClick={() =>
            follow(`/reconciliation?payment=${row.id}${row.state === 'held' ? '&show=held' : ''}`)
          }
        >
          消込へ
        </ActionButton>
      )}
    </>
  )
}

const dialogWords: Record<Exclude<Dialog, 'refund'>, { title: string; what: string; confirm: string }> = {
  same: {
    title: '同じ入金として扱います',
    what: 'この行は記帳しません。元の入金だけが残ります。',
    confirm: '同じ入金にする',
  },
  other: {
    title: '別の入金として記帳します',
    what: '仮受金に記帳し、消込の対象にします。',
    confirm: '記帳する',
  },
  hold: {
    title: 'この入金を保留します',
    what: '消込の一覧から外します。解除するとまた照合されます。',
    confirm: '保留する',
  },
  release: { title: '保留を解除します', what: 'また消込の対象になります。', confirm: '解除する' },
  unrefund: {
    title: '返金の決定を取り消します',
    what: '返金はされません。支払が手続き中のときは、先にその支払を取り消します。',
    confirm: '取り消す',
  },
}

function ReasonDialog({
  row,
  kind,
  onClose,
}: {
  row: OpenedPayment
  kind: Exclude<Dialog, 'refund'>
  onClose: () => void
}) {
  const judge = useCommand(judgeTwin, { onDone: onClose })
  const hold = useCommand(holdPayment, { onDone: onClose })
  const release = useCommand(releasePayment, { onDone: onClose })
  const unrefund = useCommand(takeRefundBack, { onDone: onClose })
  const words = dialogWords[kind]
  const paymentId = row.id
  return (
    <ConfirmAction
      open
      title={words.title}
      what={words.what}
      confirmLabel={words.confirm}
      reason="required"
      running={judge.running || hold.running || release.running || unrefund.running}
      problem={judge.problem ?? hold.problem ?? release.problem ?? unrefund.problem}
      onConfirm={reason =>
        kind === 'hold'
          ? hold.run({ paymentId, reason })
          : kind === 'release'
            ? release.run({ paymentId, reason })
            : kind === 'unrefund'
              ? unrefund.run({ paymentId, reason })
              : judge.run({ paymentId, verdict: kind, reason })
      }
      onClose={onClose}
    />
  )
}

function RefundDialog({ row, onClose }: { row: OpenedPayment; onClose: () => void }) {
  const follow = useFollow()
  const [party, setParty] = useState(row.party ? { value: row.party.id, label: row.party.legalName } : null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const refund = useCommand(refundPayment, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title={`返金を申請します　${yenText(row.amountYen - row.appliedYen)}`}
      what="債権に充当していない残額を、取引先の確認済みの口座へ返します。別の担当者が承認すると、支払の「返還・返金」に並びます。"
      confirmLabel="承認を申請する"
      reason="required"
      running={refund.running}
      problem={refund.problem}
      unfilled={party ? null : '返金先の取引先を選んでください。'}
      onConfirm={reasonText =>
        refund.run({
          paymentId: row.id,
          partyId: party?.value ?? '',
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <PartyChoice name="partyId" label="返金先の取引先" value={party} onChange={setParty} required />
      <EvidenceInput
        record={{ kind: 'payment_in', id: row.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="statement"
      />
    </ConfirmAction>
  )
}
