import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { listLetters, listTemplates, openPrint, previewLetter, printLetter } from './contract.ts'
import { startMailing } from './dispatch/mail-jobs.ts'
import { letters as listed, preview, printOf, sheetOf, templates } from './queries.ts'
import './tables.ts'

const READERS = [
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

/** 書状: letters that go out, in words two people approved, as they were previewed and as the rules about contacting people allow. */
export const letters: Slice = {
  name: 'letters',
  permissions: [
    { code: 'letters.read', label: '書状と文面を見る', roles: READERS },
    { code: 'letters.send', label: '書状を送る', roles: ['sales', 'operations', 'collector', 'compliance'] },
    { code: 'letters.write', label: '書状の文面を書く', roles: ['operations', 'collector', 'compliance'] },
    { code: 'letters.approve', label: '書状の文面を承認する', roles: ['compliance', 'manager'] },
  ],
  commands,
  records: [{ kind: 'letter_template', read: 'letters.read' }],
  routes: services => [
    answerQuery(listTemplates, templates),
    answerQuery(previewLetter, (context, input) => preview(services, context, input)),
    answerQuery(listLetters, listed),
    answerFile(printLetter, (context, { letterId }) => sheetOf(services.keys, context, letterId)),
    answerFile(openPrint, (context, { batchId }) => printOf(services.keys, context, batchId)),
    ...commands.map(runCommand),
  ],
  start: startMailing,
}
