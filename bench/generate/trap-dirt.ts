import { addressIn, kanjiNumber, pickTown } from './addresses.ts'
import { digitSlip, otherCharacterForm, typingSlip } from './character-forms.ts'
import { corporateNumberFrom } from './identifiers.ts'
import { bankKana, fullWidth, halfWidthKana, hiragana } from './kana.ts'
import type { LedgerRow } from './ledger.ts'
import { fixedPhone, mobilePhone } from './phones.ts'
import type { Random } from './random.ts'
import { coreOf, kanaOf, registeredName, type TrapCompany } from './trap-company.ts'

/** Damages the row; answers false where this company offers nothing to damage. */
type Dirt = (row: LedgerRow, company: TrapCompany, random: Random) => boolean

const SHORT: Record<string, readonly string[]> = {
  株式会社: ['㈱', '(株)', '（株）', 'K.K.', '株式會社', '㍿'],
  有限会社: ['㈲', '(有)', '（有）', '有限會社'],
  合同会社: ['(同)', '（同）', '合同會社'],
}
const ENGLISH: Record<string, readonly string[]> = {
  株式会社: ['Co., Ltd.', 'Co.,Ltd', 'K.K.', 'Inc.', 'Corporation', 'CO LTD', ''],
  有限会社: ['Ltd.', 'Y.K.', 'Limited Company', ''],
  合同会社: ['LLC', 'G.K.', 'GK', ''],
  '': [''],
}
const edit = (row: LedgerRow, column: keyof LedgerRow, to: string): boolean => {
  const changed = row[column] !== to && row[column] !== ''
  if (changed) row[column] = to
  return changed
}
const withForm = (company: TrapCompany, form: string, before: boolean, gap = '') =>
  before ? form + gap + coreOf(company) : coreOf(company) + gap + form

/** Romaji as different offices write long vowels: Sato, Satou, Satoh, SATŌ. */
function longVowels(latin: string, kana: string, random: Random): string {
  if (!/[オコソトノホモヨロゴゾドボポョュウクスツヌフムユル]ウ|オオ/.test(kana)) return latin
  return latin.replace(/o(?![aeiou])/, random.pick(['ou', 'oh', 'ō', 'ô', 'o']))
}

