import { every } from '../../platform/every.ts'
import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { partiesInReach } from '../parties/index.ts'
import { link, offer, unlink } from './commands/claims.ts'
import { assign, change, draft, end, submit } from './commands/draft.ts'
import { add, record, waive } from './commands/items.ts'
import { accept, answerOfFunder, send } from './commands/panel.ts'
import { answer, issue } from './commands/quotes.ts'
import { contract, review } from './commands/steps.ts'
import { claimsToLink, listApplications, openApplication, previewQuote, printQuote } from './contract.ts'
import { expireApplications } from './expire.ts'
import { applicationFields } from './fields.ts'
import { rates } from './figures.ts'
import { applicationRates } from './figures-contract.ts'
import { lists } from './lists.ts'
import { linkable, open, preview } from './open-application.ts'
import { panelOf } from './open-panel.ts'
import { openPanel } from './panel-contract.ts'
import { list } from './queries.ts'
import { quoteSheet } from './quote-sheet.ts'
import './tables.ts'

const commands = [
  draft,
  change,
  submit,
  end,
  assign,
  review,
  issue,
  answer,
  contract,
  link,
  offer,
  unlink,
  add,
  record,
  waive,
  send,
  answerOfFunder,
  accept,
]

const EXPIRY_PAUSE_MS = 600_000

/** 申込・見積: what a client asks for, with checklist, clock and price, from the first word to the money (FF §2, §3). */
export const applications: Slice = {
  name: 'applications',
  lists,
  permissions: [
    {
      code: 'applications.read',
      label: '申込・見積を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'applications.handle',
      label: '申込を登録・受付する、利用者の回答を記録する、取り下げる',
      roles: ['sales', 'operations'],
    },
    {
      code: 'applications.items',
      label: '申込の提出書類を記録する',
      roles: ['sales', 'operations', 'reviewer'],
    },
    {
      code: 'applications.assign',
      label: '申込の担当者を決める',
      roles: ['sales', 'reviewer', 'operations', 'manager'],
    },
    { code: 'applications.review', label: '申込を審査する、見積を出す、謝絶する', roles: ['reviewer'] },
    {
      code: 'applications.waive',
      label: '申込の提出書類を免除する',
      roles: ['reviewer', 'approver', 'manager'],
    },
    {
      code: 'applications.contract',
      label: '申込の契約手続きと実行準備を進める',
      roles: ['operations'],
    },
  ],
  commands,
  records: [
    {
      kind: 'application',
      read: 'applications.read',
      find: async (at, id) => {
        const row = await at.db
          .selectFrom('application')
          .select(['client_id', 'seen_no'])
          .where('id', '=', id)
          .where('client_id', 'in', partiesInReach(at).select('party.id'))
          .executeTakeFirst()
        return row ? { dataSubjectId: row.client_id, seenNo: row.seen_no } : null
      },
      fields: Object.fromEntries(Object.values(applicationFields).map(field => [field.name, field.label.ja])),
    },
    { kind: 'quote', read: 'applications.read' },
  ],
  routes: ({ keys }) => [
    answerQuery(listApplications, list),
    answerQuery(applicationRates, (context, { month }) => rates(context, month)),
    answerQuery(openApplication, (context, { applicationId }) => open(keys, context, applicationId)),
    answerQuery(openPanel, (context, { applicationId }) => panelOf(keys, context, applicationId)),
    answerQuery(claimsToLink, (context, { applicationId }) => linkable(context, applicationId)),
    answerQuery(previewQuote, (context, { applicationId, contractId }) =>
      preview(context, applicationId, contractId),
    ),
    answerFile(printQuote, (context, { quoteId }) => quoteSheet(context, quoteId)),
    ...commands.map(runCommand),
  ],
  start: async services =>
    every(
      EXPIRY_PAUSE_MS,
      () => expireApplications(services),
      error => services.log('expiring applications failed', { error }),
    ),
}

export {
  answer as answerQuoteCommand,
  issue as issueQuoteCommand,
} from './commands/quotes.ts'
export { type ApplicationDue, applicationFigures, applicationsDue } from './queries.ts'
export {
  type ApplicationToTakeOver,
  applicationTakeOverRefusals,
  type TakenOverApplication,
  type TakenState,
  takeBackApplication,
  takeOverApplication,
} from './take-over.ts'
export {
  claimLinkRefusals,
  linkTakenOver,
  type TakenOverLink,
  unlinkTakenOver,
} from './take-over-claims.ts'
