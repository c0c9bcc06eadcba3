import type pg from 'pg'
import type { Partition, SequenceState } from './manifest.ts'

/** Whose tables are the company's: the program's own, sign-in, and jobs. Schemas a database has not are passed over. */
export const SCHEMAS: readonly string[] = ['public', 'auth', 'pgboss']

/** They tell which migrations this schema has had, and belong to the schema rather than to its rows. */
export const MIGRATION_TABLES: readonly string[] = ['schema_migration', 'schema_migration_lock']

/** COPY's text form depends on these; with them it is the same for every server and every restore. */
export const STABLE_TEXT = [
  "set client_encoding = 'UTF8'",
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'postgres'",
  "set timezone = 'UTC'",
  "set bytea_output = 'hex'",
  'set extra_float_digits = 1',
  // A scan must begin at the first row: the order of rows is part of what is compared.
  'set synchronize_seqscans = off',
  // A policy would leave rows out silently; with this it is an error.
  'set row_security = off',
  'set statement_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
  'set search_path = public',
].join('; ')

export interface Table {
  schema: string
  name: string
  columns: string[]
  /** Columns that hold transaction numbers, which mean nothing on another server. */
  transactionColumns: string[]
}

async function rowsOf<T>(client: pg.ClientBase, text: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(text, values)).rows as T[]
}

export async function presentSchemas(client: pg.ClientBase, wanted: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    client,
    'select nspname::text as name from pg_catalog.pg_namespace where nspname = any($1) order by nspname',
    [wanted],
  )
  return rows.map(row => row.name)
}

/** Every table that holds rows itself: ordinary ones and partitions, not partitioned parents, nothing of an extension. */
export async function storedTables(client: pg.ClientBase, schemas: readonly string[]): Promise<Table[]> {
  return await tablesWhere(client, schemas, "c.relkind = 'r'")
}

/** Every table a reader knows: ordinary ones and partitioned parents, without the partitions. */
export async function wholeTables(client: pg.ClientBase, schemas: readonly string[]): Promise<Table[]> {
  return await tablesWhere(client, schemas, "c.relkind in ('r', 'p') and not c.relispartition")
}

async function tablesWhere(
  client: pg.ClientBase,
  schemas: readonly string[],
  condition: string,
): Promise<Table[]> {
  return await rowsOf<Table>(
    client,
    `select n.nspname::text as schema, c.relname::text as name,
            coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = ''), '{}') as columns,
            coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.atttypid in (28, 5069)), '{}') as "transactionColumns"
       from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname = any($1) and ${condition} and c.relname <> all($2)
        and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
      group by 1, 2
      order by 1, 2`,
    [schemas, MIGRATION_TABLES],
  )
}

export async function partitions(client: pg.ClientBase, schemas: readonly string[]): Promise<Partition[]> {
  return await rowsOf<Partition>(
    client,
    `select n.nspname::text as schema, c.relname::text as name, pn.nspname::text as "parentSchema", p.relname::text as "parentName",
            pg_catalog.pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       join pg_catalog.pg_inherits i on i.inhrelid = c.oid
       join pg_catalog.pg_class p on p.oid = i.inhparent
       join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
      where n.nspname = any($1) and c.relispartition and c.relkind = 'r'
      order by 1, 2`,
    [schemas],
  )
}

export async function sequences(client: pg.ClientBase, schemas: readonly string[]): Promise<SequenceState[]> {
  const names = await rowsOf<{ schema: string; name: string; quoted: string }>(
    client,
    `select n.nspname::text as schema, c.relname::text as name, format('%I.%I', n.nspname, c.relname) as quoted
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind = 'S' order by 1, 2`,
    [schemas],
  )
  const states: SequenceState[] = []
  for (const { schema, name, quoted } of names) {
    const [state] = await rowsOf<{ lastValue: string; isCalled: boolean }>(
      client,
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted}`,
    )
    states.push({ schema, name, ...state! })
  }
  return states
}

/** The names of the migrations the schema has had, oldest first; empty when it keeps no list. */
export async function migrationNames(client: pg.ClientBase): Promise<string[]> {
  const [found] = await rowsOf(client, "select 1 where to_regclass('public.schema_migration') is not null")
  if (!found) return []
  const rows = await rowsOf<{ name: string }>(
    client,
    'select name::text from public.schema_migration order by name',
  )
  return rows.map(row => row.name)
}
