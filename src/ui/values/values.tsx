import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'
import type { Ppm, Yen as YenValue } from '../../platform/money/yen.ts'
import { words } from '../labels.ts'
import { useUi } from '../theme/UiProvider.tsx'
import { tokyoMinute } from './date-words.ts'
import { type NegativeStyle, percentText, yenText } from './money-words.ts'
import './values.css'

const nothing = <span className="ui-faint">{words.values.none}</span>

interface YenProps {
  value: YenValue | null
  negative?: NegativeStyle
  /** Larger, for headers and tiles. */
  strong?: boolean
}

/** ¥1,234,567; negative in red with a sign, and read aloud as マイナス…円. */
export function Yen({ value, negative = 'minus', strong = false }: YenProps) {
  if (value === null) return nothing
  const className = ['ui-yen', value < 0 ? 'ui-yen-negative' : '', strong ? 'ui-yen-strong' : '']
    .filter(Boolean)
    .join(' ')
  if (value >= 0) return <span className={className}>{yenText(value)}</span>
  return (
    <span className={className}>
      <span aria-hidden="true">{yenText(value, negative)}</span>
      <span className="ui-hidden">{`${words.values.minus}${Math.abs(value).toLocaleString('ja-JP')}${words.values.yen}`}</span>
    </span>
  )
}

/** 3.8% from parts per million. */
export function Rate({ ppm, digits }: { ppm: Ppm | null; digits?: number }) {
  return ppm === null ? nothing : <span className="ui-number-text">{percentText(ppm, digits)}</span>
}

/** 2026-11-23, with 令和8年11月23日 on hover. */
export function DateText({ date }: { date: IsoDate | null }) {
  const { sayJapaneseYear } = useUi()
  if (date === null) return nothing
  return (
    <time className="ui-nowrap" dateTime={date} title={sayJapaneseYear(date)}>
      {date}
    </time>
  )
}

/** An instant in Tokyo, 2026-11-23 12:34, with the Japanese year on hover. */
export function DateTimeText({ at }: { at: IsoInstant | null }) {
  const { sayJapaneseYear } = useUi()
  if (at === null) return nothing
  const minute = tokyoMinute(at)
  return (
    <time
      className="ui-nowrap"
      dateTime={at}
      title={`${sayJapaneseYear(minute.slice(0, 10))} ${minute.slice(11)}`}
    >
      {minute}
    </time>
  )
}

/** A code or registered number in even figures; never broken over lines. */
export function CodeText({ code }: { code: string | null }) {
  return code === null || code === '' ? nothing : <span className="ui-code">{code}</span>
}

/** A text or 「―」. */
export function PlainText({ text }: { text: string | null | undefined }) {
  return text || nothing
}

const WHOLE = /(\d{4}-\d\d-\d\d|\b[A-Z]{1,2}-\d[\d-]*|[\d,]+円)/

/** A sentence in which dates, record numbers and amounts stay whole where the line breaks. */
export function SentenceText({ text }: { text: string }) {
  const parts = text.split(WHOLE)
  return parts.map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <span key={at} className="ui-nowrap">
        {part}
      </span>
    ),
  )
}
