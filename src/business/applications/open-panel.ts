import { sql } from 'kysely'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { one } from './open-application.ts'
import { type PanelShown, panelRefusals } from './panel-contract.ts'
import { pricedLine } from './priced-line.ts'
import { seenOf } from './queries.ts'
import { byNet, PANEL_STATES } from './rules/panel.ts'
import { planOf } from './under-plan.ts'

/** Who was asked and what came back, the highest net payout first; our own quote beside it. */
export async function panelOf(
  keys: SubjectKeys,
  context: QueryContext,
  applicationId: Id,
): Promise<Seen<PanelShown>> {
  const { db, now } = context
  const row = await one(context, applicationId)
  const [plan, sendings, quote] = await Promise.all([
    planOf(db as never, row),
    db
      .selectFrom('panel_sending as s')
      .innerJoin('party as p', 'p.id', 's.funder_id')
      .selectAll('s')
      .select(['p.party_no', 'p.seen_no as funder_seen_no'])
      .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('funder_name'))
      .where('s.application_id', '=', row.id)
      .orderBy('s.id')
      .execute(),
    db
      .selectFrom('quote')
      .select(['seen_no', 'quote_no', 'net_yen', 'expires_at', 'state'])
      .where('application_id', '=', row.id)
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  ])
  const lines =
    sendings.length === 0
      ? []
      : await db
          .selectFrom('panel_sending_line as l')
          .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
          .innerJoin('party as d', 'd.id', 'r.debtor_id')
          .selectAll('l')
          .select(['r.receivable_no', 'r.face_yen', 'r.seen_no', 'd.seen_no as debtor_seen_no'])
          .select(sql<string>`coalesce(d.shown_name, d.legal_name)`.as('debtor_name'))
          .where(
            'l.sending_id',
            'in',
            sendings.map(one => one.id),
          )
          .orderBy('r.receivable_no')
          .execute()
  const people = sendings.flatMap(one => [one.sent_by, one.answer_recorded_by]).filter(id => id !== null)
  const names = await staffNames(db, people)
  const name = (id: Id) => names.get(id) ?? '（不明）'
  const most = plan?.parameters.multiQuoteMax ?? null
  const shown = await Promise.all(
    sendings.map(async sending => ({
      id: sending.id,
      funder: { id: sending.funder_id, partyNo: sending.party_no, name: sending.funder_name },
      consentId: sending.consent_document_id,
      shared: sending.shared,
      sentBy: name(sending.sent_by),
      sentAt: sending.sent_at,
      state: sending.state,
      isExpired:
        sending.state === 'approved' && sending.expires_at !== null && new Date(sending.expires_at) <= now,
      answeredOn: sending.answered_on,
      purchasedYen: sending.purchased_yen,
      feeYen: sending.fee_yen,
      chargesYen: sending.charges_yen,
      reserveYen: sending.reserve_yen,
      netYen: sending.net_yen,
      expiresAt: sending.expires_at,
      lines: lines.filter(line => line.sending_id === sending.id).map(pricedLine),
      declineReason: sending.decline_reason,
      answerDocuments: sending.answer_document_ids,
      answerRecordedBy: sending.answer_recorded_by && name(sending.answer_recorded_by),
      acceptedOn: sending.accepted_on,
      acceptedBy: sending.accepted_by_sealed && (await keys.open(db, sending.accepted_by_sealed)),
      acceptDocuments: sending.accept_document_ids,
    })),
  )
  return {
    body: {
      most,
      whyNot: whyNot(row.state, most, sendings.length),
      ours: quote
        ? {
            quoteNo: quote.quote_no,
            netYen: quote.net_yen,
            expiresAt: quote.expires_at,
            isOpen: quote.state === 'offered' && new Date(quote.expires_at) > now,
          }
        : null,
      sendings: byNet(shown),
    },
    seen: [
      ...seenOf(row),
      ...sendings.map(sending => sending.funder_seen_no),
      ...(quote ? [quote.seen_no] : []),
      ...new Set(lines.flatMap(line => [line.seen_no, line.debtor_seen_no])),
    ],
  }
}

function whyNot(state: string, most: number | null, asked: number): string | null {
  if (most === null) return panelRefusals.panel_must_be_in_the_plan
  if (!(PANEL_STATES as readonly string[]).includes(state)) return panelRefusals.panel_must_precede_acceptance
  return asked >= most ? `この商品で送れる${most}社すべてに送りました。` : null
}
