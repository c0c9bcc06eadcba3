import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RowProblem, RowState } from './tables.ts'

/** What became of one row; `recordId` and `partyId` undefined leave what is noted. */
export interface RowResult {
  rowNo: number
  state: RowState
  recordId?: Id | null
  partyId?: Id | null
  problem: RowProblem | null
}

/** Writes what became of rows, in one statement. Of several results for one row the last counts. */
export async function writeResults(tx: Tx, batchId: Id, results: readonly RowResult[]): Promise<void> {
  if (results.length === 0) return
  const given = [...new Map(results.map(result => [result.rowNo, result])).values()].map(
    ({ rowNo, state, recordId, partyId, problem }) => ({
      row_no: rowNo,
      state,
      record_id: recordId ?? null,
      keeps_record: recordId === undefined,
      party_id: partyId ?? null,
      keeps_party: partyId === undefined,
      problems: problem ? [problem] : [],
    }),
  )
  await sql`update import_row as r set state = given.state,
      record_id = case when given.keeps_record then r.record_id else given.record_id end,
      party_id = case when given.keeps_party then r.party_id else given.party_id end,
      problems = r.problems || given.problems
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as given (row_no integer, state text, record_id uuid, keeps_record boolean, party_id uuid, keeps_party boolean, problems jsonb)
    where r.batch_id = ${batchId} and r.row_no = given.row_no`.execute(tx)
}
