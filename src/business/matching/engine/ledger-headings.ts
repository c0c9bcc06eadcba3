/**
 * Which column of a ledger file holds what. Headings are read as people write them (会社名, 商号（フリガナ）, ＴＥＬ, Corporate
 * No.); where no heading says it, the values of the first rows do. Source: batch-files.md, ledger.
 */
import {
  compatible,
  isCorporateNumber,
  isKanaOnly,
  normalizeCompanyName,
  toKatakana,
} from '../../names/index.ts'
import { LEDGER_COLUMNS, type LedgerRow } from './ledger-row.ts'

type Field = keyof LedgerRow

export type HeadingGuess = {
  /** Column of each field that was found; of an address written in several columns the first. */
  fields: Partial<Record<Field, number>>
  /** Further columns of the address, in the order in which they are read together. */
  addressParts: number[]
  /** Columns which mean nothing here. */
  unknown: number[]
}

/** Of people, places and things other than the company's own head office and switchboard. */
const OF_ANOTHER =
  /fax|ファクス|ファックス|担当|支店|営業所|支社|親会社|銀行|口座|請求先|請求書送付|送付先|納品|配送|緊急|保証|自宅|旧|以前|備考|メモ|メール|e?mail|url|ホームページ|役職|部署|contact|staff|bank|branch|billing|shipping|parent|former|previous|note|memo|remark/
const OF_PERSON = /代表|社長|役員|氏名|ceo|president|representative|owner|代理/
const KANA = /カナ|仮名|フリガナ|ヨミ|読ミ|kana|yomi|furigana|reading|phonetic/
const ENGLISH = /英文|英字|英語|英名|英表記|欧文|ローマ字|アルファベット|english|romaji|nameen$|enname|en$/
const PLACE = /住所|所在|address|市区|都道府県|町|addr/
const COMPANY =
  '会社|法人|企業|オ?取引先|オ?得意先|仕入先|顧客|オ客様|契約先|販売先|売掛先|支払先|債務者|事業者|団体|組織|業者|相手先'
const PARTY_EN =
  'company|customer|client|vendor|supplier|corporate|corporation|organi[sz]ation|org|firm|business|party|partner|legal|trade|debtor|account|official'

type Rule = { is: RegExp; not?: RegExp }

/** By field the ways a heading names it, best first; a heading is read without spaces, marks and width. */
const RULES: readonly (readonly [Field, readonly Rule[]])[] = [
  [
    'invoice_registration_number',
    [
      { is: /^(?:invoiceregistrationnumber|invoiceregno|適格請求書発行事業者登録番号|登録番号)$/ },
      { is: /適格|インボイス|^invoice|^t番号$|^tno$|qualifiedinvoice/, not: /日|date|区分|有無|状況/ },
    ],
  ],
  [
    'corporate_number',
    [
      { is: /^(?:corporatenumber|法人番号)$/ },
      {
        is: /法人(?:番号|no|ナンバー|コード)|会社法人等番号|corporate(?:id|no|num|code)|corp(?:no|num|id)|h[ou]{1,2}jinb/,
        not: /代表/,
      },
    ],
  ],
  [
    'name_kana',
    [
      { is: /^(?:namekana|legalnamekana|商号カナ|法人名カナ|会社名カナ)$/ },
      { is: KANA, not: new RegExp(`${OF_PERSON.source}|${PLACE.source}|${ENGLISH.source}`) },
    ],
  ],
  [
    'name_en',
    [
      { is: /^(?:nameen|legalnameen|英字名|英文名|英語名)$/ },
      { is: ENGLISH, not: new RegExp(`${OF_PERSON.source}|${PLACE.source}|${KANA.source}`) },
    ],
  ],
  ['postal_code', [{ is: /郵便|〒|^zip|postal|postcode|^y[uv]{1,2}bin/ }]],
  [
    'phone',
    [
      {
        is: /^(?:代表|本社|会社|主)?(?:電話(?:番号)?|tel(?:ephone)?(?:no|number|番号)?|phone(?:no|number)?)(?:1|代表)?$/,
      },
      { is: /電話|tel|phone|^denwa/, not: /代表者|社長|携帯|mobile|2|3/ },
      { is: /携帯|mobile|cell/, not: /代表者|社長/ },
    ],
  ],
  [
    'representative',
    [
      {
        is: /^(?:法人|会社|企業)?(?:代表者?|代表取締役(?:社長)?|取締役社長|社長|代表社員|理事長|ceo|president|representative|owner)(?:氏名|名|名前|漢字|name)*$/,
      },
      {
        is: /代表者|代表取締役|representative|^daihyo/,
        not: new RegExp(`${KANA.source}|${PLACE.source}|英|生年|性別|電話|tel|phone|日|date|birth`),
      },
    ],
  ],
  [
    'established_on',
    [
      { is: /^(?:establishedon|設立日?|設立年月日?|会社設立日?)$/ },
      { is: /設立|establish|incorporat|inception|^setsuritsu/ },
      { is: /創業|創立|成立|^found(?:ed|ation|ing)/, not: /者|氏名|er/ },
    ],
  ],
  [
    'name',
    [
      { is: /^(?:name|legalname|名称|商号|(?:会社|法人|企業)名)$/ },
      {
        is: new RegExp(
          `^(?:${COMPANY})?(?:正式)?(?:名称?|商号|社名|屋号|商号又ハ名称|商号名称|商号屋号)(?:漢字|正式|和文|日本語)?$|^(?:${PARTY_EN})?(?:full)?name(?:ja|jp|kanji|japanese|1)?$`,
        ),
      },
      {
        is: new RegExp(`会社名|法人名|企業名|取引先名|得意先名|顧客名|社名|商号|屋号|(?:${PARTY_EN})name`),
        not: new RegExp(`${OF_PERSON.source}|${KANA.source}|${ENGLISH.source}|略|コード|番号|code|日|種`),
      },
      {
        is: new RegExp(
          `^(?:${COMPANY}|${PARTY_EN}|(?:kaisha|kigyo|hojin|torihikisaki|tokuisaki|kokyaku)(?:mei)?|shogo)$`,
        ),
      },
    ],
  ],
  [
    'id',
    [
      { is: /^(?:id|管理番号|顧客番号|顧客コード|取引先コード)$/ },
      {
        is: new RegExp(
          `^(?:${COMPANY}|${PARTY_EN}|管理|整理|台帳|登録|データ|レコード|行|通シ|record|rec|row|cust|entry|source|unique|internal)(?:id|コード|code|cd|番号|no|number|num|key|キー)$`,
        ),
      },
      { is: /^(?:no|番号|コード|code|連番|通番|項番|キー|key|uuid|guid|index|seq|行)$/ },
    ],
  ],
]

