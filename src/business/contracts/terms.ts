import { z } from 'zod'
import { dealYen, ppm } from '../../platform/http/contract.ts'

export const receivableKinds = ['invoice', 'purchase_order', 'contract', 'medical', 'care', 'public'] as const
export type ReceivableKind = (typeof receivableKinds)[number]

export const penaltyTriggers = [
  'false_statement',
  'double_assignment',
  'collections_withheld',
  'early_termination',
  'other',
] as const

const holidayRoll = z.enum(['following', 'preceding', 'none'])

/** When the client passes the debtor's money on; gives `payable_on` in `client_remits` (FF §1). */
export const remitRule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('days_after_due'),
    days: z.number().int().min(0).max(90),
    unit: z.enum(['calendar', 'business']),
    holidayRoll,
  }),
  z.object({
    kind: z.literal('day_of_month'),
    monthOffset: z.number().int().min(0).max(3),
    payDay: z.number().int().min(1).max(31),
    holidayRoll,
  }),
])

export const charge = z.object({
  kind: z.string().trim().min(1).max(50),
  /** Without consumption tax. */
  amountYen: dealYen.min(0),
  taxCategory: z.enum(['non_taxable', 'taxable_10', 'outside']),
  borneBy: z.enum(['client', 'factor']),
})

/** What a contract says about money and duties (data dictionary, group 7). Rates in ppm, money in yen, periods in days. */
export const contractTerms = z.object({
  transactionKind: z.enum(['purchase', 'credit_guarantee', 'loan']).default('purchase'),
  legalKind: z.enum(['two_party', 'three_party']),
  collectionRoute: z.enum(['client_remits', 'dedicated_account', 'debtor_direct']),
  receivableKinds: z.array(z.enum(receivableKinds)).min(1).default(['invoice']),
  advancePpm: ppm.min(1).max(1_000_000),
  feePpm: ppm.max(1_000_000),
  feeBase: z.enum(['purchased', 'advance']).default('purchased'),
  feeMethod: z.enum(['flat', 'per_day', 'per_period']).default('flat'),
  feePeriodDays: z.number().int().min(1).max(366).nullable().default(null),
  feeMinimumYen: dealYen.min(0).default(0),
  charges: z.array(charge).max(20).default([]),
  retentionAbsorbs: z.enum(['dilution_then_credit', 'dilution']).default('dilution_then_credit'),
  paymentTerm: z
    .object({
      closeDay: z.number().int().min(1).max(31),
      monthOffset: z.number().int().min(0).max(12),
      payDay: z.number().int().min(1).max(31),
      holidayRoll,
    })
    .default({ closeDay: 31, monthOffset: 1, payDay: 31, holidayRoll: 'following' }),
  remitRule: remitRule.nullable().default(null),
  graceDays: z.number().int().min(0).max(60).default(0),
  /** Null: no rate agreed, the statutory one applies. */
  lateRatePpm: ppm.max(1_000_000).nullable().default(146_000),
  dayCount: z.enum(['act_365', 'act_actual']).default('act_365'),
  applicationOrder: z.enum(['costs_first', 'principal_first']).default('costs_first'),
  penalties: z
    .array(
      z.object({
        trigger: z.enum(penaltyTriggers),
        amountYen: dealYen.min(1).nullable().default(null),
        pricePpm: ppm.max(1_000_000).nullable().default(null),
        clause: z.string().trim().min(1).max(100),
      }),
    )
    .max(10)
    .default([]),
  recourse: z.enum(['none', 'dilution_only', 'full']).default('dilution_only'),
  /** What must have happened before money leaves (FF §5, payout_after). */
  payoutAfter: z.enum(['contract', 'notice', 'consent', 'registration']).default('contract'),
  antisocialClause: z.boolean().default(true),
  privacyNoticeVersion: z.string().trim().max(50).default(''),
  eDeliveryConsent: z.boolean().default(false),
})
export type ContractTerms = z.output<typeof contractTerms>
