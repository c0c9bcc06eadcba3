import { z } from 'zod'
import { changeReason, command, dealYen, id, isoDate, query } from '../../platform/http/contract.ts'
import { clientDebtRefusals } from './debts-contract.ts'
import { repurchaseGrounds, repurchaseRules, rescissionGrounds, rescissionRules } from './rules/take-back.ts'
import { undoCodes } from './rules/undo.ts'
import { costKinds, liableSides } from './tables.ts'

/** The rules' own sentences, so that a refusal and the screen say the same. */
const sentences = Object.fromEntries(
  [...repurchaseRules, ...rescissionRules].map(rule => [rule.code, rule.sentence]),
)

export const takeBackRefusals: Readonly<Record<string, string>> = {
  ...clientDebtRefusals,
  ...sentences,
  claim_must_not_be_taken_back_twice: 'この債権は、既に買戻しまたは解除されています。',
  cost_must_be_owed_by_who_pays:
    'この契約では利用者が送金するため、売掛先の負担にはできません。利用者の負担として記録してください。',
  ...undoCodes,
  due_day_must_not_come_before_it_goes_back: '支払期日は、効力日以後の日付で入力してください。',
  claim_must_not_be_closed: '終了した債権には記録できません。',
}

const day = isoDate

export const repurchaseClaim = command({
  name: 'reconciliation.repurchaseClaim',
  path: '/api/receivables/:receivableId/repurchase',
  summary:
    'Has the client buy a claim back (warranty breach, dilution, recourse): the reserve bears its part, the client owes the rest, exposure ends; two people, compliance where it looks like a loan.',
  permission: 'reconciliation.takeBack',
  critical: 'always',
  input: z.object({
    receivableId: id,
    ground: z.enum(repurchaseGrounds),
    /** The clause of the contract. */
    clause: z.string().trim().min(1).max(200),
    /** The day the claim goes back; damages grow until then. */
    takenOn: day,
    /** By when the client owes it; late damages grow from this day. Left out: at once, on `takenOn`. */
    dueOn: day.nullish(),
    complianceReason: z.string().trim().min(5).max(1000).nullish(),
    change: changeReason,
  }),
  output: z.object({ id, takeBackNo: z.string(), owedYen: z.number(), refundYen: z.number() }),
  refusals: takeBackRefusals,
})

export const rescindClaim = command({
  name: 'reconciliation.rescindClaim',
  path: '/api/receivables/:receivableId/rescind',
  summary:
    'Rescinds the purchase of a claim after its payout (misrepresentation): the client owes the price it was paid less what was collected, with agreed damages and, if asked, the agreed penalty; two people.',
  permission: 'reconciliation.takeBack',
  critical: 'always',
  input: z.object({
    receivableId: id,
    ground: z.enum(rescissionGrounds),
    clause: z.string().trim().min(1).max(200),
    takenOn: day,
    /** By when the client owes the price; late damages grow from this day. Left out: at once, on `takenOn`. */
    dueOn: day.nullish(),
    /** Charges the penalty the contract agrees for this ground with it. */
    withPenalty: z.boolean().default(false),
    change: changeReason,
  }),
  output: z.object({
    id,
    takeBackNo: z.string(),
    owedYen: z.number(),
    refundYen: z.number(),
    penaltyYen: z.number(),
  }),
  refusals: takeBackRefusals,
})

export const advanceCost = command({
  name: 'reconciliation.advanceCost',
  path: '/api/receivables/:receivableId/advanced-costs',
  summary:
    'Books a cost paid for whoever is liable (certified mail, court fee): it is added to what that party owes and is paid first by its receipts (FF §4.5); two people.',
  permission: 'reconciliation.advanceCost',
  critical: 'always',
  input: z.object({
    receivableId: id,
    costKind: z.enum(costKinds),
    liable: z.enum(liableSides),
    /** Who was paid: the post office, the court. */
    payee: z.string().trim().min(1).max(100),
    yen: dealYen.min(1),
    paidOn: day,
    change: changeReason,
  }),
  output: z.object({ id, costNo: z.string() }),
  refusals: takeBackRefusals,
})

