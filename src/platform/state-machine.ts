/**
 * Who moves a record: a person or job asks (command), a fold of events and today derives it, or a reversed entry recomputes it
 * (factoring-flows.md §3).
 */
export type TransitionClass = 'command' | 'derived' | 'reversal'

/** Every listed transition and its class; a state which lists none is terminal. */
export type Machine<State extends string> = Readonly<Record<State, Partial<Record<State, TransitionClass>>>>

export type TransitionRefusal =
  | 'transition_must_be_listed'
  | 'transition_must_follow_from_events'
  | 'transition_must_be_asked_for'
  | 'transition_must_follow_from_a_reversal'

export type NextState<State extends string> =
  | { state: State; refusal: null }
  | { state: null; refusal: TransitionRefusal }

/**
 * Checks one step. A step asked for must be listed as a command, a derived one as derived; a recomputation after a reversed entry
 * is always allowed, from terminal states too (FF §3).
 */
export function stepOf<State extends string>(
  machine: Machine<State>,
  from: State,
  to: State,
  by: TransitionClass,
): NextState<State> {
  if (by === 'reversal') return { state: to, refusal: null }
  const listed = machine[from][to]
  if (listed === undefined) return { state: null, refusal: 'transition_must_be_listed' }
  if (listed === by) return { state: to, refusal: null }
  if (listed === 'reversal') return { state: null, refusal: 'transition_must_follow_from_a_reversal' }
  return {
    state: null,
    refusal: listed === 'derived' ? 'transition_must_follow_from_events' : 'transition_must_be_asked_for',
  }
}

/** A state nothing listed leaves. */
export function isEnd<State extends string>(machine: Machine<State>, state: State): boolean {
  return Object.keys(machine[state]).length === 0
}
