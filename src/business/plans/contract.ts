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
import { advertised, planParameters } from './parameters.ts'
import { shownStates } from './rules/versions.ts'
import { planStatuses, transactionKinds } from './tables.ts'

/** Why something does not fit a plan, for whoever deals under one. */
export const planUseRefusals = {
  plan_must_be_in_force: 'この商品の版は、今日は適用されていません。適用中の商品を選んでください。',
  plan_must_be_a_purchase: '申込に使えるのは、買取の商品だけです。',
  plan_must_serve_the_client: 'この利用者は、商品の対象ではありません。',
  plan_must_cover_the_amount: '金額が商品の範囲の外です。',
  plan_must_cover_the_kind: '商品の対象でない種類の債権があります。',
  plan_must_cover_the_tenor: '期日までの日数が、商品の上限を超える債権があります。',
  fee_must_be_within_the_plan: '手数料が商品の範囲の外です。',
  plan_must_take_the_channel: '商品の対象でない受付手段です。',
  plan_must_take_the_form: '商品の対象でない申込書式です。',
  plan_must_serve_the_industry: 'この利用者の業種は、商品の対象ではありません。',
  plan_must_cover_the_debtor: '商品の対象でない種類の売掛先の債権があります。',
  contract_must_fit_the_plan: '契約の条件が商品に合いません。',
} as const

export const planRefusals = {
  plan_code_must_be_free: 'この商品コードは既に使われています。',
  plan_code_must_be_readable: '商品コードは、半角の英大文字・数字・ハイフンで20文字以内にしてください。',
  plan_version_must_be_a_draft:
    '下書きの版だけを変えられます。適用した版は変わりません。新しい版を作ってください。',
  plan_must_have_one_draft: '作成中の下書きがあります。先にその下書きを適用するか取り下げてください。',
  plan_must_be_active: '取扱中の商品だけが対象です。',
  plan_must_not_be_retired: '取扱いを終えた商品です。',
  operator_must_stay: '一度適用した商品の運営会社は変えられません。',
  approver_must_not_have_written_the_plan: '下書きを作成・変更した人は、その版を承認できません。',
  amounts_must_be_in_order: '買取額の上限が下限より小さくなっています。',
  fee_range_must_be_in_order: '手数料率の上限が下限より小さくなっています。',
  fee_must_leave_a_price: '手数料率の下限は、掛目より小さくしてください。支払う金額が残りません。',
  route_must_fit_the_legal_kinds: '2社間だけの商品では、売掛先から直接の支払は受けられません。',
  documents_must_be_named: '対象の利用者ごとに、提出書類を1つ以上選んでください。',
  notice_must_fit_the_legal_kinds:
    '2社間の商品は「通知しない」か「預かり、送らない」、3社間の商品は「送る」か「承諾を得る」にしてください。',
  payout_condition_must_be_reachable:
    'この送金の条件は満たせません。通知・承諾・登記の定めと対象の利用者に合わせてください。',
  registration_is_for_corporations:
    '債権譲渡登記は法人だけが対象です。法人を対象にしない商品では「不要」にしてください。',
  penalty_must_be_an_amount_or_a_share: '違約金の上限は、金額か代金に対する割合のどちらか一方で定めます。',
  charges_must_be_named_once: '同じ名前の諸費用、または同じ事由の違約金が2回あります。',
  own_book_must_be_searched: '二重譲渡の照会には「自社の債権」を必ず含めてください。',
  clock_must_start_before_its_end: '見積の提示と審査の回答の期限は、契約の締結からは数えられません。',
  hours_must_be_in_order: '商品の営業時間は、終了を開始より後にしてください。',
  shared_ceiling_must_be_named: '運営会社で共有する商品枠には、金額を入力してください。',
  same_day_has_no_number: '「当日中」の期限は1にしてください。',
  dates_must_be_in_order: '適用終了日は、適用開始日と今日より後にしてください。',
  lender_must_be_registered: '貸付の商品には、有効な貸金業登録（会社設定）が必要です。',
} as const

const refusals = planRefusals
const which = { planVersionId: id, rowVersion: z.number().int() }
const note = z.string().trim().min(2).max(500)

const basics = {
  name: z.string().trim().min(1).max(100),
  /** Left out: our own company. Plans of one operator share limits and duplicate checks (FF §5). */
  operatedBy: z.string().trim().min(1).max(150).nullish(),
}

const written = {
  parameters: planParameters,
  advertised: z.array(advertised).max(20).default([]),
  effectiveFrom: isoDate.nullish(),
  effectiveTo: isoDate.nullish(),
  /** Why this version: shown beside it. */
  note,
}

export const draftPlan = command({
  name: 'plans.draft',
  path: '/api/plans',
  summary: 'Drafts a plan with its first version; nothing is sold under it before two people activate it.',
  permission: 'plans.draft',
  input: z.object({
    code: z.string().trim().min(1).max(40),
    ...basics,
    transactionKind: z.enum(transactionKinds).default('purchase'),
    ...written,
  }),
  output: z.object({ id, planVersionId: id }),
  refusals,
})

