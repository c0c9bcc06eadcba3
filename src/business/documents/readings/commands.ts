import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { correct } from '../correct.ts'
import { type DocumentRecord, lockDocument, restrictionOf, subjectsOf } from '../records.ts'
import type { ReadingField } from '../tables.ts'
import { visibleClasses } from '../visible-classes.ts'
import { decideReading, endQuarantine, importReadings, proposeReadings, readingRefusals } from './contract.ts'
import { fitting, holdsMyNumber, typedValue } from './rules.ts'

interface Read {
  source: string
  versionNo?: number | undefined
  fields: readonly { field: ReadingField; value: string; confidencePpm: number }[]
  text?: string | undefined
}

const QUARANTINED =
  '12桁のマイナンバー（個人番号）と思われる番号が見つかったため、読み取り結果は保存せず、書類を隔離しました。'

export const propose = defineCommand(proposeReadings, {
  async run(context, { documentId, ...read }) {
    const document = await lockDocument(context, documentId)
    refuseUnless(document.struck_at === null, 'document_must_stand')
    refuseUnless((read.versionNo ?? 1) <= document.newest_version, 'version_must_exist', {
      kind: 'missing',
      field: 'versionNo',
    })
    if (numberIn(read)) {
      await quarantine(context, document, read)
      return { outcome: 'quarantined' as const, sentence: QUARANTINED, readingIds: [] }
    }
    refuseAll(
      unfitOf(read).map(({ at, message }) => ({
        code: 'reading_must_fit_its_field',
        field: `fields.${at}.value`,
        message,
      })),
      'invalid',
    )
    const readingIds = await keep(context, document, read)
    return {
      outcome: 'proposed' as const,
      sentence: `${readingIds.length}項目の提案を登録しました。`,
      readingIds,
    }
  },
})

export const importMany = defineCommand(importReadings, {
  async run(context, { source, papers }) {
    const rows: { docNo: string; outcome: 'proposed' | 'quarantined' | 'refused'; sentence: string }[] = []
    for (const { docNo, ...paper } of papers) {
      const read = { source, ...paper }
      const document = await context.tx
        .selectFrom('document')
        .selectAll()
        .where('doc_no', '=', docNo)
        .where('confidentiality', 'in', visibleClasses(context))
        .forUpdate()
        .executeTakeFirst()
      const refused =
        document === undefined
          ? '書類が見つかりません。番号を確かめてください。'
          : document.struck_at !== null
            ? readingRefusals.document_must_stand
            : (read.versionNo ?? 1) > document.newest_version
              ? readingRefusals.version_must_exist
              : null
      const unfit = unfitOf(read)[0]
      if (!document || refused) rows.push({ docNo, outcome: 'refused', sentence: refused ?? '' })
      else if (numberIn(read)) {
        await quarantine(context, document, read)
        rows.push({ docNo, outcome: 'quarantined', sentence: QUARANTINED })
      } else if (unfit)
        rows.push({
          docNo,
          outcome: 'refused',
          sentence: `${unfit.at + 1}番目の項目（${unfit.field}）：${unfit.message}`,
        })
      else {
        const kept = await keep(context, document, read)
        rows.push({ docNo, outcome: 'proposed', sentence: `${kept.length}項目の提案を登録しました。` })
      }
    }
    const counted = (outcome: string) => rows.filter(row => row.outcome === outcome).length
    await context.record({
      verb: 'document_readings_imported',
      subjects: [],
      after: {
        papers: rows.length,
        proposed: counted('proposed'),
        quarantined: counted('quarantined'),
        refused: counted('refused'),
      },
      facts: { summary: `${source}　${rows.length}件` },
    })
    return { rows }
  },
})

