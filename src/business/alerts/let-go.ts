import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { subjectsOf } from './raise.ts'
import './tables.ts'

/**
 * Ends the alerts about companies that are taken out of the register again, and lets go of the companies. An alert which somebody has
 * taken or put off is work on the company: it stays, and so must the company.
 */
export async function letGoOfParties(context: CommandContext, partyIds: readonly Id[]): Promise<void> {
  const { tx, actor, now } = context
  const at = now.toISOString()
  const open = await tx
    .selectFrom('alert')
    .selectAll()
    .where('party_id', '=', sql<Id>`any(${[...partyIds]}::uuid[])`)
    .where('state', 'in', ['open', 'resolved'])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (open.length === 0) return
  await sql`update alert set party_id = null, state = 'resolved', outcome = coalesce(outcome, ${OUTCOME}),
      resolved_by = coalesce(resolved_by, ${actor.id}), resolved_at = coalesce(resolved_at, ${at}),
      facts_ended_at = coalesce(facts_ended_at, ${at}), row_version = row_version + 1
    where id = any(${open.map(alert => alert.id)}::uuid[])`.execute(tx)
  await context.record(
    ...open.map(alert => ({
      verb: 'alert_resolved',
      subjects: subjectsOf(alert),
      facts: { summary: alert.sentence, alertNo: alert.alert_no },
      reason: OUTCOME,
    })),
  )
}

const OUTCOME = '登録の取消により終了'
