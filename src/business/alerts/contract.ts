import { z } from 'zod'
import { command, id, isoDate, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { alertKinds } from './labels.ts'
import { alertSeverities, alertStates } from './tables.ts'

const row = z.object({
  id,
  rowVersion: z.number().int(),
  alertNo: z.string(),
  kind: z.enum(alertKinds),
  severity: z.enum(alertSeverities),
  ruleCode: z.string(),
  subject: z.object({ kind: z.string(), id }),
  party: z.object({ id, name: z.string() }).nullable(),
  sentence: z.string(),
  raisedAt: z.string(),
  owner: z.object({ id, name: z.string() }).nullable(),
  ownerRole: z.string(),
  dueOn: z.string(),
  state: z.enum(alertStates),
  snoozedUntil: z.string().nullable(),
  snoozedReason: z.string().nullable(),
  outcome: z.string().nullable(),
  resolvedBy: z.object({ id, name: z.string() }).nullable(),
  resolvedAt: z.string().nullable(),
})
export type AlertRow = z.infer<typeof row>

export const listAlerts = query({
  name: 'alerts.listAlerts',
  path: '/api/alerts',
  summary:
    'Alerts by deadline, oldest first; `mine` keeps those this person took or whose role this person holds.',
  permission: 'alerts.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    mine: z.stringbool().default(false),
    state: listOf(z.enum(alertStates)),
    kind: listOf(z.enum(alertKinds)),
    severity: listOf(z.enum(alertSeverities)),
    partyId: id.optional(),
  }),
  output: pageOf(row),
})

export const countAlerts = query({
  name: 'alerts.countAlerts',
  path: '/api/alerts/waiting-count',
  summary: 'How many alerts wait for this person, counted up to 99; snoozed ones do not wait.',
  permission: 'alerts.read',
  sight: null,
  input: z.object({}),
  output: z.object({ count: z.number().int() }),
})

const refusals = {
  alert_must_be_unresolved: 'このアラートは解決済みです。',
  alert_must_be_open: 'このアラートは既に対応中です。',
  snooze_must_be_ahead: '保留の期限は明日以降にしてください。',
  snooze_must_end_within_a_month: '保留は30日以内にしてください。',
} as const

const which = { alertId: id, rowVersion: z.number().int() }
const done = z.object({ id, rowVersion: z.number().int() })

export const acknowledgeAlert = command({
  name: 'alerts.acknowledgeAlert',
  path: '/api/alerts/:alertId/acknowledge',
  summary: 'Says that somebody has seen the alert and is at it.',
  permission: 'alerts.handle',
  input: z.object(which),
  output: done,
  refusals,
})

export const takeAlert = command({
  name: 'alerts.takeAlert',
  path: '/api/alerts/:alertId/take',
  summary: 'Makes this person the owner of the alert.',
  permission: 'alerts.handle',
  input: z.object(which),
  output: done,
  refusals,
})

export const snoozeAlert = command({
  name: 'alerts.snoozeAlert',
  path: '/api/alerts/:alertId/snooze',
  summary:
    'Puts the alert off to a day within a month, with a reason; it comes back on that day or when it becomes worse.',
  permission: 'alerts.handle',
  input: z.object({ ...which, until: isoDate, reason: z.string().trim().min(5).max(500) }),
  output: done,
  refusals,
})

export const resolveAlert = command({
  name: 'alerts.resolveAlert',
  path: '/api/alerts/:alertId/resolve',
  summary:
    'Closes the alert with what was done; it speaks again only when it becomes worse or its facts come anew.',
  permission: 'alerts.handle',
  input: z.object({ ...which, outcome: z.string().trim().min(5).max(1000) }),
  output: done,
  refusals,
})
