import { sql } from 'kysely'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { contractTermsOn } from '../contracts/index.ts'
import { visibleClasses } from '../documents/index.ts'
import { recordKept } from '../policy/index.ts'
import type { ReceivableShown } from './contract.ts'
import { claimToPrice, datesUnder, pricingTermsOf, taxRates } from './pricing-of.ts'
import { namesOf, openRecord, seenIn, toleranceYenOf, toRow } from './queries.ts'
import type { Receivable } from './records.ts'
import { priceClaim, pricingRefusals } from './rules/pricing.ts'
import { stateNow } from './state-now.ts'

/** One claim with everything its page shows. */
export async function openReceivablePage(context: QueryContext, id: Id): Promise<Seen<ReceivableShown>> {
  const { db, today } = context
  const row = await openRecord(context, id)
  const tolerance = await toleranceYenOf(db)
  const now = stateNow(row, today, tolerance)
  const [purchase, checks, notices, evidence] = await Promise.all([
    purchaseOf(context, row),
    db
      .selectFrom('duplicate_check')
      .selectAll()
      .where('receivable_id', '=', id)
      .orderBy('id', 'desc')
      .limit(20)
      .execute(),
    db
      .selectFrom('assignment_notice as n')
      .leftJoin('assignment_registration as g', 'g.notice_id', 'n.id')
      .selectAll('n')
      .select([
        'g.row_version as registration_version',
        'g.registration_no',
        'g.registered_at',
        'g.expires_on',
      ])
      .select(['g.claim_type_code', 'g.claim_type_label', 'g.claim_nature', 'g.certificate_document_id'])
      .where('n.receivable_id', '=', id)
      .orderBy('n.id', 'desc')
      .execute(),
    db
      .selectFrom('receivable_evidence as e')
      .innerJoin('document as d', 'd.id', 'e.document_id')
      .select(['e.document_id', 'e.evidence_kind', 'e.agrees', 'd.title', 'd.seen_no'])
      .where('e.receivable_id', '=', id)
      .where('d.confidentiality', 'in', visibleClasses(context))
      .orderBy('e.added_at')
      .execute(),
  ])
  const matched = await namesOf(context, [
    ...new Set(checks.flatMap(check => check.matches.map(match => match.receivableId))),
  ])
  const names = await staffNames(
    db,
    [
      row.registered_by,
      row.verified_by,
      row.approved_by,
      ...checks.flatMap(check => [check.judged_by, check.confirmed_by]),
    ].filter(person => person !== null),
  )
  const name = (person: Id | null) => (person === null ? null : (names.get(person) ?? '（不明）'))
  const contract = row.contract_id ? await contractTermsOn(db, row.contract_id, today) : null
  return {
    body: {
      ...toRow(row, today, tolerance),
      rowVersion: row.row_version,
      currency: 'JPY',
      transactionRecordUntil: await recordUntil(context, row),
      contractId: row.contract_id,
      contractNo: contract?.contractNo ?? null,
      legalKind: contract?.terms.legalKind ?? null,
      receivableKind: row.receivable_kind,
      deductionsYen: row.deductions_yen,
      ineligibleYen: row.ineligible_yen,
      eligibleYen: row.face_yen - row.deductions_yen - row.ineligible_yen,
      reserveYen: row.reserve_yen,
      feeYen: row.fee_yen,
      priceYen: row.price_yen,
      collectedYen: row.collected_yen,
      dilutedYen: row.diluted_yen,
      leftToSettleYen: row.left_to_settle_yen,
      fundedOn: row.funded_on,
      stateReason: { rule: now.rule, sentence: now.sentence, source: now.source },
      assignmentRestriction: row.assignment_restriction,
      setOffRisk: row.set_off_risk,
      findings: row.findings,
      registeredBy: { id: row.registered_by, name: name(row.registered_by) ?? '' },
      verifiedBy: name(row.verified_by),
      approvedBy: name(row.approved_by),
      perfectedOn: row.perfected_on,
      purchase,
      checks: checks.map(check => ({
        id: check.id,
        occasion: check.occasion,
        result: check.result,
        checkedAt: check.checked_at,
        verdict: check.verdict,
        verdictReason: check.verdict_reason,
        judgedBy: name(check.judged_by),
        confirmedBy: name(check.confirmed_by),
        matches: check.matches.slice(0, 20).flatMap(match => {
          const other = matched.get(match.receivableId)
          if (!other) return []
          return [
            {
              ...match,
              receivableNo: other.receivable_no,
              clientName: other.client_name,
              debtorName: other.debtor_name,
              invoiceNo: other.invoice_no,
              faceYen: other.face_yen,
              dueOn: other.due_on,
            },
          ]
        }),
      })),
      notices: notices.map(one => ({
        id: one.id,
        noticeKind: one.notice_kind,
        method: one.method,
        sentTo: one.sent_to,
        sentOn: one.sent_on,
        postNo: one.post_no,
        department: one.department,
        byAssignor: one.by_assignor,
        fixedDateKind: one.fixed_date_kind,
        fixedOn: one.fixed_on,
        deliveredTo: one.delivered_to,
        deliveredTime: one.delivered_time,
        registration: one.registration_no
          ? {
              rowVersion: one.registration_version ?? 0,
              registrationNo: one.registration_no,
              registeredAt: one.registered_at ?? '',
              expiresOn: one.expires_on ?? '',
              claimTypeCode: one.claim_type_code ?? '',
              claimTypeLabel: one.claim_type_label,
              claimNature: one.claim_nature,
              certificateId: one.certificate_document_id ?? '',
            }
          : null,
        deliveredOn: one.delivered_on,
        returnedOn: one.returned_on,
        trigger: one.trigger_text,
      })),
      evidence: evidence.map(one => ({
        documentId: one.document_id,
        title: one.title,
        kind: one.evidence_kind,
        agrees: one.agrees,
      })),
      quote: contract && row.purchase_id === null ? quoteOf(row, contract.terms, today) : null,
    },
    seen: [
      ...seenIn([row, ...matched.values()]),
      ...evidence.map(one => one.seen_no),
      ...(await seenNumbersOf(
        db,
        [row.contract_id, row.purchase_id, ...notices.map(one => one.certificate_document_id)].filter(
          no => no !== null,
        ),
      )),
    ],
  }
}

