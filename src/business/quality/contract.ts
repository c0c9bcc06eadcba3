import { z } from 'zod'
import { id, isoDate, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { checkGroups } from './rules.ts'

const share = z.object({
  numerator: z.number().int(),
  denominator: z.number().int(),
  percent: z.number().nullable(),
})
const months = z.array(z.object({ day: isoDate, percent: z.number().nullable() }))

export const qualityFigures = query({
  name: 'quality.figures',
  path: '/api/quality/figures',
  summary:
    'Data quality as last measured: completeness, duplicates and each check with its open exceptions, numerator and denominator always shown, and the last measure of each of twelve months.',
  permission: 'quality.read',
  sight: null,
  input: z.object({}),
  output: z.object({
    measuredAt: z.string().nullable(),
    completeness: share,
    completenessMonths: months,
    byItem: share,
    duplicates: share,
    duplicateMonths: months,
    candidates: z.number().int(),
    /** From the rule book in force; the program's proposals where none is (`versionNo` null). Per cent. */
    targets: z.object({
      versionNo: z.number().int().nullable(),
      completeness: z.number().nullable(),
      duplicates: z.number().nullable(),
    }),
    checks: z.array(
      z.object({
        code: z.string(),
        group: z.enum(checkGroups),
        label: z.string(),
        sentence: z.string(),
        source: z.string(),
        broken: z.number().int(),
        applicable: z.number().int(),
        overdue: z.number().int(),
      }),
    ),
  }),
})
export type QualityFigures = z.output<typeof qualityFigures.output>

export const qualityItems = query({
  name: 'quality.items',
  path: '/api/quality/items',
  summary:
    'Open exceptions by due date, each with its customer, the person in charge and where it is put right.',
  permission: 'quality.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    check: z.string().max(80).optional(),
    mine: z.coerce.boolean().default(false),
  }),
  output: pageOf(
    z.object({
      partyId: id,
      partyNo: z.string(),
      partyName: z.string(),
      check: z.string(),
      label: z.string(),
      owner: z.string(),
      foundOn: isoDate,
      dueOn: isoDate,
      overdue: z.boolean(),
      href: z.string(),
    }),
  ),
})

const selfCheckRow = z.object({ key: z.string(), label: z.string(), detail: z.string(), href: z.string() })

export const selfCheckRows = query({
  name: 'quality.selfCheckRows',
  path: '/api/quality/self-check/rows',
  summary: 'All rows behind one answer of the self check, page by page, each with the place to put it right.',
  permission: 'quality.selfCheck',
  sight: 'list',
  input: z.object({ ...pageInput, part: z.string().max(80) }),
  output: pageOf(selfCheckRow).extend({ label: z.string() }),
})

export const selfCheck = query({
  name: 'quality.selfCheck',
  path: '/api/quality/self-check',
  summary:
    'Five questions answered from live data (自己点検): identifiers and groups, due dates of checks, evidence of claims, self-approvals and role conflicts, items past their retention; the first rows of each with the place to put them right.',
  permission: 'quality.selfCheck',
  sight: 'list',
  input: z.object({}),
  output: z.object({
    asOf: z.string(),
    questions: z.array(
      z.object({
        code: z.string(),
        question: z.string(),
        source: z.string(),
        parts: z.array(
          z.object({
            code: z.string(),
            label: z.string(),
            count: z.number().int(),
            /** True when there are more than were counted. */
            more: z.boolean(),
            rows: z.array(selfCheckRow),
          }),
        ),
      }),
    ),
  }),
})
export type SelfCheck = z.output<typeof selfCheck.output>

export const qualityReport = query({
  name: 'quality.report',
  path: '/api/quality/report.pdf',
  summary: 'The monthly review of data quality as a PDF: measures, checks and the oldest exceptions.',
  permission: 'quality.read',
  sight: 'export',
  input: z.object({}),
  output: z.unknown(),
})
