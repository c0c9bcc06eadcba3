import { sql } from 'kysely'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { linkKindLabels } from './labels.ts'
import type { LinkKind } from './tables.ts'
import './tables.ts'

export interface ShownLink {
  kind: LinkKind
  id: Id
  /** The kind and, where the record has one, its number. */
  label: string
}

/** What a communication is about, with the numbers of records that have one. */
export async function linksShown(
  { db }: QueryContext,
  communicationId: Id,
): Promise<{ rows: ShownLink[]; seen: number[] }> {
  const { rows } = await sql<{ kind: LinkKind; id: Id; no: string | null; seen_no: number | null }>`
    select l.record_kind as kind, l.record_id as id, coalesce(r.receivable_no, c.case_no) as no,
      coalesce(r.seen_no, c.seen_no) as seen_no
    from communication_link l
    left join receivable r on l.record_kind = 'receivable' and r.id = l.record_id
    left join collection_case c on l.record_kind = 'collection_case' and c.id = l.record_id
    where l.communication_id = ${communicationId} order by l.record_kind, l.record_id`.execute(db)
  return {
    rows: rows.map(({ kind, id, no }) => ({
      kind,
      id,
      label: [linkKindLabels[kind], no].filter(Boolean).join(' '),
    })),
    seen: rows.flatMap(row => row.seen_no ?? []),
  }
}
