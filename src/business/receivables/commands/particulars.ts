import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { correctionOf } from '../../../platform/commands/correction.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { parseInvoiceRegNo } from '../../names/index.ts'
import { limitationKindLabels } from '../labels.ts'
import { claimFacts, limitationOf } from '../particulars.ts'
import { recordLimitationEvent, recordParticulars, withdrawLimitationEvent } from '../particulars-contract.ts'
import { particularsOf } from '../particulars-of.ts'
import { lockReceivable, type Receivable, subjectsOf } from '../records.ts'
import type { TaxRow } from '../rules/invoice-tax.ts'
import { type Particulars, particularsFindings } from '../rules/particulars.ts'

type Given = Omit<z.output<typeof recordParticulars.input>, 'receivableId' | 'rowVersion' | 'reason'>

/** Keeps what invoice and delivery say; a correction needs its reason, the values before stand in the event. */
export const particulars = defineCommand(recordParticulars, {
  async run(context, { receivableId, rowVersion, reason, ...given }) {
    const { tx } = context
    const row = await lockReceivable(context, receivableId)
    const standing = await tx
      .selectFrom('receivable_particulars')
      .selectAll()
      .where('receivable_id', '=', row.id)
      .forUpdate()
      .executeTakeFirst()
    const said = read(given, row, context.today)
    const changed = correctionOf({
      standing,
      rowVersion,
      reason,
      before: particularsOf(standing),
      said,
      mustDiffer: 'particulars_must_differ',
      words: wordsOf,
    })
    await keepParticulars(context, row.id, said)
    const findings = particularsFindings(said, await claimFacts(tx, row))
    await context.record({
      verb: 'particulars_recorded',
      subjects: subjectsOf(row),
      ...changed,
      facts: { summary: row.receivable_no, findings: findings.map(finding => finding.rule) },
      ...(reason ? { reason } : {}),
    })
    return {
      id: row.id,
      rowVersion: rowVersion + 1,
      findings: findings.map(({ rule }) => ({ rule })),
    }
  },
})

/** Writes them whole; the caller records the event. */
export async function keepParticulars(
  { tx, actor, now }: CommandContext,
  receivableId: string,
  said: Particulars,
): Promise<void> {
  const values = {
    transaction_from: said.transactionFrom,
    transaction_to: said.transactionTo,
    accepted_on: said.acceptedOn,
    received_on: said.receivedOn,
    issuer_reg_no: said.issuerRegNo,
    taxes: JSON.stringify(said.taxes),
    toriteki_flag: said.toritekiFlag,
    dispute_yen: said.disputeYen,
    recorded_by: actor.id,
    recorded_at: now.toISOString(),
  }
  await tx
    .insertInto('receivable_particulars')
    .values({ receivable_id: receivableId, ...values })
    .onConflict(conflict =>
      conflict
        .column('receivable_id')
        .doUpdateSet({ ...values, row_version: sql`receivable_particulars.row_version + 1` }),
    )
    .execute()
}

/** A value as people read it in the history. */
function wordsOf(key: keyof Particulars, said: Particulars): Json {
  if (key !== 'taxes') return said[key]
  return said.taxes.map(taxWords).join('、') || null
}

const taxWords = ({ ratePpm, baseYen, basis, taxYen }: TaxRow) =>
  `${ratePpm / 10_000}%対象 ${baseYen.toLocaleString('ja-JP')}円（${basis === 'excluding_tax' ? '税抜' : '税込'}）・税 ${taxYen.toLocaleString('ja-JP')}円`

/** What was given, as it is kept; every reason against it at once. */
function read(given: Given, row: Receivable, today: string): Particulars {
  const number = given.issuerRegNo ? parseInvoiceRegNo(given.issuerRegNo) : null
  const said: Particulars = {
    transactionFrom: given.transactionFrom ?? null,
    transactionTo: given.transactionTo ?? null,
    acceptedOn: given.acceptedOn ?? null,
    receivedOn: given.receivedOn ?? null,
    issuerRegNo: number?.value ?? null,
    taxes: given.taxes
      .map(({ ratePpm, baseYen, basis, taxYen }) => ({ ratePpm, baseYen, basis, taxYen }))
      .sort((a, b) => b.ratePpm - a.ratePpm),
    toritekiFlag: given.toritekiFlag ?? null,
    disputeYen: given.disputeYen ?? null,
  }
  refuseAll(
    [
      ...(given.issuerRegNo && !number?.value
        ? [{ code: 'issuer_number_must_be_valid', field: 'issuerRegNo' }]
        : []),
      ...particularsReasons(said, row.face_yen, today),
    ],
    'invalid',
  )
  return said
}

