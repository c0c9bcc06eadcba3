import { type Address, kanjiNumber } from './addresses.ts'
import { digitSlip, otherCharacterForm } from './character-forms.ts'
import type { DirtRates } from './dirt.ts'
import { fullWidth } from './kana.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** An address as typed: with and without prefecture, 1-2-3 or 一丁目2番3号, any width, building kept or left out. */
export function typedAddress(address: Address, rates: DirtRates, random: Random): string {
  if (!random.chance(rates.reformat)) return address.original
  const place = (random.chance(0.7) ? address.prefecture : '') + address.city + address.town
  const block = blockText(address.block, random)
  const building =
    address.building !== null && random.chance(0.75) ? random.pick([' ', '　', '']) + address.building : ''
  const text = place + block + building
  if (!random.chance(rates.width * 0.6)) return text
  return random.chance(0.7)
    ? text.replace(/[0-9-]/g, sign => (sign === '-' ? '－' : fullWidth(sign)))
    : text.replaceAll('-', 'ー')
}

function blockText(block: string, random: Random): string {
  const [chome = '', plot = '', house = ''] = block.split('-')
  const kind = random.next()
  if (house === '' || kind < 0.6) return block
  if (kind < 0.75) return `${chome}丁目${plot}-${house}`
  if (kind < 0.9) return `${chome}丁目${plot}番${house}号`
  return `${kanjiNumber(Number(chome))}丁目${plot}番地${house}`
}

export function typedPostalCode(code: string, rates: DirtRates, random: Random): string {
  const hyphened = `${code.slice(0, 3)}-${code.slice(3)}`
  if (!random.chance(rates.reformat)) return hyphened
  return random.pick([code, hyphened, `〒${hyphened}`, fullWidth(hyphened).replace('－', '－'), code])
}

export function typedPhone(phone: string, rates: DirtRates, random: Random): string {
  if (!random.chance(rates.reformat)) return phone
  const bare = phone.replaceAll('-', '')
  const [area = '', exchange = '', line = ''] = phone.split('-')
  return random.pick([
    bare,
    `(${area})${exchange}-${line}`,
    `${area}(${exchange})${line}`,
    `+81-${area.slice(1)}-${exchange}-${line}`,
    fullWidth(phone),
    phone,
    `TEL ${phone}`,
  ])
}

/** A corporate number, or a mistyped one, in one of the usual shapes. */
export function typedNumber(number: string, rates: DirtRates, random: Random): string {
  if (!random.chance(rates.reformat)) return number
  const grouped = `${number[0]}-${number.slice(1, 5)}-${number.slice(5, 9)}-${number.slice(9)}`
  return random.pick([
    number,
    number,
    grouped,
    fullWidth(number),
    `T${number}`,
    ` ${number}`,
    `${number.slice(0, 5)} ${number.slice(5)}`,
  ])
}

export function typedInvoiceNumber(number: string, rates: DirtRates, random: Random): string {
  if (!random.chance(rates.reformat)) return number
  const digits = number.slice(1)
  return random.pick([
    number,
    number.toLowerCase(),
    `T-${digits}`,
    `T${digits[0]}-${digits.slice(1, 5)}-${digits.slice(5, 9)}-${digits.slice(9)}`,
    digits,
    fullWidth(number),
  ])
}

export function mistyped(number: string, random: Random): string {
  return digitSlip(number, random)
}

export function typedPerson(person: Person, rates: DirtRates, random: Random): string {
  let family = person.familyName
  if (random.chance(rates.characters)) family = otherCharacterForm(family, random) ?? family
  const name =
    family + (random.chance(rates.reformat) ? random.pick(['', '　', ' ']) : ' ') + person.givenName
  if (!random.chance(rates.reformat * 0.3)) return name
  return random.pick([
    `代表取締役 ${name}`,
    `代表取締役社長　${name}`,
    name,
    `${person.familyKana} ${person.givenKana}`,
    `${name} 様`,
  ])
}

const ERAS: readonly (readonly [from: string, name: string, letter: string, offset: number])[] = [
  ['2019-05-01', '令和', 'R', 2018],
  ['1989-01-08', '平成', 'H', 1988],
  ['1926-12-25', '昭和', 'S', 1925],
]

/** A date in the ways offices write it, Japanese eras included. */
export function typedDate(date: string, rates: DirtRates, random: Random): string {
  if (!random.chance(rates.reformat)) return date
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const era = ERAS.find(([from]) => date >= from)
  const eraYear = era === undefined ? 0 : year - era[3]
  const kind = random.whole(0, 6)
  if (kind === 0) return date.replaceAll('-', '/')
  if (kind === 1) return `${year}/${month}/${day}`
  if (kind === 2) return `${year}年${month}月${day}日`
  if (kind === 3 && era) return `${era[1]}${eraYear === 1 ? '元' : eraYear}年${month}月${day}日`
  if (kind === 4 && era) return `${era[2]}${eraYear}.${month}.${day}`
  if (kind === 5) return `${year}.${month}`
  return date.replaceAll('-', '')
}
