import type { IsoDate } from '../../../platform/dates/iso-date.ts'

export type EntryKind = 'person' | 'company' | 'vessel' | 'other'

/** How the publisher vouches for a name: the main one, a good alias, or one too weak to identify anybody (UN "Low", OFAC quoted a.k.a.). */
export type NameQuality = 'primary' | 'strong' | 'weak'

export type NameScript = 'latin' | 'kana' | 'kanji' | 'other'

export interface ListName {
  text: string
  script: NameScript
  quality: NameQuality
}

/** A date of birth as a closed range of days; a known day has from = to. */
export interface BirthRange {
  from: IsoDate
  to: IsoDate
}

export interface EntryIdentifier {
  /** As the list calls it, such as "Passport" or "Tax ID No.". */
  kind: string
  number: string
}

/** One listed person, company or vessel, whatever list it came from. */
export interface ListEntry {
  /** Id of the list, such as "OFAC-SDN"; see LIST_TITLES. */
  list: string
  /** The publisher's own id; for lists without one a digest of name, birth and address, so that it survives reordering. */
  entryId: string
  kind: EntryKind
  names: ListName[]
  births: BirthRange[]
  /** ISO 3166 two-letter codes where the name is known, else the publisher's words. */
  countries: string[]
  addresses: string[]
  gender?: 'male' | 'female'
  identifiers: EntryIdentifier[]
  programs: string[]
  reason?: string
  source?: string
  listedOn?: IsoDate
  remarks?: string
}

/** Something in a file that a person should know but that does not stop the load. */
export interface ListProblem {
  file: string
  line?: number
  code:
    | 'no_primary_entry'
    | 'birth_not_understood'
    | 'unknown_column'
    | 'repeated_entry'
    | 'no_name'
    | 'date_not_understood'
  message: string
}

export interface LoadedFile {
  file: string
  /** SHA-256 of the bytes as stored, hexadecimal. */
  sha256: string
  rows: number
}

export interface LoadedList {
  list: string
  title: string
  /** The day the file says it was made, else the day in its file name. */
  publishedOn?: IsoDate
  files: LoadedFile[]
  /** SHA-256 over the hashes of its files in order of name: the version of the list. */
  sha256: string
  entries: ListEntry[]
  problems: ListProblem[]
}

/** Titles shown on screens and in evidence; house lists carry their own file name. */
export const LIST_TITLES: Record<string, string> = {
  'OFAC-SDN': '米国財務省 OFAC SDN リスト',
  'OFAC-CONS': '米国財務省 OFAC 非SDN 統合リスト',
  UN: '国連安全保障理事会 統合制裁リスト',
  EU: 'EU 統合金融制裁リスト',
  'JP-MOF': '財務省 経済制裁措置及び対象者リスト',
  OPENSANCTIONS: 'OpenSanctions',
  'BIS-DPL': '米国商務省 BIS 取引禁止顧客リスト',
}

/** A list file that cannot be trusted: names the place and says what to do. The load of that list must stop. */
export class ListFileError extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(file: string, problem: string, place: { line?: number; column?: number } = {}) {
    const at = [
      place.line === undefined ? '' : `line ${place.line}`,
      place.column === undefined ? '' : `column ${place.column}`,
    ]
    super(`${[file, ...at.filter(Boolean)].join(', ')}: ${problem}`)
    this.name = 'ListFileError'
    this.file = file
    this.line = place.line
    this.column = place.column
  }
}

const KANA = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・･＝\s、,.\-()（）]+$/u

/** Which writing a name is in; mixed kanji and kana counts as kanji, anything with Latin letters only as latin. */
export function scriptOf(text: string): NameScript {
  const folded = text.normalize('NFKC')
  if (/[\p{Script=Katakana}\p{Script=Hiragana}]/u.test(folded) && KANA.test(folded)) return 'kana'
  if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(folded)) return 'kanji'
  if (/\p{Script=Latin}/u.test(folded)) return 'latin'
  return /\p{L}/u.test(folded) ? 'other' : 'latin'
}

/** Adds a name once; blank names and repetitions are dropped, the better quality stays. */
export function addName(names: ListName[], text: string, quality: NameQuality): void {
  const clean = text.replace(/\s+/gu, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(clean)) return
  if (names.some(name => name.text === clean)) return
  names.push({ text: clean, script: scriptOf(clean), quality })
}
