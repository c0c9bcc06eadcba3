import { z } from 'zod'
import {
  changeReason,
  command,
  dealYen,
  id,
  isoDate,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { allocationKinds, shortReasons } from './tables.ts'

export const reconciliationRefusals = {
  payment_must_be_waiting: 'この入金は現在の状態ではその操作ができません。',
  payment_must_not_be_taken_back: 'この入金は銀行が取り消しています。',
  claim_must_be_open: 'この債権は未回収ではありません。',
  claim_must_stand_once: '同じ債権が2回指定されています。',
  allocation_must_fit_the_claim:
    '充当額が債権の未回収額を超えています。超えた分は超過分として残してください。',
  allocations_must_fit_the_deposit: '充当額の合計が入金額を超えています。',
  excess_must_have_an_owner: '超過分がどの取引先のものか選んでください。',
  match_must_stand: 'この消込は既に取り消されています。',
  later_match_must_be_undone_first:
    '同じ債権に、遅延損害金の計算が続く後の消込があります。新しいものから順に取り消してください。',
  dilution_must_fit_the_claim: '希薄化の額が、この債権の残りを超えています。',
  claim_must_be_bought: '買い取った債権だけが対象です。',
  insolvency_must_be_new: '売掛先の支払不能は既に記録されています。',
  record_must_be_unchanged: '他の人が先に変更しました。最新の内容を読み込んでからやり直してください。',
  repayment_must_not_be_under_way:
    'この債権の返還・返金の支払が手続き中です。先にその支払を取り消すか、結果を記録してください。',
  set_off_must_be_reversed_first:
    'この債権の返還・返金は相殺に使われています。先に相殺を取り消してください。',
  later_set_off_must_be_undone_first:
    '同じ債権に後の相殺があります。先に「利用者の債務」のタブで相殺を取り消してください。',
  refund_must_be_taken_back_first:
    'この入金の残額は返金が決まっています。先に入金のページで返金の決定を取り消してください。',
  number_must_not_be_live_again:
    'この債権は買戻しで終了し、同じ請求書番号の新しい債権が登録されています。取り消すと番号が重なるため、先に新しい債権の扱いを決めてください。',
  allocations_must_add_up_to_the_deposit: '充当額の合計が入金額と一致しません。',
} as const

export const proposeMatches = command({
  name: 'reconciliation.proposeMatches',
  path: '/api/reconciliation/propose',
  summary:
    'Runs the engine over all waiting deposits and open claims and keeps its suggestions with their reasons.',
  permission: 'reconciliation.confirm',
  input: z.object({}),
  output: z.object({
    deposits: z.number().int(),
    auto: z.number().int(),
    proposed: z.number().int(),
    unidentified: z.number().int(),
  }),
  refusals: reconciliationRefusals,
})

const settledOut = z.array(z.object({ receivableId: id, shortfallYen: z.number(), releaseYen: z.number() }))

export const acceptMatch = command({
  name: 'reconciliation.acceptMatch',
  path: '/api/reconciliation/accept',
  summary:
    'Applies a deposit to one or several claims as a person decided; what no claim takes stays the payer’s. A confirmed match teaches the sender’s name.',
  permission: 'reconciliation.confirm',
  input: z.object({
    paymentId: id,
    lines: z
      .array(
        z.object({
          receivableId: id,
          yen: dealYen.min(1),
          /** The client pays what it owes itself, though by the contract the debtor pays the claim. */
          paidByClient: z.boolean().default(false),
        }),
      )
      .max(200)
      .default([]),
    /** Whose the excess is, when there is no line. */
    partyId: id.nullish(),
    /** What explains a small shortfall: closes the claim when it is a known fee or a tax rounding. */
    shortReason: z.enum(shortReasons).nullish(),
  }),
  output: z.object({
    id,
    matchNo: z.string(),
    excessYen: z.number(),
    settled: settledOut,
  }),
  refusals: reconciliationRefusals,
})

export const acceptAllSafe = command({
  name: 'reconciliation.acceptAllSafe',
  path: '/api/reconciliation/accept-all-safe',
  summary: 'Applies every deposit for which the engine, asked anew, sees exactly one explanation.',
  permission: 'reconciliation.confirm',
  input: z.object({}),
  output: z.object({ accepted: z.number().int(), acceptedYen: z.number(), left: z.number().int() }),
  refusals: reconciliationRefusals,
})

export const undoMatch = command({
  name: 'reconciliation.undoMatch',
  path: '/api/reconciliation/matches/:matchId/undo',
  summary: 'Takes a match back by reversal; claims and deposit stand as before.',
  permission: 'reconciliation.confirm',
  input: z.object({ matchId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: reconciliationRefusals,
})

export const confirmDilution = command({
  name: 'reconciliation.confirmDilution',
  path: '/api/reconciliation/dilution',
  summary:
    'Confirms that a claim is worth less (returns, discount, review): first out of the client’s part, then the reserve, then owed by the client.',
  permission: 'reconciliation.confirm',
  input: z.object({
    receivableId: id,
    yen: dealYen.min(1),
    confirmedOn: isoDate,
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({
    boughtYen: z.number(),
    fromReserveYen: z.number(),
    clientClaimYen: z.number(),
    settled: settledOut,
  }),
  refusals: reconciliationRefusals,
})

export const recordInsolvency = command({
  name: 'reconciliation.recordInsolvency',
  path: '/api/reconciliation/insolvency',
  summary: 'Records that the debtor cannot pay: from that day the client owes no damages; two people.',
  permission: 'reconciliation.requestInsolvency',
  critical: 'always',
  input: z.object({ receivableId: id, sinceOn: isoDate, change: changeReason }),
  output: z.object({ id }),
  refusals: reconciliationRefusals,
})

export const switchAlias = command({
  name: 'reconciliation.switchAlias',
  path: '/api/reconciliation/aliases/:aliasId/switch',
  summary: 'Disables a learned sender name, or enables it again.',
  permission: 'reconciliation.confirm',
  input: z.object({ aliasId: id, enabled: z.boolean(), reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: reconciliationRefusals,
})

const reasonShape = z.object({ rule: z.string(), sentence: z.string(), source: z.string() })
const claim = z.object({
  receivableId: id,
  receivableNo: z.string(),
  invoiceNo: z.string(),
  clientName: z.string(),
  debtorName: z.string(),
  payerId: id,
  clientId: id,
  dueOn: z.string(),
  payableOn: z.string(),
  openYen: z.number(),
  /** What the client owes besides: claims, damages billed, penalties, costs. */
  clientDebtYen: z.number(),
  /** What the engine would apply; 0 for claims that are only offered for choice. */
  suggestedYen: z.number(),
})
export type WorkbenchClaim = z.infer<typeof claim>

const benchItem = z.object({
  paymentId: id,
  paymentNo: z.string(),
  receivedOn: z.string(),
  amountYen: z.number(),
  payerKana: z.string(),
  payerBank: z.string(),
  payerBranch: z.string(),
  edi: z.string(),
  bankSummary: z.string(),
  state: z.string(),
  heldReason: z.string().nullable(),
  takenBack: z.boolean(),
  status: z.enum(['auto', 'proposed', 'unidentified', 'none']),
  score: z.number(),
})
export type BenchItem = z.infer<typeof benchItem>

export const workbench = query({
  name: 'reconciliation.workbench',
  path: '/api/reconciliation/workbench',
  summary: 'Deposits that wait, oldest first, with the kind of suggestion there is for each.',
  permission: 'reconciliation.read',
  sight: 'list',
  input: z.object({ ...pageInput, show: z.enum(['open', 'auto', 'held']).default('open') }),
  output: pageOf(benchItem).extend({
    safe: z.number().int(),
    waiting: z.number().int(),
    waitingYen: z.number(),
  }),
})

export const suggestionOf = query({
  name: 'reconciliation.suggestionOf',
  path: '/api/reconciliation/payments/:paymentId/suggestion',
  summary:
    'What the engine says of one deposit, the claims it would pay, other explanations, and further open claims of the payer.',
  permission: 'reconciliation.read',
  sight: 'open',
  input: z.object({ paymentId: id, text: z.string().trim().max(60).optional() }),
  output: z.object({
    status: z.enum(['auto', 'proposed', 'unidentified', 'none']),
    score: z.number(),
    unallocatedYen: z.number(),
    reasons: z.array(reasonShape),
    alternatives: z.array(z.object({ sentence: z.string(), receivableNos: z.array(z.string()) })),
    claims: z.array(claim),
    shortReason: z.enum(shortReasons).nullable(),
  }),
})
export type Suggestion = z.infer<(typeof suggestionOf)['output']>

const matchRow = z.object({
  id,
  matchNo: z.string(),
  paymentId: id,
  paymentNo: z.string(),
  payerKana: z.string(),
  receivedOn: z.string(),
  amountYen: z.number(),
  method: z.enum(['auto', 'proposed', 'manual']),
  reasons: z.array(reasonShape),
  shortReason: z.enum(shortReasons).nullable(),
  confirmedBy: z.string(),
  confirmedAt: z.string(),
  undoneBy: z.string().nullable(),
  undoneAt: z.string().nullable(),
  undoReason: z.string().nullable(),
  allocations: z.array(
    z.object({
      receivableId: id.nullable(),
      receivableNo: z.string().nullable(),
      partyName: z.string(),
      kind: z.enum(allocationKinds),
      yen: z.number(),
    }),
  ),
})
export type MatchRow = z.infer<typeof matchRow>

export const listMatches = query({
  name: 'reconciliation.listMatches',
  path: '/api/reconciliation/matches',
  summary: 'Matches, newest first, of all or of one claim, with where each yen went; undone ones included.',
  permission: 'reconciliation.read',
  sight: 'list',
  input: z.object({ ...pageInput, receivableId: id.optional(), paymentId: id.optional() }),
  output: pageOf(matchRow),
})

const alias = z.object({
  id,
  party: z.object({ id, legalName: z.string() }),
  senderKana: z.string(),
  bank: z.string(),
  branch: z.string(),
  confirmedCount: z.number().int(),
  lastConfirmedAt: z.string(),
  disabledReason: z.string().nullable(),
})
export type AliasRow = z.infer<typeof alias>

export const listAliases = query({
  name: 'reconciliation.listAliases',
  path: '/api/reconciliation/aliases',
  summary: 'Sender names learned from confirmed matches.',
  permission: 'reconciliation.read',
  sight: 'list',
  input: z.object({ ...pageInput, partyId: id.optional() }),
  output: pageOf(alias),
})
