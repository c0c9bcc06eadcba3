import { expect, test } from 'vitest'
import { COLLECTION_CASE_MACHINE, type CollectionCaseState, isTerminal, nextState } from './states.ts'

/** The machine as the business wrote it down (FF §3). */
const WRITTEN = `
opened -> reminding, closed
reminding -> contacted, formal_notice, resolved
contacted -> promised, disputed, formal_notice, resolved
promised -> kept, broken
kept -> resolved, reminding
broken -> reminding, formal_notice
disputed -> contacted, formal_notice, resolved
formal_notice -> promised, debtor_notice, counsel, resolved
debtor_notice -> counsel, resolved
counsel -> legal_action, settlement_plan, resolved
settlement_plan -> resolved, broken
legal_action -> judgment, settlement_plan, resolved, written_off
judgment -> enforcement, resolved, written_off
enforcement -> resolved, written_off
written_off -> resolved, closed
resolved -> closed
`

test('the collection case machine lists exactly the transitions of the business', () => {
  const written = WRITTEN.trim()
    .split('\n')
    .map(line => line.trim().split(' -> ') as [string, string])
  for (const [from, targets] of written) {
    expect(Object.keys(COLLECTION_CASE_MACHINE[from as CollectionCaseState]), from).toEqual(
      targets.split(', '),
    )
  }
  const withWays = Object.keys(COLLECTION_CASE_MACHINE).filter(
    state => !isTerminal(state as CollectionCaseState),
  )
  expect(withWays).toEqual(written.map(([from]) => from))
})

test('a promise is kept or broken by payments and dates, never by hand', () => {
  expect(nextState('promised', 'kept', 'command').refusal).toBe('transition_must_follow_from_events')
  expect(nextState('promised', 'broken', 'derived').state).toBe('broken')
  expect(nextState('opened', 'counsel', 'command').refusal).toBe('transition_must_be_listed')
  expect(isTerminal('closed')).toBe(true)
})
