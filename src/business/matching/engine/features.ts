/** From a typed ledger row to its comparison features. Every rule of writing lives in the names slice. */
import {
  type CompanyName,
  consonantKey,
  foldCore,
  isCorporateNumber,
  normalizeCompanyName,
  normalizePersonName,
  normalizeReading,
  parseCorporateNumber,
  parseInvoiceRegNo,
  parsePhone,
  parsePostalCode,
  readingKey,
  readingRomajiKey,
  romajiKey,
  splitAddress,
  toKatakana,
  withoutOwner,
} from '../../names/index.ts'
import { emptyFeatures, type RowFeatures } from './feature-store.ts'
import { combine, hashText } from './hash.ts'
import type { LedgerRow } from './ledger-row.ts'
import { aliasesOf, englishMeaningsOf, type NameWord, trailingWord } from './name-words.ts'
import { tradeReading } from './trade-readings.ts'
import { typedDateKey } from './typed-date.ts'

/** How far a row's corporate number may be trusted. */
export const NUMBER_NONE = 0
/** Valid: equal decides, different forbids. */
export const NUMBER_VALID = 1
/** Thirteen digits which fail the check: compared for slips of the finger only. */
export const NUMBER_BROKEN = 2
/** Valid but contradicted by the row itself, or derived: equal decides, different does not forbid. */
export const NUMBER_DOUBTFUL = 3

/** Copied from another company's row, as far as one can tell: neither decides nor forbids. */
export const NUMBER_DISPUTED = 4

export const SCRIPT_JAPANESE = 1
export const SCRIPT_KANA = 2
export const SCRIPT_LATIN = 3

const FORM_CODES = new Map<string, number>()

/** Features of one row. Never throws on what people typed. */
export function rowFeatures(row: LedgerRow): RowFeatures {
  const features = emptyFeatures()
  const shop = row.representative === '' ? null : withoutOwner(row.name, row.representative)
  const name = normalizeCompanyName(shop ?? row.name)
  nameFeatures(features, name, row)
  if (shop !== null && name.form === null) features.form = SOLE_PROPRIETOR
  numberFeatures(features, row, name.form !== null)
  if (row.phone !== '') features.phone = phoneNumber(row.phone)
  if (row.postal_code !== '') features.postal = Number(parsePostalCode(row.postal_code).value ?? 0)
  if (row.address !== '') addressFeatures(features, row.address)
  if (row.representative !== '') personFeatures(features, row.representative)
  features.established = typedDateKey(row.established_on)
  return features
}

/** What people write where they know nothing: never a name two rows have in common. */
const PLACEHOLDER =
  /^(?:不明|未定|未登録|未入力|なし|無し|無|該当なし|同上|〃|その他|諸口|個人|現金|テスト|ダミー|サンプル|TEST|DUMMY|SAMPLE|UNKNOWN|NONE|NULL|NAN?|TBD|X+|0+|1)$/

const isPlaceholder = (core: string) => PLACEHOLDER.test(core) || !/[\p{L}\p{N}]/u.test(core)

function nameFeatures(features: RowFeatures, name: CompanyName, row: LedgerRow): void {
  const onlyForm = name.form !== null && name.issues.some(issue => issue.rule === 'name_is_only_a_legal_form')
  if (name.core === '' || onlyForm || isPlaceholder(name.core)) return
  features.core = hashText(name.core)
  features.folded = hashText(name.foldedCore)
  features.coreText = name.foldedCore
  features.script =
    name.script === 'latin' ? SCRIPT_LATIN : name.script === 'kana' ? SCRIPT_KANA : SCRIPT_JAPANESE
  features.form = name.form === null ? 0 : formCode(name.form) * 2 + (name.formPosition === 'before' ? 0 : 1)
  features.branch =
    name.branch === null || /^本[店社]$/.test(name.branch) ? 0 : hashText(foldCore(name.branch))
  features.ordinal = hashText(ordinalsOf(name.core))
  signature(features, name.foldedCore)
  features.formReading = formReadingOf(row.name_kana)
  const kana = readingOf(row.name_kana, name)
  const reading = readingKey(kana)
    .replace(/ニツポン/g, 'ニホン')
    .slice(0, 48)
  if (reading !== '') {
    features.reading = hashText(reading)
    features.readingText = reading
  }
  latinFeatures(features, name, kana.replace(/ニッポン/g, 'ニホン'), row.name_en)
}

