import type { ReactNode } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  DetailShell,
  KeyValue,
  type KeyValueItem,
  Notice,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { type CommunicationShown, openCommunication } from '../contract.ts'
import { categoryLabels, channelLabels, directionLabels, policyLabels, priorityLabels } from '../labels.ts'
import { ChannelText, ContactMarks, ContactTime, PromiseText } from './contact-words.tsx'
import { RecordingsCard } from './RecordingsCard.tsx'
import './communications.css'

/** One contact: what was said, by whom, under which rules, and every version before a correction. */
export default function CommunicationPage() {
  const communicationId = usePathId('communicationId')
  const shown = useApi(openCommunication, { communicationId })
  const [url, setUrl] = useUrlState()
  const follow = useFollow()
  const whyNot = useWhyNot()
  return (
    <DetailShell
      record={shown}
      header={value => ({
        title: value.subject ?? `${channelLabels[value.channel]}（${directionLabels[value.direction]}）`,
        code: value.communicationNo,
        crumbs: [
          { label: '接触履歴', href: '/communications' },
          { label: value.party.name, href: `/parties/${value.party.id}?tab=contacts` },
        ],
        tags: <ContactMarks row={value} />,
        actions: (
          <ActionButton
            disabledReason={whyNot('communications.record')}
            onClick={() => follow(`/communications/${value.id}/correct`)}
          >
            訂正する
          </ActionButton>
        ),
      })}
      summary={value =>
        value.policyCheck === 'blocked' ? (
          <Notice tone="danger" title="規則に反する連絡として記録されています">
            {value.policyRules.map(sentence => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        ) : null
      }
      tabs={value => [
        { key: 'content', label: '内容', content: () => <Content shown={value} /> },
        {
          key: 'versions',
          label: `訂正前の版（${value.earlier.length}）`,
          content: () => <Earlier shown={value} />,
        },
      ]}
      activeTab={one(url.tab) ?? 'content'}
      onTab={tab => setUrl({ tab })}
      aside={value => <RecordTimeline recordId={value.id} />}
    />
  )
}

const words = (text: string | null, masked: boolean): ReactNode =>
  text === null ? (
    masked ? (
      '（委託先には表示されません）'
    ) : (
      ''
    )
  ) : (
    <p className="communications-words">{text}</p>
  )

function Content({ shown }: { shown: CommunicationShown }) {
  const hrefOf = useRecordHref()
  const items: KeyValueItem[] = [
    { key: 'at', label: '日時', value: <ContactTime row={shown} /> },
    { key: 'channel', label: '手段', value: <ChannelText row={shown} /> },
    {
      key: 'party',
      label: '顧客・売掛先',
      value: (
        <UiLink href={`/parties/${shown.party.id}?tab=contacts`}>
          {shown.party.partyNo}　{shown.party.name}
        </UiLink>
      ),
    },
    {
      key: 'person',
      label: '相手',
      value: shown.person ? <UiLink href={`/people/${shown.person.id}`}>{shown.person.name}</UiLink> : '',
    },
    {
      key: 'category',
      label: '分類',
      value: [categoryLabels[shown.category], shown.subCategory].filter(Boolean).join('・'),
    },
    { key: 'priority', label: '優先度', value: priorityLabels[shown.priority] },
    { key: 'handledBy', label: '対応者', value: shown.handledBy },
    {
      key: 'duration',
      label: '所要時間',
      value: shown.durationS === null ? '' : `${Math.round(shown.durationS / 60)}分`,
    },
    { key: 'policy', label: '規則', value: policyLabels[shown.policyCheck] },
    {
      key: 'recorded',
      label: '記録',
      value: (
        <>
          <DateTimeText at={shown.recordedAt} />　{shown.recordedBy}
          {shown.imported && '（移行）'}
        </>
      ),
    },
    ...(shown.related.length === 0
      ? []
      : [
          {
            key: 'related',
            label: '関連',
            wide: true,
            value: shown.related.map(link => {
              const href = hrefOf(link.kind, link.id)
              return (
                <span key={`${link.kind} ${link.id}`}>
                  {href ? <UiLink href={href}>{link.label}</UiLink> : link.label}　
                </span>
              )
            }),
          },
        ]),
  ]
  return (
    <Stack>
      <Card title="要点">
        {words(shown.summary ?? '（廃棄済）', false)}
        {shown.promise && (
          <p>
            <PromiseText promise={shown.promise} />
          </p>
        )}
      </Card>
      {(shown.agreedPoints !== null || shown.masked) && (
        <Card title="合意事項">{words(shown.agreedPoints, shown.masked)}</Card>
      )}
      {(shown.body !== null || shown.masked) && <Card title="本文">{words(shown.body, shown.masked)}</Card>}
      <RecordingsCard shown={shown} />
      <Card title="接触">
        <KeyValue items={items} />
      </Card>
    </Stack>
  )
}

function Earlier({ shown }: { shown: CommunicationShown }) {
  if (shown.earlier.length === 0) return <p className="ui-faint">訂正されたことはありません。</p>
  return (
    <Stack>
      {shown.earlier.map(version => (
        <Card
          key={version.versionNo}
          title={`第${version.versionNo}版`}
          note={
            <>
              <DateTimeText at={version.recordedAt} />　{version.recordedBy}
            </>
          }
        >
          <KeyValue
            items={[
              { key: 'because', label: '訂正の理由', wide: true, value: version.supersededBecause },
              { key: 'at', label: '日時', value: <DateTimeText at={version.occurredAt} /> },
              {
                key: 'channel',
                label: '手段',
                value: `${channelLabels[version.channel]} ${directionLabels[version.direction]}`,
              },
              { key: 'category', label: '分類', value: categoryLabels[version.category] },
              { key: 'subject', label: '件名', value: version.subject ?? '' },
              { key: 'summary', label: '要点', wide: true, value: words(version.summary, shown.masked) },
              {
                key: 'agreed',
                label: '合意事項',
                wide: true,
                value: words(version.agreedPoints, shown.masked),
              },
              { key: 'body', label: '本文', wide: true, value: words(version.body, shown.masked) },
            ]}
          />
        </Card>
      ))}
    </Stack>
  )
}
