/**
 * Labelled dirty ledgers for tuning and measuring the engine: every row knows its company. Same seed, same ledger. The
 * dirt: wrong or missing identifiers, namesakes in other towns, groups sharing address and representative, English-only
 * rows, half-width kana, old and new characters, typos, branch rows, moved companies.
 */
import { toHalfWidth } from '../../../names/index.ts'
import type { LedgerRow } from '../ledger-row.ts'
import {
  type Company,
  companyFamily,
  Dice,
  newNumber,
  newPerson,
  newPhone,
  newPlace,
  type Person,
  type Place,
} from './made-up-company.ts'
import { OLD_FORMS } from './vocabulary.ts'

export type LabelledRow = LedgerRow & { company: number }

export type DirtyLedgerOptions = {
  /** Names from 900 combinations only, so that every name has many namesakes. */
  fewNames?: boolean
}

/** A ledger of about `rows` labelled rows in random order. */
export function dirtyLedger(rows: number, seed: number, options: DirtyLedgerOptions = {}): LabelledRow[] {
  const dice = new Dice(seed, options.fewNames === true)
  const ledger: LabelledRow[] = []
  let companies = 0
  while (ledger.length < rows) {
    for (const company of companyFamily(dice, companies)) {
      companies = company.id + 1
      const copies = copiesOf(dice)
      for (let k = 0; k < copies; k++) ledger.push(dirtyRow(dice, company))
    }
  }
  shuffle(ledger, dice)
  ledger.forEach((row, k) => {
    row.id = `R${String(k + 1).padStart(7, '0')}`
  })
  return ledger
}

function copiesOf(dice: Dice): number {
  const roll = dice.below(100)
  return roll < 52 ? 1 : roll < 78 ? 2 : roll < 90 ? 3 : roll < 96 ? 4 : 5
}

/** One typed row of the company, with its share of dirt. */
function dirtyRow(dice: Dice, company: Company): LabelledRow {
  const englishOnly = dice.chance(4)
  const branch = !englishOnly && dice.chance(2.5)
  const moved = dice.chance(4)
  const place = branch || moved ? newPlace(dice) : company.place
  const person = dice.chance(4) ? newPerson(dice) : company.person
  const name = englishOnly
    ? `${company.english} ${dice.pick(company.form.english)}`
    : typedName(
        dice,
        company,
        branch
          ? `${dice.chance(60) ? ' ' : ''}${dice.pick(['大阪支店', '東京営業所', '福岡支店', '第二工場'])}`
          : '',
      )
  const kana = englishOnly || dice.chance(15) ? '' : typedKana(dice, company)
  return {
    company: company.id,
    id: '',
    name: dice.chance(2) && englishOnly ? name.toUpperCase() : name,
    name_kana: kana,
    name_en: '',
    corporate_number: typedNumber(dice, company.number),
    invoice_registration_number:
      company.hasInvoice && dice.chance(70) ? typedInvoice(dice, company.number) : '',
    postal_code: dice.chance(15) ? '' : typedPostal(dice, place.postal),
    address: dice.chance(5) ? '' : englishOnly && dice.chance(50) ? '' : typedAddress(dice, place),
    phone: dice.chance(10) ? '' : typedPhone(dice, branch || dice.chance(5) ? newPhone(dice) : company.phone),
    representative: dice.chance(10) ? '' : typedPerson(dice, person, englishOnly),
    established_on: dice.chance(20) ? '' : typedDate(dice, company.established),
  }
}

function typedName(dice: Dice, company: Company, branch: string): string {
  let core = company.core
  if (dice.chance(4)) core = withTypo(dice, core, '工行田中山本村井上木林川野島谷原石高大小西東')
  if (dice.chance(12)) core = [...core].map(char => OLD_FORMS[char] ?? char).join('')
  if (dice.chance(6)) core = toFullOrHalf(dice, core)
  if (dice.chance(5) && core.length > 3) core = `${core.slice(0, 2)}${dice.pick([' ', '　'])}${core.slice(2)}`
  const { word, short } = company.form
  const before = dice.chance(6) ? !company.before : company.before
  const form = dice.pick([word, word, `㈱`, `(${short})`, `（${short}）`])
  const written = form === '㈱' ? (short === '株' ? '㈱' : short === '有' ? '㈲' : word) : form
  const gap = dice.chance(15) ? dice.pick([' ', '　']) : ''
  if (dice.chance(4)) return core + branch
  return before ? written + gap + core + branch : core + gap + written + branch
}

function typedKana(dice: Dice, company: Company): string {
  let kana = company.kana
  if (dice.chance(3)) kana = withTypo(dice, kana, 'アイウカキクサシスタナハマラン')
  if (dice.chance(30)) kana = company.before ? company.form.kana + kana : kana + company.form.kana
  if (dice.chance(20)) return toHalfWidth(kana)
  if (dice.chance(8)) return kana.replace(/[ァ-ヴ]/g, char => String.fromCharCode(char.charCodeAt(0) - 0x60))
  return kana
}

