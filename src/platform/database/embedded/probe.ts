/** The part of a pg client or pool the probe needs. */
export interface Queryable {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>
}

export interface ProbeOptions {
  /** The embedded server must also survive a power cut; an outside server's operator decides that for himself. */
  mustBeDurable: boolean
}

const OLDEST_MAJOR = 15

/**
 * Refuses a database in which the product would silently misbehave: too old, not UTF-8, or with a character type under which
 * Japanese words yield no trigrams, so that search would find nothing. Needs the extension pg_trgm, and makes it where it may.
 * Every message ends with the remedy.
 */
export async function probeDatabase(client: Queryable, { mustBeDurable }: ProbeOptions): Promise<void> {
  const facts = await readFacts(client)
  const major = Math.floor(facts.version / 10_000)
  if (major < OLDEST_MAJOR)
    throw new Error(
      `the database is PostgreSQL ${major}; Daicho needs ${OLDEST_MAJOR} or newer. Remedy: upgrade the server.`,
    )
  if (facts.encoding !== 'UTF8')
    throw new Error(
      `the database is encoded in ${facts.encoding}, not UTF8. Remedy: create it with\n` +
        "  create database daicho template template0 encoding 'UTF8' locale 'C.UTF-8';",
    )
  if (mustBeDurable && (facts.fsync !== 'on' || facts.synchronousCommit !== 'on'))
    throw new Error(
      `the database may lose committed work (fsync ${facts.fsync}, synchronous_commit ${facts.synchronousCommit}). ` +
        'Remedy: remove both settings from local.conf in the database folder.',
    )
  await probeTrigrams(client)
}

interface Facts {
  version: number
  encoding: string
  fsync: string
  synchronousCommit: string
}

async function readFacts(client: Queryable): Promise<Facts> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit`,
  )
  const row = rows[0]!
  return {
    version: Number(row.version),
    encoding: String(row.encoding),
    fsync: String(row.fsync),
    synchronousCommit: String(row.synchronous_commit),
  }
}

async function probeTrigrams(client: Queryable): Promise<void> {
  const { rows: found } = await client.query("select 1 from pg_extension where extname = 'pg_trgm'")
  if (!found.length) await createTrigrams(client)
  const { rows } = await client.query(
    `select cardinality(show_trgm('株式会社日本橋')) as count,
            (select datctype from pg_database where datname = current_database()) as ctype`,
  )
  if (Number(rows[0]!.count) === 0)
    throw new Error(
      `with the character type ${String(rows[0]!.ctype)} this database finds no Japanese words. Remedy: create it with\n` +
        "  create database daicho template template0 encoding 'UTF8' locale 'C.UTF-8';",
    )
}

async function createTrigrams(client: Queryable): Promise<void> {
  try {
    await client.query('create extension if not exists pg_trgm')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `the extension pg_trgm could not be made (${reason}). Remedy: let an administrator of the server run, in this database,\n` +
        '  create extension pg_trgm;',
      { cause: error },
    )
  }
}
