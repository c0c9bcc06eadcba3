import { useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FormSection, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { changePerson, openPerson, type PersonRecord } from '../contract.ts'
import { type PersonFieldName, personFields, personSections } from '../fields.ts'
import { emptyOf, namesOfSection, PersonInput, personNames, type Typed, toValue } from './person-inputs.tsx'

/** Secrets are not shown in the form: what is typed replaces them, an empty field leaves them. */
const secrets: readonly PersonFieldName[] = ['birthDate', 'homeAddress', 'phone', 'mobile']

export default function EditPersonPage() {
  const personId = usePathId('personId')
  const person = useApi(openPerson, { personId })
  return (
    <Loaded from={person} rows={12}>
      {value => <EditForm key={value.id} person={value} />}
    </Loaded>
  )
}

function EditForm({ person }: { person: PersonRecord }) {
  const follow = useFollow()
  const home = `/people/${person.id}`
  const partyId = person.companies[0]?.partyId ?? person.id
  const [initial] = useState<Typed>(() => typedFrom(person))
  const [typed, setTyped] = useState(initial)
  const [effectiveOn, setEffectiveOn] = useState<string | null>(() => todayInTokyo(new Date()))
  const [reason, setReason] = useState(noReason)
  const change = useCommand(changePerson, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const changed = personNames.filter(name => typed[name] !== initial[name])
  return (
    <>
      <PageHeader
        title="関係者の情報の変更"
        code={person.personNo}
        detail={person.name}
        crumbs={[{ label: person.name, href: home }]}
      />
      <Card title="変更の内容">
        <FormShell
          label="関係者の情報の変更"
          loading={false}
          submitError={change.problem}
          submitting={change.running}
          submitLabel="変更する"
          submitDisabledReason={
            changed.length === 0
              ? '変更された項目がありません。'
              : effectiveOn
                ? null
                : '変更日を入力してください。'
          }
          onSubmit={() =>
            change.run({
              personId: person.id,
              rowVersion: person.rowVersion,
              person: Object.fromEntries(changed.map(name => [name, toValue(typed[name])])) as never,
              effectiveOn: effectiveOn ?? '',
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={changed.length > 0}
          draft={{ state: 'off' }}
          footnote="代表者・実質的支配者の氏名と生年月日の変更は、裏付け資料を付けて申請し、別の担当者が承認します。"
        >
          {(['name', 'identity', 'contact', 'care'] as const).map(section => (
            <FormSection
              key={section}
              title={personSections[section]}
              {...(section === 'identity' || section === 'contact'
                ? { hint: '秘匿項目は表示しません。入力すると新しい値に変わり、空欄なら今のままです。' }
                : {})}
            >
              {namesOfSection(section).map(name => (
                <PersonInput
                  key={name}
                  name={name}
                  typed={typed}
                  onChange={part => setTyped(last => ({ ...last, ...part }))}
                  more={{ at: 'person.' }}
                />
              ))}
            </FormSection>
          ))}
          <FormSection title="いつから">
            <EffectiveDate value={effectiveOn} onChange={setEffectiveOn} />
          </FormSection>
          <ChangeReasonSection
            record={{ kind: 'party', id: partyId }}
            value={reason}
            onChange={part => setReason(last => ({ ...last, ...part }))}
          />
        </FormShell>
      </Card>
    </>
  )
}

function typedFrom(person: PersonRecord): Typed {
  const values = person as unknown as Record<string, string | boolean | null>
  return Object.fromEntries(
    personNames.map(name => [
      name,
      secrets.includes(name) ? emptyOf(personFields[name]) : (values[name] ?? emptyOf(personFields[name])),
    ]),
  )
}
