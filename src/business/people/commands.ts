import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { checkEffectiveDay, type Planned, planChange } from '../changes/index.ts'
import { applyFirst, decideFirst, eventValues, requestItems } from '../customization/index.ts'
import { lockParty } from '../parties/index.ts'
import { changeOfPerson } from './change-person.ts'
import { changeOfRole } from './change-role.ts'
import { addPerson, endRole } from './contract.ts'
import { personRoleLabels } from './labels.ts'
import { insertPerson, storedPerson } from './person-values.ts'
import { personInReach } from './queries.ts'
import { criticalRoles, personReasons } from './rules.ts'
import { touchParty } from './take-over.ts'
import './tables.ts'

type AddPerson = z.output<typeof addPerson.input>

/** Gives a person a role. The first representative of a new record is not a change; a further one is, and waits. */
export const add = defineCommand(addPerson, {
  constraints: { party_person_once: 'role_must_not_be_held_already' },
  async critical(context, input) {
    if (!criticalRoles.includes(input.role)) return null
    const party = await lockParty(context, input.partyId)
    checkPerson(context, input)
    const holders = await holdersOf(context, party.id, input.role)
    // First values of a new record are not a change: before the first application several may be entered one after the other.
    if (holders.length === 0 || party.stage === 'prospect') return null
    const name = await nameOf(context, input)
    const own = input.personId ? null : await ownValuesOf(context, input, newId())
    return {
      subject: { kind: 'party', id: party.id },
      // The name stands in the items, which disposal can blank, and not in the summary, which the trail keeps for ever.
      summary: `${personRoleLabels[input.role]}の追加　${party.legal_name}`,
      readSet: [{ table: 'party', id: party.id, version: party.row_version }],
      items: [
        {
          field: 'role',
          label: personRoleLabels[input.role],
          old: holders.join('、'),
          new: [...holders, name].join('、'),
        },
        { field: 'title', label: '役職', old: null, new: input.title ?? null },
        {
          field: 'birthDate',
          label: '生年月日',
          old: null,
          new: input.person?.birthDate ?? null,
          sensitive: true,
        },
        { field: 'validFrom', label: '就任日', old: null, new: input.validFrom ?? null },
        ...requestItems(own?.items ?? []),
      ],
      evidenceRequired: true,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const { tx, now, today } = context
    const party = await lockParty(context, input.partyId)
    checkPerson(context, input)
    checkOfficerEvidence(input.role, party.stage, input.change?.evidence)
    if (input.personId)
      refuseUnless(
        !found(await personInReach({ db: tx, actor: context.actor, today }, input.personId), 'person').closed,
        'record_must_not_be_disposed_of',
      )
    const personId = input.personId ?? (await insertPerson(context, storedPerson(input.person ?? {})))
    const own = input.personId ? null : await ownValuesOf(context, input, personId)
    if (own) await applyFirst(context, own)
    if (input.validFrom && input.validFrom > today) {
      const planned = await planAdding(context, party, { ...input, personId })
      return { id: planned.id, personId, planned }
    }
    const id = newId()
    await tx
      .insertInto('party_person')
      .values({
        id,
        party_id: party.id,
        person_id: personId,
        person_role: input.role,
        title: input.title ?? null,
        department: input.department ?? null,
        authority_basis: input.authorityBasis ?? null,
        bo_basis: input.boBasis ?? null,
        is_registered_representative: input.isRegisteredRepresentative ?? null,
        bo_declared_on: input.boDeclaredOn ?? null,
        contact_channel: input.contactChannel ?? null,
        contact_window: input.contactWindow ?? null,
        do_not_contact: input.doNotContact ?? false,
        do_not_contact_reason: input.doNotContactReason ?? null,
        valid_from: input.validFrom ?? null,
        valid_to: null,
        recorded_at: now.toISOString(),
        ended_recorded_at: null,
      })
      .execute()
    await touchParty(context, party.id)
    await context.record({
      verb: 'person_added',
      subjects: [
        { kind: 'party', id: party.id },
        { kind: 'person', id: personId },
      ],
      after: {
        role: input.role,
        title: input.title ?? null,
        validFrom: input.validFrom ?? null,
        ...eventValues(own?.items ?? [], 'newText'),
      },
      facts: { summary: `${personRoleLabels[input.role]} ${await personNoOf(context, personId)}` },
      ...(input.change ? { reason: input.change.reasonText, evidence: input.change.evidence } : {}),
    })
    return { id, personId, planned: null }
  },
})

export const end = defineCommand(endRole, {
  async critical(context, input): Promise<CriticalChange | null> {
    const { held, party, personNo } = await lockRole(context, input.partyPersonId)
    if (!criticalRoles.includes(held.person_role)) return null
    return {
      subject: { kind: 'party', id: party.id },
      summary: `${personRoleLabels[held.person_role]}の終了　${party.legal_name}：${personNo}`,
      readSet: [{ table: 'party_person', id: held.id, version: held.row_version }],
      items: [{ field: 'validTo', label: '終了日', old: held.valid_to, new: input.endedOn }],
      evidenceRequired: true,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const { held, party, personNo } = await lockRole(context, input.partyPersonId)
    checkEffectiveDay(context.today, input.endedOn, 'endedOn')
    refuseUnless(
      held.valid_from === null || held.valid_from <= input.endedOn,
      'role_must_begin_before_it_ends',
      {
        kind: 'invalid',
        field: 'endedOn',
      },
    )
    checkOfficerEvidence(held.person_role, party.stage, input.change.evidence)
    if (input.endedOn > context.today) {
      const planned = await planChange(context, {
        record: { kind: 'party', id: party.id },
        related: [{ kind: 'person', id: held.person_id }],
        command: endRole.name,
        input: { ...input } as never,
        summary: `${personRoleLabels[held.person_role]}の終了　${party.legal_name}：${personNo}`,
        items: [{ field: 'validTo', label: '終了日', old: null, new: input.endedOn }],
        effectiveOn: input.endedOn,
        change: input.change,
        permission: endRole.permission,
      })
      return { id: held.id, planned }
    }
    await context.tx
      .updateTable('party_person')
      .set({
        valid_to: input.endedOn,
        ended_recorded_at: context.now.toISOString(),
        row_version: held.row_version + 1,
      })
      .where('id', '=', held.id)
      .execute()
    await touchParty(context, party.id)
    await context.record({
      verb: 'person_role_ended',
      subjects: [
        { kind: 'party', id: party.id },
        { kind: 'person', id: held.person_id },
      ],
      before: { role: held.person_role, validTo: null },
      after: { role: held.person_role, validTo: input.endedOn },
      facts: { summary: `${personRoleLabels[held.person_role]} ${personNo}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: held.id, planned: null }
  },
})

export const commands = [add, end, changeOfPerson, changeOfRole]

function checkPerson({ today }: CommandContext, input: AddPerson): void {
  if (!input.personId) {
    refuseUnless(input.person !== undefined, 'input_must_have_the_right_shape', {
      kind: 'invalid',
      field: 'person',
    })
    refuseAll(personReasons(input.person, input.role, today), 'invalid')
  }
  refuseUnless(
    input.doNotContact !== true || (input.doNotContactReason ?? '').length >= 5,
    'reason_for_no_contact_must_be_given',
    { kind: 'invalid', field: 'doNotContactReason' },
  )
  refuseUnless(input.role !== 'beneficial_owner' || Boolean(input.boBasis), 'basis_must_be_given', {
    kind: 'invalid',
    field: 'boBasis',
  })
}

/** The company's own fields of somebody who is new. */
function ownValuesOf(context: CommandContext, input: AddPerson, personId: Id) {
  const record = { kind: 'person' as const, id: personId, dataSubjectId: personId }
  return decideFirst(context, record, input.person?.custom, 'person.custom.')
}

/** A role that begins on a later day: the person is on record from today, the role from then on. */
async function planAdding(
  context: CommandContext,
  party: Awaited<ReturnType<typeof lockParty>>,
  input: AddPerson & { personId: Id },
): Promise<Planned> {
  refuseUnless(input.change !== undefined, 'reason_must_be_given', {
    kind: 'invalid',
    field: 'change.reasonText',
  })
  const effectiveOn = input.validFrom ?? context.today
  checkEffectiveDay(context.today, effectiveOn, 'validFrom')
  const label = personRoleLabels[input.role]
  return planChange(context, {
    record: { kind: 'party', id: party.id },
    related: [{ kind: 'person', id: input.personId }],
    command: addPerson.name,
    input: { ...input, person: undefined } as never,
    summary: `${label}の追加　${party.legal_name}`,
    items: [
      { field: 'role', label, old: null, new: await nameOf(context, input) },
      { field: 'title', label: '役職', old: null, new: input.title ?? null },
    ],
    effectiveOn,
    change: input.change,
    permission: addPerson.permission,
  })
}

/** Officers change with evidence, without a second person (DD group 12, evidence-only); first values are not a change. */
function checkOfficerEvidence(role: string, stage: string, evidence: readonly string[] = []): void {
  const officer = role === 'director' || role === 'auditor'
  refuseUnless(!officer || stage === 'prospect' || evidence.length > 0, 'evidence_must_be_attached', {
    kind: 'invalid',
    field: 'change.evidence',
  })
}

async function nameOf({ tx }: CommandContext, input: AddPerson): Promise<string> {
  if (input.person && !input.personId) return `${input.person.familyName} ${input.person.givenName}`
  const row = await tx
    .selectFrom('person')
    .select(['family_name', 'given_name'])
    .where('id', '=', input.personId ?? '')
    .executeTakeFirst()
  const person = found(row, 'person')
  return `${person.family_name} ${person.given_name}`
}

async function holdersOf({ tx }: CommandContext, partyId: Id, role: AddPerson['role']): Promise<string[]> {
  const rows = await tx
    .selectFrom('party_person as r')
    .innerJoin('person as p', 'p.id', 'r.person_id')
    .select(['p.family_name', 'p.given_name'])
    .where('r.party_id', '=', partyId)
    .where('r.person_role', '=', role)
    .where('r.valid_to', 'is', null)
    .orderBy('r.recorded_at')
    .execute()
  return rows.map(row => `${row.family_name} ${row.given_name}`)
}

async function lockRole(context: CommandContext, id: Id) {
  const held = found(
    await context.tx
      .selectFrom('party_person')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),
    'party_person',
  )
  refuseUnless(held.valid_to === null, 'role_must_be_in_force')
  const party = await lockParty(context, held.party_id)
  return { held, party, personNo: await personNoOf(context, held.person_id) }
}

/** How the trail names a natural person: by number, since a name could never be taken out of it again. */
async function personNoOf({ tx }: CommandContext, personId: Id): Promise<string> {
  const person = await tx
    .selectFrom('person')
    .select('person_no')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  return person.person_no
}