/** 1 for ガイシャ, 2 for カイシャ, 3 for anything else, 0 where the reading has no legal form. */
function formReadingOf(kana: string): number {
  if (!/[シｼし]/.test(kana)) return 0
  if (kana.includes('゛')) return 3
  const text = toKatakana(kana)
  if (/ガイシ/.test(text)) return 1
  if (/カイシ/.test(text)) return 2
  return /カブシキ|ユウゲン|ゴウドウ/.test(text) ? 3 : 0
}

/** The reading in katakana without legal form and branch. */
function readingOf(kana: string, name: CompanyName): string {
  const typed = kana.trim() !== '' ? kana : name.script === 'kana' ? name.name : plainReading(name.core)
  if (typed === '') return ''
  const result = normalizeReading(typed)
  if (result.issues.length > 0) return ''
  const lastGap = name.branch === null ? -1 : result.reading.lastIndexOf(' ')
  return lastGap >= 2 ? normalizeReading(result.reading.slice(0, lastGap)).reading : result.reading
}

/** マーク運輸 reads マークウンユ; '' as soon as a character has more than one reading. */
function plainReading(core: string): string {
  const trade = trailingWord(core)
  const stem = trade === null ? '' : core.slice(0, -trade.word.length)
  const reading = trade === null ? '' : tradeReading(trade.word)
  return reading !== '' && /^[ァ-ヴー]{2,}$/.test(toKatakana(stem)) ? toKatakana(stem) + reading : ''
}

function latinFeatures(features: RowFeatures, name: CompanyName, reading: string, nameEn: string): void {
  const english = nameEn.trim() === '' ? null : normalizeCompanyName(nameEn)
  if (english !== null && english.script === 'latin') {
    features.english = hashText(english.core)
    features.englishGiven = 1
  }
  const isLatin = features.script === SCRIPT_LATIN
  const key = isLatin ? romajiKey(name.name) : readingRomajiKey(reading)
  if (isLatin && features.english === 0) features.english = hashText(name.core)
  if (key.length >= 2) {
    features.romaji = hashText(key)
    features.romajiText = key
    const consonants = consonantKey(key)
    if (consonants.length >= 3) features.consonants = hashText(consonants)
  }
  const trade = trailingWord(name.core)
  if (trade !== null) {
    features.word = hashText(trade.word)
    features.wordLength = trade.word.length
    features.meaning = trade.meaning + 1
    features.stem = hashText(foldCore(name.core.slice(0, -trade.word.length)))
  }
  if (isLatin) latinStem(features, name.name)
  else if (key !== '') japaneseStem(features, key, trade)
}

/** Yamada | Construction: the stem in Latin letters and what the trade word means. */
function latinStem(features: RowFeatures, name: string): void {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
  const meanings = words.length < 2 ? [] : englishMeaningsOf(words.at(-1)!)
  if (meanings.length === 0) return
  features.meaning = meanings[0]! + 1
  features.meaning2 = (meanings[1] ?? -1) + 1
  stem(features, romajiKey(words.slice(0, -1).join('')))
}

