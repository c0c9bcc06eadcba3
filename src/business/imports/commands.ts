import { sql } from 'kysely'
import type { z } from 'zod'
import { permit } from '../../platform/commands/actor.ts'
import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { CHUNK_ROWS, defaultOptions, type LockedBatch, lockBatch, setState } from './batch.ts'
import { recommendedCleaning } from './cleaning.ts'
import {
  applyBatch,
  discardBatch,
  openBatch,
  rehearseBatch,
  resumeBatch,
  revertBatch,
  stopBatch,
} from './contract.ts'
import { controlResults, yenText } from './control.ts'
import { criticalItems } from './critical-items.ts'
import { type FileRow, refuseFile } from './files/file-table.ts'
import { openImportFile } from './files/read-file.ts'
import { type FileTable, openTable } from './files/read-table.ts'
import { kindNamed } from './kinds/index.ts'
import { ownOfKinds } from './kinds/own-columns.ts'
import { kindLabels, outcomeLabels } from './labels.ts'
import { guessKind, guessMapping, headingsInUnit, isKnownHeading, mappingReasons } from './mapping.ts'
import { type BatchOptions, type BatchState, outcomes } from './tables.ts'

/** Reads and stages a table of a file. A file that cannot be read is refused as a whole; nothing of it is kept. */
export const open = defineCommand(openBatch, {
  async run(context, input) {
    const { tx, actor, now, keys } = context
    const fileName = input.fileName.replace(/^.*[\\/]/, '')
    const bytes = Buffer.from(input.contentBase64, 'base64')
    const file = await openImportFile(fileName, bytes)
    const template = await templateOf(context, input.templateId)
    const chosen = input.kind ?? template?.kind ?? null
    const own = await ownOfKinds(tx)
    const table = await openTable(file, {
      sheet: input.sheet ?? null,
      headingLine: input.headingLine ?? template?.heading_line ?? null,
      isKnown: heading => isKnownHeading(heading, chosen, own),
    })
    const kind = chosen ?? guessKind(table.header, own)
    const header = headingsInUnit(table.header, table.unit, own)
    const fileHash = keys.keyedHash('import-file', `${input.contentBase64}#${table.sheet ?? ''}#${kind}`)
    await refuseAgain(context, fileName, fileHash)
    const id = newId()
    const row = await tx
      .insertInto('import_batch')
      .values({
        id,
        kind,
        file_name: fileName,
        file_hash: fileHash,
        size_bytes: bytes.length,
        file_kind: file.kind,
        encoding: file.encoding,
        sheet: table.sheet,
        heading_line: table.headingLine,
        header: JSON.stringify(header) as never,
        mapping: JSON.stringify(guessMapping(kind, header, template?.mapping, own[kind])) as never,
        options: JSON.stringify({
          ...defaultOptions,
          cleaning: recommendedCleaning,
          ...template?.options,
        }) as never,
        row_count: 0,
        state: 'opened',
        counts: null,
        sums: null,
        failure: null,
        opened_by: actor.id,
        opened_at: now.toISOString(),
        requested_by: null,
        approved_by: null,
        change_request_id: null,
        started_at: null,
        ended_at: null,
      })
      .returning('batch_no')
      .executeTakeFirstOrThrow()
    const rowCount = await stage(context, id, table)
    await tx.updateTable('import_batch').set({ row_count: rowCount }).where('id', '=', id).execute()
    await context.record({
      verb: 'import_opened',
      subjects: [{ kind: 'import', id }],
      after: { batchNo: row.batch_no, kind, fileName, sheet: table.sheet, rows: rowCount, fileHash },
      facts: { summary: `${row.batch_no}　${fileName}　${rowCount.toLocaleString('ja-JP')}行` },
    })
    return { id, batchNo: row.batch_no, rowCount }
  },
})

