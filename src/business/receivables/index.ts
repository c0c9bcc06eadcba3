import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { settingsInForce } from '../access/index.ts'
import { approve, judge } from './commands/approve.ts'
import { outcome, record } from './commands/notice.ts'
import { offer } from './commands/offer.ts'
import { limitationEvent, particulars, withdrawEvent } from './commands/particulars.ts'
import { purchase } from './commands/purchase.ts'
import { registration } from './commands/registration.ts'
import { end, verify } from './commands/verify.ts'
import { likelyDuplicates, listReceivables, openReceivable } from './contract.ts'
import { particularsFields } from './fields.ts'
import { lists } from './lists.ts'
import { openReceivablePage } from './open-receivable.ts'
import { openClaimParticulars } from './particulars.ts'
import { openParticulars } from './particulars-contract.ts'
import { likely, list, receivablesInReach } from './queries.ts'
import { claimTypesOffered } from './registration-contract.ts'

const commands = [
  offer,
  verify,
  approve,
  end,
  judge,
  purchase,
  record,
  outcome,
  particulars,
  limitationEvent,
  registration,
  withdrawEvent,
]

/** 債権: claims offered, checked, approved, bought and collected. */
export const receivables: Slice = {
  name: 'receivables',
  lists,
  permissions: [
    {
      code: 'receivables.read',
      label: '債権を見る',
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
        'contractor',
      ],
    },
    { code: 'receivables.register', label: '債権の申込を登録する', roles: ['sales', 'operations'] },
    {
      code: 'receivables.verify',
      label: '債権を確認する・謝絶する・二重譲渡の疑いを判断する',
      roles: ['reviewer', 'operations'],
    },
    { code: 'receivables.approve', label: '債権を承認する', roles: ['approver', 'manager'] },
    {
      code: 'receivables.approveException',
      label: '確認事項のある債権の承認を認める',
      roles: ['compliance'],
    },
    {
      code: 'receivables.confirmVerdict',
      label: '二重譲渡の疑いの判断を承認する',
      roles: ['approver', 'compliance', 'manager'],
    },
    { code: 'receivables.purchase', label: '債権を買い取る', roles: ['operations'] },
    {
      code: 'receivables.notify',
      label: '通知・承諾・登記を記録する',
      roles: ['operations', 'collector'],
    },
    {
      code: 'receivables.recordParticulars',
      label: '債権の請求書・納品の明細を記録する',
      roles: ['sales', 'reviewer', 'operations'],
    },
    {
      code: 'receivables.recordLimitation',
      label: '債権の時効の猶予・更新を記録する',
      roles: ['operations', 'collector'],
    },
    {
      code: 'receivables.approveNotice',
      label: '2社間の売掛先への通知を承認する',
      roles: ['compliance', 'manager'],
    },
  ],
  commands,
  records: [
    {
      kind: 'receivable',
      read: 'receivables.read',
      find: async (at, id) => {
        const row = await receivablesInReach(at)
          .clearSelect()
          .select(['r.client_id', 'r.seen_no'])
          .where('r.id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.client_id, seenNo: row.seen_no } : null
      },
      fields: Object.fromEntries(Object.values(particularsFields).map(field => [field.name, field.label.ja])),
    },
    { kind: 'purchase', read: 'receivables.read' },
  ],
  routes: () => [
    answerQuery(listReceivables, list),
    answerQuery(likelyDuplicates, likely),
    answerQuery(claimTypesOffered, async ({ db }) => ({
      body: { types: (await settingsInForce(db)).claimTypes },
      seen: [],
    })),
    answerQuery(openReceivable, (context, { receivableId }) => openReceivablePage(context, receivableId)),
    answerQuery(openParticulars, (context, { receivableId }) => openClaimParticulars(context, receivableId)),
    ...commands.map(runCommand),
  ],
}

export {
  approve as approveReceivableCommand,
  judge as judgeDuplicateCommand,
} from './commands/approve.ts'
export {
  outcome as recordNoticeOutcomeCommand,
  record as recordNoticeCommand,
} from './commands/notice.ts'
export { insertCheck, offer as offerReceivableCommand } from './commands/offer.ts'
export { purchase as purchaseReceivablesCommand, rescindClaims } from './commands/purchase.ts'
export { end as endOfferCommand, verify as verifyReceivableCommand } from './commands/verify.ts'
export { accountHindrances, type DealParties, hindrancesToDeal } from './deal-checks.ts'
export { type DealPeople, dealPeople } from './deal-people.ts'
export { searchDuplicates } from './duplicate-search.ts'
export { type LimitationNear, limitationsNear } from './limitations-near.ts'
export { particularsRefusals } from './particulars-contract.ts'
export { type OpenClaim, openClaims, toleranceYenOf } from './queries.ts'
export { claimRows, type QuotedClaims, quoteClaims } from './quote-claims.ts'
export {
  fundPurchase,
  lockReceivable,
  lockReceivables,
  type Movement,
  moveMoney,
  type Receivable,
  reopenRepurchased,
  restoreTakenBack,
  type Step,
  setLeftToSettle,
  stateBeforeTakeBack,
  stepReceivable,
  subjectsOf as subjectsOfReceivable,
  unfundPurchase,
} from './records.ts'
export { noParticulars, type Particulars } from './rules/particulars.ts'
export type { Charge } from './rules/pricing.ts'
export { allocatePartialPurchase, type Settlement, settle } from './rules/settlement.ts'
export { stateNow } from './state-now.ts'
export {
  type ClaimToTakeOver,
  claimTakeOverRefusals,
  type TakenOverClaim,
  takeBackClaim,
  takeOverClaim,
} from './take-over.ts'
