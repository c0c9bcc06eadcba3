import { expect, test } from 'vitest'
import { CREDIT_REVIEW_MACHINE, type CreditReviewState, isTerminal, nextState } from './states.ts'

/** The machine as the business wrote it down (FF §3). */
const WRITTEN = `
requested -> gathering, cancelled
gathering -> scored, on_hold, cancelled
on_hold -> gathering, cancelled
scored -> auto_approved, auto_declined, referred
auto_declined -> under_review, declined
referred -> under_review
under_review -> approved, conditional, committee, declined
committee -> approved, conditional, declined
conditional -> approved, declined
auto_approved -> in_force
approved -> in_force
in_force -> suspended, superseded, lapsed
suspended -> in_force, revoked
`

test('the credit review machine lists exactly the transitions of the business', () => {
  const written = WRITTEN.trim()
    .split('\n')
    .map(line => line.trim().split(' -> ') as [string, string])
  for (const [from, targets] of written) {
    expect(Object.keys(CREDIT_REVIEW_MACHINE[from as CreditReviewState]), from).toEqual(targets.split(', '))
  }
  const withWays = Object.keys(CREDIT_REVIEW_MACHINE).filter(state => !isTerminal(state as CreditReviewState))
  expect(withWays).toEqual(written.map(([from]) => from))
})

test('a scored review is in force only after a decision', () => {
  expect(nextState('scored', 'in_force', 'command').refusal).toBe('transition_must_be_listed')
  expect(nextState('auto_approved', 'in_force', 'command').state).toBe('in_force')
  expect(nextState('in_force', 'lapsed', 'command').refusal).toBe('transition_must_follow_from_events')
  expect(isTerminal('revoked')).toBe(true)
})
