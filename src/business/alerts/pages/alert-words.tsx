import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { StatusTag, type Tone } from '../../../ui/index.ts'
import type { AlertRow } from '../contract.ts'
import { type AlertKind, alertStateLabels, severityLabels } from '../labels.ts'

const severityTones: Record<AlertRow['severity'], Tone> = {
  info: 'accent',
  warning: 'warning',
  critical: 'danger',
}
const stateTones: Record<AlertRow['state'], Tone> = {
  open: 'warning',
  acknowledged: 'accent',
  snoozed: 'waiting',
  resolved: 'success',
}

export function SeverityTag({ alert }: { alert: AlertRow }) {
  return <StatusTag tone={severityTones[alert.severity]} word={severityLabels[alert.severity]} />
}

export function AlertStateTag({ alert }: { alert: AlertRow }) {
  const { state, snoozedUntil, snoozedReason, outcome } = alert
  const word = state === 'snoozed' ? `${snoozedUntil} まで保留` : alertStateLabels[state]
  const detail = snoozedReason ?? outcome
  return <StatusTag tone={stateTones[state]} word={word} {...(detail ? { detail } : {})} />
}

/** A deadline as people say it: 「3日遅れ」「今日」「あと5日」. */
export function dueWord(dueOn: string, today: string): { tone: Tone; word: string } {
  const days = daysBetween(today, dueOn)
  if (days < 0) return { tone: 'danger', word: `${-days}日遅れ` }
  if (days === 0) return { tone: 'warning', word: '今日' }
  return { tone: days <= 7 ? 'accent' : 'neutral', word: `あと${days}日` }
}

/** Which tab of the customer's page an alert is worked on. */
const partyTabs: Partial<Record<AlertKind, string>> = {
  limit_use: 'limits',
  shared_account: 'accounts',
  kyc_due: 'kyc',
  screening_open: 'screening',
}

/** Where an alert is worked on: its record's page, else its company's page, else the list. */
export function useAlertHref(): (alert: AlertRow) => string {
  const hrefOf = useRecordHref()
  return alert => {
    const tab = partyTabs[alert.kind]
    if (alert.party && tab) return `/parties/${alert.party.id}?tab=${tab}`
    const own = hrefOf(alert.subject.kind, alert.subject.id)
    return own ?? (alert.party ? `/parties/${alert.party.id}` : '/alerts')
  }
}