async function refuseAgain({ tx }: CommandContext, fileName: string, fileHash: string): Promise<void> {
  const earlier = await tx
    .selectFrom('import_batch')
    .select('batch_no')
    .where('file_hash', '=', fileHash)
    .where('state', 'in', ['approved', 'applied', 'reverting', 'stopped', 'failed'])
    .executeTakeFirst()
  if (earlier)
    refuseFile(
      'file_must_not_be_imported_already',
      fileName,
      {},
      `このファイルは ${earlier.batch_no} ですでに取り込まれています。`,
    )
}

/** Keeps the rows encrypted under the batch's own key, a chunk at a time, while the file is still being read. */
async function stage({ tx, keys }: CommandContext, batchId: Id, table: FileTable): Promise<number> {
  let waiting: FileRow[] = []
  let count = 0
  let chunkNo = 0
  const keep = async (rows: FileRow[]) => {
    const sealed = await keys.seal(tx, batchId, JSON.stringify(rows))
    await insertMany(tx, 'import_chunk', [
      { batch_id: batchId, chunk_no: chunkNo++, row_count: rows.length, rows_sealed: sealed },
    ])
    count += rows.length
  }
  for await (const rows of table.rows()) {
    waiting.push(...rows)
    while (waiting.length >= CHUNK_ROWS) {
      await keep(waiting.slice(0, CHUNK_ROWS))
      waiting = waiting.slice(CHUNK_ROWS)
    }
  }
  if (waiting.length > 0) await keep(waiting)
  return count
}

/** Decides the mapping and lets the rehearsal begin; may be repeated until the batch is approved. */
export const rehearse = defineCommand(rehearseBatch, {
  async run(context, input) {
    const { tx, now } = context
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(['opened', 'rehearsing', 'rehearsed'].includes(batch.state), 'batch_must_be_in_preparation')
    const kind = kindNamed(input.kind ?? batch.kind)
    if (kind.permission) permit(context.actor, kind.permission)
    refuseAll(
      [
        ...mappingReasons(kind.name, input.mapping, batch.header, batch.own),
        ...(kind.needs?.({ mapping: input.mapping, options: input.options }) ?? []),
        ...((input.options.cutOverOn ?? '') > context.today
          ? [{ code: 'cut_over_day_must_not_be_ahead', field: 'options.cutOverOn' }]
          : []),
      ],
      'invalid',
    )
    await saveTemplate(context, { ...batch, kind: kind.name }, input)
    await tx
      .updateTable('import_batch')
      .set({
        kind: kind.name,
        mapping: JSON.stringify(input.mapping) as never,
        options: JSON.stringify(input.options) as never,
        state: 'rehearsing',
        counts: null,
        sums: null,
        started_at: now.toISOString(),
        row_version: batch.row_version + 1,
      })
      .where('id', '=', batch.id)
      .execute()
    await context.record({
      verb: 'import_mapped',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { kind: batch.kind, mapping: batch.mapping, options: optionsAsJson(batch.options) },
      after: { kind: kind.name, mapping: input.mapping, options: optionsAsJson(input.options) },
    })
    return { id: batch.id }
  },
})

const optionsAsJson = (options: BatchOptions): Json => ({ ...options, control: { ...options.control } })

