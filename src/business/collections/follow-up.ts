import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found } from '../../platform/commands/refusal.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany } from '../access/index.ts'
import { judgePromises, restrictionOf } from '../communications/index.ts'
import { openCases } from './contract.ts'
import './tables.ts'

/** Cases opened or resolved in one transaction; whoever runs it by the clock goes on while there are more. */
export const MOST_AT_ONCE = 500

/**
 * What follows from dates and payments, never from a hand: cases open when a claim becomes overdue, promises are kept or broken,
 * cases of paid claims are resolved (FF §3). Runs by the clock, and when a collector asks.
 */
export const followUp = defineCommand(openCases, {
  async run(context) {
    await sql`select pg_advisory_xact_lock(hashtext('collections.followUp'))`.execute(context.tx)
    const toleranceYen = (await currentCompany(context.tx))?.settings.toleranceYen ?? 0
    const promises = await judgeAll(context)
    const resolved = await resolvePaid(context, toleranceYen)
    const opened = await openOverdue(context, toleranceYen)
    await context.record({
      verb: 'collections_followed_up',
      subjects: [],
      facts: { opened, resolved, ...promises },
    })
    return { opened, resolved, ...promises }
  },
})

async function judgeAll(context: CommandContext): Promise<{ kept: number; broken: number }> {
  const { tx, today } = context
  const counts = { kept: 0, broken: 0 }
  for (const judged of await judgePromises(context, MOST_AT_ONCE)) {
    const { outcome, caseId, receivableId, partyId, amountYen, dueOn, scope } = judged
    counts[outcome]++
    if (caseId)
      await tx
        .updateTable('collection_case')
        .set({
          state: outcome,
          next_action_on: today,
          next_action: outcome === 'broken' ? '約束不履行の確認' : '残額の確認',
          row_version: sql`row_version + 1`,
        })
        .where('id', '=', caseId)
        .where('state', '=', 'promised')
        .execute()
    await context.record({
      verb: outcome === 'kept' ? 'promise_kept' : 'promise_broken',
      subjects: [
        ...(caseId ? [{ kind: 'collection_case', id: caseId }] : []),
        { kind: 'receivable', id: receivableId },
        { kind: 'party', id: partyId },
      ],
      after: { amountYen, dueOn },
      ...restrictionOf(scope),
    })
  }
  return counts
}

async function resolvePaid(context: CommandContext, toleranceYen: Yen): Promise<number> {
  const { tx, today } = context
  const { rows } = await sql<{ id: Id; receivable_id: Id }>`
    with paid as (
      select c.id from collection_case c join receivable r on r.id = c.receivable_id
      where c.ended_on is null and (r.purchased_yen - r.collected_yen - r.diluted_yen <= ${toleranceYen}
        or r.state in ('repurchased', 'rescinded', 'closed'))
      order by c.id limit ${MOST_AT_ONCE} for update of c)
    update collection_case c set state = 'resolved', ended_on = ${today}, row_version = c.row_version + 1
    from paid where c.id = paid.id returning c.id, c.receivable_id`.execute(tx)
  await context.record(
    ...rows.map(row => ({
      verb: 'collection_case_resolved',
      subjects: [
        { kind: 'collection_case', id: row.id },
        { kind: 'receivable', id: row.receivable_id },
      ],
    })),
  )
  return rows.length
}

async function openOverdue(context: CommandContext, toleranceYen: Yen): Promise<number> {
  const { tx, today } = context
  const { rows } = await sql<{ id: Id; client_id: Id; debtor_id: Id; receivable_no: string }>`
    select r.id, r.client_id, r.debtor_id, r.receivable_no from receivable r
    where r.state in ('purchased', 'dunning', 'legal') and r.purchased_yen - r.collected_yen - r.diluted_yen > 0
      and r.purchased_yen - r.collected_yen - r.diluted_yen > ${toleranceYen}
      and r.payable_on < ${today}::date and ${today}::date - r.payable_on > r.grace_days
      and not exists (select from collection_case c where c.receivable_id = r.id and c.ended_on is null)
    order by r.payable_on, r.id limit ${MOST_AT_ONCE}`.execute(tx)
  const opened = await insertMany<{ id: Id; case_no: string }>(
    tx,
    'collection_case',
    rows.map(row => ({
      id: newId(),
      receivable_id: row.id,
      state: 'opened',
      opened_on: today,
      next_action_on: today,
      next_action: '最初の督促',
    })),
    ['id', 'case_no'],
  )
  await context.record(
    ...rows.map((row, at) => {
      const { id, case_no } = found(opened[at], 'collection_case')
      return {
        verb: 'collection_case_opened',
        subjects: [
          { kind: 'collection_case', id },
          { kind: 'receivable', id: row.id },
          { kind: 'party', id: row.client_id },
          { kind: 'party', id: row.debtor_id },
        ],
        facts: { summary: `${case_no}　${row.receivable_no}` },
      }
    }),
  )
  return rows.length
}
