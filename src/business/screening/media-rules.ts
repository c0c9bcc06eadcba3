import type { Reason } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Judgement } from './tables.ts'

export const mediaScopes = ['adverse_media', 'credit_event'] as const
export type MediaScope = (typeof mediaScopes)[number]
export const mediaVerdicts = ['cleared', 'conditional', 'escalated', 'rejected'] as const
export type MediaVerdict = (typeof mediaVerdicts)[number]

export const LONGEST_CONDITIONS_DAYS = 180

export interface TypedMediaSearch {
  searchedAt: string
  resultCount: number
  findings: readonly { judgement: Judgement }[]
  verdict: MediaVerdict
  conditions?: string | null | undefined
  conditionsUntil?: IsoDate | null | undefined
}

/**
 * Every rule a search of news breaks (JR §3.10, DD group 4): it has been made; what came back is looked at, each finding judged; nothing
 * found is clear by itself; clear leaves no doubt, a rejection names a match, conditions end.
 */
export function mediaReasons(typed: TypedMediaSearch, today: IsoDate, now: Date): Reason[] {
  const { resultCount, findings, verdict, conditions, conditionsUntil } = typed
  const reasons: Reason[] = []
  const no = (code: string, field: string) => reasons.push({ code, field })
  if (new Date(typed.searchedAt) > now) no('date_must_not_be_in_the_future', 'searchedAt')
  if (findings.length > resultCount) no('findings_must_be_among_the_results', 'findings')
  else if (resultCount > 0 && findings.length === 0) no('results_must_be_judged', 'findings')
  if (resultCount === 0 && verdict !== 'cleared') no('nothing_found_must_be_clear', 'verdict')
  else if (verdict === 'cleared' && findings.some(one => one.judgement !== 'different'))
    no('clear_needs_all_hits_different', 'verdict')
  else if (verdict === 'rejected' && findings.every(one => one.judgement !== 'same'))
    no('rejection_needs_a_same_hit', 'verdict')
  if (verdict === 'conditional') {
    if (!conditions || !conditionsUntil) no('conditions_must_be_given', 'conditions')
    else if (conditionsUntil <= today || conditionsUntil > addDays(today, LONGEST_CONDITIONS_DAYS))
      no('conditions_must_end_in_time', 'conditionsUntil')
  }
  return reasons
}

/** What a search with this verdict has against a deal today. */
export function mediaStops(
  { verdict, conditionsUntil }: { verdict: MediaVerdict; conditionsUntil: IsoDate | null },
  today: IsoDate,
): boolean {
  return (
    verdict === 'escalated' ||
    verdict === 'rejected' ||
    (verdict === 'conditional' && (conditionsUntil ?? '') < today)
  )
}
