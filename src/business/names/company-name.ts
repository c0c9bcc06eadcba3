/**
 * Company names as typed: the legal form and its position are split off, a branch is told from the name, and the keys for
 * comparison are made. What was typed is never changed. Source: JR §7.4, matching.md §6.1–6.3.
 */

import { splitBranch } from './branch.ts'
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import {
  compatible,
  enlargeKana,
  isKanaOnly,
  NORM_VERSION,
  plainDashes,
  plainKana,
  toKatakana,
} from './kana.ts'
import { cutLatinForm } from './latin-legal-forms.ts'
import {
  FORM_WORDS,
  type LegalForm,
  type LegalFormPosition,
  legalFormOf,
  SHORT_FORMS,
} from './legal-forms.ts'
import { cutBankBracket, cutFormReading } from './reading.ts'
import { foldOldForms, foldVariants } from './variants.ts'

export type NameScript = 'japanese' | 'kana' | 'latin' | 'other'

export type CompanyName = {
  /** As typed, untouched. */
  display: string
  /** NFKC, single spaces, legal form, branch and honorific removed; the part a person would say. */
  name: string
  /** Code of the legal form (kabushiki, yugen …; Latin forms as CoLtd, Inc …) or null. */
  form: string | null
  formLabel: string | null
  formPosition: LegalFormPosition | null
  /** 大阪支店, 第二工場 …, or null. */
  branch: string | null
  /** Exact key: old characters folded by the official tables, no spaces or punctuation, upper case. */
  core: string
  /** Loose key: all variants folded, hiragana as katakana, large kana, no long marks. */
  foldedCore: string
  script: NameScript
  normVersion: number
  issues: InputIssue[]
}

/** Normalises one company name. Never throws and never returns an empty core for a non-empty name. */
export function normalizeCompanyName(typed: string): CompanyName {
  const issues: InputIssue[] = []
  const clean = cleaned(typed)
  if (clean === '') issues.push(errorIssue('name_must_not_be_empty', '名称を入力してください。', 'JR §7.4'))
  const polite = withoutHonorific(clean)
  if (polite !== clean) {
    issues.push(
      warningIssue('name_should_have_no_honorific', '「御中」「様」は名称に含めません。', 'JR §7.4'),
    )
  }
  const cut = cutLegalForm(withoutOldName(polite))
  const split = splitBranch(cut.rest)
  const branch = cut.tail === '' ? split.branch : cut.tail
  let name = split.name
  if (coreKey(name) === '') {
    name = cut.rest.trim() === '' || coreKey(cut.rest) === '' ? polite : cut.rest
    if (clean !== '') {
      const message = '法人格のほかに名称がありません。正式な商号を確認してください。'
      issues.push(warningIssue('name_is_only_a_legal_form', message, 'matching §6.2'))
    }
  }
  const core = coreKey(name) || name
  return {
    display: typed,
    name,
    form: cut.form,
    formLabel: cut.form === null ? null : (legalFormOf(cut.form)?.label ?? cut.form),
    formPosition: cut.position,
    branch,
    core,
    foldedCore: foldCore(core),
    script: scriptOf(name),
    normVersion: NORM_VERSION,
    issues,
  }
}

const LOOKALIKES: Record<string, string> = {
  力: 'カ',
  口: 'ロ',
  二: 'ニ',
  一: 'ー',
  卜: 'ト',
  夕: 'タ',
  工: 'エ',
  八: 'ハ',
}
const KANJI_AMONG_KANA = /(?<=[ァ-ヴー])[力口二一卜夕工八](?=[ァ-ヴー])|^[力口二卜夕工八](?=[ァ-ヴー]{2})/g

/** Exact comparison key of a name without its legal form; a kanji typed for its lookalike kana (リ一ス) is the kana. */
export function coreKey(name: string): string {
  const dashed = plainDashes(name)
    .replace(/(?<=[ァ-ヴー])-/g, 'ー')
    .replace(KANJI_AMONG_KANA, kanji => LOOKALIKES[kanji] ?? kanji)
  return foldOldForms(dashed.toUpperCase()).replace(/[^\p{L}\p{N}ー々&+]/gu, '')
}

