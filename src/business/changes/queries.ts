import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import type { PlannedChange } from './contract.ts'
import './tables.ts'

const MOST = 200

/** What is decided for a record and has not come yet, and what failed and nobody has cleared away. */
export async function plannedOf(
  { db }: QueryContext,
  recordId: Id,
): Promise<Seen<{ rows: PlannedChange[] }>> {
  const rows = await db
    .selectFrom('planned_change')
    .selectAll()
    .where('state', 'in', ['planned', 'failed'])
    .where(eb =>
      eb.or([eb('record_id', '=', recordId), sql<boolean>`related_ids @> array[${recordId}]::uuid[]`]),
    )
    .orderBy('effective_on')
    .orderBy('id')
    .limit(MOST)
    .execute()
  const people = rows.flatMap(row => [row.planned_by, ...(row.approved_by ? [row.approved_by] : [])])
  const names = await staffNames(db, people)
  const person = (id: Id) => ({ id, name: names.get(id) ?? 'システム' })
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        plannedNo: row.planned_no,
        record: { kind: row.record_kind, id: row.record_id },
        summary: row.summary,
        items: row.items.map(({ field, label, sensitive, ...values }) => ({
          field,
          label,
          old: sensitive ? null : values.old,
          new: sensitive ? null : values.new,
          masked: sensitive ?? false,
        })),
        effectiveOn: row.effective_on,
        reasonText: row.reason_text,
        evidence: row.evidence,
        state: row.state,
        plannedBy: person(row.planned_by),
        approvedBy: row.approved_by ? person(row.approved_by) : null,
        plannedAt: row.planned_at,
        endReason: row.end_reason,
        permission: row.permission,
      })),
    },
    seen: await seenNumbersOf(db, [recordId, ...rows.flatMap(row => [row.record_id, ...row.related_ids])]),
  }
}

/** One entry of a field's history with who, when and why; the first has none of it: the value was there at registration. */
export interface HistoryEntry {
  seq: number
  field: string
  value: unknown
  valueSealed: string | null
  validFrom: IsoDate | null
  recordedAt: IsoInstant
  reasonText: string | null
  recordedBy: string | null
  approvedBy: string | null
  evidence: Id[]
}

/** Every fact about a record's fields, newest first, with its reason. */
export async function historyOf(db: Db, recordId: Id): Promise<HistoryEntry[]> {
  const { rows } = await sql<{
    seq: number
    field: string
    value: unknown
    value_sealed: string | null
    valid_from: IsoDate | null
    recorded_at: IsoInstant
    reason_text: string | null
    recorded_by: Id | null
    approved_by: Id | null
    evidence: Id[] | null
  }>`select v.seq, v.field, v.value, v.value_sealed, v.valid_from, v.recorded_at, c.reason_text, c.recorded_by, c.approved_by, c.evidence
    from field_value v left join record_change c on c.id = v.change_id where v.record_id = ${recordId}
    order by v.seq desc limit 2000`.execute(db)
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.recorded_by, row.approved_by].filter(id => id !== null)),
  )
  const named = (id: Id | null) => (id ? (names.get(id) ?? 'システム') : null)
  return rows.map(row => ({
    seq: row.seq,
    field: row.field,
    value: row.value,
    valueSealed: row.value_sealed,
    validFrom: row.valid_from,
    recordedAt: row.recorded_at,
    reasonText: row.reason_text,
    recordedBy: named(row.recorded_by),
    approvedBy: named(row.approved_by),
    evidence: row.evidence ?? [],
  }))
}
