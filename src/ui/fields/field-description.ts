import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Yen } from '../../platform/money/yen.ts'

interface FieldCommon {
  /** Unique in its form; the name the server uses in its answers. */
  name: string
  label: string
  required?: boolean
  /** Opened by the ? beside the label. */
  help?: string
  /** One right answer, shown under the field: 「例：…」. */
  example?: string
  /** Why the person is asked: law or use. */
  why?: string
  /** Full: the whole line of the form. */
  width?: 'short' | 'medium' | 'full'
}

export interface FieldOption {
  value: string
  label: string
  /** One line under the label in the list. */
  detail?: string
  disabledReason?: string
}

export interface TextField extends FieldCommon {
  type: 'text' | 'kana' | 'postal' | 'phone' | 'email' | 'code'
  maxLength?: number
  /** Kana width the register wants: 全角カナ, 半角カナ. */
  kana?: 'full' | 'half'
}
export interface LongTextField extends FieldCommon {
  type: 'longText'
  maxLength?: number
  rows?: number
}
export interface YenField extends FieldCommon {
  type: 'yen'
}
export interface NumberField extends FieldCommon {
  type: 'number'
  /** Written after the number: 日, 名, 年. */
  unit?: string
}
/** Typed in percent, held in parts per million. */
export interface RateField extends FieldCommon {
  type: 'rate'
}
export interface DateField extends FieldCommon {
  type: 'date'
}
export interface ChoiceField extends FieldCommon {
  type: 'choice'
  options: readonly FieldOption[]
}
export interface MultiField extends FieldCommon {
  type: 'multi'
  options: readonly FieldOption[]
}
export interface BoolField extends FieldCommon {
  type: 'bool'
  /** The sentence beside the box. */
  sentence: string
}
export interface FileField extends FieldCommon {
  type: 'file'
  /** Endings with dot: ['.pdf', '.jpg']. */
  accept: readonly string[]
  maxBytes: number
  many?: boolean
}

/** One record out of many, found by typing (LookupInput). */
export interface LookupField extends FieldCommon {
  type: 'lookup'
}

export interface LookupValue {
  value: string
  label: string
  /** Code, place: what tells two of the same name apart. */
  detail?: string
}

/** A field as plain data: what it is called and why it is asked. Slices map their `fields.ts` entries to it. */
export type FieldDescription =
  | TextField
  | LongTextField
  | YenField
  | NumberField
  | RateField
  | DateField
  | ChoiceField
  | MultiField
  | BoolField
  | FileField

interface ValueByType {
  text: string
  kana: string
  postal: string
  phone: string
  email: string
  code: string
  longText: string
  yen: Yen | null
  number: number | null
  /** Parts per million. */
  rate: number | null
  date: IsoDate | null
  choice: string | null
  multi: readonly string[]
  bool: boolean
  file: readonly File[]
}

/** The value a description's field holds. */
export type FieldValue<F extends FieldDescription> = ValueByType[F['type']]

/** What a live check says while typing. It never changes what is written; a suggestion is taken by a click. */
export interface FieldHint<V> {
  level: 'ok' | 'info' | 'warning'
  sentence: string
  suggestion?: { shown: string; value: V }
}

export type FieldCheck<V> = (
  value: V,
  signal: AbortSignal,
) => FieldHint<V> | null | Promise<FieldHint<V> | null>
