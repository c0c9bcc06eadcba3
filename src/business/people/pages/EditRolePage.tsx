import { useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, EmptyState, FormSection, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { changeRole, type Member, peopleOfParty } from '../contract.ts'
import { personSections } from '../fields.ts'
import { personRoleLabels } from '../labels.ts'
import { PersonInput, type Typed, toValue } from './person-inputs.tsx'

const roleNames = [
  'title',
  'department',
  'isRegisteredRepresentative',
  'authorityBasis',
  'boDeclaredOn',
] as const
const windowNames = ['contactChannel', 'contactWindow', 'doNotContact', 'doNotContactReason'] as const
const all = [...roleNames, ...windowNames]

/** Changes how a person holds a role: title, department, authority, how to get in touch. */
export default function EditRolePage() {
  const partyId = usePathId('partyId')
  const partyPersonId = usePathId('partyPersonId')
  const people = useApi(peopleOfParty, { partyId })
  return (
    <Loaded from={people} rows={8}>
      {body => {
        const member = body.people.find(person => person.id === partyPersonId)
        return member ? (
          <EditForm partyId={partyId} member={member} />
        ) : (
          <EmptyState title="この役割は見つかりません" hint="関係者の一覧から選び直してください。" />
        )
      }}
    </Loaded>
  )
}

function EditForm({ partyId, member }: { partyId: string; member: Member }) {
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=people`
  const [initial] = useState<Typed>(() =>
    Object.fromEntries(
      all.map(name => [name, member[name] ?? (name === 'isRegisteredRepresentative' ? false : null)]),
    ),
  )
  const [typed, setTyped] = useState(initial)
  const [effectiveOn, setEffectiveOn] = useState<string | null>(() => todayInTokyo(new Date()))
  const [reason, setReason] = useState(noReason)
  const change = useCommand(changeRole, { onDone: () => follow(home) })
  const changed = all.filter(name => toValue(typed[name]) !== toValue(initial[name]))
  const input = (name: string) => (
    <PersonInput
      key={name}
      name={name}
      typed={typed}
      onChange={part => setTyped(last => ({ ...last, ...part }))}
      more={{ at: 'details.' }}
    />
  )
  return (
    <>
      <PageHeader
        title={`${personRoleLabels[member.role]}の内容の変更`}
        code={member.personNo}
        detail={member.name}
        crumbs={[{ label: '関係者', href: home }]}
      />
      <Card title="変更の内容">
        <FormShell
          label="役割の内容の変更"
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
              partyPersonId: member.id,
              rowVersion: member.rowVersion,
              details: Object.fromEntries(changed.map(name => [name, toValue(typed[name])])),
              effectiveOn: effectiveOn ?? '',
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={changed.length > 0}
          draft={{ state: 'off' }}
        >
          <FormSection title={personSections.role}>{roleNames.map(input)}</FormSection>
          <FormSection title={personSections.window}>{windowNames.map(input)}</FormSection>
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
