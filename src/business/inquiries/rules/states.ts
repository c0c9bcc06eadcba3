import { isEnd, type Machine, type NextState, stepOf } from '../../../platform/state-machine.ts'

/** States of an inquiry (FF §3). */
export const inquiryStates = [
  'new',
  'triaged',
  'assigned',
  'waiting_client',
  'waiting_internal',
  'answered',
  'reopened',
  'lapsed',
  'closed',
  'converted',
  'spam',
  'merged',
] as const
export type InquiryState = (typeof inquiryStates)[number]

/** Every listed transition of an inquiry; all of them are asked for by somebody (FF §3). */
export const INQUIRY_MACHINE: Machine<InquiryState> = {
  new: { triaged: 'command', spam: 'command', merged: 'command' },
  triaged: { assigned: 'command' },
  assigned: { waiting_client: 'command', waiting_internal: 'command', answered: 'command' },
  waiting_client: { assigned: 'command', answered: 'command', lapsed: 'command' },
  waiting_internal: { assigned: 'command', answered: 'command' },
  answered: { closed: 'command', reopened: 'command', converted: 'command' },
  lapsed: { reopened: 'command', closed: 'command' },
  reopened: { assigned: 'command' },
  spam: {},
  merged: {},
  closed: {},
  converted: {},
}

export function nextState(from: InquiryState, to: InquiryState): NextState<InquiryState> {
  return stepOf(INQUIRY_MACHINE, from, to, 'command')
}

export const isEnded = (state: InquiryState): boolean => isEnd(INQUIRY_MACHINE, state)

/** While the client's answer is awaited the clock stands still; a lapsed inquiry waits on. */
export const isPaused = (state: InquiryState): boolean => state === 'waiting_client' || state === 'lapsed'

/** The steps of a kind of their own are not offered as mere moves: they ask for an owner, an answer, another inquiry. */
const OWN_COMMANDS: readonly InquiryState[] = ['triaged', 'assigned', 'answered', 'merged']

export function movesFrom(state: InquiryState): InquiryState[] {
  return inquiryStates.filter(to => INQUIRY_MACHINE[state][to] === 'command' && !OWN_COMMANDS.includes(to))
}
