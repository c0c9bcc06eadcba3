import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { sqlState } from '../../platform/database/sql-errors.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { type LockedBatch, lockBatch, setState, subjectOf } from './batch.ts'
import type { StagedRow } from './kinds/import-kind.ts'
import { kindNamed } from './kinds/index.ts'
import { RunningRehearsal } from './rehearse.ts'
import { applyChunk, readChunkAhead, revertChunk } from './run-chunk.ts'
import type { BatchState } from './tables.ts'

const EVERY_MS = 500
const TRIES = 3
const WORKING: readonly BatchState[] = ['rehearsing', 'approved', 'reverting']

type Given = Pick<Services, 'db' | 'executor' | 'permissions' | 'loadActor' | 'log' | 'keys'>
/** `db` is the connection that holds the batch, `pool` any other. */
type Parts = Given & { pool: Db }

/** Carries out rehearsals and approved imports in the background; returns the function that stops it after the chunk at work. */
export async function startImporting(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = workUntilIdle(services, () => stopping)
      .catch(error => services.log('importing failed', { error }))
      .finally(() => {
        busy = false
      })
  }, EVERY_MS)
  return async () => {
    stopping = true
    clearInterval(timer)
    await running
  }
}

/** Works off everything that waits, batch by batch; `mustStop` is asked before each chunk. */
export async function workUntilIdle(services: Given, mustStop = () => false): Promise<void> {
  const failures = new Map<Id, number>()
  const busyElsewhere = new Set<Id>()
  while (!mustStop()) {
    const batch = await services.db
      .selectFrom('import_batch')
      .select('id')
      .where('state', 'in', WORKING)
      .where('id', 'not in', [...busyElsewhere, '00000000-0000-0000-0000-000000000000'])
      .orderBy('opened_at')
      .limit(1)
      .executeTakeFirst()
    if (!batch) return
    try {
      const mine = await holdingBatch(services.db, batch.id, db =>
        workOn({ ...services, db, pool: services.db }, batch.id, mustStop),
      )
      if (!mine) busyElsewhere.add(batch.id)
    } catch (error) {
      const count = (failures.get(batch.id) ?? 0) + 1
      failures.set(batch.id, count)
      services.log('an import step failed', { batchId: batch.id, count, error })
      if (count >= TRIES) await giveUp(services, batch.id, error)
    }
  }
}

