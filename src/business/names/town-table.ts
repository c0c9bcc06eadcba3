/**
 * Prefectures, cities and towns of Japan, read lazily from data/towns.csv.gz (Geolonia 住所データ, CC BY 4.0). Towns of a
 * city are parsed when the first address of that city is read.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { toKatakana } from './kana.ts'
import { numeralsToDigits } from './kanji-numerals.ts'
import { foldVariants } from './variants.ts'

export type Town = {
  /** Name without 丁目, as the table writes it. */
  name: string
  /** 丁目 numbers with their written form; empty when the town has none. */
  chomes: Map<number, string>
}

export type City = {
  /** Position in the table; a stable small key. */
  index: number
  prefecture: string
  name: string
  /** Folded name, e.g. 札幌市中央区 or 双葉郡浪江町. */
  key: string
  towns: () => Map<string, Town>
}

export type TownTable = {
  cities: readonly City[]
  /** Cities by the first two folded characters, longest key first; county-less keys included. */
  byHead: ReadonlyMap<string, readonly { key: string; city: City }[]>
  /** First city of each prefecture, city-with-wards prefix to prefecture: 浜松市 → 静岡県. */
  prefectureOfPrefix: ReadonlyMap<string, string>
}

let table: TownTable | null = null

/** The table, read on first use (about a quarter of a second). */
export function townTable(): TownTable {
  table ??= loadTable()
  return table
}

/** Folds an address part for comparison: variants, kana, ヶ, kanji numerals. */
export function addressKey(text: string): string {
  return numeralsToDigits(toKatakana(foldVariants(text)))
    .replace(/ヶ|ガ(?=[\p{Script=Han}])/gu, 'ケ')
    .replace(/[ッ]/g, 'ツ')
    .replace(/[之乃]/g, 'ノ')
    .replace(/竈/g, '釜')
    .replace(/諌/g, '諫')
}

const OAZA = /^(?:大字|字)/
const NO_NAME = '（大字なし）'

function loadTable(): TownTable {
  const text = gunzipSync(readFileSync(new URL('./data/towns.csv.gz', import.meta.url))).toString('utf8')
  const sections = new Map<string, { prefecture: string; city: string; parts: string[] }>()
  let start = text.indexOf('\n') + 1
  let head = ''
  let from = start
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    const stop = end < 0 ? text.length : end
    const comma = text.indexOf(',', text.indexOf(',', start) + 1)
    const lineHead = text.slice(start, comma)
    if (lineHead !== head) {
      if (head !== '') keep(sections, head, text.slice(from, start))
      head = lineHead
      from = start
    }
    start = stop + 1
  }
  if (head !== '') keep(sections, head, text.slice(from))
  const cities = [...sections.values()].map((section, index) => makeCity(section, index))
  return { cities, byHead: indexHeads(cities), prefectureOfPrefix: indexPrefixes(cities) }
}

function keep(
  sections: Map<string, { prefecture: string; city: string; parts: string[] }>,
  head: string,
  part: string,
): void {
  const known = sections.get(head)
  if (known !== undefined) {
    known.parts.push(part)
    return
  }
  const [prefecture, city] = head.split(',')
  sections.set(head, { prefecture: prefecture ?? '', city: city ?? '', parts: [part] })
}

function makeCity(section: { prefecture: string; city: string; parts: string[] }, index: number): City {
  let towns: Map<string, Town> | null = null
  let parts: string[] | null = section.parts
  return {
    index,
    prefecture: section.prefecture,
    name: section.city,
    key: addressKey(section.city),
    towns: () => {
      towns ??= parseTowns(parts ?? [])
      parts = null
      return towns
    },
  }
}

function parseTowns(parts: string[]): Map<string, Town> {
  const towns = new Map<string, Town>()
  for (const part of parts) {
    for (const line of part.split('\n')) {
      const name = line.split(',')[2]
      if (name === undefined || name === '' || name === NO_NAME) continue
      addTown(towns, name)
    }
  }
  return towns
}

function addTown(towns: Map<string, Town>, name: string): void {
  const folded = addressKey(name)
  const chome = /^(.*?)(\d+)丁目$/.exec(folded)
  const base = chome === null ? name : name.replace(/[〇一二三四五六七八九十百\d０-９]+丁目$/, '')
  const key = (chome?.[1] ?? folded).replace(OAZA, '')
  // 下田市二丁目: the town is its 丁目 and has no name of its own.
  if (key === '' && chome === null) return
  let town = towns.get(key)
  if (town === undefined) {
    town = { name: base.replace(OAZA, ''), chomes: new Map() }
    towns.set(key, town)
  }
  if (chome !== null) town.chomes.set(Number(chome[2]), name)
}

function indexHeads(cities: readonly City[]): Map<string, { key: string; city: City }[]> {
  const heads = new Map<string, { key: string; city: City }[]>()
  const put = (key: string, city: City) => {
    const head = key.slice(0, 2)
    const list = heads.get(head)
    if (list === undefined) heads.set(head, [{ key, city }])
    else list.push({ key, city })
  }
  for (const city of cities) {
    put(city.key, city)
    const county = /^.+?郡(.+[町村])$/.exec(city.key)
    if (county?.[1] !== undefined) put(county[1], city)
    // 新潟南区 for 新潟市南区.
    const ward = /^(.+?)市(.+区)$/.exec(city.key)
    if (ward !== null) put(ward[1]! + ward[2]!, city)
  }
  for (const list of heads.values()) list.sort((a, b) => b.key.length - a.key.length)
  return heads
}

function indexPrefixes(cities: readonly City[]): Map<string, string> {
  const prefixes = new Map<string, string>()
  for (const city of cities) {
    const large = /^(.+?市).+区$/.exec(city.key)
    if (large?.[1] !== undefined) prefixes.set(large[1], city.prefecture)
  }
  return prefixes
}
