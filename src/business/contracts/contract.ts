import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { contractKinds, renewals } from './tables.ts'
import { contractTerms } from './terms.ts'

export { penaltyTriggers } from './terms.ts'

export const contractStates = [
  'drafting',
  'internal_check',
  'ready',
  'sent',
  'viewed',
  'partially_signed',
  'recalled',
  'declined',
  'sign_expired',
  'executed',
  'active',
  'amended',
  'voided',
  'terminated',
  'completed',
] as const

/** Steps one person takes; execution and amendment are their own, critical commands. */
export const stepsByHand = [
  'internal_check',
  'drafting',
  'ready',
  'sent',
  'viewed',
  'partially_signed',
  'recalled',
  'declined',
  'voided',
] as const

export const contractRefusals = {
  lender_must_be_registered: '貸付の契約には、有効な貸金業登録（会社設定）が必要です。',
  remit_rule_must_be_given: '利用者が回収して送金する契約では、送金期日の定めが必要です。',
  route_must_fit_the_legal_kind: '2社間の契約では、売掛先から直接の支払は受けられません。',
  fee_period_must_be_given: '期間ごとの手数料では、1期間の日数が必要です。',
  penalty_must_be_an_amount_or_a_share: '違約金は、金額か代金に対する割合のどちらか一方で定めます。',
  antisocial_clause_must_be_agreed: '反社会的勢力の排除条項がない契約は締結できません。',
  master_must_belong_to_the_party: '基本契約が同じ顧客のものではありません。',
  transition_must_be_listed: '現在の状態からこの操作はできません。',
  transition_must_be_asked_for: 'この状態へは操作ではなく日付で移ります。',
  transition_must_follow_from_events: 'この状態へは操作ではなく日付で移ります。',
  transition_must_follow_from_a_reversal: 'この状態へは取消しでのみ移ります。',
  contract_must_be_drafting: '下書き中の契約だけを修正できます。',
  approver_must_not_have_written_the_terms: '契約条件を書いた人は、その契約を承認できません。',
  contract_must_be_sent: '相手方に送付した契約だけを締結できます。',
  contract_must_be_active: '有効な契約だけが対象です。',
  contract_must_be_executed: '契約が締結されていません。',
  contract_must_be_in_force: '契約が有効期間内ではありません。',
  dates_must_be_in_order: '締結日・発効日・終了日の順序が正しくありません。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  ...firstValueRefusals,
} as const

export const draftContract = command({
  name: 'contracts.draftContract',
  path: '/api/contracts/draft',
  summary: 'Drafts a contract with a client.',
  permission: 'contracts.draft',
  input: z.object({
    partyId: id,
    contractKind: z.enum(contractKinds).default('master'),
    masterId: id.nullish(),
    terms: contractTerms,
    custom: customInput.optional(),
  }),
  output: z.object({ id, contractNo: z.string() }),
  refusals: contractRefusals,
})

export const changeDraft = command({
  name: 'contracts.changeDraft',
  path: '/api/contracts/:contractId/change-draft',
  summary: 'Changes the terms of a contract still being drafted.',
  permission: 'contracts.draft',
  input: z.object({ contractId: id, rowVersion: z.number().int(), terms: contractTerms }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: contractRefusals,
})

export const moveContract = command({
  name: 'contracts.moveContract',
  path: '/api/contracts/:contractId/move',
  summary: 'Moves a contract one listed step on its way to signature.',
  permission: 'contracts.draft',
  input: z.object({
    contractId: id,
    to: z.enum(stepsByHand),
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id, state: z.enum(contractStates) }),
  refusals: contractRefusals,
})

export const executeContract = command({
  name: 'contracts.executeContract',
  path: '/api/contracts/:contractId/execute',
  summary: 'States that all parties have signed, with the signed document; a second person confirms.',
  permission: 'contracts.draft',
  critical: 'always',
  input: z.object({
    contractId: id,
    signedOn: isoDate,
    effectiveOn: isoDate,
    endsOn: isoDate.nullish(),
    signMethod: z.enum(['paper', 'e_sign']),
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals: contractRefusals,
})

export const amendContract = command({
  name: 'contracts.amendContract',
  path: '/api/contracts/:contractId/amend',
  summary: 'Agrees new terms from a day on, as a further version; a second person confirms.',
  permission: 'contracts.draft',
  critical: 'always',
  input: z.object({
    contractId: id,
    rowVersion: z.number().int(),
    validFrom: isoDate,
    terms: contractTerms,
    change: changeReason,
  }),
  output: z.object({ id, version: z.number().int() }),
  refusals: contractRefusals,
})

export const terminateContract = command({
  name: 'contracts.terminateContract',
  path: '/api/contracts/:contractId/terminate',
  summary: 'Ends a contract at once; nothing more is bought under it.',
  permission: 'contracts.terminate',
  input: z.object({ contractId: id, terminatedOn: isoDate, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: contractRefusals,
})

const row = z.object({
  id,
  contractNo: z.string(),
  partyId: id,
  partyName: z.string(),
  contractKind: z.enum(contractKinds),
  state: z.enum(contractStates),
  legalKind: z.string(),
  collectionRoute: z.string(),
  advancePpm: z.number(),
  feePpm: z.number(),
  effectiveOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  /** How it was signed and goes on, where it was recorded. */
  signing: z
    .object({
      signProvider: z.string().nullable(),
      envelopeNo: z.string().nullable(),
      signatureValid: z.boolean().nullable(),
      stampDutyYen: z.number().nullable(),
      stampCancelled: z.boolean().nullable(),
      renewal: z.enum(renewals).nullable(),
      noticeDays: z.number().nullable(),
      antisocialClauseVersion: z.string().nullable(),
    })
    .optional(),
  /** The company's own values shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()).optional(),
})
export type ContractRow = z.infer<typeof row>

export const listContracts = query({
  name: 'contracts.listContracts',
  path: '/api/contracts',
  summary: 'Contracts, newest first, by filters; of one party when given.',
  permission: 'contracts.read',
  sight: 'list',
  input: z.object({ ...pageInput, partyId: id.optional(), state: listOf(z.enum(contractStates)) }),
  output: pageOf(row),
})

const version = z.object({
  version: z.number(),
  validFrom: z.string().nullable(),
  recordedBy: z.string(),
  approvedBy: z.string().nullable(),
  recordedAt: z.string(),
  reason: z.string().nullable(),
  terms: contractTerms,
})

export const openContract = query({
  name: 'contracts.openContract',
  path: '/api/contracts/:contractId',
  summary: 'One contract with its terms in force and every version.',
  permission: 'contracts.read',
  sight: 'open',
  input: z.object({ contractId: id }),
  output: row.extend({
    rowVersion: z.number(),
    masterId: id.nullable(),
    signedOn: z.string().nullable(),
    signMethod: z.enum(['paper', 'e_sign']).nullable(),
    draftedBy: z.string(),
    terminatedOn: z.string().nullable(),
    terminationReason: z.string().nullable(),
    terms: contractTerms,
    versions: z.array(version),
    nextSteps: z.array(z.enum(contractStates)),
    hindrances: z.array(z.string()),
  }),
})
export type ContractShown = z.infer<(typeof openContract)['output']>
export { type ContractTerms, charge, contractTerms, type ReceivableKind, receivableKinds } from './terms.ts'
