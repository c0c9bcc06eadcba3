import { sql } from 'kysely'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Contract } from '../../platform/http/contract.ts'
import type { Route } from '../../platform/http/route.ts'
import { slices } from '../slices.ts'
import type { World } from './world.ts'

/** Values for the fields of queries' inputs, by the field's name, or by `query.field` where the name says another thing there. */
export type Sources = Record<string, string>

export interface AskedOfAll {
  /** `query: what it shows and does not name`, each once. */
  missing: string[]
  /** How many records the answers carried by their ids. */
  records: number
  /** How many answers showed the name of a company or a person. */
  named: number
}

/**
 * Asks every query that shows records, without and with the fields of its input that the sources can fill, and compares each answer with its view
 * record: each record whose id the answer carries, and each company and person whose name it shows, must be named (decision 0002).
 */
export async function askEveryQuery(world: World, asker: Actor, sources: Sources): Promise<AskedOfAll> {
  const all: Route[] = slices.flatMap(slice => slice.routes(world))
  const names = await namesOfAll(world)
  const missing = new Set<string>()
  let [records, named] = [0, 0]
  for (const route of all) {
    const { contract } = route
    if (route.kind !== 'query' || contract.sight === null || contract.sight === 'download') continue
    for (const input of inputsFor(contract, sources)) {
      const now = world.clock.now()
      const today = now.toISOString().slice(0, 10)
      const context = { db: world.db, actor: asker, now, today, requestId: 'test' }
      const answer = await Promise.resolve(route.answer(context, input as never)).catch(
        (error: Error) => error,
      )
      if (answer instanceof Error) missing.add(`${contract.name}: an answer (${answer.message})`)
      if (!('body' in answer)) continue
      const seen = new Set(answer.seen)
      const carried = await seenNumbersIn(world, answer.body)
      records += carried.size
      for (const [seenNo, table] of carried) if (!seen.has(seenNo)) missing.add(`${contract.name}: ${table}`)
      const shown = namesShown(answer.body, names)
      if (shown.length > 0) named += 1
      for (const name of shown)
        if (!names.get(name)?.some(seenNo => seen.has(seenNo))) missing.add(`${contract.name}: ${name}`)
    }
  }
  return { missing: [...missing], records, named }
}

/** A list is asked whole as well as for the record given; documents are asked whole alone. */
function inputsFor(contract: Contract, sources: Sources): unknown[] {
  const given: Record<string, string> = {}
  for (const field of Object.keys(contract.input.shape)) {
    const value = sources[`${contract.name}.${field}`] ?? sources[field]
    if (value !== undefined) given[field] = value
  }
  if (contract.name.includes('unmask')) given.reason = '本人からの照会に答えるため'
  const isList = 'after' in contract.input.shape
  const wholeOnly = contract.name === 'audit.listEvents' || contract.path.startsWith('/api/documents')
  return (wholeOnly ? [{}] : isList ? [{}, given] : [given]).flatMap(input => {
    const parsed = contract.input.safeParse(input)
    return parsed.success ? [parsed.data] : []
  })
}

/** Colleagues are left out: their names stand beside every record as who did it, and are not looked up. */
async function seenNumbersIn(world: World, body: unknown): Promise<Map<number, string>> {
  const ids =
    JSON.stringify(body).match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where column_name = 'seen_no' and table_schema = 'public' and table_name <> 'staff_member'`.execute(
    world.db,
  )
  const parts = tables.rows.map(
    ({ name }) => sql`select seen_no, ${name} as name from ${sql.table(name)} where id = any(${ids}::uuid[])`,
  )
  const { rows } = await sql<{ seen_no: number; name: string }>`${sql.join(parts, sql` union all `)}`.execute(
    world.db,
  )
  return new Map(rows.map(row => [row.seen_no, row.name]))
}

/** Every name of a company or a person with the numbers of those who bear it. */
async function namesOfAll(world: World): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ name: string; seen_no: number }>`
    select legal_name as name, seen_no from party union select shown_name, seen_no from party where shown_name is not null
    union select family_name || ' ' || given_name, seen_no from person`.execute(world.db)
  const byName = new Map<string, number[]>()
  for (const { name, seen_no } of rows) byName.set(name, [...(byName.get(name) ?? []), seen_no])
  return byName
}

/** The names which stand alone, or at the end of a label after a number, somewhere in an answer. */
function namesShown(body: unknown, names: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      const label = value.split('　').at(-1) ?? ''
      if (names.has(value)) found.add(value)
      else if (names.has(label)) found.add(label)
    } else if (Array.isArray(value)) value.forEach(look)
    else if (value !== null && typeof value === 'object')
      // The other side of a document is text somebody typed; it names no record.
      for (const [field, part] of Object.entries(value)) if (field !== 'counterparty') look(part)
  }
  look(body)
  return [...found]
}
