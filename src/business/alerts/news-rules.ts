import { addDays } from '../../platform/dates/calendar-date.ts'
import type { AlertRule } from './rules.ts'

/** Days whoever screens has for the first search of a party that is dealt with (house rule). */
export const FIRST_SEARCH_DAYS = 14

const newsSearch: AlertRule = {
  code: 'news_must_be_searched_in_time',
  version: 1,
  source: 'JR §3.12; DD group 4, next_due_on',
  find: ({ news, today }) =>
    news.map(due => {
      const parts = [
        due.never > 0 ? `未検索 ${due.never}件` : '',
        due.overdue > 0 ? `期日超過 ${due.overdue}件` : '',
        due.dueSoon > 0 ? `期日間近 ${due.dueSoon}件` : '',
      ].filter(Boolean)
      return {
        kind: 'news_due' as const,
        severity: due.stops ? ('critical' as const) : ('warning' as const),
        subject: { kind: 'party', id: due.partyId },
        partyId: due.partyId,
        sentence: `${due.partyName} に関する報道・信用情報の検索が必要です（${parts.join('、')}）${due.stops ? '。見積・契約・買取・支払は検索まで停止されます' : ''}`,
        dedupeKey: `news_due:${due.partyId}`,
        ownerId: null,
        ownerRole: 'compliance',
        dueOn: due.firstDueOn ?? addDays(today, due.stops ? 0 : FIRST_SEARCH_DAYS),
      }
    }),
}

export const newsRules: readonly AlertRule[] = [newsSearch]