export const decide = defineCommand(decideReading, {
  async run(context, { readingId, rowVersion, decision, reason }) {
    const { tx, actor, now, keys } = context
    const unlocked = found(
      await tx
        .selectFrom('document_reading')
        .select('document_id')
        .where('id', '=', readingId)
        .executeTakeFirst(),
      'document_reading',
    )
    const document = await lockDocument(context, unlocked.document_id)
    const reading = await tx
      .selectFrom('document_reading')
      .selectAll()
      .where('id', '=', readingId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    refuseUnless(reading.row_version === rowVersion, 'record_must_be_unchanged')
    refuseUnless(reading.state === 'proposed', 'reading_must_be_open')
    refuseUnless(decision === 'accept' || reason !== undefined, 'reason_must_be_given', {
      kind: 'invalid',
      field: 'reason',
    })
    const value = await keys.open(tx, reading.value_sealed)
    refuseUnless(value !== null, 'document_must_be_disposed_of_no_more', { kind: 'missing' })
    const accepted = decision === 'accept'
    const said = typedValue(reading.field, value)
    const differs = document[columnOf[reading.field]] !== said
    if (accepted && differs)
      await correct.run(context, {
        documentId: document.id,
        rowVersion: document.row_version,
        [reading.field]: said,
        reason: `読み取り結果を採用（${reading.source}、確信度${percent(reading.confidence_ppm)}）`,
      })
    await tx
      .updateTable('document_reading')
      .set({
        state: accepted ? 'accepted' : 'refused',
        decided_by: actor.id,
        decided_at: now.toISOString(),
        decision_reason: reason ?? null,
        row_version: reading.row_version + 1,
      })
      .where('id', '=', readingId)
      .execute()
    await context.record({
      verb: accepted ? 'document_reading_accepted' : 'document_reading_refused',
      subjects: await subjectsOf(context, document.id),
      facts: { summary: document.doc_no, field: reading.field, source: reading.source },
      ...(reason === undefined ? {} : { reason }),
      ...restrictionOf(document.confidentiality),
    })
    return { id: readingId, documentRowVersion: document.row_version + (accepted && differs ? 1 : 0) }
  },
})

export const endOfQuarantine = defineCommand(endQuarantine, {
  async run(context, { documentId, because, reason }) {
    const { tx } = context
    const document = await lockDocument(context, documentId)
    refuseUnless(document.quarantined_version !== null, 'document_must_be_quarantined')
    const masked = because === 'masked'
    refuseUnless(
      !masked || document.newest_version > document.quarantined_version,
      'masked_version_must_be_added',
    )
    await tx
      .updateTable('document')
      .set({
        quarantined_at: null,
        quarantined_by: null,
        quarantine_reason: null,
        quarantined_version: null,
        ...(masked ? { closed_versions: document.quarantined_version } : {}),
        row_version: document.row_version + 1,
      })
      .where('id', '=', documentId)
      .execute()
    await context.record({
      verb: 'document_quarantine_ended',
      subjects: await subjectsOf(context, documentId),
      after: { because: masked ? '番号を隠した版に差し替えた' : 'マイナンバーではなかった' },
      reason,
      facts: { summary: document.doc_no },
      ...restrictionOf(document.confidentiality),
    })
    return { id: documentId }
  },
})

export const readingCommands = [propose, importMany, decide, endOfQuarantine]

const columnOf = {
  docKind: 'doc_kind',
  title: 'title',
  transactionDate: 'transaction_date',
  amountYen: 'amount_yen',
  counterparty: 'counterparty',
  validOn: 'valid_on',
  expiresOn: 'expires_on',
} as const satisfies Record<ReadingField, keyof DocumentRecord>

const percent = (ppm: number) => `${(ppm / 10_000).toFixed(1)}%`

const numberIn = (read: Read) => [read.text ?? '', ...read.fields.map(one => one.value)].some(holdsMyNumber)

const unfitOf = (read: Read) =>
  read.fields.flatMap(({ field, value }, at) => {
    const fit = fitting(field, value)
    return fit.ok ? [] : [{ at, field, message: fit.message }]
  })

/** Keeps the proposals; what the same source proposed for a field before stands no longer. */
async function keep(context: CommandContext, document: DocumentRecord, read: Read): Promise<Id[]> {
  const { tx, actor, now, keys } = context
  const ids: Id[] = []
  // The last word of a source on a field counts.
  const last = [...new Map(read.fields.map(one => [one.field, one])).values()]
  for (const { field, value, confidencePpm } of last) {
    const fit = fitting(field, value)
    if (!fit.ok) continue
    await tx
      .updateTable('document_reading')
      .set(eb => ({ state: 'superseded', row_version: eb('row_version', '+', 1) }))
      .where('document_id', '=', document.id)
      .where('field', '=', field)
      .where('source', '=', read.source)
      .where('state', '=', 'proposed')
      .execute()
    const id = newId()
    await tx
      .insertInto('document_reading')
      .values({
        id,
        document_id: document.id,
        version_no: read.versionNo ?? document.newest_version,
        field,
        value_sealed: await keys.seal(tx, document.data_subject_id, fit.value),
        confidence_ppm: confidencePpm,
        source: read.source,
        proposed_by: actor.id,
        proposed_at: now.toISOString(),
        decided_by: null,
        decided_at: null,
        decision_reason: null,
      })
      .execute()
    ids.push(id)
  }
  await context.record({
    verb: 'document_readings_proposed',
    subjects: await subjectsOf(context, document.id),
    after: { fields: last.map(one => one.field), source: read.source },
    facts: { summary: `${document.doc_no}　${read.source}` },
    ...restrictionOf(document.confidentiality),
  })
  return ids
}

/** Nobody but compliance opens the paper any more; what was read is not kept, not even in the trail. */
async function quarantine(context: CommandContext, document: DocumentRecord, read: Read): Promise<void> {
  const { tx, actor, now } = context
  await tx
    .updateTable('document')
    .set({
      quarantined_at: document.quarantined_at ?? now.toISOString(),
      quarantined_by: document.quarantined_by ?? actor.id,
      quarantine_reason: 'マイナンバー（個人番号）と思われる番号を検出',
      quarantined_version: Math.max(
        document.quarantined_version ?? 0,
        read.versionNo ?? document.newest_version,
      ),
      row_version: document.row_version + 1,
    })
    .where('id', '=', document.id)
    .execute()
  await context.record({
    verb: 'document_quarantined',
    subjects: await subjectsOf(context, document.id),
    after: { source: read.source },
    facts: { summary: document.doc_no },
    reason: 'マイナンバー（個人番号）と思われる番号を検出',
    ...restrictionOf(document.confidentiality),
  })
}
