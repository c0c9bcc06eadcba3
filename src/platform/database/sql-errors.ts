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

const IN_FAILED_TRANSACTION = '25P02'
const FEATURE_NOT_SUPPORTED = '0A000'
const NO_SUCH_STATEMENT = '26000'
const STATEMENT_EXISTS = '42P05'

/** "cached plan must not change result type": the schema was changed while this session held a plan with `select *`. */
export function schemaMovedUnderPlan(error: unknown): boolean {
  return (
    sqlState(error) === FEATURE_NOT_SUPPORTED &&
    error instanceof Error &&
    'routine' in error &&
    error.routine === 'RevalidateCachedQuery'
  )
}

/** What a pooler does that changes the session between transactions and does not carry prepared statements with it. */
export function preparedStatementsAreLost(error: unknown): boolean {
  const state = sqlState(error)
  return state === NO_SUCH_STATEMENT || state === STATEMENT_EXISTS
}

/** What every statement hears after the one that failed: nothing about the cause. */
export function isAfterFailure(error: unknown): boolean {
  return sqlState(error) === IN_FAILED_TRANSACTION
}

/** Nothing is wrong with the transaction itself: run again, it gets new plans, or none. */
export function isStalePlan(error: unknown): boolean {
  return schemaMovedUnderPlan(error) || preparedStatementsAreLost(error)
}

const CONNECTION_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
])
const CONNECTION_WORDS = /^Connection terminated|connection error and is not queryable|Client was closed/

/**
 * The way to the database was lost, or the server is stopping or starting. Whether a commit under way has happened is not known: only
 * what is done under a key may be done again.
 */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // A server that has ended takes its socket away with it.
  if (code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect'
  return CONNECTION_CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code) || CONNECTION_WORDS.test(error.message)
}
