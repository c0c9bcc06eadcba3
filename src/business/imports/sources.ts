import { sql } from 'kysely'
import type { z } from 'zod'
import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { a4Sheet, sheetTable } from '../../platform/pdf.ts'
import { staffNames } from '../access/index.ts'
import { mediumLabels, sourceStatusLabels, stateLabels, targetLabels } from './labels.ts'
import { changeSource, type MigrationSource, recordSource } from './source-contract.ts'
import './source-tables.ts'
import './tables.ts'

type Given = z.output<typeof recordSource.input>

function check({ periodFrom, periodTo, status, note }: Given): void {
  const reasons: Reason[] = []
  if (periodFrom && periodTo && periodTo < periodFrom)
    reasons.push({ code: 'period_must_be_forward', field: 'periodTo' })
  if (status === 'left_out' && (note ?? '').length < 5)
    reasons.push({ code: 'reason_for_leaving_out_must_be_given', field: 'note' })
  refuseAll(reasons, 'invalid')
}

const columnsOf = (given: Given) => ({
  name: given.name,
  owner: given.owner,
  medium: given.medium,
  place: given.place || null,
  row_count: given.rowCount,
  period_from: given.periodFrom,
  period_to: given.periodTo,
  sensitive: given.sensitive,
  target: given.target,
  status: given.status,
  note: given.note || null,
})

const saidOf = ({ batchIds, ...given }: Given) => ({ ...given, imports: batchIds.length })

export const record = defineCommand(recordSource, {
  async run(context, input) {
    const { tx, actor, now } = context
    check(input)
    const id = newId()
    const row = await tx
      .insertInto('migration_source')
      .values({ id, ...columnsOf(input), recorded_by: actor.id, recorded_at: now.toISOString() })
      .returning('source_no')
      .executeTakeFirstOrThrow()
    await link(context, id, input.batchIds)
    await context.record({
      verb: 'migration_source_recorded',
      subjects: [{ kind: 'migration_source', id }],
      after: saidOf(input),
      facts: { summary: `${row.source_no}　${input.name}` },
    })
    return { id, sourceNo: row.source_no }
  },
})

export const changeOfSource = defineCommand(changeSource, {
  async run(context, { sourceId, rowVersion, ...input }) {
    const { tx } = context
    check(input)
    const row = found(
      await tx
        .selectFrom('migration_source')
        .selectAll()
        .where('id', '=', sourceId)
        .forUpdate()
        .executeTakeFirst(),
      'migration_source',
    )
    refuseUnless(row.row_version === rowVersion, 'record_must_be_unchanged')
    await tx
      .updateTable('migration_source')
      .set({ ...columnsOf(input), row_version: rowVersion + 1 })
      .where('id', '=', sourceId)
      .execute()
    await tx.deleteFrom('migration_source_batch').where('source_id', '=', sourceId).execute()
    await link(context, sourceId, input.batchIds)
    await context.record({
      verb: 'migration_source_changed',
      subjects: [{ kind: 'migration_source', id: sourceId }],
      before: { status: row.status, rowCount: row.row_count, target: row.target, owner: row.owner },
      after: saidOf(input),
      facts: { summary: `${row.source_no}　${input.name}` },
    })
    return { id: sourceId, rowVersion: rowVersion + 1 }
  },
})

async function link({ tx }: CommandContext, sourceId: Id, batchIds: readonly Id[]): Promise<void> {
  const wanted = [...new Set(batchIds)]
  if (wanted.length === 0) return
  const known = await tx.selectFrom('import_batch').select('id').where('id', 'in', wanted).execute()
  refuseUnless(known.length === wanted.length, 'imports_must_exist', { kind: 'invalid', field: 'batchIds' })
  await tx
    .insertInto('migration_source_batch')
    .values(wanted.map(batch_id => ({ source_id: sourceId, batch_id })))
    .execute()
}

export async function sourcesOf({ db }: QueryContext): Promise<Seen<{ sources: MigrationSource[] }>> {
  const rows = await db.selectFrom('migration_source').selectAll().orderBy('id').limit(500).execute()
  const runs = await db
    .selectFrom('migration_source_batch as l')
    .innerJoin('import_batch as b', 'b.id', 'l.batch_id')
    .select(['l.source_id', 'b.id', 'b.batch_no', 'b.file_name', 'b.state', 'b.row_count', 'b.counts'])
    .where('l.source_id', '=', sql<Id>`any(${rows.map(row => row.id)}::uuid[])`)
    .orderBy('b.batch_no')
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.recorded_by),
  )
  return {
    body: {
      sources: rows.map(row => {
        const own = runs.filter(run => run.source_id === row.id)
        return {
          id: row.id,
          rowVersion: row.row_version,
          sourceNo: row.source_no,
          name: row.name,
          owner: row.owner,
          medium: row.medium,
          place: row.place,
          rowCount: row.row_count,
          periodFrom: row.period_from,
          periodTo: row.period_to,
          sensitive: row.sensitive,
          target: row.target,
          status: row.status,
          note: row.note,
          batchIds: own.map(run => run.id),
          batches: own.map(({ id, batch_no, file_name, state, row_count, counts }) => ({
            id,
            batchNo: batch_no,
            fileName: file_name,
            state,
            rows: row_count,
            taken: counts && counts.new + counts.update + counts.merged,
            refused: counts?.refused ?? null,
          })),
          recordedBy: names.get(row.recorded_by) ?? '（不明）',
          recordedAt: row.recorded_at,
        }
      }),
    },
    seen: rows.map(row => row.seen_no),
  }
}

const count = (value: number | null) => value?.toLocaleString('ja-JP') ?? '－'

export async function sourcesSheet(context: QueryContext): Promise<FileAnswer> {
  const { body, seen } = await sourcesOf(context)
  const content = await a4Sheet({
    title: '移行計画（現状棚卸し）',
    detail: `${context.today} 現在　${body.sources.length}件`,
    foot: `出力 ${context.actor.name} ${context.today}`,
    landscape: true,
    content: [
      sheetTable(
        ['番号', '移行元', '所管', '媒体', '件数', '期間', '要配慮', '移行先', '状況', '取込', '備考'],
        body.sources.map(source => [
          source.sourceNo,
          [source.name, source.place].filter(Boolean).join('\n'),
          source.owner,
          mediumLabels[source.medium],
          count(source.rowCount),
          [source.periodFrom, source.periodTo].filter(Boolean).join(' ～\n'),
          source.sensitive ? 'あり' : '',
          targetLabels[source.target],
          sourceStatusLabels[source.status],
          source.batches
            .map(
              run =>
                `${run.batchNo} ${stateLabels[run.state as keyof typeof stateLabels]}（${count(run.taken)}／${count(run.rows)}行）`,
            )
            .join('\n'),
          source.note ?? '',
        ]),
        [46, '*', 60, 44, 44, 56, 34, 60, 44, 120, 100],
      ),
    ],
  })
  return {
    file: { name: `移行計画_${context.today}.pdf`, mime: 'application/pdf', content, inline: true },
    seen,
  }
}
