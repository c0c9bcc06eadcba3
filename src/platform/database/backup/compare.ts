import pg from 'pg'
import { withClient } from './backup.ts'
import { presentSchemas, SCHEMAS, STABLE_TEXT, sequences, wholeTables } from './catalog.ts'
import { quoted } from './table-copy.ts'

export interface Difference {
  /** A table or a sequence, as schema.name. */
  what: string
  /** Rows and fingerprint, or value, on each side; null where it does not exist. */
  left: string | null
  right: string | null
}

/**
 * Compares all tables and sequences of two databases; empty when they hold the same. A table's fingerprint is its row count and
 * the sums of both halves of each row's MD5, so that neither the order of rows nor their partition counts. Numbers of transactions
 * and the list of migrations are left out.
 */
export async function compareDatabases(
  leftUrl: string,
  rightUrl: string,
  schemas: readonly string[] = SCHEMAS,
): Promise<Difference[]> {
  const [left, right] = await Promise.all(
    [leftUrl, rightUrl].map(url => withClient(url, client => fingerprints(client, schemas))),
  )
  const names = [...new Set([...left!.keys(), ...right!.keys()])].sort()
  return names
    .map(what => ({ what, left: left!.get(what) ?? null, right: right!.get(what) ?? null }))
    .filter(difference => difference.left !== difference.right)
}

async function fingerprints(client: pg.Client, wanted: readonly string[]): Promise<Map<string, string>> {
  await client.query(STABLE_TEXT)
  await client.query('begin isolation level repeatable read read only')
  const schemas = await presentSchemas(client, wanted)
  const found = new Map<string, string>()
  for (const table of await wholeTables(client, schemas)) {
    const columns = table.columns
      .filter(column => !table.transactionColumns.includes(column))
      .map(name => pg.escapeIdentifier(name))
    const { rows } = await client.query(
      `select count(*)::text || ' rows ' || md5(concat_ws(' ', sum(('x' || left(hash, 16))::bit(64)::bigint::numeric),
                                                         sum(('x' || right(hash, 16))::bit(64)::bigint::numeric))) as print
         from (select md5(row(${columns.join(', ')})::text) as hash from ${quoted(table)}) as hashed`,
    )
    found.set(`${table.schema}.${table.name}`, String(rows[0].print))
  }
  for (const { schema, name, lastValue, isCalled } of await sequences(client, schemas))
    found.set(`${schema}.${name}`, `${lastValue} ${isCalled ? 'used' : 'next'}`)
  await client.query('commit')
  return found
}
