import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { preparedStatementsAreLost, schemaMovedUnderPlan } from './sql-errors.ts'
import type { StatementNames } from './statement-names.ts'

/** Kysely over our pool: the one place all SQL of the program passes. */
export function pooledDialect(pool: pg.Pool, names: StatementNames): Dialect {
  return {
    createDriver: () => new PooledDriver(pool, names),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: db => new PostgresIntrospector(db),
  }
}

class PooledDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #names: StatementNames
  readonly #sessions = new WeakMap<pg.PoolClient, Session>()

  constructor(pool: pg.Pool, names: StatementNames) {
    this.#pool = pool
    this.#names = names
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Session> {
    const client = await this.#pool.connect()
    const known = this.#sessions.get(client)
    if (known) return known
    const session = new Session(client, this.#names)
    this.#sessions.set(client, session)
    return session
  }

  async beginTransaction(session: Session, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    await session.begin(`begin${level}${settings.accessMode ? ` ${settings.accessMode}` : ''}`)
  }

  async commitTransaction(session: Session): Promise<void> {
    // PostgreSQL answers COMMIT with ROLLBACK when a statement before has failed.
    if ((await session.end('commit')) === 'ROLLBACK') throw new AbortedTransactionError()
  }

  async rollbackTransaction(session: Session): Promise<void> {
    await session.end('rollback')
  }

  async releaseConnection(session: Session): Promise<void> {
    session.release()
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

const KEPT = '/* keeps its plan */'

/** At the end of a statement outside a transaction which comes with every request and looks up by key, whatever the key. */
export const keepsPlan = sql.raw(KEPT)

/** One session of the pool, while somebody holds it. */
export class Session implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  readonly #generation: number
  #inTransaction = false
  #firstError: unknown = null
  #broken = false

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
    this.#generation = names.generation
  }

  /** Whether statements are prepared in this session, so that their plans are worth keeping. */
  get keepsPlans(): boolean {
    return this.#names.areUsed
  }

  /** Statements may be sent before it has been answered: they run after it, and fail when it has failed. */
  async begin(text: string): Promise<void> {
    this.#inTransaction = true
    this.#firstError = null
    await this.#client.query(text)
  }

  /** What the transaction failed of, when it did; every later statement only hears that it has failed. */
  get firstError(): unknown {
    return this.#firstError
  }

  async end(text: 'commit' | 'rollback'): Promise<string> {
    this.#inTransaction = false
    try {
      return (await this.#client.query(text)).command
    } catch (error) {
      // Whether the transaction is still open is not known: nobody may get this session again.
      this.#broken = true
      throw error
    }
  }

  /**
   * Statements of a transaction are prepared: they are short and come again and again; so are those marked with `keepsPlan`. Others
   * are planned for the values they are asked with, since a list by a frequent word wants another plan than one by a rare word.
   */
  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const text = compiled.sql
    const values = compiled.parameters as unknown[]
    const isKept = this.#inTransaction || text.endsWith(KEPT)
    const name = isKept && values.length > 0 ? this.#names.nameOf(text) : null
    try {
      return resultOf(
        await (name === null ? this.#client.query(text, values) : this.#client.query({ name, text, values })),
      )
    } catch (error) {
      this.#firstError ??= error
      const moved = schemaMovedUnderPlan(error)
      const lost = !moved && preparedStatementsAreLost(error)
      if (moved) this.#names.startAnew()
      if (lost) this.#sayLost()
      // A transaction has failed with it; a statement of its own has not been run and is sent once more, now without a name.
      if (name !== null && (moved || lost) && !this.#inTransaction) return this.executeQuery(compiled)
      throw error
    }
  }

  /** Once: sessions that held names at that moment hear of it by their own error. */
  #sayLost(): void {
    if (!this.#names.areUsed) return
    this.#names.switchOff()
    process.stderr.write(
      'the database session lost its prepared statements, as behind a pooler in transaction mode; from now on none are used. ' +
        'Remedy: set DAICHO_PREPARED_STATEMENTS=off, or let the pooler carry prepared statements.\n',
    )
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; nothing of ours reads by cursor.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('reading by cursor is not part of this driver; page by key instead')
  }

  /** Back to the pool; ended instead when its state is unknown or its plans are of no more use. */
  release(): void {
    this.#client.release(this.#broken || this.#generation !== this.#names.generation)
  }
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  const counts = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
  return { rows, ...(counts ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
}
