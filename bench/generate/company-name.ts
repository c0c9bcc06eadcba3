import type { Industry } from './industries.ts'
import { fullWidth } from './kana.ts'
import { type Random, stream } from './random.ts'
import { romaji } from './romaji.ts'
import { GENERAL_TAILS, HOLDING_TAILS, MODERN, MODERN_TAILS, VIRTUES } from './words/name-words.ts'
import { localWords, REGIONS } from './words/places.ts'
import { SURNAMES } from './words/surnames.ts'
import type { TradeWord, Word } from './words/word-list.ts'

/** A company name without its legal form. */
export type CoreName = { text: string; kana: string; english: string; family: Word | null }

type Head = TradeWord & { family: Word | null; style: 'old' | 'modern' | 'letters' }

const LETTERS =
  'A:エー B:ビー C:シー D:ディー E:イー F:エフ G:ジー H:エイチ I:アイ J:ジェイ K:ケー L:エル M:エム N:エヌ O:オー P:ピー R:アール S:エス T:ティー U:ユー V:ブイ W:ダブリュー Y:ワイ'
    .split(' ')
    .map(entry => entry.split(':') as [string, string])

const NO_TAIL: TradeWord = { text: '', kana: '', english: '' }

/** The name of company `index` in this trade and prefecture. */
export function coreName(seed: number, index: number, industry: Industry, prefectureCode: string): CoreName {
  const random = stream(seed, 'name', index)
  const head = headOf(random, prefectureCode)
  return join(head, tailFor(head, industry, random))
}

/** The head of a group: its name word with a holding word, or with its own trade. */
export function groupHeadName(
  seed: number,
  index: number,
  industry: Industry,
  prefectureCode: string,
): CoreName {
  const random = stream(seed, 'name', index)
  const head = headOf(random, prefectureCode)
  return join(
    head,
    random.chance(0.5) ? random.pickRanked(HOLDING_TAILS, 3) : tailFor(head, industry, random),
  )
}

/** A member of a group: the head's name word with another trade. */
export function groupMemberName(
  seed: number,
  parent: number,
  index: number,
  industry: Industry,
  parentPrefecture: string,
): CoreName {
  const head = headOf(stream(seed, 'name', parent), parentPrefecture)
  return join(head, stream(seed, 'member-name', index).pick(industry.tails))
}

/** An earlier name: other tail, or another head altogether. */
export function formerCoreName(
  seed: number,
  index: number,
  industry: Industry,
  prefectureCode: string,
): CoreName {
  const random = stream(seed, 'former-name', index)
  const keepsHead = random.chance(0.6)
  const head = headOf(keepsHead ? stream(seed, 'name', index) : random, prefectureCode)
  return join(head, random.pick(keepsHead ? GENERAL_TAILS : industry.tails))
}

function headOf(random: Random, prefectureCode: string): Head {
  const style = random.next()
  if (style < 0.27) {
    const family = random.pickRanked(SURNAMES)
    return { ...family, english: romaji(family.kana), family, style: 'old' }
  }
  if (style < 0.4)
    return old(random.chance(0.8) ? random.pick(localWords(prefectureCode)) : random.pick(REGIONS))
  if (style < 0.66) return old(random.pick(VIRTUES))
  if (style < 0.72) return old(both(random.pick(localWords(prefectureCode)), random.pick(VIRTUES)))
  if (style < 0.94) return { ...random.pick(MODERN), family: null, style: 'modern' }
  return letters(random)
}

function old(word: Word): Head {
  return { ...word, english: romaji(word.kana), family: null, style: 'old' }
}

function both(first: Word, second: Word): Word {
  return { text: first.text + second.text, kana: first.kana + second.kana }
}

function letters(random: Random): Head {
  const count = random.chance(0.5) ? 3 : 2
  let text = ''
  let kana = ''
  for (let i = 0; i < count; i++) {
    const [letter, reading] = random.pick(LETTERS)
    text += letter
    kana += reading
  }
  return { text: fullWidth(text), kana, english: text, family: null, style: 'letters' }
}

function tailFor(head: Head, industry: Industry, random: Random): TradeWord {
  if (industry.field === 'medical') return random.pick(industry.tails)
  if (head.style === 'modern' && random.chance(0.55))
    return random.chance(0.95) ? random.pick(MODERN_TAILS) : NO_TAIL
  if (head.style === 'letters' && random.chance(0.2)) return NO_TAIL
  return random.chance(0.82) ? random.pick(industry.tails) : random.pick(GENERAL_TAILS)
}

function join(head: Head, tail: TradeWord): CoreName {
  const repeats = tail.text !== '' && head.text.endsWith(tail.text)
  const end = repeats ? NO_TAIL : tail
  return {
    text: head.text + end.text,
    kana: head.kana + end.kana,
    english: [head.english, end.english].filter(part => part !== '').join(' '),
    family: head.family,
  }
}
