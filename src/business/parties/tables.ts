import type { Generated } from 'kysely'

export const partyKinds = ['corporation', 'sole_proprietor', 'public_body', 'unincorporated'] as const
export type PartyKind = (typeof partyKinds)[number]
export type PartyRole = 'client' | 'debtor' | 'guarantor' | 'group_member' | 'broker' | 'vendor' | 'funder'
export type PartyStage = 'prospect' | 'applied' | 'active'
export type PartyStatus = 'normal' | 'suspended' | 'blocked' | 'closed'

export type BranchKind = 'branch' | 'sales_office' | 'factory' | 'shop' | 'other'
export type IdentifierIssuer = 'tdb' | 'tsr' | 'lei' | 'edinet' | 'duns' | 'other'

export interface PartyTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  party_no: Generated<string>
  party_kind: PartyKind
  legal_name: string
  legal_form: string
  legal_form_position: 'prefix' | 'suffix' | 'none'
  legal_name_kana: string | null
  legal_name_en: string | null
  trade_name: string | null
  corporate_number: string | null
  invoice_reg_no: string | null
  industry_code: string | null
  business_summary: string | null
  established_on: string | null
  capital_yen: number | null
  employees: number | null
  annual_sales_yen: number | null
  fiscal_year_end: string | null
  postal_code: string | null
  pref: string | null
  city: string | null
  town: string | null
  block: string | null
  building: string | null
  address_original: string | null
  phone: string | null
  phone_display: string | null
  email_domain: string | null
  website: string | null
  correspondence_postal_code: string | null
  correspondence_address: string | null
  fax: string | null
  fax_display: string | null
  employees_as_of: string | null
  established_precision: 'day' | 'month' | 'year' | null
  listing: 'listed' | 'subsidiary_of_listed' | 'unlisted' | 'public' | null
  listing_market: string | null
  securities_code: string | null
  money_lender_reg_no: string | null
  industry_rev: string | null
  held_roles: Generated<string[]>
  roles: PartyRole[]
  stage: Generated<PartyStage>
  status: Generated<PartyStatus>
  owner_staff_id: string
  registered_at: string
  /** The record which stands for the company, when several records are one company and this is not it. */
  folded_into: string | null
  /** What the records of one company have together; on the record which stands for them, else null. Derived. */
  identity_roles: PartyRole[] | null
  identity_stage: PartyStage | null
  identity_status: PartyStatus | null
  /** The name of a company made of several records, on each of them; else null. Derived. */
  shown_name: string | null
  /** When its retention was over and everything about it was destroyed; its number stays. */
  disposed_at: string | null
}

export interface PartyNameTable {
  id: string
  party_id: string
  kind: 'legal' | 'trade' | 'english'
  name: string
  kana: string | null
  valid_from: string | null
  valid_to: string | null
  recorded_at: string
}

export interface PartyBranchTable {
  id: string
  row_version: Generated<number>
  party_id: string
  kind: BranchKind
  name: string
  name_kana: string | null
  postal_code: string | null
  address: string | null
  phone: string | null
  phone_display: string | null
  valid_from: string | null
  valid_to: string | null
  recorded_at: string
  ended_recorded_at: string | null
}

export interface PartyIdentifierTable {
  id: string
  row_version: Generated<number>
  party_id: string
  issuer: IdentifierIssuer
  issuer_name: string | null
  value: string
  valid_from: string | null
  valid_to: string | null
  recorded_at: string
  ended_recorded_at: string | null
}

export interface PartySearchKeyTable {
  party_id: string
  kind: SearchKeyKind
  key: string
  norm_version: number
}

export type SearchKeyKind =
  | 'core'
  | 'folded'
  | 'reading'
  | 'english'
  | 'romaji'
  | 'number'
  | 'phone'
  | 'old_core'
  | 'old_folded'
  | 'old_reading'
  | 'old_number'
  | 'old_phone'
  | 'old_place'
  | 'branch'
  | 'branch_phone'
  | 'code'

declare module '../../platform/database/database.ts' {
  interface Tables {
    party: PartyTable
    party_name: PartyNameTable
    party_search_key: PartySearchKeyTable
    party_identity: { party_id: string; identity_id: string; merge_id: string | null }
    party_overlay: { identity_id: string; field: string; party_id: string; merge_id: string }
    stage_rule: {
      only_row: boolean
      items: Record<string, PartyStage | null>
      enforced: boolean
      set_at: string
    }
    party_branch: PartyBranchTable
    party_identifier: PartyIdentifierTable
    party_assignment: {
      id: string
      seen_no: Generated<number>
      party_id: string
      staff_id: string
      starts_on: string
      ends_on: string
      reason: string
      assigned_by: string
      assigned_at: string
      ended_by: string | null
      ended_at: string | null
      ended_reason: string | null
    }
  }
}
