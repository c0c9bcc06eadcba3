import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'

export const repurchaseGrounds = ['warranty_breach', 'dilution', 'recourse'] as const
export type RepurchaseGround = (typeof repurchaseGrounds)[number]
export const rescissionGrounds = ['false_statement', 'double_assignment'] as const
export type RescissionGround = (typeof rescissionGrounds)[number]
export type TakeBackGround = RepurchaseGround | RescissionGround

export interface TakeBackFacts {
  /** The state today, derived ones included (FF §3). */
  state: string
  /** Whether the purchase price was paid out. */
  paidOut: boolean
  recourse: 'none' | 'dilution_only' | 'full'
  debtorInsolventSince: IsoDate | null
  today: IsoDate
  /** Why this is no disguised loan, as compliance will read it. */
  complianceReason: string | null
}

/** One rule about taking a claim back: its sentence is what a person reads when it stands in the way. */
export interface TakeBackRule<G extends TakeBackGround> {
  code: string
  sentence: string
  source: string
  hinders(facts: TakeBackFacts, ground: G): boolean
}

const REPURCHASABLE = [
  'purchased',
  'notified',
  'partially_collected',
  'due',
  'overdue',
  'dunning',
  'legal',
] as const
const RESCINDABLE = ['purchased', 'notified', 'partially_collected', 'due'] as const
/** A claim the collector or the lawyer has: taking it back then looks like a guarantee of the debtor's ability to pay. */
const LATE = ['dunning', 'legal'] as const

/** Whether compliance, not the ordinary approver, decides: claims in dunning or legal steps, and recourse (FF §3, §4.6). */
export function goesToCompliance(facts: Pick<TakeBackFacts, 'state'>, ground: TakeBackGround): boolean {
  return ground === 'recourse' || isOneOf(LATE, facts.state)
}

export const repurchaseRules: readonly TakeBackRule<RepurchaseGround>[] = [
  {
    code: 'claim_must_be_repurchasable',
    sentence: '買戻しは、買い取って回収が済んでいない債権だけが対象です。',
    source: 'FF §3',
    hinders: ({ state }) => !isOneOf(REPURCHASABLE, state),
  },
  {
    code: 'payout_must_be_confirmed',
    sentence: '買取代金がまだ支払われていません。送金前は「支払」タブから買取を解除します。',
    source: 'FF §3',
    hinders: ({ paidOut }) => !paidOut,
  },
  {
    code: 'recourse_must_be_agreed',
    sentence:
      '契約に償還請求権（全部）の定めがありません。買戻しは、表明保証違反か希薄化のときだけ請求できます。',
    source: 'FF §3、§4.6',
    hinders: ({ recourse }, ground) => ground === 'recourse' && recourse !== 'full',
  },
  {
    code: 'insolvency_must_stay_ours',
    sentence:
      '売掛先の支払不能による不足は当社の信用リスクです。償還請求権のない契約では、希薄化として買い戻させることはできません。',
    source: 'FF §1、§4.4',
    hinders: ({ debtorInsolventSince, recourse, today }, ground) =>
      ground === 'dilution' &&
      recourse !== 'full' &&
      debtorInsolventSince !== null &&
      debtorInsolventSince <= today,
  },
  {
    code: 'compliance_reason_must_be_given',
    sentence:
      '督促・法的手続の段階の買戻しと、償還請求による買戻しには、実質的な貸付に当たらない理由（法令遵守の確認）が必要です。',
    source: 'FF §3、§4.6',
    hinders: (facts, ground) => goesToCompliance(facts, ground) && facts.complianceReason === null,
  },
]

export const rescissionRules: readonly TakeBackRule<RescissionGround>[] = [
  {
    code: 'claim_must_be_rescindable',
    sentence: '解除は、回収期日を過ぎて延滞となる前の債権だけが対象です。延滞後は買戻しを申請してください。',
    source: 'FF §3',
    hinders: ({ state }) => !isOneOf(RESCINDABLE, state),
  },
  {
    code: 'payout_must_be_confirmed',
    sentence: '買取代金がまだ支払われていません。送金前は「支払」タブから買取を解除します。',
    source: 'FF §3',
    hinders: ({ paidOut }) => !paidOut,
  },
]

/** Every rule that stands against taking a claim back on this ground, in the order of the list. */
export function hindrancesTo<G extends TakeBackGround>(
  rules: readonly TakeBackRule<G>[],
  facts: TakeBackFacts,
  ground: G,
): { code: string; sentence: string; source: string }[] {
  return rules
    .filter(rule => rule.hinders(facts, ground))
    .map(({ code, sentence, source }) => ({ code, sentence, source }))
}

export interface TakeBackAmounts {
  openYen: Yen
  fromReserveYen: Yen
  /** Of the fee, given up; 0 in a repurchase. */
  feeYen: Yen
  /** What the client owes for the claim. */
  owedYen: Yen
  /** What the client gets: reserve left over, or more collected than was paid for the claim. */
  refundYen: Yen
}

/**
 * 買戻し: the client takes the open claim P − K − D back; the reserve we still hold bears its part first, what is left of it is the
 * client's (FF §4.4). open = reserve part + owed; reserve = reserve part + refund.
 */
export function repurchaseAmounts(openYen: Yen, reserveYen: Yen): TakeBackAmounts {
  const fromReserveYen = Math.min(openYen, reserveYen)
  return {
    openYen,
    fromReserveYen,
    feeYen: 0,
    owedYen: openYen - fromReserveYen,
    refundYen: reserveYen - fromReserveYen,
  }
}

/**
 * 解除: the claim on the client is the price it was paid (A − fee) less what was collected (FF §3); so the reserve and what is left of
 * the fee are given up with the claim. More collected than paid is the client's: open − reserve − fee = owed − refund.
 */
export function rescissionAmounts(openYen: Yen, reserveYen: Yen, feeYen: Yen): TakeBackAmounts {
  const balanceYen = openYen - reserveYen - feeYen
  return {
    openYen,
    fromReserveYen: reserveYen,
    feeYen,
    owedYen: Math.max(0, balanceYen),
    refundYen: Math.max(0, -balanceYen),
  }
}

function isOneOf(states: readonly string[], state: string): boolean {
  return states.includes(state)
}
