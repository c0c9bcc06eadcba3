import type { SubjectKeys } from '../../../platform/crypto/subject-keys.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { staffNames } from '../../access/index.ts'
import type { DocumentShown } from '../contract.ts'
import { wordOf } from './rules.ts'

/** What machines read from a paper, in the order in which they came, with who said yes or no to it; what a later reading replaced is left out. */
export async function readingsOf(
  keys: SubjectKeys,
  db: Db,
  documentId: Id,
): Promise<DocumentShown['readings']> {
  const rows = await db
    .selectFrom('document_reading')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('state', '<>', 'superseded')
    .orderBy('id')
    .limit(100)
    .execute()
  const people = rows.flatMap(row => [row.proposed_by, ...(row.decided_by ? [row.decided_by] : [])])
  const names = await staffNames(db, people)
  const nameOf = (id: Id) => names.get(id) ?? '（不明）'
  return Promise.all(
    rows.map(async row => ({
      id: row.id,
      rowVersion: row.row_version,
      versionNo: row.version_no,
      field: row.field,
      value: wordOf(row.field, await keys.open(db, row.value_sealed)),
      confidencePpm: row.confidence_ppm,
      source: row.source,
      state: row.state as 'proposed' | 'accepted' | 'refused',
      proposedBy: nameOf(row.proposed_by),
      proposedAt: row.proposed_at,
      confirmedBy: row.decided_by && nameOf(row.decided_by),
      confirmedAt: row.decided_at,
      reason: row.decision_reason,
    })),
  )
}
