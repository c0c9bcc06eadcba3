import type { Reason } from '../../platform/commands/refusal.ts'
import { OTHER_PURPOSE } from '../access/contract.ts'
import { kycRefusals } from './labels.ts'

export interface OfferedPurpose {
  code: string
  label: string
}

/** 取引の目的 as it is kept: the choice, its words of the day, and a text. A check from before has a text alone. */
export interface KeptPurpose {
  purpose_code: string | null
  purpose_label: string | null
  purpose: string | null
}

export interface TypedPurpose {
  purposeCode: string
  purpose?: string | null | undefined
}

/**
 * What speaks against a typed purpose: a choice the company does not offer today, 「その他」 without words (data dictionary, group 3: enum + text,
 * list is a company setting). What a check says already may stay in it, offered or not.
 */
export function purposeReasons(
  { purposeCode, purpose }: TypedPurpose,
  offered: readonly OfferedPurpose[],
  kept: string | null = null,
): Reason[] {
  if (purposeCode === OTHER_PURPOSE)
    return purpose ? [] : [{ code: 'other_purpose_must_be_told', field: 'purpose' }]
  if (purposeCode === kept || offered.some(one => one.code === purposeCode)) return []
  return [
    {
      code: 'purpose_must_be_offered',
      field: 'purposeCode',
      message: `${kycRefusals.purpose_must_be_offered}（選べる目的：${offered.map(one => one.label).join('・')}）`,
    },
  ]
}

/** As it is kept; the words of the day stay with a choice, whatever the company calls it later. */
export function purposeKept(
  { purposeCode, purpose }: TypedPurpose,
  offered: readonly OfferedPurpose[],
  before: KeptPurpose | null = null,
): KeptPurpose {
  const isOther = purposeCode === OTHER_PURPOSE
  const label = offered.find(one => one.code === purposeCode)?.label
  return {
    purpose_code: purposeCode,
    purpose_label: isOther ? null : (label ?? before?.purpose_label ?? null),
    purpose: purpose ?? null,
  }
}

/** In one line: the choice and, where given, the text. */
export function purposeWords({ purpose_code, purpose_label, purpose }: KeptPurpose): string {
  if (purpose_code === null) return purpose ?? ''
  if (purpose_code === OTHER_PURPOSE) return `その他（${purpose ?? ''}）`
  return purpose ? `${purpose_label}（${purpose}）` : (purpose_label ?? '')
}
