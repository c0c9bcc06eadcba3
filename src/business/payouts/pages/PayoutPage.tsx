import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  CodeText,
  DateText,
  DateTimeText,
  DetailShell,
  KeyValue,
  Notice,
  RuleResults,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { openPayout, type PayoutShown } from '../contract.ts'
import { dueSourceLabels, purposeLabels } from '../labels.ts'
import { type PayoutDialog, PayoutDialogs } from './PayoutDialogs.tsx'
import { PayoutStateTag } from './payout-words.tsx'

/** One payment: what is paid for, to which account, and every rule that stands against it now. */
export default function PayoutPage() {
  const payoutId = usePathId('payoutId')
  const payout = useApi(openPayout, { payoutId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<PayoutDialog | null>(null)
  return (
    <>
      <DetailShell
        record={payout}
        header={value => ({
          title: `${value.partyName}　${yenText(value.amountYen)}`,
          code: value.payoutNo,
          crumbs: [{ label: '支払', href: '/payouts' }],
          tags: <PayoutStateTag state={value.state} />,
          actions: <Actions payout={value} onDialog={setDialog} />,
        })}
        summary={value =>
          value.hindrances.length > 0 ? (
            <Notice tone="danger" title="このままでは支払えません">
              {value.hindrances.map(reason => reason.sentence).join(' ')}
            </Notice>
          ) : value.state === 'unknown' ? (
            <Notice tone="danger" title="結果が不明な支払は、再送できません">
              入出金明細か銀行への照会で結果を確かめてから、完了または送金不能を記録してください。
            </Notice>
          ) : null
        }
        tabs={value => [{ key: 'payout', label: '支払', content: () => <PayoutCards payout={value} /> }]}
        activeTab={one(url.tab) ?? 'payout'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {payout.state === 'ready' && dialog && (
        <PayoutDialogs payout={payout.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

interface ActionsProps {
  payout: PayoutShown
  onDialog: (dialog: PayoutDialog) => void
}

function Actions({ payout, onDialog }: ActionsProps) {
  const whyNot = useWhyNot()
  const { name } = useSession()
  const { state } = payout
  const first = payout.hindrances[0]?.sentence ?? null
  const own = payout.preparedBy === name ? '依頼した人は確認できません。' : null
  const button = (dialog: PayoutDialog, label: string, permission: string, more: string | null = null) => (
    <ActionButton
      key={dialog}
      kind={['check', 'approve', 'again'].includes(dialog) ? 'primary' : 'default'}
      disabledReason={whyNot(permission) ?? payout.barred ?? more}
      onClick={() => onDialog(dialog)}
    >
      {label}
    </ActionButton>
  )
  return (
    <>
      {['prepared', 'returned', 'approved', 'failed', 'bounced'].includes(state) &&
        button('cancel', '取り消す', 'payouts.cancel')}
      {state === 'checked' && button('return', '差し戻す', 'payouts.check')}
      {state === 'sent' && button('unknown', '結果不明', 'payouts.send')}
      {['sent', 'unknown'].includes(state) && button('failed', '送金不能', 'payouts.send')}
      {['sent', 'unknown'].includes(state) && button('confirm', '送金完了', 'payouts.send')}
      {state === 'confirmed' && button('bounce', '組戻し', 'payouts.send')}
      {['returned', 'failed', 'bounced'].includes(state) && button('again', '依頼し直す', 'payouts.prepare')}
      {state === 'prepared' && button('check', '確認する', 'payouts.check', own)}
      {state === 'checked' && button('approve', '承認を申請', 'payouts.check', first)}
    </>
  )
}

function PayoutCards({ payout }: { payout: PayoutShown }) {
  const hrefOf = useRecordHref()
  return (
    <>
      <Card title="支払">
        <KeyValue
          items={[
            {
              key: 'party',
              label: '支払先',
              value: <UiLink href={`/parties/${payout.partyId}?tab=accounts`}>{payout.partyName}</UiLink>,
            },
            {
              key: 'amount',
              label: '金額',
              value: yenText(payout.amountYen),
              ...(payout.deductedYen > 0
                ? {
                    note: `送金額 ${yenText(payout.amountYen + payout.deductedYen)} から、相殺による差引 ${yenText(payout.deductedYen)} を除いた額`,
                  }
                : {}),
            },
            {
              key: 'purpose',
              label: '種類',
              value: payout.dueSource ? dueSourceLabels[payout.dueSource] : purposeLabels[payout.purpose],
            },
            ...(payout.due
              ? [
                  {
                    key: 'about',
                    label: payout.due.about.kind === 'receivable' ? '元の債権' : '元の入金',
                    value: (
                      <UiLink href={hrefOf(payout.due.about.kind, payout.due.about.id) ?? '#'}>
                        {payout.due.about.no}
                      </UiLink>
                    ),
                    note: payout.due.approvedBy
                      ? `決定 ${payout.due.decidedBy}・承認 ${payout.due.approvedBy}`
                      : `確定 ${payout.due.decidedBy}`,
                  },
                ]
              : []),
            {
              key: 'account',
              label: '口座',
              value: `${payout.bank} ●●●●${payout.accountNoLast}　${payout.holderKana}`,
            },
            { key: 'transferOn', label: '振込日', value: <DateText date={payout.transferOn} /> },
            {
              key: 'prepared',
              label: '依頼',
              value: payout.preparedBy,
              note: <DateTimeText at={payout.preparedAt} />,
            },
            { key: 'checked', label: '確認', value: payout.checkedBy ?? '—' },
            {
              key: 'approved',
              label: '承認',
              value: payout.approvedBy ?? '—',
              note: payout.approvedAt && <DateTimeText at={payout.approvedAt} />,
            },
            ...(payout.claims.length > 0
              ? [
                  {
                    key: 'duplicates',
                    label: '二重譲渡の再照合',
                    value: payout.duplicatesCheckedAt ? (
                      <DateTimeText at={payout.duplicatesCheckedAt} />
                    ) : (
                      '未実施'
                    ),
                  },
                ]
              : []),
            { key: 'file', label: '振込ファイル', value: <CodeText code={payout.batchNo} /> },
            { key: 'confirmed', label: '送金日', value: <DateText date={payout.confirmedOn} /> },
            ...(payout.transactionRecordUntil
              ? [
                  {
                    key: 'recordUntil',
                    label: '取引記録の保存期限',
                    value: <DateText date={payout.transactionRecordUntil} />,
                    note: `送金日から${payout.transactionRecordYears}年（犯収法7条・運用規程）`,
                  },
                ]
              : []),
            ...(payout.outcomeReason
              ? [{ key: 'reason', label: '結果の理由', value: payout.outcomeReason, wide: true }]
              : []),
          ]}
        />
      </Card>
      {payout.hindrances.length > 0 && (
        <Card title="支払を止めている規則">
          <RuleResults
            label="支払を止めている規則"
            rules={payout.hindrances.map(reason => ({
              key: reason.code,
              name: '支払の条件',
              outcome: 'failed',
              sentence: reason.sentence,
            }))}
          />
        </Card>
      )}
      {payout.claims.length > 0 && (
        <Card title="買い取った債権">
          {payout.claims.map(claim => (
            <p key={claim.id}>
              <UiLink href={`/receivables/${claim.id}`}>{claim.receivableNo}</UiLink>
              {`　${claim.debtorName}　請求書番号 ${claim.invoiceNo}　買取額 ${yenText(claim.purchasedYen)}　前渡額 ${yenText(claim.advanceYen)}　手数料 ${yenText(claim.feeYen)}　承認 ${claim.approvedBy ?? '—'}`}
            </p>
          ))}
        </Card>
      )}
    </>
  )
}
