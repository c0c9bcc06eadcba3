import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

const OUTCOME = '登録の取消により終了'

/**
 * Ends the reviews which comparing with the registers opened for companies that are taken out of the register again, and lets go of the
 * companies. A review somebody opened or closed is work on the company: it stays, and so must the company.
 */
export async function letGoOfReviews(context: CommandContext, partyIds: readonly Id[]): Promise<void> {
  const { tx, actor, now } = context
  const { rows } = await sql<{ id: Id; review_no: string; party_id: Id }>`
    with gone as (select id, review_no, party_id from change_review
      where party_id = any(${[...partyIds]}::uuid[]) and source = 'registry' and closed_at is null and suspended_limits = '{}'
      order by id for update)
    update change_review w set party_id = null, outcome = 'exit', outcome_reason = ${OUTCOME}, closed_by = ${actor.id},
      closed_at = ${now.toISOString()}, row_version = row_version + 1
    from gone where gone.id = w.id returning gone.id, gone.review_no, gone.party_id`.execute(tx)
  if (rows.length === 0) return
  await context.record(
    ...rows.map(row => ({
      verb: 'change_review_closed',
      subjects: [
        { kind: 'change_review', id: row.id },
        { kind: 'party', id: row.party_id },
      ],
      after: { outcome: 'exit' },
      facts: { summary: `${row.review_no} ${OUTCOME}` },
      reason: OUTCOME,
    })),
  )
}
