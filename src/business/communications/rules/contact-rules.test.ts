import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STANDARD_HOURS } from '../../access/index.ts'
import { channels } from '../tables.ts'
import { brokenRules, type Contact, type ContactFacts, isNight, readWindow } from './contact-rules.ts'

const free: ContactFacts = {
  allowed: { from: '08:00', to: '21:00', onlyOn: null },
  doNotContact: false,
  contactWindow: null,
  secretDebtor: false,
  promisedUntil: null,
}
const call = (at: string, more: Partial<Contact> = {}): Contact => ({
  channel: 'phone',
  direction: 'out',
  category: 'payment',
  at: new Date(at),
  timeKnown: true,
  ...more,
})

describe('an outgoing contact', () => {
  it.each([
    ['07:59', ['contact_must_not_be_at_night']],
    ['08:00', []],
    ['20:59', []],
    ['21:00', ['contact_must_not_be_at_night']],
    ['23:59', ['contact_must_not_be_at_night']],
  ])('at %s breaks %j', (time, rules) => {
    expect(brokenRules(call(`2026-11-24T${time}:00+09:00`), free)).toEqual(rules)
  })

  it.each([
    ['2026-11-24T07:30', ['contact_must_not_be_at_night']],
    ['2026-11-24T08:30', ['contact_must_be_within_company_hours']],
    ['2026-11-24T09:00', []],
    ['2026-11-24T19:00', ['contact_must_be_within_company_hours']],
    // A Saturday, and a closing of the company's own.
    ['2026-11-28T10:00', ['contact_must_be_within_company_hours']],
    ['2026-11-25T10:00', ['contact_must_be_within_company_hours']],
  ])('at %s breaks %j where the company calls from 9 to 19 on its days', (time, rules) => {
    const onlyOn = { ...STANDARD_HOURS, closedDays: ['2026-11-25'] }
    const narrow = { ...free, allowed: { from: '09:00', to: '19:00', onlyOn } }
    expect(brokenRules(call(`${time}:00+09:00`), narrow)).toEqual(rules)
    expect(brokenRules(call(`${time}:00+09:00`, { channel: 'post' }), narrow)).toEqual([])
  })

  it('may be a letter at night, and an old one of which only the day is known', () => {
    expect(brokenRules(call('2026-11-24T22:00:00+09:00', { channel: 'post' }), free)).toEqual([])
    expect(brokenRules(call('2026-11-24T00:00:00+09:00', { timeKnown: false }), free)).toEqual([])
  })

  it('may not go to who asked for none, nor to a debtor that must not know, whatever the hour and channel', () => {
    for (const channel of channels)
      expect(
        brokenRules(call('2026-11-24T10:00:00+09:00', { channel }), {
          ...free,
          doNotContact: true,
          secretDebtor: true,
        }),
      ).toEqual(['person_must_not_be_contacted', 'debtor_must_not_be_contacted_yet'])
  })

  it('waits for money promised until the day has passed, where it is about payment', () => {
    const facts = { ...free, promisedUntil: '2026-11-24' }
    expect(brokenRules(call('2026-11-24T10:00:00+09:00'), facts)).toEqual(['promise_must_be_waited_for'])
    expect(brokenRules(call('2026-11-25T10:00:00+09:00'), facts)).toEqual([])
    expect(brokenRules(call('2026-11-24T10:00:00+09:00', { category: 'document' }), facts)).toEqual([])
  })

  it.each([
    ['平日 9:00-17:00', '2026-11-24T12:00:00+09:00', false],
    ['平日 9:00-17:00', '2026-11-24T17:01:00+09:00', true],
    ['平日９時～１７時', '2026-11-21T12:00:00+09:00', true],
    // A holiday on a Monday.
    ['月～金 9:00〜17:00', '2026-11-23T12:00:00+09:00', true],
    ['10時から12時30分', '2026-11-21T12:30:00+09:00', false],
    ['午前中がよい', '2026-11-24T16:00:00+09:00', false],
  ])('to somebody reachable 「%s」 at %s is outside: %s', (contactWindow, at, outside) => {
    expect(brokenRules(call(at), { ...free, contactWindow })).toEqual(
      outside ? ['contact_must_be_within_window'] : [],
    )
  })
})

it('an incoming contact breaks nothing', () => {
  fc.assert(
    fc.property(
      fc.date({ noInvalidDate: true }),
      fc.boolean(),
      fc.boolean(),
      (at, doNotContact, secretDebtor) => {
        const facts = { ...free, doNotContact, secretDebtor, promisedUntil: '2999-01-01' }
        expect(brokenRules({ ...call('2026-11-24T22:00:00+09:00'), at, direction: 'in' }, facts)).toEqual([])
      },
    ),
  )
})

it('night is eleven hours of every day, by the clock of Tokyo', () => {
  const start = Date.parse('2026-11-24T00:00:00+09:00')
  const minutes = Array.from({ length: 1440 }, (_, minute) => new Date(start + minute * 60_000))
  expect(minutes.filter(isNight)).toHaveLength(11 * 60)
})

it('a window that ends before it begins says nothing that can be tested', () => {
  expect(readWindow('17:00-9:00')).toBeNull()
  expect(readWindow('いつでも')).toBeNull()
  expect(readWindow('平日のみ')).toEqual({ weekdays: true, from: null, to: null })
})
