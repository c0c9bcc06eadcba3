import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { askedOf } from '../approvals/index.ts'
import { lockParty } from '../parties/index.ts'
import { acceptBreach, type LimitView } from './contract.ts'
import { limitKindLabels } from './labels.ts'
import { lockLimit, subjectsOf } from './records.ts'
import './tables.ts'

const LONGEST_DAYS = 90
const yenText = (yen: number) => `${yen.toLocaleString('ja-JP')}円`

/** Two people answer for exposure above a limit until a day: it stays a breach, and nothing more is bought under it (DD group 5, 12). */
export const accept = defineCommand(acceptBreach, {
  async critical(context, input): Promise<CriticalChange> {
    const { limit, exposureYen, overYen, name } = await exceeded(context, input)
    return {
      subject: { kind: 'party', id: limit.subject_id },
      related: [{ kind: 'limit', id: limit.id }],
      summary: `与信枠超過の承認　${limitKindLabels[limit.limit_kind]}　${name}　超過 ${yenText(overYen)}`,
      readSet: [{ table: 'credit_limit', id: limit.id, version: limit.row_version }],
      items: [
        {
          field: 'limitYen',
          label: '限度額',
          old: yenText(limit.limit_yen ?? 0),
          new: yenText(limit.limit_yen ?? 0),
        },
        { field: 'overYen', label: '超過額', old: null, new: yenText(overYen) },
        { field: 'cause', label: '超過の原因', old: null, new: input.cause },
        { field: 'acceptedUntil', label: '解消の期限', old: null, new: input.until },
      ],
      evidenceRequired: false,
      approve: 'credit.approve',
      amountYen: exposureYen,
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    const { limit, exposureYen, overYen } = await exceeded(context, input)
    // What was bought since is not what the approver was shown.
    const asked = await askedOf(tx, approval)
    refuseUnless(asked?.amountYen == null || exposureYen <= asked.amountYen, 'breach_must_not_have_grown')
    if (!approval) throw new Error('a breach of a limit is accepted by two people only')
    await tx
      .updateTable('limit_breach')
      .set({ cleared_at: now.toISOString() })
      .where('limit_id', '=', limit.id)
      .where('cleared_at', 'is', null)
      .execute()
    const id = newId()
    await tx
      .insertInto('limit_breach')
      .values({
        id,
        limit_id: limit.id,
        started_at: now.toISOString(),
        amount_yen: overYen,
        cause: input.cause,
        cleared_at: null,
        requested_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        accepted_until: input.until,
        evidence: input.change.evidence,
      })
      .execute()
    await context.record({
      verb: 'limit_breach_accepted',
      subjects: subjectsOf(limit),
      after: { overYen, cause: input.cause, acceptedUntil: input.until },
      facts: { summary: `${limit.limit_no}　超過 ${yenText(overYen)}　${input.until}まで` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, overYen }
  },
})

async function exceeded(context: CommandContext, input: z.output<typeof acceptBreach.input>) {
  const { tx, today } = context
  const limit = await lockLimit(context, input.limitId)
  const party = await lockParty(context, limit.subject_id)
  refuseUnless(
    input.until > today && input.until <= addDays(today, LONGEST_DAYS),
    'breach_must_end_in_time',
    { kind: 'invalid', field: 'until' },
  )
  const { rows } = await sql<{ exposure_yen: number }>`
    select exposure_yen from exposure_under(${limit.limit_kind}, ${limit.subject_id}, ${limit.second_subject_id})`.execute(
    tx,
  )
  const exposureYen = rows[0]?.exposure_yen ?? 0
  const overYen = limit.limit_yen === null ? 0 : exposureYen - limit.limit_yen
  refuseUnless(overYen > 0, 'limit_must_be_exceeded')
  return { limit, exposureYen, overYen, name: party.legal_name }
}

type Acceptance = LimitView['breaches'][number]

/** Who accepted breaches of these limits, newest first. */
export async function breachesOf(db: Db, limitIds: readonly Id[]): Promise<Map<Id, Acceptance[]>> {
  if (limitIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('limit_breach')
    .selectAll()
    .where('limit_id', 'in', [...limitIds])
    .orderBy('started_at', 'desc')
    .execute()
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, row.approved_by]),
  )
  const byLimit = new Map<Id, Acceptance[]>()
  for (const row of rows)
    byLimit.set(row.limit_id, [
      ...(byLimit.get(row.limit_id) ?? []),
      {
        id: row.id,
        acceptedOn: todayInTokyo(new Date(row.started_at)),
        amountYen: row.amount_yen,
        cause: row.cause,
        requestedBy: names.get(row.requested_by) ?? '',
        approvedBy: names.get(row.approved_by) ?? '',
        acceptedUntil: row.accepted_until,
        replacedOn: row.cleared_at ? todayInTokyo(new Date(row.cleared_at)) : null,
      },
    ])
  return byLimit
}
