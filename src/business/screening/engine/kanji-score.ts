import type { NameForm } from './name-form.ts'

export type KanjiRule = 'kanji_equal' | 'kanji_variant' | 'kanji_one_letter' | 'kanji_within'

export interface KanjiScore {
  rule: KanjiRule
  value: number
}

/** Letters whose exchange makes another company or person: numbers, directions, sizes. */
const TELLING = /[0-9一二三四五六七八九十百千〇壱弐参東西南北中上下左右大小新旧本元前後内外男女子太次郎]/u

const SHORTEST_WITH_ERROR = 5
const SHORTEST_WITHIN = 4
const LEAST_SHARE_WITHIN = 0.6

/**
 * Compares two names in kanji as wholes. Equal after the official old forms are folded is equal; after looser variants nearly so.
 * Long company names forgive one letter unless it is a telling one, or may contain one another (支店, 関連会社).
 * People are never matched by a similar kanji: 太郎 is not 次郎; their reading finds what a clerk mistyped.
 */
export function scoreKanji(subject: NameForm, listed: NameForm, isPerson: boolean): KanjiScore | null {
  if (subject.core === listed.core) return { rule: 'kanji_equal', value: 1 }
  if (subject.folded === listed.folded) return { rule: 'kanji_variant', value: 0.95 }
  if (isPerson) return null
  const a = subject.folded
  const b = listed.folded
  if (differsByOne(a, b))
    return { rule: 'kanji_one_letter', value: round(1 - 1 / Math.max(a.length, b.length)) }
  if (isWithin(a, b) || isWithin(b, a)) return { rule: 'kanji_within', value: 0.82 }
  return null
}

function isWithin(part: string, whole: string): boolean {
  return (
    part.length >= SHORTEST_WITHIN &&
    whole.length > part.length &&
    part.length >= LEAST_SHARE_WITHIN * whole.length &&
    whole.startsWith(part)
  )
}

function differsByOne(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < SHORTEST_WITH_ERROR || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  return left.length <= 1 && right.length <= 1 && !TELLING.test(left + right)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** Keys under which every pair that `scoreKanji` accepts meets: the name itself, itself less one letter, and its beginnings. */
export function kanjiKeys(form: NameForm, isPerson: boolean): string[] {
  const keys = [form.folded]
  if (isPerson) return keys
  const name = form.folded
  if (name.length >= SHORTEST_WITH_ERROR)
    for (let i = 0; i < name.length; i += 1) keys.push(`-${name.slice(0, i)}${name.slice(i + 1)}`)
  if (name.length >= SHORTEST_WITH_ERROR) keys.push(`-${name}`)
  const shortest = Math.max(SHORTEST_WITHIN, Math.ceil(name.length * LEAST_SHARE_WITHIN))
  for (let length = shortest; length < name.length; length += 1) keys.push(`<${name.slice(0, length)}`)
  if (name.length >= SHORTEST_WITHIN) keys.push(`<${name}`)
  return keys
}
