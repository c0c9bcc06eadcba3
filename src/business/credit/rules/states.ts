import {
  isEnd,
  type Machine,
  type NextState,
  stepOf,
  type TransitionClass,
} from '../../../platform/state-machine.ts'

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
 * Every listed transition of a credit review and its class (FF §3). A newer decision supersedes and the end
 * date lapses by themselves; everything else is asked for by a person or a job. `approved → in_force` of a
 * new or raised limit is critical.
 */
export const CREDIT_REVIEW_MACHINE: Machine<CreditReviewState> = {
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

/** Checks one step of the credit review machine (FF §3). */
export function nextState(
  from: CreditReviewState,
  to: CreditReviewState,
  by: TransitionClass,
): NextState<CreditReviewState> {
  return stepOf(CREDIT_REVIEW_MACHINE, from, to, by)
}

/** A state nothing listed leaves. */
export function isTerminal(state: CreditReviewState): boolean {
  return isEnd(CREDIT_REVIEW_MACHINE, state)
}
