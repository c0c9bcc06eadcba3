import type { Generated } from 'kysely'

export const personRoles = [
  'representative',
  'director',
  'auditor',
  'beneficial_owner',
  'shareholder',
  'agent',
  'contact',
  'guarantor',
  'department_head',
] as const
export type PersonRole = (typeof personRoles)[number]

export const contactChannels = ['phone', 'mobile', 'email', 'mail', 'fax', 'visit'] as const
export type ContactChannel = (typeof contactChannels)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    person: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      person_no: Generated<string>
      family_name: string
      given_name: string
      family_kana: string | null
      given_kana: string | null
      former_name: string | null
      common_name: string | null
      latin_name: string | null
      nationality: string | null
      birth_date_sealed: string | null
      birth_date_hash: string | null
      home_address_sealed: string | null
      phone_sealed: string | null
      phone_hash: string | null
      phone_last: string | null
      email: string | null
      pep_kind: 'none' | 'foreign' | 'domestic'
      residence_status: string | null
      residence_until: string | null
      mobile_sealed: string | null
      mobile_hash: string | null
      mobile_last: string | null
      pep_country: string | null
      pep_past: Generated<boolean>
      name_key: string
      kana_key: string | null
      registered_at: string
      disposed_at: string | null
    }
    party_person: {
      id: string
      row_version: Generated<number>
      party_id: string
      person_id: string
      person_role: PersonRole
      title: string | null
      department: string | null
      authority_basis: 'registered' | 'power_of_attorney' | 'called_head_office' | 'other' | null
      bo_basis: string | null
      is_registered_representative: boolean | null
      bo_declared_on: string | null
      contact_channel: ContactChannel | null
      contact_window: string | null
      do_not_contact: Generated<boolean>
      do_not_contact_reason: string | null
      valid_from: string | null
      valid_to: string | null
      recorded_at: string
      ended_recorded_at: string | null
    }
    person_former_key: { person_id: string; key: string }
  }
}
