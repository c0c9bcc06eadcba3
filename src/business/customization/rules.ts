import type { Reason } from '../../platform/commands/refusal.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { looksLikeMyNumber } from '../names/index.ts'
import type { CustomField } from './contract.ts'
import type { CustomChoice, CustomType } from './tables.ts'

/** What an administrator says about a field, before it is stored. */
export interface Definition {
  label: string
  type: CustomType
  choices: readonly CustomChoice[]
  sensitive: boolean
  searchable: boolean
  transferable: boolean
  inList: boolean
}

const TEXT_LIMIT = 1000
const NUMBER_LIMIT = 1e12
/** Digits behind the point that a number keeps: exchange rates and shares need no more. */
const DECIMALS = 6
const YEN_LIMIT = 9_000_000_000_000_000
const KEY_LIMIT = 200
const EARLIEST = '1868-01-25'
const LATEST = '2999-12-31'

/** Every reason against a definition by itself; whether its label is taken is asked of the register. */
export function definitionReasons(definition: Definition, at = ''): Reason[] {
  const reasons: Reason[] = []
  const refuse = (code: string, field: string) => reasons.push({ code, field: `${at}${field}` })
  const { label, type, choices, sensitive, searchable, transferable, inList } = definition
  if (!isPlain(label)) refuse('label_must_be_plain', 'label')
  const hasChoices = type === 'choice' || type === 'multiChoice'
  if (hasChoices && choices.every(choice => choice.retired)) refuse('choices_must_be_given', 'choices')
  if (!hasChoices && choices.length > 0) refuse('choices_must_belong_to_choices', 'choices')
  if (choices.some(choice => !isPlain(choice.label))) refuse('label_must_be_plain', 'choices')
  const names = choices.map(choice => sameName(choice.label))
  if (new Set(names).size !== names.length) refuse('choices_must_be_unique', 'choices')
  if (sensitive && (searchable || transferable || inList)) refuse('secrets_must_not_be_searched', 'sensitive')
  if (type === 'file' && (searchable || transferable)) refuse('files_must_not_be_moved_in', 'type')
  return reasons
}

/** A heading of a spreadsheet may not begin as a formula does, and a label is one line. */
export function isPlain(label: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(label) && !/^[=+\-@＝＋－＠]/.test(label)
}

/** Two labels people would take for the same: width, letter case and spaces do not count. */
export function sameName(label: string): string {
  return label.normalize('NFKC').replace(/\s/g, '').toLowerCase()
}

export type CheckedValue = { value: Json } | { code: string; message?: string }

/**
 * A given value as it is stored, or why not: texts in NFC without surrounding spaces, numbers with at most six decimals, yen whole, choices
 * in the order of the field. Empty texts and lists are null. Whether a colleague or a document exists is asked of the register.
 */
