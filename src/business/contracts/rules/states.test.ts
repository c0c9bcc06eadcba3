import { expect, test } from 'vitest'
import { CONTRACT_MACHINE, type ContractState, isTerminal, nextState } from './states.ts'

/** The machine as the business wrote it down (FF §3). */
const WRITTEN = `
drafting -> internal_check, voided
internal_check -> ready, drafting
ready -> sent, voided
sent -> viewed, partially_signed, executed, declined, sign_expired, recalled
viewed -> partially_signed, executed, declined, sign_expired, recalled
partially_signed -> executed, declined, sign_expired, recalled
recalled -> drafting
declined -> drafting, voided
sign_expired -> sent, voided
executed -> active
active -> amended, terminated, completed
amended -> active
`

test('the contract machine lists exactly the transitions of the business', () => {
  const written = WRITTEN.trim()
    .split('\n')
    .map(line => line.trim().split(' -> ') as [string, string])
  for (const [from, targets] of written) {
    expect(Object.keys(CONTRACT_MACHINE[from as ContractState]), from).toEqual(targets.split(', '))
  }
  const withWays = Object.keys(CONTRACT_MACHINE).filter(state => !isTerminal(state as ContractState))
  expect(withWays).toEqual(written.map(([from]) => from))
})

test('a step that is not listed is refused with its reason', () => {
  expect(nextState('drafting', 'executed', 'command').refusal).toBe('transition_must_be_listed')
  expect(nextState('sent', 'sign_expired', 'command').refusal).toBe('transition_must_follow_from_events')
  expect(nextState('sent', 'executed', 'derived').refusal).toBe('transition_must_be_asked_for')
  expect(nextState('partially_signed', 'executed', 'command')).toEqual({ state: 'executed', refusal: null })
})

test('terminated, completed and voided contracts stay so', () => {
  expect((['terminated', 'completed', 'voided'] as const).map(isTerminal)).toEqual([true, true, true])
})
