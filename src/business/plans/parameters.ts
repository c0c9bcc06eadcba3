import { z } from 'zod'
import { dealYen, ppm } from '../../platform/http/contract.ts'
import { penaltyTriggers, receivableKinds } from '../contracts/contract.ts'
import { partyKinds } from '../parties/tables.ts'

export const clientTypes = ['corp', 'sole'] as const
export type ClientType = (typeof clientTypes)[number]

/** How an application reaches us, and how much is asked in it (FF §5, channel and form). */
export const applicationChannels = [
  'web',
  'photo',
  'phone',
  'online_meeting',
  'visit',
  'api',
  'panel',
] as const
export type ApplicationChannel = (typeof applicationChannels)[number]
export const applicationForms = ['full', 'short'] as const
export type ApplicationForm = (typeof applicationForms)[number]
export const feeMethods = ['flat', 'per_day', 'per_period'] as const

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

export const clockUnits = ['min', 'business_min', 'business_day', 'same_day'] as const
/** What starts a clock: the submission, the last document that was owed, or the contracts being signed (FF §5). */
export const clockEvents = ['submitted', 'docs_complete', 'signed'] as const
export type ClockEvent = (typeof clockEvents)[number]
export const registrations = ['none', 'optional', 'optional_improves_rate', 'required', 'reserved'] as const
export const notices = ['none', 'held', 'sent', 'consent'] as const
export const duplicateScopes = ['own_book', 'assignment_registry', 'shared_registry'] as const
export const securities = ['none', 'optional', 'required'] as const

export const ceilingScopes = ['plan', 'operator'] as const

/**
 * A promise from the event that starts it, standing still while the client is waited for: `min` by the wall clock, `business_min` and
 * `business_day` in business time, `same_day` by the end of that business day, its value 1.
 */
export const planClock = z.object({
  value: z.number().int().min(1).max(9_999),
  unit: z.enum(clockUnits),
  startsAt: z.enum(clockEvents).default('submitted'),
})
export type PlanClock = z.output<typeof planClock>

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, '時刻は 09:30 の形で入力してください。')

/** The plan's own hours, on the company's business days or on every day. */
const planHours = z.object({
  opensAt: timeOfDay,
  closesAt: timeOfDay,
  days: z.enum(['company', 'every_day']),
})

const amount = dealYen.min(0).nullable()

/** A document set by kind of client. */
const documentSet = z.array(z.enum(planDocuments)).max(planDocuments.length)

/** A fixed fee the client bears, and the most a contract may ask for it; without consumption tax. */
const planCharge = z.object({ kind: z.string().trim().min(1).max(50), mostYen: dealYen.min(0) })

/** A penalty a contract may agree, up to a sum or to a share of the price; one of both (FF §4.5). */
const planPenalty = z.object({
  trigger: z.enum(penaltyTriggers),
  mostYen: dealYen.min(1).nullable(),
  mostPpm: ppm.max(1_000_000).nullable(),
})
export type PlanPenalty = z.output<typeof planPenalty>

/** What a version of a plan says (FF §5). Rates in ppm, money in yen, periods in days; null bounds nothing. */
export const planParameters = z.object({
  legalKinds: z.array(z.enum(['two_party', 'three_party'])).min(1),
  collectionRoutes: z.array(z.enum(['client_remits', 'dedicated_account', 'debtor_direct'])).min(1),
  clientTypes: z.array(z.enum(clientTypes)).min(1),
  receivableKinds: z.array(z.enum(receivableKinds)).min(1),
  forms: z
    .array(z.enum(applicationForms))
    .min(1)
    .default([...applicationForms]),
  channels: z
    .array(z.enum(applicationChannels))
    .min(1)
    .default([...applicationChannels]),
  /** Letters of 日本標準産業分類; none: clients of every industry. */
  industries: z
    .array(z.string().regex(/^[A-T]$/))
    .max(20)
    .default([]),
  debtorTypes: z
    .array(z.enum(partyKinds))
    .min(1)
    .default([...partyKinds]),
  /** Of what is bought in one deal, P. */
  minYen: amount,
  maxYen: amount,
  /** The highest 掛目. */
  advancePpm: ppm.min(1).max(1_000_000),
  feeMinPpm: ppm.max(1_000_000),
  feeMaxPpm: ppm.max(1_000_000).nullable(),
  feeBase: z.enum(['purchased', 'advance']),
  feeMinimumYen: dealYen.min(0),
  feeMethods: z
    .array(z.enum(feeMethods))
    .min(1)
    .default([...feeMethods]),
  /** The fixed fees a contract may ask of the client; null: bounded by no plan. */
  charges: z.array(planCharge).max(20).nullable().default(null),
  /** The penalties a contract may agree; null: bounded by no plan. */
  penalties: z.array(planPenalty).max(10).nullable().default(null),
  /** Days from the quote to `payable_on`. */
  maxTenorDays: z.number().int().min(1).max(3_650).nullable(),
  /** To how many funders an application may be sent (FF §5, multi_quote_max); null: no panel. */
  multiQuoteMax: z.number().int().min(1).max(20).nullable().default(null),
  quoteClock: planClock.nullable(),
  decisionClock: planClock.nullable(),
  fundingClock: planClock.nullable(),
  /** 営業時間 its clocks are counted in; null: the company's. */
  hours: planHours.nullable().default(null),
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
  lateRatePpm: ppm.max(1_000_000).nullable(),
  /** The most that may be at risk under the plan, 商品枠. */
  ceilingYen: amount,
  /** `operator`: the ceiling is shared by all plans of the same operator (FF §5, operated_by). */
  ceilingScope: z.enum(ceilingScopes).default('plan'),
})
export type PlanParameters = z.output<typeof planParameters>

/** What is stored, with what was no parameter yet when it was written: a version says for ever what it said. */
export const storedParameters = (stored: unknown): PlanParameters => planParameters.parse(stored)

/** A published fact with its source, even where two contradict; it bounds nothing (FF §5). */
export const advertised = z.object({
  text: z.string().trim().min(1).max(200),
  figure: z.string().trim().max(60).default(''),
  source: z.string().trim().min(1).max(200),
})
export type Advertised = z.output<typeof advertised>
