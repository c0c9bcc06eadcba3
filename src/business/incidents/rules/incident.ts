import { addBusinessDays, JP_BANK } from '../../../platform/dates/business-calendar.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Filing, IncidentKind } from '../tables.ts'

const REPORT_BUSINESS_DAYS = 5

/** Our own report is due five bank days after an incident was found, where nobody says otherwise (company default). */
export function reportDueOn(foundOn: IsoDate): IsoDate {
  return addBusinessDays(foundOn, REPORT_BUSINESS_DAYS, JP_BANK)
}

/** Items that belong to one kind only (DD group 9, incident, by kind). */
export const ITEMS_OF_KIND = {
  filingOn: 'insolvency',
  court: 'insolvency',
  courtCaseNo: 'insolvency',
  claimDeadlineOn: 'insolvency',
  knownOn: 'data',
  personsAffected: 'data',
  breachGrounds: 'data',
} as const satisfies Record<string, IncidentKind>

export interface Deadlines {
  report_due_on: IsoDate
  reported_on: IsoDate | null
  claim_deadline_on: IsoDate | null
  claim_filed_on: IsoDate | null
  preliminary_due_on: IsoDate | null
  preliminary_filed_on: IsoDate | null
  final_due_on: IsoDate | null
  final_filed_on: IsoDate | null
}

export interface DueFiling {
  filing: Filing
  dueOn: IsoDate
  filedOn: IsoDate | null
}

/** What must be sent by when, the earliest day first; what has no day is not asked for. */
export function filingsOf(row: Deadlines): DueFiling[] {
  const all: [Filing, IsoDate | null, IsoDate | null][] = [
    ['report', row.report_due_on, row.reported_on],
    ['claim', row.claim_deadline_on, row.claim_filed_on],
    ['preliminary', row.preliminary_due_on, row.preliminary_filed_on],
    ['final', row.final_due_on, row.final_filed_on],
  ]
  return all
    .flatMap(([filing, dueOn, filedOn]) => (dueOn === null ? [] : [{ filing, dueOn, filedOn }]))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

export function nextFiling(row: Deadlines): DueFiling | null {
  return filingsOf(row).find(one => one.filedOn === null) ?? null
}

/** Codes of what stands against closing: no cause, no prevention (DD group 9), something that was due and not sent. */
export function hindrancesToClose(
  row: Deadlines & { cause_sealed: string | null; prevention_sealed: string | null },
): ('cause_must_be_given' | 'prevention_must_be_given' | 'filings_must_be_made')[] {
  return [
    ...(row.cause_sealed === null ? (['cause_must_be_given'] as const) : []),
    ...(row.prevention_sealed === null ? (['prevention_must_be_given'] as const) : []),
    ...(nextFiling(row) === null ? [] : (['filings_must_be_made'] as const)),
  ]
}
