import type { z } from 'zod'
import type { Reason } from '../../platform/commands/refusal.ts'
import { found, Refusal } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { commonRefusals } from '../../platform/http/contract.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames, transferDayNow } from '../access/index.ts'
import { contractTermsOn } from '../contracts/index.ts'
import { visibleClasses } from '../documents/index.ts'
import { sameCompany } from '../parties/index.ts'
import { storedParameters } from '../plans/index.ts'
import { claimRows, quoteClaims } from '../receivables/index.ts'
import { clockOf, hoursOf } from './clock-of.ts'
import { CLAIMS_MAY_CHANGE } from './commands/claims.ts'
import { claimsToPrice, contractToQuote } from './commands/quotes.ts'
import {
  type ApplicationShown,
  applicationRefusals,
  type claimsToLink,
  type PricedShown,
} from './contract.ts'
import { itemTitle } from './item-title.ts'
import { moveFacts } from './move-facts.ts'
import { type FoundApplication, inReach, seenOf, toRows } from './queries.ts'
import { quotesOf } from './quotes-shown.ts'
import { businessMinutes } from './rules/clock.ts'
import { hindrancesToStep } from './rules/moves.ts'
import { moneyIsAhead, stepsFrom } from './rules/states.ts'
import { offeredTo, planOf, planReasons } from './under-plan.ts'

const UNKNOWN = '（不明）'
const MINUTE_MS = 60_000
const CHANGEABLE = ['draft', 'submitted', 'docs_pending', 'screening', 'in_review']

/** The application as far as the person reaches; a `missing` refusal otherwise. */
export async function one(context: QueryContext, applicationId: Id): Promise<FoundApplication> {
  return found(await inReach(context).where('a.id', '=', applicationId).executeTakeFirst(), 'application')
}

/** One application with everything its page shows; each next step with what stands in its way now. */
export async function open(
  keys: SubjectKeys,
  context: QueryContext,
  applicationId: Id,
): Promise<Seen<ApplicationShown>> {
  const { db, now, today, actor } = context
  const row = await one(context, applicationId)
  const [shown] = await toRows(context, [row])
  const [items, linked, quotes, origin, moves] = await Promise.all([
    itemsOf(context, row.id),
    linkedOf(context, row.id),
    quotesOf(context, row.id),
    originOf(context, row),
    moveFacts({ tx: db, actor, now, today }, row, { lock: false }),
  ])
  const names = await staffNames(
    db,
    [
      row.drafted_by,
      row.decided_by,
      ...items.map(item => item.set_by),
      ...quotes.rows.flatMap(quote => [quote.issued_by, quote.answer_recorded_by]),
    ].filter(person => person !== null),
  )
  const person = (id: Id) => ({ id, name: names.get(id) ?? UNKNOWN })
  const answered = await Promise.all(
    quotes.rows.map(quote => (quote.answered_by_sealed ? keys.open(db, quote.answered_by_sealed) : null)),
  )
  const shownUntil = row.ended_at === null ? now : new Date(row.ended_at)
  const clock = clockOf(row, row.plan_parameters)
  const hours = hoursOf(clock)
  const isSameDay = clock.plan?.fundingClock?.unit === 'same_day' && moneyIsAhead(moves.from)
  const pausedNow = row.paused_since ? businessMinutes(new Date(row.paused_since), shownUntil, hours) : 0
  const pausedMinutes = Math.floor(row.paused_ms / MINUTE_MS) + pausedNow
  return {
    body: {
      ...shown!,
      planParameters: row.plan_parameters && offeredTo(storedParameters(row.plan_parameters), row.party_kind),
      campaign: row.campaign,
      broker: origin.broker,
      inquiry: origin.inquiry,
      previousFactor: row.previous_factor_name
        ? {
            name: row.previous_factor_name,
            endedOn: row.previous_factor_ended_on,
            openYen: row.previous_factor_open_yen,
          }
        : null,
      draftedBy: person(row.drafted_by),
      decidedAt: row.decided_at,
      firstDecision: row.first_decision,
      decisionReason: row.decision_reason,
      decidedBy: row.decided_by ? person(row.decided_by) : null,
      decisionDue: row.decision_due,
      fundingDue: row.funding_due,
      sameDayTransfer: isSameDay ? await transferToday(context) : null,
      pausedMinutes,
      hours,
      elapsedMinutes: row.clock_started_at
        ? Math.max(0, businessMinutes(new Date(row.clock_started_at), shownUntil, hours) - pausedMinutes)
        : null,
      mayChange: CHANGEABLE.includes(row.state),
      mayChangeClaims: CLAIMS_MAY_CHANGE.includes(row.state),
      checklist: items.map(item => ({
        id: item.id,
        kind: item.item_kind,
        title: itemTitle(item),
        state: item.state,
        document:
          item.document_id && item.document_title
            ? { id: item.document_id, title: item.document_title }
            : null,
        note: item.note,
        setBy: person(item.set_by),
        setAt: item.set_at,
      })),
      linked: linked.rows,
      quotes: quotes.rows.map((quote, at) => ({
        ...quotes.shown[at]!,
        issuedBy: person(quote.issued_by),
        answeredBy: answered[at] ?? null,
        answerRecordedBy: quote.answer_recorded_by ? person(quote.answer_recorded_by) : null,
      })),
      steps: stepsFrom(moves.from).map(to => ({
        to,
        hindrances: hindrancesToStep(moves.from, to, moves.facts).map(said),
      })),
    },
    seen: [
      ...seenOf(row),
      ...items.flatMap(item => (item.document_seen_no === null ? [] : [item.document_seen_no])),
      ...linked.seen,
      ...quotes.seen,
      ...origin.seen,
    ],
  }
}

