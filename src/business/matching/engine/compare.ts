/** Compares two rows field by field; the answer is a packed set of levels. Allocates nothing for most pairs. */
import { compareNames } from './compare-name.ts'
import { type FeatureStore, textStart } from './feature-store.ts'
import { NUMBER_BROKEN, NUMBER_DISPUTED, NUMBER_NONE, NUMBER_VALID } from './features.ts'
import { level, packed } from './levels.ts'
import { boundedDistance } from './text-distance.ts'

const NAME_DIFFERENT = level('name', 'different')
const NAME_SIBLING = level('name', 'sibling')

/**
 * Packed levels of rows i and j, or 0 when the names contradict and no corporate number speaks for the pair: such a pair is
 * `different` whatever else agrees. Most candidates end here, so the other columns are not even read.
 */
export function compareCandidate(s: FeatureStore, i: number, j: number): number {
  const number = compareNumbers(s, i, j)
  if (number === 0 || number === NUMBER_DIFFER || number === NUMBER_DOUBTFUL_DIFFER) {
    const name = compareNames(s, i, j)
    if (name === NAME_DIFFERENT || name === NAME_SIBLING) return 0
  }
  return comparePair(s, i, j)
}

/** Packed levels of rows i and j. */
export function comparePair(s: FeatureStore, i: number, j: number): number {
  return (
    packed('number', compareNumbers(s, i, j)) |
    packed('name', compareNames(s, i, j)) |
    packed('address', compareAddresses(s, i, j)) |
    packed('phone', comparePhones(s, i, j)) |
    packed('representative', compareRepresentatives(s, i, j)) |
    packed('established', compareDates(s.established[i]!, s.established[j]!)) |
    packed('form', compareForms(s.form[i]!, s.form[j]!)) |
    packed('english', compareEnglish(s, i, j)) |
    packed('branch', compareBranches(s.branch[i]!, s.branch[j]!)) |
    packed('form_reading', compareFormReadings(s.formReading[i]!, s.formReading[j]!))
  )
}

const NUMBER_SAME = level('number', 'same')
const NUMBER_SLIP = level('number', 'slip')
const NUMBER_DIFFER = level('number', 'differ')
const NUMBER_DOUBTFUL_DIFFER = level('number', 'doubtful_differ')
const NUMBER_SAME_DISPUTED = level('number', 'same_but_disputed')
const NUMBER_SAME_BROKEN = level('number', 'same_but_broken')

function compareNumbers(s: FeatureStore, i: number, j: number): number {
  const a = s.numberState[i]!
  const b = s.numberState[j]!
  if (a === NUMBER_NONE || b === NUMBER_NONE) return 0
  const equal =
    s.number[i] === s.number[j] ||
    (s.otherNumber[i] !== 0 && (s.otherNumber[i] === s.number[j] || s.otherNumber[i] === s.otherNumber[j])) ||
    (s.otherNumber[j] !== 0 && s.otherNumber[j] === s.number[i])
  if (equal && (a === NUMBER_DISPUTED || b === NUMBER_DISPUTED)) return NUMBER_SAME_DISPUTED
  // A row which carries two numbers cannot decide by one of them.
  if (equal && (a === NUMBER_BROKEN || s.otherNumber[i] !== 0 || s.otherNumber[j] !== 0))
    return NUMBER_SAME_BROKEN
  if (equal) return NUMBER_SAME
  if (a === NUMBER_VALID && b === NUMBER_VALID) {
    return isUndetectableSlip(s.number[i]!, s.number[j]!) ? NUMBER_DOUBTFUL_DIFFER : NUMBER_DIFFER
  }
  if (a === NUMBER_BROKEN || b === NUMBER_BROKEN) {
    return isSlip(s.number[i]!, s.number[j]!) ? NUMBER_SLIP : NUMBER_DOUBTFUL_DIFFER
  }
  return NUMBER_DOUBTFUL_DIFFER
}

/** Both rows have a valid corporate number, and not the same company's. */
export function numbersContradict(s: FeatureStore, i: number, j: number): boolean {
  return compareNumbers(s, i, j) === NUMBER_DIFFER
}

/** One digit 0 for 9, or an adjacent 09 for 90: the check digit cannot see these (JR §1.1). */
function isUndetectableSlip(a: number, b: number): boolean {
  const x = String(a)
  const y = String(b)
  let differing = ''
  for (let k = 0; k < 13; k++) if (x[k] !== y[k]) differing += `${x[k]}${y[k]}`
  return differing === '09' || differing === '90' || differing === '0990' || differing === '9009'
}

