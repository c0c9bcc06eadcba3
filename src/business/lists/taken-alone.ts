import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ListExport } from '../../platform/list-export.ts'
import type { Reading } from '../../platform/reading.ts'
import './tables.ts'

/** The limit is about what a person takes out within this time, however many files it is cut into. */
export const ALONE_HOURS = 24

/** Exports of one person are asked for one after the other: two at the same moment would each count without the other. */
export async function lockTaken({ tx, actor }: Pick<CommandContext, 'tx' | 'actor'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lists.taken:${actor.id}`}, 0))`.execute(tx)
}

/**
 * Rows the person has taken out of a list in the last day without a second person, waiting files included. Lists which one query fills
 * (顧客 and 売掛先 show the same companies) count together; what could not be made does not count.
 */
export async function rowsTakenAlone(
  { tx, actor, now }: { tx: Db; actor: { id: Id }; now: Date },
  { lists }: Pick<Reading, 'lists'>,
  list: ListExport,
): Promise<number> {
  const alike = lists.filter(one => one.contract.name === list.contract.name).map(one => one.key)
  const since = new Date(now.getTime() - ALONE_HOURS * 3_600_000).toISOString()
  const row = await tx
    .selectFrom('list_export')
    .select(sql<number>`coalesce(sum(greatest(rows_asked, row_count)), 0)::int`.as('taken'))
    .where('requested_by', '=', actor.id)
    .where('list', 'in', alike)
    .where('requested_at', '>', since)
    .where('approved_by', 'is', null)
    .where('state', '<>', 'failed')
    .executeTakeFirstOrThrow()
  return row.taken
}