/** What speaks against particulars whatever the claim is. */
export function particularsReasons(said: Particulars, faceYen: number, today: string): Reason[] {
  const reasons: Reason[] = []
  if (said.transactionTo !== null && (said.transactionFrom ?? '9') > said.transactionTo)
    reasons.push({ code: 'dates_must_be_in_order', field: 'transactionTo' })
  for (const field of ['acceptedOn', 'receivedOn'] as const)
    if ((said[field] ?? today) > today) reasons.push({ code: 'date_must_not_be_in_the_future', field })
  if ((said.disputeYen ?? 0) > faceYen)
    reasons.push({ code: 'dispute_must_fit_the_face', field: 'disputeYen' })
  if (new Set(said.taxes.map(tax => tax.ratePpm)).size < said.taxes.length)
    reasons.push({ code: 'rate_must_stand_once', field: 'taxes' })
  return reasons
}

export const limitationEvent = defineCommand(recordLimitationEvent, {
  async run(context, { receivableId, kind, on, months, documentIds }) {
    const { tx, actor, now, today } = context
    const row = await lockReceivable(context, receivableId)
    refuseUnless(row.purchase_id !== null, 'claim_must_be_bought')
    refuseUnless(on <= today, 'date_must_not_be_in_the_future', { kind: 'invalid', field: 'on' })
    const agreed = kind === 'negotiation_agreed' ? (months ?? null) : null
    refuseUnless(kind !== 'negotiation_agreed' || agreed !== null, 'months_must_be_given', {
      kind: 'invalid',
      field: 'months',
    })
    const before = await limitationOf(tx, row)
    const id = newId()
    await tx
      .insertInto('limitation_event')
      .values({
        id,
        receivable_id: row.id,
        event_kind: kind,
        happened_on: on,
        months: agreed,
        document_ids: documentIds,
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
        withdrawn_at: null,
        withdrawn_by: null,
        withdrawn_reason: null,
      })
      .execute()
    const limitationOn = await limitationOf(tx, row)
    await context.record({
      verb: 'limitation_event_recorded',
      subjects: subjectsOf(row),
      before: { limitationOn: before },
      after: { limitationOn, limitationEvent: limitationKindLabels[kind], happenedOn: on },
      facts: { summary: `${row.receivable_no}　${limitationKindLabels[kind]}` },
      evidence: documentIds,
    })
    return { id, limitationOn }
  },
})

export const withdrawEvent = defineCommand(withdrawLimitationEvent, {
  async run(context, { eventId, reason }) {
    const { tx, actor, now } = context
    const event = found(
      await tx
        .selectFrom('limitation_event')
        .selectAll()
        .where('id', '=', eventId)
        .forUpdate()
        .executeTakeFirst(),
      'limitation_event',
    )
    const row = await lockReceivable(context, event.receivable_id)
    refuseUnless(event.withdrawn_at === null, 'event_must_stand')
    const before = await limitationOf(tx, row)
    await tx
      .updateTable('limitation_event')
      .set({ withdrawn_at: now.toISOString(), withdrawn_by: actor.id, withdrawn_reason: reason })
      .where('id', '=', event.id)
      .execute()
    const limitationOn = await limitationOf(tx, row)
    await context.record({
      verb: 'limitation_event_withdrawn',
      subjects: subjectsOf(row),
      before: { limitationOn: before },
      after: { limitationOn },
      facts: { summary: `${row.receivable_no}　${limitationKindLabels[event.event_kind]}` },
      reason,
    })
    return { id: event.id, limitationOn }
  },
})
