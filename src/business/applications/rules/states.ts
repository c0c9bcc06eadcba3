import {
  isEnd,
  type Machine,
  type NextState,
  stepOf,
  type TransitionClass,
} from '../../../platform/state-machine.ts'

/** States of an application (FF §3). */
export const applicationStates = [
  'draft',
  'submitted',
  'docs_pending',
  'screening',
  'in_review',
  'quoted',
  'accepted',
  'contracting',
  'ready_to_fund',
  'funded',
  'closed',
  'abandoned',
  'withdrawn',
  'expired',
  'rejected',
  'declined',
  'cancelled',
] as const
export type ApplicationState = (typeof applicationStates)[number]
/** What stands in the table; `funded` is derived. */
export type StoredState = Exclude<ApplicationState, 'funded'>

/** Every listed transition of an application and its class (FF §3): `funded` follows from the confirmed payout of its claims. */
export const APPLICATION_MACHINE: Machine<ApplicationState> = {
  draft: { submitted: 'command', abandoned: 'command' },
  submitted: { docs_pending: 'command', screening: 'command', withdrawn: 'command' },
  docs_pending: { screening: 'command', withdrawn: 'command', expired: 'command' },
  screening: { in_review: 'command', docs_pending: 'command', rejected: 'command', withdrawn: 'command' },
  in_review: { quoted: 'command', docs_pending: 'command', rejected: 'command', withdrawn: 'command' },
  quoted: {
    accepted: 'command',
    in_review: 'command',
    declined: 'command',
    expired: 'command',
    withdrawn: 'command',
  },
  accepted: { contracting: 'command', withdrawn: 'command' },
  contracting: { ready_to_fund: 'command', quoted: 'command', rejected: 'command', withdrawn: 'command' },
  ready_to_fund: { funded: 'derived', contracting: 'command', cancelled: 'command' },
  funded: { closed: 'command' },
  closed: {},
  abandoned: {},
  withdrawn: {},
  expired: {},
  rejected: {},
  declined: {},
  cancelled: {},
}

/** Checks one step of the application machine (FF §3). */
export function nextState(
  from: ApplicationState,
  to: ApplicationState,
  by: TransitionClass = 'command',
): NextState<ApplicationState> {
  return stepOf(APPLICATION_MACHINE, from, to, by)
}

export const isEnded = (state: ApplicationState): boolean => isEnd(APPLICATION_MACHINE, state)

/** From the submission until the money has gone out or everything has ended. */
export const moneyIsAhead = (state: ApplicationState): boolean =>
  state !== 'draft' && state !== 'funded' && !isEnded(state)

/** While the client owes documents or its answer to a quote the clock stands still (FF §5, clocks; §7). */
export const isPaused = (state: ApplicationState): boolean => state === 'docs_pending' || state === 'quoted'

/** The steps a person may ask for from a state, in the order of the states. */
export function stepsFrom(state: ApplicationState): StoredState[] {
  return applicationStates.filter(
    (to): to is StoredState => to !== 'funded' && APPLICATION_MACHINE[state][to] === 'command',
  )
}

/** What the application is with its claims counted in: ready, and every claim that stands is paid out (FF §3, ready_to_fund→funded). */
export function stateNow(
  stored: StoredState,
  claims: { standing: number; funded: number },
): ApplicationState {
  return stored === 'ready_to_fund' && claims.standing > 0 && claims.funded === claims.standing
    ? 'funded'
    : stored
}

/** What becomes of a claim not yet bought when its application ends (FF §3: withdrawn, lapsed or rejected releases the limit). */
export function claimAfterEnd(
  end: StoredState,
  claim: 'offered' | 'verifying' | 'verified' | 'approved',
): 'rejected' | 'withdrawn' | 'lapsed' {
  if (end === 'rejected' && claim !== 'approved') return 'rejected'
  const lapses = end === 'expired' || end === 'rejected'
  return lapses && (claim === 'verified' || claim === 'approved') ? 'lapsed' : 'withdrawn'
}
