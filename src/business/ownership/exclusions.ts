import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { companiesOf, lockParty } from '../parties/index.ts'
import { touchParty } from '../people/index.ts'
import { endExclusion, excludeFromControl } from './contract.ts'
import { decided, ownerItems } from './describe-change.ts'
import { exclusionGroundLabels } from './labels.ts'
import { personsOf, readGraph } from './read-graph.ts'
import { recompute } from './recompute.ts'
import { type DeclaredRoles, declaredRoles, resultsOf } from './results.ts'
import './tables.ts'

/**
 * Judges that a person clearly lacks the will or the ability to control a company (JR §3.6): the person is no beneficial owner of it
 * from then on, and whoever comes next by the rule is. Two people and evidence, since it is a change of a beneficial owner (DD group 12).
 */
export const exclude = defineCommand(excludeFromControl, {
  constraints: { control_exclusion_once: 'exclusion_must_not_stand_already' },
  async critical(context, input): Promise<CriticalChange> {
    const { party, company, person } = await toExclude(context, input)
    return described(context, { party, company, person }, `実質的支配者から除く判断　${party.legal_name}`, [
      {
        field: 'ground',
        label: `除く理由（${person.personNo}）`,
        old: null,
        new: exclusionGroundLabels[input.ground],
      },
      { field: 'judgedOn', label: '判断の日', old: null, new: input.judgedOn },
    ])
  },
  async run(context, input) {
    const { tx, actor, approval, now } = context
    const { party, company, person } = await toExclude(context, input)
    const id = newId()
    await tx
      .insertInto('control_exclusion')
      .values({
        id,
        party_id: party.id,
        person_id: person.id,
        ground: input.ground,
        valid_from: input.judgedOn,
        valid_to: null,
        reason: input.change.reasonText,
        evidence: input.change.evidence,
        requested_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
        ended_reason: null,
        ended_evidence: null,
        ended_requested_by: null,
        ended_approved_by: null,
        ended_recorded_at: null,
      })
      .execute()
    await touchParty(context, party.id)
    await context.record({
      verb: 'control_excluded',
      subjects: [
        { kind: 'party', id: party.id },
        { kind: 'person', id: person.id },
      ],
      after: { ground: input.ground, validFrom: input.judgedOn },
      facts: { summary: `${person.personNo} ${exclusionGroundLabels[input.ground]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await recompute(context, [company])
    return { id }
  },
})

/** Ends such a judgement: the person counts again from that day on. Two people, as for every change of a beneficial owner. */
export const endOfExclusion = defineCommand(endExclusion, {
  async critical(context, input): Promise<CriticalChange> {
    const standing = await toEnd(context, input)
    return described(context, standing, `実質的支配者から除く判断の終了　${standing.party.legal_name}`, [
      {
        field: 'ground',
        label: `除く理由（${standing.person.personNo}）`,
        old: exclusionGroundLabels[standing.row.ground],
        new: '終了（実質的支配者に数える）',
      },
      { field: 'endedOn', label: '終了日', old: null, new: input.endedOn },
    ])
  },
  async run(context, input) {
    const { tx, actor, approval, now } = context
    const { row, party, company, person } = await toEnd(context, input)
    await tx
      .updateTable('control_exclusion')
      .set({
        valid_to: input.endedOn,
        ended_reason: input.change.reasonText,
        ended_evidence: input.change.evidence,
        ended_requested_by: actor.id,
        ended_approved_by: approval?.approvedBy ?? null,
        ended_recorded_at: now.toISOString(),
        row_version: row.row_version + 1,
      })
      .where('id', '=', row.id)
      .execute()
    await touchParty(context, party.id)
    await context.record({
      verb: 'control_exclusion_ended',
      subjects: [
        { kind: 'party', id: party.id },
        { kind: 'person', id: person.id },
      ],
      before: { ground: row.ground },
      after: { validTo: input.endedOn },
      facts: { summary: `${person.personNo} ${exclusionGroundLabels[row.ground]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await recompute(context, [company])
    return { id: row.id }
  },
})

interface Judged {
  party: Awaited<ReturnType<typeof lockParty>>
  company: Id
  person: { id: Id; personNo: string }
}

async function toExclude(
  context: CommandContext,
  input: { partyId: Id; personId: Id; judgedOn: string },
): Promise<Judged> {
  const { tx, today } = context
  refuseUnless(input.judgedOn <= today, 'judgement_must_not_lie_ahead', {
    kind: 'invalid',
    field: 'judgedOn',
  })
  const party = await lockParty(context, input.partyId)
  const company = (await companiesOf(tx, [party.id])).get(party.id) ?? party.id
  const person = found((await personsOf(tx, [input.personId])).get(input.personId), 'person')
  const { everybody, unable } = await whoCouldControl(tx, company)
  refuseUnless(!unable.has(person.id), 'exclusion_must_not_stand_already', { field: 'personId' })
  refuseUnless(everybody.has(person.id), 'excluded_person_must_count', { kind: 'invalid', field: 'personId' })
  return { party, company, person }
}

async function toEnd(context: CommandContext, input: { exclusionId: Id; endedOn: string }) {
  const { tx, today } = context
  const known = found(
    await tx
      .selectFrom('control_exclusion')
      .select(['party_id'])
      .where('id', '=', input.exclusionId)
      .executeTakeFirst(),
    'control_exclusion',
  )
  const party = await lockParty(context, known.party_id)
  const row = await tx
    .selectFrom('control_exclusion')
    .selectAll()
    .where('id', '=', input.exclusionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  refuseUnless(row.valid_to === null, 'exclusion_must_be_in_force')
  refuseUnless(input.endedOn <= today, 'judgement_must_not_lie_ahead', { kind: 'invalid', field: 'endedOn' })
  refuseUnless(input.endedOn >= row.valid_from, 'judgement_must_not_end_before_it_began', {
    kind: 'invalid',
    field: 'endedOn',
  })
  const company = (await companiesOf(tx, [party.id])).get(party.id) ?? party.id
  const person = found((await personsOf(tx, [row.person_id])).get(row.person_id), 'person')
  return { row, party, company, person }
}

/**
 * People who hold a company through whomever, have declared influence on it or represent it: nobody else can be its beneficial owner
 * (JR §3.6); and who of them is left out now.
 */
export async function whoCouldControl(
  tx: CommandContext['tx'] | Parameters<typeof readGraph>[0],
  company: Id,
): Promise<{ everybody: Set<Id>; unable: Set<Id> }> {
  const graph = await readGraph(tx, [company])
  const { influence, representatives, unable } = (await declaredRoles(tx, [company])).get(company)!
  return {
    everybody: new Set([...graph.persons.keys(), ...influence, ...representatives]),
    unable: new Set(unable),
  }
}

async function described(
  { tx }: CommandContext,
  { party, company, person }: Judged,
  summary: string,
  items: CriticalChange['items'],
): Promise<CriticalChange> {
  const graph = await readGraph(tx, [company])
  const declared = await declaredRoles(tx, [company])
  const roles = declared.get(company)!
  const isOut = roles.unable.includes(person.id)
  const other: DeclaredRoles = {
    ...roles,
    unable: isOut ? roles.unable.filter(id => id !== person.id) : [...roles.unable, person.id],
  }
  const people = await personsOf(tx, [...roles.influence, ...roles.representatives, person.id])
  const names = new Map([...graph.persons, ...people])
  const nameOf = (id: Id) => graph.companies.get(id)?.name ?? names.get(id)?.name ?? id
  const resultWith = (one: DeclaredRoles) =>
    found(resultsOf(graph, [company], new Map([[company, one]]), nameOf).get(company), 'party')
  const [before, after] = [resultWith(roles), resultWith(other)]
  return {
    subject: { kind: 'party', id: party.id },
    related: [{ kind: 'person', id: person.id }],
    summary,
    readSet: [{ table: 'party', id: party.id, version: party.row_version }],
    items: [
      ...items,
      ...(decided(before) === decided(after) ? [] : ownerItems(nameOf(company), before, after, nameOf)),
    ],
    evidenceRequired: true,
    approve: 'parties.approveChange',
  }
}
