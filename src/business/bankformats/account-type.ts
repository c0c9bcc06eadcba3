/** 預金種目. Payments go to the first four; the others appear on statements only. Source: JR §2.4, §2.5; DD group 6. */
export type AccountType = 'ordinary' | 'current' | 'savings' | 'other' | 'notice' | 'time' | 'instalment'

interface TypeFacts {
  type: AccountType
  /** The digit in bank files. */
  digit: string
  label: string
}

const TYPES: readonly TypeFacts[] = [
  { type: 'ordinary', digit: '1', label: '普通' },
  { type: 'current', digit: '2', label: '当座' },
  { type: 'savings', digit: '4', label: '貯蓄' },
  { type: 'notice', digit: '5', label: '通知' },
  { type: 'time', digit: '6', label: '定期' },
  { type: 'instalment', digit: '7', label: '積立定期' },
  { type: 'other', digit: '9', label: 'その他' },
]

/** The digit of a type in bank files. */
export function accountTypeDigit(type: AccountType): string {
  return TYPES.find(facts => facts.type === type)!.digit
}

/** The type a digit means; null when it means none. */
export function accountTypeOfDigit(digit: string): AccountType | null {
  return TYPES.find(facts => facts.digit === digit)?.type ?? null
}

/** 普通, 当座 … */
export function accountTypeLabel(type: AccountType): string {
  return TYPES.find(facts => facts.type === type)!.label
}
