import { z } from 'zod'
import {
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { breachGrounds, filings, incidentKinds, subjectRoles } from './tables.ts'

export const incidentRefusals = {
  found_must_not_lie_ahead: '発見日・知った日が将来です。',
  incident_must_be_open: 'この事故は既に終了しています。',
  incident_must_be_closed: 'この事故は終了していません。',
  field_must_suit_the_kind: 'この項目は、この種類の事故では使いません。',
  known_day_must_be_given: '個人データの事故では、知った日が必要です。',
  cause_must_be_given: '原因を入力しないと、事故を終了できません。',
  prevention_must_be_given: '再発防止策を入力しないと、事故を終了できません。',
  filings_must_be_made: '期限のある報告・届出がまだ済んでいません。',
  filing_must_be_due: 'この事故では、その報告・届出は求められていません。',
  filing_must_not_be_made_twice: 'その報告・届出は既に記録されています。',
  filing_must_not_lie_ahead: '報告・届出の日は今日以前にしてください。',
  owner_must_be_staff: '担当者に選べるのは、利用中のユーザーだけです。',
  something_must_change: '変更された項目がありません。',
  ...firstValueRefusals,
} as const

const words = (max: number) => z.string().trim().min(1).max(max)
const subject = z.object({ partyId: id, role: z.enum(subjectRoles) })

const items = {
  title: words(200),
  foundOn: isoDate,
  facts: words(10_000),
  lossYen: dealYen.min(0).nullish(),
  cause: words(10_000).nullish(),
  recurrencePrevention: words(10_000).nullish(),
  ownerId: id.nullish(),
  reportDueOn: isoDate.nullish(),
  filingOn: isoDate.nullish(),
  court: words(100).nullish(),
  courtCaseNo: words(100).nullish(),
  claimDeadlineOn: isoDate.nullish(),
  knownOn: isoDate.nullish(),
  personsAffected: z.number().int().min(0).max(1_000_000_000).nullish(),
  breachGrounds: z.array(z.enum(breachGrounds)).max(4).default([]),
  subjects: z.array(subject).max(50).default([]),
}
export type IncidentItems = z.output<z.ZodObject<typeof items>>

const done = z.object({ id, rowVersion: z.number().int() })

export const openIncident = command({
  name: 'incidents.open',
  path: '/api/incidents',
  summary:
    'Registers an incident with its facts, whom it is about and who investigates; deadlines follow from its kind.',
  permission: 'incidents.report',
  input: z.object({ kind: z.enum(incidentKinds), ...items, custom: customInput.optional() }),
  output: z.object({ id, incidentNo: z.string() }),
  refusals: incidentRefusals,
})

export const changeIncident = command({
  name: 'incidents.change',
  path: '/api/incidents/:incidentId/change',
  summary: 'Puts the items of an open incident as they are known now; the history names what changed.',
  permission: 'incidents.report',
  input: z.object({
    incidentId: id,
    rowVersion: z.number().int(),
    ...items,
    reason: z.string().trim().min(5).max(500),
  }),
  output: done,
  refusals: incidentRefusals,
})

export const fileIncident = command({
  name: 'incidents.file',
  path: '/api/incidents/:incidentId/file',
  summary: 'Records that a report was given or a claim filed, and when.',
  permission: 'incidents.report',
  input: z.object({
    incidentId: id,
    rowVersion: z.number().int(),
    filing: z.enum(filings),
    filedOn: isoDate,
    evidence: z.array(id).max(20).default([]),
  }),
  output: done,
  refusals: incidentRefusals,
})

const forAReason = z.object({
  incidentId: id,
  rowVersion: z.number().int(),
  reason: z.string().trim().min(5).max(500),
})

export const closeIncident = command({
  name: 'incidents.close',
  path: '/api/incidents/:incidentId/close',
  summary: 'Ends an incident; only with cause, prevention of recurrence and every filing made.',
  permission: 'incidents.close',
  input: forAReason,
  output: done,
  refusals: incidentRefusals,
})

export const reopenIncident = command({
  name: 'incidents.reopen',
  path: '/api/incidents/:incidentId/reopen',
  summary: 'Takes an ended incident up again, for a stated reason; it may then be changed and ended anew.',
  permission: 'incidents.close',
  input: forAReason,
  output: done,
  refusals: incidentRefusals,
})

const row = z.object({
  id,
  rowVersion: z.number().int(),
  incidentNo: z.string(),
  kind: z.enum(incidentKinds),
  title: z.string(),
  foundOn: z.string(),
  lossYen: z.number().nullable(),
  owner: z.object({ id, name: z.string() }),
  reportDueOn: z.string(),
  /** The earliest thing that is still due. */
  nextDue: z.object({ filing: z.enum(filings), dueOn: z.string() }).nullable(),
  isLate: z.boolean(),
  closedOn: z.string().nullable(),
  subjects: z.array(
    z.object({ partyId: id, partyNo: z.string(), name: z.string(), role: z.enum(subjectRoles) }),
  ),
  /** The company's own values shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type IncidentRow = z.infer<typeof row>

export const listIncidents = query({
  name: 'incidents.list',
  path: '/api/incidents',
  summary:
    'Incidents, open ones by what is due next; of a company with all its records, and of its group where asked.',
  permission: 'incidents.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: z.enum(['open', 'closed', 'all']).default('open'),
    kind: listOf(z.enum(incidentKinds)),
    mine: z.stringbool().default(false),
    partyId: id.optional(),
    group: z.stringbool().default(false),
  }),
  output: pageOf(row),
})

export const openIncidentPage = query({
  name: 'incidents.openOne',
  path: '/api/incidents/:incidentId',
  summary: 'One incident with facts, cause, prevention, its deadlines and what is still missing to close it.',
  permission: 'incidents.read',
  sight: 'open',
  input: z.object({ incidentId: id }),
  output: row.extend({
    facts: z.string().nullable(),
    cause: z.string().nullable(),
    recurrencePrevention: z.string().nullable(),
    filingOn: z.string().nullable(),
    court: z.string().nullable(),
    courtCaseNo: z.string().nullable(),
    claimDeadlineOn: z.string().nullable(),
    knownOn: z.string().nullable(),
    personsAffected: z.number().int().nullable(),
    breachGrounds: z.array(z.enum(breachGrounds)),
    filings: z.array(
      z.object({ filing: z.enum(filings), dueOn: z.string(), filedOn: z.string().nullable() }),
    ),
    openedAt: z.string(),
    openedBy: z.string(),
    closedBy: z.string().nullable(),
    /** Codes of refusals that stand against closing it. */
    hindrances: z.array(z.string()),
  }),
})
export type IncidentShown = z.infer<(typeof openIncidentPage)['output']>
