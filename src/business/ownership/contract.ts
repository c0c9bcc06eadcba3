import { z } from 'zod'
import { changeReason, command, historicDay, id, isoDate, ppm, query } from '../../platform/http/contract.ts'
import { effectiveRefusals } from '../changes/contract.ts'
import { exclusionGrounds, holdingSources, rightKinds, tieKinds } from './tables.ts'

const votes = z.number().int().min(1).max(9_000_000_000_000)

export const ownershipRefusals = {
  shares_must_not_exceed_the_whole: '持株の合計が100%を超えます。',
  holder_must_be_another: '株主には、自社以外の会社か個人を1つ選んでください。',
  share_must_be_given: '持分は、割合か、議決権数と総数のどちらかで入力してください。',
  votes_must_be_within_the_total: '議決権数は総議決権数以下で入力してください。',
  something_must_change: '変更された項目がありません（その日の持分と同じです）。',
  holding_must_be_in_force: 'この持株はその日には記録されていません。',
  tie_must_join_two: '別の会社を選んでください。',
  tie_must_not_stand_already: 'この関係は既に記録されています。',
  tie_must_be_in_force: 'この関係は既に終了しています。',
  excluded_person_must_count:
    'この人は、持分・影響力・代表のどれでもこの会社の実質的支配者になり得ないため、除く判断は要りません。',
  exclusion_must_not_stand_already: 'この人を除く判断は、既に記録されています。',
  exclusion_must_be_in_force: 'この判断は既に終了しています。',
  judgement_must_not_lie_ahead: '判断した日は、今日までの日付で入力してください。',
  judgement_must_not_end_before_it_began: '終了日は、判断した日以後の日付で入力してください。',
  ...effectiveRefusals,
} as const

const planned = z.object({ plannedNo: z.string(), effectiveOn: isoDate }).nullable()

export const recordHolding = command({
  name: 'ownership.recordHolding',
  path: '/api/parties/:partyId/holdings/record',
  summary:
    'Records from when on somebody holds how much of a party, in votes or parts per million; replaces what the holder had from that day. Waits for a second person when beneficial owners or parent of a running relation change by it.',
  permission: 'people.change',
  critical: 'sometimes',
  input: z.object({
    partyId: id,
    holderPartyId: id.nullish(),
    holderPersonId: id.nullish(),
    /** Rights to profit where the form of the company goes by them. */
    right: z.enum(rightKinds).default('votes'),
    sharePpm: ppm.min(1).max(1_000_000).nullish(),
    shareVotes: votes.nullish(),
    shareTotal: votes.nullish(),
    source: z.enum(holdingSources).nullish(),
    /** The first day; left out for a first entry of which it is not known. */
    validFrom: historicDay.nullish(),
    change: changeReason,
  }),
  output: z.object({ id, planned }),
  refusals: ownershipRefusals,
})

export const endHolding = command({
  name: 'ownership.endHolding',
  path: '/api/holdings/:holdingId/end',
  summary: 'Ends a holding: from that day on nothing is held. Critical as a change of it would be.',
  permission: 'people.change',
  critical: 'sometimes',
  input: z.object({
    holdingId: id,
    rowVersion: z.number().int(),
    endedOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, planned }),
  refusals: ownershipRefusals,
})

export const confirmTie = command({
  name: 'ownership.confirmTie',
  path: '/api/parties/:partyId/ties/confirm',
  summary:
    'Confirms that two parties belong together otherwise than by shares; their group limits count both from then on.',
  permission: 'people.change',
  input: z.object({ partyId: id, otherPartyId: id, relation: z.enum(tieKinds), change: changeReason }),
  output: z.object({ id }),
  refusals: ownershipRefusals,
})

export const endTie = command({
  name: 'ownership.endTie',
  path: '/api/ties/:tieId/end',
  summary: 'Ends a confirmed tie; a second person decides, since group limits count less from then on.',
  permission: 'people.change',
  critical: 'always',
  input: z.object({ tieId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: ownershipRefusals,
})

export const excludeFromControl = command({
  name: 'ownership.excludeFromControl',
  path: '/api/parties/:partyId/control-exclusions/record',
  summary:
    'Judges that a person clearly lacks the will or the ability to control a company, so that the person is no beneficial owner of it; evidence and a second person always.',
  permission: 'people.change',
  critical: 'always',
  input: z.object({
    partyId: id,
    personId: id,
    ground: z.enum(exclusionGrounds),
    /** The day from which it was so; today or before. */
    judgedOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals: ownershipRefusals,
})

export const endExclusion = command({
  name: 'ownership.endExclusion',
  path: '/api/control-exclusions/:exclusionId/end',
  summary: 'Ends the judgement that a person is unable to control: from that day on the person counts again.',
  permission: 'people.change',
  critical: 'always',
  input: z.object({ exclusionId: id, endedOn: isoDate, change: changeReason }),
  output: z.object({ id }),
  refusals: ownershipRefusals,
})

const judged = z.object({
  reason: z.string(),
  by: z.string(),
  approvedBy: z.string(),
  at: z.string(),
  evidence: z.array(id),
})

export const exclusionsOfParty = query({
  name: 'ownership.exclusionsOfParty',
  path: '/api/parties/:partyId/control-exclusions',
  summary:
    'People judged clearly unable to control a company, those whose judgement ended too, newest first; and who could be judged so.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        personId: id,
        personNo: z.string(),
        name: z.string(),
        ground: z.enum(exclusionGrounds),
        from: historicDay,
        to: isoDate.nullable(),
        began: judged,
        ended: judged.nullable(),
      }),
    ),
    /** People who could count as owners by share, influence or as representatives and are not left out yet. */
    candidates: z.array(z.object({ personId: id, personNo: z.string(), name: z.string() })),
  }),
})
export type ExclusionRow = z.infer<typeof exclusionsOfParty.output>['rows'][number]

