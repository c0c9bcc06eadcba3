import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { limitKindLabels } from './labels.ts'
import type { Headroom, HeadroomLine } from './rules/headroom.ts'
import { coverageOf, type OverrideStanding } from './rules/override.ts'
import type { StoredLimitKind } from './tables.ts'
import './tables.ts'

interface Claim {
  receivableId: Id
  clientId: Id
  debtorId: Id
  amountYen: Yen
}

/**
 * Notes what a claim takes beyond its limits by the exceptions two people granted its deal, once a claim and limit. Exposure above a limit
 * is a breach whoever allowed it: it is kept with its cause and who approved it (DD group 5, breach).
 */
export async function takeOverrides(
  context: CommandContext,
  claim: Claim,
  room: Headroom,
  overrides: (limitKind: string) => OverrideStanding | null,
): Promise<void> {
  for (const line of room.lines) {
    const override = overrides(line.limitKind)
    const { neededYen, covered } = coverageOf(line, claim.amountYen, override, context.today)
    if (override && covered && neededYen > 0) await take(context, claim, line, override, neededYen)
  }
}

async function take(
  context: CommandContext,
  claim: Claim,
  line: HeadroomLine,
  override: OverrideStanding,
  usedYen: Yen,
): Promise<void> {
  const { tx, now } = context
  const at = now.toISOString()
  const kind = line.limitKind as StoredLimitKind
  await tx
    .insertInto('limit_override_use')
    .values({
      override_id: override.id,
      receivable_id: claim.receivableId,
      limit_kind: kind,
      used_yen: usedYen,
      amount_yen: claim.amountYen,
      used_at: at,
    })
    .execute()
  const row = await tx
    .selectFrom('limit_override')
    .selectAll()
    .where('id', '=', override.id)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('limit_breach')
    .set({ cleared_at: at })
    .where('limit_id', '=', row.limit_id)
    .where('cleared_at', 'is', null)
    .execute()
  const overYen = line.limitYen === null ? usedYen : line.exposure.totalYen + claim.amountYen - line.limitYen
  await tx
    .insertInto('limit_breach')
    .values({
      id: newId(),
      limit_id: row.limit_id,
      started_at: at,
      amount_yen: overYen,
      cause: `超過承認 ${row.override_no}：${row.reason}`.slice(0, 500),
      cleared_at: null,
      requested_by: row.requested_by,
      approved_by: row.approved_by,
      accepted_until: row.until,
      evidence: row.evidence,
      override_id: row.id,
    })
    .execute()
  await context.record({
    verb: 'limit_override_used',
    subjects: [
      { kind: 'limit_override', id: row.id },
      { kind: 'limit', id: row.limit_id },
      { kind: 'receivable', id: claim.receivableId },
      { kind: 'party', id: claim.clientId },
      ...(claim.debtorId === claim.clientId ? [] : [{ kind: 'party', id: claim.debtorId }]),
    ],
    after: { overYen },
    facts: {
      summary: `${row.override_no}　${limitKindLabels[kind]}を ${usedYen.toLocaleString('ja-JP')}円 超過`,
    },
  })
}
