import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { categoryLabels } from '../communications/labels.ts'
import type { Category } from '../communications/tables.ts'
import type { AlertRule } from './rules.ts'

/** Days in which compliance looks at a contact made against a rule. */
export const BLOCKED_CONTACT_DAYS = 3
/** How far ahead of its deadline an open inquiry speaks. */
export const INQUIRY_NOTICE_HOURS = 4
/** Days before a report or claim of an incident is due at which somebody is told. */
export const INCIDENT_NOTICE_DAYS = 7

const MINUTE = 16
const tokyoMinute = (at: string) =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, MINUTE).replace('T', ' ')

const blockedContact: AlertRule = {
  code: 'contact_must_follow_the_rules',
  version: 1,
  source: 'DD group 10, policy_check; FF §7, no contact 21:00–08:00',
  find: ({ blockedContacts }) =>
    blockedContacts.map(contact => ({
      kind: 'contact_blocked' as const,
      severity: 'warning' as const,
      subject: { kind: 'communication', id: contact.id },
      partyId: contact.partyId,
      sentence:
        `${contact.partyName} への連絡 ${contact.communicationNo} は規則に反しています：${contact.sentences.join('')}`.slice(
          0,
          500,
        ),
      dedupeKey: `contact_blocked:${contact.id}`,
      ownerId: null,
      ownerRole: 'compliance',
      dueOn: addDays(todayInTokyo(new Date(contact.recordedAt)), BLOCKED_CONTACT_DAYS),
    })),
}

const inquiryDue: AlertRule = {
  code: 'inquiry_must_be_answered_in_time',
  version: 1,
  source: 'DD group 10, first_answer_due, resolution_due',
  find: ({ inquiries, now }) =>
    inquiries.map(inquiry => {
      const late = Date.parse(inquiry.dueAt) < now.getTime()
      const what = inquiry.what === 'first_answer' ? '最初の回答' : '解決'
      const category = categoryLabels[inquiry.category as Category]
      return {
        kind: 'inquiry_due' as const,
        severity: late ? ('critical' as const) : ('warning' as const),
        subject: { kind: 'inquiry', id: inquiry.id },
        partyId: inquiry.partyId,
        sentence: `${category} ${inquiry.inquiryNo} の${what}の期限（${tokyoMinute(inquiry.dueAt)}）${late ? 'を過ぎています' : 'が近づいています'}`,
        dedupeKey: `inquiry_due:${inquiry.id}:${inquiry.what}`,
        ownerId: inquiry.ownerId,
        ownerRole: inquiry.category === 'complaint' ? 'compliance' : 'operations',
        dueOn: todayInTokyo(new Date(inquiry.dueAt)),
      }
    }),
}

const incidentDue: AlertRule = {
  code: 'incident_must_be_reported_in_time',
  version: 1,
  source: 'DD group 9, report_due_on; JR §4.2',
  find: ({ incidents, today }) =>
    incidents.map(incident => ({
      kind: 'incident_due' as const,
      severity: incident.dueOn < today ? ('critical' as const) : ('warning' as const),
      subject: { kind: 'incident', id: incident.id },
      partyId: incident.partyId,
      sentence: `事故 ${incident.incidentNo} の${incident.what}の期限（${incident.dueOn}）${incident.dueOn < today ? 'を過ぎています' : 'が近づいています'}`,
      dedupeKey: `incident_due:${incident.id}:${incident.what}`,
      ownerId: incident.ownerId,
      ownerRole: 'compliance',
      dueOn: incident.dueOn,
    })),
}

export const contactRules: readonly AlertRule[] = [blockedContact, inquiryDue, incidentDue]
