import type { Db } from './database/database.ts'
import type { QueryContract } from './http/contract.ts'

/** One column of a list as it leaves the program: words as people read them, dates as ISO days, yen and counts as numbers. */
export interface ExportColumn<Row> {
  key: string
  title: string
  kind?: 'text' | 'yen' | 'number' | 'date'
  value(row: Row): string | number | null | undefined
}

/**
 * A list that may be exported. Its rows come from the query that also fills the screen, asked as the person who exports, so that reach
 * and masking are the screen's own.
 */
export interface ListExport {
  /** slice.list, as saved layouts name it: `parties.client`. */
  key: string
  label: string
  contract: QueryContract
  /** Conditions which belong to the list itself. */
  fixed: Readonly<Record<string, string>>
  /** What the person who exports must hold beside the list's own permission; the lists' own for business where none is named. */
  permission?: string
  /** Checked against the rows of the query by `listExport`. */
  columns: readonly ExportColumn<never>[]
  /** Columns which are known only at run time. */
  more?: (db: Db) => Promise<readonly ExportColumn<never>[]>
  /** The kind of record its rows are, to which other slices add columns. */
  rowsAre?: string
  /** The columns other slices add; filled in by the program. */
  offered?: readonly OfferedColumns[]
}

/** What a slice says of the records of another slice's list, asked for the rows at hand by their ids. */
export interface OfferedColumns {
  /** The kind of record: `party`. */
  on: string
  /** Takes `ids`, answers rows with the `id` they speak about; a record without a row has nothing to say. */
  contract: QueryContract
  columns: readonly ExportColumn<never>[]
}

/** Describes columns for another slice's lists; they are checked against the rows of the query. */
export function offeredColumns<C extends QueryContract>(
  on: string,
  contract: C,
  columns: readonly ExportColumn<RowOf<C>>[],
): OfferedColumns {
  return {
    on,
    contract: contract as unknown as QueryContract,
    columns: columns.map(({ value, ...column }) => ({
      ...column,
      value: (row: { [OFFERED]?: ReadonlyMap<string, unknown> }) => {
        const said = row[OFFERED]?.get(contract.name)
        return said === undefined ? null : value(said as RowOf<C>)
      },
    })) as unknown as readonly ExportColumn<never>[],
  }
}

/** Where a row carries what other slices say of it, by the name of their query. */
export const OFFERED: unique symbol = Symbol('offered')

type RowOf<C> =
  C extends QueryContract<infer _I, infer O>
    ? O['_output'] extends { rows: (infer R)[] }
      ? R
      : never
    : never

/** Describes a list for export; the columns are checked against the rows of its query. */
export function listExport<C extends QueryContract>(
  key: string,
  label: string,
  contract: C,
  columns: readonly ExportColumn<RowOf<C>>[],
  fixed: Readonly<Record<string, string>> = {},
  more?: (db: Db) => Promise<readonly ExportColumn<RowOf<C>>[]>,
): ListExport {
  return {
    key,
    label,
    contract: contract as unknown as QueryContract,
    fixed,
    columns: columns as unknown as readonly ExportColumn<never>[],
    ...(more ? { more: more as unknown as NonNullable<ListExport['more']> } : {}),
  }
}

/** All columns of a list this person may read: its own, those known only at run time, then what other slices say of its rows. */
export async function columnsOf(
  list: ListExport,
  db: Db,
  permissions: ReadonlySet<string>,
): Promise<readonly ExportColumn<never>[]> {
  const offered = (list.offered ?? []).filter(({ contract }) => permissions.has(contract.permission))
  return [
    ...list.columns,
    ...(list.more ? await list.more(db) : []),
    ...offered.flatMap(({ columns }) => columns),
  ]
}

/** The same list, for those who hold the permission only. */
export function onlyWith(permission: string, list: ListExport): ListExport {
  return { ...list, permission }
}
