import type { DateRefusal } from '../../../platform/dates/date-reading.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { type DatePrecision, parsePartialDate, parseTypedDate } from '../../../platform/dates/typed-date.ts'
import type { FileRow } from '../files/file-table.ts'
import { unitIn, yenIn } from '../files/units.ts'
import type { BatchOptions, RowProblem } from '../tables.ts'
import type { ImportField } from './import-kind.ts'

export interface CellContext {
  header: readonly string[]
  mapping: readonly (string | null)[]
  options: Pick<BatchOptions, 'unreadable'>
  fields: ReadonlyMap<string, ImportField>
  /** Problems of these codes refuse the row whatever the option says. */
  neverLeftEmpty: ReadonlySet<string>
}

/** The cells of one row by field, collecting what is wrong with them at their place; pure. */
export class CellReader {
  readonly problems: RowProblem[] = []
  readonly #row: FileRow
  readonly #context: CellContext

  constructor(row: FileRow, context: CellContext) {
    this.#row = row
    this.#context = context
    for (const { column, what } of row.unusable) {
      const field = context.mapping[column]
      if (!field) continue
      const message =
        what === 'formula' ? '数式のセルです。値に変換してください。' : 'エラー値のセルです（#N/A など）。'
      this.complain(field, 'cell_must_hold_a_value', message)
    }
  }

  get refused(): boolean {
    return this.problems.some(problem => problem.weight === 'error')
  }

  /** Where a field stands in the file: its column from 1 and heading, or its own label where no column holds it. */
  placeOf(field: string): Pick<RowProblem, 'column' | 'heading'> {
    const at = this.#context.mapping.indexOf(field)
    return {
      column: at < 0 ? null : at + 1,
      heading: this.#context.header[at] ?? this.#context.fields.get(field)?.label ?? null,
    }
  }

  /** What a slice says of an item by its label, put where the item stands in the file. */
  placed(note: RowProblem): RowProblem {
    const field = [...this.#context.fields.values()].find(one => one.label === note.heading)
    return field && note.column === null && this.mapped(field.name)
      ? { ...note, ...this.placeOf(field.name) }
      : note
  }

  complain(field: string, code: string, message: string, weight?: RowProblem['weight']): void {
    const { column, heading } = this.placeOf(field)
    if (this.problems.some(known => known.code === code && known.column === column)) return
    const soft = this.#context.options.unreadable === 'leave_empty' && !this.#context.neverLeftEmpty.has(code)
    this.problems.push({
      code,
      column,
      heading,
      message,
      weight: weight ?? (soft ? 'warning' : 'error'),
    })
  }

  /** The row cannot be taken without what was to be left empty: those cells keep it out. */
  refuse(): void {
    for (const problem of this.problems) if (problem.weight === 'warning') problem.weight = 'error'
  }

  /** The value in quotes for a message, or only a word for it where it is about a living person. */
  quoted(field: string, typed: string): string {
    return this.#context.fields.get(field)?.personal ? 'この値' : `「${typed.slice(0, 20)}」`
  }

  mapped(field: string): boolean {
    return this.#context.mapping.includes(field)
  }

  text(field: string): string | null {
    const at = this.#context.mapping.indexOf(field)
    if (at < 0 || this.#row.unusable.some(cell => cell.column === at)) return null
    return this.#row.cells[at]?.trim() || null
  }

  /** A value the row cannot do without. */
  required(field: string): string | null {
    const text = this.text(field)
    const label = this.#context.fields.get(field)?.label ?? field
    if (text === null && this.#unusable(field) === undefined)
      this.complain(field, 'value_must_be_given', `${label}が空です。`, 'error')
    return text
  }

  #unusable(field: string) {
    const at = this.#context.mapping.indexOf(field)
    return this.#row.unusable.find(cell => cell.column === at)
  }

  choice<T>(field: string, values: ReadonlyMap<string, T>): T | null {
    const typed = this.text(field)
    if (typed === null) return null
    const value = values.get(choiceKey(typed))
    if (value !== undefined) return value
    // The first word of each value is the one people know it by; the last is the program's own.
    const known = [
      ...new Map([...values].reverse().map(([word, meaning]) => [meaning, word])).values(),
    ].reverse()
    this.complain(
      field,
      'kind_must_be_known',
      `${this.quoted(field, typed)}は区分にありません。次のどれかにしてください：${known.slice(0, CHOICES_SAID).join('・')}${known.length > CHOICES_SAID ? ' ほか' : ''}。`,
    )
    return null
  }

  date(field: string): IsoDate | null {
    const typed = this.text(field)
    if (typed === null) return null
    const serial = dayOfSerial(typed)
    if (serial !== null) {
      this.complain(
        field,
        'date_was_a_serial_number',
        `${this.quoted(field, typed)}はExcelの日付の連番として${this.#context.fields.get(field)?.personal ? '' : ` ${serial} と`}読みました。`,
        'note',
      )
      return serial
    }
    const reading = parseTypedDate(typed)
    if (reading.ok) return reading.date
    this.#refuseDate(field, reading)
    return null
  }

  #refuseDate(field: string, { code, message, remedy }: DateRefusal): void {
    const personal = this.#context.fields.get(field)?.personal
    this.complain(field, code, personal ? `日付として読めません。${remedy}` : `${message}${remedy}`)
  }

  /** A date of which only the month or the year may be known; says so beside the row. */
  partialDate(field: string): { date: IsoDate; precision: DatePrecision } | null {
    const typed = this.text(field)
    if (typed === null) return null
    const reading = parsePartialDate(typed)
    if (dayOfSerial(typed) !== null || (reading.ok && reading.precision === 'day')) {
      const date = this.date(field)
      return date === null ? null : { date, precision: 'day' }
    }
    if (!reading.ok) {
      this.#refuseDate(field, reading)
      return null
    }
    const known = reading.precision === 'month' ? '年月' : '年'
    this.complain(
      field,
      'date_was_partial',
      `${this.quoted(field, typed)}は${known}までの日付として読みました。`,
      'note',
    )
    return { date: reading.date, precision: reading.precision }
  }

  /** Whole numbers as offices write them: commas, 円, △ or ▲ or brackets for negative. Negative and broken amounts are refused. */
  whole(field: string, negativeCode = 'yen_must_not_be_negative'): number | null {
    const typed = this.text(field)
    if (typed === null) return null
    const isYen = this.#context.fields.get(field)?.type === 'yen'
    const value = isYen ? yenUnder(this.placeOf(field).heading ?? '', typed) : readWhole(typed)
    if (value === null) {
      this.complain(
        field,
        'number_must_be_whole',
        `${this.quoted(field, typed)}を整数として読めません。単位のない数字で入力してください。`,
      )
      return null
    }
    if (value < 0) {
      this.complain(
        field,
        negativeCode,
        `${this.quoted(field, typed)}はマイナスです。0以上で入力してください。`,
      )
      return null
    }
    return value
  }

  /** A rate as parts per million: 15%, 1.5％, 15パーセント, 3割; a bare number is a percentage, as offices write it. */
  rate(field: string): number | null {
    const typed = this.text(field)
    if (typed === null) return null
    const ppm = readRate(typed)
    if (ppm !== null) return ppm
    this.complain(
      field,
      'rate_must_be_readable',
      `${this.quoted(field, typed)}を率として読めません（例：15%、1.5%。小数は4桁まで）。`,
    )
    return null
  }
}

const CHOICES_SAID = 8

/** Words of a list are compared without width, case, spaces and dots. */
export function choiceKey(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・･]/g, '')
}

