import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { Card, FormSection, FormShell, LookupInput, type LookupValue } from '../../../ui/index.ts'
import { PlannedHint } from '../../changes/web.tsx'
import { useFirstOwn } from '../../customization/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { PartyFormHeader } from '../../parties/web.tsx'
import { addPerson, findPeople } from '../contract.ts'
import { personSections } from '../fields.ts'
import { personRoleLabels } from '../labels.ts'
import { rolesNeedingBirthDate } from '../roles.ts'
import type { PersonRole } from '../tables.ts'
import { companiesText, LikePeople } from './LikePeople.tsx'
import { namesOfSection, nobody, PersonInput, personNames, type Typed, toValue } from './person-inputs.tsx'

const noPost: Typed = {
  role: 'representative',
  title: '',
  department: '',
  isRegisteredRepresentative: false,
  authorityBasis: null,
  boBasis: null,
  boDeclaredOn: null,
  validFrom: null,
  contactChannel: null,
  contactWindow: '',
  doNotContact: false,
  doNotContactReason: '',
}

/** Which details of a role are asked for, by role. */
function postFields(role: string | null): string[] {
  return [
    'title',
    'department',
    ...(role === 'representative' ? ['isRegisteredRepresentative'] : []),
    ...(role === 'agent' ? ['authorityBasis'] : []),
    ...(role === 'beneficial_owner' ? ['boBasis', 'boDeclaredOn'] : []),
    'validFrom',
  ]
}

/** Gives a person a role in the party: somebody known, or somebody new; a later day of office takes effect by itself. */
export default function AddPersonPage() {
  const partyId = usePathId('partyId')
  const [url] = useUrlState()
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=people`
  const wanted = one(url.role)
  const [post, setPost] = useState<Typed>({
    ...noPost,
    role: wanted && wanted in personRoleLabels ? wanted : 'representative',
  })
  const [person, setPerson] = useState<Typed>(nobody)
  const [known, setKnown] = useState<LookupValue | null>(
    one(url.person) ? { value: one(url.person) ?? '', label: one(url.name) ?? '登録済みの人' } : null,
  )
  const [reason, setReason] = useState({ ...noReason, reasonCode: 'registry_change' as string | null })
  const add = useCommand(addPerson, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const own = useFirstOwn('person', 'person.custom.')
  const role = post.role as PersonRole
  const changePerson = (part: Typed) => setPerson(last => ({ ...last, ...part }))
  const changePost = (part: Typed) => setPost(last => ({ ...last, ...part }))
  const incomplete = !known && (!String(person.familyName).trim() || !String(person.givenName).trim())
  return (
    <>
      <PartyFormHeader title="関係者を追加" partyId={partyId} tab="people" tabLabel="関係者" />
      <Card title="追加する人">
        <FormShell
          label="関係者を追加"
          loading={own.loading}
          submitError={add.problem}
          submitting={add.running}
          submitLabel="追加する"
          submitDisabledReason={
            incomplete ? '登録済みの人を選ぶか、氏名を入力してください。' : known ? null : own.missing
          }
          onSubmit={() =>
            add.run({
              partyId,
              ...(valuesOf(post) as { role: PersonRole }),
              ...(known
                ? { personId: known.value }
                : {
                    person: {
                      ...(valuesOf(person, personNames) as { familyName: string; givenName: string }),
                      custom: own.custom,
                    },
                  }),
              ...(reason.reasonText ? { change: toReason(reason) } : {}),
            })
          }
          onCancel={() => follow(home)}
          dirty={known !== null || person !== nobody || own.dirty}
          draft={{ state: 'off' }}
          footnote="取引開始後の代表者・実質的支配者の追加は、理由と裏付け資料を付けて申請し、別の担当者が承認します。"
        >
          <FormSection title="役割">
            <PersonInput
              name="role"
              typed={post}
              onChange={changePost}
              more={{ required: true, width: 'full' }}
            />
            {postFields(role).map(name => (
              <PersonInput
                key={name}
                name={name}
                typed={post}
                onChange={changePost}
                more={name === 'boBasis' ? { required: true, width: 'full' } : {}}
              />
            ))}
            <PlannedHint day={post.validFrom as string | null} />
          </FormSection>
          <FormSection title="登録済みの人から選ぶ">
            <LookupInput
              field={{
                type: 'lookup',
                name: 'personId',
                label: '登録済みの人',
                width: 'full',
                help: '別の会社の役員などで既に登録されている人は、ここから選びます。1人は1つの記録にまとめます。',
              }}
              value={known}
              onChange={setKnown}
              find={async (text, signal) => {
                if (!text) return []
                const { rows } = await call(findPeople, { text, limit: 12 }, { signal })
                return rows.map(row => ({
                  value: row.id,
                  label: row.name,
                  detail: `${row.personNo}　${companiesText(row)}`,
                }))
              }}
            />
          </FormSection>
          {!known && (
            <>
              {(['name', 'identity', 'contact', 'care'] as const).map(section => (
                <FormSection key={section} title={personSections[section]}>
                  {namesOfSection(section).map(name => (
                    <PersonInput
                      key={name}
                      name={name}
                      typed={person}
                      onChange={changePerson}
                      more={{
                        at: 'person.',
                        required:
                          name === 'familyName' ||
                          name === 'givenName' ||
                          (name === 'birthDate' && rolesNeedingBirthDate.includes(role)),
                      }}
                    />
                  ))}
                </FormSection>
              ))}
              {own.section}
              <LikePeople
                typed={person}
                onTake={row => setKnown({ value: row.id, label: row.name, detail: row.personNo })}
              />
            </>
          )}
          {(role === 'contact' || role === 'department_head' || role === 'agent') && (
            <FormSection title={personSections.window}>
              {['contactChannel', 'contactWindow', 'doNotContact', 'doNotContactReason'].map(name => (
                <PersonInput key={name} name={name} typed={post} onChange={changePost} />
              ))}
            </FormSection>
          )}
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

function valuesOf(typed: Typed, names: readonly string[] = Object.keys(typed)): Record<string, unknown> {
  return Object.fromEntries(names.map(name => [name, toValue(typed[name])]))
}
