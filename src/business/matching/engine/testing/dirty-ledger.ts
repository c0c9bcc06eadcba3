/**
 * Labelled dirty ledgers for tuning and measuring the engine: every row knows its company. Same seed, same ledger. The
 * dirt: wrong or missing identifiers, namesakes in other towns, groups sharing address and representative, English-only
 * rows, half-width kana, old and new characters, typos, branch rows, moved companies.
 */
import { corporateCheckDigit, romanizeKana, toHalfWidth } from '../../../names/index.ts'
import { townTable } from '../../../names/town-table.ts'
import { seededRandom } from '../hash.ts'
import type { LedgerRow } from '../ledger-row.ts'
import { GIVEN_NAMES, OLD_FORMS, STEM_ENDINGS, STEMS, SURNAMES, TRADES } from './vocabulary.ts'

export type LabelledRow = LedgerRow & { company: number }

type Person = { name: string; latin: string }
type Place = {
  postal: string
  prefecture: string
  city: string
  town: string
  numbers: number[]
  building: string
}
type Company = {
  id: number
  core: string
  kana: string
  english: string
  form: (typeof FORMS)[number]
  before: boolean
  number: string
  hasInvoice: boolean
  place: Place
  phone: string
  person: Person
  established: [number, number, number]
}

const FORMS = [
  {
    word: '株式会社',
    short: '株',
    kana: 'カブシキガイシャ',
    english: ['Co., Ltd.', 'CO.,LTD.', 'Inc.', 'Corporation', 'K.K.'],
  },
  { word: '有限会社', short: '有', kana: 'ユウゲンガイシャ', english: ['Ltd.', 'Y.K.', 'Limited'] },
  { word: '合同会社', short: '同', kana: 'ゴウドウガイシャ', english: ['LLC', 'G.K.', 'LLC.'] },
] as const

