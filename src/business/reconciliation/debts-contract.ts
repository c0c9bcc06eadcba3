import { z } from 'zod'
import { changeReason, command, dealYen, id, isoDate, query } from '../../platform/http/contract.ts'
import { penaltyTriggers } from '../contracts/contract.ts'
import { receivableStates } from '../receivables/contract.ts'
import { reconciliationRefusals } from './contract.ts'
import { clientDebtItems, waivableItems } from './tables.ts'

export const clientDebtRefusals = {
  ...reconciliationRefusals,
  penalty_must_be_agreed: '契約に、この事由の違約金の定めがありません。',
  penalty_must_not_follow_insolvency: '売掛先の支払不能を理由に、利用者へ違約金は請求できません。',
  penalty_must_stand_once: '同じ債権・同じ事由・同じ日の違約金が既に計上されています。',
  day_must_not_lie_ahead: '将来の日付は指定できません。',
  waiver_must_fit_what_is_owed: '免除する額が、残っている額を超えています。',
  set_off_must_be_equal: '相殺する当社の債権と債務は、同額にしてください。',
  set_off_must_fit_what_is_owed: '相殺する額が、利用者の債務の残りを超えています。',
  set_off_must_fit_the_due: '相殺する額が、返還・返金または送金額の残りを超えています。',
  set_off_parties_must_be_the_same: '返還・返金の相手と、債務を負う利用者が違います。',
  set_off_item_must_be_owed_by_the_client:
    'この債権の元本は売掛先が支払うもので、利用者との相殺はできません。',
  set_off_item_must_stand_once: '同じ項目が2回指定されています。',
  due_must_be_waiting: 'この返還・返金は支払の手続き中か、支払済み、または取り消されています。',
  set_off_must_stand: 'この相殺は既に取り消されています。',
  payout_must_not_be_asked_for:
    'この買取の支払は既に依頼されているか、送金済みです。差し引くには、先に支払を取り消してください。',
  purchase_must_stand: 'この買取の債権は、解除または買戻しされています。',
} as const

export const chargePenalty = command({
  name: 'reconciliation.chargePenalty',
  path: '/api/reconciliation/penalties',
  summary:
    'Charges the penalty the contract agrees for a trigger, each time it happens (FF §4.5); two people.',
  permission: 'reconciliation.chargePenalty',
  critical: 'always',
  input: z.object({
    receivableId: id,
    trigger: z.enum(penaltyTriggers),
    happenedOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, penaltyNo: z.string(), penaltyYen: z.number() }),
  refusals: clientDebtRefusals,
})

export const waiveDebt = command({
  name: 'reconciliation.waiveDebt',
  path: '/api/reconciliation/waivers',
  summary:
    'Gives up damages, a penalty, costs or a claim on the client, or a fee (which the client then gets back); two people.',
  permission: 'reconciliation.waive',
  critical: 'always',
  input: z.object({
    receivableId: id,
    item: z.enum(waivableItems),
    yen: dealYen.min(1),
    waivedOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, waiverNo: z.string() }),
  refusals: clientDebtRefusals,
})

export const setOff = command({
  name: 'reconciliation.setOff',
  path: '/api/reconciliation/set-offs',
  summary:
    'Takes what we owe a client (reserve, excess, its share, or the net payout of a new purchase before it is paid) against what it owes us, equal in yen on both sides; two people.',
  permission: 'reconciliation.setOff',
  critical: 'always',
  input: z.object({
    partyId: id,
    ours: z
      .array(z.object({ receivableId: id, item: z.enum(clientDebtItems), yen: dealYen.min(1) }))
      .min(1)
      .max(100),
    theirs: z
      .array(
        z.union([
          z.strictObject({ dueId: id, yen: dealYen.min(1) }),
          z.strictObject({ purchaseId: id, yen: dealYen.min(1) }),
        ]),
      )
      .min(1)
      .max(100),
    setOffOn: isoDate,
    /** The day the declaration reached the client (民法506条1項). */
    noticeOn: isoDate,
    /** The legal basis in words: 民法505条, a clause of the contract. */
    basis: z.string().trim().min(5).max(500),
    change: changeReason,
  }),
  output: z.object({
    id,
    setOffNo: z.string(),
    amountYen: z.number(),
    settled: z.array(z.object({ receivableId: id, shortfallYen: z.number(), releaseYen: z.number() })),
  }),
  refusals: clientDebtRefusals,
})

export const undoSetOff = command({
  name: 'reconciliation.undoSetOff',
  path: '/api/reconciliation/set-offs/:setOffId/undo',
  summary: 'Takes a set-off back by reversal; debts and claims stand as before.',
  permission: 'reconciliation.setOff',
  input: z.object({ setOffId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: clientDebtRefusals,
})

export const debtsOfClaim = query({
  name: 'reconciliation.debtsOfClaim',
  path: '/api/receivables/:receivableId/client-debts',
  summary:
    'What the client owes on a claim today, what it is owed and could be set off, agreed penalties, and every penalty, waiver and set-off.',
  permission: 'reconciliation.read',
  sight: 'open',
  input: z.object({ receivableId: id }),
  output: z.object({
    receivableNo: z.string(),
    client: z.object({ id, legalName: z.string() }),
    bought: z.boolean(),
    /** Whether it is still to be collected: neither written off, bought back nor rescinded. */
    live: z.boolean(),
    debts: z.array(z.object({ item: z.enum(clientDebtItems), openYen: z.number() })),
    /** What of the fee has not been given up yet. */
    feeYen: z.number(),
    dues: z.array(z.object({ id, dueNo: z.string(), what: z.string(), leftYen: z.number() })),
    /** Purchases of the same client whose net payout nobody has asked to pay yet. */
    payouts: z.array(
      z.object({ purchaseId: id, purchaseNo: z.string(), netYen: z.number(), leftYen: z.number() }),
    ),
    /** Costs advanced on this claim that the debtor owes. */
    debtorCostYen: z.number(),
    penalties: z.array(
      z.object({ trigger: z.enum(penaltyTriggers), clause: z.string(), penaltyYen: z.number() }),
    ),
    history: z.array(
      z.object({
        id,
        kind: z.enum(['penalty', 'waiver', 'set_off', 'cost', 'take_back']),
        no: z.string(),
        on: z.string(),
        what: z.string(),
        yen: z.number(),
        requestedBy: z.string(),
        approvedBy: z.string(),
        reason: z.string(),
        undoneReason: z.string().nullable(),
      }),
    ),
  }),
})
export type ClientDebts = z.infer<(typeof debtsOfClaim)['output']>

export const debtsOfParty = query({
  name: 'reconciliation.debtsOfParty',
  path: '/api/parties/:partyId/client-debts',
  summary:
    'What a client owes today, claim by claim and over all its records: late principal it is to remit, claims on it, damages, penalties, costs; and payouts it could be set off against.',
  permission: 'reconciliation.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        receivableId: id,
        receivableNo: z.string(),
        state: z.enum(receivableStates),
        payableOn: z.string(),
        principalYen: z.number(),
        clientClaimYen: z.number(),
        damagesYen: z.number(),
        penaltyYen: z.number(),
        costYen: z.number(),
        totalYen: z.number(),
      }),
    ),
    totalYen: z.number(),
    /** Whether there are more claims than are shown and summed. */
    more: z.boolean(),
    payouts: z.array(z.object({ purchaseNo: z.string(), leftYen: z.number() })),
  }),
})
export type PartyDebts = z.infer<(typeof debtsOfParty)['output']>
