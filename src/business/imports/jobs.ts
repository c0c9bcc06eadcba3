import type { CommandContext } from '../../platform/commands/command.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { applyChunk } from './apply-chunk.ts'
import { type LockedBatch, setState } from './commands.ts'
import { rehearseRows } from './rehearsal.ts'
import { revertChunk } from './revert-chunk.ts'

const EVERY_MS = 500
const TRIES = 3

type Parts = Pick<Services, 'db' | 'executor' | 'permissions' | 'loadActor' | 'log'>

/** Carries out rehearsals and approved imports in the background; returns the function that stops it after the step at work. */
export async function startImporting(services: Services): Promise<() => Promise<void>> {
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = workUntilIdle(services, () => stopping)
      .catch(error => services.log('importing failed', { error: String(error) }))
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

/** Works off everything that waits. */
export async function workUntilIdle(services: Parts, mustStop = () => false): Promise<void> {
  const failures = new Map<string, number>()
  while (!mustStop()) {
    const step = await takeStep(services)
    if (step.kind === 'idle') return
    if (step.kind === 'done') continue
    const count = (failures.get(step.batchId) ?? 0) + 1
    failures.set(step.batchId, count)
    services.log('an import step failed', { batchId: step.batchId, count, error: String(step.error) })
    if (count >= TRIES) await giveUp(services, step.batchId, step.error)
  }
}

type Step = { kind: 'idle' } | { kind: 'done' } | { kind: 'failed'; batchId: string; error: unknown }

/**
 * One step of one batch in one transaction: a rehearsal, or a chunk of 500 rows. The batch's row is locked for it, so that of
 * several processes one works on a batch, and after a crash the next goes on with the chunk that is not marked yet.
 */
async function takeStep(services: Parts): Promise<Step> {
  let batchId = ''
  try {
    return await services.db.transaction().execute(async tx => {
      const batch = await tx
        .selectFrom('import_batch')
        .selectAll()
        .where('state', 'in', ['rehearsing', 'approved', 'reverting'])
        .orderBy('opened_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!batch) return { kind: 'idle' }
      batchId = batch.id
      if (batch.state === 'rehearsing') await rehearseStep(services, tx, batch)
      else await chunkStep(services, tx, batch)
      return { kind: 'done' }
    })
  } catch (error) {
    if (!batchId) throw error
    return { kind: 'failed', batchId, error }
  }
}

async function rehearseStep(services: Parts, tx: Tx, batch: LockedBatch): Promise<void> {
  const context = services.executor.context(tx, systemActor('import', services.permissions), requestId(batch))
  const counts = await rehearseRows(context, batch)
  await tx
    .updateTable('import_batch')
    .set({
      state: 'rehearsed',
      counts: JSON.stringify(counts) as never,
      row_version: batch.row_version + 1,
    })
    .where('id', '=', batch.id)
    .execute()
  await context.record({
    verb: 'import_rehearsed',
    subjects: [{ kind: 'import', id: batch.id }],
    after: { ...counts },
  })
}

/** Forward in the order of the file, back in the opposite order. */
async function chunkStep(services: Parts, tx: Tx, batch: LockedBatch): Promise<void> {
  const context = await contextFor(services, tx, batch)
  const forward = batch.state === 'approved'
  const chunk = await tx
    .selectFrom('import_chunk')
    .selectAll()
    .where('batch_id', '=', batch.id)
    .where(forward ? 'applied_at' : 'reverted_at', 'is', null)
    .orderBy('chunk_no', forward ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!chunk) return finish(context, batch, forward)
  await (forward ? applyChunk(context, batch, chunk) : revertChunk(context, batch, chunk))
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
  await tx
    .updateTable('import_batch')
    .set({ ended_at: now.toISOString() })
    .where('id', '=', batch.id)
    .execute()
  await context.record({
    verb: forward ? 'import_applied' : 'import_reverted',
    subjects: [{ kind: 'import', id: batch.id }],
    after: Object.fromEntries(rows.map(row => [row.state, Number(row.count)])),
  })
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

async function giveUp(services: Parts, batchId: string, error: unknown): Promise<void> {
  const failure = error instanceof Error ? error.message : String(error)
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
