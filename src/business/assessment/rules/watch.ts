import { type WatchState, watchStates } from '../tables.ts'

const rank = (state: WatchState) => watchStates.indexOf(state)

/** Of a company made of several records the strictest counts; a record nobody has spoken about is normal. */
export function strictestOf(states: readonly WatchState[]): WatchState {
  return states.reduce<WatchState>((worst, state) => (rank(state) > rank(worst) ? state : worst), 'normal')
}

export const isStricter = (state: WatchState, than: WatchState): boolean => rank(state) > rank(than)

export interface WatchDirection {
  direction: 'raise' | 'lower' | 'same'
  /** Lifting a stop takes two people; stopping and watching act at once (DD group 12: lift two, block at once). */
  twoPeople: boolean
}

export function watchDirection(from: WatchState, to: WatchState): WatchDirection {
  const direction = from === to ? 'same' : isStricter(to, from) ? 'raise' : 'lower'
  return { direction, twoPeople: direction === 'lower' && from === 'stop' }
}
