import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import type { DocumentShown } from './contract.ts'
import { refuseOutOfReach, rowsShown, seenThrough } from './queries.ts'
import { readingsOf } from './readings/queries.ts'
import { factsOf } from './records.ts'
import { isElectronic, paperFindings, retentionOf } from './rules/paper.ts'
import { stampsOf } from './stamps/queries.ts'
import { visibleClasses } from './visible-classes.ts'

export async function openDocumentPage(
  keys: SubjectKeys,
  context: QueryContext,
  documentId: Id,
): Promise<Seen<DocumentShown>> {
  const { db, today, actor } = context
  const row = found(
    await db
      .selectFrom('document')
      .selectAll()
      .where('id', '=', documentId)
      .where('confidentiality', 'in', visibleClasses(context))
      .executeTakeFirst(),
    'document',
  )
  await refuseOutOfReach(context, documentId)
  const [shown] = await rowsShown(context, [row])
  const people = [row.corrected_by, row.struck_by, row.held_by, row.quarantined_by].filter(
    person => person !== null,
  )
  const names = await staffNames(db, people)
  const act = (by: Id | null, at: string | null, reason: string | null) =>
    by && at && reason ? { by: names.get(by) ?? '（不明）', at, reason } : null
  const stamps = await stampsOf(db, row.id)
  const facts = factsOf(row)
  const { until, basis } = retentionOf(facts)
  // Whoever is assigned some customers only is not told of others.
  const counterparty =
    row.counterparty_id && actor.reach === 'all'
      ? await db
          .selectFrom('party')
          .select(['id', 'seen_no', sql<string>`coalesce(shown_name, legal_name)`.as('name')])
          .where('id', '=', row.counterparty_id)
          .executeTakeFirst()
      : undefined
  const { rows: links } = await sql<{ kind: string; id: Id; name: string | null }>`
    select l.object_kind as kind, l.object_id as id, coalesce(p.shown_name, p.legal_name) as name from document_link l
    left join party p on l.object_kind = 'party' and p.id = l.object_id where l.document_id = ${documentId}
    order by l.object_kind, l.object_id`.execute(db)
  return {
    body: {
      ...shown!,
      rowVersion: row.row_version,
      counterpartyParty: counterparty ? { id: counterparty.id, name: counterparty.name } : null,
      electronic: isElectronic(row.received_via),
      authenticity: row.authenticity,
      timestampAt: row.timestamp_at,
      textVersion: row.text_version,
      retentionUntil: until,
      retentionBasis: basis,
      findings: paperFindings(facts, today),
      correction: act(row.corrected_by, row.corrected_at, row.correction_reason),
      strike: act(row.struck_by, row.struck_at, row.struck_reason),
      hold: act(row.held_by, row.held_since, row.hold_reason),
      quarantine: act(row.quarantined_by, row.quarantined_at, row.quarantine_reason),
      closedVersions: row.closed_versions,
      timeStamps: stamps.rows,
      readings: await readingsOf(keys, db, row.id),
      links,
    },
    seen: [
      row.seen_no,
      ...stamps.seen,
      ...(counterparty ? [counterparty.seen_no] : []),
      ...(await seenThrough(context, [row.id])),
    ],
  }
}
