import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Ppm, Yen } from '../../../platform/money/yen.ts'
import type { LimitState } from './headroom.ts'

/** What of a limit can change. `amount` is yen, or ppm for concentration; `inForceTo` null = open end. */
export type LimitTerms = {
  state: LimitState
  amount: Yen | Ppm
  inForceFrom: IsoDate
  inForceTo: IsoDate | null
}

export type LimitMove =
  | 'grant'
  | 'raise'
  | 'lower'
  | 'extend'
  | 'shorten'
  | 'start_earlier'
  | 'start_later'
  | 'suspend'
  | 'lift_suspension'
  | 'revoke'

export type LimitDirection = {
  moves: LimitMove[]
  /** `critical`: a second person decides; `at_once`: takes effect now (DD groups 5, 12). */
  decision: 'critical' | 'at_once'
  sentence: string
  source: string
}

/**
 * A plan version activated by two people may set a client's first limit up to its automatic ceiling
 * (architecture.md, critical table).
 */
export type AutomaticGrant = { isFirstLimitOfClient: boolean; ceilingYen: Yen }

const CRITICAL: LimitMove[] = ['grant', 'raise', 'extend', 'start_earlier', 'lift_suspension']

/**
 * Which way a change of a limit goes. Anything that lets more money out, or lets it out longer, is critical,
 * also when another part of the same change goes down; `before` null = a new limit. The automatic grant is
 * the only exception.
 */
export function limitDirection(
  before: LimitTerms | null,
  after: LimitTerms,
  automatic?: AutomaticGrant,
): LimitDirection {
  const moves = before === null ? (['grant'] as LimitMove[]) : movesBetween(before, after)
  const source = 'DD 5・12、architecture.md'
  if (before === null && automatic?.isFirstLimitOfClient && after.amount <= automatic.ceilingYen) {
    const sentence = '商品の自動設定の上限内で、利用者の最初の枠を設定します。'
    return { moves, decision: 'at_once', sentence, source }
  }
  if (moves.some(move => CRITICAL.includes(move))) {
    return {
      moves,
      decision: 'critical',
      sentence: '枠を広げる変更のため、もう一人の承認が必要です。',
      source,
    }
  }
  return { moves, decision: 'at_once', sentence: '枠を狭める変更のため、すぐに適用されます。', source }
}

const DRAWABLE: LimitState[] = ['in_force', 'reserved']

function movesBetween(before: LimitTerms, after: LimitTerms): LimitMove[] {
  const moves: LimitMove[] = []
  if (after.amount > before.amount) moves.push('raise')
  if (after.amount < before.amount) moves.push('lower')
  if (isLater(after.inForceTo, before.inForceTo)) moves.push('extend')
  if (isLater(before.inForceTo, after.inForceTo)) moves.push('shorten')
  if (after.inForceFrom < before.inForceFrom) moves.push('start_earlier')
  if (after.inForceFrom > before.inForceFrom) moves.push('start_later')
  if (before.state !== after.state) moves.push(...stateMoves(before.state, after.state))
  return moves
}

/**
 * Any way back from a state without headroom to one with it is a lifting; a reserved limit that comes into
 * force opens money too.
 */
function stateMoves(before: LimitState, after: LimitState): LimitMove[] {
  if (after === 'suspended') return ['suspend']
  if (!DRAWABLE.includes(after)) return ['revoke']
  if (!DRAWABLE.includes(before)) return ['lift_suspension']
  return after === 'in_force' ? ['grant'] : ['revoke']
}

function isLater(a: IsoDate | null, b: IsoDate | null): boolean {
  if (b === null) return false
  return a === null || a > b
}
