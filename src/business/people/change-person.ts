import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { checkEffectiveDay, planChange } from '../changes/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { changePerson } from './contract.ts'
import { type PersonFieldName, personFields } from './fields.ts'
import {
  applyPersonValues,
  type LockedPerson,
  lockPerson,
  type PersonValues,
  personOn,
  sealedFields,
  storedPerson,
  valuesOfPerson,
} from './person-values.ts'
import { criticalRoles, personReasons } from './rules.ts'

type Input = z.output<typeof changePerson.input>

/** Another name or birth date may mean another person: these identify, and a representative is not exchanged in silence. */
const IDENTIFYING: readonly PersonFieldName[] = ['familyName', 'givenName', 'birthDate']

/**
 * Changes items of a person from a day on. Critical where the person represents or owns a company in a running relation and name or
 * birth date change, since that would change the representative (DD group 12).
 */
export const changeOfPerson = defineCommand(changePerson, {
  async critical(context, input): Promise<CriticalChange | null> {
    const { person, changed, values, before } = await decide(context, input)
    if (!changed.some(field => IDENTIFYING.includes(field))) return null
    const companies = await companiesRepresented(context, person.id)
    const first = companies[0]
    if (!first) return null
    return {
      subject: { kind: 'party', id: first.id },
      related: [
        { kind: 'person', id: person.id },
        ...companies.slice(1).map(({ id }) => ({ kind: 'party', id })),
      ],
      summary: `関係者の氏名・生年月日の変更　${person.person_no}　${first.legal_name}`,
      readSet: [{ table: 'person', id: person.id, version: person.row_version }],
      items: itemsOf(changed, before, values),
      evidenceRequired: true,
      approve: 'parties.approveChange',
      dataSubjectId: person.id,
    }
  },
  async run(context, input) {
    const { person, changed, values, before, parties } = await decide(context, input)
    const record = { kind: 'person', id: person.id }
    const related = parties.map(id => ({ kind: 'party', id }))
    const chosen = Object.fromEntries(changed.map(field => [field, values[field] ?? null])) as PersonValues
    if (input.effectiveOn > context.today) {
      const planned = await planChange(context, {
        record,
        related,
        command: changePerson.name,
        input: { ...input, person: chosen } as never,
        summary: `関係者の情報の変更　${person.person_no}`,
        items: itemsOf(changed, before, values),
        effectiveOn: input.effectiveOn,
        change: input.change,
        permission: changePerson.permission,
        dataSubjectId: person.id,
      })
      return { id: person.id, rowVersion: person.row_version, planned }
    }
    await applyPersonValues(context, person, chosen, input.effectiveOn, input.change)
    await context.record({
      verb: 'person_changed',
      subjects: [record, ...related],
      // The trail keeps for ever which items changed; what they were and are stands encrypted in the timeline.
      facts: {
        effectiveOn: input.effectiveOn,
        fields: [...changed],
        summary: `${person.person_no}　${changed.map(field => personFields[field].label.ja).join('・')}`,
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: person.id, rowVersion: person.row_version + 1, planned: null }
  },
})

/** The person locked, the values as kept, what they were on that day, and which of them differ; refuses what the rules refuse. */
async function decide(context: CommandContext, input: Input) {
  const { today, planned, approval } = context
  checkEffectiveDay(today, input.effectiveOn)
  const person = found(await lockPerson(context, input.personId), 'person')
  const parties = await partiesOfPerson(context, person.id)
  if (!planned && !approval) refuseUnless(person.row_version === input.rowVersion, 'record_must_be_unchanged')
  const values = storedPerson(input.person)
  const standing = await valuesOfPerson(context, person)
  const before = await personOn(context, person.id, standing, input.effectiveOn)
  const changed = (Object.keys(values) as PersonFieldName[]).filter(
    field => JSON.stringify(values[field]) !== JSON.stringify(before[field] ?? null),
  )
  refuseAll(await reasonsAgainst(context, person, { ...standing, ...values }, Object.keys(values)), 'invalid')
  refuseUnless(changed.length > 0, 'something_must_change', { kind: 'invalid' })
  const evidenced = changed.filter(field => isEvidenced(field) && before[field] !== null)
  refuseUnless(evidenced.length === 0 || input.change.evidence.length > 0, 'evidence_must_be_attached', {
    kind: 'invalid',
    field: 'change.evidence',
  })
  return { person, changed, values, before, parties }
}

async function reasonsAgainst(
  context: CommandContext,
  person: LockedPerson,
  whole: PersonValues,
  given: readonly string[],
): Promise<Reason[]> {
  const roles = await context.tx
    .selectFrom('party_person')
    .select('person_role')
    .where('person_id', '=', person.id)
    .where('valid_to', 'is', null)
    .execute()
  const role = roles.find(({ person_role }) => person_role !== 'contact')?.person_role ?? 'contact'
  const reasons = personReasons(whole as never, role, context.today).filter(reason =>
    given.includes((reason.field ?? '').replace('person.', '')),
  )
  if (!whole.familyName || !whole.givenName)
    reasons.push({
      code: 'name_must_be_given',
      field: whole.familyName ? 'person.givenName' : 'person.familyName',
    })
  return reasons
}

function isEvidenced(field: PersonFieldName): boolean {
  const description = personFields[field]
  return 'evidence' in description && description.evidence
}

function itemsOf(
  changed: readonly PersonFieldName[],
  before: Readonly<Record<string, Json>>,
  values: PersonValues,
) {
  return changed.map(field => ({
    field,
    label: personFields[field].label.ja,
    old: before[field] ?? null,
    new: values[field] ?? null,
    sensitive: sealedFields.includes(field),
  }))
}

/** Parties the person has or had a role in; whoever may see none of them may not change the person. */
async function partiesOfPerson(context: CommandContext, personId: Id): Promise<Id[]> {
  const rows = await partiesInReach({ db: context.tx, actor: context.actor, today: context.today })
    .innerJoin('party_person as r', 'r.party_id', 'party.id')
    .select('party.id')
    .distinct()
    .where('r.person_id', '=', personId)
    .execute()
  refuseUnless(rows.length > 0 || context.actor.reach === 'all', 'record_must_exist', { kind: 'missing' })
  return rows.map(row => row.id)
}

async function companiesRepresented({ tx }: CommandContext, personId: Id) {
  return tx
    .selectFrom('party_person as r')
    .innerJoin('party as p', 'p.id', 'r.party_id')
    .select(['p.id', 'p.legal_name'])
    .distinct()
    .where('r.person_id', '=', personId)
    .where('r.person_role', 'in', [...criticalRoles])
    .where('r.valid_to', 'is', null)
    .where('p.stage', '<>', 'prospect')
    .orderBy('p.id')
    .execute()
}
