import type { CommunicationShown } from '../contract.ts'
import type { Category, Channel, Direction, Priority, Scope } from '../tables.ts'
import { dayOf, readTime, timeOf } from './contact-words.tsx'

/** What stands in the form of a contact: texts as typed. */
export interface TypedContact {
  channel: Channel
  direction: Direction
  reached: 'yes' | 'no' | 'none'
  category: Category
  personId: string | null
  day: string | null
  time: string
  summary: string
  subject: string
  body: string
  agreedPoints: string
  subCategory: string
  minutes: number | null
  priority: Priority
  disclosureScope: Scope
  receivableId: string | null
  promiseOn: string | null
  promiseYen: number | null
}

/** A call that was just made and reached somebody: what a collector records most. */
export function freshContact(now: Date, category: Category): TypedContact {
  return {
    channel: 'phone',
    direction: 'out',
    reached: 'yes',
    category,
    personId: null,
    day: dayOf(now),
    time: timeOf(now),
    summary: '',
    subject: '',
    body: '',
    agreedPoints: '',
    subCategory: '',
    minutes: null,
    priority: 'normal',
    disclosureScope: 'all',
    receivableId: null,
    promiseOn: null,
    promiseYen: null,
  }
}

export function contactAsTyped(shown: CommunicationShown): TypedContact {
  return {
    channel: shown.channel,
    direction: shown.direction,
    reached: shown.reached === null ? 'none' : shown.reached ? 'yes' : 'no',
    category: shown.category,
    personId: shown.person?.id ?? null,
    day: dayOf(shown.occurredAt),
    time: shown.timeKnown ? timeOf(shown.occurredAt) : '',
    summary: shown.summary ?? '',
    subject: shown.subject ?? '',
    body: shown.body ?? '',
    agreedPoints: shown.agreedPoints ?? '',
    subCategory: shown.subCategory ?? '',
    minutes: shown.durationS === null ? null : Math.round(shown.durationS / 60),
    priority: shown.priority,
    disclosureScope: shown.disclosureScope,
    receivableId: null,
    promiseOn: null,
    promiseYen: null,
  }
}

/** The instant typed, or null where day or time cannot be read; an empty time is the day's beginning. */
export function instantOf(typed: Pick<TypedContact, 'day' | 'time'>): string | null {
  const time = typed.time.trim() === '' ? '00:00' : readTime(typed.time)
  return typed.day && time ? `${typed.day}T${time}:00+09:00` : null
}

const filled = (text: string) => text.trim() || null

/** The words and facts as the commands take them. */
export function contentOf(typed: TypedContact, occurredAt: string) {
  return {
    personId: typed.personId,
    channel: typed.channel,
    direction: typed.direction,
    occurredAt,
    durationS: typed.minutes === null ? null : typed.minutes * 60,
    reached: typed.reached === 'none' ? null : typed.reached === 'yes',
    category: typed.category,
    subCategory: filled(typed.subCategory),
    priority: typed.priority,
    subject: filled(typed.subject),
    summary: typed.summary.trim(),
    body: filled(typed.body),
    agreedPoints: filled(typed.agreedPoints),
    disclosureScope: typed.disclosureScope,
  }
}
