import { z } from 'zod'
import {
  changeReason,
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { channels } from '../communications/tables.ts'

export const caseStates = [
  'opened',
  'reminding',
  'contacted',
  'promised',
  'kept',
  'broken',
  'disputed',
  'formal_notice',
  'debtor_notice',
  'counsel',
  'settlement_plan',
  'legal_action',
  'judgment',
  'enforcement',
  'written_off',
  'resolved',
  'closed',
] as const
export const buckets = ['current', '1-30', '31-60', '61-90', '91+'] as const

export const collectionRefusals = {
  transition_must_be_listed: '現在の段階からその操作はできません。',
  transition_must_follow_from_events: 'この段階へは、入金や日付によって自動で移ります。',
  transition_must_be_asked_for: 'この段階へは操作で移ります。',
  transition_must_follow_from_a_reversal: 'この段階へは取消しでのみ移ります。',
  case_must_be_open: 'この回収案件は終了しています。',
  claim_must_be_overdue: 'この債権は回収期日を過ぎていません。',
  case_must_be_new: 'この債権の回収案件は既にあります。',
  promise_must_be_waited_for: '約束の期日までは督促できません。',
  promise_must_not_be_open: '既に期日前の約束があります。',
  promise_must_not_lie_in_the_past: '約束の期日は今日以降にしてください。',
  dispute_must_fit_the_claim: '争いのある額が未回収額を超えています。',
  dispute_must_be_open: '争いは記録されていません。',
  claim_must_be_dunned: '督促または法的手続の段階にある債権だけを貸倒れにできます。',
  contact_must_not_lie_ahead: '将来の連絡は記録できません。',
  person_must_belong_to_party: 'この人は、利用者の関係者として登録されていません。',
} as const

export const openCases = command({
  name: 'collections.followUp',
  path: '/api/collections/follow-up',
  summary:
    'Opens a case for each overdue claim, judges promises whose day has passed and resolves cases of claims that are paid.',
  permission: 'collections.work',
  input: z.object({}),
  output: z.object({
    opened: z.number().int(),
    resolved: z.number().int(),
    kept: z.number().int(),
    broken: z.number().int(),
  }),
  refusals: collectionRefusals,
})

export const moveCase = command({
  name: 'collections.moveCase',
  path: '/api/collections/cases/:caseId/move',
  summary:
    'Takes the next step listed for a case; a notice to the debtor in a two-party deal waits for a second person.',
  permission: 'collections.work',
  critical: 'sometimes',
  input: z.object({ caseId: id, to: z.enum(caseStates), change: changeReason }),
  output: z.object({ id, state: z.enum(caseStates) }),
  refusals: collectionRefusals,
})

export const logContact = command({
  name: 'collections.logContact',
  path: '/api/collections/cases/:caseId/log-contact',
  summary:
    'Logs a call, letter or visit that has happened; one at night or before a promised day is logged with the rule named, and compliance is alerted.',
  permission: 'collections.work',
  input: z.object({
    caseId: id,
    channel: z.enum(channels),
    direction: z.enum(['in', 'out']).default('out'),
    personId: id.nullish(),
    contactedAt: z.iso.datetime({ offset: true }),
    reached: z.boolean(),
    note: z.string().trim().min(2).max(2000),
    nextActionOn: isoDate,
    nextAction: z.string().trim().max(200).default(''),
  }),
  /** The sentences of rules the contact was made against. */
  output: z.object({ id, brokenRules: z.array(z.string()) }),
  refusals: collectionRefusals,
})

export const recordPromise = command({
  name: 'collections.recordPromise',
  path: '/api/collections/cases/:caseId/promise',
  summary: 'Records what was promised by when; payments and dates alone say whether it was kept.',
  permission: 'collections.work',
  input: z.object({ caseId: id, dueOn: isoDate, amountYen: dealYen.min(1) }),
  output: z.object({ id }),
  refusals: collectionRefusals,
})

export const setNextAction = command({
  name: 'collections.setNextAction',
  path: '/api/collections/cases/:caseId/next-action',
  summary: 'Says what is done next, when and by whom.',
  permission: 'collections.work',
  input: z.object({
    caseId: id,
    nextActionOn: isoDate,
    nextAction: z.string().trim().min(1).max(200),
    takeOver: z.boolean().default(false),
  }),
  output: z.object({ id }),
  refusals: collectionRefusals,
})

export const setDispute = command({
  name: 'collections.setDispute',
  path: '/api/collections/cases/:caseId/dispute',
  summary: 'Opens or closes a dispute about part of a claim; it pauses dunning of that part only.',
  permission: 'collections.work',
  input: z.object({
    caseId: id,
    disputedYen: dealYen.min(1).nullable(),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id }),
  refusals: collectionRefusals,
})

export const writeOff = command({
  name: 'collections.writeOff',
  path: '/api/collections/write-off',
  summary:
    'Writes off what cannot be collected: the reserve bears its part first, the rest is a credit loss; two people.',
  permission: 'collections.requestWriteOff',
  critical: 'always',
  input: z.object({ receivableId: id, change: changeReason }),
  output: z.object({ id, openYen: z.number(), fromReserveYen: z.number(), lossYen: z.number() }),
  refusals: collectionRefusals,
})

const overdueRow = z.object({
  receivableId: id,
  receivableNo: z.string(),
  invoiceNo: z.string(),
  client: z.object({ id, legalName: z.string() }),
  debtor: z.object({ id, legalName: z.string() }),
  payableOn: z.string(),
  openYen: z.number(),
  daysPastDue: z.number().int(),
  bucket: z.enum(buckets),
  damagesYen: z.number(),
  case: z
    .object({
      id,
      caseNo: z.string(),
      state: z.enum(caseStates),
      nextActionOn: z.string(),
      nextAction: z.string(),
      ownerName: z.string().nullable(),
      disputedYen: z.number().nullable(),
      promise: z.object({ dueOn: z.string(), amountYen: z.number() }).nullable(),
    })
    .nullable(),
  /** Deposits the engine would match to the claim and nobody has confirmed: look before you remind. */
  proposals: z.array(
    z.object({ paymentId: id, paymentNo: z.string(), receivedOn: z.string(), yen: z.number() }),
  ),
})
export type OverdueRow = z.infer<typeof overdueRow>

export const listOverdue = query({
  name: 'collections.listOverdue',
  path: '/api/collections/overdue',
  summary:
    'Overdue claims on a day, longest first, with damages to date, the case and deposits not yet confirmed.',
  permission: 'collections.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    asOf: isoDate.optional(),
    bucket: listOf(z.enum(buckets)),
    receivableId: id.optional(),
  }),
  output: pageOf(overdueRow),
})

