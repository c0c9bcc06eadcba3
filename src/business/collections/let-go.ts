import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'

/**
 * Forgets the cases the clock opened for a claim whose registration is taken back. A case somebody has worked on stays, and so must the
 * claim.
 */
export async function letGoOfCases(context: CommandContext, receivableId: Id): Promise<void> {
  const { rows } = await sql<{
    case_no: string
  }>`select case_no from forget_untouched_cases(${receivableId}) as f(case_no)`.execute(context.tx)
  if (rows.length === 0) return
  await context.record(
    ...rows.map(row => ({
      verb: 'collection_case_forgotten',
      subjects: [{ kind: 'receivable', id: receivableId }],
      facts: { summary: `${row.case_no} 債権の登録の取消により終了` },
    })),
  )
}
