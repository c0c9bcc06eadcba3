import { AbortedTransactionError, type DatabaseConnection, Transaction } from 'kysely'
import { type Db, insidesOf, type Tables, type Tx } from './database.ts'
import type { Session } from './pooled-driver.ts'
import { isAfterFailure, isStalePlan } from './sql-errors.ts'

/** What the work of a transaction gives back. */
export interface Worked<T> {
  result: T
  /** Statements on their way which the work does not wait for: they travel with the commit, and it fails when one of them fails. */
  last?: Promise<unknown>
}

/**
 * Commands look records up by key, whatever the key: one plan serves all. Left to choose, PostgreSQL plans statements that take a
 * list anew each time, because a list of unknown length looks dear.
 */
const BEGIN_WITH_KEPT_PLANS = 'begin; set local plan_cache_mode = force_generic_plan'

/**
 * Runs work in a transaction whose statements may be under way at the same time: those started together, with `Promise.all`, share
 * one round trip (docs/decisions/0011). They run one after the other, in the order in which they were started; when one fails, so
 * does the transaction, with the error of the first.
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<Worked<T>>): Promise<T> {
  const executor = db.getExecutor()
  return executor.provideConnection(async connection => {
    const session = connection as Session
    const line = new Line(session)
    // The first statement travels with it.
    const begun = session.begin(session.keepsPlans ? BEGIN_WITH_KEPT_PLANS : 'begin')
    const tx = new Transaction<Tables>({
      ...insidesOf(db),
      executor: executor.withConnectionProvider(line),
    })
    try {
      const [{ result, last }] = await Promise.all([work(tx), begun])
      await commit(session, line, last)
      return result
    } catch (error) {
      if (line.isOpen) await rollBack(session, line)
      throw isAfterFailure(error) ? (session.firstError ?? error) : error
    }
  })
}

/**
 * Reads of which several travel in one round trip, of one state of the book, and whose plans are kept: none of them may want another plan
 * for other values. Once more from the beginning when the plans are of no use any more.
 */
export async function readTogether<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const once = () => transact(db, async tx => ({ result: await work(tx) }))
  try {
    return await once()
  } catch (error) {
    if (isStalePlan(error)) return once()
    throw error
  }
}

async function commit(session: Session, line: Line, last: Promise<unknown> | undefined): Promise<void> {
  line.close()
  const [sent, ended] = await Promise.allSettled([last, session.end('commit')])
  if (sent.status === 'rejected') throw sent.reason
  if (ended.status === 'rejected') throw ended.reason
  // PostgreSQL answers COMMIT with ROLLBACK when a statement before has failed.
  if (ended.value === 'ROLLBACK') throw session.firstError ?? new AbortedTransactionError()
}

/** The error that led here matters more than one of the rollback: a session that could not end is not used again. */
async function rollBack(session: Session, line: Line): Promise<void> {
  line.close()
  await Promise.allSettled([session.end('rollback')])
}

/** The one session of a transaction, for as long as it is open: work that outlives it must not reach the session's next user. */
class Line {
  readonly #session: Session
  #open = true

  constructor(session: Session) {
    this.#session = session
  }

  get isOpen(): boolean {
    return this.#open
  }

  close(): void {
    this.#open = false
  }

  async provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    if (!this.#open) throw new Error('the transaction has ended: wait for every statement inside its work')
    return consumer(this.#session)
  }
}