export function checkedValue(field: CustomField, given: unknown, standing: Json): CheckedValue {
  if (given === null || given === '' || (Array.isArray(given) && given.length === 0)) return { value: null }
  const wrong = (message: string): CheckedValue => ({
    code: 'custom_value_must_fit_its_type',
    message: `「${field.label}」は${message}`,
  })
  switch (field.type) {
    case 'text': {
      if (typeof given !== 'string') return wrong('文字で入力してください。')
      const text = given.normalize('NFC').trim()
      if (text.length > TEXT_LIMIT) return wrong(`${TEXT_LIMIT}文字までです。`)
      if (/[\p{Cc}--[\n\t]]/v.test(text)) return wrong('制御文字を含められません。')
      if (looksLikeMyNumber(text)) return { code: 'my_number_must_not_be_stored' }
      return { value: text === '' ? null : text }
    }
    case 'number': {
      if (typeof given !== 'number' || !Number.isFinite(given) || Math.abs(given) > NUMBER_LIMIT)
        return wrong('1兆までの数値で入力してください。')
      if (Number(given.toFixed(DECIMALS)) !== given) return wrong(`小数${DECIMALS}桁までです。`)
      return { value: given }
    }
    case 'yen':
      return Number.isSafeInteger(given) && Math.abs(given as number) <= YEN_LIMIT
        ? { value: given as number }
        : wrong('円単位の整数で入力してください。')
    case 'date':
      return typeof given === 'string' && isDay(given) ? { value: given } : wrong('日付で入力してください。')
    case 'choice':
      return typeof given === 'string' && offered(field, [given], [standing].flat() as string[])
        ? { value: given }
        : { code: 'custom_choice_must_be_offered' }
    case 'multiChoice': {
      const chosen = Array.isArray(given) ? [...new Set(given as string[])] : []
      const kept = Array.isArray(standing) ? (standing as string[]) : []
      if (chosen.length === 0 || !offered(field, chosen, kept))
        return { code: 'custom_choice_must_be_offered' }
      return { value: field.choices.map(choice => choice.value).filter(value => chosen.includes(value)) }
    }
    case 'staff':
    case 'file':
      return typeof given === 'string' && UUID.test(given)
        ? { value: given }
        : wrong(field.type === 'staff' ? '社員から選んでください。' : '書類から選んでください。')
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < EARLIEST || text > LATEST) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return day >= 1 && month >= 1 && month <= 12 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** A retired choice stays where it stands but is not chosen anew. */
function offered(field: CustomField, chosen: readonly string[], standing: readonly string[]): boolean {
  return chosen.every(value =>
    field.choices.some(choice => choice.value === value && (!choice.retired || standing.includes(value))),
  )
}

/**
 * What a value is found and filtered by: texts folded, numbers and yen as digits that sort as they count, each choice by itself. Sensitive
 * values and files have none.
 */
export function keysOfValue(field: Pick<CustomField, 'type' | 'sensitive'>, value: Json): string[] {
  if (value === null || field.sensitive || field.type === 'file') return []
  if (field.type === 'multiChoice') return (value as string[]).map(String)
  if (field.type === 'number' || field.type === 'yen') return [sortableNumber(value as number)]
  return [field.type === 'text' ? foldedText(String(value)) : String(value)].filter(key => key !== '')
}

export function foldedText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '').slice(0, KEY_LIMIT)
}

/** A number as text whose order is the number's order: sign, then the value in millionths, complemented below nought. */
export function sortableNumber(value: number): string {
  const millionths = BigInt(Math.round(Math.abs(value))) * 1_000_000n
  const part = BigInt(Math.round((Math.abs(value) - Math.round(Math.abs(value))) * 1_000_000))
  const size = millionths + part
  const digits = (value < 0 ? 10n ** 24n - 1n - size : size).toString().padStart(24, '0')
  return `${value < 0 ? '-' : '0'}${digits}`
}

const AFTER_ALL = '\u{10FFFF}'

/**
 * A condition on a field as a range of keys (from, below): the beginning of a text, a choice or colleague, or `from..to` of numbers, yen and
 * days, either end open. Null when it cannot be read or the field has no keys.
 */
export function conditionKeys(
  field: Pick<CustomField, 'type' | 'sensitive'>,
  text: string,
): { from: string; below: string } | null {
  if (field.sensitive || field.type === 'file' || text === '') return null
  if (field.type === 'text') {
    const key = foldedText(text)
    return key === '' ? null : { from: key, below: `${key}${AFTER_ALL}` }
  }
  if (['choice', 'multiChoice', 'staff'].includes(field.type)) return { from: text, below: `${text}\u0001` }
  const [from = '', to = from, ...rest] = text.split('..')
  if (rest.length > 0 || (from === '' && to === '')) return null
  const key = (end: string): string | null => {
    if (field.type === 'date') return isDay(end) ? end : null
    return /^-?\d{1,16}(\.\d{1,6})?$/.test(end) ? sortableNumber(Number(end)) : null
  }
  const first = from === '' ? '' : key(from)
  const last = to === '' ? AFTER_ALL : key(to)
  if (first === null || last === null) return null
  return { from: first, below: to === '' ? last : `${last}\u0001` }
}