/** What the bank can still do today for a promise of money on the same day (FF §7). */
async function transferToday({ db, now, today }: QueryContext) {
  const transfer = await transferDayNow(db, now)
  return { ...transfer, stillToday: transfer.earliestOn === today }
}

/** A reason as people read it. */
function said(reason: Reason): { code: string; message: string } {
  const sentences: Readonly<Record<string, string>> = { ...commonRefusals, ...applicationRefusals }
  return { code: reason.code, message: reason.message ?? sentences[reason.code] ?? reason.code }
}

function itemsOf({ db, actor }: QueryContext, applicationId: Id) {
  const classes = visibleClasses({ actor })
  return db
    .selectFrom('application_item as i')
    .leftJoin('document as d', join =>
      join.onRef('d.id', '=', 'i.document_id').on('d.confidentiality', 'in', classes),
    )
    .selectAll('i')
    .select(['d.title as document_title', 'd.seen_no as document_seen_no'])
    .where('i.application_id', '=', applicationId)
    .orderBy('i.position')
    .execute()
}

async function linkedOf(context: QueryContext, applicationId: Id) {
  const links = await context.db
    .selectFrom('application_claim as l')
    .innerJoin('receivable as r', 'r.id', 'l.receivable_id')
    .innerJoin('party as d', 'd.id', 'r.debtor_id')
    .select(['r.id', 'r.purchase_id', 'r.funded_on', 'd.seen_no as debtor_seen_no'])
    .where('l.application_id', '=', applicationId)
    .execute()
  const facts = new Map(links.map(link => [link.id, link]))
  const claims = await claimRows(context, [...facts.keys()])
  return {
    rows: claims.map(({ row }) => ({
      ...row,
      purchaseId: facts.get(row.id)?.purchase_id ?? null,
      fundedOn: facts.get(row.id)?.funded_on ?? null,
    })),
    seen: [...claims.map(claim => claim.seenNo), ...links.map(link => link.debtor_seen_no)],
  }
}

async function originOf({ db }: QueryContext, row: FoundApplication) {
  const broker = row.broker_id
    ? await db
        .selectFrom('party')
        .select(['id', 'legal_name', 'seen_no'])
        .where('id', '=', row.broker_id)
        .executeTakeFirst()
    : undefined
  const inquiry = row.inquiry_id
    ? await db
        .selectFrom('inquiry')
        .select(['id', 'inquiry_no', 'seen_no'])
        .where('id', '=', row.inquiry_id)
        .executeTakeFirst()
    : undefined
  return {
    broker: broker ? { id: broker.id, name: broker.legal_name } : null,
    inquiry: inquiry ? { id: inquiry.id, inquiryNo: inquiry.inquiry_no } : null,
    seen: [broker?.seen_no, inquiry?.seen_no].filter(no => no !== undefined),
  }
}

/** The client's claims which are not bought and belong to no application, newest first; at most 200. */
export async function linkable(
  context: QueryContext,
  applicationId: Id,
): Promise<Seen<z.output<typeof claimsToLink.output>>> {
  const application = await one(context, applicationId)
  const free = await context.db
    .selectFrom('receivable as r')
    .leftJoin('application_claim as l', 'l.receivable_id', 'r.id')
    .select('r.id')
    .where('r.client_id', 'in', sameCompany(application.client_id))
    .where('r.state', 'in', ['offered', 'verifying', 'verified', 'approved'])
    .where('l.receivable_id', 'is', null)
    .orderBy('r.id', 'desc')
    .limit(200)
    .execute()
  const claims = await claimRows(
    context,
    free.map(claim => claim.id),
  )
  return {
    body: {
      rows: claims.map(({ row: { id, receivableNo, debtorName, invoiceNo, faceYen, dueOn, state } }) => ({
        id,
        receivableNo,
        debtorName,
        invoiceNo,
        faceYen,
        dueOn,
        state,
      })),
    },
    seen: claims.map(claim => claim.seenNo),
  }
}

/** What the claims would cost today under a contract; the reasons in words where they cannot be priced. */
export async function preview(
  context: QueryContext,
  applicationId: Id,
  contractId: Id,
): Promise<Seen<{ priced: PricedShown | null; hindrances: string[] }>> {
  const { db, today } = context
  const application = await one(context, applicationId)
  const claims = await claimsToPrice(db, applicationId)
  const rows = await claimRows(
    context,
    claims.map(claim => claim.id),
  )
  const seen = [application.seen_no, ...rows.map(claim => claim.seenNo)]
  const plan = await planOf(db, application)
  if (plan) seen.push(plan.planSeenNo)
  try {
    await contractToQuote({ tx: db, today }, application.client_id, contractId)
  } catch (error) {
    if (error instanceof Refusal)
      return { body: { priced: null, hindrances: error.reasons.map(reason => said(reason).message) }, seen }
    throw error
  }
  const contract = await contractTermsOn(db, contractId, today)
  const answer = quoteClaims(claims, contract.terms, today)
  if ('refusals' in answer)
    return { body: { priced: null, hindrances: [applicationRefusals.price_must_be_possible] }, seen }
  const { quote, charges, days } = answer
  const named = new Map(rows.map(claim => [claim.row.id, claim.row]))
  const { claims: priced, ...sums } = quote
  return {
    body: {
      priced: {
        ...sums,
        charges,
        lines: priced.map((line, at) => ({
          ...line,
          receivableNo: named.get(line.receivableId)?.receivableNo ?? '',
          debtorName: named.get(line.receivableId)?.debtorName ?? '',
          days: days[at] ?? 0,
        })),
      },
      hindrances: planReasons(plan, contract, claims, answer).map(reason => said(reason).message),
    },
    seen,
  }
}
