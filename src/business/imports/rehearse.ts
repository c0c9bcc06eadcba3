import type { CommandContext } from '../../platform/commands/command.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import type { LockedBatch } from './batch.ts'
import type { Cleaner } from './cleaning.ts'
import { unitIn } from './files/units.ts'
import type { PlannedRow, Rehearsal, StagedRow } from './kinds/import-kind.ts'
import { kindNamed } from './kinds/index.ts'
import { yenUnder } from './kinds/read-cells.ts'
import { cleanerOf, mappedFields, stagedChunk } from './staging.ts'
import type { Counts, YenSum } from './tables.ts'

/**
 * A whole rehearsal, held by one worker: what is known of earlier rows stays in its memory between the chunks, each of which is
 * written in a transaction of its own. After a crash it begins anew; nothing in the register has changed.
 */
export class RunningRehearsal {
  readonly counts: Counts = { new: 0, update: 0, merged: 0, refused: 0, skipped: 0, problems: 0, renamed: 0 }
  readonly #batch: LockedBatch
  readonly #rehearsal: Rehearsal
  readonly #cleaner: Cleaner
  readonly #sums: { column: number; sum: YenSum }[]

  constructor(batch: LockedBatch) {
    this.#batch = batch
    this.#rehearsal = kindNamed(batch.kind).rehearse(batch)
    this.#cleaner = cleanerOf(batch)
    this.#sums = mappedFields(batch).flatMap((field, column) =>
      field?.type === 'yen'
        ? [
            {
              column,
              sum: {
                field: field.name,
                label: labelOf(field.label, batch.header[column] ?? ''),
                fileYen: 0,
                takenYen: 0,
                refusedYen: 0,
                unreadable: 0,
                booksYen: null,
              },
            },
          ]
        : [],
    )
  }

  get sums(): YenSum[] {
    return this.#sums.map(({ sum }) => sum)
  }

  /** Reads and decides one chunk and keeps the outcome of each row. */
  async rehearse(context: CommandContext, chunk: { chunk_no: number; rows_sealed: string }): Promise<void> {
    const { tx, now, keys } = context
    const carried = this.#cleaner.above
    const staged = await stagedChunk(context, chunk, this.#cleaner)
    const planned = staged.rows.length > 0 ? await this.#rehearsal.plan(context, staged.rows) : []
    for (const [at, plan] of planned.entries()) this.#count(plan, staged.rows[at]!)
    this.counts.skipped += staged.leftOut.length
    await insertMany(tx, 'import_row', [
      ...planned.map(plan => storedRow(this.#batch.id, plan)),
      ...staged.leftOut.map(({ row, sentence }) => storedRow(this.#batch.id, leftOut(row, sentence))),
    ])
    const needsCarry = this.#batch.options.cleaning.includes('ditto') && chunk.chunk_no > 0
    await tx
      .updateTable('import_chunk')
      .set({
        rehearsed_at: now.toISOString(),
        carry_sealed: needsCarry ? await keys.seal(tx, this.#batch.id, JSON.stringify(carried)) : null,
      })
      .where('batch_id', '=', this.#batch.id)
      .where('chunk_no', '=', chunk.chunk_no)
      .execute()
  }

  #count(plan: PlannedRow, row: StagedRow): void {
    this.counts[plan.outcome]++
    if (plan.problems.length > 0) this.counts.problems++
    if (plan.problems.some(problem => problem.code === 'legal_name_will_change')) this.counts.renamed++
    for (const { column, sum } of this.#sums) {
      const typed = row.cells[column] ?? ''
      if (typed === '') continue
      const yen = yenUnder(this.#batch.header[column] ?? '', typed)
      if (yen === null) {
        sum.unreadable++
        continue
      }
      sum.fileYen += yen
      const left = plan.problems.some(one => one.column === column + 1 && one.weight === 'warning')
      if (left || plan.outcome === 'refused') sum.refusedYen += yen
      else sum.takenYen += yen
    }
  }
}

/** Sums are always yen; a column in another unit says so. */
function labelOf(label: string, heading: string): string {
  const unit = unitIn(heading)
  return unit === null ? label : `${label}（${unit}の列を円に換算）`
}

function leftOut({ rowNo, line, cells }: StagedRow, sentence: string): PlannedRow {
  return {
    rowNo,
    line,
    name: cells.find(cell => cell !== '')?.slice(0, 50) ?? '',
    outcome: 'skipped',
    recordId: null,
    partyId: null,
    refs: {},
    mergedIntoRow: null,
    problems: [
      {
        code: 'row_is_no_record',
        column: null,
        heading: null,
        message: `整形の設定「${sentence}」により対象外としました。`,
        weight: 'note',
      },
    ],
  }
}

function storedRow(batchId: string, plan: PlannedRow) {
  return {
    batch_id: batchId,
    row_no: plan.rowNo,
    line: plan.line,
    name: plan.name,
    outcome: plan.outcome,
    record_id: plan.recordId,
    party_id: plan.partyId,
    refs: plan.refs,
    merged_into_row: plan.mergedIntoRow,
    problems: plan.problems.map(problem => ({ ...problem })),
    state: 'planned',
  }
}