/** Loose comparison key of a core. */
export function foldCore(core: string): string {
  const folded = plainKana(enlargeKana(toKatakana(foldVariants(core)))).replace(/[ー]/g, '')
  return folded === '' ? core : folded
}

function cleaned(typed: string): string {
  return compatible(typed)
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/[〔【［〈《]/g, '(')
    .replace(/[〕】］〉》]/g, ')')
    .replace(/^[\s※*★☆●○◎■□◆◇▲△▼▽→・.,、。:]+|[\s※*★☆●○◎■□◆◇▲△▼▽→・,、。:]+$/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function withoutHonorific(text: string): string {
  const short = text.replace(/\s*(?:御中|様|殿)$/, '')
  return short === '' ? text : short
}

/** 山田工業㈱（旧 山田鉄工）: what it was called before is no part of the name. */
function withoutOldName(text: string): string {
  if (!text.includes('(')) return text
  const rest = text.replace(/\s*\((?:旧|元)(?:社名|商号|名称)?[\s:：・]*[^()]{2,}\)\s*/, '').trim()
  return rest === '' ? text : rest
}

type FormCut = { rest: string; tail: string; form: string | null; position: LegalFormPosition | null }

const FORM_HINT = /[会會法組株有合資名同医財社宗学福特非独弁大農相一公地]/

/** Cuts the legal form by anchored substring, longest first: words, (株), bank brackets, readings, Latin forms. */
function cutLegalForm(text: string): FormCut {
  const none: FormCut = { rest: text, tail: '', form: null, position: null }
  const japanese = FORM_HINT.test(text) ? (cutWord(text) ?? cutShort(text)) : null
  if (japanese !== null) return { ...japanese, rest: withoutLatinForm(japanese.rest) }
  if (/[ァ-ヴｦ-ﾝ]/.test(text)) {
    const kana = isKanaOnly(text.replace(/[()A-Za-z0-9]/g, ''))
      ? (cutBankBracket(toKatakana(text)) ?? cutFormReading(toKatakana(text)))
      : (cutBankBracket(text) ?? cutSpokenForm(text))
    if (kana !== null) return { ...kana, tail: '' }
  }
  const slipped = cutSlippedWord(text)
  if (slipped !== null) return slipped
  const latin = cutLatinForm(text)
  return latin === null ? none : { rest: latin.rest, tail: '', form: latin.form, position: latin.position }
}

const SPOKEN_FORM = /(?:カブシキ|ユウゲン|ゴウドウ)[カガ]イシャ/

/** 広瀬土木カブシキガイシャ: the form as it is read, beside a name that is written; the name stays as it was typed. */
function cutSpokenForm(text: string): Omit<FormCut, 'tail'> | null {
  const kana = toKatakana(text)
  const cut = SPOKEN_FORM.test(kana) && kana.length === text.length ? cutFormReading(kana) : null
  if (cut === null) return null
  const { length } = cut.rest
  return { ...cut, rest: cut.position === 'after' ? text.slice(0, length) : text.slice(-length) }
}

/** A Japanese name which also carries "Co., Ltd." loses both. */
function withoutLatinForm(rest: string): string {
  if (!/[A-Za-z.]$/.test(rest) || !rest.includes(' ')) return rest
  return cutLatinForm(rest)?.rest ?? rest
}

function cutWord(text: string): FormCut | null {
  for (const [word, form] of FORM_WORDS) {
    const at = text.indexOf(word)
    if (at < 0) continue
    const cut = cutAt(text, at, word.length, form)
    if (cut !== null) return cut
  }
  return null
}

const DOTTED_IN_FRONT = /^([KYG])\.K\.?\s*(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u
const DOTTED_BEHIND = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\s*([KYG])\.K\.?$/u
const FORM_LETTER: Record<string, string> = { K: 'kabushiki', Y: 'yugen', G: 'godo' }
/** 合同会社 is not among them: 合同会計事務所 is a name. */
const SLIPS_OF = [
  ['株式会社', 'kabushiki'],
  ['有限会社', 'yugen'],
] as const

/** 株式会杜, 株式社会, 株会社: one slip in the word itself; also K.K. before a Japanese name. */
function cutSlippedWord(text: string): FormCut | null {
  const letter = DOTTED_IN_FRONT.exec(text)
  if (letter !== null)
    return {
      rest: text.slice(letter[0].length),
      tail: '',
      form: FORM_LETTER[letter[1]!]!,
      position: 'before',
    }
  const last = DOTTED_BEHIND.exec(text)
  if (last !== null)
    return { rest: text.slice(0, last.index), tail: '', form: FORM_LETTER[last[1]!]!, position: 'after' }
  if (!/[株式有限][株式有限会社]|[式限会].?社|[株有]会社/.test(text)) return null
  for (const [word, form] of SLIPS_OF) {
    for (const length of [5, 4, 3]) {
      if (text.length < length + 2) continue
      const [head, end] = [text.slice(0, length), text.slice(-length)]
      if (isOneSlip(head, word))
        return {
          rest: strayCharacter(head, word) + text.slice(length).trim(),
          tail: '',
          form,
          position: 'before',
        }
      if (isOneSlip(end, word))
        return {
          rest: text.slice(0, -length).trim() + strayCharacter(end, word),
          tail: '',
          form,
          position: 'after',
        }
    }
  }
  return null
}

/** 株式会友社栄建設: the character which slipped into the word belongs to the name; a doubled one belongs to nobody. */
function strayCharacter(text: string, word: string): string {
  if (text.length <= word.length) return ''
  const stray = [...text].find((char, at) => char !== word[at]) ?? ''
  return word.includes(stray) ? '' : stray
}

/** One character wrong, missing, too many, or two neighbours swapped; first and last are not both lost. */
function isOneSlip(text: string, word: string): boolean {
  let from = 0
  while (from < text.length && text[from] === word[from]) from++
  const a = text.slice(from)
  const b = word.slice(from)
  if (text.length === word.length - 1) return a === b.slice(1)
  // 株式会東山 is 株式会 and 東山; 株式会杜 is one word.
  if (text.length === word.length && from === word.length - 1) return /[杜祉仕者舎舍]/.test(a)
  if (text.length === word.length + 1) return a.slice(1) === b && from > 0 && b !== ''
  return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
}

const SHORT_IN_BRACKETS = /\(\s*([一公]財|[一公]社|特非|地独|[株有名資同特医財社宗学福相独弁大農])\s*\)/
const SHORT_AT_EDGE = /^([株有名資同医福学宗財社])\)|\(([株有名資同医福学宗財社])$/

function cutShort(text: string): FormCut | null {
  const found = SHORT_IN_BRACKETS.exec(text) ?? SHORT_AT_EDGE.exec(text)
  if (found === null) return null
  const form = SHORT_FORMS.get(found[1] ?? found[2] ?? '')
  return form === undefined ? null : cutAt(text, found.index, found[0].length, form)
}

const TAIL_IS_BRANCH =
  /(?:支店|支社|支部|営業所|出張所|本店|本社|事業所|事業部|工場|営業部|センター|支所|店|部|課|室)$/

function cutAt(text: string, at: number, length: number, form: LegalForm): FormCut | null {
  const head = text.slice(0, at).trim()
  const tail = text
    .slice(at + length)
    .trim()
    .replace(/^\(([^()]+)\)$/, (whole, inside: string) => (TAIL_IS_BRANCH.test(inside) ? inside : whole))
  if (head === '') return { rest: tail, tail: '', form: form.code, position: 'before' }
  if (tail === '') return { rest: head, tail: '', form: form.code, position: 'after' }
  if (/^[・\-/]/.test(tail)) return null
  if (TAIL_IS_BRANCH.test(tail)) return { rest: head, tail, form: form.code, position: 'middle' }
  return { rest: `${head} ${tail}`, tail: '', form: form.code, position: 'middle' }
}

function scriptOf(name: string): NameScript {
  if (/[\p{Script=Han}々]/u.test(name)) return 'japanese'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name)) {
    return isKanaOnly(name.replace(/[0-9]/g, '')) ? 'kana' : 'japanese'
  }
  return /[A-Za-zÀ-ÿ]/.test(name) ? 'latin' : 'other'
}
