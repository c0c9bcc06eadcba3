import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { violatedConstraint } from '../../platform/database/sql-errors.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import { discardExport, keepView, removeView, requestExport } from './contract.ts'
import { formatLabels } from './labels.ts'
import { refuseOthersExport } from './own-export.ts'
import { type Filters, listNamed, permitExport, rowsHeld, titlesNamed } from './rows.ts'
import { ALONE_HOURS, lockTaken, rowsTakenAlone } from './taken-alone.ts'
import './tables.ts'

export const DEFAULT_ROW_LIMIT = 1000

/** The company's limit of rows a person may export alone. */
export async function rowLimit(db: Parameters<typeof currentCompany>[0]): Promise<number> {
  return (await currentCompany(db))?.settings.exportRowLimit ?? DEFAULT_ROW_LIMIT
}

const asking = (context: CommandContext): QueryContext => ({
  db: context.tx,
  actor: context.actor,
  now: context.now,
  today: context.today,
  requestId: context.requestId,
})

/** Asks for a file. Rows which the person takes out of the list alone within a day, this file's with them, may not pass the limit: then a second person decides. */
export const request = defineCommand(requestExport, {
  async critical(context, input): Promise<CriticalChange | null> {
    const list = listNamed(context.reading, input.list)
    permitExport(list, context.actor, input.format)
    const titles = await titlesNamed(list, input.format, input.columns, context)
    const limit = await rowLimit(context.tx)
    const filters = input.filters as Filters
    await lockTaken(context)
    const taken = await rowsTakenAlone(context, context.reading, list)
    const left = Math.max(0, limit - taken)
    const asked = { list, filters, format: input.format }
    const rows = await rowsHeld(context.reading, asking(context), asked, left)
    if (rows <= left) return null
    const count = (number: number) => `${number.toLocaleString('ja-JP')}行`
    return {
      subject: { kind: 'staff', id: context.actor.id },
      summary: `一覧の出力　${list.label}（${taken > 0 ? `${ALONE_HOURS}時間の合計で` : ''}${count(limit)}を超える）`,
      readSet: [],
      items: [
        { field: 'list', label: '一覧', old: null, new: list.label },
        {
          field: 'taken',
          label: `承認なしで出力した行（直近${ALONE_HOURS}時間・同じ一覧）`,
          old: null,
          new: count(taken),
        },
        { field: 'columns', label: '列', old: null, new: titles.join('、') },
        { field: 'format', label: '形式', old: null, new: formatLabels[input.format] },
        { field: 'filters', label: '条件', old: null, new: wordsOf(filters), sensitive: true },
      ],
      evidenceRequired: false,
      approve: 'lists.approveExport',
    }
  },
  async run(context, input) {
    const { tx, now, keys, approval, actor } = context
    const list = listNamed(context.reading, input.list)
    await titlesNamed(list, input.format, input.columns, context)
    const filters = input.filters as Filters
    const asked = { list, filters, format: input.format }
    const rowsAsked = approval
      ? null
      : await rowsHeld(context.reading, asking(context), asked, await rowLimit(tx))
    const id = newId()
    const row = await tx
      .insertInto('list_export')
      .values({
        id,
        list: list.key,
        list_label: list.label,
        format: input.format,
        columns: input.columns,
        filters_sealed: await keys.seal(tx, id, JSON.stringify(input.filters)),
        row_count: null,
        rows_asked: rowsAsked,
        size_bytes: null,
        failure: null,
        requested_by: approval?.requestedBy ?? actor.id,
        requested_at: now.toISOString(),
        approved_by: approval?.approvedBy ?? null,
        change_request_id: approval?.changeRequestId ?? null,
        ready_at: null,
        expires_at: null,
        purpose: input.change.reasonText,
      })
      .returning('export_no')
      .executeTakeFirstOrThrow()
    if (input.format === 'zip')
      await tx
        .insertInto('list_export_progress')
        .values({ export_id: id, rows_done: 0, rows_total: rowsAsked ?? 0 })
        .execute()
    await context.record({
      verb: 'list_export_requested',
      subjects: [{ kind: 'list_export', id }],
      after: { exportNo: row.export_no, list: list.key, format: input.format, columns: input.columns },
      facts: { summary: `${row.export_no}　${list.label}` },
      reason: input.change.reasonText,
    })
    return { id }
  },
})

