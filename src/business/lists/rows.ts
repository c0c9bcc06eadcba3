import { Refusal } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import {
  columnsOf,
  type ExportColumn,
  type ListArchive,
  type ListExport,
  OFFERED,
  type OfferedColumns,
} from '../../platform/list-export.ts'
import type { Reading } from '../../platform/reading.ts'
import { type Cell, cellOf } from './cells.ts'
import { BUSINESS_EXPORT } from './permissions.ts'
import type { ExportFormat } from './tables.ts'

const PAGE_ROWS = 200
/** More rows than this are no list any more: the backup carries them out. */
export const MOST_ROWS = 200_000

export type Filters = Record<string, string | string[]>

export function listNamed({ lists }: Pick<Reading, 'lists'>, key: string): ListExport {
  const list = lists.find(one => one.key === key)
  if (!list) throw new Refusal('missing', [{ code: 'list_must_be_known', field: 'list' }])
  return list
}

/** Whether somebody may take a list out: to read it, and to export lists of its sort; and the files behind it, for a ZIP. */
export function mayExport(
  list: ListExport,
  permissions: ReadonlySet<string>,
  format: ExportFormat = 'csv',
): boolean {
  if (format === 'zip' && !permissions.has(archiveOf(list).permission)) return false
  return permissions.has(list.contract.permission) && permissions.has(list.permission ?? BUSINESS_EXPORT)
}

/** Refuses whoever may not take the list out. */
export function permitExport(
  list: ListExport,
  { permissions }: { permissions: ReadonlySet<string> },
  format: ExportFormat = 'csv',
): void {
  if (!mayExport(list, permissions, format))
    throw new Refusal('forbidden', [{ code: 'permission_must_be_held' }])
}

export async function columnsNamed(
  list: ListExport,
  keys: readonly string[],
  db: Db,
  { permissions }: { permissions: ReadonlySet<string> },
): Promise<ExportColumn<never>[]> {
  return named(await columnsOf(list, db, permissions), keys)
}

/** What the chosen columns are called, in the order they were chosen in. */
export async function titlesNamed(
  list: ListExport,
  format: ExportFormat,
  keys: readonly string[],
  { tx, actor }: { tx: Db; actor: { permissions: ReadonlySet<string> } },
): Promise<string[]> {
  const known = format === 'zip' ? archiveOf(list).columns : await columnsOf(list, tx, actor.permissions)
  return named(known, keys).map(column => column.title)
}

function named<C extends { key: string }>(known: readonly C[], keys: readonly string[]): C[] {
  return keys.map(key => {
    const column = known.find(one => one.key === key)
    if (!column) throw new Refusal('invalid', [{ code: 'columns_must_be_of_the_list', field: 'columns' }])
    return column
  })
}

/** The files behind a list; refuses a list that has none. */
export function archiveOf({ archive }: ListExport): ListArchive {
  if (!archive) throw new Refusal('invalid', [{ code: 'format_must_be_of_the_list', field: 'format' }])
  return archive
}

type Asking = Pick<Reading, 'ask'>

async function* pagesOf({ ask }: Asking, context: QueryContext, list: ListExport, filters: Filters) {
  let after: string | undefined
  const known = Object.keys(list.contract.input.shape)
  const asked = Object.fromEntries(
    Object.entries({ ...filters, ...list.fixed }).filter(([name]) => known.includes(name)),
  )
  for (;;) {
    const { body, seen } = await ask(context, list.contract, {
      ...asked,
      ...(known.includes('limit') ? { limit: PAGE_ROWS } : {}),
      ...(after === undefined ? {} : { after }),
    })
    const { rows, next = null } = body as { rows: never[]; next?: string | null }
    yield { rows, seen }
    if (next === null) return
    after = next
  }
}

/** How many rows a list holds under its conditions; reads no further than one page beyond `most`, and answers more than that then. */
export async function rowsHeld(
  parts: Asking,
  context: QueryContext,
  { list, filters, format }: { list: ListExport; filters: Filters; format: ExportFormat },
  most: number,
): Promise<number> {
  if (format === 'zip') return archiveOf(list).count(context, filters)
  let count = 0
  for await (const { rows } of pagesOf(parts, context, list, filters)) {
    count += rows.length
    if (count > most) return count
  }
  return count
}

/** What other slices say of the rows of one page, as the actor of the context may hear it. */
async function saidOf(
  { ask }: Asking,
  context: QueryContext,
  offers: readonly OfferedColumns[],
  rows: readonly { id: string }[],
) {
  const seen: number[] = []
  const said = new Map<string, Map<string, unknown>>()
  for (const { contract } of offers) {
    const answer = await ask(context, contract, { ids: rows.map(row => row.id) })
    const { rows: told } = answer.body as { rows: { id: string }[] }
    for (const one of told)
      said.set(one.id, (said.get(one.id) ?? new Map<string, unknown>()).set(contract.name, one))
    seen.push(...answer.seen)
  }
  return { seen, on: (row: { id: string }) => ({ ...row, [OFFERED]: said.get(row.id) }) as never }
}

/** All rows as cells, and the short numbers of the records in them; as the actor of the context sees them. */
export async function readRows(
  parts: Asking,
  context: QueryContext,
  list: ListExport,
  filters: Filters,
  columns: readonly ExportColumn<never>[],
): Promise<{ rows: Cell[][]; seen: number[] }> {
  const rows: Cell[][] = []
  const seen = new Set<number>()
  const offers = (list.offered ?? []).filter(offer => offer.columns.some(one => columns.includes(one)))
  for await (const page of pagesOf(parts, context, list, filters)) {
    const said = await saidOf(parts, context, offers, page.rows)
    for (const row of page.rows) {
      const whole = offers.length ? said.on(row) : row
      rows.push(columns.map(column => cellOf(column, whole)))
    }
    for (const no of [...page.seen, ...said.seen]) seen.add(no)
    if (rows.length > MOST_ROWS)
      throw new Refusal('invalid', [
        {
          code: 'list_must_not_be_too_long',
          message: `${MOST_ROWS.toLocaleString('ja-JP')}行を超えています。条件で絞り込んでください。`,
        },
      ])
    await new Promise(resume => setImmediate(resume))
  }
  return { rows, seen: [...seen] }
}
