import type pg from 'pg'
import { partitions } from './catalog.ts'
import type { Partition } from './manifest.ts'
import { quoted } from './table-copy.ts'

/**
 * Partitions are made as months go by, not by migrations, so that a fresh schema has those of today but not those of the backup.
 * Makes the missing ones, with the rights their parent has.
 */
export async function makeMissingPartitions(
  client: pg.Client,
  schemas: readonly string[],
  wanted: readonly Partition[],
): Promise<void> {
  const present = new Set((await partitions(client, schemas)).map(quoted))
  for (const partition of wanted) {
    if (present.has(quoted(partition))) continue
    const parent = quoted({ schema: partition.parentSchema, name: partition.parentName })
    await client.query(`create table ${quoted(partition)} partition of ${parent} ${partition.bound}`)
    await copyRights(client, parent, quoted(partition))
  }
}

async function copyRights(client: pg.Client, parent: string, partition: string): Promise<void> {
  const rightsOf = async (table: string) => {
    const { rows } = await client.query(
      `select case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end as role, a.privilege_type as right
         from pg_catalog.pg_class c
         cross join lateral pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) a
         left join pg_catalog.pg_roles r on r.oid = a.grantee
        where c.oid = $1::regclass and a.grantee <> c.relowner`,
      [table],
    )
    return rows as { role: string; right: string }[]
  }
  for (const { role } of await rightsOf(partition))
    await client.query(`revoke all on ${partition} from ${role}`)
  for (const { role, right } of await rightsOf(parent))
    await client.query(`grant ${right} on ${partition} to ${role}`)
}
