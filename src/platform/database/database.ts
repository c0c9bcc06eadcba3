import { Kysely, type KyselyProps, type Transaction } from 'kysely'
import pg from 'pg'
import { GatheringSocket } from './gathering-socket.ts'
import { pooledDialect } from './pooled-driver.ts'
import { StatementNames } from './statement-names.ts'

/**
 * Every table, by name. Empty here on purpose: each slice adds its own tables by declaration merging in its `tables.ts`,
 * so that the platform knows no business word.
 */
// biome-ignore lint/suspicious/noEmptyInterface: slices merge their tables into it.
export interface Tables {}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082
const TIMESTAMP_WITH_ZONE = 1184

// Yen and counts are bigint within ±9 × 10¹⁵; dates stay text, since a local date is not an instant.
pg.types.setTypeParser(INT8, text => Number(text))
pg.types.setTypeParser(NUMERIC, text => text)
pg.types.setTypeParser(DATE, text => text)
pg.types.setTypeParser(TIMESTAMP_WITH_ZONE, text => new Date(text).toISOString())

export interface PoolOptions {
  url: string
  max?: number
  /** Shown in pg_stat_activity, so that an operator knows whose session it is. */
  name: string
}

/** Sessions which stay open when nobody asks, and are made ready at a start. */
export const KEPT_SESSIONS = 6

export function openPool({ url, max = 16, name }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    // As many stay open through a quiet hour, knowing the tables and the statements.
    min: Math.min(max, KEPT_SESSIONS),
    application_name: name,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 60_000,
    // Plans are made from the statistics of their day, and a session keeps what it has prepared: both end with the session.
    maxLifetimeSeconds: 900,
    pipeline: true,
    stream: () => new GatheringSocket(),
  })
  // A connection cut by the server is replaced by the pool; without listeners it would end the process. One that is held says so to
  // the pool's listener no more: whoever holds it learns it from the statement under way, or from the next.
  pool.on('error', error => process.stderr.write(`database connection lost: ${error.message}\n`))
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

export interface DatabaseOptions {
  /** False behind a pooler that changes the session between transactions and does not carry prepared statements with it. */
  prepared?: boolean
}

export function openDatabase(pool: pg.Pool, { prepared = true }: DatabaseOptions = {}): Db {
  const dialect = pooledDialect(pool, new StatementNames(prepared))
  const db = new Kysely<Tables>({ dialect })
  insides.set(db, { config: { dialect }, dialect, driver: dialect.createDriver() })
  return db
}

const insides = new WeakMap<Db, Omit<KyselyProps, 'executor'>>()

/** What a transaction of this database is made of besides its session. */
export function insidesOf(db: Db): Omit<KyselyProps, 'executor'> {
  const known = insides.get(db)
  if (!known) throw new Error('this database was not opened by openDatabase')
  return known
}
