import { expect, test } from 'vitest'
import { derivedPath, isTerminal, nextState, RECEIVABLE_MACHINE, type ReceivableState } from './states.ts'

/** The machine as the business wrote it down (FF §3). */
const WRITTEN = `
offered -> verifying, rejected, withdrawn
verifying -> verified, rejected, withdrawn
verified -> approved, rejected, withdrawn, lapsed
approved -> purchased, withdrawn, lapsed
purchased -> notified, due, partially_collected, collected, repurchased, rescinded
notified -> due, partially_collected, collected, repurchased, rescinded
partially_collected -> collected, due, repurchased, rescinded
due -> collected, overdue, repurchased, rescinded
overdue -> collected, dunning, legal, repurchased
dunning -> collected, legal, repurchased, written_off
legal -> collected, repurchased, written_off
collected -> settled, due, overdue
settled -> collected
written_off -> recovered
recovered -> written_off, closed
repurchased -> closed
`

test('the receivable machine lists exactly the transitions of the business', () => {
  const written = WRITTEN.trim()
    .split('\n')
    .map(line => line.trim().split(' -> ') as [string, string])
  for (const [from, targets] of written) {
    expect(Object.keys(RECEIVABLE_MACHINE[from as ReceivableState]), from).toEqual(targets.split(', '))
  }
  const withWays = Object.keys(RECEIVABLE_MACHINE).filter(state => !isTerminal(state as ReceivableState))
  expect(withWays).toEqual(written.map(([from]) => from))
})

test('nobody can type a state that money decides', () => {
  expect(nextState('due', 'collected', 'command').refusal).toBe('transition_must_follow_from_events')
  expect(nextState('overdue', 'dunning', 'derived').refusal).toBe('transition_must_be_asked_for')
  expect(nextState('settled', 'collected', 'derived').refusal).toBe('transition_must_follow_from_a_reversal')
  expect(nextState('offered', 'purchased', 'command').refusal).toBe('transition_must_be_listed')
})

test('a reversed payment recomputes from any state, terminal ones too', () => {
  expect(nextState('settled', 'overdue', 'reversal')).toEqual({ state: 'overdue', refusal: null })
  expect(isTerminal('rescinded')).toBe(true)
  expect(nextState('rescinded', 'purchased', 'reversal').state).toBe('purchased')
})

test('a claim not looked at for a while still passes through every state', () => {
  expect(derivedPath('purchased', 'overdue')).toEqual(['due', 'overdue'])
  expect(derivedPath('partially_collected', 'overdue')).toEqual(['due', 'overdue'])
  expect(derivedPath('notified', 'settled')).toEqual(['collected', 'settled'])
  expect(derivedPath('due', 'due')).toEqual([])
  expect(derivedPath('overdue', 'dunning')).toBeNull()
})
