import { sql } from 'kysely'
import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { applyBatch, discardBatch, openBatch, rehearseBatch, resumeBatch, revertBatch } from './contract.ts'
import { refuseFile } from './files/file-table.ts'
import { readImportFile } from './files/read-file.ts'
import { guessMapping, importFieldByName } from './import-fields.ts'
import { outcomeLabels } from './labels.ts'
import { type BatchState, outcomes } from './tables.ts'

export const CHUNK_ROWS = 500

/** Reads and stages a file. A file that cannot be read is refused as a whole; nothing of it is kept. */
export const open = defineCommand(openBatch, {
  async run(context, input) {
    const { tx, actor, now, keys } = context
    const fileName = input.fileName.replace(/^.*[\\/]/, '')
    const bytes = Buffer.from(input.contentBase64, 'base64')
    const table = await readImportFile(fileName, bytes)
    const fileHash = keys.keyedHash('import-file', input.contentBase64)
    const earlier = await tx
      .selectFrom('import_batch')
      .select('batch_no')
      .where('file_hash', '=', fileHash)
      .where('state', 'in', ['approved', 'applied', 'reverting'])
      .executeTakeFirst()
    if (earlier)
      refuseFile(
        'file_must_not_be_imported_already',
        fileName,
        {},
        `このファイルは ${earlier.batch_no} ですでに取り込まれています。`,
      )
    const id = newId()
    const row = await tx
      .insertInto('import_batch')
      .values({
        id,
        file_name: fileName,
        file_hash: fileHash,
        size_bytes: bytes.length,
        file_kind: table.kind,
        encoding: table.encoding,
        sheet: table.sheet,
        header: JSON.stringify(table.header) as never,
        mapping: JSON.stringify(
          guessMapping(table.header, await templateOf(context, input.templateId)),
        ) as never,
        options: JSON.stringify({ role: 'client', unreadable: 'refuse', existing: 'fill' }) as never,
        row_count: table.rows.length,
        state: 'opened',
        counts: null,
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
    const chunks: { [column: string]: Json }[] = []
    for (let from = 0; from < table.rows.length; from += CHUNK_ROWS) {
      const rows = table.rows.slice(from, from + CHUNK_ROWS)
      chunks.push({
        batch_id: id,
        chunk_no: chunks.length,
        row_count: rows.length,
        rows_sealed: await keys.seal(tx, id, JSON.stringify(rows)),
      })
    }
    await insertMany(tx, 'import_chunk', chunks)
    await context.record({
      verb: 'import_opened',
      subjects: [{ kind: 'import', id }],
      after: { batchNo: row.batch_no, fileName, rows: table.rows.length, fileHash },
      facts: { summary: `${row.batch_no}　${fileName}　${table.rows.length.toLocaleString('ja-JP')}行` },
    })
    return { id, batchNo: row.batch_no, rowCount: table.rows.length }
  },
})

/** Decides the mapping and lets the rehearsal begin; may be repeated until the batch is approved. */
export const rehearse = defineCommand(rehearseBatch, {
  async run(context, input) {
    const { tx } = context
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(['opened', 'rehearsing', 'rehearsed'].includes(batch.state), 'batch_must_be_in_preparation')
    refuseAll(mappingReasons(input.mapping, batch.header), 'invalid')
    if (input.saveAs) await saveTemplate(context, input.saveAs, batch.header, input.mapping)
    await tx.deleteFrom('import_row').where('batch_id', '=', batch.id).execute()
    await tx
      .updateTable('import_batch')
      .set({
        mapping: JSON.stringify(input.mapping) as never,
        options: JSON.stringify(input.options) as never,
        state: 'rehearsing',
        counts: null,
        row_version: batch.row_version + 1,
      })
      .where('id', '=', batch.id)
      .execute()
    await context.record({
      verb: 'import_mapped',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { mapping: batch.mapping, options: { ...batch.options } },
      after: { mapping: input.mapping, options: input.options },
    })
    return { id: batch.id }
  },
})

/** The whole batch is one change, decided by two people on what the rehearsal found. */
export const apply = defineCommand(applyBatch, {
  async critical(context, input): Promise<CriticalChange> {
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(batch.state === 'rehearsed' && batch.counts !== null, 'batch_must_be_rehearsed')
    const { counts } = batch
    refuseUnless(counts.new + counts.update + counts.merged > 0, 'batch_must_hold_rows_to_take')
    const count = (number: number) => `${number.toLocaleString('ja-JP')}行`
    return {
      subject: { kind: 'import', id: batch.id },
      summary: `取込　${batch.batch_no}　${batch.file_name}（${outcomes.map(outcome => `${outcomeLabels[outcome]} ${count(counts[outcome])}`).join('・')}）`,
      readSet: [{ table: 'import_batch', id: batch.id, version: batch.row_version }],
      items: [
        ...outcomes.map(outcome => ({
          field: outcome,
          label: outcomeLabels[outcome],
          old: null,
          new: count(counts[outcome]),
        })),
        { field: 'renamed', label: '商号が変わる記録', old: null, new: count(counts.renamed) },
        { field: 'problems', label: '問題のある行', old: null, new: count(counts.problems) },
      ],
      evidenceRequired: false,
      approve: 'imports.approve',
    }
  },
  run: (context, input) =>
    start(context, input.batchId, 'rehearsed', 'approved', 'import_approved', input.change.reasonText),
})

export const revert = defineCommand(revertBatch, {
  async critical(context, input): Promise<CriticalChange> {
    const batch = await lockBatch(context, input.batchId)
    refuseUnless(batch.state === 'applied', 'batch_must_be_applied')
    return {
      subject: { kind: 'import', id: batch.id },
      summary: `取込の取消　${batch.batch_no}　${batch.file_name}`,
      readSet: [{ table: 'import_batch', id: batch.id, version: batch.row_version }],
      items: outcomes
        .filter(outcome => outcome !== 'refused')
        .map(outcome => ({
          field: outcome,
          label: outcomeLabels[outcome],
          old: `${(batch.counts?.[outcome] ?? 0).toLocaleString('ja-JP')}行`,
          new: '取込前に戻す',
        })),
      evidenceRequired: false,
      approve: 'imports.approve',
    }
  },
  run: (context, input) =>
    start(context, input.batchId, 'applied', 'reverting', 'import_revert_approved', input.change.reasonText),
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
    refuseUnless(batch.state === 'failed', 'batch_must_have_failed')
    const before = await stateBeforeFailure(context, batch)
    await setState(context, batch.id, before, null)
    await context.record({
      verb: 'import_resumed',
      subjects: [{ kind: 'import', id: batch.id }],
      before: { failure: batch.failure },
    })
    return { id: batch.id }
  },
})

export const commands = [open, rehearse, apply, revert, discard, resume]

/** The batch, locked until the end of the transaction. */
export async function lockBatch({ tx }: Pick<CommandContext, 'tx'>, id: Id) {
  return found(
    await tx.selectFrom('import_batch').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'import_batch',
  )
}

export type LockedBatch = Awaited<ReturnType<typeof lockBatch>>

async function stateBeforeFailure({ tx }: CommandContext, batch: LockedBatch): Promise<BatchState> {
  if (batch.approved_by === null) return 'rehearsing'
  const reverted = await tx
    .selectFrom('import_chunk')
    .select('chunk_no')
    .where('batch_id', '=', batch.id)
    .where('applied_at', 'is', null)
    .executeTakeFirst()
  return reverted ? 'approved' : 'reverting'
}

export async function setState(
  { tx }: Pick<CommandContext, 'tx'>,
  id: Id,
  state: BatchState,
  failure?: string | null,
): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({ state, ...(failure === undefined ? {} : { failure }), row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}

async function start(
  context: CommandContext,
  batchId: Id,
  from: BatchState,
  to: BatchState,
  verb: string,
  reason: string,
): Promise<{ id: Id }> {
  const { approval, now } = context
  if (!approval) throw new Error('an import runs only when a second person has approved it')
  const batch = await lockBatch(context, batchId)
  refuseUnless(batch.state === from, from === 'applied' ? 'batch_must_be_applied' : 'batch_must_be_rehearsed')
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

function mappingReasons(mapping: readonly (string | null)[], header: readonly string[]): Reason[] {
  const reasons: Reason[] = []
  const fields = mapping.filter(field => field !== null)
  if (mapping.length !== header.length) reasons.push({ code: 'mapping_must_fit_the_file', field: 'mapping' })
  if (!fields.includes('legalName')) reasons.push({ code: 'name_column_must_be_mapped', field: 'mapping' })
  for (const [at, field] of mapping.entries()) {
    if (field === null) continue
    if (!importFieldByName.has(field))
      reasons.push({ code: 'mapped_fields_must_exist', field: `mapping.${at}` })
    if (mapping.indexOf(field) !== at)
      reasons.push({
        code: 'mapped_fields_must_be_unique',
        field: `mapping.${at}`,
        message: `「${importFieldByName.get(field)?.label ?? field}」が${mapping.indexOf(field) + 1}列目と${at + 1}列目に割り当てられています。`,
      })
  }
  return reasons
}

async function templateOf(
  { tx }: CommandContext,
  id: Id | null | undefined,
): Promise<Record<string, string>> {
  if (!id) return {}
  const row = await tx.selectFrom('import_template').select('mapping').where('id', '=', id).executeTakeFirst()
  return found(row, 'import_template').mapping
}

async function saveTemplate(
  context: CommandContext,
  name: string,
  header: readonly string[],
  mapping: readonly (string | null)[],
): Promise<void> {
  const { tx, actor, now } = context
  const pairs = header.flatMap((heading, at) => (mapping[at] ? [[heading, mapping[at]] as const] : []))
  const kept = {
    mapping: JSON.stringify(Object.fromEntries(pairs)) as never,
    saved_by: actor.id,
    saved_at: now.toISOString(),
  }
  const row = await tx
    .insertInto('import_template')
    .values({ id: newId(), name, ...kept })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({ ...kept, row_version: sql`import_template.row_version + 1` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'import_template_saved',
    subjects: [{ kind: 'import_template', id: row.id }],
    after: { name, mapping: Object.fromEntries(pairs) },
  })
}
