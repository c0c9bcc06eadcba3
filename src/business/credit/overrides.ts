import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { measureClaim } from './commit.ts'
import { creditRefusals, grantOverride, revokeOverride } from './contract.ts'
import { limitKindLabels } from './labels.ts'
import { type Deal, dealNamed } from './override-deal.ts'
import type { HeadroomLine } from './rules/headroom.ts'
import { beyondLimit, mayBeOverridden } from './rules/override.ts'
import type { StoredLimitKind } from './tables.ts'
import { takeOverrides } from './take-overrides.ts'

const LONGEST_DAYS = 90
const yenText = (yen: number) => `${yen.toLocaleString('ja-JP')}円`

type Grant = z.output<typeof grantOverride.input>

/** Two people let one deal go beyond one limit (DD group 5 and 12, headroom override: critical; expires; taken back at once by one). */
export const grant = defineCommand(grantOverride, {
  constraints: { limit_override_one_standing: 'override_must_not_stand_twice' },
  async critical(context, input): Promise<CriticalChange> {
    const { deal, kind, line, limit, askedYen, clientName } = await prepared(context, input)
    const needed = yenText(beyondLimit(line, askedYen))
    return {
      subject: { kind: deal.kind, id: deal.id },
      related: [
        { kind: 'limit', id: limit.id },
        { kind: 'party', id: deal.clientId },
        ...(deal.debtorId === deal.clientId ? [] : [{ kind: 'party', id: deal.debtorId }]),
      ],
      summary: `超過承認　${deal.no}　${limitKindLabels[kind]}　${clientName}　${yenText(input.beyondYen)}まで`,
      readSet: [
        { table: 'credit_limit', id: limit.id, version: limit.row_version },
        { table: deal.kind, id: deal.id, version: deal.rowVersion },
      ],
      items: [
        { field: 'limit', label: '枠の状況', old: line.sentence, new: line.sentence },
        { field: 'needed', label: '今の超過額', old: null, new: needed },
        { field: 'beyondYen', label: '超過してよい額の上限', old: null, new: yenText(input.beyondYen) },
        { field: 'until', label: '超過承認の期限', old: null, new: input.until },
      ],
      evidenceRequired: true,
      approve: 'credit.approve',
      mayNotApprove: deal.people,
      // The most that may stand at risk under the limit then.
      amountYen: (line.limitYen ?? line.exposure.totalYen + askedYen) + input.beyondYen,
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    const { deal, kind, limit } = await prepared(context, input)
    if (!approval) throw new Error('an exception from a limit is granted by two people only')
    const at = now.toISOString()
    await tx
      .updateTable('limit_override')
      .set({ replaced_at: at, row_version: sql`row_version + 1` })
      .where('deal_id', '=', deal.id)
      .where('limit_kind', '=', kind)
      .where('replaced_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('until', '<', context.today)
      .execute()
    const id = newId()
    const { override_no } = await tx
      .insertInto('limit_override')
      .values({
        id,
        deal_kind: deal.kind,
        deal_id: deal.id,
        limit_kind: kind,
        limit_id: limit.id,
        client_id: deal.clientId,
        debtor_id: deal.debtorId,
        beyond_yen: input.beyondYen,
        until: input.until,
        reason: input.change.reasonText,
        evidence: input.change.evidence,
        requested_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        granted_at: at,
        revoked_at: null,
        revoked_by: null,
        revoked_reason: null,
        replaced_at: null,
      })
      .returning('override_no')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'limit_override_granted',
      subjects: subjectsOf(id, limit.id, deal),
      after: { overYen: input.beyondYen, acceptedUntil: input.until },
      facts: {
        summary: `${override_no}　${deal.no}　${limitKindLabels[kind]} ${yenText(input.beyondYen)}まで`,
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    await takeAtOnce(context, deal, kind)
    return { id, overrideNo: override_no }
  },
})

export const revokeIt = defineCommand(revokeOverride, {
  async run(context, { overrideId, reason }) {
    const { tx, actor, now } = context
    const row = found(
      await tx
        .selectFrom('limit_override')
        .selectAll()
        .where('id', '=', overrideId)
        .forUpdate()
        .executeTakeFirst(),
      'limit_override',
    )
    refuseUnless(row.revoked_at === null && row.replaced_at === null, 'override_must_stand')
    await tx
      .updateTable('limit_override')
      .set({
        revoked_at: now.toISOString(),
        revoked_by: actor.id,
        revoked_reason: reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'limit_override_revoked',
      subjects: subjectsOf(row.id, row.limit_id, {
        kind: row.deal_kind,
        id: row.deal_id,
        clientId: row.client_id,
        debtorId: row.debtor_id,
      }),
      facts: { summary: row.override_no },
      reason,
    })
    return { id: row.id }
  },
})

export const commands = [grant, revokeIt]

function subjectsOf(id: string, limitId: string, deal: Pick<Deal, 'kind' | 'id' | 'clientId' | 'debtorId'>) {
  return [
    { kind: 'limit_override', id },
    { kind: deal.kind, id: deal.id },
    { kind: 'limit', id: limitId },
    { kind: 'party', id: deal.clientId },
    ...(deal.debtorId === deal.clientId ? [] : [{ kind: 'party', id: deal.debtorId }]),
  ]
}

/** Everything an exception is decided on, under the lock of the limits; refuses what no exception may do. */
async function prepared(context: CommandContext, input: Grant) {
  const { tx, today } = context
  const kind = input.limitKind
  if (kind === 'plan')
    throw new Refusal('invalid', [{ code: 'plan_ceiling_must_not_be_overridden', field: 'limitKind' }])
  refuseUnless(
    input.until >= today && input.until <= addDays(today, LONGEST_DAYS),
    'override_must_end_in_time',
    { kind: 'invalid', field: 'until' },
  )
  refuseUnless(
    input.dealKind === 'receivable' || kind === 'client' || kind === 'group',
    'override_must_name_the_claim',
    { kind: 'invalid', field: 'limitKind' },
  )
  const deal = found(
    await dealNamed(tx, { kind: input.dealKind, id: input.dealId }, { lock: true }),
    input.dealKind,
  )
  const client = await lockParty(context, deal.clientId)
  refuseUnless(deal.largest !== null, 'deal_must_have_claims')
  refuseUnless(deal.isOpen, 'deal_must_await_payout')
  const { room } = await measureClaim(
    tx,
    today,
    { receivableId: deal.largest, clientId: deal.clientId, debtorId: deal.debtorId },
    { lock: true },
  )
  const line = room.lines.find(one => one.limitKind === kind)
  refuseUnless(line !== undefined && line.headroomYen !== null, 'override_must_have_a_limit')
  refuseLimit(line)
  refuseUnless(mayBeOverridden(line, deal.askedYen).allowed, 'override_must_be_needed')
  const limit = found(
    await tx
      .selectFrom('credit_limit')
      .select(['id', 'row_version'])
      .where('id', 'in', line.limitIds)
      .orderBy(sql`term = 'permanent'`, 'desc')
      .orderBy('id')
      .executeTakeFirst(),
    'limit',
  )
  const standing = await tx
    .selectFrom('limit_override')
    .select('id')
    .where('deal_id', '=', deal.id)
    .where('limit_kind', '=', kind)
    .where('revoked_at', 'is', null)
    .where('replaced_at', 'is', null)
    .where('until', '>=', today)
    .executeTakeFirst()
  refuseUnless(standing === undefined, 'override_must_not_stand_twice')
  return { deal, kind, line, limit, askedYen: deal.askedYen, clientName: client.legal_name }
}

function refuseLimit(line: HeadroomLine): void {
  if (line.rule === 'limit_in_force') return
  const code =
    line.rule === 'suspended_limit_gives_no_headroom'
      ? 'limit_must_not_be_suspended'
      : 'limit_must_be_in_force'
  throw new Refusal('conflict', [
    { code, message: `${creditRefusals[code]}${mayBeOverridden(line, 0).sentence}` },
  ])
}

/** A claim that the limits hold already, and that went beyond one since, takes the exception as it is granted. */
async function takeAtOnce(context: CommandContext, deal: Deal, kind: StoredLimitKind): Promise<void> {
  if (deal.kind !== 'receivable') return
  const claim = { receivableId: deal.id, clientId: deal.clientId, debtorId: deal.debtorId }
  const { room, overrides, committedYen } = await measureClaim(context.tx, context.today, claim)
  if (committedYen === null) return
  await takeOverrides(context, { ...claim, amountYen: committedYen }, room, of =>
    of === kind ? overrides(of) : null,
  )
}
