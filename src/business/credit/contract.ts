import { z } from 'zod'
import {
  changeReason,
  command,
  dealYen,
  id,
  isoDate,
  pageInput,
  pageOf,
  ppm,
  query,
} from '../../platform/http/contract.ts'
import { limitKinds } from './tables.ts'

const states = ['reserved', 'in_force', 'suspended', 'set_aside', 'superseded', 'lapsed', 'revoked'] as const

export const creditRefusals = {
  limit_must_be_in_force: '有効な与信枠がありません。',
  limit_must_not_be_suspended: '与信枠は停止中です。',
  limit_must_cover_the_purchase: '与信枠の空きが足りません。',
  amount_must_fit_the_kind: '集中度は割合で、その他の枠は金額で指定してください。',
  pair_must_name_both: '取引組合せ枠には利用者と売掛先の両方を指定してください。',
  temporary_limit_must_end: '一時枠には終了日が必要です。',
  period_must_be_forward: '終了日は開始日以降にしてください。',
  review_must_be_ahead: '見直し期日は今日より後にしてください。',
  limit_must_be_exceeded: 'この与信枠は超過していません。',
  breach_must_end_in_time: '解消の期限は、明日から90日以内で入力してください。',
  breach_must_not_have_grown:
    '申請の後に残高が増え、超過額が申請より大きくなりました。差し戻しを受け、再申請してください。',
  limit_must_stand: 'この与信枠は既に終了しています。',
  limit_must_be_suspended: 'この与信枠は停止していません。',
  company_must_have_one_limit:
    '同じ会社の枠が同時に改定されました。最新の枠を確かめてから、やり直してください。',
  limits_must_be_chosen:
    '統合する記録の両方に有効な恒久枠があります。どちらの枠を使うか、枠の種別ごとに選んでください。',
  chosen_limit_must_be_one_of_them: '選んだ枠は、統合する記録の有効な恒久枠ではありません。',
  assessment_must_not_be_in_the_future: '査定日に将来の日付は入力できません。',
  review_must_be_decided: '根拠にする審査は、同じ会社の決定済みの審査を選んでください。',
  review_must_not_decline: '結論が「否」の審査は、与信枠の根拠にできません。',
  limit_must_not_exceed_the_recommendation: '限度額が、根拠にする審査の推奨限度額を超えています。',
} as const

const terms = {
  limitYen: dealYen.min(0).nullish(),
  limitPpm: ppm.min(1).max(1_000_000).nullish(),
  inForceFrom: isoDate,
  inForceTo: isoDate.nullish(),
  reviewDueOn: isoDate,
  assessedOn: isoDate,
  grounds: z.string().trim().min(5).max(4000),
}

export const grantLimit = command({
  name: 'credit.grantLimit',
  path: '/api/credit/limits/grant',
  summary:
    'Sets a limit with grounds and dates; granting, raising and extending wait for a second person, lowering acts at once.',
  permission: 'credit.request',
  critical: 'sometimes',
  input: z.object({
    limitKind: z.enum(limitKinds),
    subjectId: id,
    secondSubjectId: id.nullish(),
    term: z.enum(['permanent', 'temporary']).default('permanent'),
    ...terms,
    /** The decided credit review this limit stands on. */
    reviewId: id.nullish(),
    change: changeReason,
  }),
  output: z.object({ id, limitNo: z.string() }),
  refusals: creditRefusals,
})