async function purchaseOf({ db }: QueryContext, row: Receivable): Promise<ReceivableShown['purchase']> {
  if (row.purchase_id === null) return null
  const [purchase, claims] = await Promise.all([
    db.selectFrom('purchase').selectAll().where('id', '=', row.purchase_id).executeTakeFirstOrThrow(),
    db.selectFrom('receivable').select('id').where('purchase_id', '=', row.purchase_id).execute(),
  ])
  return {
    id: purchase.id,
    purchaseNo: purchase.purchase_no,
    purchasedOn: purchase.purchased_on,
    chargesYen: purchase.charges_yen,
    taxYen: purchase.tax_yen,
    netYen: purchase.net_yen,
    annualisedPpm: purchase.annualised_ppm,
    claims: claims.length,
  }
}

/** What the claim would cost if it were bought today; null when it cannot be priced. */
function quoteOf(
  row: Receivable,
  terms: Parameters<typeof pricingTermsOf>[0],
  today: string,
): ReceivableShown['quote'] {
  const claim = claimToPrice(row, datesUnder(terms, row.due_on).payableOn, today)
  const pricing = pricingTermsOf(terms)
  if (pricingRefusals([claim], pricing, [], taxRates).length > 0) return null
  const { advanceYen, reserveYen, feeYen } = priceClaim(claim, pricing)
  return { advanceYen, reserveYen, feeYen, days: claim.days }
}

/** A claim is a record of its transactions, from the last movement of money on. */
async function recordUntil({ db }: QueryContext, row: Receivable): Promise<string | null> {
  if (row.purchase_id === null) return null
  const { rows } = await sql<{ last: string | null }>`
    select greatest(${row.funded_on}::date, (select max(moved_on) from receivable_movement where receivable_id = ${row.id}))::text as last`.execute(
    db,
  )
  const last = rows[0]?.last
  return last ? (await recordKept(db, last)).until : null
}
