import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Rate,
  Stack,
  StatusTag,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { channelLabels } from '../../communications/labels.ts'
import { newTaskHref } from '../../tasks/web.tsx'
import { type CollectionShown, openCase } from '../contract.ts'
import { CollectionDialog, type CollectionDialogKind } from './CollectionDialog.tsx'
import { CaseStateTag, LateTag } from './collection-words.tsx'

/** A task from a case: of the promise that stands, else of what is to be done next. */
function taskHref({ case: standing, client, receivableNo }: CollectionShown['claim']): string {
  const title = standing?.promise
    ? `${receivableNo} の支払約束（${standing.promise.dueOn}）の確認`
    : `${receivableNo} ${standing?.nextAction ?? ''}`
  return newTaskHref({ origin: { kind: 'promise', id: standing?.id ?? '' }, partyId: client.id, title })
}

/** Where the collection of a claim stands, what was said and promised, and what may be done next. */
export default function CollectionTab({ recordId }: { recordId: string }) {
  const shown = useApi(openCase, { receivableId: recordId })
  const [dialog, setDialog] = useState<CollectionDialogKind | null>(null)
  return (
    <Loaded from={shown} rows={8}>
      {value => (
        <Stack>
          <Facts shown={value} onDialog={setDialog} />
          <Promises shown={value} />
          <Contacts shown={value} />
          {dialog && <CollectionDialog kind={dialog} shown={value} onClose={() => setDialog(null)} />}
        </Stack>
      )}
    </Loaded>
  )
}

interface FactsProps {
  shown: CollectionShown
  onDialog: (kind: CollectionDialogKind) => void
}

function Facts({ shown, onDialog }: FactsProps) {
  const { claim, damages } = shown
  const whyNot = useWhyNot()
  const noCase = shown.ended
    ? '貸倒れ・買戻し・解除により、回収は終わっています。'
    : claim.case
      ? null
      : '回収案件がまだありません。回収の一覧で「案件を更新」を押してください。'
  const follow = useFollow()
  const mayNot = whyNot('collections.work') ?? noCase
  const buttons: [CollectionDialogKind, string, string | null][] = [
    ['contact', '連絡を記録', mayNot],
    [
      'promise',
      '支払約束を記録',
      mayNot ?? (shown.mayPromise ? null : '本人と話した連絡を記録すると、支払約束を記録できます。'),
    ],
    ['next', '次の対応', mayNot],
    ['dispute', '争い', mayNot],
    [
      'move',
      '段階を進める',
      mayNot ?? (shown.nextStates.length ? null : 'この段階から手で進める先はありません。'),
    ],
    [
      'writeOff',
      '貸倒れを申請',
      whyNot('collections.requestWriteOff') ??
        (shown.ended ? noCase : null) ??
        (shown.mayWriteOff ? null : '督促を始めた債権だけ、貸倒れを申請できます。'),
    ],
  ]
  return (
    <>
      {claim.proposals.length > 0 && (
        <Notice
          tone="warning"
          title="この債権への入金かもしれない、未確定の入金があります。督促の前に確認してください。"
        >
          {claim.proposals.map(one => (
            <p key={one.paymentId}>
              <UiLink href={`/reconciliation?payment=${one.paymentId}`}>{one.paymentNo}</UiLink>
              {'　'}
              <DateText date={one.receivedOn} />　<Yen value={one.yen} />
            </p>
          ))}
        </Notice>
      )}
      <Card
        title="回収の状況"
        actions={buttons
          .map(([kind, label, reason]) => (
            <ActionButton
              key={kind}
              size="small"
              kind={kind === 'contact' ? 'primary' : kind === 'writeOff' ? 'danger' : 'default'}
              disabledReason={reason}
              onClick={() => onDialog(kind)}
            >
              {label}
            </ActionButton>
          ))
          .concat(
            claim.case ? (
              <ActionButton
                key="task"
                size="small"
                disabledReason={whyNot('tasks.handle')}
                onClick={() => follow(taskHref(claim))}
              >
                タスクを登録
              </ActionButton>
            ) : (
              []
            ),
          )}
      >
        <KeyValue
          items={[
            {
              key: 'case',
              label: '段階',
              value: claim.case ? <CaseStateTag state={claim.case.state} /> : '',
            },
            { key: 'late', label: '延滞', value: <LateTag row={claim} /> },
            { key: 'payable', label: '回収期日', value: <DateText date={claim.payableOn} /> },
            { key: 'open', label: '未回収', value: <Yen value={claim.openYen} strong /> },
            {
              key: 'damages',
              label: '今日までの遅延損害金',
              value: <Yen value={claim.damagesYen} strong />,
              note: damages.stretches
                .map(one => `${one.balanceYen.toLocaleString('ja-JP')}円 ${one.from}～${one.to}`)
                .join('、'),
            },
            { key: 'rate', label: '遅延損害金の率（年）', value: <Rate ppm={damages.ratePpm} /> },
            {
              key: 'next',
              label: '次の対応',
              value: claim.case ? (
                <>
                  <DateText date={claim.case.nextActionOn} />　{claim.case.nextAction}
                </>
              ) : (
                ''
              ),
            },
            { key: 'owner', label: '担当', value: claim.case?.ownerName ?? '' },
            {
              key: 'dispute',
              label: '争いのある額',
              value: claim.case?.disputedYen ? <Yen value={claim.case.disputedYen} /> : '',
            },
          ]}
        />
      </Card>
    </>
  )
}

function Promises({ shown }: { shown: CollectionShown }) {
  if (shown.promises.length === 0) return null
  return (
    <Card title="支払約束">
      <ul>
        {shown.promises.map(one => (
          <li key={one.id}>
            <DateText date={one.dueOn} /> まで{'　'}
            <Yen value={one.amountYen} />{' '}
            {one.outcome === null ? (
              <StatusTag tone="waiting" word="期日前" />
            ) : one.outcome === 'kept' ? (
              <StatusTag tone="success" word="履行" />
            ) : (
              <StatusTag tone="danger" word="不履行" />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Contacts({ shown }: { shown: CollectionShown }) {
  return (
    <Card title="連絡の記録">
      {shown.contacts.length === 0 ? (
        <EmptyState
          title="連絡の記録はまだありません"
          hint="「連絡を記録」から、電話や訪問を1件ずつ残します。"
        />
      ) : (
        <ul>
          {shown.contacts.map(one => (
            <li key={one.id}>
              <DateTimeText at={one.contactedAt} />　{channelLabels[one.channel]}
              {one.direction === 'in' ? '（受信）' : ''}　{one.contactedBy}{' '}
              {!one.reached && <StatusTag tone="neutral" word="不在・未達" />}{' '}
              {one.brokenRules.map(sentence => (
                <StatusTag key={sentence} tone="danger" word="規則に反する連絡" detail={sentence} />
              ))}
              <p>{one.note ?? '（廃棄済）'}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