export const suspendLimit = command({
  name: 'credit.suspendLimit',
  path: '/api/credit/limits/:limitId/suspend',
  summary: 'Stops new purchases against a limit at once; the reason is shown to whoever is refused.',
  permission: 'credit.suspend',
  input: z.object({ limitId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: creditRefusals,
})

export const liftSuspension = command({
  name: 'credit.liftSuspension',
  path: '/api/credit/limits/:limitId/lift-suspension',
  summary: 'Lets purchases against a suspended limit go on; a second person decides.',
  permission: 'credit.request',
  critical: 'always',
  input: z.object({ limitId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: creditRefusals,
})

export const revokeLimit = command({
  name: 'credit.revokeLimit',
  path: '/api/credit/limits/:limitId/revoke',
  summary: 'Ends a limit at once.',
  permission: 'credit.suspend',
  input: z.object({ limitId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: creditRefusals,
})

export const acceptBreach = command({
  name: 'credit.acceptBreach',
  path: '/api/credit/limits/:limitId/accept-breach',
  summary:
    'Lets two people answer for exposure above a limit until a day, with its cause; it stays a breach and nothing more is bought under it.',
  permission: 'credit.request',
  critical: 'always',
  input: z.object({
    limitId: id,
    cause: z.string().trim().min(5).max(500),
    until: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, overYen: z.number() }),
  refusals: creditRefusals,
})

const breach = z.object({
  id,
  acceptedOn: z.string(),
  /** By how much the limit was exceeded then. */
  amountYen: z.number(),
  cause: z.string(),
  requestedBy: z.string(),
  approvedBy: z.string(),
  acceptedUntil: z.string(),
  replacedOn: z.string().nullable(),
})

const limit = z.object({
  id,
  limitNo: z.string(),
  limitKind: z.enum(limitKinds),
  /** The company, and the record of it the limit was set on. */
  subject: z.object({ id, name: z.string(), partyNo: z.string() }),
  secondSubject: z.object({ id, name: z.string() }).nullable(),
  term: z.enum(['permanent', 'temporary']),
  state: z.enum(states),
  limitYen: z.number().nullable(),
  limitPpm: z.number().nullable(),
  exposureYen: z.number(),
  committedYen: z.number(),
  inForceFrom: z.string(),
  inForceTo: z.string().nullable(),
  reviewDueOn: z.string(),
  assessedOn: z.string(),
  grounds: z.string(),
  /** The credit review it stands on. */
  review: z.object({ id, reviewNo: z.string() }).nullable(),
  requestedBy: z.object({ id, name: z.string() }),
  approvedBy: z.object({ id, name: z.string() }).nullable(),
  /** The level of authority by which it was approved, in words; null where no authority table was in force. */
  authorityLevel: z.string().nullable(),
  suspendedReason: z.string().nullable(),
  suspendedOn: z.string().nullable(),
  /** By how much it is exceeded now; null: it is not. */
  exceededYen: z.number().nullable(),
  /** Who answered for exposure above it, newest first. */
  breaches: z.array(breach),
  /** The day it was revoked or replaced by another limit. */
  endedOn: z.string().nullable(),
})
export type LimitView = z.infer<typeof limit>

export const limitsOfParty = query({
  name: 'credit.limitsOfParty',
  path: '/api/parties/:partyId/limits',
  summary:
    'Limits of a company, now and before, with the exposure of all its records, or of its group, against each.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ limits: z.array(limit) }),
})

export const listLimits = query({
  name: 'credit.listLimits',
  path: '/api/credit/limits',
  summary: 'Limits that stand, newest first; `use` keeps those used to 80 % or more, or exceeded.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    limitKind: z.enum(limitKinds).optional(),
    use: z.enum(['high', 'exceeded']).optional(),
  }),
  output: pageOf(limit),
})

export const headroomOfDeal = query({
  name: 'credit.headroomOfDeal',
  path: '/api/credit/headroom',
  summary: 'How much more may be bought from a client against a debtor, and which limit binds.',
  permission: 'credit.read',
  sight: null,
  input: z.object({ clientId: id, debtorId: id }),
  output: z.object({
    headroomYen: z.number(),
    lines: z.array(
      z.object({
        limitKind: z.string(),
        rule: z.string(),
        sentence: z.string(),
        limitYen: z.number().nullable(),
        exposureYen: z.number(),
        headroomYen: z.number().nullable(),
        binding: z.boolean(),
      }),
    ),
  }),
})