function typedNumber(dice: Dice, number: string): string {
  const roll = dice.below(1000)
  if (roll < 60) return ''
  if (roll < 90) return withDigitSlip(dice, number)
  if (roll < 95) return newNumber(dice)
  if (roll < 110) return number.slice(1)
  if (roll < 160)
    return `${number.slice(0, 1)}-${number.slice(1, 5)}-${number.slice(5, 9)}-${number.slice(9)}`
  if (roll < 200) return wide(number)
  return number
}

function typedInvoice(dice: Dice, number: string): string {
  if (dice.chance(3)) return `T${withDigitSlip(dice, number)}`
  return dice.chance(10) ? wide(`T${number}`) : `T${number}`
}

function typedPostal(dice: Dice, postal: string): string {
  return dice.chance(60)
    ? `${postal.slice(0, 3)}-${postal.slice(3)}`
    : dice.chance(20)
      ? `〒${postal}`
      : postal
}

function typedAddress(dice: Dice, place: Place): string {
  const numbers = dice.chance(3) ? place.numbers.map(number => number + dice.below(3)) : place.numbers
  const chome = /^(.*?)([一二三四五六七八九十]+)丁目$/.exec(place.town)
  const dash = dice.pick(['-', '－', '−'])
  const short = dice.chance(50)
  const town = chome !== null && short ? `${chome[1]}${kanjiValue(chome[2]!)}${dash}` : place.town
  const block = short
    ? numbers.join(dash)
    : `${numbers[0]}${dice.chance(50) ? '番地' : '番'}${numbers[1] === undefined ? '' : `${numbers[1]}${dice.chance(70) ? '号' : ''}`}`
  const text = `${dice.chance(25) ? '' : place.prefecture}${place.city}${town}${block}`
  const building =
    dice.chance(70) && place.building !== '' ? `${dice.pick([' ', '　'])}${place.building}` : ''
  return (dice.chance(20) ? wide(text) : text) + building
}

function kanjiValue(text: string): number {
  const digits = '一二三四五六七八九'
  if (!text.includes('十')) return digits.indexOf(text) + 1
  const [tens, ones] = text.split('十')
  return (tens === '' ? 1 : digits.indexOf(tens!) + 1) * 10 + (ones === '' ? 0 : digits.indexOf(ones!) + 1)
}

function typedPhone(dice: Dice, phone: string): string {
  const area =
    ['03', '06', '045', '052', '011', '092'].find(code => phone.startsWith(code)) ?? phone.slice(0, 4)
  const slipped = dice.chance(2) ? withDigitSlip(dice, phone) : phone
  if (dice.chance(30)) return slipped
  const text = `${area}-${slipped.slice(area.length, 6)}-${slipped.slice(6)}`
  return dice.chance(15) ? wide(text) : text
}

function typedPerson(dice: Dice, person: Person, english: boolean): string {
  if (english && dice.chance(60)) return person.latin
  let name = dice.chance(30) ? person.name.replace(' ', '') : person.name
  if (dice.chance(10)) name = [...name].map(char => OLD_FORMS[char] ?? char).join('')
  if (dice.chance(2)) name = withTypo(dice, name, '一二山川田中太郎')
  return dice.chance(5) ? `代表取締役 ${name}` : name.replace(' ', dice.chance(40) ? '　' : ' ')
}

function typedDate(dice: Dice, [year, month, day]: [number, number, number]): string {
  const roll = dice.below(100)
  if (roll < 50) return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (roll < 75) return `${year}/${month}/${day}`
  if (year < 1990 && year > 1927) return `昭和${year - 1925}年${month}月${day}日`
  if (year < 2019 && year > 1989) return `平成${year - 1988}年${month}月${day}日`
  return `${year}年${month}月${day}日`
}

function withTypo(dice: Dice, text: string, letters: string): string {
  const chars = [...text]
  if (chars.length < 3) return text
  const at = dice.below(chars.length)
  const roll = dice.below(4)
  if (roll === 0) chars[at] = dice.pick([...letters])
  else if (roll === 1) chars.splice(at, 1)
  else if (roll === 2) chars.splice(at, 0, dice.pick([...letters]))
  else if (at + 1 < chars.length) [chars[at], chars[at + 1]] = [chars[at + 1]!, chars[at]!]
  return chars.join('')
}

function withDigitSlip(dice: Dice, digits: string): string {
  const at = dice.below(digits.length)
  return digits.slice(0, at) + String((Number(digits[at]) + 1 + dice.below(9)) % 10) + digits.slice(at + 1)
}

function toFullOrHalf(dice: Dice, text: string): string {
  if (/[ァ-ヴ]/.test(text)) return toHalfWidth(text)
  return dice.chance(50) ? wide(text) : text
}

function wide(text: string): string {
  return text.replace(/[!-~]/g, char => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
}

function shuffle<T>(list: T[], dice: Dice): void {
  for (let k = list.length - 1; k > 0; k--) {
    const other = dice.below(k + 1)
    ;[list[k], list[other]] = [list[other]!, list[k]!]
  }
}
