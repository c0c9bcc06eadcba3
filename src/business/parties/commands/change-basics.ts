import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { checkEffectiveDay, planChange } from '../../changes/index.ts'
import {
  applyDecision,
  type CustomDecision,
  decideValues,
  eventValues,
  inputOf,
  requestItems,
} from '../../customization/index.ts'
import { applyValues, type LockedParty, typedBasics, valuesStandingOn } from '../apply-values.ts'
import { basicFields, valueIn } from '../columns.ts'
import { changeBasics, changeRoles, type PartyBasics } from '../contract.ts'
import { type PartyFieldName, partyFields } from '../fields.ts'
import { lockParty, nextVersion } from '../records.ts'
import { storedBasics } from '../rules.ts'

/**
 * Changes basic items other than the legal name, and custom fields, from a day on. A later day waits for the clock; a past one changes what
 * held then, and today's value only when nothing later is known. Items marked `evidence` ask for it once they hold a value; a standing
 * value of a custom field marked critical is replaced by two people (DD group 12).
 */
export const changePartyBasics = defineCommand(changeBasics, {
  constraints: { party_corporate_number: 'corporate_number_must_be_unique' },
  async critical(context, input): Promise<CriticalChange | null> {
    if (Object.keys(input.custom ?? {}).length === 0) return null
    const decided = await decide(context, input)
    if (!decided.custom.critical) return null
    const { party, custom } = decided
    return {
      subject: { kind: 'party', id: party.id },
      summary: summaryOf(decided),
      readSet: [
        { table: 'party', id: party.id, version: party.row_version },
        ...(custom.version === null
          ? []
          : [{ table: 'record_custom', id: party.id, version: custom.version }]),
      ],
      items: [
        ...itemsOf(decided),
        { field: 'effectiveOn', label: '変更日', old: null, new: input.effectiveOn },
      ],
      evidenceRequired: false,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const decided = await decide(context, input)
    const { party, changed, values, standing, custom } = decided
    if (input.effectiveOn > context.today) return planBasics(context, input, decided)
    if (changed.length > 0)
      await applyValues(context, party, pick(values, changed), input.effectiveOn, input.change)
    else
      await context.tx
        .updateTable('party')
        .set({ row_version: nextVersion })
        .where('id', '=', party.id)
        .execute()
    await applyDecision(context, custom, input.effectiveOn, input.change)
    await context.record({
      verb: 'party_changed',
      subjects: [{ kind: 'party', id: party.id }],
      before: {
        ...Object.fromEntries(changed.map(field => [field, standing.get(field) ?? null])),
        ...eventValues(custom.items, 'oldText'),
      },
      after: { ...pick(values, changed), ...eventValues(custom.items, 'newText') },
      facts: {
        ...dayFacts(context, input.effectiveOn),
        ...secretsSaid(custom),
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: party.id, rowVersion: party.row_version + 1, planned: null }
  },
})

type Decided = Awaited<ReturnType<typeof decide>>

/** The party locked, and which basic items and custom fields differ from what holds on the day; refuses what the rules refuse. */
async function decide(context: CommandContext, input: z.output<typeof changeBasics.input>) {
  const { today, planned, approval } = context
  checkEffectiveDay(today, input.effectiveOn)
  const party = await lockParty(context, input.partyId, planned || approval ? undefined : input.rowVersion)
  const given = basicFields.filter(field => input.basics[field] !== undefined)
  const values = await checkedValues(context, party, input.basics, given)
  const standing = await valuesStandingOn(context, party, given, input.effectiveOn)
  const changed = given.filter(field => !same(values[field], standing.get(field)))
  const record = { kind: 'party', id: party.id, dataSubjectId: party.id } as const
  const custom = await decideValues(context, record, input.custom, input.effectiveOn, { at: 'custom.' })
  refuseUnless(changed.length + custom.items.length > 0, 'something_must_change', { kind: 'invalid' })
  const evidenced = changed.filter(field => isEvidenced(field) && standing.get(field) !== null)
  refuseUnless(evidenced.length === 0 || input.change.evidence.length > 0, 'evidence_must_be_attached', {
    kind: 'invalid',
    field: 'change.evidence',
  })
  return { party, changed, values, standing, custom }
}

/** What people decide about, or what waits for its day: basic items, then custom ones. */
function itemsOf({ changed, values, standing, custom }: Decided) {
  return [
    ...changed.map(field => ({
      field: field as string,
      label: partyFields[field].label.ja,
      old: standing.get(field) ?? null,
      new: values[field] ?? null,
    })),
    ...requestItems(custom.items),
  ]
}

function summaryOf(decided: Decided): string {
  const labels = itemsOf(decided).map(item => item.label)
  return `${labels.join('・')}の変更　${decided.party.legal_name}`.slice(0, 300)
}

/** Of sensitive fields the history says only that they changed. */
function secretsSaid({ items }: CustomDecision): { secrets?: string[] } {
  const secrets = items.filter(({ field }) => field.sensitive).map(({ field }) => field.label)
  return secrets.length ? { secrets } : {}
}

/** From when a change holds, said in the history where it is not the day it was recorded. */
export function dayFacts({ today }: CommandContext, effectiveOn: string): { [name: string]: Json } {
  return { effectiveOn, ...(effectiveOn === today ? {} : { summary: `${effectiveOn} から` }) }
}

type Values = Partial<Record<PartyFieldName, Json>>

/** The given items as they are stored, after the rules have looked at the whole record. */
async function checkedValues(
  context: CommandContext,
  party: LockedParty,
  basics: PartyBasics,
  given: readonly (keyof PartyBasics & PartyFieldName)[],
): Promise<Values> {
  const typed = { ...typedBasics(party), ...pick(basics as Values, given) } as PartyBasics
  const stored = storedBasics(typed, { kind: party.party_kind, today: context.today, at: '' })
  const reasons = stored.reasons.filter(
    ({ field = '', code }) =>
      given.includes(field as never) ||
      (code === 'invoice_number_must_match_corporate_number' && given.includes('corporateNumber')),
  )
  if (given.includes('ownerStaffId'))
    reasons.push(...(await ownerReasons(context, basics.ownerStaffId ?? null)))
  refuseAll(
    reasons.map(reason => ({ ...reason, field: `basics.${reason.field}` })),
    'invalid',
  )
  return {
    ...Object.fromEntries(given.map(field => [field, valueIn(stored.values, field)])),
    ...(given.includes('ownerStaffId') ? { ownerStaffId: basics.ownerStaffId ?? null } : {}),
  }
}

/** Whoever is in charge must be able to sign in today. */
export async function ownerReasons(context: CommandContext, ownerId: string | null): Promise<Reason[]> {
  if (ownerId === null) return [{ code: 'owner_must_be_given', field: 'ownerStaffId' }]
  const owner = await context.loadActor(ownerId)
  return owner?.kind === 'person' ? [] : [{ code: 'owner_must_be_on_the_staff', field: 'ownerStaffId' }]
}

async function planBasics(
  context: CommandContext,
  input: z.output<typeof changeBasics.input>,
  decided: Decided,
) {
  const { party, changed, values, custom } = decided
  const planned = await planChange(context, {
    record: { kind: 'party', id: party.id },
    command: changeBasics.name,
    input: {
      ...input,
      basics: pick(values, changed),
      ...(custom.items.length ? { custom: inputOf(custom.items) } : {}),
    } as never,
    summary: summaryOf(decided),
    items: itemsOf(decided),
    effectiveOn: input.effectiveOn,
    change: input.change,
    permission: changeBasics.permission,
  })
  return { id: party.id, rowVersion: party.row_version, planned }
}

export const changePartyRoles = defineCommand(changeRoles, {
  async run(context, input) {
    const { today, planned } = context
    checkEffectiveDay(today, input.effectiveOn)
    const party = await lockParty(context, input.partyId, planned ? undefined : input.rowVersion)
    const roles = [...new Set(input.roles)].sort()
    const standing = (await valuesStandingOn(context, party, ['roles'], input.effectiveOn)).get('roles')
    const before = [...((standing ?? []) as string[])].sort()
    refuseUnless(roles.join() !== before.join(), 'something_must_change', { kind: 'invalid' })
    if (input.effectiveOn > today) {
      const planned = await planChange(context, {
        record: { kind: 'party', id: party.id },
        command: changeRoles.name,
        input: { ...input } as never,
        summary: `役割の変更　${party.legal_name}`,
        items: [{ field: 'roles', label: '役割', old: before, new: roles }],
        effectiveOn: input.effectiveOn,
        change: input.change,
        permission: changeRoles.permission,
      })
      return { id: party.id, rowVersion: party.row_version, planned }
    }
    await applyValues(context, party, { roles }, input.effectiveOn, input.change)
    await context.record({
      verb: 'party_roles_changed',
      subjects: [{ kind: 'party', id: party.id }],
      before: { roles: before },
      after: { roles },
      facts: dayFacts(context, input.effectiveOn),
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: party.id, rowVersion: party.row_version + 1, planned: null }
  },
})

function isEvidenced(field: PartyFieldName): boolean {
  const description = partyFields[field]
  return 'evidence' in description && description.evidence
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

function pick<T extends object>(values: T, keys: readonly (string & keyof T)[]): T {
  return Object.fromEntries(keys.map(key => [key, values[key] ?? null])) as T
}