export const ageing = query({
  name: 'collections.ageing',
  path: '/api/collections/ageing',
  summary: 'Open yen and number of claims by days past due on a day; the same query as the detail.',
  permission: 'collections.read',
  sight: null,
  input: z.object({ asOf: isoDate.optional() }),
  output: z.object({
    buckets: z.array(z.object({ bucket: z.enum(buckets), count: z.number().int(), openYen: z.number() })),
  }),
})

export const openCase = query({
  name: 'collections.openCase',
  path: '/api/receivables/:receivableId/collection',
  summary: 'The collection of one claim: case, damages to date, contacts and promises.',
  permission: 'collections.read',
  sight: 'open',
  input: z.object({ receivableId: id }),
  output: z.object({
    claim: overdueRow,
    damages: z.object({
      ratePpm: z.number(),
      liable: z.enum(['client', 'debtor', 'nobody']),
      stretches: z.array(z.object({ balanceYen: z.number(), from: z.string(), to: z.string() })),
    }),
    /** Whether the claim is written off, bought back or rescinded: nothing of it is collected any more. */
    ended: z.boolean(),
    nextStates: z.array(z.enum(caseStates)),
    /** Whether somebody was reached who can promise, and whether the claim has been dunned. */
    mayPromise: z.boolean(),
    mayWriteOff: z.boolean(),
    contacts: z.array(
      z.object({
        id,
        channel: z.enum(channels),
        direction: z.enum(['in', 'out']),
        contactedAt: z.string(),
        reached: z.boolean(),
        note: z.string().nullable(),
        contactedBy: z.string(),
        brokenRules: z.array(z.string()),
      }),
    ),
    promises: z.array(
      z.object({
        id,
        promisedOn: z.string(),
        dueOn: z.string(),
        amountYen: z.number(),
        outcome: z.enum(['kept', 'broken']).nullable(),
      }),
    ),
  }),
})
export type CollectionShown = z.infer<(typeof openCase)['output']>
