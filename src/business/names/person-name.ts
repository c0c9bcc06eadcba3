/** Names of people as typed: family and given name, and keys for comparison. Source: JR §7.4. */
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import { compatible, NORM_VERSION, toKatakana } from './kana.ts'
import { foldOldForms, foldVariants } from './variants.ts'

export type PersonName = {
  display: string
  /** NFKC, single spaces, honorific removed. */
  name: string
  /** Split only where the person typed a space; a Japanese name without one is not guessed. */
  family: string | null
  given: string | null
  /** Official old forms folded, spaces out, upper case. */
  core: string
  /** All variants folded (斉/斎 equal), hiragana as katakana: for a lower score, never for merging. */
  foldedCore: string
  normVersion: number
  issues: InputIssue[]
}

const HONORIFIC = /\s*(?:様|殿|氏|先生|御中)$/
const TITLE =
  /^(?:代表取締役(?:社長|会長)?|代表社員|代表理事|取締役社長|理事長|社長|会長|代表者|代表)\s*[:：]?\s*/

/** Normalises one person name; titles (代表取締役) and honorifics are removed from the keys. Never throws. */
export function normalizePersonName(typed: string): PersonName {
  const issues: InputIssue[] = []
  const clean = compatible(typed).replace(/\s+/g, ' ').trim()
  if (clean === '')
    issues.push(errorIssue('person_name_must_not_be_empty', '氏名を入力してください。', 'JR §7.4'))
  const bare = clean.replace(TITLE, '').replace(HONORIFIC, '').trim()
  const name = bare === '' ? clean : bare
  if (name !== clean) {
    issues.push(warningIssue('person_name_should_have_no_title', '役職・敬称は氏名に含めません。', 'JR §7.4'))
  }
  const parts = name.split(/[ ・,]+/).filter(part => part !== '')
  const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name)
  const twoParts = parts.length === 2
  const core = foldOldForms(name.toUpperCase()).replace(/[^\p{L}\p{N}ー々]/gu, '') || name
  return {
    display: typed,
    name,
    family: twoParts ? (japanese ? parts[0]! : parts[1]!) : null,
    given: twoParts ? (japanese ? parts[1]! : parts[0]!) : null,
    core,
    foldedCore: toKatakana(foldVariants(core)),
    normVersion: NORM_VERSION,
    issues,
  }
}
