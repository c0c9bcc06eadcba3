import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { isCollected, openYen } from './settlement.ts'
import type { ReceivableState } from './states.ts'

/** A step somebody asked for, oldest first; a reversed step is left out. */
export type CommandedStep = { on: IsoDate; to: ReceivableState }

/** Money that moved against the claim; a reversal is the same kind with a negative amount. */
export type ClaimMovement = { on: IsoDate; kind: 'collection' | 'confirmed_dilution' | 'recovery'; yen: Yen }

export type ReceivableFacts = {
  steps: CommandedStep[]
  movements: ClaimMovement[]
  /** Arrival of notice, consent or registration, or null (perfection facet). */
  perfectedOn: IsoDate | null
  purchasedYen: Yen
  payableOn: IsoDate
  graceDays: number
  toleranceYen: Yen
  /**
   * Reserve not yet decided + claim on the client + damages, penalty and excess still open; 0 = nothing left
   * to settle.
   */
  leftToSettleYen: Yen
}

export type DerivedState = {
  state: ReceivableState
  collectedYen: Yen
  confirmedDilutionYen: Yen
  openYen: Yen
  daysPastDue: number
  rule: string
  sentence: string
  source: string
}

/** What a command decided and money cannot change (reversals of the step itself aside), and what it waits for. */
const COMMANDED: Partial<Record<ReceivableState, string>> = {
  offered: '内容の確認を待っています。',
  verifying: '内容を確認しています。',
  verified: '内容を確認し、承認を待っています。',
  approved: '承認され、買取を待っています。',
  rejected: '申込を謝絶しました。',
  withdrawn: '顧客が申込を取り下げました。',
  lapsed: '申込が失効しました。',
  rescinded: '買取を解除しました。',
  repurchased: '顧客が買い戻し、買戻代金の精算を待っています。',
  closed: '終了しています。',
}

/**
 * The state of a receivable at the end of `today`: a fold of the steps asked for, the money that moved and
 * the date (FF §3, §4.4). The same facts with an earlier `today` give the earlier state, so as-of reports
 * need no second rule.
 */
export function deriveReceivableState(facts: ReceivableFacts, today: IsoDate): DerivedState {
  const moved = facts.movements.filter(movement => movement.on <= today)
  const sum = (kind: ClaimMovement['kind']) =>
    moved.reduce((total, movement) => total + (movement.kind === kind ? movement.yen : 0), 0)
  const amounts = {
    purchasedYen: facts.purchasedYen,
    collectedYen: sum('collection'),
    confirmedDilutionYen: sum('confirmed_dilution'),
  }
  const open = openYen(amounts)
  const dpd = open > facts.toleranceYen ? Math.max(0, daysBetween(facts.payableOn, today)) : 0
  const { purchasedYen: _, ...parts } = amounts
  const answer = (state: ReceivableState, rule: string, sentence: string): DerivedState => {
    return { ...parts, openYen: open, daysPastDue: dpd, state, rule, sentence, source: 'FF §3、§4.4' }
  }
  const commanded = facts.steps.filter(step => step.on <= today).at(-1)?.to ?? 'offered'
  const said = COMMANDED[commanded]
  if (said) return answer(commanded, 'as_commanded', said)
  if (commanded === 'written_off') {
    if (sum('recovery') > 0)
      return answer('recovered', 'recovered_after_write_off', '貸倒れ処理の後に回収がありました。')
    return answer('written_off', 'as_commanded', '貸倒れ処理が承認されました。')
  }
  if (isCollected(amounts, facts.toleranceYen)) {
    if (facts.leftToSettleYen === 0)
      return answer('settled', 'nothing_left_to_settle', '回収と精算がすべて済みました。')
    return answer('collected', 'open_within_tolerance', '未回収額が許容差以内になりました。')
  }
  if (commanded === 'dunning' || commanded === 'legal') {
    return answer(commanded, 'as_commanded', '督促または法的手続の段階です。')
  }
  if (dpd > facts.graceDays) return answer('overdue', 'past_grace_days', `回収期日を${dpd}日過ぎています。`)
  if (today >= facts.payableOn) return answer('due', 'payable_on_reached', '回収期日が到来しました。')
  if (amounts.collectedYen > 0)
    return answer('partially_collected', 'part_before_payable_on', '一部が回収されています。')
  if (facts.perfectedOn !== null && facts.perfectedOn <= today) {
    return answer('notified', 'perfection_recorded', '通知・承諾または登記が記録されています。')
  }
  return answer('purchased', 'bought_and_not_due', '買取済みで、回収期日前です。')
}