function wordsOf(filters: Filters): string {
  const said = Object.entries(filters).flatMap(([name, value]) => {
    const words = [value].flat().filter(word => word !== '' && word !== 'false')
    return words.length > 0 ? [`${name}: ${words.join('・')}`] : []
  })
  return said.join('、') || '条件なし'
}

export const discard = defineCommand(discardExport, {
  async run(context, { exportId }) {
    const { tx, actor } = context
    const row = found(
      await tx
        .selectFrom('list_export')
        .selectAll()
        .where('id', '=', exportId)
        .forUpdate()
        .executeTakeFirst(),
      'list_export',
    )
    refuseOthersExport(actor, row)
    refuseUnless(row.state === 'ready', 'export_must_be_ready')
    await removeFile(context, exportId)
    await context.record({ verb: 'list_export_discarded', subjects: [{ kind: 'list_export', id: exportId }] })
    return { id: exportId }
  },
})

/** Removes the sealed file; what was exported, by whom and which records it showed stays known. */
export async function removeFile({ tx }: Pick<CommandContext, 'tx'>, exportId: string): Promise<void> {
  await tx.deleteFrom('list_export_file').where('export_id', '=', exportId).execute()
  await tx
    .updateTable('list_export')
    .set(eb => ({ state: 'expired', row_version: eb('row_version', '+', 1) }))
    .where('id', '=', exportId)
    .execute()
}

export const keep = defineCommand(keepView, {
  async run(context, input) {
    const { tx, actor, now } = context
    const kept = {
      address: input.address,
      columns: input.columns,
      kept_by: actor.id,
      kept_at: now.toISOString(),
    }
    const same = await tx
      .selectFrom('list_view')
      .select(['id', 'kept_by'])
      .where('list', '=', input.list)
      .where('name', '=', input.name)
      .where('shared', '=', input.shared)
      .$if(!input.shared, query => query.where('kept_by', '=', actor.id))
      .forUpdate()
      .executeTakeFirst()
    refuseUnless(!same || same.kept_by === actor.id, 'view_name_must_be_free', { field: 'name' })
    const id = same?.id ?? newId()
    if (same)
      await tx
        .updateTable('list_view')
        .set(eb => ({ ...kept, row_version: eb('row_version', '+', 1) }))
        .where('id', '=', id)
        .execute()
    else await insertView(context, { id, list: input.list, name: input.name, shared: input.shared, ...kept })
    await context.record({
      verb: input.shared ? 'list_view_shared' : 'list_view_kept',
      subjects: [{ kind: 'list_view', id }],
      after: { list: input.list, name: input.name },
    })
    return { id }
  },
})

async function insertView(
  { tx }: CommandContext,
  row: {
    id: string
    list: string
    name: string
    shared: boolean
    address: string
    columns: string[]
    kept_by: string
    kept_at: string
  },
): Promise<void> {
  try {
    await tx.insertInto('list_view').values(row).execute()
  } catch (error) {
    // Two people gave the same name at the same time.
    refuseUnless(violatedConstraint(error) === null, 'view_name_must_be_free', { field: 'name' })
    throw error
  }
}

export const remove = defineCommand(removeView, {
  async run(context, { viewId }) {
    const { tx, actor } = context
    const row = found(
      await tx.selectFrom('list_view').selectAll().where('id', '=', viewId).forUpdate().executeTakeFirst(),
      'list_view',
    )
    const oversees = row.shared && actor.permissions.has('lists.overseeExports')
    if (!row.shared && row.kept_by !== actor.id) found(undefined, 'list_view')
    refuseUnless(row.kept_by === actor.id || oversees, 'view_must_be_own', { kind: 'forbidden' })
    await tx.deleteFrom('list_view').where('id', '=', viewId).execute()
    await context.record({
      verb: 'list_view_removed',
      subjects: [{ kind: 'list_view', id: viewId }],
      before: { list: row.list, name: row.name, shared: row.shared },
    })
    return { id: viewId }
  },
})
