import type { ColumnType, Generated } from 'kysely'
import type { ClaimType } from './claim-types.ts'
import type { KycPurpose } from './kyc-purposes.ts'
import type { Role } from './roles.ts'

export interface StaffMemberTable {
  id: string
  row_version: Generated<number>
  seen_no: Generated<number>
  display_name: string
  email: string
  ends_on: string | null
  left_at: string | null
  one_time_password_until: string | null
  registered_at: string
}

export interface RoleGrantTable {
  id: string
  staff_id: string
  role: Role
  valid_from: string
  valid_to: string | null
  granted_by: string
  approved_by: string | null
  granted_at: string
  revoked_at: string | null
  revoked_by: string | null
}

export interface StaffInviteTable {
  id: string
  staff_id: string
  purpose: 'first_password' | 'new_password'
  invited_by: string
  invited_at: string
  expires_at: string
  accepted_at: string | null
  withdrawn_at: string | null
  mail_state: 'waiting' | 'sent' | 'failed'
  mail_tries: Generated<number>
  mail_fault: string | null
}

export type SignInKind = 'password' | 'code' | 'recovery_code'
export type SignInOutcome = 'succeeded' | 'code_asked' | 'failed' | 'blocked' | 'left'

export interface SignInAttemptTable {
  id: string
  at: string
  kind: SignInKind
  outcome: SignInOutcome
  email_hash: string | null
  staff_id: string | null
  ip: string | null
  user_agent: string | null
}

export interface SignInBrakeTable {
  key: string
  failures: number
  counted_at: string
  blocked_until: string | null
}

export interface CompanyTable {
  id: string
  one: Generated<boolean>
  row_version: Generated<number>
  seen_no: Generated<number>
  mode: 'demo' | 'company'
  set_up_at: string
}

export interface CompanyVersionTable {
  version: number
  legal_name: string
  corporate_number: string | null
  invoice_reg_no: string | null
  money_lender_reg_no: string | null
  money_lender_valid_to: string | null
  aml_regime: 'statutory' | 'voluntary'
  originator_code: string | null
  tax_amount_basis: 'tax_included' | 'tax_excluded'
  bank_cut_off: string
  bank_holidays: 'banking_days' | 'weekends_only'
  transfer_fees_yen: number[]
  export_row_limit: number
  tolerance_yen: number
  opens_at: string
  closes_at: string
  closed_days: string[]
  contact_from: string
  contact_to: string
  contact_days: 'every_day' | 'business_days'
  face_match_min_ppm: number
  asset_income_over_yen: number
  virtual_rest_months: number
  impact_task_days: number
  kyc_purposes: ColumnType<KycPurpose[], string, string>
  adverse_media_rule: 'off' | 'alert' | 'stop'
  credit_event_rule: 'off' | 'alert' | 'stop'
  claim_types: ColumnType<ClaimType[], string, string>
  recorded_by: string
  recorded_at: string
}

interface AuthUserTable {
  id: string
  name: string
  email: string
  email_verified: boolean
  two_factor_enabled: Generated<boolean>
}

interface AuthSessionTable {
  id: string
  user_id: string
  token: string
  expires_at: string
  ip_address: string | null
  user_agent: string | null
  started_at: string
  last_active_at: string
}

interface AuthAccountTable {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    staff_member: StaffMemberTable
    role_grant: RoleGrantTable
    staff_invite: StaffInviteTable
    sign_in_attempt: SignInAttemptTable
    sign_in_brake: SignInBrakeTable
    company: CompanyTable
    company_version: CompanyVersionTable
    'auth.user': AuthUserTable
    'auth.session': AuthSessionTable
    'auth.account': AuthAccountTable
    'auth.verification': { id: string; identifier: string; value: string; expires_at: string }
    'auth.two_factor': { id: string; user_id: string; verified: boolean }
  }
}
