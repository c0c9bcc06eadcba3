import type { Generated } from 'kysely'

/** What two companies can share. */
export const sharedKinds = ['representative', 'address', 'phone', 'account', 'email_domain', 'owner'] as const
export type SharedKind = (typeof sharedKinds)[number]
export const proposalKinds = [...sharedKinds, 'control'] as const
export type ProposalKind = (typeof proposalKinds)[number]
export const proposalStates = ['open', 'accepted', 'rejected', 'gone'] as const
export type ProposalState = (typeof proposalStates)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    tie_key: { kind: SharedKind; key: string; company_id: string }
    tie_proposal: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      first_id: string
      second_id: string
      kind: ProposalKind
      facts_hash: string
      shared_by: number
      state: ProposalState
      proposed_at: string
      decided_by: string | null
      decided_at: string | null
      decision_reason: string | null
      tie_id: string | null
    }
    tie_scan: {
      only_row: Generated<boolean>
      swept_to: string | null
      done_at: string | null
      block: number
      position: number
    }
  }
}
