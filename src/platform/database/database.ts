import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

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

export function openPool({ url, max = 16, name }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 60_000,
  })
  // An idle connection cut by the server is replaced by the pool; without a listener it would end the process.
  pool.on('error', error => process.stderr.write(`database connection lost: ${error.message}\n`))
  return pool
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** PostgreSQL's SQLSTATE of an error, or null when it is not one of the database's. */
export function sqlState(error: unknown): string | null {
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  )
    return error.code
  return null
}

/** The constraint a database error names, or null. */
export function violatedConstraint(error: unknown): string | null {
  if (error instanceof Error && 'constraint' in error && typeof error.constraint === 'string')
    return error.constraint
  return null
}