/** The parts in which addresses are kept, in the order in which they are read together. */
const ADDRESS_PARTS: readonly RegExp[] = [
  /^(?:本[社店])?(?:都道府県|prefecture|pref|県)名?$/,
  /^(?:本[社店])?(?:市区町村|市町村|区市町村|市区郡|市郡区|city|municipality)名?$/,
  /^(?:本[社店])?(?:住所|所在地|登記上?住所|headoffice|(?:street)?(?:address|addr)(?:line)?)1?$/,
  /^(?:市区町村以下|市区町村番地|町名番地|町域番地|町村番地|町名|町域|丁目番地|番地|以降住所|street|town)(?:以下|番地|丁目|号|等|名)*$/,
  /^(?:本[社店])?(?:住所|所在地|(?:address|addr)(?:line)?)2$/,
  /^(?:本[社店])?(?:住所|所在地|(?:address|addr)(?:line)?)3$/,
  /^(?:建物|ビル|マンション|building|bldg)(?:名|名称|等|階|部屋番号|号室|ビル|マンション)*$/,
]
const WHOLE_ADDRESS = 2
const LOOSE_ADDRESS = /住所|所在地|address|^ju{1,2}sho|^shozaichi/
const NO_ADDRESS = new RegExp(
  `${OF_PERSON.source}|${KANA.source}|${ENGLISH.source}|コード|code|ip|区分|変更|日|date`,
)

