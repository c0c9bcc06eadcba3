import { z } from 'zod'
import { changeReason, command, historicDay, id, query } from '../../platform/http/contract.ts'

import { creditRefusals } from '../credit/contract.ts'
import { limitKinds } from '../credit/tables.ts'
import { verdicts } from './tables.ts'

export const resolutionRefusals = {
  parties_must_be_two: '統合する記録を2件以上選んでください。',
  corporate_numbers_must_not_differ: '法人番号が異なる会社は統合できません。',
  parties_must_not_be_judged_different:
    '「別の会社」と判断された組が含まれます。先にその判断を取り消してください。',
  contradiction_must_be_judged_first:
    '名称・支店・法人格に矛盾があります。先に「同一」と判断し、理由を記録してください。',
  parties_must_not_be_one_already: '選んだ記録はすでに1社として扱われています。',
  chosen_value_must_come_from_a_member: '表示する値は、統合する記録から選んでください。',
  pair_must_not_be_judged_already: 'この組はすでに判断されています。先に判断を取り消してください。',
  pair_must_join_two: '別の記録を選んでください。',
  judgement_must_be_in_force: 'この判断はすでに取り消されています。',
  limits_must_be_chosen: creditRefusals.limits_must_be_chosen,
  chosen_limit_must_be_one_of_them: creditRefusals.chosen_limit_must_be_one_of_them,
  merge_must_be_in_force: 'この統合はすでに解除されています。',
} as const

const reason = z.object({ rule: z.string(), bits: z.number(), sentence: z.string() })

const side = z.object({
  id,
  partyNo: z.string(),
  legalName: z.string(),
  corporateNumber: z.string().nullable(),
  address: z.string().nullable(),
})

const similar = side.extend({
  score: z.number(),
  decision: z.enum(['same', 'review']),
  guard: z.string().nullable(),
  reasons: z.array(reason),
})
export type SimilarParty = z.infer<typeof similar>

const typed = (max: number) => z.string().trim().max(max).default('')

export const similarParties = query({
  name: 'resolution.similarParties',
  method: 'POST',
  path: '/api/parties/similar',
  summary: 'Registered parties that what is being typed may stand for, scored and explained, best first.',
  permission: 'resolution.read',
  sight: 'search',
  input: z.object({
    legalName: typed(150),
    legalNameKana: typed(150),
    corporateNumber: typed(40),
    invoiceRegNo: typed(40),
    postalCode: typed(20),
    address: typed(300),
    phone: typed(40),
  }),
  output: z.object({ rows: z.array(similar) }),
})

/** `same`: the facts agree beyond doubt. `review`: a person should look. Records that are different are not returned. */
export const matchParties = query({
  name: 'resolution.matchParties',
  method: 'POST',
  path: '/api/parties/match',
  summary:
    'Facts about a company in, registered records that may be the same out: score, decision band and the reasons field by field, best first. The same engine as the warning while typing, imports and `daicho match`.',
  permission: 'resolution.read',
  sight: 'search',
  input: z.object({
    name: typed(150),
    nameKana: typed(150),
    nameEn: typed(300),
    corporateNumber: typed(40),
    invoiceRegNo: typed(40),
    postalCode: typed(20),
    address: typed(300),
    phone: typed(40),
    representative: typed(100),
    establishedOn: z.union([historicDay, z.literal('')]).default(''),
    /** Also names which begin alike, as while typing; otherwise only records sharing a key. */
    unfinished: z.boolean().default(false),
    limit: z.number().int().min(1).max(50).default(10),
  }),
  output: z.object({
    candidates: z.array(
      similar.extend({
        /** The company the record belongs to: records of one company have the same. */
        companyId: id,
        /** The table of weights the score was made with. */
        weights: z.string(),
      }),
    ),
  }),
  refusals: { facts_must_name_a_company: '名称・法人番号・登録番号・電話番号のいずれかを入力してください。' },
})

