import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import {
  claimIdsOf,
  deductFromPayout,
  type NetPayout,
  type PayoutDue,
  paymentOfDue,
  setOffDue,
  subjectsOfDue,
} from '../payouts/index.ts'
import { lockReceivables, moveMoney, type Receivable, subjectsOfReceivable } from '../receivables/index.ts'
import { isLive } from './claim-money.ts'
import { setOff, undoSetOff } from './debts-contract.ts'
import { clientDebtLabels } from './labels.ts'
import { checkedSetOff, duesOf, type ToSetOff } from './set-off-check.ts'
import {
  carryReopened,
  refreshLeft,
  refsOf,
  type Settled,
  settleIfCollected,
  undoSettlement,
} from './settle-claim.ts'
import { billDamages } from './waive.ts'
import { yenWords } from './yen-words.ts'

/** 相殺: a debt of ours against a debt of the same client, by two people, with the notice (DD group 9; 民法505条, 506条). */
export const offset = defineCommand(setOff, {
  constraints: {
    set_off_must_fit_the_due: 'set_off_must_fit_the_due',
    set_off_must_be_equal: 'set_off_must_be_equal',
    deduction_must_fit_the_payout: 'set_off_must_fit_the_due',
  },
  async critical(context, input): Promise<CriticalChange> {
    const { claims, dues, payouts, amountYen } = await checkedSetOff(context, input)
    return {
      subject: { kind: 'party', id: input.partyId },
      related: [
        ...[...claims.values()].map(({ claim }) => ({ kind: 'receivable', id: claim.id })),
        ...[...dues.values()].map(due => ({ kind: 'payout_due', id: due.id })),
        ...[...payouts.values()].flatMap(subjectsOfPayout),
      ],
      summary: `相殺　${amountYen.toLocaleString('ja-JP')}円`,
      readSet: [
        ...inOrder([
          ...[...claims.values()].map(one => one.claim),
          ...[...payouts.values()].flatMap(one => one.claims),
        ]).map(claim => ({ table: 'receivable', id: claim.id, version: claim.row_version })),
        ...[...dues.values()].map(due => ({ table: 'payout_due', id: due.id, version: due.row_version })),
      ],
      items: [
        ...input.ours.map((one, at) => ({
          field: `ours.${at}`,
          label: `当社の債権　${claims.get(one.receivableId)!.claim.receivable_no}　${clientDebtLabels[one.item]}`,
          old: null,
          new: yenWords(one.yen),
        })),
        ...theirsOf(input).map((one, at) => ({
          field: `theirs.${at}`,
          label: `当社の債務　${one.dueId ? dues.get(one.dueId)!.due_no : `買取 ${payouts.get(one.purchaseId!)!.purchaseNo} の送金額から差引`}`,
          old: null,
          new: yenWords(one.yen),
        })),
        { field: 'basis', label: '根拠', old: null, new: input.basis },
        { field: 'noticeOn', label: '意思表示の到達日', old: null, new: input.noticeOn },
      ],
      evidenceRequired: true,
      approve: 'reconciliation.approveDebtChange',
      amountYen,
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const { claims, dues, payouts, amountYen } = await checkedSetOff(context, input)
    for (const { claim, unbilledYen } of claims.values())
      if (input.ours.some(one => one.receivableId === claim.id && one.item === 'late_damages'))
        await billDamages(context, claim, unbilledYen, input.setOffOn)
    const journalId = found(
      await postJournal(
        context,
        {
          kind: 'set_off',
          ours: input.ours.map(one => ({
            ...refsOf(claims.get(one.receivableId)!.claim),
            item: one.item,
            yen: one.yen,
          })),
          theirs: theirsOf(input).map(one => ({
            ...(one.dueId ? refsOfDue(dues.get(one.dueId)!) : refsOfPayout(payouts.get(one.purchaseId!)!)),
            item: 'payout',
            yen: one.yen,
          })),
        },
        { valueOn: input.setOffOn },
      ),
      'journal',
    )
    const id = newId()
    const { set_off_no } = await tx
      .insertInto('set_off')
      .values({
        id,
        party_id: input.partyId,
        amount_yen: amountYen,
        set_off_on: input.setOffOn,
        notice_on: input.noticeOn,
        basis: input.basis,
        journal_id: journalId,
        reason: input.change.reasonText,
        requested_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
        undone_by: null,
        undone_at: null,
        undo_reason: null,
      })
      .returning('set_off_no')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('set_off_item')
      .values(
        [
          ...input.ours.map(one => ({
            side: 'ours' as const,
            receivable_id: one.receivableId,
            item: one.item,
            due_id: null,
            purchase_id: null,
            yen: one.yen,
          })),
          ...theirsOf(input).map(one => ({
            side: 'theirs' as const,
            receivable_id: null,
            item: null,
            due_id: one.dueId ?? null,
            purchase_id: one.purchaseId ?? null,
            yen: one.yen,
          })),
        ].map((one, at) => ({ set_off_id: id, line_no: at + 1, ...one })),
      )
      .execute()
    for (const one of theirsOf(input)) {
      if (one.dueId) await setOffDue(context, dues.get(one.dueId)!, one.yen)
      if (one.purchaseId) await deductFromPayout(context, one.purchaseId, one.yen, input.setOffOn)
    }
    const settled: Settled[] = []
    for (const { claim, terms } of claims.values()) {
      const principal = input.ours.find(one => one.receivableId === claim.id && one.item === 'principal')
      if (principal)
        await moveMoney(context, {
          receivableId: claim.id,
          on: input.setOffOn,
          kind: 'collection',
          yen: principal.yen,
          journalId,
        })
      if (!isLive(claim)) await refreshLeft(context, claim.id)
      else {
        const done = await settleIfCollected(context, claim.id, terms, input.setOffOn, null)
        if (done) settled.push(done)
      }
    }
    await context.record({
      verb: 'debts_set_off',
      subjects: subjectsOf(id, input.partyId, claims, dues, [...payouts.values()].flatMap(subjectsOfPayout)),
      after: { setOffYen: amountYen, setOffOn: input.setOffOn, noticeOn: input.noticeOn, basis: input.basis },
      facts: { summary: `${set_off_no}　${amountYen.toLocaleString('ja-JP')}円`, journalId },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id, setOffNo: set_off_no, amountYen, settled }
  },
})

/** The newest goes first: what a later deposit or set-off left open was reckoned from this one. */
export const undoOffset = defineCommand(undoSetOff, {
  constraints: { receivable_live_number: 'number_must_not_be_live_again' },
  async run(context, { setOffId, reason }) {
    const { tx, actor, now } = context
    const row = found(
      await tx.selectFrom('set_off').selectAll().where('id', '=', setOffId).forUpdate().executeTakeFirst(),
      'set_off',
    )
    refuseUnless(row.undone_at === null, 'set_off_must_stand')
    const items = await tx
      .selectFrom('set_off_item')
      .selectAll()
      .where('set_off_id', '=', row.id)
      .orderBy('line_no')
      .execute()
    const claimIds = [...new Set(items.flatMap(one => one.receivable_id ?? []))].sort()
    const purchaseIds = [...new Set(items.flatMap(one => one.purchase_id ?? []))].sort()
    const locked = await lockReceivables(context, [
      ...new Set([...claimIds, ...(await claimIdsOf(tx, purchaseIds))]),
    ])
    const claims = locked.filter(claim => claimIds.includes(claim.id))
    await refuseUnlessUnpaid(context, purchaseIds)
    const dues = await duesOf(context, [...new Set(items.flatMap(one => one.due_id ?? []))])
    for (const due of dues)
      refuseUnless((await paymentOfDue(tx, due.id)) === null, 'repayment_must_not_be_under_way', {
        facts: { dueNo: due.due_no },
      })
    await refuseUnlessLast(context, row.id, claimIds)
    for (const one of items)
      if (one.item === 'principal' && one.receivable_id)
        await undoSettlement(context, one.receivable_id, reason)
    await reverseJournal(context, row.journal_id, reason, { valueOn: row.set_off_on })
    for (const one of items) {
      if (one.item === 'principal' && one.receivable_id)
        await moveMoney(context, {
          receivableId: one.receivable_id,
          on: row.set_off_on,
          kind: 'collection',
          yen: -one.yen,
          journalId: null,
        })
      if (one.due_id) await setOffDue(context, dues.find(due => due.id === one.due_id)!, -one.yen)
      if (one.purchase_id) await deductFromPayout(context, one.purchase_id, -one.yen, row.set_off_on)
    }
    for (const claim of claims) {
      await carryReopened(context, claim.id)
      await refreshLeft(context, claim.id)
    }
    await tx
      .updateTable('set_off')
      .set({
        undone_by: actor.id,
        undone_at: now.toISOString(),
        undo_reason: reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'set_off_undone',
      subjects: subjectsOf(
        row.id,
        row.party_id,
        new Map(claims.map(claim => [claim.id, { claim }])),
        new Map(dues.map(due => [due.id, due])),
        [
          ...purchaseIds.map(id => ({ kind: 'purchase', id })),
          ...locked.filter(one => !claimIds.includes(one.id)).flatMap(subjectsOfReceivable),
        ],
      ),
      before: { setOffYen: row.amount_yen },
      facts: { summary: `${row.set_off_no}　${row.amount_yen.toLocaleString('ja-JP')}円` },
      reason,
    })
    return { id: row.id }
  },
})

async function refuseUnlessLast(
  { tx }: CommandContext,
  setOffId: Id,
  claimIds: readonly Id[],
): Promise<void> {
  const laterMatch = await tx
    .selectFrom('allocation as a')
    .innerJoin('reconciliation_match as m', 'm.id', 'a.match_id')
    .select('m.match_no')
    .where('a.receivable_id', 'in', [...claimIds])
    .where('m.undone_at', 'is', null)
    .where('m.id', '>', setOffId)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(laterMatch === undefined, 'later_match_must_be_undone_first', {
    facts: { matchNo: laterMatch?.match_no ?? '' },
  })
  const laterSetOff = await tx
    .selectFrom('set_off_item as i')
    .innerJoin('set_off as s', 's.id', 'i.set_off_id')
    .select('s.set_off_no')
    .where('i.receivable_id', 'in', [...claimIds])
    .where('s.undone_at', 'is', null)
    .where('s.id', '>', setOffId)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(laterSetOff === undefined, 'later_set_off_must_be_undone_first', {
    facts: { setOffNo: laterSetOff?.set_off_no ?? '' },
  })
}

/** What was deducted from a payout comes back only while nobody has asked for the payment of the rest, and its claims stand. */
async function refuseUnlessUnpaid({ tx }: CommandContext, purchaseIds: readonly Id[]): Promise<void> {
  for (const id of purchaseIds) {
    const asked = await tx
      .selectFrom('payment_out')
      .select('payout_no')
      .where('purchase_id', '=', id)
      .where('state', '<>', 'cancelled')
      .executeTakeFirst()
    refuseUnless(asked === undefined, 'payout_must_not_be_asked_for', {
      facts: { payoutNo: asked?.payout_no ?? '' },
    })
    const ended = await tx
      .selectFrom('receivable')
      .select('receivable_no')
      .where('purchase_id', '=', id)
      .where('state', '<>', 'purchased')
      .executeTakeFirst()
    refuseUnless(ended === undefined, 'purchase_must_stand', {
      facts: { receivableNo: ended?.receivable_no ?? '' },
    })
  }
}

/** Our side of the input, each a debt of ours or a payout. */
function theirsOf({ theirs }: Pick<ToSetOff, 'theirs'>) {
  return theirs
}

/** Each claim once, in order of id: as everybody locks them. */
function inOrder(claims: readonly Receivable[]): Receivable[] {
  return [...new Map(claims.map(claim => [claim.id, claim])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function subjectsOfPayout({ purchaseId, claims }: NetPayout & { claims: readonly Receivable[] }) {
  return [{ kind: 'purchase', id: purchaseId }, ...claims.flatMap(subjectsOfReceivable)]
}

function refsOfPayout(payout: NetPayout) {
  return { partyId: payout.clientId, contractId: payout.contractId }
}

function refsOfDue(due: PayoutDue) {
  return {
    partyId: due.party_id,
    ...(due.receivable_id ? { receivableId: due.receivable_id } : {}),
    ...(due.contract_id ? { contractId: due.contract_id } : {}),
  }
}

function subjectsOf(
  id: Id,
  partyId: Id,
  claims: ReadonlyMap<Id, { claim: Receivable }>,
  dues: ReadonlyMap<Id, PayoutDue>,
  ofPayouts: readonly { kind: string; id: Id }[],
): { kind: string; id: Id }[] {
  const all = [
    { kind: 'set_off', id },
    { kind: 'party', id: partyId },
    ...[...claims.values()].flatMap(({ claim }) => subjectsOfReceivable(claim)),
    ...[...dues.values()].flatMap(subjectsOfDue),
    ...ofPayouts,
  ]
  return [...new Map(all.map(one => [one.id, one])).values()]
}
