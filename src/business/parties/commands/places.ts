import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { keepValues } from '../../changes/index.ts'
import { branchKindLabels, issuerLabels } from '../labels.ts'
import { addBranch, changeBranch, closeBranch, endIdentifier, recordIdentifier } from '../places-contract.ts'
import { sameBranch, storedBranch, storedCode } from '../places-rules.ts'
import { lockParty } from '../records.ts'
import { refreshSearchKeys } from '../search-keys.ts'

export const addPartyBranch = defineCommand(addBranch, {
  async run(context, input) {
    const { tx, now, today } = context
    const party = await lockParty(context, input.partyId)
    const { values, reasons } = storedBranch(input)
    refuseAll(reasons, 'invalid')
    refuseUnless(!input.validFrom || input.validFrom <= today, 'day_must_not_be_later', {
      kind: 'invalid',
      field: 'validFrom',
    })
    await refuseTwin(context, party.id, values.name, null)
    const id = newId()
    await tx
      .insertInto('party_branch')
      .values({
        id,
        party_id: party.id,
        kind: input.kind,
        ...values,
        valid_from: input.validFrom ?? null,
        valid_to: null,
        recorded_at: now.toISOString(),
        ended_recorded_at: null,
      })
      .execute()
    await refreshSearchKeys(tx, party.id)
    await context.record({
      verb: 'party_branch_added',
      subjects: [
        { kind: 'party', id: party.id },
        { kind: 'party_branch', id },
      ],
      after: {
        branchName: values.name,
        branchAddress: values.address,
        branchPhone: values.phone_display,
        validFrom: input.validFrom ?? null,
      },
      facts: { summary: `${branchKindLabels[input.kind]}　${values.name}` },
    })
    return { id }
  },
})

