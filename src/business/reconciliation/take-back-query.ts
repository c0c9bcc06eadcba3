import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { staffNames } from '../access/index.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { type Receivable, stateNow, toleranceYenOf } from '../receivables/index.ts'
import { damagesToDate, isTakenBack, payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import { penaltiesOf } from './penalty.ts'
import {
  goesToCompliance,
  hindrancesTo,
  repurchaseAmounts,
  repurchaseGrounds,
  repurchaseRules,
  rescissionAmounts,
  rescissionGrounds,
  rescissionRules,
  type TakeBackAmounts,
} from './rules/take-back.ts'
import { hindrancesToUndo } from './rules/undo.ts'
import { takeBackFacts } from './take-back.ts'
import type { TakeBackShown } from './take-back-contract.ts'
import { laterThanTakeBack } from './undo-take-back.ts'
import { feeLeft } from './waive.ts'

/** Stands for the reason compliance will be given, so that its rule alone does not grey out what can be asked for. */
const WILL_BE_GIVEN = '申請時に記載'

/** What taking a claim back would come to today, by the same rules and sums as the commands; and what was carried out. */
export async function showTakeBack(context: QueryContext, receivableId: Id): Promise<Seen<TakeBackShown>> {
  const { db, today } = context
  const claim = found(
    (await db.selectFrom('receivable').selectAll().where('id', '=', receivableId).executeTakeFirst()) as
      | Receivable
      | undefined,
    'receivable',
  )
  const client = found(
    await partiesInReach(context)
      .select(['party.id', 'party.seen_no'])
      .where('party.id', '=', claim.client_id)
      .executeTakeFirst(),
    'receivable',
  )
  const bought = claim.purchase_id !== null
  const terms = bought ? await termsOfClaim(db, claim) : null
  const done = terms ? await doneOf(db, claim, terms, today) : null
  const head = {
    receivableNo: claim.receivable_no,
    clientId: client.id,
    state: stateNow(claim, today, await toleranceYenOf(db)).state,
  }
  const seen = [claim.seen_no, client.seen_no, ...(done ? [done.seenNo] : [])]
  if (!terms) return { body: { ...head, repurchase: null, rescission: null, liable: [], done: null }, seen }
  const liable: TakeBackShown['liable'] = payingSide(terms) === 'debtor' ? ['client', 'debtor'] : ['client']
  if (done || isTakenBack(claim))
    return { body: { ...head, repurchase: null, rescission: null, liable, done: done?.shown ?? null }, seen }
  const facts = await takeBackFacts({ tx: db, today }, claim, terms, WILL_BE_GIVEN)
  const { open, balances } = await roomOf(db, claim, terms, today, 'client')
  const damagesYen = open.lateDamagesYen
  const otherDebtsYen = open.clientClaimYen + open.penaltyYen + open.costYen
  const withTotal = (amounts: TakeBackAmounts) => ({
    ...amounts,
    damagesYen,
    otherDebtsYen,
    totalYen: amounts.owedYen + damagesYen + otherDebtsYen,
  })
  const agreed = penaltiesOf(claim, terms)
  return {
    body: {
      ...head,
      repurchase: {
        amounts: withTotal(repurchaseAmounts(open.principalYen, balances.reserves)),
        grounds: repurchaseGrounds.map(ground => ({
          ground,
          hindrances: hindrancesTo(repurchaseRules, facts, ground),
          needsCompliance: goesToCompliance(facts, ground),
        })),
      },
      rescission: {
        amounts: withTotal(rescissionAmounts(open.principalYen, balances.reserves, await feeLeft(db, claim))),
        hindrances: hindrancesTo(rescissionRules, facts, 'false_statement'),
        penalties: rescissionGrounds.flatMap(ground => {
          const one = agreed.find(penalty => penalty.trigger === ground)
          return one ? [{ ground, clause: one.clause, penaltyYen: one.penaltyYen }] : []
        }),
      },
      liable,
      done: null,
    },
    seen,
  }
}

async function doneOf(
  db: Db,
  claim: Receivable,
  terms: ContractTerms,
  today: IsoDate,
): Promise<{ shown: NonNullable<TakeBackShown['done']>; seenNo: number } | null> {
  const row = await db
    .selectFrom('claim_take_back as t')
    .leftJoin('penalty as p', 'p.id', 't.penalty_id')
    .selectAll('t')
    .select('p.amount_yen as penalty_yen')
    .where('t.receivable_id', '=', claim.id)
    .where('t.undone_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const names = await staffNames(
    db,
    [row.requested_by, row.approved_by].filter(id => id !== null),
  )
  const penaltyYen: Yen = row.penalty_yen ?? 0
  const { afterwards } = await damagesToDate(db, claim, terms, today)
  const { later } = await laterThanTakeBack(db, row)
  return {
    seenNo: row.seen_no,
    shown: {
      id: row.id,
      takeBackNo: row.take_back_no,
      kind: row.kind,
      ground: row.ground,
      clause: row.clause,
      complianceReason: row.compliance_reason,
      takenOn: row.taken_on,
      openYen: row.open_yen,
      fromReserveYen: row.from_reserve_yen,
      feeYen: row.fee_yen,
      damagesYen: row.damages_yen,
      owedYen: row.owed_yen,
      refundYen: row.refund_yen,
      penaltyYen,
      late: afterwards && {
        dueOn: afterwards.dueOn,
        ratePpm: afterwards.rate.ratePpm,
        damagesYen: afterwards.yen,
        sentence: afterwards.rate.sentence,
        source: afterwards.rate.source,
      },
      undoHindrances: hindrancesToUndo(later),
      reason: row.reason,
      requestedBy: names.get(row.requested_by) ?? '（不明）',
      approvedBy: names.get(row.approved_by ?? '') ?? '（不明）',
    },
  }
}
