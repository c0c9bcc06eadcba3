/**
 * Names for bank files: 口座名, 受取人名, 委託者名. Safe in the browser. Source: JR §2.1–§2.3.
 */
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import { compatible, enlargeKana, plainDashes, toHalfWidth, toKatakana } from './kana.ts'
import {
  BANK_FORMS,
  BUSINESS_ABBREVIATIONS,
  FORM_READINGS,
  FORM_WORDS,
  OFFICE_ABBREVIATIONS,
  SHORT_FORMS,
} from './legal-forms.ts'

/** Where the name will stand; each place has its own allowed characters (JR §2.1). */
export type BankField = 'party' | 'payroll' | 'bank' | 'edi'

export type AccountHolderOptions = {
  field?: BankField
  /** What ・ becomes; banks differ. */
  middleDot?: ' ' | '.'
  /** Cut to this many bytes without separating a kana from its mark. */
  maxBytes?: number
}

export type AccountHolderResult = {
  typed: string
  /** Half-width text, one byte per character, or null when it cannot be written. */
  value: string | null
  /** Length in bytes of `value`; 0 when null. */
  bytes: number
  issues: InputIssue[]
}

const ALLOWED: Record<BankField, RegExp> = {
  party: /[ｱ-ﾝﾞﾟA-Z0-9 ()\-.]/,
  payroll: /[ｱ-ﾝﾞﾟ0-9 ]/,
  bank: /[ｱ-ﾝﾞﾟA-Z0-9 -]/,
  edi: /[ｦｱ-ﾝﾞﾟA-Z0-9 \\｢｣()\-/.]/,
}

/** Converts a name to what a bank file accepts. Kanji are never guessed: they are an error asking for the kana. */
export function normalizeAccountHolder(
  typed: string,
  options: AccountHolderOptions = {},
): AccountHolderResult {
  const field = options.field ?? 'party'
  const half = settledBankText(typed, field, options.middleDot ?? ' ')
  const issues = forbiddenCharacters(half, field)
  if (half === '')
    issues.push(errorIssue('account_holder_must_not_be_empty', '口座名義を入力してください。', 'JR §2.2'))
  if (issues.length > 0) return { typed, value: null, bytes: 0, issues }
  const value = options.maxBytes === undefined ? half : cutBytes(half, options.maxBytes)
  if (value.length < half.length) {
    const message = `${options.maxBytes}バイトに収まらないため「${value}」で切りました。`
    issues.push(warningIssue('account_holder_was_cut', message, 'JR §2.2'))
  }
  return { typed, value, bytes: value.length, issues }
}

/** Cuts half-width text to `maxBytes`; a kana never loses its voiced mark, trailing spaces go. */
export function cutBytes(half: string, maxBytes: number): string {
  if (half.length <= maxBytes) return half
  const next = half[maxBytes]
  const end = next === 'ﾞ' || next === 'ﾟ' ? maxBytes - 1 : maxBytes
  return half.slice(0, Math.max(0, end)).trimEnd()
}

/** A name may show its legal form only once it is written (`・(株)`, `(ュ`): it is read again until nothing changes. */
function settledBankText(typed: string, field: BankField, middleDot: string): string {
  const once = toBankText(typed, field, middleDot)
  return once === typed ? once : settledBankText(once, field, middleDot)
}

function toBankText(typed: string, field: BankField, middleDot: string): string {
  const kana = toKatakana(compatible(typed)).replace(/\s+/g, ' ').trim()
  const text = abbreviate(kana)
    .replace(/[・･]/g, middleDot)
    .replace(/ー/g, '-')
    .replace(/ヰ/g, 'イ')
    .replace(/ヱ/g, 'エ')
  const large = enlargeKana(plainDashes(text))
  const plain = field === 'edi' ? large : large.replace(/ヲ/g, 'オ')
  return toHalfWidth(plain).toUpperCase().replace(/\s+/g, ' ').trim()
}

/** Marks a legal form inside the text: a private character cannot be typed by accident. */
const OPEN = '\uE000'
const CLOSE = '\uE001'

function abbreviate(kana: string): string {
  let text = kana
  for (const [word, form] of FORM_WORDS) if (form.bank !== '') text = text.replaceAll(word, mark(form.bank))
  for (const [word, bank] of OFFICE_ABBREVIATIONS) text = text.replaceAll(word, mark(bank))
  for (const [word, bank] of BUSINESS_ABBREVIATIONS) text = text.replaceAll(word, bank)
  for (const [short, form] of SHORT_FORMS)
    if (form.bank !== '') text = text.replaceAll(`(${short})`, mark(form.bank))
  text = abbreviateReadings(text)
  for (const [bank] of BANK_FORMS) text = markBracketed(text, bank)
  for (const [, bank] of OFFICE_ABBREVIATIONS) text = markBracketed(text, bank)
  return placeBrackets(text)
}

function abbreviateReadings(text: string): string {
  const large = enlargeKana(text)
  for (const [reading, form] of FORM_READINGS) {
    if (form.bank === '' || large.length <= reading.length) continue
    if (large.startsWith(reading)) return mark(form.bank) + text.slice(reading.length)
    if (large.endsWith(reading)) return text.slice(0, text.length - reading.length) + mark(form.bank)
  }
  return text
}

/** `(カ)`, `カ)` at the start and `(カ` at the end all become the marker. A letter without bracket stays. */
function markBracketed(text: string, bank: string): string {
  let out = text.replaceAll(`(${bank})`, mark(bank))
  if (out.startsWith(`${bank})`)) out = mark(bank) + out.slice(bank.length + 1)
  if (out.endsWith(`(${bank}`)) out = out.slice(0, -bank.length - 1) + mark(bank)
  return out
}

function placeBrackets(text: string): string {
  return text
    .trim()
    .replace(new RegExp(`^${OPEN}([^${CLOSE}]+)${CLOSE} *`), '$1)')
    .replace(new RegExp(` *${OPEN}([^${CLOSE}]+)${CLOSE}$`), '($1')
    .replaceAll(OPEN, '(')
    .replaceAll(CLOSE, ')')
}

function mark(bank: string): string {
  return `${OPEN}${bank}${CLOSE}`
}

function forbiddenCharacters(half: string, field: BankField): InputIssue[] {
  const bad = [...new Set([...half].filter(char => !ALLOWED[field].test(char)))]
  const kanji = bad.filter(char => /[\p{Script=Han}々〆]/u.test(char))
  const others = bad.filter(char => !kanji.includes(char))
  const issues: InputIssue[] = []
  if (kanji.length > 0) {
    const message = `漢字「${kanji.join('')}」は変換できません。カナで入力してください。`
    issues.push(errorIssue('account_holder_must_be_kana', message, 'JR §2.2'))
  }
  if (others.length > 0) {
    const message = `「${others.join(' ')}」は銀行のファイルで使えない文字です。`
    issues.push(errorIssue('account_holder_character_must_be_allowed', message, 'JR §2.1'))
  }
  return issues
}