export const changePartyBranch = defineCommand(changeBranch, {
  async run(context, input) {
    const { tx, today } = context
    const branch = await lockBranch(context, input.branchId, input.rowVersion)
    refuseUnless(branch.valid_to === null, 'branch_must_be_open')
    refuseUnless(input.effectiveOn <= today, 'day_must_not_be_later', {
      kind: 'invalid',
      field: 'effectiveOn',
    })
    const { values, reasons } = storedBranch(input)
    refuseAll(reasons, 'invalid')
    await refuseTwin(context, branch.party_id, values.name, branch.id)
    const given: Record<string, Json> = {
      branchKind: input.kind,
      branchName: values.name,
      branchKana: values.name_kana,
      branchPostalCode: values.postal_code,
      branchAddress: values.address,
      branchPhone: values.phone_display,
    }
    const standing: Record<string, Json> = {
      branchKind: branch.kind,
      branchName: branch.name,
      branchKana: branch.name_kana,
      branchPostalCode: branch.postal_code,
      branchAddress: branch.address,
      branchPhone: branch.phone_display,
    }
    const changed = Object.keys(given).filter(field => given[field] !== standing[field])
    refuseUnless(changed.length > 0, 'something_must_change', { kind: 'invalid' })
    const kept = await keepValues(context, {
      record: { kind: 'party_branch', id: branch.id },
      values: Object.fromEntries(changed.map(field => [field, given[field] ?? null])),
      beginnings: field => [{ value: standing[field] ?? null, from: null, recordedAt: branch.recorded_at }],
      effectiveOn: input.effectiveOn,
      change: input.change,
    })
    const holds = (field: string) => (kept.has(field) ? (kept.get(field) ?? null) : (standing[field] ?? null))
    const now = storedBranch({
      name: String(holds('branchName')),
      nameKana: holds('branchKana') as string | null,
      postalCode: holds('branchPostalCode') as string | null,
      address: holds('branchAddress') as string | null,
      phone: holds('branchPhone') as string | null,
    }).values
    await tx
      .updateTable('party_branch')
      .set({ ...now, kind: holds('branchKind') as typeof input.kind, row_version: branch.row_version + 1 })
      .where('id', '=', branch.id)
      .execute()
    await refreshSearchKeys(tx, branch.party_id)
    await context.record({
      verb: 'party_branch_changed',
      subjects: [
        { kind: 'party', id: branch.party_id },
        { kind: 'party_branch', id: branch.id },
      ],
      before: Object.fromEntries(changed.map(field => [field, standing[field] ?? null])),
      after: Object.fromEntries(changed.map(field => [field, given[field] ?? null])),
      facts: { effectiveOn: input.effectiveOn, summary: branch.name },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: branch.id, rowVersion: branch.row_version + 1 }
  },
})

export const closePartyBranch = defineCommand(closeBranch, {
  constraints: { branch_must_open_before_it_closes: 'branch_must_open_before_it_closes' },
  async run(context, input) {
    const branch = await lockBranch(context, input.branchId, input.rowVersion)
    refuseUnless(branch.valid_to === null, 'branch_must_be_open')
    refuseUnless(input.closedOn <= context.today, 'day_must_not_be_later', {
      kind: 'invalid',
      field: 'closedOn',
    })
    refuseUnless(
      branch.valid_from === null || input.closedOn > branch.valid_from,
      'branch_must_open_before_it_closes',
      { kind: 'invalid', field: 'closedOn' },
    )
    await context.tx
      .updateTable('party_branch')
      .set({
        valid_to: input.closedOn,
        ended_recorded_at: context.now.toISOString(),
        row_version: branch.row_version + 1,
      })
      .where('id', '=', branch.id)
      .execute()
    await context.record({
      verb: 'party_branch_closed',
      subjects: [
        { kind: 'party', id: branch.party_id },
        { kind: 'party_branch', id: branch.id },
      ],
      before: { validTo: null },
      after: { validTo: input.closedOn },
      facts: { summary: branch.name },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: branch.id }
  },
})

/** Records a code; the one in force of the same issuer ends the day before the new one begins. */
export const recordPartyIdentifier = defineCommand(recordIdentifier, {
  constraints: { party_identifier_once: 'code_must_differ' },
  async run(context, input) {
    const { tx, now, today } = context
    const party = await lockParty(context, input.partyId)
    const value = storedCode(input.issuer, input.value)
    refuseUnless(value !== null, 'code_must_fit_its_issuer', { kind: 'invalid', field: 'value' })
    const issuerName = input.issuer === 'other' ? (input.issuerName ?? null) : null
    refuseUnless(input.issuer !== 'other' || issuerName !== null, 'issuer_must_be_named', {
      kind: 'invalid',
      field: 'issuerName',
    })
    const begins = input.validFrom ?? null
    refuseUnless(begins === null || begins <= today, 'day_must_not_be_later', {
      kind: 'invalid',
      field: 'validFrom',
    })
    const standing = await tx
      .selectFrom('party_identifier')
      .selectAll()
      .where('party_id', '=', party.id)
      .where('issuer', '=', input.issuer)
      .where(sql<boolean>`coalesce(issuer_name, '') = ${issuerName ?? ''}`)
      .where('valid_to', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    refuseUnless(standing?.value !== value, 'code_must_differ', { kind: 'invalid', field: 'value' })
    const lastDay = addDays(begins ?? today, -1)
    if (standing) {
      refuseUnless(
        standing.valid_from === null || standing.valid_from <= lastDay,
        'code_must_begin_before_it_ends',
        {
          kind: 'invalid',
          field: 'validFrom',
        },
      )
      await tx
        .updateTable('party_identifier')
        .set({
          valid_to: lastDay,
          ended_recorded_at: now.toISOString(),
          row_version: standing.row_version + 1,
        })
        .where('id', '=', standing.id)
        .execute()
    }
    const id = newId()
    await tx
      .insertInto('party_identifier')
      .values({
        id,
        party_id: party.id,
        issuer: input.issuer,
        issuer_name: issuerName,
        value,
        valid_from: begins ?? (standing ? today : null),
        valid_to: null,
        recorded_at: now.toISOString(),
        ended_recorded_at: null,
      })
      .execute()
    await refreshSearchKeys(tx, party.id)
    await context.record({
      verb: 'party_identifier_recorded',
      subjects: [{ kind: 'party', id: party.id }],
      ...(standing ? { before: { code: standing.value } } : {}),
      after: { code: value },
      facts: { summary: `${issuerName ?? issuerLabels[input.issuer]}　${value}` },
    })
    return { id }
  },
})

export const endPartyIdentifier = defineCommand(endIdentifier, {
  async run(context, input) {
    const { tx, now, today } = context
    const code = found(
      await tx
        .selectFrom('party_identifier')
        .selectAll()
        .where('id', '=', input.identifierId)
        .forUpdate()
        .executeTakeFirst(),
      'party_identifier',
    )
    await lockParty(context, code.party_id)
    refuseUnless(code.row_version === input.rowVersion, 'record_must_be_unchanged')
    refuseUnless(code.valid_to === null, 'code_must_be_in_force')
    refuseUnless(input.endsOn <= today, 'day_must_not_be_later', { kind: 'invalid', field: 'endsOn' })
    refuseUnless(
      code.valid_from === null || code.valid_from <= input.endsOn,
      'code_must_begin_before_it_ends',
      {
        kind: 'invalid',
        field: 'endsOn',
      },
    )
    await tx
      .updateTable('party_identifier')
      .set({
        valid_to: input.endsOn,
        ended_recorded_at: now.toISOString(),
        row_version: code.row_version + 1,
      })
      .where('id', '=', code.id)
      .execute()
    await context.record({
      verb: 'party_identifier_ended',
      subjects: [{ kind: 'party', id: code.party_id }],
      before: { validTo: null },
      after: { validTo: input.endsOn },
      facts: { summary: `${code.issuer_name ?? issuerLabels[code.issuer]}　${code.value}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: code.id }
  },
})

export const placeCommands = [
  addPartyBranch,
  changePartyBranch,
  closePartyBranch,
  recordPartyIdentifier,
  endPartyIdentifier,
]

async function lockBranch(context: CommandContext, branchId: Id, rowVersion: number) {
  const branch = found(
    await context.tx
      .selectFrom('party_branch')
      .selectAll()
      .where('id', '=', branchId)
      .forUpdate()
      .executeTakeFirst(),
    'party_branch',
  )
  await lockParty(context, branch.party_id)
  refuseUnless(branch.row_version === rowVersion, 'record_must_be_unchanged')
  return branch
}

async function refuseTwin(
  { tx }: CommandContext,
  partyId: Id,
  name: string,
  except: Id | null,
): Promise<void> {
  const open = await tx
    .selectFrom('party_branch')
    .select(['id', 'name'])
    .where('party_id', '=', partyId)
    .where('valid_to', 'is', null)
    .execute()
  refuseUnless(
    !open.some(branch => branch.id !== except && sameBranch(branch.name, name)),
    'branch_must_be_unique',
    { kind: 'invalid', field: 'name' },
  )
}