export const changePlan = command({
  name: 'plans.change',
  path: '/api/plans/:planId/change',
  summary: 'Corrects the name of a plan, and who operates it until a version was activated.',
  permission: 'plans.draft',
  input: z.object({ planId: id, rowVersion: z.number().int(), ...basics }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals,
})

export const draftPlanVersion = command({
  name: 'plans.draftVersion',
  path: '/api/plans/:planId/versions',
  summary: 'Drafts the next version of a plan; those before stay as they are.',
  permission: 'plans.draft',
  input: z.object({ planId: id, ...written }),
  output: z.object({ id, version: z.number().int() }),
  refusals,
})

export const changePlanVersion = command({
  name: 'plans.changeVersion',
  path: '/api/plan-versions/:planVersionId/change',
  summary: 'Changes a draft version.',
  permission: 'plans.draft',
  input: z.object({ ...which, ...written }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals,
})

export const discardPlanVersion = command({
  name: 'plans.discardVersion',
  path: '/api/plan-versions/:planVersionId/discard',
  summary: 'Gives a draft version up; it stays to be read.',
  permission: 'plans.draft',
  input: z.object({ ...which, reason: note }),
  output: z.object({ id }),
  refusals,
})

export const activatePlanVersion = command({
  name: 'plans.activate',
  path: '/api/plan-versions/:planVersionId/activate',
  summary:
    'Puts a version in force from its day on; a second person confirms, of compliance where recourse, price or security ask for it.',
  permission: 'plans.draft',
  critical: 'always',
  input: z.object({ ...which, change: changeReason }),
  output: z.object({ id, effectiveFrom: z.string() }),
  refusals,
})

export const retirePlan = command({
  name: 'plans.retire',
  path: '/api/plans/:planId/retire',
  summary: 'Ends a plan at once for new applications; those under way keep their version.',
  permission: 'plans.retire',
  input: z.object({ planId: id, rowVersion: z.number().int(), reason: note.min(5) }),
  output: z.object({ id }),
  refusals,
})

const named = z.object({
  id,
  version: z.number().int(),
  effectiveFrom: z.string().nullable(),
  effectiveTo: z.string().nullable(),
})

const row = z.object({
  id,
  rowVersion: z.number().int(),
  code: z.string(),
  name: z.string(),
  operatedBy: z.string(),
  transactionKind: z.enum(transactionKinds),
  status: z.enum(planStatuses),
  /** The version new applications are taken under today, with what it says. */
  inForce: named.extend({ parameters: planParameters }).nullable(),
  /** Activated already, for a later day. */
  waiting: named.nullable(),
  draft: named.nullable(),
})
export type PlanRow = z.infer<typeof row>

export const listPlans = query({
  name: 'plans.list',
  path: '/api/plans',
  summary: 'Plans by code, with the version in force.',
  permission: 'plans.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    status: listOf(z.enum(planStatuses)),
    /** Part of code, name or operator. */
    text: z.string().trim().max(60).default(''),
  }),
  output: pageOf(row),
})

const version = named.extend({
  rowVersion: z.number().int(),
  state: z.enum(shownStates),
  parameters: planParameters,
  advertised: z.array(advertised),
  note: z.string(),
  draftedBy: z.string(),
  draftedAt: z.string(),
  activatedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  activatedAt: z.string().nullable(),
  /** Why the second person must be of compliance, in words; empty when anybody may who approves plans. */
  toCompliance: z.array(z.string()),
  /** The request that waits for the second person. */
  waitingRequest: z.object({ id, changeNo: z.string() }).nullable(),
})
export type PlanVersionShown = z.infer<typeof version>

export const openPlan = query({
  name: 'plans.open',
  path: '/api/plans/:planId',
  summary: 'One plan with every version, newest first.',
  permission: 'plans.read',
  sight: 'open',
  input: z.object({ planId: id }),
  output: row.extend({
    /** Of the version in force, where it sets a ceiling: the ceiling and what stands at risk under the plan. */
    ceiling: z
      .object({ ceilingYen: z.number(), exposureYen: z.number(), sharedBy: z.string().nullable() })
      .nullable(),
    createdBy: z.string(),
    createdAt: z.string(),
    versions: z.array(version),
  }),
})
export type PlanShown = z.infer<(typeof openPlan)['output']>

export const planChoices = query({
  name: 'plans.choices',
  path: '/api/plans/choices',
  summary:
    'The versions in force today for purchases, each with why it does not serve a customer, if one is named.',
  permission: 'plans.read',
  sight: 'list',
  input: z.object({ partyId: id.optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        planVersionId: id,
        planId: id,
        code: z.string(),
        name: z.string(),
        version: z.number().int(),
        parameters: planParameters,
        hindrance: z.string().nullable(),
      }),
    ),
  }),
})
export type PlanChoice = z.infer<(typeof planChoices)['output']>['rows'][number]

export const ceilingsOfParty = query({
  name: 'plans.ceilingsOfParty',
  path: '/api/parties/:partyId/plan-ceilings',
  summary:
    'The ceilings of plans under which something of a client is at risk, and what is left of each for everybody.',
  permission: 'plans.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        planId: id,
        code: z.string(),
        name: z.string(),
        ceilingYen: z.number(),
        /** The operator whose plans share it; null: the plan's own. */
        sharedBy: z.string().nullable(),
        /** At risk under the plan, of all clients. */
        exposureYen: z.number(),
        /** The part of this company, all its records together. */
        ownYen: z.number(),
      }),
    ),
  }),
})

export {
  type Advertised,
  type ApplicationChannel,
  advertised,
  applicationChannels,
  applicationForms,
  type ClockEvent,
  ceilingScopes,
  clientTypes,
  clockEvents,
  clockUnits,
  duplicateScopes,
  notices,
  type PlanClock,
  type PlanDocument,
  type PlanParameters,
  planDocuments,
  planParameters,
  registrations,
  securities,
} from './parameters.ts'
