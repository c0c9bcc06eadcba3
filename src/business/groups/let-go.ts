import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

/**
 * Forgets what companies that are taken out of the register again share with others, and the ties proposed from it. A proposal somebody
 * has judged is work on the company: it stays, and so must the company. One event names the companies whose proposals went.
 */
export async function letGoOfTies(context: CommandContext, partyIds: readonly Id[]): Promise<void> {
  const { tx } = context
  const ids = [...partyIds]
  await sql`delete from tie_key where company_id = any(${ids}::uuid[])`.execute(tx)
  const { rows } = await sql<{ first_id: Id; second_id: Id }>`delete from tie_proposal
    where (first_id = any(${ids}::uuid[]) or second_id = any(${ids}::uuid[])) and state in ('open', 'gone')
    returning first_id, second_id`.execute(tx)
  if (rows.length === 0) return
  const named = [...new Set(rows.flatMap(pair => [pair.first_id, pair.second_id]))].sort()
  await context.record({
    verb: 'ties_proposed',
    subjects: named.map(id => ({ kind: 'party', id })),
    facts: { summary: `候補 0件、取下げ ${rows.length}件`, opened: 0, gone: rows.length },
    reason: '登録の取消により終了',
  })
}
