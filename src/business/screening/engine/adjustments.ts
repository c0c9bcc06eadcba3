import { readBirths } from '../lists/birth-range.ts'
import { countryCode } from '../lists/countries.ts'
import type { BirthRange, ListEntry } from '../lists/list-entry.ts'
import type { AdjustmentRule } from './policy.ts'

/** Facts about a subject that are compared besides the name, prepared once. */
export interface SubjectFacts {
  kind: 'person' | 'company'
  births: BirthRange[]
  country?: string
  addressKeys: Set<string>
  gender?: 'male' | 'female'
  numbers: Set<string>
}

export interface Adjustment {
  rule: AdjustmentRule
  sentence: string
}

/** Prepares the facts of a subject; a birth date that cannot be read is left out here, the file reader refuses it before. */
export function factsOf(subject: {
  kind: 'person' | 'company'
  birthDate?: string
  country?: string
  address?: string
  gender?: 'male' | 'female'
  identifiers?: string[]
}): SubjectFacts {
  const country = countryCode(subject.country ?? '')
  return {
    kind: subject.kind,
    births: readBirths(subject.birthDate ?? '') ?? [],
    ...(country && { country }),
    addressKeys: addressKeys(subject.address ?? ''),
    ...(subject.gender && { gender: subject.gender }),
    numbers: new Set((subject.identifiers ?? []).map(numberKey).filter(key => key.length >= 5)),
  }
}

/** What speaks for or against the pair besides the names, in a fixed order. */
export function adjustmentsFor(subject: SubjectFacts, entry: ListEntry): Adjustment[] {
  return [
    kindAdjustment,
    birthAdjustment,
    countryAdjustment,
    genderAdjustment,
    addressAdjustment,
    numberAdjustment,
  ]
    .map(compare => compare(subject, entry))
    .filter(adjustment => adjustment !== null)
}

function kindAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  if (entry.kind === 'other' || entry.kind === subject.kind) return null
  const words = { person: '個人', company: '法人・団体', vessel: '船舶', other: 'その他' }
  return {
    rule: 'kind_differs',
    sentence: `対象は${words[subject.kind]}、リストは${words[entry.kind]}です。`,
  }
}

function birthAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  const own = subject.births[0]
  if (!own || entry.births.length === 0) return null
  const listed = entry.births.map(sayRange).join('、')
  if (entry.births.some(birth => birth.from === birth.to && birth.from === own.from && own.from === own.to)) {
    return { rule: 'birth_day_equal', sentence: `生年月日が一致します（${own.from}）。` }
  }
  const overlapping = entry.births.filter(birth => birth.from <= own.to && own.from <= birth.to)
  if (overlapping.length > 0)
    return {
      rule: 'birth_year_equal',
      sentence: `生年が矛盾しません（対象 ${sayRange(own)}、リスト ${listed}）。`,
    }
  const years = Math.min(...entry.births.map(birth => yearsApart(own, birth)))
  if (years === 0)
    return {
      rule: 'birth_day_differs',
      sentence: `生年は同じですが月日が違います（対象 ${sayRange(own)}、リスト ${listed}）。`,
    }
  if (years === 1) return null
  return {
    rule: 'birth_year_differs',
    sentence: `生年が${years}年違います（対象 ${sayRange(own)}、リスト ${listed}）。`,
  }
}

function yearsApart(a: BirthRange, b: BirthRange): number {
  const year = (date: string) => Number(date.slice(0, 4))
  if (year(a.from) > year(b.to)) return year(a.from) - year(b.to)
  if (year(b.from) > year(a.to)) return year(b.from) - year(a.to)
  return 0
}

function sayRange(range: BirthRange): string {
  return range.from === range.to ? range.from : `${range.from}～${range.to}`
}

function countryAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  const listed = entry.countries.filter(country => country.length === 2)
  if (!subject.country || listed.length === 0) return null
  const places = `対象 ${subject.country}、リスト ${listed.join('・')}`
  if (listed.includes(subject.country))
    return { rule: 'country_shared', sentence: `国・地域が一致します（${places}）。` }
  return { rule: 'country_differs', sentence: `国・地域が違います（${places}）。` }
}

function genderAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  if (!subject.gender || !entry.gender || subject.gender === entry.gender) return null
  const words = { male: '男性', female: '女性' }
  return {
    rule: 'gender_differs',
    sentence: `対象は${words[subject.gender]}、リストは${words[entry.gender]}です。`,
  }
}

function addressAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  for (const address of subject.addressKeys.size === 0 ? [] : entry.addresses) {
    const keys = addressKeys(address)
    const shared = [...subject.addressKeys].filter(key => keys.has(key))
    if (shared.length >= 3 && shared.length >= 0.6 * Math.min(keys.size, subject.addressKeys.size)) {
      return { rule: 'address_shared', sentence: `住所がほぼ一致します（リスト ${address}）。` }
    }
  }
  return null
}

/** Latin words and numbers, or pairs of neighbouring kanji: enough to tell a shared address from a shared town. */
function addressKeys(address: string): Set<string> {
  const keys = new Set<string>()
  const folded = address.normalize('NFKC').toLowerCase()
  for (const word of folded.match(/[a-z]{3,}|\d+/gu) ?? []) keys.add(word)
  const kanji = folded.replace(/[^\p{Script=Han}\p{Script=Katakana}]/gu, '')
  for (let i = 1; i < kanji.length; i += 1) keys.add(kanji.slice(i - 1, i + 1))
  return keys
}

function numberAdjustment(subject: SubjectFacts, entry: ListEntry): Adjustment | null {
  const found =
    subject.numbers.size === 0
      ? undefined
      : entry.identifiers.find(known => subject.numbers.has(numberKey(known.number)))
  return found
    ? { rule: 'number_equal', sentence: `番号が一致します（${found.kind} ${found.number}）。` }
    : null
}

/** Letters and digits only, upper case: how passport and registration numbers are compared. */
export function numberKey(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/gu, '')
}
