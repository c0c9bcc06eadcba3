import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RowProblem, RowState } from './tables.ts'

/** What became of one row; `partyId` undefined leaves the record as it is noted. */
export interface RowResult {
  rowNo: number
  state: RowState
  partyId?: Id | null
  problem: RowProblem | null
}

/** Writes what became of rows, in one statement. */
export async function writeResults(tx: Tx, batchId: Id, results: readonly RowResult[]): Promise<void> {
  if (results.length === 0) return
  const given = results.map(({ rowNo, state, partyId, problem }) => ({
    row_no: rowNo,
    state,
    party_id: partyId ?? null,
    keeps_party: partyId === undefined,
    problems: problem ? [problem] : [],
  }))
  await sql`update import_row as r set state = given.state,
      party_id = case when given.keeps_party then r.party_id else given.party_id end,
      problems = r.problems || given.problems
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as given (row_no integer, state text, party_id uuid, keeps_party boolean, problems jsonb)
    where r.batch_id = ${batchId} and r.row_no = given.row_no`.execute(tx)
}
