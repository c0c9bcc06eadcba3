import { z } from 'zod'
import { command, id, query } from '../../platform/http/contract.ts'
import { departments } from './rules.ts'

export const policyRefusals = {
  target_must_be_within_bounds: '目標の値を確認してください。',
  retention_must_not_be_shorter_than_the_law: '保存期間が法令より短くなっています。',
  items_must_be_known: 'この項目はありません。',
  items_asked_by_law_must_stay: '法令で確認が必要な項目は、外すことも遅らせることもできません。',
  approver_role_must_decide: 'この役割は、この承認の権限を持っていません。',
  authority_must_be_unique: '決裁権限に、同じ承認と役割の組が2つあります。',
  authority_must_have_no_gap: '決裁権限には、金額の上限がない役割が1つ以上必要です。',
  further_approvals_must_be_unique: '同じ承認と役割の組が2つあります。',
  version_must_be_a_draft: 'この版は案ではありません。最新の版を開き直してください。',
  confirmer_must_not_have_drafted: '案を作成した人は確認できません。別の人が確認してください。',
  head_must_be_another_person: 'すでに別の部門として確認しています。部門ごとに別の人が確認してください。',
  department_must_be_open: 'この部門の確認は済んでいます。',
} as const

export const stages = ['prospect', 'applied', 'active'] as const

const required = z.object({
  /** Null in versions of before the items could be set. */
  key: z.string().nullable().default(null),
  stage: z.string(),
  label: z.string(),
  condition: z.string(),
})
export type RequiredShown = z.infer<typeof required>

const approval = z.object({ code: z.string(), label: z.string(), roles: z.array(z.string()) })
export type ApprovalShown = z.infer<typeof approval>

/** An item that may be required, from which stage it is, and whether the law asks for it. */
const requirableItem = z.object({
  key: z.string(),
  label: z.string(),
  condition: z.string(),
  from: z.enum(stages).nullable(),
  proposed: z.enum(stages).nullable(),
  fixed: z.boolean(),
})
export type RequirableShown = z.infer<typeof requirableItem>

/** Requests which need this permission and are about at least this much need one more approver, of this role. */
const furtherApproval = z.object({
  permission: z.string().max(80),
  /** Yen; null: whatever the request is about. */
  fromYen: z.number().int().min(0).max(9_000_000_000_000_000).nullable(),
  role: z.string().max(40),
})
export type FurtherApproval = z.infer<typeof furtherApproval>

/** A role decides on requests that need this permission up to so many yen; without a row for a permission whoever holds it decides. */
const authority = z.object({
  permission: z.string().max(80),
  role: z.string().max(40),
  /** Yen, included; null: whatever the amount. */
  uptoYen: z.number().int().min(1).max(9_000_000_000_000_000).nullable(),
})
export type Authority = z.infer<typeof authority>

const stageRuleShape = z.object({
  items: z.record(z.string().max(60), z.enum(stages).nullable()),
  enforced: z.boolean(),
})

const numbers = z.record(z.string().max(40), z.number())

export const draftPolicy = command({
  name: 'policy.draftPolicy',
  path: '/api/policy/draft',
  summary:
    'Puts forward a version of the house rules: required items by stage, further approvals, authority by amount, targets of the measures and years of retention; it replaces a draft that stands. The second person of every approval stays whatever it says.',
  permission: 'policy.draft',
  input: z.object({
    targets: numbers,
    retention: numbers,
    /** Left out: as it is now. */
    stages: stageRuleShape.nullish(),
    furtherApprovals: z.array(furtherApproval).max(50).nullish(),
    authority: z.array(authority).max(100).nullish(),
    note: z.string().trim().min(5).max(2000),
  }),
  output: z.object({ id, versionNo: z.number().int() }),
  refusals: policyRefusals,
})

export const confirmPolicy = command({
  name: 'policy.confirmPolicy',
  path: '/api/policy/:versionId/confirm',
  summary: 'Confirms a draft as the head of a department; with the fourth it comes into force.',
  permission: 'policy.confirm',
  input: z.object({ versionId: id, department: z.enum(departments) }),
  output: z.object({ id, inForce: z.boolean() }),
  refusals: policyRefusals,
})

export const withdrawPolicy = command({
  name: 'policy.withdrawPolicy',
  path: '/api/policy/:versionId/withdraw',
  summary: 'Takes a draft back.',
  permission: 'policy.draft',
  input: z.object({ versionId: id }),
  output: z.object({ id }),
  refusals: policyRefusals,
})

const version = z.object({
  id,
  versionNo: z.number().int(),
  state: z.enum(['draft', 'in_force', 'superseded', 'withdrawn']),
  targets: numbers,
  retention: numbers,
  requiredItems: z.array(required),
  approvals: z.array(approval),
  /** Null in versions of before they could be set. */
  stages: stageRuleShape.nullable(),
  furtherApprovals: z.array(furtherApproval.extend({ label: z.string(), roleLabel: z.string() })),
  authority: z.array(authority.extend({ label: z.string(), roleLabel: z.string() })),
  note: z.string(),
  draftedBy: z.object({ id, name: z.string() }),
  draftedAt: z.string(),
  inForceFrom: z.string().nullable(),
  confirmations: z.array(
    z.object({ department: z.enum(departments), name: z.string(), confirmedOn: z.string() }),
  ),
})
export type PolicyVersion = z.infer<typeof version>

export const openPolicy = query({
  name: 'policy.openPolicy',
  path: '/api/policy',
  summary:
    'All versions of the house rules, newest first, and the required items and approval rules the program holds to now.',
  permission: 'policy.read',
  sight: null,
  input: z.object({}),
  output: z.object({
    versions: z.array(version),
    requiredItems: z.array(required),
    approvals: z.array(approval),
    requirable: z.array(requirableItem),
    /** A customer of whom something is missing is not let into the next stage. */
    enforced: z.boolean(),
    furtherApprovals: z.array(furtherApproval),
    authority: z.array(authority),
    /** Roles which may decide, by permission: only they can be a further approver. */
    deciders: z.array(
      z.object({
        permission: z.string(),
        label: z.string(),
        roles: z.array(z.object({ value: z.string(), label: z.string() })),
      }),
    ),
    /** The program has changed what the version in force says of it. */
    differs: z.boolean(),
  }),
})
export type Policy = z.infer<typeof openPolicy.output>

export const printPolicy = query({
  name: 'policy.printPolicy',
  path: '/api/policy/:versionId/rules.pdf',
  summary: 'A version of the house rules as a rule book on A4.',
  permission: 'policy.read',
  sight: 'export',
  input: z.object({ versionId: id }),
  output: z.unknown(),
})
