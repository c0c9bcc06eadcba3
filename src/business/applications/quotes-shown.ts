import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { visibleClasses } from '../documents/index.ts'
import type { QuoteShown } from './contract.ts'
import './tables.ts'
import { pricedLine } from './priced-line.ts'

/** Every quote of an application, newest first, as far as the documents of the answers may be seen; who issued and answered is named by the caller. */
export async function quotesOf({ db, actor }: QueryContext, applicationId: Id) {
  const rows = await db
    .selectFrom('quote as q')
    .innerJoin('contract as c', 'c.id', 'q.contract_id')
    .leftJoin('plan_version as pv', 'pv.id', 'q.plan_version_id')
    .leftJoin('plan as pl', 'pl.id', 'pv.plan_id')
    .selectAll('q')
    .select(['c.contract_no', 'c.seen_no as contract_seen_no'])
    .select([
      'pl.id as plan_id',
      'pl.code as plan_code',
      'pl.name as plan_name',
      'pl.seen_no as plan_seen_no',
    ])
    .select('pv.version as plan_version')
    .where('q.application_id', '=', applicationId)
    .orderBy('q.id', 'desc')
    .execute()
  const ids = rows.map(row => row.id)
  const lines = ids.length
    ? await db
        .selectFrom('quote_line as l')
        .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
        .innerJoin('party as d', 'd.id', 'r.debtor_id')
        .selectAll('l')
        .select([
          'r.receivable_no',
          'r.seen_no',
          'd.legal_name as debtor_name',
          'd.seen_no as debtor_seen_no',
        ])
        .where('l.quote_id', 'in', ids)
        .orderBy('l.receivable_id')
        .execute()
    : []
  const wanted = rows.flatMap(row => row.answer_documents)
  const documents = wanted.length
    ? await db
        .selectFrom('document')
        .select(['id', 'title', 'seen_no'])
        .where('id', 'in', wanted)
        .where('confidentiality', 'in', visibleClasses({ actor }))
        .execute()
    : []
  const shown: Omit<QuoteShown, 'issuedBy' | 'answeredBy' | 'answerRecordedBy'>[] = rows.map(row => ({
    id: row.id,
    quoteNo: row.quote_no,
    contract: { id: row.contract_id, contractNo: row.contract_no },
    plan:
      row.plan_version_id !== null && row.plan_id !== null && row.plan_version !== null
        ? {
            planVersionId: row.plan_version_id,
            planId: row.plan_id,
            code: row.plan_code ?? '',
            name: row.plan_name ?? '',
            version: row.plan_version,
          }
        : null,
    quotedOn: row.quoted_on,
    state: row.state,
    purchasedYen: row.purchased_yen,
    advanceYen: row.advance_yen,
    reserveYen: row.reserve_yen,
    feeYen: row.fee_yen,
    priceYen: row.price_yen,
    charges: row.charges,
    chargesYen: row.charges_yen,
    taxYen: row.tax_yen,
    netYen: row.net_yen,
    annualisedPpm: row.annualised_ppm,
    collateralRequired: row.collateral_required,
    guarantorRequired: row.guarantor_required,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    answeredOn: row.answered_on,
    answerChannel: row.answer_channel,
    answerDocuments: documents
      .filter(document => row.answer_documents.includes(document.id))
      .map(({ id, title }) => ({ id, title })),
    lines: lines
      .filter(line => line.quote_id === row.id)
      .map(line => ({ ...pricedLine(line), days: line.days })),
  }))
  const seen = [
    ...rows.flatMap(row => [row.seen_no, row.contract_seen_no]),
    ...rows.flatMap(row => (row.plan_seen_no === null ? [] : [row.plan_seen_no])),
    ...lines.flatMap(line => [line.seen_no, line.debtor_seen_no]),
    ...documents.map(document => document.seen_no),
  ]
  return { rows, shown, seen }
}
