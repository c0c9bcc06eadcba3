import { cutBytes, enlargeKana, LEGAL_FORMS, normalizeAccountHolder, toHalfWidth } from '../../names/index.ts'

/**
 * A payer's name as banks carry it, taken apart for comparison (JR §2.1–2.3, matching.md §4). All parts are
 * half-width bank kana. `core` has no legal form, blank, dot or dash.
 */
export type PayerName = {
  /** 振込依頼人コード in front of the name, digits only, or ''. */
  senderNumber: string
  core: string
  /** Bank abbreviation of the legal form (ｶ, ﾄﾞ …) or ''; `formPlace` says where it stood. */
  form: string
  formPlace: 'before' | 'after' | 'middle' | ''
  /** The core with its blanks: a branch or a person may stand behind the name. */
  spaced: string
  /** The field was as long as a bank lets it be, so the end may be missing. */
  mayBeCut: boolean
}

/** Bytes a bank keeps: the whole field, or what is left of it beside EDI information (matching.md §4). */
const FIELD_LENGTHS = [48, 37, 26]

/**
 * Full-width kana and what stands beside it: the common case of our own books, converted without further
 * rules.
 */
const KANA_TEXT = /^[ア-ンァ-ォッャ-ョヴー・ 　（）()．.A-Za-z0-9Ａ-Ｚａ-ｚ０-９-]+$/
const BANK_TEXT = /^[ｱ-ﾝﾞﾟA-Z0-9 ().-]*$/
const SENDER_NUMBER = /^(\d{10})(?= |[^\d])\s*/

const half = (text: string) => toHalfWidth(text)
const FORMS = new Set(LEGAL_FORMS.map(form => half(form.bank)).filter(form => form !== ''))
/** Spelled-out legal forms, longest first, so that ｲﾘﾖｳﾎｳｼﾞﾝｼﾔﾀﾞﾝ goes before ｲﾘﾖｳﾎｳｼﾞﾝ. */
const READINGS = LEGAL_FORMS.flatMap(form =>
  form.readings.map(reading => ({ reading: half(reading), form: half(form.bank) })),
).sort((a, b) => b.reading.length - a.reading.length)

/** Takes a name apart; `isField` = it came out of a bank record, whose length limits may have cut it. */
export function readPayerName(typed: string, isField: boolean): PayerName {
  const text = bankText(typed)
  const mayBeCut =
    isField && FIELD_LENGTHS.some(length => text.length === length || text.length === length - 1)
  const numbered = SENDER_NUMBER.exec(text)
  const name = (numbered ? text.slice(numbered[0].length) : text).trim()
  const parts = takeForm(name, mayBeCut)
  const core = compact(parts.core)
  return {
    senderNumber: numbered?.[1] ?? '',
    core,
    form: parts.form,
    formPlace: parts.formPlace,
    spaced: parts.core,
    mayBeCut,
  }
}

/**
 * The text as a bank would carry it; what cannot be written (kanji, &) stays as it is and simply never
 * matches a kana.
 */
function bankText(typed: string): string {
  const trimmed = typed.trim()
  if (BANK_TEXT.test(trimmed)) return trimmed
  if (KANA_TEXT.test(trimmed)) {
    return half(enlargeKana(trimmed))
      .replaceAll('ｰ', '-')
      .replaceAll('･', ' ')
      .replaceAll('ｦ', 'ｵ')
      .toUpperCase()
  }
  return normalizeAccountHolder(trimmed).value ?? half(trimmed).toUpperCase()
}

type FormParts = { core: string; form: string; formPlace: PayerName['formPlace'] }

function takeForm(name: string, mayBeCut: boolean): FormParts {
  const before = /^\(?([ｱ-ﾝﾞﾟ]{1,5})\)(.+)$/.exec(name)
  if (before && FORMS.has(before[1]!)) return { core: before[2]!, form: before[1]!, formPlace: 'before' }
  const after = /^(.+)\(([ｱ-ﾝﾞﾟ]{1,5})\)?$/.exec(name)
  if (after && FORMS.has(after[2]!)) return { core: after[1]!, form: after[2]!, formPlace: 'after' }
  const middle = /^(.+?)\(([ｱ-ﾝﾞﾟ]{1,5})\)(.+)$/.exec(name)
  if (middle && FORMS.has(middle[2]!)) {
    return { core: middle[1]!, form: middle[2]!, formPlace: 'middle' }
  }
  for (const { reading, form } of READINGS) {
    if (name.length <= reading.length) continue
    if (name.startsWith(reading)) return { core: name.slice(reading.length), form, formPlace: 'before' }
    if (name.endsWith(reading)) return { core: name.slice(0, -reading.length), form, formPlace: 'after' }
  }
  return mayBeCut ? takeCutForm(name) : { core: name, form: '', formPlace: '' }
}

/**
 * A spelled-out form at the end of a full field may have lost its last letters: ﾏﾙﾏﾙｶﾌﾞｼｷｶﾞｲ. Five letters
 * make it sure.
 */
function takeCutForm(name: string): FormParts {
  for (const { reading, form } of READINGS) {
    for (let length = reading.length - 1; length >= 5; length--) {
      const core = name.slice(0, -length)
      if (core !== '' && name.endsWith(reading.slice(0, length))) return { core, form, formPlace: 'after' }
    }
  }
  return { core: name, form: '', formPlace: '' }
}

/** The core without voiced marks, for proposals only: ﾊﾝﾀﾞ is also sent as ﾊﾝﾀ. */
export function looseCore({ core }: PayerName): string {
  return core.replace(/[ﾞﾟ]/g, '')
}

/**
 * The core without its last words, longest first: what the name is if a branch, a department or a person
 * stands behind it.
 */
export function coresWithoutLastWords({ spaced }: PayerName): string[] {
  const words = spaced
    .split(' ')
    .map(compact)
    .filter(word => word !== '')
  return words.slice(1).map((_, index) => words.slice(0, words.length - 1 - index).join(''))
}

function compact(text: string): string {
  return text.replace(/[ .()-]/g, '')
}

/**
 * True if two forms contradict: both are known and they differ in kind or in place (ｶ)ﾔﾏﾀﾞ is not ﾕ)ﾔﾏﾀﾞ, nor
 * ﾔﾏﾀﾞ(ｶ).
 */
export function formsContradict(a: PayerName, b: PayerName): boolean {
  if (a.form === '' || b.form === '') return false
  const afterA = a.formPlace === 'before' ? 'before' : 'after'
  const afterB = b.formPlace === 'before' ? 'before' : 'after'
  return a.form !== b.form || afterA !== afterB
}

/**
 * True if one name is the other cut at a bank's field length: at least six bytes, and the shorter one may be
 * cut.
 */
export function isCutOf(shorter: PayerName, longer: PayerName): boolean {
  if (!shorter.mayBeCut || shorter.core.length < 6 || shorter.core.length >= longer.core.length) return false
  return cutBytes(longer.core, shorter.core.length) === shorter.core || longer.core.startsWith(shorter.core)
}
