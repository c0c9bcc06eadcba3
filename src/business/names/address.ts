/**
 * Splits a Japanese address as typed: prefecture, city, town, numbers, building. The prefecture may be missing, numbers
 * may be kanji, 1-2-3 equals 一丁目2番3号, Kyoto street names are kept apart. Source: JR §7.5.
 */
import { errorIssue, type InputIssue, warningIssue } from './issues.ts'
import { compatible, plainDashes } from './kana.ts'
import { successorsOf } from './merged-cities.ts'
import { addressKey, type City, type Town, townTable } from './town-table.ts'
import { foldVariants } from './variants.ts'

export type SplitAddress = {
  typed: string
  postalCode: string | null
  prefecture: string | null
  city: string | null
  /** Town with its 丁目 as the table writes it (後楽二丁目), or the typed text when the table lacks it. */
  town: string | null
  /** 丁目, 番, 号 … as numbers joined by hyphens: 2-8-1. */
  block: string | null
  building: string | null
  /** Kyoto street name (烏丸通御池上る), or null. */
  street: string | null
  /** True when prefecture + city / town were found in the town table. */
  cityKnown: boolean
  townKnown: boolean
  /** Small number of the city in the table, -1 when unknown; townKey and numbers are for comparison. */
  cityIndex: number
  townKey: string
  numbers: number[]
  issues: InputIssue[]
}

/** Islands are written before the village of the same name. */
const ISLAND = /^(?:三宅島(?=三宅村)|八丈島(?=八丈町)|伊豆大島(?=大島町))/

const PREFECTURE =
  /^(北海道|東京都|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|沖縄)県)/

/** Splits one address. Never throws; what is not found in the table is reported and guessed from the text. */
export function splitAddress(typed: string): SplitAddress {
  const result: SplitAddress = {
    typed,
    postalCode: null,
    prefecture: null,
    city: null,
    town: null,
    block: null,
    building: null,
    street: null,
    cityKnown: false,
    townKnown: false,
    cityIndex: -1,
    townKey: '',
    numbers: [],
    issues: [],
  }
  const text = withoutPostalCode(cleaned(typed), result)
  if (text === '') {
    result.issues.push(errorIssue('address_must_not_be_empty', '住所を入力してください。', 'JR §7.5'))
    return result
  }
  if (!/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u.test(text)) return latinAddress(text, result)
  const prefecture = PREFECTURE.exec(text)?.[1] ?? null
  const rest = (prefecture === null ? text : text.slice(prefecture.length).trimStart()).replace(ISLAND, '')
  const found = findCity(rest, prefecture) ?? (prefecture === null ? findAfterShortPrefecture(rest) : null)
  if (found === null) return guessCity(rest, prefecture, result)
  result.prefecture = found.city.prefecture
  result.city = found.city.name
  result.cityKnown = true
  result.cityIndex = found.city.index
  readTown(rest.slice(found.length).trimStart(), found.city, result)
  return result
}

/** NFKC with plain dashes between numbers; folded only where folding changes the length (a rare surrogate). */
function cleaned(typed: string): string {
  const text = plainDashes(compatible(typed))
    .replace(/(?<=[\d丁目番号])[ー一](?=\d)/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^日本国?[ 、]?(?=.{2,3}[都道府県])/, '')
    .replace(/^\D+/, head => (/[A-Za-z]/.test(head) ? head : head.replace(/(?<=\P{Nd}) (?!$)/gu, '')))
    .trim()
  return foldVariants(text).length === text.length ? text : foldVariants(text)
}

function withoutPostalCode(text: string, result: SplitAddress): string {
  const found = /^〒?\s*(\d{3})-?(\d{4})(?!\d)[\s,、]*/.exec(text)
  if (found === null) return text
  result.postalCode = `${found[1]}${found[2]}`
  return text.slice(found[0].length)
}

type FoundCity = { city: City; length: number }

