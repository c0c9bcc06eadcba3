import type pg from 'pg'

interface ForeignKey {
  table: string
  name: string
  definition: string
}

interface TriggerState {
  table: string
  name: string
  state: 'O' | 'D' | 'R' | 'A'
}

const TRIGGER_VERBS: Record<TriggerState['state'], string> = {
  O: 'enable trigger',
  D: 'disable trigger',
  R: 'enable replica trigger',
  A: 'enable always trigger',
}

/**
 * Runs the work while no trigger fires and no foreign key is checked, inside the caller's transaction; afterwards all are back as
 * they were, and every foreign key has been checked over all rows. Needs only the rights of the owner, not of a superuser.
 */
export async function withoutConstraints(
  client: pg.Client,
  schemas: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const keys = await foreignKeys(client, schemas)
  const triggers = await userTriggers(client, schemas)
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`)
  for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${name}`)
  await work()
  await client.query('set constraints all immediate')
  for (const { table, name, state } of triggers)
    await client.query(`alter table ${table} ${TRIGGER_VERBS[state]} ${name}`)
  for (const key of keys)
    await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`)
}

/** Those on a partition belong to its parent, and come and go with the parent's. */
async function foreignKeys(client: pg.Client, schemas: readonly string[]): Promise<ForeignKey[]> {
  const { rows } = await client.query(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name,
            pg_catalog.pg_get_constraintdef(k.oid) as definition
       from pg_catalog.pg_constraint k
       join pg_catalog.pg_class c on c.oid = k.conrelid
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1)
      order by 1, 2`,
    [schemas],
  )
  return rows as ForeignKey[]
}

/** Parents before partitions, so that a partition's own state is set last. */
async function userTriggers(client: pg.Client, schemas: readonly string[]): Promise<TriggerState[]> {
  const { rows } = await client.query(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(t.tgname) as name, t.tgenabled as state
       from pg_catalog.pg_trigger t
       join pg_catalog.pg_class c on c.oid = t.tgrelid
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and n.nspname = any($1)
      order by c.relispartition, 1, 2`,
    [schemas],
  )
  return rows as TriggerState[]
}