/** One worker at a time works on a batch: a session lock, which dies with its holder. False when somebody else holds it. */
async function holdingBatch(db: Db, batchId: Id, work: (db: Db) => Promise<void>): Promise<boolean> {
  return db.connection().execute(async connection => {
    const lock = sql`hashtextextended(${`imports:${batchId}`}, 0)`
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lock}) as held`.execute(
      connection,
    )
    if (!rows[0]?.held) return false
    try {
      await work(connection)
      return true
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection)
    }
  })
}

async function workOn(services: Parts, batchId: Id, mustStop: () => boolean): Promise<void> {
  const batch = await services.db
    .selectFrom('import_batch')
    .select('state')
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow()
  if (batch.state === 'rehearsing') return rehearseAll(services, batchId, mustStop)
  let ahead: Ahead | null = null
  while (!mustStop()) {
    const done = await runChunk(services, batchId, ahead)
    if (!done) return
    ahead = done.next
  }
}

/** Chunk after chunk; ends at once when the batch is discarded, mapped anew or stopped meanwhile. */
async function rehearseAll(services: Parts, batchId: Id, mustStop: () => boolean): Promise<void> {
  const inStep = <T>(work: (context: CommandContext, batch: LockedBatch) => Promise<T>) =>
    services.db.transaction().execute(async tx => {
      const batch = await lockBatch({ tx }, batchId)
      const context = services.executor.context(
        tx,
        systemActor('import', services.permissions),
        requestId(batch),
      )
      return work(context, batch)
    })
  const begun = await inStep(async ({ tx }, batch) => {
    await tx.deleteFrom('import_row').where('batch_id', '=', batchId).execute()
    await tx
      .updateTable('import_chunk')
      .set({ rehearsed_at: null, carry_sealed: null })
      .where('batch_id', '=', batchId)
      .execute()
    const chunks = await tx
      .selectFrom('import_chunk')
      .select('chunk_no')
      .where('batch_id', '=', batchId)
      .orderBy('chunk_no')
      .execute()
    return { batch, chunkNos: chunks.map(chunk => chunk.chunk_no) }
  })
  const running = new RunningRehearsal(begun.batch)
  const stillWanted = (batch: LockedBatch) =>
    batch.state === 'rehearsing' && batch.row_version === begun.batch.row_version
  for (const chunkNo of begun.chunkNos) {
    if (mustStop()) return
    const went = await inStep(async (context, batch) => {
      if (!stillWanted(batch)) return false
      const chunk = await context.tx
        .selectFrom('import_chunk')
        .select(['chunk_no', 'rows_sealed'])
        .where('batch_id', '=', batchId)
        .where('chunk_no', '=', chunkNo)
        .executeTakeFirstOrThrow()
      await running.rehearse(context, chunk)
      return true
    })
    if (!went) return
  }
  await inStep(async (context, batch) => {
    if (!stillWanted(batch)) return
    await context.tx
      .updateTable('import_batch')
      .set({
        state: 'rehearsed',
        counts: JSON.stringify(running.counts) as never,
        sums: JSON.stringify(running.sums) as never,
        row_version: batch.row_version + 1,
      })
      .where('id', '=', batchId)
      .execute()
    await context.record({
      verb: 'import_rehearsed',
      subjects: [subjectOf(batch)],
      after: { ...running.counts },
    })
  })
}

/** Rows of a chunk which are being read while the one in front of it is written. */
interface Ahead {
  chunkNo: number
  rows: Promise<readonly StagedRow[] | null>
}

/** One chunk, forward in the order of the file, back in the opposite order; null when the batch has come to its end. */
async function runChunk(
  services: Parts,
  batchId: Id,
  ahead: Ahead | null,
): Promise<{ next: Ahead | null } | null> {
  return services.db.transaction().execute(async tx => {
    const batch = await lockBatch({ tx }, batchId)
    if (batch.state !== 'approved' && batch.state !== 'reverting') return null
    const context = await contextFor(services, tx, batch)
    const forward = batch.state === 'approved'
    const waiting = tx.selectFrom('import_chunk').selectAll().where('batch_id', '=', batch.id).limit(1)
    const chunk = await (forward
      ? waiting.where('applied_at', 'is', null).orderBy('chunk_no', 'asc')
      : waiting
          .where('applied_at', 'is not', null)
          .where('reverted_at', 'is', null)
          .orderBy('chunk_no', 'desc')
    ).executeTakeFirst()
    if (!chunk) {
      await finish(context, batch, forward)
      return null
    }
    if (!forward) {
      await revertChunk(context, batch, chunk)
      return { next: null }
    }
    const rows = ahead?.chunkNo === chunk.chunk_no ? await ahead.rows : null
    const next = readingAhead(services, batch, chunk.chunk_no + 1, context.today)
    await applyChunk(context, batch, chunk, rows)
    return { next }
  })
}

/** A reading that fails is no fault yet: the rows are read again in their turn, and fail there. */
function readingAhead(services: Parts, batch: LockedBatch, chunkNo: number, today: IsoDate): Ahead {
  const rows = readChunkAhead({ db: services.pool, keys: services.keys }, batch, chunkNo, today).catch(
    error => {
      services.log('reading an import ahead failed', { batchId: batch.id, chunkNo, error })
      return null
    },
  )
  return { chunkNo, rows }
}

async function finish(context: CommandContext, batch: LockedBatch, forward: boolean): Promise<void> {
  const { tx, now } = context
  const rows = await tx
    .selectFrom('import_row')
    .select(['state', eb => eb.fn.countAll<number>().as('count')])
    .where('batch_id', '=', batch.id)
    .groupBy('state')
    .execute()
  await setState(context, batch.id, forward ? 'applied' : 'reverted')
  if (forward) await reconcileWithBooks(context, batch)
  await tx
    .updateTable('import_batch')
    .set({ ended_at: now.toISOString() })
    .where('id', '=', batch.id)
    .execute()
  await context.record({
    verb: forward ? 'import_applied' : 'import_reverted',
    subjects: [subjectOf(batch)],
    after: Object.fromEntries(rows.map(row => [row.state, Number(row.count)])),
  })
}

/** What the books hold now beside what the file held, column by column. */
async function reconcileWithBooks(context: CommandContext, batch: LockedBatch): Promise<void> {
  const books = await kindNamed(batch.kind).booksYen?.(context, batch)
  if (!books) return
  const sums = (batch.sums ?? []).map(sum => ({ ...sum, booksYen: books[sum.field] ?? null }))
  await context.tx
    .updateTable('import_batch')
    .set({ sums: JSON.stringify(sums) as never })
    .where('id', '=', batch.id)
    .execute()
}

/** The run is its maker's, with the approver beside; a maker who has left cannot be run for. */
async function contextFor(services: Parts, tx: Tx, batch: LockedBatch): Promise<CommandContext> {
  const { requested_by, approved_by, change_request_id } = batch
  if (!requested_by || !approved_by || !change_request_id)
    throw new Error(`${batch.batch_no} runs without an approval`)
  const maker = await services.loadActor(requested_by)
  if (!maker) throw new Error('申請者がすでに利用を終了しているため、続けられません。')
  return services.executor.context(tx, maker, requestId(batch), {
    changeRequestId: change_request_id,
    requestedBy: requested_by,
    approvedBy: approved_by,
  })
}

const requestId = (batch: LockedBatch) => `import-${batch.batch_no}`

async function giveUp(services: Given, batchId: Id, error: unknown): Promise<void> {
  // The database's words quote values of rows, which not everybody who sees the batch may see.
  const state = sqlState(error)
  const failure = state
    ? `データベースの処理に失敗しました（${state}）。`
    : error instanceof Error
      ? error.message
      : String(error)
  await services.db.transaction().execute(async tx => {
    const context = services.executor.context(tx, systemActor('import', services.permissions), 'import')
    await setState(context, batchId, 'failed', failure.slice(0, 500))
    await context.record({
      verb: 'import_failed',
      subjects: [{ kind: 'import', id: batchId }],
      after: { state: 'failed' },
    })
  })
}