/** The whole batch is one change, decided by two people on what the rehearsal found. */
export const apply = defineCommand(applyBatch, {
  async critical(context, input): Promise<CriticalChange> {
    const batch = await lockBatch(context, input.batchId)
    const { permission } = kindNamed(batch.kind)
    if (permission) permit(context.actor, permission)
    refuseUnless(batch.state === 'rehearsed' && batch.counts !== null, 'batch_must_be_rehearsed')
    const { counts } = batch
    refuseUnless(counts.new + counts.update + counts.merged > 0, 'batch_must_hold_rows_to_take')
    const count = (number: number) => `${number.toLocaleString('ja-JP')}行`
    return {
      subject: { kind: 'import', id: batch.id },
      summary: `取込　${batch.batch_no}　${batch.file_name}（${outcomes.map(outcome => `${outcomeLabels[outcome]} ${count(counts[outcome])}`).join('・')}）`,
      readSet: [{ table: 'import_batch', id: batch.id, version: batch.row_version }],
      items: [
        { field: 'kind', label: '取込の種類', old: null, new: kindLabels[batch.kind] },
        ...outcomes.map(outcome => ({
          field: outcome,
          label: outcomeLabels[outcome],
          old: null,
          new: count(counts[outcome]),
        })),
        { field: 'renamed', label: '商号が変わる記録', old: null, new: count(counts.renamed) },
        { field: 'problems', label: '問題・確認事項のある行', old: null, new: count(counts.problems) },
        ...(await criticalItems(context, batch.id)),
        ...(batch.sums ?? []).map(sum => ({
          field: `sum.${sum.field}`,
          label: `${sum.label}の合計`,
          old: null,
          new: `${yenText(sum.takenYen)}（ファイル ${yenText(sum.fileYen)}）`,
        })),
        ...controlResults(batch).map(({ field, label, sentence }) => ({
          field,
          label,
          old: null,
          new: sentence,
        })),
      ],
      evidenceRequired: false,
      approve: approverOf(batch),
    }
  },
  run: (context, input) =>
    start(context, input.batchId, ['rehearsed'], 'approved', 'import_approved', input.change.reasonText),
})

/** Who decides about a batch: the kind's own approver, or whom its columns ask for. */
function approverOf(batch: LockedBatch): string {
  const kind = kindNamed(batch.kind)
  return kind.approveOf?.(batch) ?? kind.approve ?? 'imports.approve'
}

export const revert = defineCommand(revertBatch, {
  async critical(context, input): Promise<CriticalChange> {
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(
      ['applied', 'stopped', 'failed'].includes(batch.state) && batch.approved_by !== null,
      'batch_must_be_applied',
    )
    await refuseDisposedOf(context, batch.id)
    return {
      subject: { kind: 'import', id: batch.id },
      summary: `取込の取消　${batch.batch_no}　${batch.file_name}`,
      readSet: [{ table: 'import_batch', id: batch.id, version: batch.row_version }],
      items: outcomes
        .filter(outcome => outcome !== 'refused' && outcome !== 'skipped')
        .map(outcome => ({
          field: outcome,
          label: outcomeLabels[outcome],
          old: `${(batch.counts?.[outcome] ?? 0).toLocaleString('ja-JP')}行`,
          new: '取込前に戻す',
        })),
      evidenceRequired: false,
      approve: approverOf(batch),
    }
  },
  run: (context, input) =>
    start(
      context,
      input.batchId,
      ['applied', 'stopped', 'failed'],
      'reverting',
      'import_revert_approved',
      input.change.reasonText,
    ),
})

export const discard = defineCommand(discardBatch, {
  async run(context, input) {
    const { tx } = context
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(['opened', 'rehearsing', 'rehearsed'].includes(batch.state), 'batch_must_be_in_preparation')
    await tx.deleteFrom('import_row').where('batch_id', '=', batch.id).execute()
    await tx.deleteFrom('import_chunk').where('batch_id', '=', batch.id).execute()
    await setState(context, batch.id, 'discarded')
    await context.record({
      verb: 'import_discarded',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { state: batch.state },
    })
    return { id: batch.id }
  },
})

export const resume = defineCommand(resumeBatch, {
  async run(context, input) {
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(batch.state === 'failed' || batch.state === 'stopped', 'batch_must_have_stopped')
    await refuseDisposedOf(context, batch.id)
    const before = await stateBefore(context, batch)
    await setState(context, batch.id, before, null)
    await context.record({
      verb: 'import_resumed',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { state: batch.state, failure: batch.failure },
    })
    return { id: batch.id }
  },
})

