import { answerFile, answerQuery } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { qualityFigures, qualityItems, qualityReport, selfCheck, selfCheckRows } from './contract.ts'
import { startQuality } from './measure.ts'
import { figures, items } from './queries.ts'
import { reviewReport } from './report.ts'
import { answerSelfCheck, selfCheckPart } from './self-check.ts'

const STAFF = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
  'auditor',
] as const

/** データ品質 and 自己点検: reads everything, changes nothing; each exception is open until its record is right. */
export const quality: Slice = {
  name: 'quality',
  permissions: [
    { code: 'quality.read', label: 'データ品質を見る', roles: STAFF },
    {
      code: 'quality.selfCheck',
      label: '自己点検を見る',
      roles: ['reviewer', 'approver', 'compliance', 'manager', 'auditor'],
    },
  ],
  commands: [],
  routes: () => [
    answerQuery(qualityFigures, async context => ({ body: await figures(context), seen: [] })),
    answerQuery(qualityItems, items),
    answerQuery(selfCheck, answerSelfCheck),
    answerQuery(selfCheckRows, selfCheckPart),
    answerFile(qualityReport, async context => {
      const { content, seen } = await reviewReport(context)
      return { file: { name: `データ品質_${context.today}.pdf`, mime: 'application/pdf', content }, seen }
    }),
  ],
  start: startQuality,
}
