import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  KeyValue,
  Loaded,
  MaskedText,
  PageHeader,
  PlainText,
  Stack,
  UiLink,
  type Unmasked,
} from '../../../ui/index.ts'
import { PlannedChanges } from '../../changes/web.tsx'
import { CustomCard } from '../../customization/web.tsx'
import { openPerson, type PersonRecord, unmaskPerson } from '../contract.ts'
import { type PersonFieldName, personFields } from '../fields.ts'
import { pepLabels, personRoleLabels } from '../labels.ts'

/** One natural person: who it is, in which companies, what changed when. What is secret opens for a stated reason. */
export default function PersonPage() {
  const personId = usePathId('personId')
  const person = useApi(openPerson, { personId })
  return (
    <Loaded from={person} rows={10}>
      {value => (
        <>
          <Header person={value} />
          <Stack>
            <PlannedChanges recordId={value.id} />
            <Items person={value} />
            <CustomCard kind="person" recordId={value.id} quiet />
            <Companies person={value} />
            <History person={value} />
          </Stack>
        </>
      )}
    </Loaded>
  )
}

function Header({ person }: { person: PersonRecord }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const first = person.companies[0]
  return (
    <PageHeader
      title={person.name}
      code={person.personNo}
      detail={[person.kana, first && `${first.legalName} ${personRoleLabels[first.role]}`]
        .filter(Boolean)
        .join('　')}
      crumbs={
        first
          ? [
              { label: '顧客', href: '/parties' },
              { label: first.legalName, href: `/parties/${first.partyId}?tab=people` },
            ]
          : [{ label: '顧客', href: '/parties' }]
      }
      actions={
        <ActionButton
          kind="primary"
          disabledReason={whyNot('people.change')}
          onClick={() => follow(`/people/${person.id}/edit`)}
        >
          情報を変更
        </ActionButton>
      }
    />
  )
}

const label = (name: PersonFieldName) => personFields[name].label.ja

async function opened(
  personId: string,
  reason: string,
  pick: (answer: Opened) => unknown,
): Promise<Unmasked> {
  try {
    const text = pick(await call(unmaskPerson, { personId, reason }))
    return { text: text === null || text === undefined || text === '' ? '（空欄）' : String(text) }
  } catch (error) {
    return { problem: problemOfError(error) }
  }
}
type Opened = Awaited<ReturnType<typeof call<typeof unmaskPerson>>>

function Secret({
  person,
  name,
  masked,
  pick,
}: {
  person: PersonRecord
  name: string
  masked: string
  pick: (answer: Opened) => unknown
}) {
  const whyNot = useWhyNot()
  return (
    <MaskedText
      label={name}
      masked={masked}
      disabledReason={whyNot('parties.seeSensitive')}
      unmask={reason => opened(person.id, reason, pick)}
    />
  )
}

function Items({ person }: { person: PersonRecord }) {
  const text = (
    name:
      | 'formerName'
      | 'commonName'
      | 'latinName'
      | 'nationality'
      | 'residenceStatus'
      | 'residenceUntil'
      | 'email',
  ) => ({
    key: name,
    label: label(name),
    value: <PlainText text={person[name]} />,
  })
  const secret = (name: 'birthDate' | 'homeAddress' | 'phone' | 'mobile', masked: string | null) => ({
    key: name,
    label: label(name),
    value: masked ? (
      <Secret person={person} name={label(name)} masked={masked} pick={answer => answer[name]} />
    ) : (
      <PlainText text={null} />
    ),
  })
  const last = (digits: string | null) => digits && `●●●${digits}`
  return (
    <Card title="本人">
      <KeyValue
        items={[
          { key: 'name', label: '氏名', value: person.name, note: person.kana },
          text('formerName'),
          text('commonName'),
          text('latinName'),
          secret('birthDate', person.hasBirthDate ? '●●●' : null),
          secret('homeAddress', person.hasHomeAddress ? '●●●' : null),
          secret('phone', last(person.phoneLast)),
          secret('mobile', last(person.mobileLast)),
          text('email'),
          text('nationality'),
          text('residenceStatus'),
          text('residenceUntil'),
          {
            key: 'pep',
            label: label('pepKind'),
            value: pepLabels[person.pepKind],
            note: [person.pepCountry, person.pepPast && '過去の職'].filter(Boolean).join('　'),
          },
        ]}
      />
    </Card>
  )
}

function Companies({ person }: { person: PersonRecord }) {
  return (
    <Card title="会社での役割" note="1人は1つの記録にまとめ、会社ごとに役割を持ちます">
      <KeyValue
        items={person.companies.map((held, at) => ({
          key: String(at),
          label: personRoleLabels[held.role],
          value: <UiLink href={`/parties/${held.partyId}?tab=people`}>{held.legalName}</UiLink>,
          note: [held.title, `${held.validFrom ?? '登録時'} 〜 ${held.validTo ?? '現在'}`]
            .filter(Boolean)
            .join('　'),
        }))}
      />
    </Card>
  )
}

function History({ person }: { person: PersonRecord }) {
  if (person.history.length === 0) return null
  return (
    <Card title="変更の履歴" note="以前の値は暗号化して保存しています。理由を記録して表示できます">
      <KeyValue
        items={person.history.map(entry => ({
          key: String(entry.seq),
          label: `${personFields[entry.field as PersonFieldName]?.label.ja ?? entry.field}　${entry.validFrom ?? '登録時'} から`,
          value: (
            <Secret
              person={person}
              name={`${entry.field} ${entry.seq}`}
              masked={entry.masked ? '●●●' : '（空欄）'}
              pick={answer => answer.history.find(one => one.seq === entry.seq)?.value}
            />
          ),
          note: entry.recordedBy ? (
            <>
              <DateTimeText at={entry.recordedAt} />　{entry.recordedBy}
              {entry.approvedBy && `（承認 ${entry.approvedBy}）`}　{entry.reasonText}
            </>
          ) : null,
        }))}
      />
    </Card>
  )
}
