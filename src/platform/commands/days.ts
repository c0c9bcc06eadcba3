import type { IsoDate } from '../dates/iso-date.ts'
import { refuseUnless } from './refusal.ts'

interface NamedDay {
  /** The input field that holds it, as a path. */
  field: string
  day: IsoDate | null | undefined
}

/** Refuses a day after today at its field: what is noted has happened. A day that was left out is not asked about. */
export function refuseFutureDays(today: IsoDate, ...days: readonly NamedDay[]): void {
  for (const { field, day } of days)
    refuseUnless(!day || day <= today, 'date_must_not_be_in_the_future', { kind: 'invalid', field })
}

/** Refuses a day outside a span, both ends included, saying the span. */
export function refuseDayOutside(
  { field, day }: NamedDay,
  { from, to }: { from: IsoDate; to: IsoDate },
): void {
  refuseUnless(!day || (day >= from && day <= to), 'day_must_lie_in_the_span', {
    kind: 'invalid',
    field,
    message: `日付は${from}から${to}までの間にしてください。`,
  })
}
