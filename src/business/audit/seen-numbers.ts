import { sql } from 'kysely'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'

/** A record keeps its number for ever, so that each is asked for once; so many are remembered. */
const MOST_REMEMBERED = 20_000

interface Known {
  /** Tables of numbered records in which nothing was found yet, and those in which something was. */
  others: string[]
  usual: string[]
  numbers: Map<Id, number>
}

const knownOf = new WeakMap<Db, Promise<Known>>()

/**
 * The short numbers of records of any kind; records which cannot be seen, such as settings, have none. Asked first are the tables whose
 * records were asked for before: a question to all of them costs the database more time to plan than to answer.
 */
export async function seenNumbersOf(db: Db, recordIds: readonly Id[]): Promise<number[]> {
  if (recordIds.length === 0) return []
  const known = await (knownOf.get(db) ?? learnTables(db))
  const found: number[] = []
  const ids = new Set<Id>()
  for (const id of recordIds) {
    const number = known.numbers.get(id)
    if (number === undefined) ids.add(id)
    else found.push(number)
  }
  // Both at once: another question may move a table from the others to the usual ones while this one waits, and no table may be missed.
  const [usual, others] = [[...known.usual], [...known.others]]
  found.push(...(await ask(db, known, usual, ids)))
  found.push(...(await ask(db, known, others, ids)))
  return [...new Set(found)]
}

function learnTables(db: Db): Promise<Known> {
  const learned = sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'seen_no'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`
    .execute(db)
    .then(({ rows }) => ({
      others: rows.map(row => row.name).filter(name => name !== 'party'),
      usual: ['party'],
      numbers: new Map<Id, number>(),
    }))
  knownOf.set(db, learned)
  learned.catch(() => knownOf.delete(db))
  return learned
}

/** Asks the tables for the ids and takes out of `ids` what was found. */
async function ask(db: Db, known: Known, tables: readonly string[], ids: Set<Id>): Promise<number[]> {
  if (ids.size === 0 || tables.length === 0) return []
  const wanted = [...ids]
  const parts = tables.map(
    name =>
      sql`select id, seen_no, ${sql.lit(name)} as name from ${sql.table(name)} where id = any(${wanted}::uuid[])`,
  )
  const { rows } = await sql<{
    id: Id
    seen_no: number
    name: string
  }>`${sql.join(parts, sql` union all `)}`.execute(db)
  for (const row of rows) {
    ids.delete(row.id)
    if (!known.usual.includes(row.name)) {
      known.usual.push(row.name)
      known.others = known.others.filter(name => name !== row.name)
    }
    if (known.numbers.size >= MOST_REMEMBERED) known.numbers.clear()
    known.numbers.set(row.id, row.seen_no)
  }
  return rows.map(row => row.seen_no)
}