const NAME_DIRT: Record<string, Dirt> = {
  form_position_swapped: (row, company) =>
    edit(row, 'name', withForm(company, company.form, !company.before)),
  form_short: (row, company, random) =>
    edit(
      row,
      'name',
      withForm(
        company,
        random.pick(SHORT[company.form] ?? ['']),
        company.before,
        random.pick(['', ' ', '　']),
      ),
    ),
  form_left_out: (row, company) => edit(row, 'name', coreOf(company)),
  form_misspelt: (row, company, random) =>
    company.form === '株式会社' &&
    edit(
      row,
      'name',
      withForm(company, random.pick(['株式会杜', '株式社会', '株式会', '株会社']), company.before),
    ),
  romaji: (row, company, random) => {
    row.name_kana = ''
    const latin = [longVowels(company.stem[2], company.stem[1], random), company.trade[2]].join(' ').trim()
    const name = `${latin} ${random.pick(ENGLISH[company.form]!)}`.trim()
    return edit(row, 'name', random.chance(0.3) ? name.toUpperCase() : name)
  },
  half_width_bank_name: (row, company) => {
    const short = { 株式会社: 'ｶ', 有限会社: 'ﾕ', 合同会社: 'ﾄﾞ', '': '' }[company.form]
    const kana = bankKana(kanaOf(company))
    row.name_kana = ''
    return short !== '' && edit(row, 'name', company.before ? `${short})${kana}` : `${kana}(${short}`)
  },
  half_width_kana: (row, company) =>
    /[ァ-ヴ]/.test(coreOf(company)) && edit(row, 'name', halfWidthKana(row.name)),
  hiragana_reading: row => edit(row, 'name_kana', hiragana(row.name_kana)),
  bank_reading: row => edit(row, 'name_kana', bankKana(row.name_kana)),
  small_kana: row => {
    const large = (text: string) =>
      text.replace(
        /[ッャュョァィゥェォ]/g,
        small => 'ツヤユヨアイウエオ'['ッャュョァィゥェォ'.indexOf(small)]!,
      )
    const kana = edit(row, 'name_kana', large(row.name_kana))
    return edit(row, 'name', large(row.name)) || kana
  },
  long_vowel_mark: row => {
    const other = (text: string) =>
      text.includes('ー') ? text.replace('ー', '') : text.replace(/([ァ-ヴ]{2}[ルタザ])(?![ァ-ヴー])/, '$1ー')
    const kana = edit(row, 'name_kana', other(row.name_kana))
    return edit(row, 'name', other(row.name)) || kana
  },
  katakana_spelling: row => {
    const pairs = [
      ['ヴェ', 'ベ'],
      ['ヴィ', 'ビ'],
      ['ティ', 'テイ'],
      ['デュ', 'ジュ'],
      ['フォ', 'ホ'],
      ['ヒュー', 'ヒユー'],
      ['クオ', 'クォ'],
      ['シー', 'シィ'],
    ] as const
    const found = pairs.find(([from]) => row.name.includes(from))
    if (found === undefined) return false
    row.name_kana = row.name_kana.replace(found[0], found[1])
    return edit(row, 'name', row.name.replace(found[0], found[1]))
  },
  old_characters: (row, _, random) => edit(row, 'name', otherCharacterForm(row.name, random) ?? row.name),
  lookalike: row => {
    const map = { カ: '力', ロ: '口', ニ: '二', ー: '一', ト: '卜', タ: '夕', エ: '工', ハ: '八' } as const
    const found = Object.keys(map).find(kana => row.name.includes(kana)) as keyof typeof map | undefined
    return found !== undefined && edit(row, 'name', row.name.replace(found, map[found]))
  },
  slip: (row, company, random) => edit(row, 'name', withSlip(company, random)),
  spaced: (row, company) =>
    company.trade[0] !== '' &&
    edit(row, 'name', registeredName(company).replace(company.trade[0], `　${company.trade[0]}`)),
  full_width: row => edit(row, 'name', fullWidth(row.name)),
  honorific: (row, _, random) => edit(row, 'name', row.name + random.pick(['　御中', '様', ' 御中', '殿'])),
  note: (row, _, random) =>
    edit(
      row,
      'name',
      random.pick([`★${row.name}`, `${row.name}（本社）`, `${row.name}【本店】`, `${row.name}※`]),
    ),
  branch: (row, company, random) => {
    const town = pickTown(random)
    const name = random.pick(['支店', '営業所', '出張所', '工場', '事業所', '支社'])
    const place = town.city.replace(/[市区町村]$/, '').slice(-2)
    row.address = addressIn(town, random).original
    row.postal_code = town.postalCode
    row.phone = fixedPhone(town.cityCode.slice(0, 2), random)
    return edit(row, 'name', registeredName(company) + random.pick([' ', '　', '']) + place + name)
  },
}

function withSlip(company: TrapCompany, random: Random): string {
  const core = coreOf(company).length > 3 ? typingSlip(coreOf(company), random) : coreOf(company)
  return company.before ? company.form + core : core + company.form
}

const PLACE_DIRT: Record<string, Dirt> = {
  no_prefecture: (row, { place }) => edit(row, 'address', row.address.replace(place.prefecture, '')),
  hyphened: (row, { place }) =>
    edit(row, 'address', place.prefecture + place.city + place.town + place.block + (place.building ?? '')),
  full_width_address: row => edit(row, 'address', fullWidth(row.address)),
  kanji_block: (row, { place }) => {
    const [a, b, c] = place.block.split('-').map(part => kanjiNumber(Number(part) % 100))
    if (c === undefined || place.block.split('-').some(part => Number(part) > 99)) return false
    return edit(row, 'address', `${place.prefecture}${place.city}${place.town}${a}丁目${b}番${c}号`)
  },
  no_building: (row, { place }) =>
    place.building !== null && edit(row, 'address', row.address.replace(`　${place.building}`, '')),
  building_added: (row, { place }, random) =>
    place.building === null &&
    edit(
      row,
      'address',
      `${row.address} ${random.pick(['サンシャイン', '第2', 'MK'])}ビル${random.whole(1, 9)}F`,
    ),
  block_left_out: (row, { place }) => edit(row, 'address', place.prefecture + place.city + place.town),
  house_left_out: (row, { place }) =>
    place.block.split('-').length === 3 &&
    edit(
      row,
      'address',
      `${place.prefecture}${place.city}${place.town}${place.block.split('-').slice(0, 2).join('-')}`,
    ),
  postal_code_in_front: (row, { place }) =>
    edit(row, 'address', `〒${place.postalCode.slice(0, 3)}-${place.postalCode.slice(3)} ${row.address}`),
  moved: (row, { place }, random) => {
    const town = pickTown(random, random.chance(0.7) ? place.cityCode.slice(0, 2) : null)
    row.postal_code = town.postalCode
    return edit(row, 'address', addressIn(town, random).original)
  },
  no_address: row => edit(row, 'address', ''),
}

