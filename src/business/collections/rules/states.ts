import {
  isEnd,
  type Machine,
  type NextState,
  stepOf,
  type TransitionClass,
} from '../../../platform/state-machine.ts'

/** States of a collection case (FF §3). */
export type CollectionCaseState =
  | 'opened'
  | 'reminding'
  | 'contacted'
  | 'promised'
  | 'kept'
  | 'broken'
  | 'disputed'
  | 'formal_notice'
  | 'debtor_notice'
  | 'counsel'
  | 'settlement_plan'
  | 'legal_action'
  | 'judgment'
  | 'enforcement'
  | 'written_off'
  | 'resolved'
  | 'closed'

/**
 * Every listed transition of a collection case and its class (FF §3). Whether a promise was kept or broken
 * and whether the case is resolved follow from payments and dates; every step towards the debtor is asked
 * for. `formal_notice → debtor_notice` in a two_party deal is critical.
 */
export const COLLECTION_CASE_MACHINE: Machine<CollectionCaseState> = {
  opened: { reminding: 'command', closed: 'command' },
  reminding: { contacted: 'command', formal_notice: 'command', resolved: 'derived' },
  contacted: { promised: 'command', disputed: 'command', formal_notice: 'command', resolved: 'derived' },
  promised: { kept: 'derived', broken: 'derived' },
  kept: { resolved: 'derived', reminding: 'command' },
  broken: { reminding: 'command', formal_notice: 'command' },
  disputed: { contacted: 'command', formal_notice: 'command', resolved: 'derived' },
  formal_notice: { promised: 'command', debtor_notice: 'command', counsel: 'command', resolved: 'derived' },
  debtor_notice: { counsel: 'command', resolved: 'derived' },
  counsel: { legal_action: 'command', settlement_plan: 'command', resolved: 'derived' },
  settlement_plan: { resolved: 'derived', broken: 'derived' },
  legal_action: {
    judgment: 'command',
    settlement_plan: 'command',
    resolved: 'derived',
    written_off: 'command',
  },
  judgment: { enforcement: 'command', resolved: 'derived', written_off: 'command' },
  enforcement: { resolved: 'derived', written_off: 'command' },
  written_off: { resolved: 'derived', closed: 'command' },
  resolved: { closed: 'command' },
  closed: {},
}

/** Checks one step of the collection case machine (FF §3). */
export function nextState(
  from: CollectionCaseState,
  to: CollectionCaseState,
  by: TransitionClass,
): NextState<CollectionCaseState> {
  return stepOf(COLLECTION_CASE_MACHINE, from, to, by)
}

/** A state nothing listed leaves. */
export function isTerminal(state: CollectionCaseState): boolean {
  return isEnd(COLLECTION_CASE_MACHINE, state)
}
