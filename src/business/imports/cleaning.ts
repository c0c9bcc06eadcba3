import { corporateCheckDigit } from '../names/index.ts'
import { type FileRow, headingKey } from './files/file-table.ts'
import { withoutUnit } from './files/units.ts'
import type { ImportField } from './kinds/import-kind.ts'

/** A repair that office ledgers need, each on its own switch, so that people see what it would do before they let it. */
export interface CleaningRule {
  code: string
  /** What it does, as people read it. */
  sentence: string
  /** Switched on unless somebody switches it off: it loses nothing that a register would keep. */
  recommended: boolean
  /** The cell as it becomes; the field it is mapped to is known. */
  cell?(text: string, field: ImportField, above: string | undefined): string
  /** Whether the row is none: a heading again, a total. */
  leavesOut?(cells: readonly string[], header: readonly string[], row: Pick<FileRow, 'hidden'>): boolean
}

const TOTAL = /^(?:総合計|総計|合計|小計|累計|計|件数)[:：]?$/
const DITTO = new Set(['〃', '同上', '同じ', '〃〃', '″', '"', '””'])
const NOTHING =
  /^(?:[-‐‑‒–—―ー－/／.・*＊]{1,3}|なし|無し|無|該当なし|不明|未定|未登録|n\/?a|#n\/a|null|none)$/i
const NAME_FIELDS = new Set([
  'legalName',
  'party',
  'client',
  'debtor',
  'representative',
  'personName',
  'holderName',
])
const DIGITS: Readonly<Record<string, number>> = { postalCode: 7, bankCode: 4, branchCode: 3, accountNo: 7 }

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/㈱|[(（]株[)）]/g, '株式会社'],
  [/㈲|[(（]有[)）]/g, '有限会社'],
  [/[(（]同[)）]/g, '合同会社'],
  [/[(（]名[)）]/g, '合名会社'],
  [/[(（]資[)）]/g, '合資会社'],
  [/[(（]医[)）]/g, '医療法人'],
]

/** Headings that stood twice bear a number or their group; further down the sheet they stand as they were. */
function isHeading(cell: string, heading: string): boolean {
  const key = headingKey(cell)
  const plain = withoutUnit(heading).replace(/[（(]\d+[)）]$/, '')
  return [heading, plain, plain.replace(/^.* /, '')].some(known => headingKey(known) === key)
}

export const cleaningRules: readonly CleaningRule[] = [
  {
    code: 'repeated_headings',
    sentence: '途中でくり返される見出しの行を除く',
    recommended: true,
    leavesOut: (cells, header) => {
      const filled = cells.flatMap((cell, at) => (cell === '' ? [] : [[cell, header[at] ?? ''] as const]))
      return (
        filled.length >= Math.min(2, header.length) &&
        filled.every(([cell, heading]) => isHeading(cell, heading))
      )
    },
  },
  {
    code: 'totals',
    sentence: '合計・小計の行を除く',
    recommended: true,
    leavesOut: cells =>
      cells
        .filter(cell => cell !== '')
        .slice(0, 3)
        .some(cell => TOTAL.test(cell.replace(/\s/g, ''))),
  },
  {
    code: 'hidden_rows',
    sentence: 'シートで非表示の行（フィルターなどで隠れた行）を除く',
    recommended: false,
    leavesOut: (_cells, _header, row) => row.hidden === true,
  },
  {
    code: 'invisible',
    sentence: '見えない文字と余分な空白を除く',
    recommended: true,
    cell: text =>
      text
        .replace(/\p{Cf}+/gu, '')
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/[ \u00a0\u3000]{2,}/g, ' ')
        .trim(),
  },
  {
    code: 'ditto',
    sentence: '「同上」「〃」を上の行の値に置き換える',
    recommended: true,
    cell: (text, _field, above) => (DITTO.has(text) && above !== undefined ? above : text),
  },
  {
    code: 'nothing',
    sentence: '「－」「なし」「不明」などを空欄にする',
    recommended: true,
    cell: (text, field) => (NOTHING.test(text) && !field.emptyWords ? '' : text),
  },
  {
    code: 'honorifics',
    sentence: '名称の末尾の「様」「御中」「殿」を除く',
    recommended: true,
    cell: (text, field) => (NAME_FIELDS.has(field.name) ? text.replace(/[\s　]*(?:様|御中|殿)$/, '') : text),
  },
  {
    code: 'leading_zeros',
    sentence: 'Excelで消えた先頭の0を補う（郵便番号・電話番号・銀行・支店・口座番号）',
    recommended: true,
    cell: (text, field) => {
      if (field.type === 'phone') return /^[1-9]\d{8,9}$/.test(text) ? `0${text}` : text
      const length = DIGITS[field.type] ?? DIGITS[field.name]
      return length !== undefined && /^\d+$/.test(text) ? text.padStart(length, '0') : text
    },
  },
  {
    code: 'half_width_kana',
    sentence: '半角カナを全角カナにする（口座名義を除く）',
    recommended: false,
    cell: (text, field) =>
      field.name === 'holderKana' ? text : text.replace(/[\uff65-\uff9f]+/g, half => half.normalize('NFKC')),
  },
  {
    code: 'short_legal_forms',
    sentence: '㈱・（株）などを株式会社などの正式な表記にする',
    recommended: false,
    cell: (text, field) =>
      NAME_FIELDS.has(field.name)
        ? SHORT_FORMS.reduce((name, [short, full]) => name.replace(short, full), text)
        : text,
  },
  {
    code: 'invoice_t',
    sentence: '適格請求書の登録番号が13桁の数字だけのとき、先頭にTを補う',
    recommended: false,
    cell: (text, field) => {
      const digits = plainDigits(text)
      return field.name === 'invoiceRegNo' && /^\d{13}$/.test(digits) ? `T${digits}` : text
    },
  },
  {
    code: 'corporate_number_t',
    sentence: '法人番号の列に入った登録番号（T＋13桁）から、先頭のTを除く',
    recommended: false,
    cell: (text, field) =>
      field.name === 'corporateNumber' && /^T\d{13}$/i.test(plainDigits(text))
        ? plainDigits(text).slice(1)
        : text,
  },
  {
    code: 'company_register_number',
    sentence: '12桁の会社法人等番号に、先頭の検査用数字を付けて法人番号にする',
    recommended: false,
    cell: (text, field) => {
      const digits = plainDigits(text)
      return field.name === 'corporateNumber' && /^\d{12}$/.test(digits)
        ? `${corporateCheckDigit(digits)}${digits}`
        : text
    },
  },
]

