import { describe, expect, it } from 'vitest'
import { breachDeadlines } from './breach-deadlines.ts'
import { filingsOf, hindrancesToClose, nextFiling, reportDueOn } from './incident.ts'

describe('reports of a breach (JR §4.2)', () => {
  it.each([
    [['property_damage'], '2026-11-24', '2026-12-21'],
    [['wrongful_purpose'], '2026-11-24', '2027-01-18'],
    [['over_1000', 'wrongful_purpose'], '2026-11-24', '2027-01-18'],
    [[], null, null],
  ] as const)('known 2026-11-20 for %j: 速報 by %s, 確報 by %s', (grounds, preliminary, final) => {
    expect(breachDeadlines('2026-11-20', grounds)).toEqual({
      preliminaryDueOn: preliminary,
      finalDueOn: final,
    })
  })
})

it('our own report is due five bank days after the finding', () => {
  expect(reportDueOn('2026-11-20')).toBe('2026-11-30')
})

const row = {
  report_due_on: '2026-11-30',
  reported_on: null,
  claim_deadline_on: '2026-11-28',
  claim_filed_on: null,
  preliminary_due_on: null,
  preliminary_filed_on: null,
  final_due_on: null,
  final_filed_on: null,
}

it('the earliest thing due comes first, and what has no day is not asked for', () => {
  expect(filingsOf(row).map(one => one.filing)).toEqual(['claim', 'report'])
  expect(nextFiling({ ...row, claim_filed_on: '2026-11-27' })?.filing).toBe('report')
})

it('is closed only with cause, prevention and everything sent', () => {
  const open = { ...row, cause_sealed: null, prevention_sealed: null }
  expect(hindrancesToClose(open)).toEqual([
    'cause_must_be_given',
    'prevention_must_be_given',
    'filings_must_be_made',
  ])
  const sent = { ...row, reported_on: '2026-11-30', claim_filed_on: '2026-11-27' }
  expect(hindrancesToClose({ ...sent, cause_sealed: 'x', prevention_sealed: 'x' })).toEqual([])
})
