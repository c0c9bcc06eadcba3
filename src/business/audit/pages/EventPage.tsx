import { useApi } from '../../../platform/web/api.ts'
import { useEventLabel, useRecordHref } from '../../../platform/web/catalogue.ts'
import { usePathId } from '../../../platform/web/url.ts'
import {
  Card,
  DateTimeText,
  KeyValue,
  type KeyValueItem,
  Loaded,
  PageHeader,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { type EventShown, openEvent } from '../detail-contract.ts'
import { EventTable } from './EventTable.tsx'
import { CanonicalText, sealItems } from './trail-words.tsx'
import './audit.css'

/** One event of the trail in full, for an auditor. */
export default function EventPage() {
  const eventId = usePathId('eventId')
  const event = useApi(openEvent, { eventId })
  const label = useEventLabel()
  return (
    <Loaded from={event} rows={10}>
      {value => (
        <>
          <PageHeader
            title={label(value.verb)}
            crumbs={[{ label: '監査証跡', href: '/audit' }]}
            detail={`記録の番号 ${value.id}`}
          />
          <Stack>
            <Card title="だれが・いつ・どこから">
              <KeyValue items={whoItems(value)} />
            </Card>
            <Card title="内容" flush>
              <EventTable
                label="内容"
                rows={{ state: 'ready', value: [value] }}
                pager={{ next: null, previous: null }}
                height="natural"
              />
            </Card>
            <Card title="対象と裏付け">
              <Subjects event={value} />
            </Card>
            <Card title="封印" note="検証は「daicho audit verify」で行います">
              <KeyValue items={sealItems(value)} />
              <CanonicalText text={value.canonicalText} />
            </Card>
          </Stack>
        </>
      )}
    </Loaded>
  )
}

function whoItems(event: EventShown): KeyValueItem[] {
  return [
    { key: 'at', label: '日時', value: <DateTimeText at={event.at} /> },
    { key: 'actor', label: '行った人', value: event.actor.name },
    { key: 'roles', label: 'そのときの役割', value: event.actorRoles.join('・') || '（役割なし）' },
    { key: 'ip', label: 'IPアドレス', value: event.ip ?? '（プログラム内）' },
    { key: 'request', label: '要求の番号', value: event.requestId },
    ...(event.requestedBy
      ? [{ key: 'requestedBy', label: '申請した人', value: event.requestedBy.name }]
      : []),
    ...(event.approvedBy ? [{ key: 'approvedBy', label: '承認した人', value: event.approvedBy.name }] : []),
    ...(event.changeRequestId
      ? [
          {
            key: 'change',
            label: '変更申請',
            value: <UiLink href={`/change-requests/${event.changeRequestId}`}>開く</UiLink>,
          },
        ]
      : []),
    ...(event.reason ? [{ key: 'reason', label: '理由', value: event.reason, wide: true }] : []),
  ]
}

function Subjects({ event }: { event: EventShown }) {
  const hrefOf = useRecordHref()
  const link = (kind: string, id: string) => {
    const href = hrefOf(kind, id)
    return (
      <li key={`${kind} ${id}`}>
        {href ? <UiLink href={href}>{kind}</UiLink> : kind} <span className="ui-code">{id}</span>
      </li>
    )
  }
  return (
    <KeyValue
      items={[
        {
          key: 'subjects',
          label: '対象の記録',
          value: <ul>{event.subjects.map(one => link(one.kind, one.id))}</ul>,
          wide: true,
        },
        {
          key: 'evidence',
          label: '裏付け資料',
          value:
            event.evidence.length > 0 ? (
              <ul>{event.evidence.map(id => link('document', id))}</ul>
            ) : (
              '添付なし'
            ),
          wide: true,
        },
      ]}
    />
  )
}
