import type { Generated, GeneratedAlways } from 'kysely'

export const rightKinds = ['votes', 'profit'] as const
export type RightKind = (typeof rightKinds)[number]

export const holdingSources = [
  'shareholder_register',
  'articles',
  'owner_list',
  'declaration',
  'registry',
  'securities_report',
  'old_system',
  'other',
] as const
export type HoldingSource = (typeof holdingSources)[number]

export const tieKinds = [
  'affiliate',
  'sister',
  'same_representative',
  'same_address',
  'same_phone',
  'same_account',
] as const
export type TieKind = (typeof tieKinds)[number]

/** Why somebody clearly cannot or will not control the company (JR §3.6). */
export const exclusionGrounds = ['no_will', 'incapacity', 'nominal_holder', 'other'] as const
export type ExclusionGround = (typeof exclusionGrounds)[number]

export interface ShareholdingTable {
  id: string
  row_version: Generated<number>
  party_id: string
  holder_party_id: string | null
  holder_person_id: string | null
  right_kind: Generated<RightKind>
  share_ppm: number
  share_votes: number | null
  share_total: number | null
  source: HoldingSource | null
  valid_from: string | null
  valid_to: string | null
  recorded_at: string
  ended_recorded_at: string | null
  majority: GeneratedAlways<boolean>
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    shareholding: ShareholdingTable
    party_group_link: {
      id: string
      party_id: string
      other_party_id: string
      relation: TieKind
      confirmed_by: string
      recorded_at: string
      ended_at: string | null
    }
    control_exclusion: {
      id: string
      row_version: Generated<number>
      party_id: string
      person_id: string
      ground: ExclusionGround
      valid_from: string
      valid_to: string | null
      reason: string
      evidence: string[]
      requested_by: string
      approved_by: string | null
      recorded_at: string
      ended_reason: string | null
      ended_evidence: string[] | null
      ended_requested_by: string | null
      ended_approved_by: string | null
      ended_recorded_at: string | null
    }
    computed_ownership: {
      company_id: string
      outcome: 'not_needed' | 'by_share' | 'by_influence' | 'by_representative' | 'nobody'
      certain: boolean
      open_ppm: number
      exceeds: boolean
      parent_id: string | null
      ultimate_id: string | null
      facts_key: string
      detail_key: string
      computed_at: string
    }
    computed_owner: {
      company_id: string
      holder_kind: 'party' | 'person'
      holder_id: string
      basis: string
      share_ppm: number
    }
    ownership_mark: { only_row: Generated<boolean>; block: number; position: number }
  }
}
