import { looksLikeMyNumber } from '../../names/index.ts'
import { docKindLabels } from '../labels.ts'
import type { DocKind, ReadingField } from '../tables.ts'

/** Twelve digits, in groups of four or not, with no further digit on either side: thirteen are a corporate number. */
const TWELVE_DIGITS = /(?<![0-9])[0-9]{4}[\s\-‐－ー−]?[0-9]{4}[\s\-‐－ー−]?[0-9]{4}(?![0-9])/g

/** Whether a text holds what may be an individual number: twelve digits with its check digit (JR §1.6; data dictionary, cross-check 8). */
export function holdsMyNumber(text: string): boolean {
  return (text.normalize('NFKC').match(TWELVE_DIGITS) ?? []).some(looksLikeMyNumber)
}

type Fit = { ok: true; value: string } | { ok: false; message: string }

const DATE = /^\d{4}-\d{2}-\d{2}$/
const LONGEST: Partial<Record<ReadingField, number>> = { title: 200, counterparty: 150 }

/** The value in the one way in which its field is written, or why it is none. */
export function fitting(field: ReadingField, value: string): Fit {
  const text = value.normalize('NFC').trim()
  const wrong = (message: string): Fit => ({ ok: false, message })
  if (text === '') return wrong('値が空です。読み取れなかった項目は送らないでください。')
  if (field === 'amountYen')
    return /^-?\d{1,12}$/.test(text)
      ? { ok: true, value: String(Number(text)) }
      : wrong('金額は円の整数で送ってください。')
  if (field === 'transactionDate' || field === 'validOn' || field === 'expiresOn')
    return DATE.test(text) && isDay(text) && text >= '1900-01-01' && text <= '2199-12-31'
      ? { ok: true, value: text }
      : wrong('日付は 2026-11-10 の形で送ってください。')
  if (field === 'docKind')
    return text in docKindLabels
      ? { ok: true, value: text }
      : wrong('種類は書類の種類の記号で送ってください。')
  return text.length <= (LONGEST[field] ?? 0) ? { ok: true, value: text } : wrong('長すぎます。')
}

const isDay = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** The value as the document's field holds it. */
export function typedValue(field: ReadingField, value: string): string | number {
  return field === 'amountYen' ? Number(value) : value
}

/** The value as people read it. */
export function wordOf(field: ReadingField, value: string | number | null): string | null {
  if (value === null) return null
  if (field === 'docKind') return docKindLabels[value as DocKind] ?? String(value)
  if (field === 'amountYen') return `${Number(value).toLocaleString('ja-JP')}円`
  return String(value)
}
