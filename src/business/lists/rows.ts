import { Refusal } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import {
  columnsOf,
  type ExportColumn,
  type ListExport,
  OFFERED,
  type OfferedColumns,
} from '../../platform/list-export.ts'
import type { Reading } from '../../platform/reading.ts'
import { type Cell, cellOf } from './cells.ts'
import { BUSINESS_EXPORT } from './permissions.ts'

const PAGE_ROWS = 200
/** More rows than this are no list any more: the backup carries them out. */
export const MOST_ROWS = 200_000

export type Filters = Record<string, string | string[]>

export function listNamed({ lists }: Pick<Reading, 'lists'>, key: string): ListExport {
  const list = lists.find(one => one.key === key)
  if (!list) throw new Refusal('missing', [{ code: 'list_must_be_known', field: 'list' }])
  return list
}

/** Whether somebody may take a list out: to read it, and to export lists of its sort. */
export function mayExport(list: ListExport, permissions: ReadonlySet<string>): boolean {
  return permissions.has(list.contract.permission) && permissions.has(list.permission ?? BUSINESS_EXPORT)
}

/** Refuses whoever may not take the list out. */
export function permitExport(list: ListExport, { permissions }: { permissions: ReadonlySet<string> }): void {
  if (!mayExport(list, permissions)) throw new Refusal('forbidden', [{ code: 'permission_must_be_held' }])
}

export async function columnsNamed(
  list: ListExport,
  keys: readonly string[],
  db: Db,
  { permissions }: { permissions: ReadonlySet<string> },
): Promise<ExportColumn<never>[]> {
  const known = await columnsOf(list, db, permissions)
  return keys.map(key => {
    const column = known.find(one => one.key === key)
    if (!column) throw new Refusal('invalid', [{ code: 'columns_must_be_of_the_list', field: 'columns' }])
    return column as ExportColumn<never>
  })
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
  list: ListExport,
  filters: Filters,
  most: number,
): Promise<number> {
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
