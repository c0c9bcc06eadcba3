import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { AlertRule } from './rules.ts'

/** How far ahead of its deadline an open application speaks. */
export const APPLICATION_NOTICE_HOURS = 2
/** Days a client may owe documents before whoever is in charge is told to ask again. */
export const DOCUMENTS_WAIT_DAYS = 3

const MINUTE = 16
const tokyoMinute = (at: string) =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, MINUTE).replace('T', ' ')

const clockWords = { decision: '審査の回答', funding: '実行', answer: '見積の有効期限' } as const

const applicationDue: AlertRule = {
  code: 'application_must_be_answered_in_time',
  version: 1,
  source: 'FF §7, clocks; DD group 13, due_at per clock',
  find: ({ applications, now, today }) =>
    applications.map(application => {
      const { what, at } = application
      const base = {
        kind: 'application_due' as const,
        subject: { kind: 'application', id: application.id },
        partyId: application.clientId,
        dedupeKey: `application_due:${application.id}:${what}`,
        ownerId: application.ownerId,
        ownerRole: what === 'decision' ? 'reviewer' : what === 'funding' ? 'operations' : 'sales',
      }
      const head = `${application.clientName} の申込 ${application.applicationNo}`
      if (what === 'documents')
        return {
          ...base,
          severity: 'warning' as const,
          sentence: `${head} は、${todayInTokyo(new Date(at))} から書類を待っています`,
          dueOn: today,
        }
      const late = Date.parse(at) < now.getTime()
      return {
        ...base,
        severity: late && what !== 'answer' ? ('critical' as const) : ('warning' as const),
        sentence:
          what === 'answer'
            ? `${head} の見積の有効期限（${tokyoMinute(at)}）${late ? 'が過ぎました。出し直すか、終えてください' : 'が近づいています'}`
            : `${head} の${clockWords[what]}の期限（${tokyoMinute(at)}）${late ? 'を過ぎています' : 'が近づいています'}`,
        dueOn: what === 'answer' && late ? addDays(today, 1) : todayInTokyo(new Date(at)),
      }
    }),
}

export const applicationRules: readonly AlertRule[] = [applicationDue]
