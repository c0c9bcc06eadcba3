/**
 * Renamed companies in a ledger of pairs (two snapshots of one register): two lonely rows at exactly the same address
 * whose names share a part, or differ in the legal form only, or which are the only two at an address outside the business
 * districts, are one company under two names, if each is the other's only such neighbour. Applied only where nearly every cluster of the ledger has two rows; in an ordinary ledger the same
 * picture is a group of companies and stays for review. Source: matching.md §2 (renamings), measured in docs/matching.md.
 */

import { countsPerRow, rowsByKey } from './blocking.ts'
import { comparePair } from './compare.ts'
import { type FeatureStore, textOf } from './feature-store.ts'
import { level, levelOf } from './levels.ts'
import { disagreeing } from './score.ts'

/** More lonely rows at one address are an office tower, not a company. */
const LARGEST_PLACE = 40

/** A city with a larger share of the ledger's rows is a business district, where strangers share an address. */
const CROWDED = 1 / 40

/** Pairs of lonely rows joined by the rule. */
export function renamedPairs(s: FeatureStore, isAlone: (row: number) => boolean): [number, number][] {
  const order = rowsByKey(s.place)
  const neighbours = new Neighbours(s)
  const found: [number, number][] = []
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && s.place[order[end]!] === s.place[order[start]!]) end++
    const lonely = Array.from(order.subarray(start, end)).filter(isAlone)
    if (lonely.length >= 2 && lonely.length <= LARGEST_PLACE)
      found.push(...neighbours.unique(lonely, end - start === 2))
    start = end
  }
  return found
}

const NUMBER_DIFFER = level('number', 'differ')
const NAME_SAME = level('name', 'same')

class Neighbours {
  private readonly s: FeatureStore
  private readonly hasEnglish: boolean
  private readonly rowsInCity: Uint16Array

  constructor(s: FeatureStore) {
    this.s = s
    this.hasEnglish = s.englishGiven.some(given => given === 1)
    this.rowsInCity = countsPerRow(s.city)
  }

  /** Pairs in which each row is the other's only such neighbour; `noOthers` when no third row has the address. */
  unique(rows: readonly number[], noOthers: boolean): [number, number][] {
    const partners = rows.map(i => rows.filter(j => j !== i && this.areOne(i, j, noOthers)))
    return rows.flatMap((i, at) => {
      const partner = partners[at]!.length === 1 ? partners[at]![0]! : -1
      if (partner <= i) return []
      return partners[rows.indexOf(partner)]!.length === 1 ? [[i, partner] as [number, number]] : []
    })
  }

  private areOne(i: number, j: number, noOthers: boolean): boolean {
    const { s } = this
    const levels = comparePair(s, i, j)
    if (levelOf(levels, 'number') === NUMBER_DIFFER || disagreeing(levels) > 0) return false
    if (levelOf(levels, 'name') === NAME_SAME) return true
    if (s.form[i]! >> 1 !== s.form[j]! >> 1 || s.ordinal[i] !== s.ordinal[j]) return false
    if (!this.hasEnglish) {
      if (s.formReading[i] !== s.formReading[j]) return false
      return sameWithoutGroupWords(s, i, j) || (noOthers && this.isRepeated(i, j) && sharePart(s, i, j))
    }
    // Only rows of the same standing are compared: a listed company keeps its English name through a renaming.
    if (s.englishGiven[i] === 0 || s.englishGiven[j] === 0) return false
    return sharePart(s, i, j) || (noOthers && this.isRepeated(i, j) && !this.isCrowded(i))
  }

  /** The register repeated what it held: address letter by letter, and the reading of the legal form. */
  private isRepeated(i: number, j: number): boolean {
    const { s } = this
    return s.typedAddress[i] === s.typedAddress[j] && s.formReading[i] === s.formReading[j]
  }

  private isCrowded(row: number): boolean {
    return this.rowsInCity[row]! > this.s.rows * CROWDED
  }
}

const GROUP_WORDS = /ホルデイングス?|ホルデイング|グルプ本社|グルプ|HLDGS|HD$|HOLDINGS|GROUP/g

/** A company becomes its group's holding company, or drops the word again: バルカー, バルカーホールディングス. */
function sameWithoutGroupWords(s: FeatureStore, i: number, j: number): boolean {
  const a = textOf(s.coreText, i).replace(GROUP_WORDS, '')
  const b = textOf(s.coreText, j).replace(GROUP_WORDS, '')
  return a.length >= 2 && a === b
}

function sharePart(s: FeatureStore, i: number, j: number): boolean {
  const a = textOf(s.coreText, i)
  const b = textOf(s.coreText, j)
  if (a.includes(b) || b.includes(a) || a.slice(0, 2) === b.slice(0, 2)) return true
  const x = withoutCommonWords(textOf(s.readingText, i))
  const y = withoutCommonWords(textOf(s.readingText, j))
  if (x.length < 3 || y.length < 3) return false
  return x.slice(0, 3) === y.slice(0, 3) || shareRun(x, y, 4)
}

const COMMON =
  /ホルデイングス?|グルプ|インタナシヨナル|コポレシヨン|ジヤパン|ニホン|カンパニ|システムズ?|アセツトマネジメント|フアイナンス/g

function withoutCommonWords(reading: string): string {
  return reading.replace(COMMON, '')
}

/** True if a run of `length` characters stands in both. */
function shareRun(a: string, b: string, length: number): boolean {
  for (let k = 0; k + length <= a.length; k++) if (b.includes(a.slice(k, k + length))) return true
  return false
}
