import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STANDARD_HOURS as hours } from '../../access/index.ts'
import { afterPause, answeredInFirst, deadlines, pausedMinutes, priorityOf } from './sla.ts'
import { INQUIRY_MACHINE, inquiryStates, isEnded, movesFrom } from './states.ts'

const at = (text: string) => new Date(`${text}+09:00`)

describe('deadlines by the business clock', () => {
  it.each([
    ['high', '2026-11-24T10:00:00', '2026-11-24T12:00:00', '2026-11-26T10:00:00'],
    // Friday evening before a long weekend: Monday is a holiday.
    ['high', '2026-11-20T17:00:00', '2026-11-24T10:00:00', '2026-11-25T17:00:00'],
    ['normal', '2026-11-21T03:00:00', '2026-11-24T18:00:00', '2026-11-30T18:00:00'],
    ['low', '2026-12-30T09:00:00', '2027-01-04T18:00:00', '2027-01-15T18:00:00'],
  ] as const)('%s, received %s', (priority, received, first, resolution) => {
    const due = deadlines(at(received), priority, hours)
    expect([due.firstAnswerDue, due.resolutionDue]).toEqual([at(first), at(resolution)])
  })

  it('are counted in the hours and on the days of the company', () => {
    const own = { ...hours, opensAt: '10:00', closesAt: '16:00', closedDays: ['2026-11-25'] }
    // Six hours a day: a day is over when the next one has come as far, and the 25th is closed.
    expect(deadlines(at('2026-11-24T12:00:00'), 'normal', own).firstAnswerDue).toEqual(
      at('2026-11-26T12:00:00'),
    )
    expect(
      deadlines(at('2026-11-21T12:00:00'), 'high', { ...own, days: 'every_day' }).firstAnswerDue,
    ).toEqual(at('2026-11-21T14:00:00'))
    expect(
      deadlines(at('2026-11-20T15:00:00'), 'high', { ...own, days: 'weekends_only' }).firstAnswerDue,
    ).toEqual(at('2026-11-23T11:00:00'))
  })

  it('a complaint is always high', () => {
    expect(priorityOf('complaint', 'low')).toBe('high')
    expect(priorityOf('consultation', 'low')).toBe('low')
  })

  it('a deadline moves by the business time the clock stood still, and by none on a holiday', () => {
    expect(pausedMinutes(at('2026-11-20T18:00:00'), at('2026-11-24T09:00:00'), hours)).toBe(0)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), minutes => {
        const due = at('2026-11-24T12:00:00')
        const later = afterPause(due, minutes, hours)
        expect(pausedMinutes(due, later, hours)).toBe(minutes)
      }),
    )
  })
})

it('every state of FF §3 is reached from new, and those nothing leaves are the ended ones', () => {
  const reached = new Set<string>(['new'])
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const state of inquiryStates)
      if (reached.has(state)) for (const to of Object.keys(INQUIRY_MACHINE[state])) reached.add(to)
  }
  expect([...reached].sort()).toEqual([...inquiryStates].sort())
  expect(inquiryStates.filter(isEnded).sort()).toEqual(['closed', 'converted', 'merged', 'spam'])
  expect(movesFrom('assigned')).toEqual(['waiting_client', 'waiting_internal'])
})

it('the first answer settled it when there was one, by the first owner, and it was never taken up again', () => {
  const settled = { answers: 1, transfers: 0, reopened_count: 0, resolved_at: '2026-11-24T10:00:00Z' }
  expect(answeredInFirst(settled)).toBe(true)
  expect(answeredInFirst({ ...settled, transfers: 1 })).toBe(false)
  expect(answeredInFirst({ ...settled, answers: 2 })).toBe(false)
  expect(answeredInFirst({ ...settled, reopened_count: 1 })).toBe(false)
  expect(answeredInFirst({ ...settled, resolved_at: null })).toBeNull()
})
