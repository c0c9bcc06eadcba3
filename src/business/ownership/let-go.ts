import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { recompute } from './recompute.ts'
import './tables.ts'

/**
 * Forgets what was computed for companies that are taken out of the register again; whoever was computed to be below one of them is
 * computed anew first. Their holdings must be gone before.
 */
export async function letGoOfOwnership(context: CommandContext, partyIds: readonly Id[]): Promise<void> {
  const { tx } = context
  const ids = [...partyIds]
  const { rows } = await sql<{ company_id: Id }>`select company_id from computed_ownership
    where (parent_id = any(${ids}::uuid[]) or ultimate_id = any(${ids}::uuid[])) and company_id <> all(${ids}::uuid[])`.execute(
    tx,
  )
  if (rows.length > 0)
    await recompute(
      context,
      rows.map(row => row.company_id),
    )
  await sql`delete from computed_ownership where company_id = any(${ids}::uuid[])`.execute(tx)
}
