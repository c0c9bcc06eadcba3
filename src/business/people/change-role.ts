import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { checkEffectiveDay, factsOf, keepValues, periodOn, planChange } from '../changes/index.ts'
import { lockParty } from '../parties/index.ts'
import { changeRole } from './contract.ts'
import { type RoleFieldName, roleFields } from './fields.ts'
import { personRoleLabels } from './labels.ts'
import './tables.ts'

type Detail = Exclude<RoleFieldName, 'role' | 'validFrom' | 'boBasis'>

const details = (Object.keys(roleFields) as RoleFieldName[]).filter(
  (name): name is Detail => !['role', 'validFrom', 'boBasis'].includes(name),
)

/** Changes how a role is held while it lasts: title, department, authority, how the person may be contacted. */
export const changeOfRole = defineCommand(changeRole, {
  async run(context, input) {
    const { tx, today, planned } = context
    checkEffectiveDay(today, input.effectiveOn)
    const held = found(
      await tx
        .selectFrom('party_person')
        .selectAll()
        .where('id', '=', input.partyPersonId)
        .forUpdate()
        .executeTakeFirst(),
      'party_person',
    )
    const party = await lockParty(context, held.party_id)
    refuseUnless(held.valid_to === null, 'role_must_be_in_force')
    if (!planned) refuseUnless(held.row_version === input.rowVersion, 'record_must_be_unchanged')
    const row = held as unknown as Record<string, Json>
    const given = details.filter(name => input.details[name] !== undefined)
    const facts = await factsOf(tx, held.id, { fields: given })
    const before = (name: Detail): Json => {
      const said = facts.get(name)
      return said
        ? (periodOn(said, input.effectiveOn)?.value ?? null)
        : (row[roleFields[name].column] ?? null)
    }
    const values = Object.fromEntries(given.map(name => [name, kept(name, input.details[name] as Json)]))
    const changed = given.filter(name => JSON.stringify(values[name]) !== JSON.stringify(before(name)))
    refuseUnless(changed.length > 0, 'something_must_change', { kind: 'invalid' })
    const whole = (name: Detail) => (name in values ? values[name] : (row[roleFields[name].column] ?? null))
    refuseUnless(
      whole('doNotContact') !== true || String(whole('doNotContactReason') ?? '').length >= 5,
      'reason_for_no_contact_must_be_given',
      { kind: 'invalid', field: 'details.doNotContactReason' },
    )
    const chosen = Object.fromEntries(changed.map(name => [name, values[name] ?? null]))
    const items = changed.map(name => ({
      field: name as string,
      label: roleFields[name].label.ja,
      old: before(name),
      new: values[name] ?? null,
    }))
    const subjects = [
      { kind: 'party', id: party.id },
      { kind: 'person', id: held.person_id },
    ]
    if (input.effectiveOn > today) {
      const plan = await planChange(context, {
        record: subjects[0]!,
        related: [subjects[1]!],
        command: changeRole.name,
        input: { ...input, details: chosen } as never,
        summary: `${personRoleLabels[held.person_role]}の内容の変更　${party.legal_name}`,
        items,
        effectiveOn: input.effectiveOn,
        change: input.change,
        permission: changeRole.permission,
      })
      return { id: held.id, rowVersion: held.row_version, planned: plan }
    }
    const now = await keepValues(context, {
      record: { kind: 'party_person', id: held.id },
      values: chosen,
      beginnings: name => [
        { value: row[roleFields[name as Detail].column] ?? null, from: null, recordedAt: held.recorded_at },
      ],
      effectiveOn: input.effectiveOn,
      change: input.change,
    })
    await tx
      .updateTable('party_person')
      .set({
        ...Object.fromEntries([...now].map(([name, value]) => [roleFields[name as Detail].column, value])),
        row_version: held.row_version + 1,
      })
      .where('id', '=', held.id)
      .execute()
    await context.record({
      verb: 'person_role_changed',
      subjects,
      before: Object.fromEntries(changed.map(name => [name, before(name)])),
      after: chosen,
      facts: { effectiveOn: input.effectiveOn, summary: personRoleLabels[held.person_role] },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: held.id, rowVersion: held.row_version + 1, planned: null }
  },
})

function kept(name: Detail, value: Json): Json {
  return name === 'doNotContact' ? value === true : (value ?? null)
}
