import { checkBankText } from '../character-class.ts'
import { type FormatProblem, problem } from '../problem.ts'
import { byteOf } from './jis.ts'
import type { Field, Layout } from './layout.ts'

const SPACE = 0x20

/** Values by field name; a field left out is filled with zeros (N) or spaces (C), an N field given as '' with spaces. */
export type RecordValues<Name extends string> = Partial<Record<Name, string | number>>

/** Writes one record; what does not fit goes to `problems` with record number, byte and field, and the field stays blank. */
export function writeRecord<Name extends string>(
  of: Layout<Name>,
  values: RecordValues<Name>,
  record: number,
  problems: FormatProblem[],
): Uint8Array {
  const bytes = new Uint8Array(of.length).fill(SPACE)
  for (const field of of.fields) {
    const value = values[field.name as Name]
    const text = field.kind === 'N' ? digits(field, value) : String(value ?? '')
    const found = checkValue(field, text, record)
    problems.push(...found)
    if (found.length === 0)
      bytes.set(
        Array.from(text, character => byteOf(character)!),
        field.at,
      )
  }
  return bytes
}

function digits(field: Field, value: string | number | undefined): string {
  return value === '' ? '' : String(value ?? 0).padStart(field.length, '0')
}

function checkValue(field: Field, text: string, record: number): FormatProblem[] {
  const place = { record, column: field.at + 1 }
  const characters = Array.from(text)
  if (characters.length > field.length) {
    const message = `${field.label}「${text}」は${characters.length}バイトあり、${field.length}バイトに入りません。`
    return [
      problem(
        place,
        field.label,
        'value_must_fit_its_field',
        message,
        `${field.length}バイト以内にしてください。`,
      ),
    ]
  }
  if (field.kind === 'N' && !/^\d*$/.test(text))
    return [
      problem(
        place,
        field.label,
        'number_must_be_digits',
        `${field.label}「${text}」が数字ではありません。`,
        '数字だけにしてください。',
      ),
    ]
  if (field.characters !== null) return checkBankText(text, field.characters, field.label, place)
  const bad = characters.find(character => byteOf(character) === null)
  if (bad === undefined) return []
  const message = `${field.label}の「${bad}」は1バイトの文字ではありません。`
  return [problem(place, field.label, 'text_must_be_single_byte', message, '半角の文字にしてください。')]
}