/** A heading without width, case, spaces, marks and what only tells how to fill the column in. */
export function bareHeading(heading: string): string {
  return toKatakana(compatible(heading.replace(/^\ufeff/, '')).toLowerCase())
    .replace(/[\sノ_\-‐－・.,:;()[\]【】「」『』<>〈〉/*※#'"]/g, '')
    .replace(/1?[23]桁|必須|任意|半角|全角|ハイフン(?:ナシ|無シ|アリ|有リ)/g, '')
}

/** Assigns columns to fields by their headings and, where those do not tell, by `sample` rows of cells. */
export function guessColumns(
  headings: readonly string[],
  sample: readonly (readonly string[])[],
): HeadingGuess {
  const bare = headings.map(bareHeading)
  const own = bare.map(heading => heading !== '' && !OF_ANOTHER.test(heading))
  const fields: HeadingGuess['fields'] = {}
  const taken = new Set<number>()
  const take = (field: Field, column: number) => {
    if (column < 0) return
    fields[field] = column
    taken.add(column)
  }
  // The contract's own headings come first: nothing else may claim them.
  for (const field of LEDGER_COLUMNS)
    take(
      field,
      headings.findIndex(heading => plain(heading) === field),
    )
  for (const [field, rules] of RULES) {
    if (fields[field] === undefined)
      take(
        field,
        byHeading(
          rules,
          bare,
          column => own[column]! && !taken.has(column) && mayHold(field, column, sample),
        ),
      )
  }
  const addressParts =
    fields.address === undefined ? addressColumns(bare, column => own[column]! && !taken.has(column)) : []
  take('address', addressParts[0] ?? -1)
  for (const column of addressParts) taken.add(column)
  for (const [field, holds] of BY_VALUES) {
    if (fields[field] !== undefined) continue
    take(
      field,
      headings.findIndex(
        (heading, column) => free(column) && !holds(heading) && mostly(column, sample, holds),
      ),
    )
  }
  // What a table writes in front of its rows without a heading numbers them.
  if (fields.id === undefined && bare[0] === '' && !taken.has(0)) take('id', 0)
  return {
    fields,
    addressParts: addressParts.slice(1),
    unknown: headings.map((_, column) => column).filter(column => !taken.has(column)),
  }

  function free(column: number): boolean {
    return !taken.has(column) && (bare[column] === '' || own[column]!) && !OF_PERSON.test(bare[column]!)
  }
}

const plain = (heading: string) =>
  heading
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase()

function byHeading(
  rules: readonly Rule[],
  bare: readonly string[],
  may: (column: number) => boolean,
): number {
  for (const { is, not } of rules) {
    const column = bare.findIndex((heading, at) => may(at) && is.test(heading) && !not?.test(heading))
    if (column >= 0) return column
  }
  return -1
}

function addressColumns(bare: readonly string[], may: (column: number) => boolean): number[] {
  const find = (part: RegExp) =>
    bare.findIndex((heading, column) => may(column) && part.test(heading) && !NO_ADDRESS.test(heading))
  const found = ADDRESS_PARTS.map(find)
  if (found[WHOLE_ADDRESS]! < 0 && found[WHOLE_ADDRESS + 1]! < 0) found[WHOLE_ADDRESS] = find(LOOSE_ADDRESS)
  const columns = found.filter(column => column >= 0)
  return columns.some(column => column === found[WHOLE_ADDRESS]) || columns.length >= 2 ? columns : []
}

/** 登録番号 may be the customer's number: a column of numbers which are none of ours keeps its place for another field. */
function mayHold(field: Field, column: number, sample: readonly (readonly string[])[]): boolean {
  if (field !== 'corporate_number' && field !== 'invoice_registration_number') return true
  const values = valuesOf(column, sample)
  return values.length < 5 || shareOf(values, value => /^\d{11,14}$/.test(digitsOf(value))) >= 0.2
}

const digitsOf = (value: string) => compatible(value).replace(/[\sTt\-‐－ー]/g, '')

/** What most of a column's values look like where its heading says nothing. */
const BY_VALUES: readonly (readonly [Field, (value: string) => boolean])[] = [
  ['invoice_registration_number', value => /^T\d{13}$/i.test(compatible(value).trim())],
  ['corporate_number', value => isCorporateNumber(digitsOf(value))],
  ['postal_code', value => /^〒?\s?\d{3}-\d{4}$/.test(compatible(value).trim())],
  ['phone', value => /^\(?0\d{1,4}[)-]\s?\d{1,4}[-)]\d{3,4}$/.test(compatible(value).trim())],
  ['address', value => /(?:[都道府県市区郡町村]).*\d|^.{2,4}[都道府県].+[市区町村]/.test(compatible(value))],
  ['name', value => normalizeCompanyName(value).form !== null],
  ['name_kana', value => isKanaOnly(value)],
]

function mostly(
  column: number,
  sample: readonly (readonly string[])[],
  holds: (value: string) => boolean,
): boolean {
  const values = valuesOf(column, sample)
  return values.length >= 5 && shareOf(values, holds) >= 0.7
}

function valuesOf(column: number, sample: readonly (readonly string[])[]): string[] {
  return sample.map(cells => cells[column]?.trim() ?? '').filter(value => value !== '')
}

function shareOf(values: readonly string[], holds: (value: string) => boolean): number {
  return values.filter(holds).length / values.length
}
