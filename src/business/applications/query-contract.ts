import { z } from 'zod'
import { id, isoDate, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { planParameters } from '../plans/contract.ts'
import { receivableStates } from '../receivables/contract.ts'
import { itemKinds } from './rules/checklist.ts'
import { applicationStates } from './rules/states.ts'
import { channels, forms, quoteStates } from './tables.ts'

const person = z.object({ id, name: z.string() })
const plan = z.object({
  planVersionId: id,
  planId: id,
  code: z.string(),
  name: z.string(),
  version: z.number().int(),
})
const row = z.object({
  id,
  rowVersion: z.number().int(),
  applicationNo: z.string(),
  client: z.object({ id, partyNo: z.string(), name: z.string() }),
  state: z.enum(applicationStates),
  /** Null: taken over from papers that do not say. */
  channel: z.enum(channels).nullable(),
  form: z.enum(forms),
  /** The version of a plan it is made under. */
  plan: plan.nullable(),
  requestedYen: z.number(),
  neededBy: z.string().nullable(),
  owner: person,
  submittedAt: z.string().nullable(),
  /** Which clock counts now, its deadline, and business minutes left (negative: passed; standing still while paused); null before it is submitted and once funded. */
  clock: z
    .object({
      what: z.enum(['decision', 'funding']),
      dueAt: z.string(),
      /** Counted in plain minutes, nights and holidays too; else in business time. */
      byWall: z.boolean(),
      minutesLeft: z.number().int(),
      isPaused: z.boolean(),
      isLate: z.boolean(),
    })
    .nullable(),
  /** Documents the client still owes, of how many. */
  itemsOwed: z.number().int(),
  items: z.number().int(),
  claims: z.number().int(),
  claimsYen: z.number(),
  /** Net payout of the quote that stands. */
  netYen: z.number().nullable(),
  draftedAt: z.string(),
  /** The company's own values shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type ApplicationRow = z.infer<typeof row>

export const listApplications = query({
  name: 'applications.list',
  path: '/api/applications',
  summary: 'Applications: open ones by their next deadline, ended ones newest first.',
  permission: 'applications.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    ended: z.stringbool().default(false),
    mine: z.stringbool().default(false),
    late: z.stringbool().default(false),
    owing: z.stringbool().default(false),
    state: listOf(z.enum(applicationStates)),
    channel: listOf(z.enum(channels)),
    partyId: id.optional(),
    /** The application a claim belongs to, open or ended. */
    receivableId: id.optional(),
    /** A number of an application or quote, or part of the name of the client; open and ended ones alike. */
    text: z.string().trim().max(60).default(''),
  }),
  output: pageOf(row),
})

const charge = z.object({
  kind: z.string(),
  amountYen: z.number(),
  taxCategory: z.string(),
  borneBy: z.enum(['client', 'factor']),
})
const priced = z.object({
  purchasedYen: z.number(),
  advanceYen: z.number(),
  reserveYen: z.number(),
  feeYen: z.number(),
  priceYen: z.number(),
  charges: z.array(charge),
  chargesYen: z.number(),
  taxYen: z.number(),
  netYen: z.number(),
  annualisedPpm: z.number().nullable(),
  lines: z.array(
    z.object({
      receivableId: id,
      receivableNo: z.string(),
      debtorName: z.string(),
      faceYen: z.number(),
      eligibleYen: z.number(),
      purchasedYen: z.number(),
      advanceYen: z.number(),
      reserveYen: z.number(),
      feeYen: z.number(),
      days: z.number().int(),
    }),
  ),
})
export type PricedShown = z.infer<typeof priced>

const quote = priced.extend({
  id,
  quoteNo: z.string(),
  contract: z.object({ id, contractNo: z.string() }),
  plan: plan.nullable(),
  quotedOn: z.string(),
  state: z.enum(quoteStates),
  collateralRequired: z.string(),
  guarantorRequired: z.string(),
  issuedBy: person,
  issuedAt: z.string(),
  expiresAt: z.string(),
  answeredOn: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answerChannel: z.string().nullable(),
  answerDocuments: z.array(z.object({ id, title: z.string() })),
  answerRecordedBy: person.nullable(),
})
export type QuoteShown = z.infer<typeof quote>

