import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { listAliases, listMatches, suggestionOf, workbench } from './contract.ts'
import { debtsOf } from './debts.ts'
import { debtsOfClaim, debtsOfParty } from './debts-contract.ts'
import { debtsOfParty as showPartyDebts } from './party-debts.ts'
import { listProofs } from './proof-contract.ts'
import { proofs, startProof } from './proof-job.ts'
import { aliases, bench, matches, suggestion } from './queries.ts'
import { takeBackOfClaim } from './take-back-contract.ts'
import { showTakeBack } from './take-back-query.ts'

const readers = [
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
  'auditor',
]

/** 消込: which claims a deposit pays, confirmed by people, undone by reversal. */
export const reconciliation: Slice = {
  name: 'reconciliation',
  permissions: [
    { code: 'reconciliation.read', label: '消込を見る', roles: readers },
    { code: 'reconciliation.confirm', label: '消込を確定する・取り消す', roles: ['accounting'] },
    {
      code: 'reconciliation.requestInsolvency',
      label: '売掛先の支払不能を申請する',
      roles: ['collector', 'operations', 'accounting'],
    },
    {
      code: 'reconciliation.approveInsolvency',
      label: '売掛先の支払不能を承認する',
      roles: ['approver', 'manager'],
    },
    {
      code: 'reconciliation.chargePenalty',
      label: '違約金の計上を申請する',
      roles: ['collector', 'operations'],
    },
    { code: 'reconciliation.waive', label: '免除を申請する', roles: ['collector', 'accounting'] },
    { code: 'reconciliation.setOff', label: '相殺を申請する・取り消す', roles: ['accounting'] },
    {
      code: 'reconciliation.approveDebtChange',
      label: '違約金・免除・相殺・立替費用・買戻し・解除を承認する',
      roles: ['approver', 'manager'],
    },
    { code: 'reconciliation.advanceCost', label: '立替費用を申請する', roles: ['collector', 'accounting'] },
    {
      code: 'reconciliation.takeBack',
      label: '買戻し・送金後の解除を申請する',
      roles: ['operations', 'collector'],
    },
    {
      code: 'reconciliation.approveRecourse',
      label: '督促・法的手続中や償還請求による買戻しを承認する',
      roles: ['compliance'],
    },
    { code: 'reconciliation.proveBooks', label: '帳簿を照合する', roles: ['accounting', 'manager'] },
  ],
  commands,
  records: [
    { kind: 'reconciliation_match', read: 'reconciliation.read' },
    { kind: 'payer_alias', read: 'reconciliation.read' },
    { kind: 'penalty', read: 'reconciliation.read' },
    { kind: 'waiver', read: 'reconciliation.read' },
    { kind: 'set_off', read: 'reconciliation.read' },
    { kind: 'advanced_cost', read: 'reconciliation.read' },
    { kind: 'claim_take_back', read: 'reconciliation.read' },
    { kind: 'book_proof', read: 'reconciliation.read' },
  ],
  routes: () => [
    answerQuery(workbench, bench),
    answerQuery(suggestionOf, (context, { paymentId, text }) => suggestion(context, paymentId, text)),
    answerQuery(listMatches, matches),
    answerQuery(listAliases, aliases),
    answerQuery(debtsOfClaim, (context, { receivableId }) => debtsOf(context, receivableId)),
    answerQuery(debtsOfParty, (context, { partyId }) => showPartyDebts(context, partyId)),
    answerQuery(takeBackOfClaim, (context, { receivableId }) => showTakeBack(context, receivableId)),
    answerQuery(listProofs, proofs),
    ...commands.map(runCommand),
  ],
  start: startProof,
}

export {
  claimBalances,
  type Damages,
  damagesToDate,
  leftToSettleYen,
  payerOf,
  termsOfClaim,
} from './claim-money.ts'
export {
  accept as acceptMatchCommand,
  acceptSafe as acceptAllSafeCommand,
  dilute as confirmDilutionCommand,
  propose as proposeMatchesCommand,
} from './commands.ts'
export { openDifferences } from './proof-job.ts'
export { daysPastDue, isOverdue, type OverdueBucket, overdueBucket } from './rules/late-days.ts'
export { refreshLeft, refsOf } from './settle-claim.ts'
export { undo as undoMatchCommand } from './undo-match.ts'
