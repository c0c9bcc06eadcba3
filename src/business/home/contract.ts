import { z } from 'zod'
import { id, query } from '../../platform/http/contract.ts'

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
