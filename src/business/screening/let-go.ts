import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

/**
 * Ends the cases of companies and people that are taken out of the register again, so that nobody judges hits of somebody who is not
 * there. What was searched, found and decided stays readable.
 */
export async function letGoOfSubjects(context: CommandContext, subjectIds: readonly Id[]): Promise<void> {
  const { tx, now } = context
  const ids = [...subjectIds]
  await sql`delete from screening_queue where subject_id = any(${ids}::uuid[])`.execute(tx)
  const { rows } = await sql<{ id: Id }>`update screening_case
    set superseded_at = ${now.toISOString()}::timestamptz, row_version = row_version + 1
    where subject_id = any(${ids}::uuid[]) and superseded_at is null returning id`.execute(tx)
  if (rows.length === 0) return
  await context.record({
    verb: 'screening_cases_ended',
    subjects: rows.map(row => ({ kind: 'screening_case', id: row.id })),
    facts: { summary: `照合 ${rows.length}件を終了`, cases: rows.length },
    reason: '登録の取消により終了',
  })
}
