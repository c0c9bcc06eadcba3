import type { Generated } from 'kysely'

export const incidentKinds = [
  'fraud',
  'double_assignment',
  'misdirected_payment',
  'insolvency',
  'data',
] as const
export type IncidentKind = (typeof incidentKinds)[number]
export const subjectRoles = ['client', 'debtor', 'other'] as const
export type SubjectRole = (typeof subjectRoles)[number]
/** Why a breach must be reported (個人情報保護委員会規則 7条). */
export const breachGrounds = ['special_care', 'property_damage', 'wrongful_purpose', 'over_1000'] as const
export type BreachGround = (typeof breachGrounds)[number]
/** What is sent to somebody by a day. */
export const filings = ['report', 'claim', 'preliminary', 'final'] as const
export type Filing = (typeof filings)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    incident: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      incident_no: Generated<string>
      kind: IncidentKind
      title: string
      found_on: string
      facts_sealed: string
      cause_sealed: string | null
      prevention_sealed: string | null
      loss_yen: number | null
      owner_id: string
      report_due_on: string
      reported_on: string | null
      filing_on: string | null
      court: string | null
      court_case_no: string | null
      claim_deadline_on: string | null
      claim_filed_on: string | null
      known_on: string | null
      persons_affected: number | null
      breach_grounds: Generated<BreachGround[]>
      preliminary_due_on: string | null
      preliminary_filed_on: string | null
      final_due_on: string | null
      final_filed_on: string | null
      opened_by: string
      opened_at: string
      closed_on: string | null
      closed_by: string | null
    }
    incident_subject: { incident_id: string; party_id: string; subject_role: SubjectRole }
  }
}