/** The longest city at the start; among equal names the one which has the town that follows. */
function findCity(rest: string, prefecture: string | null): FoundCity | null {
  const folded = addressKey(rest)
  const all = townTable().byHead.get(folded.slice(0, 2)) ?? []
  const fits = all.filter(
    entry => (prefecture === null || entry.city.prefecture === prefecture) && folded.startsWith(entry.key),
  )
  const longest = fits.filter(entry => entry.key.length === fits[0]?.key.length)
  if (longest.length === 0) return findWard(folded, prefecture)
  const length = longest[0]!.key.length
  if (longest.length === 1) return { city: longest[0]!.city, length }
  const cities = longest.map(entry => entry.city)
  const city = soleCityWithTown(cities, folded.slice(length).trimStart())
  return city === null ? null : { city, length }
}

const SHORT_PREFECTURE =
  /^(東京|京都|大阪|神奈川|和歌山|鹿児島|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|沖縄)\s*/

/** 愛知江南市, 東京千代田区: the prefecture without 都, 府 or 県, where a city of it follows. */
function findAfterShortPrefecture(rest: string): FoundCity | null {
  const short = SHORT_PREFECTURE.exec(rest)
  if (short === null) return null
  const suffix = short[1] === '東京' ? '都' : short[1] === '京都' || short[1] === '大阪' ? '府' : '県'
  const found = findCity(rest.slice(short[0].length), short[1]! + suffix)
  return found === null ? null : { city: found.city, length: short[0].length + found.length }
}

/** 新潟市万代1丁目: the ward was left out; the ward which has the town is meant if it is the only one. */
function findWard(folded: string, prefecture: string | null): FoundCity | null {
  const large = /^.+?市/.exec(folded)?.[0]
  if (large === undefined || !townTable().prefectureOfPrefix.has(large)) return null
  const wards = townTable().cities.filter(
    city => city.key.startsWith(large) && (prefecture === null || city.prefecture === prefecture),
  )
  const city = soleCityWithTown(wards, folded.slice(large.length).trimStart())
  return city === null ? null : { city, length: large.length }
}

/** The one city which has the town at the start of the text; a fitting 丁目 decides between several. */
function soleCityWithTown(cities: City[], text: string): City | null {
  const found = cities.flatMap(city => {
    const hit = longestTown(text, city.towns())
    return hit === null ? [] : [{ city, ...hit }]
  })
  if (found.length <= 1) return found[0]?.city ?? null
  const withChome = found.filter(({ key, town }) => {
    const chome = /^(\d+)(?:丁目|-)/.exec(text.replace(/^(?:大字|字)/, '').slice(key.length))
    return chome !== null && town.chomes.has(Number(chome[1]))
  })
  return withChome.length === 1 ? withChome[0]!.city : null
}

/** A city the table lacks (merged or renamed since): taken from the text and reported. */
function guessCity(rest: string, prefecture: string | null, result: SplitAddress): SplitAddress {
  const guess = /^(?:.{1,4}?郡.{1,6}?[町村]|.{1,6}?市.{1,4}?区|.{1,7}?[市区]|.{1,6}?[町村](?!.*[市区]))/.exec(
    rest,
  )?.[0]
  const today = guess === undefined ? null : findSuccessor(guess, rest, prefecture)
  if (today !== null) {
    result.prefecture = today.city.prefecture
    result.city = today.city.name
    result.cityKnown = true
    result.cityIndex = today.city.index
    const message = `「${guess}」は現在の「${today.city.name}」とみられます。合併・改称後の住所を確認してください。`
    result.issues.push(warningIssue('city_was_merged_or_renamed', message, 'JR §7.5'))
    readTown(rest.slice(today.length).trimStart(), today.city, result)
    return result
  }
  const large = /^(.+?市)/.exec(addressKey(rest))?.[1]
  result.prefecture = prefecture ?? townTable().prefectureOfPrefix.get(large ?? '') ?? null
  result.city = guess ?? null
  const message = '市区町村が町域表にありません。合併・改称または打ち間違いの可能性があります。'
  result.issues.push(warningIssue('city_should_be_in_the_town_table', message, 'JR §7.5'))
  readTown(rest.slice(guess?.length ?? 0).trimStart(), null, result)
  return result
}