const asOf = { asOf: isoDate.optional(), known: z.enum(['then', 'now']).default('then') }

const holding = z.object({
  id,
  rowVersion: z.number().int(),
  holderKind: z.enum(['party', 'person']),
  /** Null where the holder is out of reach. */
  holderId: id.nullable(),
  holderNo: z.string().nullable(),
  holderName: z.string(),
  right: z.enum(rightKinds),
  sharePpm: z.number().int(),
  /** Exact, as people read it. */
  share: z.string(),
  votes: z.number().int().nullable(),
  total: z.number().int().nullable(),
  source: z.enum(holdingSources).nullable(),
  validFrom: historicDay.nullable(),
  validTo: isoDate.nullable(),
})
export type Holding = z.infer<typeof holding>

export const holdingsOfParty = query({
  name: 'ownership.holdingsOfParty',
  path: '/api/parties/:partyId/holdings',
  summary:
    'Who holds how much of a party, and what it holds of others; those that ended too unless a day is asked for.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({ partyId: id, ...asOf }),
  output: z.object({
    holders: z.array(holding),
    /** What the party holds; the `holder` fields name the company that is held. */
    held: z.array(holding),
    totalPpm: z.number().int(),
    total: z.string(),
  }),
})

export const holdingHistory = query({
  name: 'ownership.holdingHistory',
  path: '/api/holdings/:holdingId/history',
  summary:
    'Every share one holding ever had, with first day, reason, evidence and who recorded it; newest first.',
  permission: 'people.read',
  sight: 'open',
  input: z.object({ holdingId: id }),
  output: z.object({
    rows: z.array(
      z.object({
        share: z.string().nullable(),
        votes: z.number().int().nullable(),
        total: z.number().int().nullable(),
        source: z.enum(holdingSources).nullable(),
        validFrom: historicDay.nullable(),
        recordedAt: z.string(),
        reasonText: z.string().nullable(),
        recordedBy: z.string().nullable(),
        approvedBy: z.string().nullable(),
        evidence: z.array(id),
      }),
    ),
  }),
})

const explanation = z.object({ code: z.string(), sentence: z.string(), source: z.string() })
const node = z.object({
  id,
  kind: z.enum(['party', 'person']),
  no: z.string().nullable(),
  name: z.string(),
  /** False where the record is out of the reader's reach: no name, no link. */
  reachable: z.boolean(),
})

export const ownershipOfParty = query({
  name: 'ownership.ownershipOfParty',
  path: '/api/parties/:partyId/ownership',
  summary:
    'The graph around a party and what follows from it: beneficial owners, parent and group, each with its rule; on a past day when asked.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({ partyId: id, ...asOf }),
  output: z.object({
    /** The record that stands for the company; it is one of the nodes. */
    companyId: id,
    nodes: z.array(node),
    edges: z.array(
      z.object({
        from: id,
        to: id,
        right: z.enum(rightKinds),
        share: z.string(),
        sharePpm: z.number().int(),
      }),
    ),
    cutOff: z.boolean(),
    owners: z.object({
      outcome: z.enum(['not_needed', 'by_share', 'by_influence', 'by_representative', 'nobody']),
      rows: z.array(
        z.object({
          id,
          deemed: z.boolean(),
          basis: z.string(),
          share: z.string(),
          declared: z.boolean(),
          explanation,
        }),
      ),
      certain: z.boolean(),
      explanations: z.array(explanation),
      /** People declared as owners whom the holdings do not bear out. */
      declaredOnly: z.array(z.object({ id, name: z.string(), basis: z.string().nullable() })),
    }),
    parent: z.object({ id: id.nullable(), ultimateId: id.nullable(), explanation }),
    /** Who belongs together by control; the records group limits count are in `recordedGroup`. */
    computedGroup: z.array(id),
    recordedGroup: z.array(node),
    ties: z.array(
      z.object({ id, partyId: id, otherId: id, relation: z.enum(tieKinds), recordedAt: z.string() }),
    ),
  }),
})
export type Ownership = z.infer<typeof ownershipOfParty.output>
