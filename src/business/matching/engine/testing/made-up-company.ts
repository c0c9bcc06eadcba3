/** Made-up companies for measuring: names with readings, places of the town table, groups and namesakes. */
import { corporateCheckDigit, romanizeKana, townTable } from '../../../names/index.ts'
import { seededRandom } from '../hash.ts'
import { GIVEN_NAMES, STEM_ENDINGS, STEMS, SURNAMES, TRADES } from './vocabulary.ts'

export type Person = { name: string; latin: string }
export type Place = {
  postal: string
  prefecture: string
  city: string
  town: string
  numbers: number[]
  building: string
}
export type Company = {
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
export class Dice {
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

/** One company, or with it its namesake elsewhere, or its group at the same address under the same person. */
export function companyFamily(dice: Dice, firstId: number): Company[] {
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

/** A place with an invented postal code. */
export function newPlace(dice: Dice): Place {
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

/** A telephone number without hyphens. */
export function newPhone(dice: Dice): string {
  const area = dice.pick(['03', '06', '045', '052', '011', '092', '0422', '0466', '0742', '0995'])
  const rest = String(10 ** (9 - area.length) + dice.below(9 * 10 ** (9 - area.length)))
  return area + rest.slice(0, 10 - area.length)
}

/** A representative. */
export function newPerson(dice: Dice): Person {
  const [family, familyKana] = dice.pick(SURNAMES)
  const [given, givenKana] = dice.pick(GIVEN_NAMES)
  const latin = `${capital(romanHepburn(givenKana))} ${capital(romanHepburn(familyKana))}`
  return { name: `${family} ${given}`, latin }
}

/** A corporate number with a valid check digit. */
export function newNumber(dice: Dice): string {
  const base = `0${String(1000_0000_000 + dice.below(4_000_000_000)).slice(0, 11)}`.padEnd(12, '0')
  return `${corporateCheckDigit(base)}${base}`
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
    .replace(/(?<![sc])hu/g, 'fu')
    .replace(/([aiueo])u/g, (_, vowel: string) => (vowel === 'o' ? 'o' : `${vowel}u`))
    .replace(/oo/g, 'o')
}

function capital(text: string): string {
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1)
}
