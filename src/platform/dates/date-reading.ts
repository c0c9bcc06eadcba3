import type { IsoDate } from './iso-date.ts'

/** Why a typed date was not taken, worded as the rule. */
export type DateRefusalCode =
  | 'date_must_be_given'
  | 'date_must_be_readable'
  | 'date_must_exist'
  | 'day_must_lie_in_its_era'
  | 'era_year_must_start_at_one'
  | 'era_must_be_given'
  | 'year_must_be_given'
  | 'day_must_be_given'
  | 'weekday_must_match'

/** A refusal says what is wrong (`message`), what to do (`remedy`) and which days may be meant (`candidates`, perhaps none). */
export interface DateRefusal {
  ok: false
  code: DateRefusalCode
  message: string
  remedy: string
  candidates: IsoDate[]
}

/** A typed date, read or refused. */
export type DateReading = { ok: true; date: IsoDate } | DateRefusal

/** Builds a refusal; sentences are Japanese. */
export function dateRefusal(
  code: DateRefusalCode,
  message: string,
  remedy: string,
  candidates: IsoDate[] = [],
): DateRefusal {
  return { ok: false, code, message, remedy, candidates }
}
