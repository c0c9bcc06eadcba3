import type { Generated } from 'kysely'
import type { StageRule } from '../parties/index.ts'
import type { ApprovalShown, Authority, FurtherApproval, RequiredShown } from './contract.ts'
import type { Department } from './rules.ts'

export const policyStates = ['draft', 'in_force', 'superseded', 'withdrawn'] as const
export type PolicyState = (typeof policyStates)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    policy_version: {
      id: string
      row_version: Generated<number>
      version_no: number
      targets: Record<string, number>
      retention: Record<string, number>
      required_items: RequiredShown[]
      approvals: ApprovalShown[]
      stage_rule: StageRule | null
      further_approvals: FurtherApproval[] | null
      authority: Authority[] | null
      note: string
      state: PolicyState
      drafted_by: string
      drafted_at: string
      in_force_from: string | null
    }
    policy_confirmation: {
      version_id: string
      department: Department
      staff_id: string
      confirmed_on: string
      confirmed_at: string
    }
  }
}