/** Today's city of an address in one that was merged away: by the list, else by a town which carries the old name. */
function findSuccessor(old: string, rest: string, prefecture: string | null): FoundCity | null {
  const inReach = townTable().cities.filter(city => prefecture === null || city.prefecture === prefecture)
  const heads = successorsOf(old).map(addressKey)
  if (heads.length > 0) {
    const cities = inReach.filter(city => heads.some(head => city.key.startsWith(head)))
    if (cities.length === 1) return { city: cities[0]!, length: old.length }
    const city = soleCityWithTown(cities, addressKey(rest.slice(old.length)).trimStart())
    return city === null ? null : { city, length: old.length }
  }
  // Reading every town of every prefecture for one address would take a second.
  if (prefecture === null) return null
  const county = /^.+?郡/.exec(old)?.[0].length ?? 0
  const folded = addressKey(rest.slice(county))
  const name = addressKey(old.slice(county))
  const carries = inReach.flatMap(city => {
    const hit = longestTown(folded, city.towns())
    return hit !== null && hit.key.length > name.length - 1 && hit.key.length >= 3 ? [{ city, hit }] : []
  })
  const longest = Math.max(0, ...carries.map(each => each.hit.key.length))
  const best = carries.filter(each => each.hit.key.length === longest)
  return best.length === 1 ? { city: best[0]!.city, length: county } : null
}

const KYOTO_STREET =
  /^(.*(?:上る|上ル|上がる|下る|下ル|下がる|東入る|東入ル|東入|西入る|西入ル|西入|南入る|南入ル|南入|北入る|北入ル|北入))(.+)$/

function readTown(typedRest: string, city: City | null, result: SplitAddress): void {
  let rest = typedRest
  if (result.city?.startsWith('京都市')) {
    const street = KYOTO_STREET.exec(rest)
    const towns = city?.towns() ?? new Map()
    const isStreet =
      street !== null &&
      (longestTown(addressKey(street[2]!), towns) !== null || longestTown(addressKey(rest), towns) === null)
    if (street !== null && isStreet) {
      // 西入二丁目二神町: the second block counts along the street and is no 丁目 of the town.
      const along = /^(?:[一二三四五六七八九十]+|\d+)(?:丁目|筋目)(?=.)/.exec(street[2]!)?.[0] ?? ''
      const counted = along !== '' && longestTown(addressKey(street[2]!), towns) === null ? along : ''
      result.street = (street[1]! + counted).trim()
      rest = street[2]!.slice(counted.length).trimStart()
    }
  }
  const typed = addressKey(rest)
  // 北勢町大字阿下喜: the table joins the old town and its 大字.
  const inner =
    city !== null && longestTown(typed, city.towns()) === null ? typed.replace(/(?<=.)大字/, '') : typed
  const isJoined = inner !== typed && city !== null && longestTown(inner, city.towns()) !== null
  const folded = isJoined ? inner : typed
  const oaza = /^(?:大字|字)/.exec(folded)?.[0].length ?? 0
  const found = city === null ? null : longestTown(folded.slice(oaza), city.towns())
  if (found === null) readUnknownTown(folded, rest, result)
  else readKnownTown(found.town, folded.slice(oaza + found.key.length), found.key, result)
}

function longestTown(folded: string, towns: Map<string, Town>): { key: string; town: Town } | null {
  const text = folded.replace(/^(?:大字|字)/, '')
  for (let length = Math.min(16, text.length); length > 0; length--) {
    const key = text.slice(0, length)
    const town = towns.get(key)
    if (town !== undefined && !splitsNumber(text, length)) return { key, town }
    const withTown = towns.get(`${key}町`)
    if (withTown !== undefined && /^[\d-]/.test(text.slice(length))) return { key, town: withTown }
  }
  const onlyChome = towns.get('')
  return onlyChome !== undefined && /^\d+(?:丁目|丁|-)/.test(text) ? { key: '', town: onlyChome } : null
}

