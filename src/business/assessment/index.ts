import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { partiesInReach } from '../parties/index.ts'
import { commands } from './commands.ts'
import { creditFileOfParty, listCreditReviews, listReviewers, openRules, watchOfParty } from './contract.ts'
import { creditFile } from './credit-file.ts'
import { reviewFields } from './fields.ts'
import { reviewStays } from './labels.ts'
import { lists } from './lists.ts'
import { listReviews, reviewersAnswer, rulesAnswer, watchOf } from './queries.ts'

/** 審査: reviews, scores, agency reports, collateral, guarantees, and whether a company is watched or stopped. */
export const assessment: Slice = {
  name: 'assessment',
  lists,
  permissions: [
    {
      code: 'assessment.read',
      label: '審査・評点・担保・保証・監視区分を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'assessment.review',
      label: '与信審査を行い決定する・評点の変更を申請する',
      roles: ['reviewer'],
    },
    {
      code: 'assessment.record',
      label: '評点・信用調査レポート・担保・保証を記録する',
      roles: ['reviewer', 'operations'],
    },
    {
      code: 'assessment.watch',
      label: '監視区分（要注意・取引停止）を変更する',
      roles: ['reviewer', 'approver', 'compliance', 'manager'],
    },
    { code: 'assessment.judgeGuarantee', label: '個人保証を確認する', roles: ['compliance'] },
    { code: 'assessment.setRules', label: '審査の基準を変更する', roles: ['manager'] },
    {
      code: 'assessment.approve',
      label: '取引停止の解除・評点の変更・基準の緩和を承認する',
      roles: ['approver', 'manager', 'compliance'],
    },
  ],
  commands,
  records: [
    {
      kind: 'credit_review',
      read: 'assessment.read',
      find: async (at, id) => {
        const row = await at.db
          .selectFrom('credit_review')
          .select(['party_id', 'seen_no', 'state'])
          .where('id', '=', id)
          .where('party_id', 'in', partiesInReach(at).select('party.id'))
          .$if(at.hold === true, query => query.forShare())
          .executeTakeFirst()
        if (!row) return null
        const closed = row.state === 'draft' ? undefined : reviewStays
        return { dataSubjectId: row.party_id, seenNo: row.seen_no, closed }
      },
      fields: Object.fromEntries(Object.values(reviewFields).map(field => [field.name, field.label.ja])),
    },
    { kind: 'credit_score', read: 'assessment.read' },
    { kind: 'external_report', read: 'assessment.read' },
    { kind: 'collateral', read: 'assessment.read' },
    { kind: 'guarantee', read: 'assessment.read' },
  ],
  routes: () => [
    answerQuery(watchOfParty, (context, { partyId }) => watchOf(context, partyId)),
    answerQuery(creditFileOfParty, (context, { partyId }) => creditFile(context, partyId)),
    answerQuery(listCreditReviews, listReviews),
    answerQuery(listReviewers, reviewersAnswer),
    answerQuery(openRules, rulesAnswer),
    ...commands.map(runCommand),
  ],
}

export {
  decide as decideReviewCommand,
  draft as draftReviewCommand,
  recordReport as recordReportCommand,
  recordScore as recordScoreCommand,
  registerCollateral as registerCollateralCommand,
  watch as setWatchCommand,
} from './commands.ts'
export { type CreditFileDue, creditFileDue, type GuaranteeToJudge, guaranteesToJudge } from './due.ts'
export { watchHindrances, watchHindrancesOf } from './gate.ts'