/** One digit wrong, missing or too many, or two neighbours swapped. */
function isSlip(a: number, b: number): boolean {
  const x = String(a)
  const y = String(b)
  if (Math.abs(x.length - y.length) > 1) return false
  let from = 0
  while (from < x.length && x[from] === y[from]) from++
  const restX = x.slice(from)
  const restY = y.slice(from)
  if (x.length === y.length) {
    if (restX.slice(1) === restY.slice(1)) return true
    return restX[0] === restY[1] && restX[1] === restY[0] && restX.slice(2) === restY.slice(2)
  }
  return x.length > y.length ? restX.slice(1) === restY : restX === restY.slice(1)
}

const ADDRESS_SAME = level('address', 'same')
const SAME_BLOCK = level('address', 'same_block')
const SAME_TOWN = level('address', 'same_town')
const SAME_CITY = level('address', 'same_city')
const SAME_PREFECTURE = level('address', 'same_prefecture')
const ADDRESS_DIFFERENT = level('address', 'different')
const SAME_NUMBERS = level('address', 'same_numbers')
const SAME_POSTAL = level('address', 'same_postal_code')

function compareAddresses(s: FeatureStore, i: number, j: number): number {
  const samePostal = s.postal[i] !== 0 && s.postal[i] === s.postal[j]
  if (s.place[i] !== 0 && s.place[i] === s.place[j]) return ADDRESS_SAME
  if (s.city[i] === 0 || s.city[j] === 0) return compareWithoutCity(s, i, j, samePostal)
  if (s.city[i] === s.city[j]) {
    if (s.town[i] !== 0 && s.town[i] === s.town[j]) return compareNumbersInTown(s, i, j)
    return samePostal ? SAME_TOWN : SAME_CITY
  }
  if (s.prefecture[i] !== 0 && s.prefecture[i] === s.prefecture[j]) {
    return samePostal ? SAME_TOWN : SAME_PREFECTURE
  }
  return samePostal ? SAME_POSTAL : ADDRESS_DIFFERENT
}

/** An address without a city is Latin, cut short or missing: the post code and the numbers must speak. */
function compareWithoutCity(s: FeatureStore, i: number, j: number, samePostal: boolean): number {
  const numbered = s.number2[i] !== 0 && s.number1[i] === s.number1[j] && s.number2[i] === s.number2[j]
  if (samePostal) return numbered ? ADDRESS_SAME : SAME_POSTAL
  if (numbered && s.number3[i] === s.number3[j]) return SAME_NUMBERS
  if (s.postal[i] === 0 || s.postal[j] === 0) return 0
  return Math.floor(s.postal[i]! / 10000) === Math.floor(s.postal[j]! / 10000) ? SAME_CITY : ADDRESS_DIFFERENT
}

function compareNumbersInTown(s: FeatureStore, i: number, j: number): number {
  const known = s.number1[i] !== 0 && s.number1[j] !== 0
  if (!known) return SAME_TOWN
  if (s.number1[i] !== s.number1[j]) return SAME_CITY
  const short = s.number2[i] === 0 || s.number2[j] === 0 || s.number2[i] === s.number2[j]
  return short ? SAME_BLOCK : SAME_TOWN
}

const PHONE_SAME = level('phone', 'same')
const PHONE_SLIP = level('phone', 'slip')
const SAME_EXCHANGE = level('phone', 'same_exchange')
const PHONE_DIFFERENT = level('phone', 'different')
const SAME_WITHOUT_AREA = level('phone', 'same_without_area')
/** Numbers below this were typed without their area code (features.ts). */
const WITH_AREA = 1e8

function comparePhones(s: FeatureStore, i: number, j: number): number {
  const a = s.phone[i]!
  const b = s.phone[j]!
  if (a === 0 || b === 0) return 0
  if (a < WITH_AREA || b < WITH_AREA) return compareWithoutArea(Math.min(a, b), Math.max(a, b))
  if (a === b) return PHONE_SAME
  if (isSlip(a, b)) return PHONE_SLIP
  return Math.floor(a / 10000) === Math.floor(b / 10000) ? SAME_EXCHANGE : PHONE_DIFFERENT
}

