import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Ppm, Yen } from '../../../platform/money/yen.ts'
import { type DamagesTerms, damagesRate, type LateStretch } from './damages.ts'
import type { TakeBackGround } from './take-back.ts'

export interface TakenBackRate {
  ratePpm: Ppm
  rule: 'agreed_rate' | 'statutory_rate' | 'lending_ceiling'
  sentence: string
  source: string
}

/** 利息制限法: the ceiling of a year by the sum owed, ascending (JR §6.6: 15/18/20 %). */
const LENDING_CEILINGS: readonly { below: Yen; ratePpm: Ppm }[] = [
  { below: 100_000, ratePpm: 200_000 },
  { below: 1_000_000, ratePpm: 180_000 },
  { below: Number.POSITIVE_INFINITY, ratePpm: 150_000 },
]

/**
 * The yearly rate of late damages on what a client owes for a claim it took back (FF §4.5): the contract's, without agreement the
 * statutory one of the first day of delay. A repurchase by recourse looks like lending (JR §6.6): no more than the ceiling of the sum.
 */
export function takenBackRate(
  terms: DamagesTerms,
  { dueOn, ground, owedYen }: { dueOn: IsoDate; ground: TakeBackGround; owedYen: Yen },
): TakenBackRate {
  const ratePpm = damagesRate(terms, dueOn)
  const ceiling = LENDING_CEILINGS.find(one => owedYen < one.below)!.ratePpm
  if (ground === 'recourse' && ratePpm > ceiling)
    return {
      ratePpm: ceiling,
      rule: 'lending_ceiling',
      sentence: `償還請求による買戻しは貸付とみなされるおそれがあるため、契約の利率にかかわらず、利息制限法の上限（年${ceiling / 10_000}%）までとします。`,
      source: 'JR §6.6（利息制限法1条）',
    }
  return terms.agreedPpm === null
    ? {
        ratePpm,
        rule: 'statutory_rate',
        sentence: '契約に遅延損害金の定めがないため、支払期日の翌日の法定利率によります。',
        source: 'FF §4.5、JR §6.5（民法404条・419条）',
      }
    : {
        ratePpm,
        rule: 'agreed_rate',
        sentence: '契約の遅延損害金の率によります。支払期日の翌日から、支払われた日までを数えます。',
        source: 'FF §4.5',
      }
}

/** What was owed at the end of a day on which it changed, in yen. */
export interface OwedFrom {
  on: IsoDate
  owedYen: Yen
}

/**
 * The stretches of days with one balance from a due day (not counted) to a day (counted): what changes on the due day or before is the first
 * balance, a payment counts from the day after it. `changes` ascending by day; nothing before the due day is passed.
 */
export function stretchesFrom(changes: readonly OwedFrom[], dueOn: IsoDate, until: IsoDate): LateStretch[] {
  const stretches: LateStretch[] = []
  let [balanceYen, from] = [0, dueOn]
  for (const { on, owedYen } of changes) {
    if (on >= until) break
    if (on > from) {
      stretches.push({ balanceYen, from, to: on })
      from = on
    }
    balanceYen = owedYen
  }
  if (until > from) stretches.push({ balanceYen, from, to: until })
  return stretches.filter(stretch => stretch.balanceYen > 0)
}