export const openApplication = query({
  name: 'applications.openOne',
  path: '/api/applications/:applicationId',
  summary: 'One application with checklist, claims, quotes, and each next step with what stands in its way.',
  permission: 'applications.read',
  sight: 'open',
  input: z.object({ applicationId: id }),
  output: row.extend({
    /** What the plan says, as it is offered to this client: a registration to corporations only. */
    planParameters: planParameters.nullable(),
    campaign: z.string().nullable(),
    broker: z.object({ id, name: z.string() }).nullable(),
    inquiry: z.object({ id, inquiryNo: z.string() }).nullable(),
    previousFactor: z
      .object({ name: z.string(), endedOn: z.string().nullable(), openYen: z.number().nullable() })
      .nullable(),
    draftedBy: person,
    decidedAt: z.string().nullable(),
    firstDecision: z.enum(['quoted', 'rejected']).nullable(),
    decisionReason: z.string().nullable(),
    decidedBy: person.nullable(),
    decisionDue: z.string().nullable(),
    fundingDue: z.string().nullable(),
    /** Where the plan promises money on the same day and none went out yet: what the bank can still do today (FF §7). */
    sameDayTransfer: z
      .object({ earliestOn: isoDate, cutOff: z.string(), stillToday: z.boolean() })
      .nullable(),
    pausedMinutes: z.number().int(),
    /** The business hours its clocks are counted in. */
    hours: z.object({
      days: z.enum(['banking_days', 'weekends_only', 'every_day']),
      closedDays: z.array(isoDate).readonly(),
      opensAt: z.string(),
      closesAt: z.string(),
    }),
    /** Business minutes since it was submitted, without those the client was waited for. */
    elapsedMinutes: z.number().int().nullable(),
    mayChange: z.boolean(),
    mayChangeClaims: z.boolean(),
    checklist: z.array(
      z.object({
        id,
        kind: z.enum(itemKinds),
        title: z.string(),
        state: z.enum(['missing', 'received', 'returned', 'waived']),
        document: z.object({ id, title: z.string() }).nullable(),
        note: z.string().nullable(),
        setBy: person,
        setAt: z.string(),
      }),
    ),
    linked: z.array(
      z.object({
        id,
        receivableNo: z.string(),
        debtorId: id,
        debtorName: z.string(),
        invoiceNo: z.string(),
        dueOn: z.string(),
        payableOn: z.string(),
        faceYen: z.number(),
        advanceYen: z.number().nullable(),
        state: z.enum(receivableStates),
        duplicateResult: z.string(),
        purchaseId: id.nullable(),
        fundedOn: z.string().nullable(),
      }),
    ),
    quotes: z.array(quote),
    steps: z.array(
      z.object({
        to: z.enum(applicationStates),
        hindrances: z.array(z.object({ code: z.string(), message: z.string() })),
      }),
    ),
  }),
})
export type ApplicationShown = z.infer<(typeof openApplication)['output']>

export const claimsToLink = query({
  name: 'applications.claimsToLink',
  path: '/api/applications/:applicationId/claims-to-link',
  summary: "The client's claims which are not bought and belong to no application.",
  permission: 'applications.read',
  sight: 'list',
  input: z.object({ applicationId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        receivableNo: z.string(),
        debtorName: z.string(),
        invoiceNo: z.string(),
        faceYen: z.number(),
        dueOn: z.string(),
        state: z.enum(receivableStates),
      }),
    ),
  }),
})

export const previewQuote = query({
  name: 'applications.previewQuote',
  path: '/api/applications/:applicationId/preview-quote',
  summary:
    'What the claims of an application would cost today under a contract, and everything its plan has against it; or why they cannot be priced.',
  permission: 'applications.read',
  sight: 'open',
  input: z.object({ applicationId: id, contractId: id }),
  output: z.object({ priced: priced.nullable(), hindrances: z.array(z.string()) }),
})

export const printQuote = query({
  name: 'applications.printQuote',
  path: '/api/quotes/:quoteId/quote.pdf',
  summary:
    'A quote as an A4 sheet for the client: the price of each claim, the sums to the yen and until when it stands.',
  permission: 'applications.read',
  sight: 'export',
  input: z.object({ quoteId: id }),
  output: z.unknown(),
})
