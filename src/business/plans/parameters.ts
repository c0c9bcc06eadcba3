import { z } from 'zod'
import { ppm, yen } from '../../platform/http/contract.ts'
import { receivableKinds } from '../contracts/contract.ts'

export const clientTypes = ['corp', 'sole'] as const
export type ClientType = (typeof clientTypes)[number]

/** What a client hands in for a deal (FF §5, document sets); its identity check is a case of its own and never waived by a plan. */
export const planDocuments = [
  'invoice',
  'bank_statement',
  'identity',
  'deal_evidence',
  'registry',
  'accounts',
  'tax_return',
  'debtor_consent',
] as const
export type PlanDocument = (typeof planDocuments)[number]

export const clockUnits = ['business_min', 'business_day', 'same_day'] as const
export const registrations = ['none', 'optional', 'optional_improves_rate', 'required', 'reserved'] as const
export const notices = ['none', 'held', 'sent', 'consent'] as const
export const duplicateScopes = ['own_book', 'assignment_registry', 'shared_registry'] as const
export const securities = ['none', 'optional', 'required'] as const

/** A promise in the business time of our calendar, from the submission, standing still while the client is waited for; `same_day`: by the end of that business day, its value 1. */
export const planClock = z.object({
  value: z.number().int().min(1).max(9_999),
  unit: z.enum(clockUnits),
})
export type PlanClock = z.output<typeof planClock>

const amount = yen.min(0).nullable()

/** A document set by kind of client. */
const documentSet = z.array(z.enum(planDocuments)).max(planDocuments.length)

/** What a version of a plan says (FF §5). Rates in ppm, money in yen, periods in days; null bounds nothing. */
export const planParameters = z.object({
  legalKinds: z.array(z.enum(['two_party', 'three_party'])).min(1),
  collectionRoutes: z.array(z.enum(['client_remits', 'dedicated_account', 'debtor_direct'])).min(1),
  clientTypes: z.array(z.enum(clientTypes)).min(1),
  receivableKinds: z.array(z.enum(receivableKinds)).min(1),
  /** Of what is bought in one deal, P. */
  minYen: amount,
  maxYen: amount,
  /** The highest 掛目. */
  advancePpm: ppm.min(1).max(1_000_000),
  feeMinPpm: ppm.max(1_000_000),
  feeMaxPpm: ppm.max(1_000_000).nullable(),
  feeBase: z.enum(['purchased', 'advance']),
  feeMinimumYen: yen.min(0),
  /** Days from the quote to `payable_on`. */
  maxTenorDays: z.number().int().min(1).max(3_650).nullable(),
  quoteClock: planClock.nullable(),
  decisionClock: planClock.nullable(),
  fundingClock: planClock.nullable(),
  documents: z.object({ corp: documentSet, sole: documentSet }),
  /** Of corporate assignors only: never offered to others, whatever stands here. */
  registration: z.enum(registrations),
  notice: z.enum(notices),
  payoutAfter: z.enum(['contract', 'notice', 'consent', 'registration']),
  duplicateScopes: z.array(z.enum(duplicateScopes)).min(1),
  recourse: z.enum(['none', 'dilution_only', 'full']),
  collateralRequired: z.enum(securities),
  guarantorRequired: z.enum(securities),
  /** The highest rate a contract may agree; null: only the statutory one. */
  lateRatePpm: ppm.nullable(),
  /** The most that may be at risk under the plan, 商品枠. */
  ceilingYen: amount,
})
export type PlanParameters = z.output<typeof planParameters>

/** A published fact with its source, even where two contradict; it bounds nothing (FF §5). */
export const advertised = z.object({
  text: z.string().trim().min(1).max(200),
  figure: z.string().trim().max(60).default(''),
  source: z.string().trim().min(1).max(200),
})
export type Advertised = z.output<typeof advertised>