/** A source of random choices. */
class Dice {
  private readonly next: () => number
  readonly fewNames: boolean
  constructor(seed: number, fewNames: boolean) {
    this.fewNames = fewNames
    this.next = seededRandom(seed)
    for (let k = 0; k < 10; k++) this.next()
  }
  below(limit: number): number {
    return this.next() % limit
  }
  chance(percent: number): boolean {
    return this.next() % 10_000 < percent * 100
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
}

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

/** One company, or with it its namesake elsewhere, or its group at the same address under the same person. */
function companyFamily(dice: Dice, firstId: number): Company[] {
  const company = newCompany(dice, firstId)
  const roll = dice.below(100)
  if (roll < 4) return [company, namesake(dice, company, firstId + 1)]
  if (roll < 10) return group(dice, company, firstId)
  return [company]
}

function newCompany(dice: Dice, id: number): Company {
  const [core, kana, english] = newName(dice)
  const place = newPlace(dice)
  return {
    id,
    core,
    kana,
    english,
    form: dice.chance(78) ? FORMS[0] : dice.chance(75) ? FORMS[1] : FORMS[2],
    before: dice.chance(55),
    number: newNumber(dice),
    hasInvoice: dice.chance(60),
    place,
    phone: newPhone(dice),
    person: newPerson(dice),
    established: [1930 + dice.below(92), 1 + dice.below(12), 1 + dice.below(28)],
  }
}

function newName(dice: Dice): [string, string, string] {
  if (dice.fewNames) {
    const [family, familyKana] = SURNAMES[dice.below(30)]!
    const [word, wordKana, wordEnglish] = TRADES[dice.below(30)]!
    return [family + word, familyKana + wordKana, `${capital(romanHepburn(familyKana))} ${wordEnglish}`]
  }
  const [stem, stemKana] = dice.chance(45) ? dice.pick(SURNAMES) : dice.pick(STEMS)
  const [tail, tailKana] = dice.chance(55) ? dice.pick(STEM_ENDINGS) : ['', '']
  const kanjiTail = /[ァ-ヴぁ-ん]/.test(stem) ? ['', ''] : [tail, tailKana]
  const [second, secondKana] = dice.chance(30) ? dice.pick(SURNAMES) : ['', '']
  const [trade, tradeKana, tradeEnglish] = dice.chance(80) ? dice.pick(TRADES) : ['', '', '']
  const core = stem + kanjiTail[0] + second + trade
  const stemLatin = capital(romanHepburn(stemKana + kanjiTail[1]))
  const secondLatin = second === '' ? '' : capital(romanHepburn(secondKana))
  const tradeLatin = trade === '' ? '' : dice.chance(60) ? tradeEnglish : capital(romanHepburn(tradeKana))
  const english = [stemLatin, secondLatin, tradeLatin].filter(word => word !== '').join(' ')
  return [core, stemKana + kanjiTail[1] + secondKana + tradeKana, english]
}

function namesake(dice: Dice, company: Company, id: number): Company {
  const other = newCompany(dice, id)
  return { ...other, core: company.core, kana: company.kana, english: company.english, form: company.form }
}

function group(dice: Dice, first: Company, firstId: number): Company[] {
  const trade = TRADES.find(([word]) => first.core.endsWith(word))
  const stem = trade === undefined ? first.core : first.core.slice(0, -trade[0].length)
  const stemKana = trade === undefined ? first.kana : first.kana.slice(0, -trade[1].length)
  const members = [first]
  const count = 1 + dice.below(3)
  for (let k = 1; k <= count; k++) {
    const other = newCompany(dice, firstId + k)
    const [word, kana, english] = dice.chance(20)
      ? (['ホールディングス', 'ホールディングス', 'Holdings'] as const)
      : dice.pick(TRADES)
    const sharesStem = dice.chance(75) && stem !== '' && !members.some(member => member.core === stem + word)
    const names = sharesStem
      ? { core: stem + word, kana: stemKana + kana, english: `${capital(romanHepburn(stemKana))} ${english}` }
      : {}
    const phone = dice.chance(30) ? first.phone : other.phone
    members.push({ ...other, ...names, place: first.place, person: first.person, phone })
  }
  return members
}

let cities: { prefecture: string; name: string; towns: string[] }[] | null = null

function newPlace(dice: Dice): Place {
  cities ??= townTable()
    .cities.filter((_, k) => k % 7 === 0)
    .map(city => ({
      prefecture: city.prefecture,
      name: city.name,
      towns: [...city.towns().values()].flatMap(town =>
        town.chomes.size > 0 ? [...town.chomes.values()] : [town.name],
      ),
    }))
    .filter(city => city.towns.length > 3)
  const city = dice.pick(cities)
  const buildings = ['', '', '', '第一ビル3F', '中央ビル', '駅前プラザ501号', 'サンハイツ202']
  return {
    postal: String(100_0000 + dice.below(899_9999)),
    prefecture: city.prefecture,
    city: city.name,
    town: dice.pick(city.towns),
    numbers: dice.chance(75) ? [1 + dice.below(40), 1 + dice.below(30)] : [1 + dice.below(3000)],
    building: dice.pick(buildings),
  }
}

function newPhone(dice: Dice): string {
  const area = dice.pick(['03', '06', '045', '052', '011', '092', '0422', '0466', '0742', '0995'])
  const rest = String(10 ** (9 - area.length) + dice.below(9 * 10 ** (9 - area.length)))
  return area + rest.slice(0, 10 - area.length)
}

function newPerson(dice: Dice): Person {
  const [family, familyKana] = dice.pick(SURNAMES)
  const [given, givenKana] = dice.pick(GIVEN_NAMES)
  const latin = `${capital(romanHepburn(givenKana))} ${capital(romanHepburn(familyKana))}`
  return { name: `${family} ${given}`, latin }
}

function newNumber(dice: Dice): string {
  const base = `0${String(1000_0000_000 + dice.below(4_000_000_000)).slice(0, 11)}`.padEnd(12, '0')
  return `${corporateCheckDigit(base)}${base}`
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

function romanHepburn(kana: string): string {
  return romanizeKana(kana)
    .replace(/sy/g, 'sh')
    .replace(/si/g, 'shi')
    .replace(/tu/g, 'tsu')
    .replace(/ty/g, 'ch')
    .replace(/ti/g, 'chi')
    .replace(/zy/g, 'j')
    .replace(/zi/g, 'ji')
    .replace(/hu/g, 'fu')
    .replace(/([aiueo])u/g, (_, vowel: string) => (vowel === 'o' ? 'o' : `${vowel}u`))
    .replace(/oo/g, 'o')
}

function capital(text: string): string {
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1)
}

function shuffle<T>(list: T[], dice: Dice): void {
  for (let k = list.length - 1; k > 0; k--) {
    const other = dice.below(k + 1)
    ;[list[k], list[other]] = [list[other]!, list[k]!]
  }
}
