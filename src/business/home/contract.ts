import { z } from 'zod'
import { id, query } from '../../platform/http/contract.ts'
import { roles } from '../access/labels.ts'

/** What a new company does before its first deal, in this order. */
export const firstStepCodes = ['people', 'company', 'lists', 'account', 'party', 'contract'] as const
export type FirstStepCode = (typeof firstStepCodes)[number]

export const firstSteps = query({
  name: 'home.firstSteps',
  path: '/api/home/first-steps',
  summary: 'What a new company has not done yet before its first deal; empty once it has bought a claim.',
  permission: 'signed-in',
  sight: null,
  input: z.object({}),
  output: z.object({
    steps: z.array(z.enum(firstStepCodes)),
    /** Roles nobody holds yet; any one of a group is enough. */
    rolesMissing: z.array(z.array(z.enum(roles))),
  }),
})

const month = z.object({ month: z.string(), value: z.number() })
export type MonthFigure = z.infer<typeof month>

export const homeFigures = query({
  name: 'home.homeFigures',
  path: '/api/home/figures',
  summary:
    'The figures of the day: customers, open applications, exposure, overdue and bought sums in yen, with twelve months where they are known.',
  permission: 'home.figures',
  sight: null,
  input: z.object({}),
  output: z.object({
    clients: z.number().int(),
    clientMonths: z.array(month),
    exposureYen: z.number(),
    limitYen: z.number(),
    overdueYen: z.number(),
    overdueClaims: z.number().int(),
    applicationsOpen: z.number().int(),
    applicationsLate: z.number().int(),
    purchasedYen: z.number(),
    purchasedMonths: z.array(month),
  }),
})

export const claimsDue = query({
  name: 'home.claimsDue',
  path: '/api/home/claims-due',
  summary: 'Bought claims still open whose money is due within a week, by day, at most fifty.',
  permission: 'receivables.read',
  sight: 'list',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        receivableNo: z.string(),
        clientName: z.string(),
        debtorName: z.string(),
        payableOn: z.string(),
        openYen: z.number(),
      }),
    ),
  }),
})
