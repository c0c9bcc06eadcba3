import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  DetailShell,
  KeyValue,
  mapLoadable,
  Notice,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { type CommunicationRow, listCommunications } from '../../communications/contract.ts'
import { channelLabels } from '../../communications/labels.ts'
import { ContactList } from '../../communications/web.tsx'
import { CustomCard } from '../../customization/web.tsx'
import { type InquiryShown, openInquiryPage } from '../contract.ts'
import { moveLabels } from '../labels.ts'
import { type InquiryDialog, InquiryDialogs } from './InquiryDialogs.tsx'
import { DueText, InquiryStateTag, InquiryTags, senderOf } from './inquiry-words.tsx'

/** One inquiry: what was asked, by when it must be answered, what was said since. */
export default function InquiryPage() {
  const inquiryId = usePathId('inquiryId')
  const inquiry = useApi(openInquiryPage, { inquiryId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<InquiryDialog | null>(null)
  return (
    <>
      <DetailShell
        record={inquiry}
        header={value => ({
          title: value.subject ?? '（廃棄済）',
          code: value.inquiryNo,
          crumbs: [
            { label: '問合せ・苦情', href: '/inquiries' },
            ...(value.party
              ? [{ label: value.party.name, href: `/parties/${value.party.id}?tab=inquiries` }]
              : []),
          ],
          tags: (
            <>
              <InquiryStateTag state={value.state} /> <InquiryTags row={value} />
            </>
          ),
          actions: <Actions inquiry={value} onDialog={setDialog} />,
        })}
        summary={value =>
          value.isLate ? (
            <Notice tone="danger" title="期限を過ぎています">
              <DueText row={value} />
            </Notice>
          ) : value.mergedInto ? (
            <Notice tone="neutral" title="ほかの問合せに統合されました">
              <UiLink href={`/inquiries/${value.mergedInto.id}`}>{value.mergedInto.inquiryNo}</UiLink>
            </Notice>
          ) : null
        }
        tabs={value => [
          { key: 'content', label: '内容', content: () => <Content inquiry={value} /> },
          { key: 'contacts', label: 'やり取り', content: () => <Contacts inquiryId={value.id} /> },
          {
            key: 'custom',
            label: '自社の項目',
            content: () => <CustomCard kind="inquiry" recordId={value.id} />,
          },
        ]}
        activeTab={one(url.tab) ?? 'content'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {inquiry.state === 'ready' && dialog && (
        <InquiryDialogs inquiry={inquiry.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

function Actions({
  inquiry,
  onDialog,
}: {
  inquiry: InquiryShown
  onDialog: (dialog: InquiryDialog) => void
}) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const why = whyNot('inquiries.handle')
  return (
    <>
      {inquiry.party && (
        <ActionButton
          disabledReason={whyNot('communications.record')}
          onClick={() => follow(`/parties/${inquiry.party?.id}?tab=contacts&contact=new`)}
        >
          接触を記録
        </ActionButton>
      )}
      {inquiry.party === null && inquiry.resolvedAt === null && (
        <ActionButton disabledReason={why} onClick={() => onDialog({ kind: 'identify' })}>
          相手を特定
        </ActionButton>
      )}
      {inquiry.mayMerge && (
        <ActionButton disabledReason={why} onClick={() => onDialog({ kind: 'merge' })}>
          統合
        </ActionButton>
      )}
      {inquiry.moves.map(to => (
        <ActionButton key={to} disabledReason={why} onClick={() => onDialog({ kind: 'move', to })}>
          {moveLabels[to] ?? to}
        </ActionButton>
      ))}
      {inquiry.mayTriage && (
        <ActionButton kind="primary" disabledReason={why} onClick={() => onDialog({ kind: 'triage' })}>
          分類する
        </ActionButton>
      )}
      {inquiry.mayAssign && (
        <ActionButton
          kind={inquiry.mayAnswer ? 'default' : 'primary'}
          disabledReason={why}
          onClick={() => onDialog({ kind: 'assign' })}
        >
          {inquiry.owner ? '担当を替える・戻す' : '担当を決める'}
        </ActionButton>
      )}
      {inquiry.mayAnswer && (
        <ActionButton kind="primary" disabledReason={why} onClick={() => onDialog({ kind: 'answer' })}>
          回答を記録
        </ActionButton>
      )}
    </>
  )
}

function Content({ inquiry }: { inquiry: InquiryShown }) {
  return (
    <Stack>
      <Card title="内容">
        <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{inquiry.body ?? '（廃棄済）'}</p>
      </Card>
      <Card title="扱い">
        <KeyValue
          items={[
            {
              key: 'who',
              label: '相手',
              value: inquiry.party ? (
                <UiLink href={`/parties/${inquiry.party.id}?tab=inquiries`}>
                  {inquiry.party.partyNo}　{inquiry.party.name}
                </UiLink>
              ) : (
                senderOf(inquiry)
              ),
              ...(inquiry.party && inquiry.sender ? { note: inquiry.sender } : {}),
            },
            {
              key: 'person',
              label: '担当者（先方）',
              value: inquiry.person ? (
                <UiLink href={`/people/${inquiry.person.id}`}>{inquiry.person.name}</UiLink>
              ) : (
                ''
              ),
            },
            { key: 'channel', label: '受付手段', value: channelLabels[inquiry.channel] },
            { key: 'received', label: '受付日時', value: <DateTimeText at={inquiry.receivedAt} /> },
            { key: 'owner', label: '担当者', value: inquiry.owner?.name ?? '（未割当）' },
            { key: 'due', label: '次の期限', value: <DueText row={inquiry} /> },
            {
              key: 'first',
              label: '初回回答',
              value: inquiry.firstAnsweredAt ? (
                <DateTimeText at={inquiry.firstAnsweredAt} />
              ) : (
                <>
                  期限 <DateTimeText at={inquiry.firstAnswerDue} />
                </>
              ),
            },
            {
              key: 'resolved',
              label: '解決',
              value: inquiry.resolvedAt ? (
                <DateTimeText at={inquiry.resolvedAt} />
              ) : (
                <>
                  期限 <DateTimeText at={inquiry.resolutionDue} />
                </>
              ),
            },
            {
              key: 'paused',
              label: '先方の回答待ち',
              value: `${Math.floor(inquiry.pausedMinutes / 60)}時間${inquiry.pausedMinutes % 60}分（営業時間）`,
            },
            { key: 'transfers', label: '担当の交代', value: `${inquiry.transfers}回` },
            { key: 'reopened', label: '再開', value: `${inquiry.reopenedCount}回` },
            {
              key: 'inFirst',
              label: '一次解決',
              value: inquiry.answeredInFirst === null ? '' : inquiry.answeredInFirst ? 'はい' : 'いいえ',
            },
          ]}
        />
      </Card>
    </Stack>
  )
}

function Contacts({ inquiryId }: { inquiryId: string }) {
  const page = useApi(listCommunications, { relatedId: inquiryId, limit: 200 })
  return (
    <ContactList
      ofAll={false}
      rows={mapLoadable(page, body => body.rows as readonly CommunicationRow[])}
      pager={null}
      height="natural"
      empty={{
        title: 'やり取りはまだありません',
        hint: '登録済みの顧客からの問合せでは、受付と回答が接触履歴として並びます。',
      }}
    />
  )
}
