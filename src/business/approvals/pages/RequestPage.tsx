import { Suspense, useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useOfferedTabs, useRecordHref } from '../../../platform/web/catalogue.ts'
import { useSession } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateTimeText,
  DiffTable,
  KeyValue,
  Loaded,
  LoadingState,
  Notice,
  PageHeader,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import {
  approveChangeRequest,
  type ChangeRequestDetail,
  openChangeRequest,
  rejectChangeRequest,
  resubmitChangeRequest,
  returnChangeRequest,
  withdrawChangeRequest,
} from '../contract.ts'
import { impactLabels, reasonLabels } from '../labels.ts'
import { RequestStateTag } from './state-tag.tsx'

export default function RequestPage() {
  const changeRequestId = usePathId('changeRequestId')
  const request = useApi(openChangeRequest, { changeRequestId })
  return (
    <Loaded from={request} rows={10}>
      {value => <Request request={value} />}
    </Loaded>
  )
}

function Request({ request }: { request: ChangeRequestDetail }) {
  const recordHref = useRecordHref()
  const href = recordHref(request.objectKind, request.objectId)
  const { permissions } = useSession()
  const offered = useOfferedTabs('change_request', permissions)
  return (
    <>
      <PageHeader
        title={request.summary}
        code={request.changeNo}
        crumbs={[{ label: '承認', href: '/change-requests' }]}
        tags={<RequestStateTag state={request.state} />}
        detail={`${request.requestedBy.name} さんの申請`}
        actions={<Decisions request={request} />}
      />
      {request.moved && (
        <Notice tone="warning" live title="申請の後に対象の記録が変わりました">
          承認しても反映されず、申請者による再申請が必要になります。
        </Notice>
      )}
      {request.waitsForRole && (
        <Notice
          tone="accent"
          title={`${request.approvedSoFar.map(one => one.name).join('・')}が承認しました。次に「${request.waitsForRole}」の承認が必要です`}
        >
          運用規程により、もう一人の承認で実行されます。
        </Notice>
      )}
      {request.hindrances.length > 0 && request.state === 'pending' && (
        <Notice tone="neutral" title="あなたはこの申請を決裁できません">
          {request.hindrances.map(hindrance => hindrance.message).join(' ')}
        </Notice>
      )}
      <Stack>
        <Card title="変更の前と後">
          <DiffTable label="変更の前と後" rows={request.items.map(diffRow)} />
        </Card>
        <Card title="申請の理由">
          <KeyValue
            items={[
              { key: 'code', label: '区分', value: reasonLabels[request.reasonCode] ?? request.reasonCode },
              { key: 'text', label: '理由', value: request.reasonText, wide: true },
              {
                key: 'impact',
                label: '影響する業務',
                value: request.impact.map(one => impactLabels[one]).join('、') || 'この記録だけ',
                note: request.impact.length > 0 ? '適用後に確かめる業務です' : null,
                wide: true,
              },
              { key: 'at', label: '申請日時', value: <DateTimeText at={request.requestedAt} /> },
              { key: 'expires', label: '有効期限', value: <DateTimeText at={request.expiresAt} /> },
              ...(request.deciders === null
                ? []
                : [
                    {
                      key: 'deciders',
                      label: '決裁権限',
                      value: request.deciders,
                      note:
                        request.amountYen === null
                          ? '金額の定まらない申請'
                          : `${request.amountYen.toLocaleString('ja-JP')}円の申請`,
                    },
                  ]),
              ...(request.decidedBy
                ? [
                    { key: 'by', label: '決裁者', value: request.decidedBy.name },
                    { key: 'decided', label: '決裁日時', value: <DateTimeText at={request.decidedAt} /> },
                  ]
                : []),
              ...(request.appliedAt
                ? [{ key: 'applied', label: '適用日時', value: <DateTimeText at={request.appliedAt} /> }]
                : []),
              ...(request.timesAsked > 1
                ? [
                    {
                      key: 'times',
                      label: '再申請',
                      value: `${request.timesAsked - 1}回（記録の今の内容に合わせて申請し直し、それまでの承認は無効）`,
                      wide: true,
                    },
                  ]
                : []),
              {
                key: 'basis',
                label: '判断の前提',
                value:
                  request.readSet.length === 0
                    ? '既存の記録はありません'
                    : `既存の記録 ${request.readSet.length}件（版 ${request.readSet.map(one => one.version).join('・')}）`,
                note: '申請の後に記録が変わると、要再申請になります',
              },
              ...(request.decisionComment
                ? [{ key: 'comment', label: '決裁のコメント', value: request.decisionComment, wide: true }]
                : []),
              ...(href
                ? [{ key: 'record', label: '対象の記録', value: <UiLink href={href}>開く</UiLink> }]
                : []),
            ]}
          />
        </Card>
        {offered.map(card => (
          <Suspense key={card.key} fallback={<LoadingState rows={2} />}>
            <card.component recordId={request.id} />
          </Suspense>
        ))}
      </Stack>
    </>
  )
}