/** A town key may not end inside a number: 1番町 must not be read as 1. */
function splitsNumber(text: string, length: number): boolean {
  return /\d/.test(text[length - 1] ?? '') && /[\d番丁条]/.test(text[length] ?? '')
}

function readKnownTown(town: Town, after: string, key: string, result: SplitAddress): void {
  result.townKnown = true
  result.townKey = key.endsWith('町') ? key.slice(0, -1) : key
  const chome = /^\s*(\d+)(?:丁目|丁|(?=[-のノ]\d))/.exec(after)
  const written = chome === null ? undefined : town.chomes.get(Number(chome[1]))
  result.town = written ?? town.name
  if (chome !== null && written !== undefined) {
    readNumbers(after.slice(chome[0].length).replace(/^-/, ''), result, [Number(chome[1])])
  } else {
    readNumbers(after, result, [])
  }
}

function readUnknownTown(folded: string, rest: string, result: SplitAddress): void {
  const text = /^[^\d]*/.exec(folded)?.[0] ?? ''
  const name = (text.length === 0 ? '' : rest.slice(0, text.length)).trim()
  result.town = name === '' ? null : name.replace(/^(?:大字|字)/, '')
  result.townKey = text
    .trim()
    .replace(/^(?:大字|字)/, '')
    .replace(/町$/, '')
  if (result.cityKnown) {
    const message = '町域が町域表にありません。番地までを確認してください。'
    result.issues.push(warningIssue('town_should_be_in_the_town_table', message, 'JR §7.5'))
  }
  readNumbers(folded.slice(text.length), result, [])
}

const NUMBER = /^\s*(?:第)?(\d+)\s*(丁目|番地割|地割|番地|番|号|線|区)?\s*([-のノ/、・]\s*(?=\d))?/
const BUILDING_NUMBER = /^\s*\d+\s*(?:階|F|f|号室|号棟|棟|室|館|号館|番館)/

/** Numbers until something else begins; the rest is the building. A koaza in front of the first number is skipped over. */
function readNumbers(after: string, result: SplitAddress, first: number[]): void {
  const numbers = [...first]
  let text = after
  const aza = /^\s*(?:(?:大字|字)?[^\d\s]{1,10}?)(?=\d)/.exec(text)
  if (aza !== null && numbers.length === 0 && !/[ビル館タワー]/.test(aza[0])) text = text.slice(aza[0].length)
  for (let closed = false; !closed && numbers.length < 6; ) {
    const found = NUMBER.exec(text)
    if (found === null || (numbers.length > 0 && BUILDING_NUMBER.test(text))) break
    if (/^\s/.test(text) && numbers.length > 0 && found[2] === undefined) break
    numbers.push(Number(found[1]))
    text = text.slice(found[0].length)
    closed = found[3] === undefined && (found[2] === undefined || found[2] === '号')
  }
  // 8-15-2-301: what stands behind 丁目, 番 and 号 is the room.
  const room = numbers.length > 3 ? numbers.splice(3).join('-') : ''
  result.numbers = numbers
  const shown =
    result.town !== null && /丁目$/.test(result.town) && first.length > 0 ? numbers.slice(1) : numbers
  result.block = shown.length === 0 ? null : shown.join('-')
  const building = `${room} ${text}`
    .trim()
    .replace(/^[\s、,.-]+/, '')
    .trim()
  result.building = building === '' ? null : building
}

function latinAddress(text: string, result: SplitAddress): SplitAddress {
  const message = '住所が日本語ではありません。日本語の住所を入力してください。'
  result.issues.push(warningIssue('address_should_be_japanese', message, 'JR §7.5'))
  const groups = /\d+(?:-\d+){1,3}/.exec(text)?.[0] ?? ''
  result.numbers = groups === '' ? [] : groups.split('-').map(Number)
  result.block = groups === '' ? null : groups
  return result
}
