import { readFileSync } from 'node:fs'
import type { Random } from './random.ts'

export type Town = {
  postalCode: string
  /** Two digits of the prefecture and three of the municipality, without check digit. */
  cityCode: string
  prefecture: string
  city: string
  cityKana: string
  town: string
  /** How many 丁目 the town has; 0 = none. */
  chome: number
}

export type Address = {
  postalCode: string
  prefecture: string
  city: string
  cityCode: string
  town: string
  /** 丁目・番地・号 as one writes it in figures: `3-12-5`. */
  block: string
  building: string | null
  /** The whole address in one line, as registered: 東京都千代田区大手町一丁目5番7号. */
  original: string
}

/** A sample of real towns with their postal codes; see data-files/SOURCES.md. */
export const TOWNS: readonly Town[] = readTowns()

const FLOORS = [
  '101',
  '102',
  '201',
  '202',
  '203',
  '301',
  '302',
  '305',
  '401',
  '402',
  '501',
  '503',
  '601',
  '701',
  '802',
]
const BUILDINGS = [
  'ビル',
  'ビルディング',
  '第一ビル',
  '第二ビル',
  '第三ビル',
  'マンション',
  'ハイツ',
  'プラザ',
  'センタービル',
  'タワー',
  'レジデンス',
]
const BUILDING_HEADS = [
  '中央',
  '駅前',
  '三和',
  '東和',
  'サンライズ',
  '富士',
  'グランド',
  'メゾン',
  '第一',
  '大同',
  '丸善',
  'コスモ',
  'パーク',
  '本町',
  '栄',
  'ニュー',
]

/** An address in this town. About one in three has a building, most of those a room. */
export function addressIn(town: Town, random: Random): Address {
  const chome = town.chome > 0 ? random.whole(1, town.chome) : 0
  const plot = chome > 0 ? random.whole(1, 28) : random.whole(1, 2400)
  const house = chome > 0 || random.chance(0.4) ? random.whole(1, 24) : 0
  const building = random.chance(0.35) ? buildingName(town, random) : null
  const block = [chome, plot, house].filter(part => part > 0).join('-')
  return {
    postalCode: town.postalCode,
    prefecture: town.prefecture,
    city: town.city,
    cityCode: town.cityCode,
    town: town.town,
    block,
    building,
    original: registeredText(town, chome, plot, house) + (building ? `　${building}` : ''),
  }
}

/** A town within the same prefecture, or any town when the prefecture is null. */
export function pickTown(random: Random, prefectureCode: string | null = null): Town {
  if (prefectureCode === null) return random.pick(TOWNS)
  const range = ranges.get(prefectureCode)
  if (range === undefined) throw new RangeError(`${prefectureCode} is not a prefecture code 01–47`)
  return TOWNS[random.whole(range[0], range[1])]!
}

const KANJI_DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1–99 in kanji, as the register writes 丁目. */
export function kanjiNumber(value: number): string {
  const tens = Math.floor(value / 10)
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${KANJI_DIGITS[tens]}十`
  return head + KANJI_DIGITS[value % 10]
}

function registeredText(town: Town, chome: number, plot: number, house: number): string {
  const head = town.prefecture + town.city + town.town
  if (chome > 0) return `${head}${kanjiNumber(chome)}丁目${plot}番${house}号`
  return house > 0 ? `${head}${plot}番地${house}` : `${head}${plot}番地`
}

function buildingName(town: Town, random: Random): string {
  const head = random.chance(0.5) ? town.town.replace(/[町村]$/, '') : random.pick(BUILDING_HEADS)
  const name = head + random.pick(BUILDINGS)
  const room = random.chance(0.5) ? `${random.pick(FLOORS)}号室` : `${random.whole(2, 12)}階`
  return random.chance(0.85) ? `${name}${room}` : name
}

const ranges = new Map<string, [first: number, last: number]>()
TOWNS.forEach((town, at) => {
  const code = town.cityCode.slice(0, 2)
  const range = ranges.get(code)
  if (range === undefined) ranges.set(code, [at, at])
  else range[1] = at
})

function readTowns(): Town[] {
  const lines = readFileSync(new URL('data-files/towns.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.slice(1).map(line => {
    const [postalCode = '', cityCode = '', prefecture = '', city = '', cityKana = '', town = '', chome = ''] =
      line.split(',')
    return { postalCode, cityCode, prefecture, city, cityKana, town, chome: Number(chome) }
  })
}