function diffRow(item: ChangeRequestDetail['items'][number]) {
  const shown = (value: unknown) =>
    item.masked ? '（秘匿）' : value === null || value === undefined ? '' : String(value)
  const same = !item.masked && item.old === item.new
  const none = (value: unknown) => value === null || value === undefined
  const change = same ? 'same' : none(item.old) ? 'added' : none(item.new) ? 'removed' : 'changed'
  return {
    key: item.field,
    label: item.label,
    before: shown(item.old),
    after: shown(item.new),
    change: item.masked ? 'changed' : change,
  } as const
}

type Dialog = 'approve' | 'return' | 'reject' | 'withdraw' | null

/** What this person may do with the request; the others see the buttons with the reason why not. */
function Decisions({ request }: { request: ChangeRequestDetail }) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const close = () => setDialog(null)
  const follow = useFollow()
  const approve = useCommand(approveChangeRequest, { onDone: close })
  const giveBack = useCommand(returnChangeRequest, { onDone: close })
  const reject = useCommand(rejectChangeRequest, { onDone: close })
  const withdraw = useCommand(withdrawChangeRequest, { onDone: close })
  const resubmit = useCommand(resubmitChangeRequest, {
    onDone: () => follow(`/change-requests/${request.id}`),
  })
  const why = request.hindrances[0]?.message ?? null
  const changeRequestId = request.id
  if (request.state !== 'pending' && !request.mayWithdraw) return null
  return (
    <>
      {request.mayWithdraw && (
        <ActionButton disabledReason={null} onClick={() => setDialog('withdraw')}>
          取り下げる
        </ActionButton>
      )}
      {request.mayWithdraw && request.state !== 'pending' && (
        <ActionButton
          kind="primary"
          disabledReason={null}
          running={resubmit.running}
          onClick={() => resubmit.run({ changeRequestId, comment: '' })}
        >
          再申請する
        </ActionButton>
      )}
      {request.state === 'pending' && (
        <>
          <ActionButton disabledReason={why} onClick={() => setDialog('return')}>
            差し戻す
          </ActionButton>
          <ActionButton kind="danger" disabledReason={why} onClick={() => setDialog('reject')}>
            却下する
          </ActionButton>
          <ActionButton kind="primary" disabledReason={why} onClick={() => setDialog('approve')}>
            承認する
          </ActionButton>
        </>
      )}
      <ConfirmAction
        open={dialog === 'approve'}
        title="この変更を承認します"
        what="承認すると、申請の内容がそのまま反映されます。承認者としてあなたの名前が記録されます。"
        confirmLabel="承認する"
        reason="optional"
        running={approve.running}
        problem={approve.problem}
        onConfirm={comment => approve.run({ changeRequestId, comment })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'return'}
        title="申請者に差し戻します"
        what="申請者は内容を確かめて再申請できます。"
        confirmLabel="差し戻す"
        reason="required"
        running={giveBack.running}
        problem={giveBack.problem}
        onConfirm={comment => giveBack.run({ changeRequestId, comment })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'reject'}
        title="この変更を却下します"
        what="却下した申請は元に戻せません。必要なときは新しく申請します。"
        confirmLabel="却下する"
        danger
        reason="required"
        running={reject.running}
        problem={reject.problem}
        onConfirm={comment => reject.run({ changeRequestId, comment })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'withdraw'}
        title="この申請を取り下げます"
        what="記録は変わりません。取り下げたことは履歴に残ります。"
        confirmLabel="取り下げる"
        reason="none"
        running={withdraw.running}
        problem={withdraw.problem}
        onConfirm={() => withdraw.run({ changeRequestId })}
        onClose={close}
      />
    </>
  )
}
