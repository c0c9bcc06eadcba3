import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

export type Cell = string | number | boolean | null | readonly string[]

/** Sends rows into a table by COPY; the columns left out take their defaults. */
export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<number> {
  const stream = client.query(from(`copy ${table} (${columns.join(',')}) from stdin`))
  let count = 0
  let text = ''
  for (const row of rows) {
    text += `${row.map(written).join('\t')}\n`
    count++
    if (text.length < 1 << 18) continue
    if (!stream.write(text)) await once(stream, 'drain')
    text = ''
  }
  stream.end(text)
  await finished(stream)
  return count
}

function written(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string') return escaped(cell)
  if (typeof cell === 'object') return escaped(`{${cell.join(',')}}`)
  return String(cell)
}

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text
}

/** Takes the plain indexes off the tables while `fill` runs: a million rows are indexed faster at once than one by one. */
export async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; text: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as text from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [tables],
  )
  for (const index of rows) await client.query(`drop index ${index.name}`)
  await fill()
  await client.query("set maintenance_work_mem = '1GB'")
  for (const index of rows) await client.query(index.text)
}