const judgement = z.object({
  id,
  verdict: z.enum(verdicts),
  reason: z.string(),
  judgedBy: z.string(),
  judgedAt: z.string(),
  /** Ids of documents. */
  evidence: z.array(id),
  /** Items that changed since it was judged: such a judgement waits to be made anew. */
  changed: z.array(z.string()),
})
export type PairJudgement = z.infer<typeof judgement>

const pair = z.object({
  partyId: id,
  otherPartyId: id,
  score: z.number(),
  decision: z.enum(['same', 'review']),
  guard: z.string().nullable(),
  reasons: z.array(reason),
  judgement: judgement.nullable(),
})
export type CandidatePair = z.infer<typeof pair>

const cluster = z.object({
  /** The oldest party in it. */
  key: id,
  score: z.number(),
  members: z.array(side),
  pairs: z.array(pair),
})
export type Cluster = z.infer<typeof cluster>

export const listClusters = query({
  name: 'resolution.listClusters',
  path: '/api/resolution/clusters',
  summary:
    'Groups of records that may be one company, surest first; judged-different and merged pairs are left out.',
  permission: 'resolution.read',
  sight: 'list',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: z.object({ clusters: z.array(cluster), more: z.boolean() }),
})

const comparedField = z.object({ field: z.string(), label: z.string() })

const limitsOfKind = z.object({
  /** Names the kind in `limitChoices`. */
  key: z.string(),
  limitKind: z.enum(limitKinds),
  /** The other company of a pair. */
  other: z.object({ id, name: z.string() }).nullable(),
  limits: z.array(
    z.object({
      limitId: id,
      limitNo: z.string(),
      partyId: id,
      limitYen: z.number().nullable(),
      limitPpm: z.number().nullable(),
      inForceFrom: z.string(),
      inForceTo: z.string().nullable(),
      suspended: z.boolean(),
      exposureYen: z.number(),
    }),
  ),
  /** What stands at risk under the limit that stays, once the records are one. */
  exposureYen: z.number(),
})

