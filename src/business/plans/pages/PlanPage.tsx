import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  DetailShell,
  EmptyState,
  KeyValue,
  Notice,
  Stack,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { transactionKindLabels } from '../../contracts/labels.ts'
import { openPlan, type PlanShown, type PlanVersionShown } from '../contract.ts'
import { type PlanDialog, PlanDialogs } from './PlanDialogs.tsx'
import { ParametersTable, PlanStatusTag, VersionStateTag } from './plan-words.tsx'
import { VersionDiff } from './VersionDiff.tsx'

const draftOf = (plan: PlanShown) => plan.versions.find(version => version.state === 'draft') ?? null

/** One plan: what holds today, what is being prepared, and every version with what changed. */
export default function PlanPage() {
  const planId = usePathId('planId')
  const plan = useApi(openPlan, { planId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<PlanDialog | null>(null)
  return (
    <>
      <DetailShell
        record={plan}
        header={value => ({
          title: value.name,
          code: value.code,
          crumbs: [{ label: '商品', href: '/plans' }],
          tags: <PlanStatusTag status={value.status} />,
          detail: value.inForce ? `第${value.inForce.version}版 適用中` : '適用中の版はありません',
          actions: <Actions plan={value} onDialog={setDialog} />,
        })}
        summary={value => <DraftNotice plan={value} />}
        tabs={value => [
          { key: 'terms', label: '条件', content: () => <Terms plan={value} /> },
          {
            key: 'versions',
            label: `版（${value.versions.length}）`,
            content: () => <Versions plan={value} />,
          },
          { key: 'compare', label: '版の比較', content: () => <VersionDiff plan={value} /> },
        ]}
        activeTab={one(url.tab) ?? 'terms'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {plan.state === 'ready' && dialog && (
        <PlanDialogs plan={plan.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

function Actions({ plan, onDialog }: { plan: PlanShown; onDialog: (dialog: PlanDialog) => void }) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const draft = draftOf(plan)
  const mayDraft = whyNot('plans.draft')
  return (
    <>
      {plan.status === 'active' && (
        <ActionButton
          kind="danger"
          disabledReason={whyNot('plans.retire')}
          onClick={() => onDialog({ kind: 'retire' })}
        >
          取扱いを終える
        </ActionButton>
      )}
      <ActionButton disabledReason={mayDraft} onClick={() => onDialog({ kind: 'rename' })}>
        名称を変更
      </ActionButton>
      {draft && (
        <ActionButton disabledReason={mayDraft} onClick={() => onDialog({ kind: 'discard', version: draft })}>
          下書きを取り下げる
        </ActionButton>
      )}
      <ActionButton
        kind={draft ? 'default' : 'primary'}
        disabledReason={mayDraft}
        onClick={() => follow(`/plans/${plan.id}/draft`)}
      >
        {draft ? '下書きを変更' : '新しい版を作る'}
      </ActionButton>
      {draft && (
        <ActionButton
          kind="primary"
          disabledReason={
            mayDraft ??
            (draft.waitingRequest ? `${draft.waitingRequest.changeNo} で承認を待っています。` : null)
          }
          onClick={() => onDialog({ kind: 'activate', version: draft })}
        >
          適用を申請
        </ActionButton>
      )}
    </>
  )
}

function DraftNotice({ plan }: { plan: PlanShown }) {
  const draft = draftOf(plan)
  if (plan.status === 'retired')
    return (
      <Notice tone="neutral" title="取扱いを終えた商品です">
        新しい申込には使えません。手続中の申込は、申し込んだ版のまま進みます。
      </Notice>
    )
  if (!draft) return null
  return (
    <Notice
      tone={draft.toCompliance.length ? 'warning' : 'accent'}
      title={
        draft.toCompliance.length
          ? `第${draft.version}版の適用には、コンプライアンスの承認が必要です`
          : `第${draft.version}版は下書きです`
      }
    >
      {draft.toCompliance.length > 0 && <p style={{ margin: 0 }}>{draft.toCompliance.join('。')}。</p>}
      {draft.waitingRequest ? (
        <>
          承認待ち：
          <UiLink href={`/change-requests/${draft.waitingRequest.id}`}>
            {draft.waitingRequest.changeNo}
          </UiLink>
        </>
      ) : (
        '「適用を申請」で別の担当者へ回すと、承認後に適用されます。'
      )}
    </Notice>
  )
}

function Terms({ plan }: { plan: PlanShown }) {
  const shown =
    plan.versions.find(version => version.id === plan.inForce?.id) ?? draftOf(plan) ?? plan.versions[0]
  return (
    <Stack>
      <Card title="商品">
        <KeyValue
          items={[
            { key: 'code', label: '商品コード', value: plan.code },
            { key: 'kind', label: '取引種別', value: transactionKindLabels[plan.transactionKind] },
            { key: 'operatedBy', label: '運営会社', value: plan.operatedBy },
            ...(plan.ceiling
              ? [
                  {
                    key: 'ceiling',
                    label: '商品枠の残高',
                    value: yenText(plan.ceiling.exposureYen),
                    note: `${plan.ceiling.sharedBy ? `${plan.ceiling.sharedBy}の全商品で共有　` : ''}枠 ${yenText(plan.ceiling.ceilingYen)}　空き ${yenText(Math.max(0, plan.ceiling.ceilingYen - plan.ceiling.exposureYen))}`,
                  },
                ]
              : []),
            {
              key: 'createdBy',
              label: '作成者',
              value: plan.createdBy,
              note: <DateTimeText at={plan.createdAt} />,
            },
          ]}
        />
      </Card>
      {shown && <VersionCard version={shown} />}
    </Stack>
  )
}

function Versions({ plan }: { plan: PlanShown }) {
  return (
    <Stack>
      {plan.versions.map(version => (
        <VersionCard key={version.id} version={version} />
      ))}
    </Stack>
  )
}

function VersionCard({ version }: { version: PlanVersionShown }) {
  return (
    <Card title={`第${version.version}版`} note={<VersionStateTag state={version.state} />}>
      <KeyValue
        items={[
          { key: 'note', label: 'この版の説明', value: version.note, wide: true },
          {
            key: 'from',
            label: '適用開始日',
            value: version.effectiveFrom ? <DateText date={version.effectiveFrom} /> : '承認の日',
          },
          {
            key: 'to',
            label: '適用終了日',
            value: version.effectiveTo ? <DateText date={version.effectiveTo} /> : '定めなし',
          },
          {
            key: 'drafted',
            label: '作成',
            value: version.draftedBy,
            note: <DateTimeText at={version.draftedAt} />,
          },
          {
            key: 'activated',
            label: '適用の申請・承認',
            value: version.approvedBy ? `${version.activatedBy}・${version.approvedBy}` : '',
            ...(version.activatedAt ? { note: <DateTimeText at={version.activatedAt} /> } : {}),
          },
        ]}
      />
      <ParametersTable parameters={version.parameters} />
      <AdvertisedTable version={version} />
    </Card>
  )
}

function AdvertisedTable({ version }: { version: PlanVersionShown }) {
  if (version.advertised.length === 0)
    return <EmptyState title="広告の表示はありません" hint="表示する文言は、版ごとに出所とともに残します。" />
  return (
    <table className="ui-lines">
      <thead>
        <tr>
          <th scope="col">広告の表示</th>
          <th scope="col">数値</th>
          <th scope="col">出所</th>
        </tr>
      </thead>
      <tbody>
        {version.advertised.map(one => (
          <tr key={`${one.text} ${one.figure} ${one.source}`}>
            <th scope="row">{one.text}</th>
            <td>{one.figure}</td>
            <td>{one.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