/** Words → value, ready for `choice`. */
export function choicesOf<T extends string>(words: Readonly<Record<T, readonly string[]>>): Map<string, T> {
  return new Map(
    (Object.entries(words) as [T, readonly string[]][]).flatMap(([value, known]) =>
      [...known, value].map(word => [choiceKey(word), value] as const),
    ),
  )
}

const SERIAL_DAY_ZERO = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000

/**
 * The day an Excel serial number stands for (45383 is 2024-04-01), as it is left in a CSV when a date loses its format; null when the text is no
 * whole number of five digits between 1927-05-18 (10000) and 2064-04-08 (60000).
 */
export function dayOfSerial(typed: string): IsoDate | null {
  const plain = typed.normalize('NFKC').trim()
  if (!/^[1-6]\d{4}$/.test(plain) || Number(plain) > 60_000) return null
  return new Date(SERIAL_DAY_ZERO + Number(plain) * DAY_MS).toISOString().slice(0, 10)
}

/**
 * A whole number as offices write it, or null: commas, ¥, 円, 名, 人, 千円 and 百万円, △ ▲ − or brackets for negative; 金…也 and the stroke behind
 * an amount (¥1,000-) that keeps others from adding digits.
 */
export function readWhole(typed: string): number | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[,\s¥\\]/g, '')
    .replace(/^金(?=\d)/, '')
    .replace(/(?<=\d円?)(?:也|\.?[-−ー])$/, '')
  const match = /^([-△▲−]|\()?(\d{1,16})(?:\.0+)?\)?(千|百万|万|億)?[円名人件]?$/.exec(plain)
  if (!match) return null
  const factor = { 千: 1_000, 万: 10_000, 百万: 1_000_000, 億: 100_000_000 }[match[3] ?? ''] ?? 1
  const value = Number(match[2]) * factor
  if (!Number.isSafeInteger(value) || value > 9_000_000_000_000_000) return null
  return match[1] ? -value + 0 : value
}

/**
 * Whole yen of a cell under its heading, or null: 「1,234」 under 「残高（千円）」 is 1,234,000, 「12.5」 under 百万円 is 12,500,000; a unit in the cell
 * itself goes first. Fractions of a yen are refused.
 */
export function yenUnder(heading: string, typed: string): number | null {
  const unit = unitIn(heading)
  const factor = unit === null ? 1 : yenIn[unit]!
  if (factor === 1 || /[千万億円]/.test(typed.normalize('NFKC'))) return readWhole(typed)
  const [whole = '', fraction = '', ...more] = typed.normalize('NFKC').replace(/[)\s]/g, '').split('.')
  const digits = String(factor).length - 1
  if (more.length > 0 || (fraction !== '' && !/^\d+$/.test(fraction))) return null
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > digits) return null
  const value = readWhole(whole)
  if (value === null) return null
  const negative = value < 0 || /^[-△▲−(]/.test(whole)
  const yen = Math.abs(value) * factor + Number(kept.padEnd(digits, '0'))
  return Number.isSafeInteger(yen) ? (negative ? 0 - yen : yen) : null
}

/** Parts per million, or null. Without a sign the number is a percentage. */
export function readRate(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '')
  const match = /^(\d{1,3})(?:\.(\d{1,4})0*)?(%|パーセント|割)?$/.exec(plain)
  if (!match) return null
  const tenThousandths = Number(`${match[1]}${(match[2] ?? '').padEnd(4, '0')}`)
  return tenThousandths * (match[3] === '割' ? 10 : 1)
}
