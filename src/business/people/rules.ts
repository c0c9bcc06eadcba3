import type { Reason } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import {
  isKanaOnly,
  looksLikeMyNumber,
  normalizePersonName,
  normalizeReading,
  parsePhone,
  toKatakana,
} from '../names/index.ts'
import { rolesNeedingBirthDate } from './roles.ts'
import type { PersonRole } from './tables.ts'

export interface TypedPerson {
  familyName: string
  givenName: string
  familyKana?: string | null | undefined
  givenKana?: string | null | undefined
  birthDate?: IsoDate | null | undefined
  phone?: string | null | undefined
  mobile?: string | null | undefined
  homeAddress?: string | null | undefined
}

export { criticalRoles, rolesNeedingBirthDate } from './roles.ts'

const YOUNGEST = 15
const OLDEST = 110

/** Every rule a typed person breaks (DD group 2: age 15–110, kana, phone, no マイナンバー). */
export function personReasons(person: TypedPerson, role: PersonRole, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const at = (field: string) => `person.${field}`
  for (const field of ['familyKana', 'givenKana'] as const) {
    const kana = person[field]
    if (kana && !isKanaOnly(toKatakana(kana).replace(/[\s・ー－]/g, '')))
      reasons.push({ code: 'kana_must_be_katakana', field: at(field) })
  }
  if (person.birthDate && !ageIsPlausible(person.birthDate, today))
    reasons.push({ code: 'birth_date_must_be_plausible', field: at('birthDate') })
  if (!person.birthDate && rolesNeedingBirthDate.includes(role))
    reasons.push({ code: 'birth_date_must_be_given', field: at('birthDate') })
  for (const field of ['phone', 'mobile'] as const)
    if (person[field] && parsePhone(person[field]).issues.length > 0)
      reasons.push({ code: 'phone_must_be_valid', field: at(field) })
  for (const field of ['familyName', 'givenName', 'homeAddress', 'phone', 'mobile'] as const)
    if (person[field] && looksLikeMyNumber(person[field]))
      reasons.push({ code: 'my_number_must_not_be_stored', field: at(field) })
  return reasons
}

function ageIsPlausible(birth: IsoDate, today: IsoDate): boolean {
  const years =
    Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0)
  return years >= YOUNGEST && years <= OLDEST
}

/** Keys by which the same person is found again: folded name, and reading without voicing marks. */
export function personKeys(person: TypedPerson): { nameKey: string; kanaKey: string | null } {
  const nameKey = normalizePersonName(`${person.familyName} ${person.givenName}`).foldedCore
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ')
  return { nameKey, kanaKey: kana ? normalizeReading(kana).key : null }
}
