import { Suspense, useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useOfferedTabs } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { ActionButton, DetailShell, LoadingState, Notice } from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { JournalsCard } from '../../moneyledger/web.tsx'
import { openReceivable, type ReceivableShown } from '../contract.ts'
import { ParticularsTab } from './ParticularsTab.tsx'
import { DuplicatesCard, EvidenceCard, FactsCard, MoneyCard, NoticesCard } from './ReceivableCards.tsx'
import { type ReceivableDialog, ReceivableDialogs } from './ReceivableDialogs.tsx'
import { DuplicateTag, ReceivableStateTag } from './receivable-words.tsx'

/** One claim: its money from face to reserve, what it resembles, who was told, and everything that happened. */
export default function ReceivablePage() {
  const receivableId = usePathId('receivableId')
  const receivable = useApi(openReceivable, { receivableId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<ReceivableDialog | null>(null)
  const { permissions } = useSession()
  const offered = useOfferedTabs('receivable', permissions)
  return (
    <>
      <DetailShell
        record={receivable}
        header={value => ({
          title: `${value.clientName} → ${value.debtorName}`,
          code: value.receivableNo,
          crumbs: [{ label: '債権', href: '/receivables' }],
          tags: (
            <>
              <ReceivableStateTag state={value.state} detail={value.stateReason.sentence} />
              <DuplicateTag result={value.duplicateResult} />
            </>
          ),
          detail: `請求書番号 ${value.invoiceNo}　${value.stateReason.sentence}`,
          actions: <Actions receivable={value} onDialog={setDialog} />,
        })}
        summary={value => <DuplicateNotice receivable={value} />}
        tabs={value => [
          {
            key: 'money',
            label: '金額',
            content: () => (
              <>
                <MoneyCard receivable={value} />
                <FactsCard receivable={value} />
              </>
            ),
          },
          {
            key: 'particulars',
            label: '請求書の明細・時効',
            content: () => <ParticularsTab receivable={value} />,
          },
          {
            key: 'duplicates',
            label: `重複の照合（${value.checks.length}）`,
            content: () => <DuplicatesCard receivable={value} />,
          },
          {
            key: 'notices',
            label: `通知・資料（${value.notices.length + value.evidence.length}）`,
            content: () => (
              <>
                <NoticesCard receivable={value} onDialog={setDialog} />
                <EvidenceCard receivable={value} />
              </>
            ),
          },
          ...offered.map(tab => ({
            key: tab.key,
            label: tab.label,
            content: () => (
              <Suspense fallback={<LoadingState rows={6} />}>
                <tab.component recordId={value.id} />
              </Suspense>
            ),
          })),
          {
            key: 'ledger',
            label: '仕訳',
            content: () => <JournalsCard of="receivable" recordId={value.id} />,
          },
        ]}
        activeTab={one(url.tab) ?? 'money'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {receivable.state === 'ready' && dialog && (
        <ReceivableDialogs receivable={receivable.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

/** What stands in the way of a claim which resembles another: a judgement that is due, or one that was given. */
function DuplicateNotice({ receivable }: { receivable: ReceivableShown }) {
  const { duplicateResult, state } = receivable
  const ended = ['rejected', 'withdrawn', 'lapsed'].includes(state)
  if ((duplicateResult === 'suspect' || duplicateResult === 'confirmed') && !ended)
    return (
      <Notice tone="danger" title="二重譲渡の疑いがあります">
        別の担当者2人が「別の債権」と判断するまで、確認・承認・買取・送金はできません。
      </Notice>
    )
  if (duplicateResult === 'judged_same')
    return (
      <Notice tone="neutral" title="ほかの債権と同じ債権と判断され、謝絶しました">
        判断した人と理由は「重複の照合」にあります。
      </Notice>
    )
  return null
}

interface ActionsProps {
  receivable: ReceivableShown
  onDialog: (dialog: ReceivableDialog) => void
}

function Actions({ receivable, onDialog }: ActionsProps) {
  const whyNot = useWhyNot()
  const { personId } = useSession()
  const { state, duplicateResult } = receivable
  const suspected = duplicateResult === 'suspect' || duplicateResult === 'confirmed'
  const judgeFirst = suspected ? '二重譲渡の疑いの判断が先に必要です。' : null
  const ownClaim =
    receivable.registeredBy.id === personId ? '登録した人は承認できません。別の担当者が承認します。' : null
  const endable = ['offered', 'verifying', 'verified', 'approved'].includes(state)
  return (
    <>
      {endable && (
        <ActionButton disabledReason={whyNot('receivables.verify')} onClick={() => onDialog({ kind: 'end' })}>
          謝絶・取下げ
        </ActionButton>
      )}
      {suspected && (endable || receivable.purchase !== null) && (
        <ActionButton
          kind="danger"
          disabledReason={whyNot('receivables.verify')}
          onClick={() => onDialog({ kind: 'judge' })}
        >
          疑いを判断
        </ActionButton>
      )}
      {(state === 'offered' || state === 'verifying') && (
        <ActionButton
          kind="primary"
          disabledReason={whyNot('receivables.verify') ?? judgeFirst}
          onClick={() => onDialog({ kind: 'verify' })}
        >
          内容を確認
        </ActionButton>
      )}
      {state === 'verified' && (
        <ActionButton
          kind="primary"
          disabledReason={whyNot('receivables.approve') ?? ownClaim ?? judgeFirst}
          onClick={() => onDialog({ kind: 'approve' })}
        >
          承認
        </ActionButton>
      )}
      {state === 'approved' && (
        <ActionButton
          kind="primary"
          disabledReason={whyNot('receivables.purchase') ?? judgeFirst}
          onClick={() => onDialog({ kind: 'purchase' })}
        >
          買い取る
        </ActionButton>
      )}
    </>
  )
}
