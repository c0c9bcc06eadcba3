import type { Db, Tx } from '../../platform/database/database.ts'
import type { CustomField } from './contract.ts'
import type { CustomKind } from './tables.ts'
import './tables.ts'

/** The fields of a kind of record (of all kinds when none is named) in their order, retired ones last. */
export async function fieldsOf(
  db: Db | Tx,
  kind?: CustomKind,
  { inUse = false }: { inUse?: boolean } = {},
): Promise<CustomField[]> {
  let query = db
    .selectFrom('custom_field')
    .selectAll()
    .orderBy('retired_at', order => order.asc().nullsFirst())
    .orderBy('position')
    .orderBy('id')
    .limit(1000)
  if (kind) query = query.where('record_kind', '=', kind)
  if (inUse) query = query.where('retired_at', 'is', null)
  return (await query.execute()).map(row => ({
    id: row.id,
    rowVersion: row.row_version,
    key: row.key,
    recordKind: row.record_kind,
    type: row.field_type,
    label: row.label,
    choices: row.choices,
    help: row.help,
    example: row.example,
    why: row.why,
    required: row.is_required,
    sensitive: row.is_sensitive,
    critical: row.is_critical,
    searchable: row.is_searchable,
    transferable: row.is_transferable,
    inList: row.is_in_list,
    position: row.position,
    retired: row.retired_at !== null,
  }))
}
