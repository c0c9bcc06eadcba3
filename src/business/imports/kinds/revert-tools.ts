import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import { violatedConstraint } from '../../../platform/database/sql-errors.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { LockedBatch } from '../batch.ts'
import type { RowProblem } from '../tables.ts'

/** Why a row stays when the rest of its batch is taken back. */
export const keptBecause = (message: string): RowProblem => ({
  code: 'row_must_be_untouched_to_revert',
  column: null,
  heading: null,
  message,
  weight: 'note',
})

/** Records with an event about themselves that is not this import's: somebody has worked on them. `verbs` are SQL patterns. */
export async function editedSince(
  { tx }: CommandContext,
  batch: LockedBatch,
  ids: readonly Id[],
  verbs: readonly string[],
): Promise<Set<Id>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ subject_id: Id }>`select distinct s.subject_id
    from audit_event_subject s join audit_event e on e.id = s.event_id
    where s.subject_id = any(${[...ids]}::uuid[])
      and e.verb like any(${[...verbs]}::text[])
      and not exists (select 1 from audit_event_subject own where own.event_id = e.id and own.subject_id = ${batch.id}::uuid)`.execute(
    tx,
  )
  return new Set(rows.map(row => row.subject_id))
}

/** Runs inside a savepoint; a constraint that says no undoes only this, and answers false. */
export async function attempt({ tx }: CommandContext, work: () => Promise<void>): Promise<boolean> {
  await sql`savepoint revert_row`.execute(tx)
  try {
    await work()
    await sql`release savepoint revert_row`.execute(tx)
    return true
  } catch (error) {
    if (violatedConstraint(error) === null) throw error
    await sql`rollback to savepoint revert_row`.execute(tx)
    return false
  }
}
