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
 * Who moves it: a person or job asks, a fold of events and today derives it, or a reversed entry recomputes
 * it (FF §3).
 */
export type TransitionClass = 'command' | 'derived' | 'reversal'

type Machine = Record<CollectionCaseState, Partial<Record<CollectionCaseState, TransitionClass>>>

/**
 * Every listed transition of a collection case and its class (FF §3). Whether a promise was kept or broken
 * and whether the case is resolved follow from payments and dates; every step towards the debtor is asked
 * for. `formal_notice → debtor_notice` in a two_party deal is critical.
 */
export const COLLECTION_CASE_MACHINE: Machine = {
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

export type TransitionRefusal =
  | 'transition_must_be_listed'
  | 'transition_must_follow_from_events'
  | 'transition_must_be_asked_for'
  | 'transition_must_follow_from_a_reversal'

export type NextState =
  | { state: CollectionCaseState; refusal: null }
  | { state: null; refusal: TransitionRefusal }

/**
 * Checks one step of the collection case machine. A step asked for must be listed as a command, a derived one
 * as derived; a recomputation after a reversed entry is always allowed, from terminal states too (FF §3).
 */
export function nextState(
  from: CollectionCaseState,
  to: CollectionCaseState,
  by: TransitionClass,
): NextState {
  if (by === 'reversal') return { state: to, refusal: null }
  const listed = COLLECTION_CASE_MACHINE[from][to]
  if (listed === undefined) return { state: null, refusal: 'transition_must_be_listed' }
  if (listed === by) return { state: to, refusal: null }
  if (listed === 'reversal') return { state: null, refusal: 'transition_must_follow_from_a_reversal' }
  const refusal = listed === 'derived' ? 'transition_must_follow_from_events' : 'transition_must_be_asked_for'
  return { state: null, refusal }
}

/** A state nothing listed leaves. */
export function isTerminal(state: CollectionCaseState): boolean {
  return Object.keys(COLLECTION_CASE_MACHINE[state]).length === 0
}
