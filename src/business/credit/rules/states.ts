/** States of a credit review (FF §3). */
export type CreditReviewState =
  | 'requested'
  | 'gathering'
  | 'on_hold'
  | 'scored'
  | 'auto_declined'
  | 'referred'
  | 'under_review'
  | 'committee'
  | 'conditional'
  | 'auto_approved'
  | 'approved'
  | 'in_force'
  | 'suspended'
  | 'cancelled'
  | 'declined'
  | 'superseded'
  | 'lapsed'
  | 'revoked'

/**
 * Who moves it: a person or job asks, a fold of events and today derives it, or a reversed entry recomputes
 * it (FF §3).
 */
export type TransitionClass = 'command' | 'derived' | 'reversal'

type Machine = Record<CreditReviewState, Partial<Record<CreditReviewState, TransitionClass>>>

/**
 * Every listed transition of a credit review and its class (FF §3). A newer decision supersedes and the end
 * date lapses by themselves; everything else is asked for by a person or a job. `approved → in_force` of a
 * new or raised limit is critical.
 */
export const CREDIT_REVIEW_MACHINE: Machine = {
  requested: { gathering: 'command', cancelled: 'command' },
  gathering: { scored: 'command', on_hold: 'command', cancelled: 'command' },
  on_hold: { gathering: 'command', cancelled: 'command' },
  scored: { auto_approved: 'command', auto_declined: 'command', referred: 'command' },
  auto_declined: { under_review: 'command', declined: 'command' },
  referred: { under_review: 'command' },
  under_review: { approved: 'command', conditional: 'command', committee: 'command', declined: 'command' },
  committee: { approved: 'command', conditional: 'command', declined: 'command' },
  conditional: { approved: 'command', declined: 'command' },
  auto_approved: { in_force: 'command' },
  approved: { in_force: 'command' },
  in_force: { suspended: 'command', superseded: 'derived', lapsed: 'derived' },
  suspended: { in_force: 'command', revoked: 'command' },
  cancelled: {},
  declined: {},
  superseded: {},
  lapsed: {},
  revoked: {},
}

export type TransitionRefusal =
  | 'transition_must_be_listed'
  | 'transition_must_follow_from_events'
  | 'transition_must_be_asked_for'
  | 'transition_must_follow_from_a_reversal'

export type NextState =
  | { state: CreditReviewState; refusal: null }
  | { state: null; refusal: TransitionRefusal }

/**
 * Checks one step of the credit review machine. A step asked for must be listed as a command, a derived one
 * as derived; a recomputation after a reversed entry is always allowed, from terminal states too (FF §3).
 */
export function nextState(from: CreditReviewState, to: CreditReviewState, by: TransitionClass): NextState {
  if (by === 'reversal') return { state: to, refusal: null }
  const listed = CREDIT_REVIEW_MACHINE[from][to]
  if (listed === undefined) return { state: null, refusal: 'transition_must_be_listed' }
  if (listed === by) return { state: to, refusal: null }
  if (listed === 'reversal') return { state: null, refusal: 'transition_must_follow_from_a_reversal' }
  const refusal = listed === 'derived' ? 'transition_must_follow_from_events' : 'transition_must_be_asked_for'
  return { state: null, refusal }
}

/** A state nothing listed leaves. */
export function isTerminal(state: CreditReviewState): boolean {
  return Object.keys(CREDIT_REVIEW_MACHINE[state]).length === 0
}