function compareWithoutArea(local: number, other: number): number {
  return other % 10 ** String(local).length === local ? SAME_WITHOUT_AREA : PHONE_DIFFERENT
}

const REP_SAME = level('representative', 'same')
const REP_VARIANT = level('representative', 'same_variant')
const REP_SIMILAR = level('representative', 'similar')
const REP_FAMILY = level('representative', 'same_family')
const REP_DIFFERENT = level('representative', 'different')
const REP_AS_NAMED = level('representative', 'same_as_named')

function compareRepresentatives(s: FeatureStore, i: number, j: number): number {
  const a = s.representative[i]!
  const b = s.representative[j]!
  if (a === 0 || b === 0 || s.repScript[i] !== s.repScript[j]) return 0
  if (a === b) return isNamedAfter(s, i) || isNamedAfter(s, j) ? REP_AS_NAMED : REP_SAME
  if (s.repFolded[i] === s.repFolded[j]) return REP_VARIANT
  const { units, ends } = s.repText
  const aStart = textStart(s.repText, i)
  const bStart = textStart(s.repText, j)
  const shorter = Math.min(ends[i]! - aStart, ends[j]! - bStart)
  if (isTurned(units, aStart, ends[i]!, bStart, ends[j]!)) return REP_VARIANT
  if (shorter >= 3 && boundedDistance(units, aStart, ends[i]!, units, bStart, ends[j]!, 1) <= 1)
    return REP_SIMILAR
  // Only a name which was cut to its family part: another given name is another person, whatever the family.
  const cut = ends[i]! - aStart !== ends[j]! - bStart && startsWith(units, aStart, bStart, shorter)
  return shorter <= 3 && cut ? REP_FAMILY : REP_DIFFERENT
}

/** 広瀬電気 of 広瀬 光太郎: the name says half of who the person is. Family names of one character are not looked for. */
function isNamedAfter(s: FeatureStore, row: number): boolean {
  const [name, person] = [textStart(s.coreText, row), textStart(s.repText, row)]
  return (
    s.coreText.ends[row]! - name > 2 &&
    s.repText.ends[row]! - person > 2 &&
    s.coreText.units[name] === s.repText.units[person] &&
    s.coreText.units[name + 1] === s.repText.units[person + 1]
  )
}

function startsWith(units: Uint16Array, a: number, b: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (units[a + k] !== units[b + k]) return false
  return true
}

/** 陽子 渡辺 for 渡辺 陽子: the given name stands first. */
function isTurned(units: Uint16Array, aStart: number, aEnd: number, bStart: number, bEnd: number): boolean {
  const length = aEnd - aStart
  if (length < 3 || length !== bEnd - bStart) return false
  for (let turn = 1; turn < length; turn++) {
    let k = 0
    while (k < length && units[aStart + k] === units[bStart + ((k + turn) % length)]) k++
    if (k === length) return true
  }
  return false
}

function compareDates(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  if (a === b) return level('established', 'same')
  const sameMonth = Math.floor(a / 100) === Math.floor(b / 100)
  const oneUnknown = a % 100 === 0 || b % 100 === 0
  const sameDayOfYear = a % 10000 === b % 10000 && Math.abs(a - b) <= 10000
  if ((sameMonth && oneUnknown) || sameDayOfYear) return level('established', 'similar')
  return sameMonth ? level('established', 'similar') : level('established', 'different')
}

/** Form codes carry the position in the lowest bit: 前株 and 後株 are different companies more often than not. */
function compareForms(a: number, b: number): number {
  const formA = a >> 1
  const formB = b >> 1
  if (formA <= 1 || formB <= 1) return 0
  if (a === b) return level('form', 'same')
  return formA === formB ? level('form', 'same_other_position') : level('form', 'different')
}

/** Only names given as English: a name which is Latin itself is compared as the name. */
function compareEnglish(s: FeatureStore, i: number, j: number): number {
  if (s.englishGiven[i] === 0 && s.englishGiven[j] === 0) return 0
  if (s.englishGiven[i] !== s.englishGiven[j]) return level('english', 'one_missing')
  return s.english[i] === s.english[j] ? level('english', 'same') : level('english', 'different')
}

function compareFormReadings(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return level('form_reading', a === b ? 'same' : 'different')
}

function compareBranches(a: number, b: number): number {
  if (a === 0 && b === 0) return 0
  if (a === b) return level('branch', 'same')
  return a === 0 || b === 0 ? level('branch', 'one') : level('branch', 'different')
}