/** yamada | kensetu: the same for a Japanese name, by the reading of its trade word. */
function japaneseStem(features: RowFeatures, key: string, trade: NameWord | null): void {
  if (trade !== null) {
    const endings = [
      readingRomajiKey(tradeReading(trade.word)),
      ...aliasesOf(trade.meaning).map(alias => romajiKey(alias)),
    ]
    // A vowel at the joint may have melted into the stem: Kikuchi + insatsu is read kikutinsatu.
    const melted = endings.flatMap(each => (/^[aiueo]/.test(each) ? [each, each.slice(1)] : [each]))
    const ending = melted.find(each => each.length >= 2 && key.length > each.length && key.endsWith(each))
    if (ending !== undefined) stem(features, key.slice(0, -ending.length))
    return
  }
  for (let length = Math.min(12, key.length - 2); length >= 3; length--) {
    const meanings = romajiMeanings(key.slice(-length))
    if (meanings.length === 0) continue
    features.meaning = meanings[0]! + 1
    features.meaning2 = (meanings[1] ?? -1) + 1
    stem(features, key.slice(0, -length))
    return
  }
}

function stem(features: RowFeatures, romaji: string): void {
  features.romajiStem = stemHash(romaji)
  const sounds = consonantKey(romaji)
  if (sounds.length >= 2) features.stemSounds = hashText(sounds)
}

/** The last vowel of a stem is not compared: it may stand in the trade word's first sound. */
function stemHash(stem: string): number {
  return hashText(stem.replace(/[aiueo]$/, ''))
}

const romajiCache = new Map<string, readonly number[]>()

/** Meanings of a romaji ending in our regular spelling; the table writes the usual one. */
function romajiMeanings(ending: string): readonly number[] {
  if (romajiCache.size === 0) fillRomajiCache()
  return romajiCache.get(ending) ?? []
}

function fillRomajiCache(): void {
  for (const word of JAPANESE_ROMAJI) romajiCache.set(romajiKey(word), englishMeaningsOf(word))
}

const JAPANESE_ROMAJI =
  'kogyo kensetsu kenchiku doboku komuten setsubi densetsu denki denshi denko kikai kiko seiki seimitsu seisakusho seizo kinzoku tekko tekkosho seiko kagaku kasei seiyaku yakuhin shokuhin suisan nosan noen shoji shokai shoten bussan sangyo boeki tsusho hanbai unyu unso butsuryu soko kaiun rikuun kotsu kanko ryoko fudosan jutaku kaihatsu kikaku insatsu shuppan shigyo mokuzai sekiyu nenryo toso toryo jidosha seibi zosen zoen keibi hoken shoken ginko kinyu toshi joho tsushin hoso giken gijutsu kenkyusho kankyo kaigo yakkyoku kyoiku shuzo seika seimen chikusan ringyo shoko jitsugyo sogyo kigyo jigyo honpo denryoku tetsudo dentetsu'.split(
    ' ',
  )

const ORDINAL = /\d+|第[一二三四五六七八九十]+|[一二三四五六七八九十]+(?=号|番)/g

function ordinalsOf(core: string): string {
  return (core.match(ORDINAL) ?? []).join('|')
}

function formCode(form: string | null): number {
  if (form === null) return 0
  const known = FORM_CODES.get(form)
  if (known !== undefined) return known
  // Latin forms never contradict Japanese ones: Co., Ltd. is printed on every kind of company.
  const code = /^[a-z_]+$/.test(form) ? JAPANESE_FORMS.indexOf(form) + 2 : 1
  FORM_CODES.set(form, code)
  return code
}

/** No legal form, but known to be a person's business. */
export const SOLE_PROPRIETOR = 120

const JAPANESE_FORMS = [
  'kabushiki',
  'yugen',
  'gomei',
  'goshi',
  'godo',
  'iryo',
  'npo',
  'ippan_shadan',
  'ippan_zaidan',
  'gakko',
  'shakai_fukushi',
  'shukyo',
  'toshi_hojin',
  'tokutei_mokuteki',
  'koeki_shadan',
  'koeki_zaidan',
]

/** 64 bits, one per pair of neighbouring characters of the folded core; of short names also one per character. */
function signature(features: RowFeatures, text: string): void {
  let low = 0
  let high = 0
  const mark = (value: number) => {
    const bit = (Math.imul(value, 0x9e3779b1) >>> 26) & 63
    if (bit < 32) low |= 1 << bit
    else high |= 1 << (bit - 32)
  }
  for (let i = 0; i < text.length - 1; i++) mark(text.charCodeAt(i) * 31 + text.charCodeAt(i + 1))
  // One slip in the middle of a short name leaves no pair of neighbours whole.
  if (text.length <= 4) for (let i = 0; i < text.length; i++) mark(text.charCodeAt(i))
  features.signatureLow = low >>> 0
  features.signatureHigh = high >>> 0
}