export const compareParties = query({
  name: 'resolution.compareParties',
  method: 'POST',
  path: '/api/resolution/compare',
  summary:
    'Records side by side in all compared items, with the explanation of each pair and what stands against a merge.',
  permission: 'resolution.read',
  sight: 'open',
  input: z.object({ partyIds: z.array(id).min(2).max(10) }),
  output: z.object({
    fields: z.array(comparedField),
    records: z.array(
      side.extend({
        registeredAt: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
    pairs: z.array(pair.extend({ decision: z.enum(['same', 'review', 'different']) })),
    /** Log2 odds from which the engine takes a pair for one company, and from which it asks a person. */
    bands: z.object({ sameBits: z.number(), reviewBits: z.number() }),
    hindrances: z.array(z.object({ code: z.string(), message: z.string() })),
    /** Permanent limits in force of the records, by kind; null without the permission to see limits. */
    limits: z.array(limitsOfKind).nullable(),
  }),
  refusals: resolutionRefusals,
})

export const judgePair = command({
  name: 'resolution.judgePair',
  path: '/api/resolution/judge',
  summary:
    'States that two records are the same company or different ones, or puts the pair aside; remembered until it is withdrawn, and asked again when an item it stood on changes.',
  permission: 'resolution.judge',
  input: z.object({
    partyId: id,
    otherPartyId: id,
    verdict: z.enum(verdicts),
    reason: z.string().trim().min(5).max(500),
    /** Documents it rests on. */
    evidence: z.array(id).max(20).default([]),
  }),
  output: z.object({ id }),
  refusals: resolutionRefusals,
})

export const withdrawJudgement = command({
  name: 'resolution.withdrawJudgement',
  path: '/api/resolution/judgements/:judgementId/withdraw',
  summary: 'Takes a judgement back; the pair is proposed again.',
  permission: 'resolution.judge',
  input: z.object({ judgementId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: resolutionRefusals,
})

export const mergeParties = command({
  name: 'resolution.mergeParties',
  path: '/api/resolution/merge',
  summary:
    'Treats records as one company, decided by two people. Only the identity changes: the records stay and the merge can be undone exactly.',
  permission: 'resolution.merge',
  critical: 'always',
  input: z.object({
    partyIds: z.array(id).min(2).max(10),
    /** Field → the record whose value the merged view shows. */
    choices: z.record(z.string().max(40), id).default({}),
    /**
     * Key of a kind of limit (`compareParties`) → the limit that stays, or `lower` for the lowest; needed where more than one of the
     * records has a permanent limit of the kind in force.
     */
    limitChoices: z.record(z.string().max(120), z.union([id, z.literal('lower')])).default({}),
    change: changeReason,
  }),
  output: z.object({ id, mergeNo: z.string(), identityId: id }),
  refusals: resolutionRefusals,
})

export const unmergeParties = command({
  name: 'resolution.unmergeParties',
  path: '/api/resolution/merges/:mergeId/undo',
  summary: 'Undoes one merge exactly, whatever was merged or edited since; decided by two people.',
  permission: 'resolution.merge',
  critical: 'always',
  input: z.object({ mergeId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: resolutionRefusals,
})

const limitAfter = z.object({
  limitNo: z.string(),
  limitKind: z.enum(limitKinds),
  /** The record it was set on, and the other side of a pair. */
  recordNo: z.string(),
  otherName: z.string().nullable(),
  limitYen: z.number().nullable(),
  limitPpm: z.number().nullable(),
  inForceNow: z.boolean(),
  inForceAfter: z.boolean(),
  /** What stands at risk under it now and after the unmerge; null where it does not count. */
  exposureNowYen: z.number().nullable(),
  exposureAfterYen: z.number().nullable(),
})

const conflict = z.object({
  partyId: id,
  partyNo: z.string(),
  label: z.string(),
  atMerge: z.string().nullable(),
  now: z.string().nullable(),
})

export const previewUnmerge = query({
  name: 'resolution.previewUnmerge',
  path: '/api/resolution/merges/:mergeId/preview-undo',
  summary:
    'What an unmerge would make of the company: its records by company, which limits come into force or go, what stands at risk under each, and what was edited since. Nothing is changed.',
  permission: 'resolution.read',
  sight: 'open',
  input: z.object({ mergeId: id }),
  output: z.object({
    /** The companies the records would be, each with its records. */
    companies: z.array(z.object({ companyId: id, members: z.array(side) })),
    /** Permanent limits of these records, by the company they would count for; null without the permission to see limits. */
    limits: z.array(limitAfter.extend({ companyId: id })).nullable(),
    conflicts: z.array(conflict),
  }),
  refusals: { merge_must_be_in_force: resolutionRefusals.merge_must_be_in_force },
})

export const identityOfParty = query({
  name: 'resolution.identityOfParty',
  path: '/api/parties/:partyId/identity',
  summary:
    'The records of the same company, the chosen values, the merges that made it with what was edited since, and judgements.',
  permission: 'resolution.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    identityId: id,
    members: z.array(side),
    chosen: z.array(z.object({ label: z.string(), value: z.string().nullable(), from: z.string() })),
    merges: z.array(
      z.object({
        id,
        mergeNo: z.string(),
        mergedAt: z.string(),
        reason: z.string(),
        requestedBy: z.string(),
        approvedBy: z.string(),
        undoneAt: z.string().nullable(),
        /** Who asked for the unmerge and who approved it, and why. */
        unmergedBy: z
          .object({ requestedBy: z.string(), approvedBy: z.string(), reason: z.string() })
          .nullable(),
        /** Field → the record whose value the company shows by this merge. */
        fieldChoices: z.array(z.object({ label: z.string(), from: z.string() })),
        /** Limits this merge chose to stay; none once it is undone, null without the permission to see limits. */
        limitChoices: z.array(z.string()).nullable(),
        members: z.array(z.object({ id, partyNo: z.string(), legalName: z.string() })),
        /** What was edited since the merge, on which record: an unmerge leaves it there. */
        conflicts: z.array(conflict),
      }),
    ),
    judgements: z.array(judgement.extend({ other: side })),
    candidates: z.array(similar),
  }),
})
