import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { shareOf } from '../../src/platform/money/yen.ts'
import type { BookClient, ReceivableState } from './book-types.ts'
import { addDays, daysBetween, rollToBankDay } from './calendar.ts'
import type { Random } from './random.ts'

/** How a claim turns out: when money comes, and how much of it. */
export type Outcome = 'on_time' | 'late' | 'in_parts' | 'short' | 'never' | 'insolvent'

/** Most claims are paid on their day; about one in twelve is not. */
export function outcomeOf(random: Random): Outcome {
  return random.pickWeighted([
    [0.88, 'on_time'],
    [0.055, 'late'],
    [0.018, 'in_parts'],
    [0.012, 'short'],
    [0.025, 'never'],
    [0.008, 'insolvent'],
  ] as const)
}

/** What has come in by today, and the state which follows from it. */
export function collected(
  claim: { purchasedYen: number; reserveYen: number; payableOn: IsoDate },
  client: BookClient,
  outcome: Outcome,
  today: IsoDate,
  random: Random,
): { state: ReceivableState; collectedYen: number; openYen: number; paidOn: IsoDate | null } {
  const paidOn = paidOnOf(claim.payableOn, outcome, random)
  const inTime = paidOn !== null && paidOn <= today
  const short = shareOf(claim.purchasedYen, 20_000 + random.whole(0, 8) * 10_000)
  const wholly = outcome === 'on_time' || outcome === 'late'
  const collectedYen = !inTime
    ? 0
    : wholly
      ? claim.purchasedYen
      : outcome === 'in_parts'
        ? Math.floor(claim.purchasedYen / 2)
        : claim.purchasedYen - short
  const openYen = claim.purchasedYen - collectedYen
  const late = daysBetween(claim.payableOn, today)
  return {
    state: stateOf(openYen, late, outcome, claim.reserveYen, paidOn, client, today),
    collectedYen,
    openYen,
    paidOn: inTime ? paidOn : null,
  }
}

function stateOf(
  openYen: number,
  late: number,
  outcome: Outcome,
  reserveYen: number,
  paidOn: IsoDate | null,
  client: BookClient,
  today: IsoDate,
): ReceivableState {
  if (openYen === 0 && paidOn !== null)
    return reserveYen > 0 && daysBetween(paidOn, today) < 3 ? 'collected' : 'settled'
  if (late < 0) return client.terms.legalKind === 'three_party' ? 'notified' : 'purchased'
  if (late === 0) return 'due'
  if (outcome === 'insolvent' && late > 90) return 'written_off'
  return late <= 3 ? 'overdue' : late <= 30 ? 'dunning' : 'legal'
}

function paidOnOf(payableOn: IsoDate, outcome: Outcome, random: Random): IsoDate | null {
  if (outcome === 'never' || outcome === 'insolvent') return null
  if (outcome === 'late') return rollToBankDay(addDays(payableOn, random.whole(1, 25)))
  return rollToBankDay(payableOn)
}

/** The state of a claim which is not bought, or null when it is. */
export function beforePurchase(
  days: { purchasedOn: IsoDate },
  today: IsoDate,
  random: Random,
): ReceivableState | null {
  if (random.chance(0.05)) return random.chance(0.6) ? 'rejected' : 'withdrawn'
  if (days.purchasedOn <= today) return null
  return random.pick(['offered', 'verifying', 'verified', 'approved'] as const)
}