function numberFeatures(features: RowFeatures, row: LedgerRow, isCompany: boolean): void {
  // People write the T number into this column, too.
  const typed =
    row.corporate_number === ''
      ? null
      : parseCorporateNumber(row.corporate_number.replace(/^\s*[TtＴｔ]/, ''))
  const invoice =
    row.invoice_registration_number === '' ? null : invoiceDigits(row.invoice_registration_number)
  const own = typed === null ? 0 : Number(typed.value ?? typed.suggestion ?? 0)
  const other = invoice !== null && isCorporateNumber(invoice) ? Number(invoice) : 0
  if (own !== 0) {
    features.number = own
    features.numberState =
      typed!.value !== null && (other === 0 || other === own) ? NUMBER_VALID : NUMBER_DOUBTFUL
    if (other !== own) features.otherNumber = other
  } else if (other !== 0) {
    features.number = other
    features.numberState = isCompany ? NUMBER_VALID : NUMBER_DOUBTFUL
  } else if (typed !== null) {
    const digits = typed.typed.normalize('NFKC').replace(/\D/g, '')
    if (digits.length < 11 || digits.length > 15) return
    features.number = Number(digits)
    features.numberState = NUMBER_BROKEN
  }
}

function invoiceDigits(typed: string): string | null {
  const result = parseInvoiceRegNo(typed)
  return (result.value ?? result.suggestion)?.slice(1) ?? null
}

function phoneNumber(typed: string): number {
  const national = parsePhone(typed).national
  if (national !== null) return Number(`1${national}`)
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  // A spreadsheet took the leading 0 away.
  const mended = parsePhone(`0${digits}`).national
  if (mended !== null) return Number(`1${mended}`)
  if (digits.length >= 9) return digits.length <= 12 && !/^0+$/.test(digits) ? Number(`1${digits}`) : 0
  // The area code was left out: an exchange of 1 to 4 digits, then 4 digits, never with a 0 in front.
  return /^[1-9]\d{5,7}$/.test(digits) ? Number(digits) : 0
}

const PREFECTURES =
  '北海 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 和歌 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児 沖縄'.split(
    ' ',
  )

function addressFeatures(features: RowFeatures, typed: string): void {
  features.typedAddress = hashText(typed)
  const address = splitAddress(typed)
  if (address.prefecture !== null) {
    features.prefecture = PREFECTURES.indexOf(address.prefecture.slice(0, 2)) + 1
  }
  features.city = address.city === null ? 0 : hashText(foldCore(address.city))
  features.town = address.townKey === '' ? 0 : hashText(address.townKey)
  const [first, second, third] = address.numbers
  features.number1 = Math.min(65535, first ?? 0)
  features.number2 = Math.min(65535, second ?? 0)
  features.number3 = Math.min(65535, third ?? 0)
  if (first !== undefined) {
    features.place = combine(features.city, features.town, hashText(address.numbers.slice(0, 3).join('-')))
  }
  if (features.postal === 0 && address.postalCode !== null) features.postal = Number(address.postalCode)
}

function personFeatures(features: RowFeatures, typed: string): void {
  const person = normalizePersonName(typed)
  if (isPlaceholder(person.core)) return
  features.representative = hashText(person.core)
  features.repFolded = hashText(person.foldedCore)
  features.repText = person.foldedCore
  if (features.form === 0 && features.folded === features.repFolded) features.form = SOLE_PROPRIETOR
  features.repScript = /\p{Script=Han}/u.test(person.core)
    ? SCRIPT_JAPANESE
    : /[ァ-ヴぁ-ん]/.test(person.core)
      ? SCRIPT_KANA
      : SCRIPT_LATIN
}
