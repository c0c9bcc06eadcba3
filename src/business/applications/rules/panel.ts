import type { Reason } from '../../../platform/commands/refusal.ts'
import type { StoredState } from './states.ts'

/** What of an application and its client goes to a funder. */
export const sharedItems = [
  'application',
  'client_basics',
  'claims',
  'invoices',
  'bank_statements',
  'accounts',
  'identity_papers',
] as const
export type SharedItem = (typeof sharedItems)[number]

export const sendingStates = ['waiting', 'approved', 'declined', 'accepted', 'withdrawn'] as const
export type SendingState = (typeof sendingStates)[number]

/** States of an application in which funders may be asked: submitted, and not yet accepted from us (FF F6). */
export const PANEL_STATES: readonly StoredState[] = [
  'submitted',
  'docs_pending',
  'screening',
  'in_review',
  'quoted',
]

export interface PanelFacts {
  state: StoredState
  /** The most funders the plan lets be asked; null: the plan has no panel. Undefined: no plan. */
  most: number | null | undefined
  /** How many were asked before. */
  asked: number
  funders: readonly {
    name: string
    isFunder: boolean
    status: string
    isClient: boolean
    askedBefore: boolean
    /** Records that were merged are one company. */
    companyId: string
  }[]
}

/** Everything against asking these funders (FF F6; FF §5, multi_quote_max; JR §3.12). */
export function panelReasons(facts: PanelFacts): Reason[] {
  const reasons: Reason[] = []
  if (!PANEL_STATES.includes(facts.state)) reasons.push({ code: 'panel_must_precede_acceptance' })
  if (facts.most === undefined || facts.most === null) reasons.push({ code: 'panel_must_be_in_the_plan' })
  else if (facts.asked + facts.funders.length > facts.most)
    reasons.push({
      code: 'panel_must_stay_within_the_plan',
      field: 'funderIds',
      message: `この商品で送れるのは${facts.most}社までです（送信済み${facts.asked}社）。`,
    })
  for (const [at, funder] of facts.funders.entries()) {
    const say = (code: string, sentence: string) =>
      reasons.push({ code, field: 'funderIds', message: `${funder.name}：${sentence}` })
    if (!funder.isFunder)
      say(
        'funder_must_have_the_role',
        '役割に「提携買取会社」がありません。顧客の画面で役割を付けてください。',
      )
    if (funder.isClient) say('funder_must_not_be_the_client', '申込の利用者自身には送れません。')
    if (funder.status !== 'normal') say('funder_must_not_be_stopped', '取引を停止しているため送れません。')
    const isTwice = facts.funders.slice(0, at).some(other => other.companyId === funder.companyId)
    if (isTwice) say('funder_must_not_be_asked_twice', '同じ会社が2回選ばれています。')
    else if (funder.askedBefore) say('funder_must_not_be_asked_twice', 'この申込を既に送っています。')
  }
  return reasons
}

/** What the client is paid: everything the funder keeps taken off (FF §4.2, N + fee + C + T + R = P). */
export function netOf(offer: {
  purchasedYen: number
  feeYen: number
  chargesYen: number
  reserveYen: number
}): number {
  return offer.purchasedYen - offer.feeYen - offer.chargesYen - offer.reserveYen
}

/** Offers by what the client is paid, the most first; those without a price after them (FF F6: net payout, not rate). */
export function byNet<T extends { netYen: number | null }>(offers: readonly T[]): T[] {
  return [...offers].sort((a, b) => (b.netYen ?? -1) - (a.netYen ?? -1))
}
