import { z } from 'zod'
import { command, dealYen, id, query } from '../../platform/http/contract.ts'
import { renewals } from './tables.ts'

export const signingRefusals = {
  contract_must_be_signed: '締結された契約だけが対象です。',
  stamp_duty_needs_paper: '印紙税は書面の契約だけにかかります。',
  envelope_needs_e_sign: '電子契約サービスと書類IDは、電子契約だけに入力します。',
  signer_must_belong_to_the_party: '署名者は、この顧客の関係者から選んでください。',
  reason_must_be_given: '訂正の理由を入力してください。',
  signing_must_differ: '登録されている内容と同じです。',
} as const

const values = {
  signerId: id.nullish(),
  signProvider: z.string().trim().min(1).max(100).nullish(),
  envelopeNo: z.string().trim().min(1).max(100).nullish(),
  /** Null: not checked yet. */
  signatureValid: z.boolean().nullish(),
  stampDutyYen: dealYen.min(0).nullish(),
  stampCancelled: z.boolean().nullish(),
  renewal: z.enum(renewals).nullish(),
  noticeDays: z.number().int().min(0).max(366).nullish(),
  antisocialClauseVersion: z.string().trim().min(1).max(50).nullish(),
}

export const recordSigning = command({
  name: 'contracts.recordSigning',
  path: '/api/contracts/:contractId/signing/record',
  summary: 'Keeps how a contract was signed and how it goes on; a correction with its reason.',
  permission: 'contracts.draft',
  input: z.object({
    contractId: id,
    /** 0: nothing was recorded yet. */
    rowVersion: z.number().int().min(0),
    ...values,
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: signingRefusals,
})

export const openSigning = query({
  name: 'contracts.openSigning',
  path: '/api/contracts/:contractId/signing',
  summary: 'How a contract was signed and how it goes on, with the last day to give notice before it ends.',
  permission: 'contracts.read',
  sight: 'open',
  input: z.object({ contractId: id }),
  output: z.object({
    rowVersion: z.number().int(),
    signer: z.object({ id, name: z.string() }).nullable(),
    signProvider: z.string().nullable(),
    envelopeNo: z.string().nullable(),
    signatureValid: z.boolean().nullable(),
    stampDutyYen: z.number().nullable(),
    stampCancelled: z.boolean().nullable(),
    renewal: z.enum(renewals).nullable(),
    noticeDays: z.number().int().nullable(),
    antisocialClauseVersion: z.string().nullable(),
    /** Null: the contract has no end, or no notice is agreed. */
    noticeBy: z.string().nullable(),
    recordedBy: z.string().nullable(),
  }),
})
export type SigningShown = z.output<(typeof openSigning)['output']>
