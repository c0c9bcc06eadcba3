import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { type FormatProblem, problem } from '../problem.ts'
import { characterOf, isLeadByte } from './jis.ts'
import type { Field, Layout } from './layout.ts'

const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39

/** Reads six digits as a date, or says why not. */
export type DateOfDigits = (
  digits: string,
) => { ok: true; date: IsoDate } | { ok: false; code: string; message: string; remedy: string }

/**
 * Reads the fields of one record. What cannot be read goes to `problems` with record number, byte position, field and remedy, and
 * an empty value is given back, so that one pass collects everything; the caller gives nothing out while there are problems.
 */
export class RecordReader<Name extends string> {
  readonly bytes: Uint8Array
  readonly record: number
  readonly #layout: Layout<Name>
  readonly #start: number
  readonly #problems: FormatProblem[]

  constructor(of: Layout<Name>, bytes: Uint8Array, start: number, record: number, problems: FormatProblem[]) {
    this.bytes = bytes
    this.record = record
    this.#layout = of
    this.#start = start
    this.#problems = problems
  }

  /** Text without the filling spaces; a double-byte or control byte is refused. */
  text(name: Name): string {
    const field = this.#layout.field(name)
    const from = this.#start + field.at
    let end = from + field.length
    while (end > from && this.bytes[end - 1] === SPACE) end--
    let out = ''
    for (let i = from; i < end; i++) {
      const character = characterOf(this.bytes[i]!)
      if (character === null) {
        this.#refuseByte(field, i)
        return ''
      }
      out += character
    }
    return out
  }

  /** The digits of a number field, zeros in front kept; '' when the field is blank. */
  digits(name: Name): string {
    const field = this.#layout.field(name)
    const from = this.#start + field.at
    let out = ''
    let blanks = 0
    for (let i = from; i < from + field.length; i++) {
      const byte = this.bytes[i]!
      if (byte >= ZERO && byte <= NINE) out += String.fromCharCode(byte)
      else if (byte === SPACE) blanks++
      else return this.#refuseNumber(field, i)
    }
    return blanks === 0 || blanks === field.length ? out : this.#refuseNumber(field, from)
  }

  /** A whole number that must be there. */
  whole(name: Name): number {
    const digits = this.digits(name)
    if (digits === '' && !this.#isRefused(name))
      this.refuse(name, 'number_must_be_given', '値がありません。', '銀行にファイルを確認してください。')
    return Number(digits)
  }

  /** An amount or count that the bank may leave blank. */
  wholeOrNull(name: Name): Yen | null {
    const digits = this.digits(name)
    return digits === '' ? null : Number(digits)
  }

  /** A date that must be there. */
  date(name: Name, read: DateOfDigits): IsoDate {
    const date = this.dateOrNull(name, read)
    if (date === null && !this.#isRefused(name))
      this.refuse(name, 'date_must_be_given', '日付がありません。', '銀行にファイルを確認してください。')
    return date ?? ''
  }

  /** A date that may be zeros or blank. */
  dateOrNull(name: Name, read: DateOfDigits): IsoDate | null {
    const digits = this.digits(name)
    if (digits === '' || digits === '000000') return null
    const reading = read(digits)
    if (reading.ok) return reading.date
    this.refuse(name, reading.code, reading.message, reading.remedy)
    return null
  }

  /** Records a problem at a field of this record. */
  refuse(name: Name, code: string, message: string, remedy: string): void {
    const field = this.#layout.field(name)
    const place = { record: this.record, column: field.at + 1 }
    this.#problems.push(
      problem(place, field.label, code, `${this.record}件目の${field.label}: ${message}`, remedy),
    )
  }

  #isRefused(name: Name): boolean {
    const last = this.#problems.at(-1)
    return last?.record === this.record && last.field === this.#layout.field(name).label
  }

  #refuseNumber(field: Field, at: number): string {
    const place = { record: this.record, column: at - this.#start + 1 }
    const shown = printable(
      this.bytes.subarray(this.#start + field.at, this.#start + field.at + field.length),
    )
    const message = `${this.record}件目の${field.label}「${shown}」が数字ではありません。`
    const remedy = '項目の位置がずれていないか確認し、銀行から取得したままのファイルを使ってください。'
    this.#problems.push(problem(place, field.label, 'number_must_be_digits', message, remedy))
    return ''
  }

  #refuseByte(field: Field, at: number): void {
    const place = { record: this.record, column: at - this.#start + 1 }
    const byte = this.bytes[at]!
    const double = isLeadByte(byte)
    const what = double
      ? '全角（2バイト）の文字があります。'
      : `使えないバイト 0x${byte.toString(16).padStart(2, '0')} があります。`
    const code = double ? 'text_must_be_single_byte' : 'text_must_not_hold_control_bytes'
    const remedy = '半角文字だけのファイルを銀行から取得し直してください。'
    this.#problems.push(
      problem(place, field.label, code, `${this.record}件目の${field.label}に${what}`, remedy),
    )
  }
}

function printable(bytes: Uint8Array): string {
  return Array.from(bytes, byte => characterOf(byte) ?? '?').join('')
}