/** Ends the work on a batch after the chunk that is running; a rehearsal goes back to the mapping, a run can be resumed or reverted. */
export const stop = defineCommand(stopBatch, {
  async run(context, input) {
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(['rehearsing', 'approved', 'reverting'].includes(batch.state), 'batch_must_be_running')
    await setState(context, batch.id, batch.state === 'rehearsing' ? 'opened' : 'stopped')
    await context.record({
      verb: 'import_stopped',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { state: batch.state },
    })
    return { id: batch.id }
  },
})

export const commands = [open, rehearse, apply, revert, discard, stop, resume]

/** A batch that was being taken back goes on being taken back, however little of it was. */
async function stateBefore({ tx }: CommandContext, batch: LockedBatch): Promise<BatchState> {
  if (batch.approved_by === null) return 'rehearsing'
  const request = await tx
    .selectFrom('change_request')
    .select('command')
    .where('id', '=', batch.change_request_id)
    .executeTakeFirst()
  return request?.command === revertBatch.name ? 'reverting' : 'approved'
}

/** What was staged goes with the first record of it that is disposed of: there is nothing to run or to undo any more. */
async function refuseDisposedOf({ tx }: CommandContext, batchId: Id): Promise<void> {
  const key = await tx
    .selectFrom('subject_key')
    .select('destroyed_at')
    .where('subject_id', '=', batchId)
    .executeTakeFirst()
  refuseUnless(!key?.destroyed_at, 'batch_must_not_be_disposed_of')
}

async function start(
  context: CommandContext,
  batchId: Id,
  from: readonly BatchState[],
  to: BatchState,
  verb: string,
  reason: string,
): Promise<{ id: Id }> {
  const { approval, now } = context
  if (!approval) throw new Error('an import runs only when a second person has approved it')
  const batch = await lockBatch(context, batchId)
  refuseUnless(
    from.includes(batch.state),
    to === 'reverting' ? 'batch_must_be_applied' : 'batch_must_be_rehearsed',
  )
  await refuseDisposedOf(context, batch.id)
  await context.tx
    .updateTable('import_batch')
    .set({
      state: to,
      requested_by: approval.requestedBy,
      approved_by: approval.approvedBy,
      change_request_id: approval.changeRequestId,
      started_at: now.toISOString(),
      ended_at: null,
      row_version: batch.row_version + 1,
    })
    .where('id', '=', batch.id)
    .execute()
  await context.record({
    verb,
    subjects: [{ kind: 'import', id: batch.id }],
    after: { counts: batch.counts && { ...batch.counts } },
    reason,
  })
  return { id: batch.id }
}

async function templateOf({ tx }: CommandContext, id: Id | null | undefined) {
  if (!id) return null
  const row = await tx.selectFrom('import_template').selectAll().where('id', '=', id).executeTakeFirst()
  return found(row, 'import_template')
}

async function saveTemplate(
  context: CommandContext,
  batch: LockedBatch,
  { saveAs, mapping, options }: Pick<z.output<typeof rehearseBatch.input>, 'saveAs' | 'mapping' | 'options'>,
): Promise<void> {
  if (!saveAs) return
  const { tx, actor, now } = context
  const pairs = batch.header.flatMap((heading, at) => (mapping[at] ? [[heading, mapping[at]] as const] : []))
  // What belongs to one file only is not part of the template.
  const { control: _, cutOverOn: __, ...lasting } = options
  const kept = {
    kind: batch.kind,
    mapping: JSON.stringify(Object.fromEntries(pairs)) as never,
    heading_line: batch.heading_line,
    options: JSON.stringify(lasting) as never,
    saved_by: actor.id,
    saved_at: now.toISOString(),
  }
  const row = await tx
    .insertInto('import_template')
    .values({ id: newId(), name: saveAs, ...kept })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({ ...kept, row_version: sql`import_template.row_version + 1` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'import_template_saved',
    subjects: [{ kind: 'import_template', id: row.id }],
    after: { name: saveAs, kind: batch.kind, mapping: Object.fromEntries(pairs) },
  })
}
