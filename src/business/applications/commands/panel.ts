import type { Selectable } from 'kysely'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Tables } from '../../../platform/database/database.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { visibleClasses } from '../../documents/index.ts'
import { companiesOf, partiesInReach, sameCompany } from '../../parties/index.ts'
import { screeningHindrances } from '../../screening/index.ts'
import { sharedItemLabels } from '../labels.ts'
import { acceptFunder, recordFunderAnswer, sendToFunders } from '../panel-contract.ts'
import {
  type Application,
  closeQuote,
  endClaims,
  lockApplication,
  refuseStep,
  setApplication,
  subjectsOf,
} from '../records.ts'
import { netOf, panelReasons } from '../rules/panel.ts'
import { linesReasons, type OfferLine } from '../rules/panel-lines.ts'
import { planOf } from '../under-plan.ts'

const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`

export const send = defineCommand(sendToFunders, {
  constraints: { panel_funder_asked_once: 'funder_must_not_be_asked_twice' },
  async run(context, { funderIds, shared, documentIds, ...which }) {
    const { tx, actor, now } = context
    const row = await lockApplication(context, which)
    const funders = await fundersToAsk(context, row, [...new Set(funderIds)])
    const plan = await planOf(tx, row)
    const before = await tx
      .selectFrom('panel_sending')
      .select('id')
      .where('application_id', '=', row.id)
      .execute()
    refuseAll(
      panelReasons({
        state: row.state,
        most: plan ? plan.parameters.multiQuoteMax : undefined,
        asked: before.length,
        funders,
      }),
    )
    for (const funder of funders)
      refuseAll(await screeningHindrances(tx, { clientId: funder.id, debtorIds: [] }, context.today))
    const consentId = await consentOf(context, row, documentIds[0]!)
    await tx
      .insertInto('panel_sending')
      .values(
        funders.map(funder => ({
          id: newId(),
          application_id: row.id,
          funder_id: funder.id,
          consent_document_id: consentId,
          shared: [...new Set(shared)],
          sent_by: actor.id,
          sent_at: now.toISOString(),
          state: 'waiting' as const,
        })),
      )
      .execute()
    const rowVersion = await setApplication(context, row, {})
    // One event a funder: the history of each says what was shared with it and on whose consent (個情法29条).
    await context.record(
      ...funders.map(funder => ({
        verb: 'panel_sent',
        subjects: [...subjectsOf(row), { kind: 'party', id: funder.id }],
        after: { funder: funder.name, shared: shared.map(item => sharedItemLabels[item]).join('、') },
        facts: { summary: `${row.application_no}　${funder.name}` },
        evidence: [consentId],
      })),
    )
    return { id: row.id, rowVersion }
  },
})

async function fundersToAsk(context: CommandContext, row: Application, ids: Id[]) {
  const { tx } = context
  const known = await partiesInReach({ ...context, db: tx })
    .select([
      'party.id',
      'party.legal_name',
      'party.shown_name',
      'party.roles',
      'party.held_roles',
      'party.status',
    ])
    .where('party.id', 'in', ids)
    .execute()
  refuseUnless(known.length === ids.length, 'funder_must_be_known', { kind: 'missing', field: 'funderIds' })
  const asked = await tx
    .selectFrom('panel_sending')
    .select('funder_id')
    .where('application_id', '=', row.id)
    .execute()
  const companies = await companiesOf(tx, [...ids, row.client_id, ...asked.map(one => one.funder_id)])
  return known.map(party => ({
    id: party.id,
    name: party.shown_name ?? party.legal_name,
    isFunder: party.roles.includes('funder'),
    status: party.status,
    companyId: companies.get(party.id) ?? party.id,
    isClient: companies.get(party.id) === companies.get(row.client_id),
    askedBefore: asked.some(one => companies.get(one.funder_id) === companies.get(party.id)),
  }))
}

/** The paper by which the client agreed that its data go to others: one filed as a consent with the client. */
async function consentOf(context: CommandContext, row: Application, documentId: Id): Promise<Id> {
  const paper = await context.tx
    .selectFrom('document as d')
    .innerJoin('document_link as l', 'l.document_id', 'd.id')
    .select('d.id')
    .where('d.id', '=', documentId)
    .where('d.doc_kind', '=', 'consent')
    .where('d.struck_at', 'is', null)
    .where(eb => eb.or([eb('d.expires_on', 'is', null), eb('d.expires_on', '>=', context.today)]))
    .where('d.confidentiality', 'in', visibleClasses(context))
    .where(eb => eb.or([eb('l.object_id', 'in', sameCompany(row.client_id)), eb('l.object_id', '=', row.id)]))
    .executeTakeFirst()
  refuseUnless(paper !== undefined, 'consent_must_be_on_file', { kind: 'invalid', field: 'documentIds' })
  return paper.id
}

export const answerOfFunder = defineCommand(recordFunderAnswer, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    const row = await lockApplication(context, input)
    const sending = await lockSending(context, row, input.sendingId)
    refuseUnless(['waiting', 'approved', 'declined'].includes(sending.state), 'sending_must_be_open')
    refuseUnless(input.answeredOn <= today, 'answer_must_not_lie_ahead', {
      kind: 'invalid',
      field: 'answeredOn',
    })
    refuseUnless(
      input.answeredOn >= todayInTokyo(new Date(sending.sent_at)),
      'answer_must_follow_the_sending',
      { kind: 'invalid', field: 'answeredOn' },
    )
    const offer = input.answer === 'approved' ? offerOf(input, now) : null
    const lines = offer ? await linesOf(context, row, input.lines, offer) : []
    refuseUnless(offer !== null || !!input.declineReason, 'decline_must_have_its_reason', {
      kind: 'invalid',
      field: 'declineReason',
    })
    await tx
      .updateTable('panel_sending')
      .set({
        state: input.answer,
        answered_on: input.answeredOn,
        purchased_yen: offer?.purchasedYen ?? null,
        fee_yen: offer?.feeYen ?? null,
        charges_yen: offer?.chargesYen ?? null,
        reserve_yen: offer?.reserveYen ?? null,
        expires_at: offer?.expiresAt ?? null,
        decline_reason: offer ? null : (input.declineReason ?? null),
        answer_document_ids: input.documentIds,
        answer_recorded_by: actor.id,
        answer_recorded_at: now.toISOString(),
        row_version: sending.row_version + 1,
      })
      .where('id', '=', sending.id)
      .execute()
    await tx.deleteFrom('panel_sending_line').where('sending_id', '=', sending.id).execute()
    if (lines.length > 0)
      await tx
        .insertInto('panel_sending_line')
        .values(lines.map(({ row: line }) => ({ sending_id: sending.id, ...line })))
        .execute()
    const rowVersion = await setApplication(context, row, {})
    const netYen = offer ? netOf(offer) : null
    await context.record({
      verb: offer ? 'panel_offered' : 'panel_declined',
      subjects: [...subjectsOf(row), { kind: 'party', id: sending.funder_id }],
      before: { offeredNetYen: sending.net_yen, expiresAt: sending.expires_at },
      after: {
        funder: sending.funder_name,
        offeredNetYen: netYen,
        expiresAt: offer?.expiresAt ?? null,
        ...(offer && {
          purchasedYen: offer.purchasedYen,
          feeYen: offer.feeYen,
          reserveYen: offer.reserveYen,
        }),
        ...(lines.length > 0 && { lines: lines.map(one => one.words) }),
      },
      facts: {
        summary: `${row.application_no}　${sending.funder_name}　${netYen === null ? '見送り' : `手取 ${yen(netYen)}`}`,
      },
      evidence: input.documentIds,
      ...(offer ? {} : { reason: input.declineReason ?? '' }),
    })
    return { id: row.id, rowVersion, netYen }
  },
})

/** The lines of an offer as they are kept, and in words for the history; refused where they do not fit the claims or the totals. */
async function linesOf(
  { tx }: CommandContext,
  row: Application,
  lines: readonly OfferLine[],
  totals: { purchasedYen: number; feeYen: number; reserveYen: number },
) {
  if (lines.length === 0) return []
  const claims = await tx
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .select(['r.id', 'r.receivable_no as receivableNo', 'r.face_yen as faceYen'])
    .where('l.application_id', '=', row.id)
    .where('r.state', 'in', ['offered', 'verifying', 'verified', 'approved'])
    .execute()
  refuseAll(linesReasons({ lines, totals, claims }), 'invalid')
  return lines.map(line => ({
    row: {
      receivable_id: line.receivableId,
      eligible_yen: line.eligibleYen,
      purchased_yen: line.purchasedYen,
      advance_yen: line.advanceYen,
      reserve_yen: line.reserveYen,
      fee_yen: line.feeYen,
    },
    words: `${claims.find(one => one.id === line.receivableId)?.receivableNo ?? ''}　対象 ${yen(line.eligibleYen)}　買取 ${yen(line.purchasedYen)}　前渡 ${yen(line.advanceYen)}　留保 ${yen(line.reserveYen)}　手数料 ${yen(line.feeYen)}`,
  }))
}

interface Given {
  purchasedYen?: number | null | undefined
  feeYen?: number | null | undefined
  chargesYen?: number | null | undefined
  reserveYen?: number | null | undefined
  expiresAt?: string | null | undefined
}

function offerOf({ purchasedYen, feeYen, chargesYen, reserveYen, expiresAt }: Given, now: Date) {
  const isWhole =
    purchasedYen != null && feeYen != null && chargesYen != null && reserveYen != null && expiresAt != null
  refuseUnless(isWhole, 'offer_must_have_its_price', { kind: 'invalid', field: 'purchasedYen' })
  const offer = { purchasedYen, feeYen, chargesYen, reserveYen, expiresAt: new Date(expiresAt).toISOString() }
  refuseUnless(netOf(offer) > 0, 'offer_must_leave_a_payout', { kind: 'invalid', field: 'feeYen' })
  refuseUnless(new Date(offer.expiresAt) > now, 'offer_must_lie_ahead', {
    kind: 'invalid',
    field: 'expiresAt',
  })
  return offer
}

export const accept = defineCommand(acceptFunder, {
  constraints: { panel_one_is_taken: 'offer_must_be_open' },
  async run(context, input) {
    const { tx, actor, now, today, keys } = context
    const row = await lockApplication(context, input)
    const sending = await lockSending(context, row, input.sendingId)
    const stands =
      sending.state === 'approved' && sending.expires_at !== null && new Date(sending.expires_at) > now
    refuseUnless(stands, 'offer_must_be_open')
    await refuseStep(context, row, 'withdrawn')
    refuseUnless(input.acceptedOn <= today, 'answer_must_not_lie_ahead', {
      kind: 'invalid',
      field: 'acceptedOn',
    })
    refuseUnless(input.acceptedOn >= (sending.answered_on ?? ''), 'acceptance_must_follow_the_answer', {
      kind: 'invalid',
      field: 'acceptedOn',
    })
    refuseUnless(input.documentIds.length > 0, 'acceptance_must_be_proved', {
      kind: 'invalid',
      field: 'documentIds',
    })
    await tx
      .updateTable('panel_sending')
      .set({
        state: 'accepted',
        accepted_on: input.acceptedOn,
        accepted_by_sealed: await keys.seal(tx, row.client_id, input.acceptedBy),
        accept_channel: input.channel,
        accept_document_ids: input.documentIds,
        accept_recorded_by: actor.id,
        closed_at: now.toISOString(),
        row_version: sending.row_version + 1,
      })
      .where('id', '=', sending.id)
      .execute()
    await closeQuote(context, row.id, 'withdrawn')
    const rowVersion = await setApplication(context, row, { state: 'withdrawn' })
    const words = `${sending.funder_name} の提示（手取 ${yen(sending.net_yen ?? 0)}）を承諾`
    await context.record({
      verb: 'panel_accepted',
      subjects: [...subjectsOf(row), { kind: 'party', id: sending.funder_id }],
      before: { applicationState: row.state },
      after: { applicationState: 'withdrawn', funder: sending.funder_name, offeredNetYen: sending.net_yen },
      facts: { summary: `${row.application_no}　${words}` },
      evidence: input.documentIds,
    })
    await endClaims(context, row, 'withdrawn', words)
    return { id: row.id, rowVersion }
  },
})

async function lockSending(
  { tx }: CommandContext,
  row: Application,
  sendingId: Id,
): Promise<Selectable<Tables['panel_sending']> & { funder_name: string }> {
  const sending = found(
    await tx
      .selectFrom('panel_sending')
      .selectAll()
      .where('id', '=', sendingId)
      .where('application_id', '=', row.id)
      .forUpdate()
      .executeTakeFirst(),
    'panel_sending',
  )
  const funder = await tx
    .selectFrom('party')
    .select(['legal_name', 'shown_name'])
    .where('id', '=', sending.funder_id)
    .executeTakeFirstOrThrow()
  return { ...sending, funder_name: funder.shown_name ?? funder.legal_name }
}
