import { sql } from 'kysely'
import type { CommandContext, CommandEvent } from '../../../platform/commands/command.ts'
import { Refusal } from '../../../platform/commands/refusal.ts'
import { violatedConstraint } from '../../../platform/database/sql-errors.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { type LockedBatch, placeOf, subjectOf } from '../batch.ts'
import type { StagedRow } from './import-kind.ts'

/** Why rows were refused; empty for those that were not. */
export type Reasons = readonly { code: string; field?: string | undefined; message?: string | undefined }[]

/** What came of one row: what it gave, or why it gave nothing. */
export interface Attempt<T> {
  value: T | null
  reasons: Reasons
}

/** Names in an event the batch, the line it came from and the reason, whatever the slice says of it. */
export type Mark = (event: CommandEvent) => CommandEvent

/** The mark of a row that is entered, or of one that is taken back (null). */
export function markOf(batch: LockedBatch, row: StagedRow | null): Mark {
  const place: { [fact: string]: Json } = row
    ? placeOf(batch, row)
    : { summary: `取込 ${batch.batch_no} の取消`, batchNo: batch.batch_no }
  return event => ({
    ...event,
    subjects: [...event.subjects, subjectOf(batch)],
    facts: { ...place, ...(event.facts as { [fact: string]: Json } | undefined) },
    reason: event.reason ?? `取込 ${batch.batch_no}${row ? '' : ' の取消'}`,
  })
}

/** The context in which every event bears the mark. */
export function withMark(context: CommandContext, mark: Mark): CommandContext {
  return { ...context, record: (...events) => context.record(...events.map(mark)) }
}

/** Runs one row inside a savepoint; an expected no undoes only this and is answered, anything else is thrown. */
export async function attemptRow<T>({ tx }: CommandContext, work: () => Promise<T>): Promise<Attempt<T>> {
  await sql`savepoint import_row`.execute(tx)
  try {
    const value = await work()
    await sql`release savepoint import_row`.execute(tx)
    return { value, reasons: [] }
  } catch (error) {
    const reasons = reasonsOf(error)
    if (!reasons) throw error
    await sql`rollback to savepoint import_row`.execute(tx)
    return { value: null, reasons }
  }
}

/**
 * Runs many rows inside one savepoint, each with its own answer. When they cannot be run together after all (another transaction has
 * written meanwhile what one of them writes), nothing of them stays and null says that each must run by itself.
 */
export async function attemptTogether<T>(
  { tx }: CommandContext,
  work: () => Promise<readonly (T | Refusal)[]>,
): Promise<Attempt<T>[] | null> {
  const { value } = await attemptRow({ tx } as CommandContext, work)
  return (
    value?.map(answer =>
      answer instanceof Refusal ? { value: null, reasons: answer.reasons } : { value: answer, reasons: [] },
    ) ?? null
  )
}

function reasonsOf(error: unknown): Reasons | null {
  if (error instanceof Refusal) return error.reasons
  const constraint = violatedConstraint(error)
  return constraint === null
    ? null
    : [{ code: constraint, message: '同じ内容がすでに登録されているか、ほかの記録と矛盾します。' }]
}
