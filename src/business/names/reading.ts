/** Readings (商号カナ) of companies and people as typed, and their keys. Safe in the browser. Source: JR §2.3, §7.4. */
import { type InputIssue, warningIssue } from './issues.ts'
import {
  compatible,
  enlargeKana,
  isKanaOnly,
  plainDashes,
  plainKana,
  toKatakana,
  withoutVoicing,
} from './kana.ts'
import { BANK_FORMS, FORM_READINGS, type LegalFormPosition, OFFICE_ABBREVIATIONS } from './legal-forms.ts'

export type ReadingResult = {
  typed: string
  /** Full-width katakana without the legal form, single spaces kept. */
  reading: string
  /** Comparison key: large kana, no spaces, dots or long marks; voiced marks kept. */
  key: string
  /** The key without voiced marks: banks and people drop them. */
  looseKey: string
  /** Code of the legal form that was read or abbreviated, or null. */
  form: string | null
  formPosition: LegalFormPosition | null
  issues: InputIssue[]
}

/** Normalises a kana reading: half width, hiragana, カ) and カブシキガイシャ are understood. Never throws. */
export function normalizeReading(typed: string): ReadingResult {
  const text = toKatakana(plainDashes(compatible(typed)))
    .replace(/\s+/g, ' ')
    .trim()
  const long = text.replace(/(?<=[ァ-ヴー])-/g, 'ー')
  const cut = cutForm(long)
  const rest = cut.rest === '' ? long : cut.rest
  const issues: InputIssue[] = []
  if (rest !== '' && !isKanaOnly(rest.replace(/[A-Za-z0-9&']/g, 'ー'))) {
    const message = 'フリガナにカナ以外の文字があります。'
    issues.push(warningIssue('reading_should_be_kana', message, 'JR §7.4'))
  }
  const key = readingKey(rest)
  return {
    typed,
    reading: rest,
    key,
    looseKey: withoutVoicing(key),
    form: cut.form,
    formPosition: cut.position,
    issues,
  }
}

/** Large kana and letters only; ヲ ヰ ヱ ヂ ヅ as they sound; no spaces, dots and long marks. */
export function readingKey(kana: string): string {
  return plainKana(enlargeKana(kana.toUpperCase()).replace(/[^ァ-ヴA-Z0-9]/g, ''))
    .replace(/ヲ/g, 'オ')
    .replace(/ヰ/g, 'イ')
    .replace(/ヱ/g, 'エ')
    .replace(/ヂ/g, 'ジ')
    .replace(/ヅ/g, 'ズ')
}

type Cut = { rest: string; form: string | null; position: LegalFormPosition | null }

function cutForm(text: string): Cut {
  return cutBankBracket(text) ?? cutFormReading(text) ?? { rest: text, form: null, position: null }
}

/** カ) at the start, (カ at the end, (カ) anywhere; the longest abbreviation first and never without its bracket. */
export function cutBankBracket(text: string): Cut | null {
  if (!text.includes('(') && !text.includes(')')) return null
  const large = enlargeKana(text)
  for (const [bank, form] of BANK_FORMS) {
    const start = [`(${bank})`, `${bank})`].find(mark => large.startsWith(mark))
    if (start !== undefined)
      return { rest: text.slice(start.length).trim(), form: form.code, position: 'before' }
    const end = [`(${bank})`, `(${bank}`].find(mark => large.endsWith(mark))
    if (end !== undefined)
      return { rest: text.slice(0, -end.length).trim(), form: form.code, position: 'after' }
    const middle = large.indexOf(`(${bank})`)
    if (middle > 0) {
      const rest = `${text.slice(0, middle).trim()} ${withoutOffice(text.slice(middle + bank.length + 2).trim())}`
      return { rest: rest.trim(), form: form.code, position: 'middle' }
    }
  }
  return null
}

/** オオサカ(エイ → オオサカエイギョウショ would be a guess; the mark alone goes. */
function withoutOffice(text: string): string {
  for (const [, bank] of OFFICE_ABBREVIATIONS)
    if (text.endsWith(`(${bank}`)) return text.slice(0, -bank.length - 1)
  return text
}

const MAY_HOLD_FORM = /[イガカ]シ[ヤャ]|ホウジン|クミアイ/

/** カブシキガイシャ and its relatives at either end, longest first; never the whole text. */
export function cutFormReading(text: string): Cut | null {
  if (!MAY_HOLD_FORM.test(text)) return null
  const large = enlargeKana(text)
  for (const [reading, form] of FORM_READINGS) {
    if (large.length <= reading.length) continue
    if (large.startsWith(reading)) {
      return { rest: text.slice(reading.length).trim(), form: form.code, position: 'before' }
    }
    if (large.endsWith(reading)) {
      return { rest: text.slice(0, -reading.length).trim(), form: form.code, position: 'after' }
    }
  }
  return null
}
