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
import { limitKinds, overrideDeals } from './tables.ts'

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
  plan_ceiling_must_not_be_overridden:
    '商品枠は超過承認の対象外です。上限を変えるには、商品の新しい版を2人で有効にしてください。',
  override_must_name_the_claim:
    '申込全体の超過承認は、利用者枠とグループ枠だけです。売掛先・取引組合せ・集中度の枠は、債権ごとに申請してください。',
  override_must_end_in_time: '超過承認の期限は、今日から90日以内で入力してください。',
  override_must_have_a_limit: 'この種別の枠は設定されていないため、超過承認の対象がありません。',
  override_must_be_needed: 'この取引は枠の空きに収まるため、超過承認は不要です。',
  override_must_not_stand_twice: 'この取引には、同じ枠の有効な超過承認が既にあります。',
  override_must_stand: 'この超過承認は、既に取り消されたか置き換えられています。',
  deal_must_await_payout: '超過承認の対象は、支払前の債権と、進行中の申込だけです。',
  deal_must_have_claims: '債権のない申込には、超過承認を申請できません。債権を加えてください。',
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

/** What an exception names: one claim, or one application with all its claims. */
const deal = { dealKind: z.enum(overrideDeals), dealId: id }

export const grantOverride = command({
  name: 'credit.grantOverride',
  path: '/api/credit/overrides/grant',
  summary:
    'Lets one claim or application go beyond one kind of limit by at most so many yen until a day, decided by two people; the limit stays, and what is above it is a breach. The ceiling of a plan, a suspended limit and a missing one are never overridden.',
  permission: 'credit.request',
  critical: 'always',
  input: z.object({
    ...deal,
    limitKind: z.enum([...limitKinds, 'plan']),
    beyondYen: dealYen.min(1),
    until: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, overrideNo: z.string() }),
  refusals: creditRefusals,
})

export const revokeOverride = command({
  name: 'credit.revokeOverride',
  path: '/api/credit/overrides/:overrideId/revoke',
  summary:
    'Takes an exception back at once; a claim that rests on it and is not paid yet is refused from now on.',
  permission: 'credit.suspend',
  input: z.object({ overrideId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: creditRefusals,
})

export const overrideStates = ['standing', 'used', 'expired', 'revoked', 'replaced'] as const

const override = z.object({
  id,
  overrideNo: z.string(),
  dealKind: z.enum(overrideDeals),
  dealId: id,
  /** The number of the claim or application. */
  dealNo: z.string(),
  limitKind: z.enum(limitKinds),
  beyondYen: z.number(),
  usedYen: z.number(),
  until: z.string(),
  state: z.enum(overrideStates),
  reason: z.string(),
  evidence: z.array(id),
  requestedBy: z.string(),
  approvedBy: z.string(),
  grantedOn: z.string(),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
})
export type OverrideView = z.infer<typeof override>

export const overridesOfParty = query({
  name: 'credit.overridesOfParty',
  path: '/api/parties/:partyId/limit-overrides',
  summary: 'Exceptions granted for deals of a company, as client or as debtor, newest first.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ overrides: z.array(override) }),
})

export const overridesOfDeal = query({
  name: 'credit.overridesOfDeal',
  path: '/api/credit/deals/:dealKind/:dealId/overrides',
  summary:
    'The limits of a claim or application with the room under each, whether an exception may be asked for and why, and the exceptions it has.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object(deal),
  output: z.object({
    /** The advance of the claim once it is approved, its face before; of an application, its largest claim. */
    askedYen: z.number(),
    lines: z.array(
      z.object({
        limitKind: z.enum([...limitKinds, 'plan']),
        sentence: z.string(),
        headroomYen: z.number().nullable(),
        neededYen: z.number(),
        mayOverride: z.boolean(),
        why: z.string(),
      }),
    ),
    /** Why nothing may be asked for at all; null when it may. */
    closed: z.string().nullable(),
    overrides: z.array(override),
  }),
})
export type OverridesOfDeal = z.infer<typeof overridesOfDeal.output>

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
