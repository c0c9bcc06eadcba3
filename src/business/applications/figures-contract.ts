import { z } from 'zod'
import { query } from '../../platform/http/contract.ts'

const rate = z.object({
  /** Per cent with one decimal, half up; null where there is nothing to divide by. */
  percent: z.number().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
  target: z.number().nullable(),
})

export const applicationRates = query({
  name: 'applications.rates',
  path: '/api/applications/rates',
  summary:
    '承認率 and 成約率 of a month (JR §9): quoted of those first decided in it, funded by now of those first quoted in it; those that ended without a decision beside.',
  permission: 'applications.read',
  sight: null,
  input: z.object({
    /** Left out: this month. */
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .optional(),
  }),
  output: z.object({
    month: z.string(),
    approval: rate,
    funding: rate,
    /** Ended in the month without a decision: abandoned, withdrawn, expired. */
    undecided: z.number().int(),
  }),
})
