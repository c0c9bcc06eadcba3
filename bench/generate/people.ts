import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { dateIn } from './calendar.ts'
import { mobilePhone } from './phones.ts'
import { type Random, stream } from './random.ts'
import { FEMALE_NAMES, MALE_NAMES } from './words/given-names.ts'
import { SURNAMES } from './words/surnames.ts'
import type { Word } from './words/word-list.ts'

export type Person = {
  familyName: string
  givenName: string
  familyKana: string
  givenKana: string
  birthDate: IsoDate
  mobile: string
}

export type PersonRole =
  | 'representative'
  | 'director'
  | 'auditor'
  | 'shareholder'
  | 'beneficial_owner'
  | 'contact'

/** A person in a company; one person may stand in several rows, one per role. */
export type CompanyPerson = {
  role: PersonRole
  person: Person
  title: string | null
  department: string | null
  /** Votes held, of `totalVotes`; null for roles without shares. */
  votes: number | null
  totalVotes: number | null
  sharePpm: number | null
  boBasis: 'votes_over_50' | 'votes_over_25' | 'representative' | null
  phone: string | null
  email: string | null
}

/** The representative of company `index`; relatives share the family name when one is given. */
export function representativeOf(seed: number, index: number, familyName: Word | null): Person {
  return personFrom(stream(seed, 'representative', index), familyName, 1944, 1996)
}

/** A person with name, readings, birth date and mobile number. */
export function personFrom(random: Random, family: Word | null, bornFrom: number, bornTo: number): Person {
  const familyName = family ?? random.pickRanked(SURNAMES)
  const given = random.chance(0.8) ? random.pickRanked(MALE_NAMES, 1.2) : random.pickRanked(FEMALE_NAMES, 1.2)
  return {
    familyName: familyName.text,
    givenName: given.text,
    familyKana: familyName.kana,
    givenKana: given.kana,
    birthDate: dateIn(random, bornFrom, bornTo),
    mobile: mobilePhone(random),
  }
}

export function fullName(person: Person): string {
  return `${person.familyName} ${person.givenName}`
}

export function fullKana(person: Person): string {
  return `${person.familyKana} ${person.givenKana}`
}
