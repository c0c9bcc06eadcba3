import type { Reason } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { mediaScopeLabels, screeningRefusals } from './labels.ts'
import type { MediaScope } from './media-rules.ts'

/** Days before the day of a search's renewal at which somebody is told (house rule). */
export const NEWS_NOTICE_DAYS = 14

export const newsStates = ['never', 'overdue', 'due_soon', 'current'] as const
export type NewsState = (typeof newsStates)[number]

/** How a subject stands with the searches of one scope (JR §3.12); derived, so that it cannot be out of date. */
export function newsState(searchedUntil: IsoDate | null, today: IsoDate): NewsState {
  if (searchedUntil === null) return 'never'
  if (searchedUntil < today) return 'overdue'
  return searchedUntil <= addDays(today, NEWS_NOTICE_DAYS) ? 'due_soon' : 'current'
}

export interface NewsNeeded {
  name: string
  scope: MediaScope
  searchedUntil: IsoDate | null
}

/** Which of the company's settings asks for a search of each scope. */
const settingNames: Readonly<Record<MediaScope, string>> = {
  adverse_media: '報道（不芳情報）の検索がないとき',
  credit_event: '信用情報（倒産・差押等）の検索がないとき',
}

/** What a missing or outdated search has against a deal where the company has it stop one; names subject, scope, rule and remedy. */
export function newsReasons(needed: NewsNeeded, today: IsoDate): Reason[] {
  const { name, scope, searchedUntil } = needed
  const state = newsState(searchedUntil, today)
  if (state !== 'never' && state !== 'overdue') return []
  const code = state === 'never' ? 'news_must_be_searched' : 'news_search_must_not_be_stale'
  return [
    {
      code,
      message: `${screeningRefusals[code]}（${name}：${mediaScopeLabels[scope]}${searchedUntil === null ? '' : `、期日 ${searchedUntil}`}）顧客の「反社・制裁」の「検索を記録」で記録してください。会社設定「${settingNames[scope]}」が「止める」のためです。`,
      facts: { subject: name, scope, ...(searchedUntil === null ? {} : { searchedUntil }) },
    },
  ]
}
