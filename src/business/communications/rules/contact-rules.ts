import { isBusinessDay, JP_HOLIDAY } from '../../../platform/dates/business-calendar.ts'
import { dayOfWeek } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { type HoursRule, minutesOfTime, worksOn } from '../../access/index.ts'
import type { Category, Channel, Direction } from '../tables.ts'

/** Rules about reaching somebody, each with the sentence in `labels.ts` and its source at the function that tests it. */
export type ContactRule =
  | 'contact_must_not_be_at_night'
  | 'contact_must_be_within_company_hours'
  | 'person_must_not_be_contacted'
  | 'contact_must_be_within_window'
  | 'debtor_must_not_be_contacted_yet'
  | 'promise_must_be_waited_for'

/** What is known of whom is to be contacted, read in one transaction. */
export interface ContactFacts {
  /** When the company lets anybody be reached (company setting): HH:MM, narrower than the law or as wide; the days on which it works, else null: every day. */
  allowed: { from: string; to: string; onlyOn: HoursRule | null }
  /** Of the person named: what their roles in the company say. */
  doNotContact: boolean
  /** 連絡可能な時間帯 as somebody wrote it: 「平日 9:00-17:00」. */
  contactWindow: string | null
  /** The party is known to us only as the debtor of two-party deals, or of those named, without a recorded trigger. */
  secretDebtor: boolean
  /** The latest day promised on the claims named and not yet passed or kept. */
  promisedUntil: IsoDate | null
}

/** A contact as somebody means to make it or has made it. */
export interface Contact {
  channel: Channel
  direction: Direction
  category: Category
  at: Date
  timeKnown: boolean
}

const NIGHT_FROM = 21
const NIGHT_TO = 8
/** A letter or a message in the customer's own web page rings nobody's bell. */
const SILENT: readonly Channel[] = ['post', 'web']
const TOKYO_OFFSET_MS = 9 * 3_600_000

/**
 * The rules a contact breaks, none for an incoming one: FF §7 (no contact 21:00–08:00, none before a promised date) and within that the
 * hours and days of the company's own setting; DD group 2
 * (contact_window, do_not_contact) and FF §1 (the debtor of a two-party deal before a recorded trigger).
 */
export function brokenRules(contact: Contact, facts: ContactFacts): ContactRule[] {
  if (contact.direction === 'in') return []
  const broken: ContactRule[] = []
  const timed = contact.timeKnown && !SILENT.includes(contact.channel)
  if (timed && isNight(contact.at)) broken.push('contact_must_not_be_at_night')
  else if (timed && !isAllowed(contact.at, facts.allowed)) broken.push('contact_must_be_within_company_hours')
  if (facts.doNotContact) broken.push('person_must_not_be_contacted')
  if (timed && facts.contactWindow !== null && isOutside(contact.at, facts.contactWindow))
    broken.push('contact_must_be_within_window')
  if (facts.secretDebtor) broken.push('debtor_must_not_be_contacted_yet')
  if (
    contact.category === 'payment' &&
    facts.promisedUntil !== null &&
    todayInTokyo(contact.at) <= facts.promisedUntil
  )
    broken.push('promise_must_be_waited_for')
  return broken
}

function minutesOfDay(at: Date): number {
  return Math.floor(((at.getTime() + TOKYO_OFFSET_MS) % 86_400_000) / 60_000)
}

/** 21:00–08:00 Tokyo time (FF §7; 貸金業法 21条 and its 施行規則 19条 say the same of lenders). */
export function isNight(at: Date): boolean {
  const minutes = minutesOfDay(at)
  return minutes >= NIGHT_FROM * 60 || minutes < NIGHT_TO * 60
}

/** Within the company's own hours, the end left out, and on one of its days. */
function isAllowed(at: Date, { from, to, onlyOn }: ContactFacts['allowed']): boolean {
  const minutes = minutesOfDay(at)
  if (minutes < minutesOfTime(from) || minutes >= minutesOfTime(to)) return false
  return onlyOn === null || worksOn(todayInTokyo(at), onlyOn)
}

interface Window {
  /** Only Monday to Friday, without holidays. */
  weekdays: boolean
  /** Minutes of the day; null where only days are named. */
  from: number | null
  to: number | null
}

const TIME = String.raw`(\d{1,2})(?:[:：時](\d{2})?分?)?`
const SPAN = new RegExp(`${TIME}\\s*(?:-|~|〜|から)\\s*${TIME}`, 'u')

/** Reads a window as people write it; null where it says nothing that can be tested: then it is shown, and nobody is refused. */
export function readWindow(text: string): Window | null {
  const plain = text.normalize('NFKC').replace(/[～－–—―]/gu, '-')
  const weekdays = /平日|月\s*[-~〜]\s*金/u.test(plain)
  const span = SPAN.exec(plain)
  const minutes = (hour: string, minute: string | undefined) => Number(hour) * 60 + Number(minute ?? 0)
  const from = span ? minutes(span[1]!, span[2]) : null
  const to = span ? minutes(span[3]!, span[4]) : null
  if (from !== null && to !== null && (from >= to || to > 24 * 60)) return null
  return weekdays || from !== null ? { weekdays, from, to } : null
}

function isOutside(at: Date, text: string): boolean {
  const window = readWindow(text)
  if (window === null) return false
  const day = todayInTokyo(at)
  const weekday = dayOfWeek(day)
  if (window.weekdays && (weekday === 0 || weekday === 6 || !isBusinessDay(day, JP_HOLIDAY))) return true
  const minutes = minutesOfDay(at)
  return window.from !== null && (minutes < window.from || minutes > window.to!)
}
