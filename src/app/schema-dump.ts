import pg from 'pg'
import { createTestDatabase, startThrowawayServer } from '../platform/database/embedded/testing.ts'
import { migrate } from '../platform/database/migrate.ts'
import { APP_ROLE, ensureAppRole } from '../platform/database/roles.ts'

/** The schema after all migrations as reviewed text: tables, columns, constraints, indexes, triggers and the program's rights. */
export async function readSchema(): Promise<string> {
  const server = await startThrowawayServer()
  try {
    await ensureAppRole(server.ownerUrl, 'daicho-schema-dump')
    const url = await createTestDatabase(server.ownerUrl, 'template1', 'schema_dump')
    await migrate(url)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return await dump(client)
    } finally {
      await client.end()
    }
  } finally {
    await server.stop()
  }
}

async function dump(client: pg.Client): Promise<string> {
  const { rows: tables } = await client.query<{ oid: number; name: string; rights: string | null }>(
    `select c.oid::int, c.oid::regclass::text as name,
       (select string_agg(privilege_type, ',' order by privilege_type) from information_schema.role_table_grants g
         where g.grantee = $1 and g.table_schema = n.nspname and g.table_name = c.relname) as rights
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and c.relname !~ '^view_event_[0-9]{6}$'
       and c.relname not like 'schema_migration%'
     order by n.nspname, c.relname`,
    [APP_ROLE],
  )
  const parts: string[] = []
  for (const table of tables) {
    const lines = [
      ...(await textRows(client, columnsSql, table.oid)),
      ...(await textRows(client, constraintsSql, table.oid)),
      ...(await textRows(client, indexesSql, table.oid)),
      ...(await textRows(client, triggersSql, table.oid)),
    ]
    parts.push(
      `${table.name}  [${APP_ROLE}: ${table.rights ?? 'nothing'}]\n${lines.map(line => `  ${line}`).join('\n')}\n`,
    )
  }
  return parts.join('\n')
}

async function textRows(client: pg.Client, sql: string, oid: number): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(sql, [oid])
  return rows.map(row => row.line)
}

const columnsSql = `select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
  || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`
const constraintsSql = `select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
  where conrelid = $1 and contype <> 'n' and contype <> 't' order by conname`
const indexesSql = `select regexp_replace(pg_get_indexdef(indexrelid), '^CREATE ', 'index: ') as line from pg_index
  where indrelid = $1 and not exists (select from pg_constraint where conindid = indexrelid) order by indexrelid::regclass::text`
const triggersSql = `select 'trigger ' || tgname || ' ' || proname || case when tginitdeferred then ' deferred' else '' end as line
  from pg_trigger t join pg_proc p on p.oid = t.tgfoid where tgrelid = $1 and not tgisinternal order by tgname`
