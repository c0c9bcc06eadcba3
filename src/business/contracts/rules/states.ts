/** States of a contract (FF §3). */
export type ContractState =
  | 'drafting'
  | 'internal_check'
  | 'ready'
  | 'sent'
  | 'viewed'
  | 'partially_signed'
  | 'recalled'
  | 'declined'
  | 'sign_expired'
  | 'executed'
  | 'active'
  | 'amended'
  | 'voided'
  | 'terminated'
  | 'completed'

/**
 * Who moves it: a person or job asks, a fold of events and today derives it, or a reversed entry recomputes
 * it (FF §3).
 */
export type TransitionClass = 'command' | 'derived' | 'reversal'

type Machine = Record<ContractState, Partial<Record<ContractState, TransitionClass>>>

/**
 * Every listed transition of a contract and its class (FF §3). `executed → active` (the effective day has
 * come) and `sign_expired` follow from dates; everything else is asked for by a person or a job.
 */
export const CONTRACT_MACHINE: Machine = {
  drafting: { internal_check: 'command', voided: 'command' },
  internal_check: { ready: 'command', drafting: 'command' },
  ready: { sent: 'command', voided: 'command' },
  sent: {
    viewed: 'command',
    partially_signed: 'command',
    executed: 'command',
    declined: 'command',
    sign_expired: 'derived',
    recalled: 'command',
  },
  viewed: {
    partially_signed: 'command',
    executed: 'command',
    declined: 'command',
    sign_expired: 'derived',
    recalled: 'command',
  },
  partially_signed: {
    executed: 'command',
    declined: 'command',
    sign_expired: 'derived',
    recalled: 'command',
  },
  recalled: { drafting: 'command' },
  declined: { drafting: 'command', voided: 'command' },
  sign_expired: { sent: 'command', voided: 'command' },
  executed: { active: 'derived' },
  active: { amended: 'command', terminated: 'command', completed: 'command' },
  amended: { active: 'command' },
  voided: {},
  terminated: {},
  completed: {},
}

export type TransitionRefusal =
  | 'transition_must_be_listed'
  | 'transition_must_follow_from_events'
  | 'transition_must_be_asked_for'
  | 'transition_must_follow_from_a_reversal'

export type NextState = { state: ContractState; refusal: null } | { state: null; refusal: TransitionRefusal }

/**
 * Checks one step of the contract machine. A step asked for must be listed as a command, a derived one as
 * derived; a recomputation after a reversed entry is always allowed, from terminal states too (FF §3).
 */
export function nextState(from: ContractState, to: ContractState, by: TransitionClass): NextState {
  if (by === 'reversal') return { state: to, refusal: null }
  const listed = CONTRACT_MACHINE[from][to]
  if (listed === undefined) return { state: null, refusal: 'transition_must_be_listed' }
  if (listed === by) return { state: to, refusal: null }
  if (listed === 'reversal') return { state: null, refusal: 'transition_must_follow_from_a_reversal' }
  const refusal = listed === 'derived' ? 'transition_must_follow_from_events' : 'transition_must_be_asked_for'
  return { state: null, refusal }
}

/** A state nothing listed leaves. */
export function isTerminal(state: ContractState): boolean {
  return Object.keys(CONTRACT_MACHINE[state]).length === 0
}