/** Digits as an office types them: any width, with hyphens and spaces. */
const plainDigits = (text: string) => text.normalize('NFKC').replace(/[-‐‑–—ー−\s]/g, '')

export const recommendedCleaning = cleaningRules.filter(rule => rule.recommended).map(rule => rule.code)

export type CleanedRow = { cells: string[]; leftOutBy: CleaningRule | null }

/** Cleans rows one after the other by the rules switched on; keeps the cells above for 「同上」. */
export class Cleaner {
  readonly #rules: readonly CleaningRule[]
  readonly #fields: readonly (ImportField | null)[]
  readonly #header: readonly string[]
  above: readonly string[]

  constructor(
    codes: readonly string[],
    header: readonly string[],
    fields: readonly (ImportField | null)[],
    above: readonly string[] = [],
  ) {
    this.#rules = cleaningRules.filter(rule => codes.includes(rule.code))
    this.#header = header
    this.#fields = fields
    this.above = above
  }

  clean(row: Pick<FileRow, 'cells' | 'hidden'>): CleanedRow {
    const { cells } = row
    const leftOutBy = this.#rules.find(rule => rule.leavesOut?.(cells, this.#header, row)) ?? null
    if (leftOutBy) return { cells: [...cells], leftOutBy }
    const cleaned = cells.map((cell, at) => {
      const field = this.#fields[at]
      if (!field || cell === '') return cell
      return this.#rules.reduce((text, rule) => rule.cell?.(text, field, this.above[at]) ?? text, cell)
    })
    this.above = cleaned
    return { cells: cleaned, leftOutBy: null }
  }
}

export interface CleaningCount {
  code: string
  sentence: string
  /** Cells it would change, or rows it would leave out. */
  count: number
  samples: { line: number; heading: string; before: string; after: string }[]
}

/** What each rule, by itself, would do to the rows it is shown. */
export class CleaningPreview {
  readonly counts: CleaningCount[] = cleaningRules.map(({ code, sentence }) => ({
    code,
    sentence,
    count: 0,
    samples: [],
  }))
  readonly #header: readonly string[]
  readonly #fields: readonly (ImportField | null)[]
  #above: readonly string[] = []

  constructor(header: readonly string[], fields: readonly (ImportField | null)[]) {
    this.#header = header
    this.#fields = fields
  }

  look(row: Pick<FileRow, 'line' | 'cells' | 'hidden'>): void {
    for (const [at, rule] of cleaningRules.entries()) {
      const count = this.counts[at]!
      if (rule.leavesOut?.(row.cells, this.#header, row))
        note(count, { line: row.line, heading: '', before: row.cells.filter(Boolean).join('　'), after: '' })
      if (!rule.cell) continue
      for (const [column, cell] of row.cells.entries()) {
        const field = this.#fields[column]
        if (!field || cell === '') continue
        const after = rule.cell(cell, field, this.#above[column])
        if (after !== cell)
          note(count, { line: row.line, heading: this.#header[column] ?? '', before: cell, after })
      }
    }
    this.#above = row.cells
  }
}

const SAMPLES = 3

function note(count: CleaningCount, sample: CleaningCount['samples'][number]): void {
  count.count++
  if (count.samples.length < SAMPLES)
    count.samples.push({ ...sample, before: sample.before.slice(0, 60), after: sample.after.slice(0, 60) })
}
