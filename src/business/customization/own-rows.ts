import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { ExportColumn } from '../../platform/list-export.ts'
import { fieldsOf } from './definitions.ts'
import { listTexts } from './queries.ts'
import type { CustomKind } from './tables.ts'

/** A row of a list with the company's own values, in words, by the field's key; none of sensitive ones. */
export interface OwnRow {
  custom?: Record<string, string> | undefined
}

/** Rows of a list with their own values; asks nothing further where the company has defined none for lists or export. */
export async function withOwnValues<Row extends { id: Id }>(
  db: Db,
  kind: CustomKind,
  rows: readonly Row[],
): Promise<(Row & OwnRow)[]> {
  const texts = await listTexts(
    db,
    kind,
    rows.map(row => row.id),
  )
  return rows.map(row => ({ ...row, custom: texts.get(row.id) ?? {} }))
}

/** The columns an export of such a list gains: the fields in use that are marked for it, by their labels. */
export function ownExportColumns(kind: CustomKind) {
  return async (db: Db): Promise<ExportColumn<OwnRow>[]> =>
    (await fieldsOf(db, kind, { inUse: true }))
      .filter(field => field.transferable && !field.sensitive)
      .map(field => ({
        key: `custom.${field.key}`,
        title: field.label,
        value: row => row.custom?.[field.key],
      }))
}
