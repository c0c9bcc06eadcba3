import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { ActionButton, DetailShell, Notice, UiLink } from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { OverrideTab } from '../../credit/web.tsx'
import { CustomCard } from '../../customization/web.tsx'
import { type ApplicationShown, openApplication } from '../contract.ts'
import { type ApplicationState, isEnded } from '../rules/states.ts'
import { ApplicationDialogs } from './ApplicationDialogs.tsx'
import { ApplicationStateTag, ClockText } from './application-words.tsx'
import { ChecklistTab } from './ChecklistTab.tsx'
import { ClaimsTab } from './ClaimsTab.tsx'
import type { ApplicationDialog } from './dialog-props.ts'
import { OverviewTab } from './OverviewTab.tsx'
import { PanelTab } from './PanelTab.tsx'
import { QuotesTab } from './QuotesTab.tsx'
import { labelOf, mainStep, permissionOf } from './steps.ts'

/** One application: what is asked, what the client owes, the claims, the price, and what may be done next. */
export default function ApplicationPage() {
  const applicationId = usePathId('applicationId')
  const application = useApi(openApplication, { applicationId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<ApplicationDialog | null>(null)
  const { permissions } = useSession()
  return (
    <>
      <DetailShell
        record={application}
        header={value => ({
          title: value.client.name,
          code: value.applicationNo,
          crumbs: [
            { label: '申込', href: '/applications' },
            { label: value.client.name, href: `/parties/${value.client.id}?tab=applications` },
          ],
          tags: <ApplicationStateTag state={value.state} />,
          detail: <ClockText row={value} />,
          actions: <Actions application={value} onDialog={setDialog} />,
        })}
        summary={value => <StateNotice application={value} />}
        tabs={value => [
          {
            key: 'overview',
            label: '概要',
            content: () => <OverviewTab application={value} onDialog={setDialog} />,
          },
          {
            key: 'documents',
            label: `提出書類（${value.items - value.itemsOwed} / ${value.items}）`,
            content: () => <ChecklistTab application={value} onDialog={setDialog} />,
          },
          {
            key: 'claims',
            label: `債権（${value.linked.length}）`,
            content: () => <ClaimsTab application={value} onDialog={setDialog} />,
          },
          ...(permissions.has('credit.read')
            ? [
                {
                  key: 'limits',
                  label: '枠・超過承認',
                  content: () => <OverrideTab dealKind="application" dealId={value.id} />,
                },
              ]
            : []),
          {
            key: 'quotes',
            label: `見積（${value.quotes.length}）`,
            content: () => <QuotesTab application={value} />,
          },
          ...(value.planParameters?.multiQuoteMax
            ? [
                {
                  key: 'panel',
                  label: '一括見積',
                  content: () => <PanelTab application={value} />,
                },
              ]
            : []),
          {
            key: 'custom',
            label: '自社の項目',
            content: () => <CustomCard kind="application" recordId={value.id} />,
          },
        ]}
        activeTab={one(url.tab) ?? 'overview'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {application.state === 'ready' && dialog && (
        <ApplicationDialogs application={application.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

/** The way forward first; what ends or goes back stands left of it and asks for a reason. */
const backwards: readonly ApplicationState[] = [
  'withdrawn',
  'abandoned',
  'expired',
  'rejected',
  'declined',
  'cancelled',
]

function Actions({
  application,
  onDialog,
}: {
  application: ApplicationShown
  onDialog: (dialog: ApplicationDialog) => void
}) {
  const whyNot = useWhyNot()
  const forward = application.steps.filter(step => !backwards.includes(step.to))
  const others = application.steps.filter(step => backwards.includes(step.to))
  const main = mainStep(application.state)
  return (
    <>
      {!isEnded(application.state) && (
        <ActionButton
          disabledReason={whyNot('applications.assign')}
          onClick={() => onDialog({ kind: 'assign' })}
        >
          担当を替える
        </ActionButton>
      )}
      {[...others, ...forward].map(({ to, hindrances }) => (
        <ActionButton
          key={to}
          kind={to === main ? 'primary' : to === 'rejected' ? 'danger' : 'default'}
          disabledReason={
            whyNot(permissionOf(to)) ??
            (hindrances.length > 0 ? hindrances.map(one => one.message).join(' ') : null)
          }
          onClick={() => onDialog({ kind: 'step', to })}
        >
          {labelOf(application.state, to)}
        </ActionButton>
      ))}
    </>
  )
}

function StateNotice({ application }: { application: ApplicationShown }) {
  const { state } = application
  if (state === 'rejected')
    return (
      <Notice tone="neutral" title="謝絶しました">
        {application.decisionReason}
      </Notice>
    )
  if (state === 'ready_to_fund') {
    const bought = application.linked.filter(claim => claim.purchaseId !== null)
    return bought.length === 0 ? (
      <Notice tone="accent" title="債権を買い取れます">
        「債権」から買い取り、支払を作成してください。支払が確定すると「実行済み」になります。
      </Notice>
    ) : (
      <Notice tone="accent" title="買い取りました。支払の確定を待っています">
        支払が確定すると「実行済み」になります。
        {bought[0] && <UiLink href={`/receivables/${bought[0].id}?tab=payouts`}>支払を見る</UiLink>}
      </Notice>
    )
  }
  if (state === 'docs_pending')
    return (
      <Notice tone="warning" title="利用者の書類を待っています">
        {application.checklist
          .filter(item => item.state === 'missing' || item.state === 'returned')
          .map(item => item.title)
          .join('、') || '書類は揃いました。反社照合へ進めてください。'}
      </Notice>
    )
  return null
}