export const undoTakeBack = command({
  name: 'reconciliation.undoTakeBack',
  path: '/api/take-backs/:takeBackId/undo',
  summary:
    'Takes a repurchase or a rescission back by reversal: the claim is to be collected and at risk as before; refused with the reason while later money depends on it; two people.',
  permission: 'reconciliation.takeBack',
  critical: 'always',
  input: z.object({ takeBackId: id, change: changeReason }),
  output: z.object({ id, receivableId: id, state: z.string() }),
  refusals: takeBackRefusals,
})

export const undoCost = command({
  name: 'reconciliation.undoCost',
  path: '/api/advanced-costs/:costId/undo',
  summary:
    'Takes a booked cost back by reversal while nothing of it was paid, set off or given up; two people.',
  permission: 'reconciliation.advanceCost',
  critical: 'always',
  input: z.object({ costId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: takeBackRefusals,
})

const hindrance = z.object({ code: z.string(), sentence: z.string(), source: z.string() })
const amounts = z.object({
  openYen: z.number(),
  fromReserveYen: z.number(),
  feeYen: z.number(),
  owedYen: z.number(),
  refundYen: z.number(),
  /** Damages up to today, billed with it, and what the client owes on the claim besides. */
  damagesYen: z.number(),
  otherDebtsYen: z.number(),
  /** Everything the client owes once this is done. */
  totalYen: z.number(),
})
export type TakeBackAmountsShown = z.infer<typeof amounts>

export const takeBackOfClaim = query({
  name: 'reconciliation.takeBackOfClaim',
  path: '/api/receivables/:receivableId/take-back',
  summary:
    'What a repurchase or a rescission of a claim would come to today, the rules that stand against each ground, and the one that was carried out.',
  permission: 'reconciliation.read',
  sight: 'open',
  input: z.object({ receivableId: id }),
  output: z.object({
    receivableNo: z.string(),
    clientId: id,
    state: z.string(),
    /** Null before the claim is bought and once it is taken back. */
    repurchase: z
      .object({
        amounts,
        /** With a compliance reason given. */
        grounds: z.array(
          z.object({
            ground: z.enum(repurchaseGrounds),
            hindrances: z.array(hindrance),
            needsCompliance: z.boolean(),
          }),
        ),
      })
      .nullable(),
    rescission: z
      .object({
        amounts,
        hindrances: z.array(hindrance),
        penalties: z.array(
          z.object({ ground: z.enum(rescissionGrounds), clause: z.string(), penaltyYen: z.number() }),
        ),
      })
      .nullable(),
    /** Who may owe a cost on this claim. */
    liable: z.array(z.enum(liableSides)),
    done: z
      .object({
        id,
        takeBackNo: z.string(),
        kind: z.enum(['repurchase', 'rescission']),
        ground: z.string(),
        clause: z.string(),
        complianceReason: z.string().nullable(),
        takenOn: z.string(),
        openYen: z.number(),
        fromReserveYen: z.number(),
        feeYen: z.number(),
        damagesYen: z.number(),
        owedYen: z.number(),
        refundYen: z.number(),
        penaltyYen: z.number(),
        /** By when the client owes it, the rate from then on with its rule, and the damages grown since; null for those recorded without a day. */
        late: z
          .object({
            dueOn: z.string(),
            ratePpm: z.number(),
            damagesYen: z.number(),
            sentence: z.string(),
            source: z.string(),
          })
          .nullable(),
        /** What stands against taking it back. */
        undoHindrances: z.array(hindrance),
        reason: z.string(),
        requestedBy: z.string(),
        approvedBy: z.string(),
      })
      .nullable(),
  }),
})
export type TakeBackShown = z.infer<(typeof takeBackOfClaim)['output']>
