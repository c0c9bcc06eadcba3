import {
  isEnd,
  type Machine,
  type NextState,
  stepOf,
  type TransitionClass,
} from '../../../platform/state-machine.ts'

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
 * Every listed transition of a contract and its class (FF §3). `executed → active` (the effective day has
 * come) and `sign_expired` follow from dates; everything else is asked for by a person or a job.
 */
export const CONTRACT_MACHINE: Machine<ContractState> = {
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

/** Checks one step of the contract machine (FF §3). */
export function nextState(
  from: ContractState,
  to: ContractState,
  by: TransitionClass,
): NextState<ContractState> {
  return stepOf(CONTRACT_MACHINE, from, to, by)
}

/** A state nothing listed leaves. */
export function isTerminal(state: ContractState): boolean {
  return isEnd(CONTRACT_MACHINE, state)
}
