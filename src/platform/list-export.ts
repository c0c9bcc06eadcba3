import type { Db } from './database/database.ts'
import type { QueryContract } from './http/contract.ts'
import type { QueryContext } from './http/route.ts'
import type { Services } from './slice.ts'

/** One column of a list as it leaves the program: words as people read them, dates as ISO days, yen and counts as numbers. */
export interface ExportColumn<Row> {
  key: string
  title: string
  kind?: 'text' | 'yen' | 'number' | 'date'
  value(row: Row): string | number | null | undefined
}

/** One file of an archive, and how many rows of the list it and those before it stand for. */
export interface ArchiveFile {
  name: string
  content: Buffer
  rowsDone: number
}

export interface ArchiveHeld {
  rows: number
  seen: number[]
  /** What whoever gets the archive should know: what was left out. */
  note: string | null
}

export type ListConditions = Readonly<Record<string, string | readonly string[]>>

/** The files that stand behind the rows of a list, with an index of them, as one ZIP. */
export interface ListArchive {
  /** What it takes beside the list's own permissions. */
  permission: string
  /** The columns of the index. */
  columns: readonly Pick<ExportColumn<never>, 'key' | 'title'>[]
  count(context: QueryContext, conditions: ListConditions): Promise<number>
  /** The files one after another, so that no more than one is held; asked as the person who takes them out. */
  pack(
    services: Pick<Services, 'config' | 'keys' | 'reading'>,
    context: QueryContext,
    asked: { conditions: ListConditions; columns: readonly string[] },
  ): AsyncGenerator<ArchiveFile, ArchiveHeld>
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
  /** What stands behind the rows, where it can be taken out too. */
  archive?: ListArchive
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

/** The same list, whose files may be taken out with it. */
export function withArchive(list: ListExport, archive: ListArchive): ListExport {
  return { ...list, archive }
}
