import {
  isEnd,
  type Machine,
  type NextState,
  stepOf,
  type TransitionClass,
} from '../../../platform/state-machine.ts'

/** States of a receivable (FF §3). */
export type ReceivableState =
  | 'offered'
  | 'verifying'
  | 'verified'
  | 'approved'
  | 'purchased'
  | 'notified'
  | 'partially_collected'
  | 'due'
  | 'overdue'
  | 'dunning'
  | 'legal'
  | 'collected'
  | 'settled'
  | 'written_off'
  | 'recovered'
  | 'repurchased'
  | 'rejected'
  | 'withdrawn'
  | 'lapsed'
  | 'rescinded'
  | 'closed'

/**
 * Every listed transition of a receivable and its class (FF §3). Money and dates derive `notified`, `due`,
 * `partially_collected`, `collected`, `overdue`, `settled` and `recovered`; a reversed payment leads back.
 */
export const RECEIVABLE_MACHINE: Machine<ReceivableState> = {
  offered: { verifying: 'command', rejected: 'command', withdrawn: 'command' },
  verifying: { verified: 'command', rejected: 'command', withdrawn: 'command' },
  verified: { approved: 'command', rejected: 'command', withdrawn: 'command', lapsed: 'command' },
  approved: { purchased: 'command', withdrawn: 'command', lapsed: 'command' },
  purchased: {
    notified: 'derived',
    due: 'derived',
    partially_collected: 'derived',
    collected: 'derived',
    repurchased: 'command',
    rescinded: 'command',
  },
  notified: {
    due: 'derived',
    partially_collected: 'derived',
    collected: 'derived',
    repurchased: 'command',
    rescinded: 'command',
  },
  partially_collected: { collected: 'derived', due: 'derived', repurchased: 'command', rescinded: 'command' },
  due: { collected: 'derived', overdue: 'derived', repurchased: 'command', rescinded: 'command' },
  overdue: { collected: 'derived', dunning: 'command', legal: 'command', repurchased: 'command' },
  dunning: { collected: 'derived', legal: 'command', repurchased: 'command', written_off: 'command' },
  legal: { collected: 'derived', repurchased: 'command', written_off: 'command' },
  collected: { settled: 'derived', due: 'reversal', overdue: 'reversal' },
  settled: { collected: 'reversal' },
  written_off: { recovered: 'derived' },
  recovered: { written_off: 'reversal', closed: 'command' },
  repurchased: { closed: 'command' },
  rejected: {},
  withdrawn: {},
  lapsed: {},
  rescinded: {},
  closed: {},
}

/** Checks one step of the receivable machine (FF §3). */
export function nextState(
  from: ReceivableState,
  to: ReceivableState,
  by: TransitionClass,
): NextState<ReceivableState> {
  return stepOf(RECEIVABLE_MACHINE, from, to, by)
}

/** A state nothing listed leaves. */
export function isTerminal(state: ReceivableState): boolean {
  return isEnd(RECEIVABLE_MACHINE, state)
}

/**
 * States in which a claim no longer holds its invoice number; in every other one it is unique per client and
 * debtor (DD group 8).
 */
export const NOT_LIVE_STATES: ReceivableState[] = ['rejected', 'withdrawn', 'lapsed', 'rescinded', 'closed']

/**
 * The derived steps which lead from one state to another, first step first, so that no state is skipped in
 * the trail (a claim not looked at for a week goes purchased → due → overdue). Empty when equal; null when no
 * derived way leads there.
 */
export function derivedPath(from: ReceivableState, to: ReceivableState): ReceivableState[] | null {
  const ways: ReceivableState[][] = [[]]
  const seen = new Set<ReceivableState>([from])
  for (const way of ways) {
    const here = way.at(-1) ?? from
    if (here === to) return way
    for (const [next, listed] of Object.entries(RECEIVABLE_MACHINE[here]) as [
      ReceivableState,
      TransitionClass,
    ][]) {
      if (listed !== 'derived' || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}