const PHONE_DIRT: Record<string, Dirt> = {
  phone_plus81: row => edit(row, 'phone', `+81 ${row.phone.slice(1)}`),
  phone_plus81_zero: row => edit(row, 'phone', `+81(0)${row.phone.slice(1)}`),
  phone_bare: row => edit(row, 'phone', row.phone.replaceAll('-', '')),
  phone_without_area: row => edit(row, 'phone', row.phone.slice(row.phone.indexOf('-') + 1)),
  phone_with_words: (row, _, random) =>
    edit(
      row,
      'phone',
      random.pick([`${row.phone}(代)`, `${row.phone}（代表）`, `TEL:${row.phone}`, `${row.phone} 内線12`]),
    ),
  phone_two: row => edit(row, 'phone', `${row.phone} / 090-1111-2222`),
  phone_changed: (row, { place }, random) =>
    edit(
      row,
      'phone',
      random.chance(0.4) ? mobilePhone(random) : fixedPhone(place.cityCode.slice(0, 2), random),
    ),
  phone_slip: (row, _, random) => edit(row, 'phone', digitSlip(row.phone.replaceAll('-', ''), random)),
}

const NUMBER_DIRT: Record<string, Dirt> = {
  number_wrong_check_digit: row =>
    edit(
      row,
      'corporate_number',
      String((Number(row.corporate_number[0]) % 9) + 1) + row.corporate_number.slice(1),
    ),
  number_transposed: (row, _, random) =>
    edit(row, 'corporate_number', digitSlip(row.corporate_number, random)) && withoutInvoice(row),
  number_twelve_digits: row => edit(row, 'corporate_number', row.corporate_number.slice(1)),
  number_with_t: row => edit(row, 'corporate_number', `T${row.corporate_number}`),
  number_of_nobody: (row, company, random) =>
    edit(
      row,
      'corporate_number',
      corporateNumberFrom(`${company.place.cityCode.slice(0, 2)}0001${random.digits(6)}`),
    ) && withoutInvoice(row),
}

function withoutInvoice(row: LedgerRow): boolean {
  row.invoice_registration_number = ''
  return true
}

const PERSON_DIRT: Record<string, Dirt> = {
  person_reversed: (row, { family, given }) => edit(row, 'representative', `${given[0]} ${family[0]}`),
  person_old_characters: (row, _, random) =>
    edit(row, 'representative', otherCharacterForm(row.representative, random) ?? row.representative),
  person_title: (row, _, random) =>
    edit(
      row,
      'representative',
      random.pick(['代表取締役　', '取締役社長 ', '代表 ', '社長　']) + row.representative,
    ),
  person_kana: (row, { family, given }) => edit(row, 'representative', `${family[1]}　${given[1]}`),
  person_latin: (row, { family, given }) =>
    edit(row, 'representative', `${given[2]} ${family[2].toUpperCase()}`),
  person_family_only: (row, { family }) => edit(row, 'representative', family[0]),
  person_changed: (row, _, random) =>
    edit(row, 'representative', random.pick(['安西 光義', '仙道 彰', '水戸 洋平'])),
}

const DATE_DIRT: Record<string, Dirt> = {
  date_year_only: row => edit(row, 'established_on', `${row.established_on.slice(0, 4)}年`),
  date_era: row =>
    Number(row.established_on.slice(0, 4)) > 1989 &&
    edit(
      row,
      'established_on',
      `平成${Number(row.established_on.slice(0, 4)) - 1988}年${Number(row.established_on.slice(5, 7))}月`,
    ),
  date_wrong: (row, _, random) => edit(row, 'established_on', `19${random.whole(50, 99)}-04-01`),
}

export const TRAP_DIRT: Record<string, Dirt> = {
  ...NAME_DIRT,
  ...PLACE_DIRT,
  ...PHONE_DIRT,
  ...NUMBER_DIRT,
  ...PERSON_DIRT,
  ...DATE_DIRT,
}
export const NAME_DIRT_KINDS = Object.keys(NAME_DIRT)
export const OTHER_DIRT_KINDS = Object.keys(TRAP_DIRT).filter(kind => !(kind in NAME_DIRT))
