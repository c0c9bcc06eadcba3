import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { recordsOfCompany } from '../parties/index.ts'
import { lockDues, type PayoutDue, paymentOfDue, setOffDue, subjectsOfDue } from '../payouts/index.ts'
import { lockReceivables, moveMoney, type Receivable, subjectsOfReceivable } from '../receivables/index.ts'
import { payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import { setOff, undoSetOff } from './debts-contract.ts'
import { clientDebtLabels } from './labels.ts'
import { refreshLeft, refsOf, type Settled, settleIfCollected, undoSettlement } from './settle-claim.ts'
import type { ClientDebtItem } from './tables.ts'
import { billDamages } from './waive.ts'

interface ToSetOff {
  partyId: Id
  ours: readonly { receivableId: Id; item: ClientDebtItem; yen: Yen }[]
  theirs: readonly { dueId: Id; yen: Yen }[]
  setOffOn: IsoDate
  noticeOn: IsoDate
}

/** 相殺: a debt of ours against a debt of the same client, by two people, with the notice (DD group 9; 民法505条, 506条). */
export const offset = defineCommand(setOff, {
  constraints: {
    set_off_must_fit_the_due: 'set_off_must_fit_the_due',
    set_off_must_be_equal: 'set_off_must_be_equal',
  },
  async critical(context, input): Promise<CriticalChange> {
    const { claims, dues, amountYen } = await checked(context, input)
    return {
      subject: { kind: 'party', id: input.partyId },
      related: [
        ...[...claims.values()].map(({ claim }) => ({ kind: 'receivable', id: claim.id })),
        ...[...dues.values()].map(due => ({ kind: 'payout_due', id: due.id })),
      ],
      summary: `相殺　${amountYen.toLocaleString('ja-JP')}円`,
      readSet: [
        ...[...claims.values()].map(({ claim }) => ({
          table: 'receivable',
          id: claim.id,
          version: claim.row_version,
        })),
        ...[...dues.values()].map(due => ({ table: 'payout_due', id: due.id, version: due.row_version })),
      ],
      items: [
        ...input.ours.map((one, at) => ({
          field: `ours.${at}`,
          label: `当社の債権　${claims.get(one.receivableId)!.claim.receivable_no}　${clientDebtLabels[one.item]}`,
          old: null,
          new: one.yen,
        })),
        ...input.theirs.map((one, at) => ({
          field: `theirs.${at}`,
          label: `当社の債務　${dues.get(one.dueId)!.due_no}`,
          old: null,
          new: one.yen,
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
    const { claims, dues, amountYen } = await checked(context, input)
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
          theirs: input.theirs.map(one => ({
            ...refsOfDue(dues.get(one.dueId)!),
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
            yen: one.yen,
          })),
          ...input.theirs.map(one => ({
            side: 'theirs' as const,
            receivable_id: null,
            item: null,
            due_id: one.dueId,
            yen: one.yen,
          })),
        ].map((one, at) => ({ set_off_id: id, line_no: at + 1, ...one })),
      )
      .execute()
    for (const one of input.theirs) await setOffDue(context, dues.get(one.dueId)!, one.yen)
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
      if (claim.state === 'written_off') await refreshLeft(context, claim.id)
      else {
        const done = await settleIfCollected(context, claim.id, terms, input.setOffOn, null)
        if (done) settled.push(done)
      }
    }
    await context.record({
      verb: 'debts_set_off',
      subjects: subjectsOf(id, input.partyId, claims, dues),
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
    const claims = await lockReceivables(context, claimIds)
    const dues = await lockDues(context, [...new Set(items.flatMap(one => one.due_id ?? []))])
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
    }
    for (const claim of claims) await refreshLeft(context, claim.id)
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
      ),
      before: { setOffYen: row.amount_yen },
      facts: { summary: `${row.set_off_no}　${row.amount_yen.toLocaleString('ja-JP')}円` },
      reason,
    })
    return { id: row.id }
  },
})

/** Both sides locked and looked at: the same company, equal in yen, nothing more than is owed, no payment under way. */
async function checked(context: CommandContext, input: ToSetOff) {
  const { tx, today } = context
  for (const field of ['setOffOn', 'noticeOn'] as const)
    refuseUnless(input[field] <= today, 'day_must_not_lie_ahead', { kind: 'invalid', field })
  const amountYen = sumOf(input.ours)
  refuseUnless(amountYen === sumOf(input.theirs), 'set_off_must_be_equal', {
    kind: 'invalid',
    field: 'theirs',
  })
  const keys = [
    ...input.ours.map(one => `${one.receivableId} ${one.item}`),
    ...input.theirs.map(one => one.dueId),
  ]
  refuseUnless(new Set(keys).size === keys.length, 'set_off_item_must_stand_once', { kind: 'invalid' })
  const company = new Set(await recordsOfCompany(tx, input.partyId))
  const locked = await lockReceivables(context, [...new Set(input.ours.map(one => one.receivableId))])
  const claims = new Map<Id, { claim: Receivable; terms: ContractTerms; unbilledYen: Yen }>()
  for (const claim of locked) {
    refuseUnless(company.has(claim.client_id), 'set_off_parties_must_be_the_same', { field: 'ours' })
    refuseUnless(claim.purchase_id !== null, 'claim_must_be_bought', { field: 'ours' })
    const terms = await termsOfClaim(tx, claim)
    const { open, unbilledYen } = await roomOf(tx, claim, terms, input.setOffOn, 'client')
    const openOf = {
      principal: claim.state === 'written_off' ? 0 : open.principalYen,
      client_claim: open.clientClaimYen,
      late_damages: open.lateDamagesYen,
      penalty: open.penaltyYen,
      cost: open.costYen,
    }
    for (const [at, one] of input.ours.entries()) {
      if (one.receivableId !== claim.id) continue
      refuseUnless(
        one.item !== 'principal' || payingSide(terms) === 'client',
        'set_off_item_must_be_owed_by_the_client',
        { field: `ours.${at}.item` },
      )
      refuseUnless(one.yen <= openOf[one.item], 'set_off_must_fit_what_is_owed', {
        kind: 'invalid',
        field: `ours.${at}.yen`,
        facts: { receivableNo: claim.receivable_no, openYen: openOf[one.item] },
      })
    }
    claims.set(claim.id, { claim, terms, unbilledYen })
  }
  const dues = new Map(
    (
      await lockDues(
        context,
        input.theirs.map(one => one.dueId),
      )
    ).map(due => [due.id, due]),
  )
  for (const [at, one] of input.theirs.entries()) {
    const due = dues.get(one.dueId)!
    refuseUnless(company.has(due.party_id), 'set_off_parties_must_be_the_same', {
      field: `theirs.${at}.dueId`,
    })
    const waits = due.cancelled_at === null && (await paymentOfDue(tx, due.id)) === null
    refuseUnless(waits, 'due_must_be_waiting', { field: `theirs.${at}.dueId`, facts: { dueNo: due.due_no } })
    refuseUnless(one.yen <= due.amount_yen - due.set_off_yen, 'set_off_must_fit_the_due', {
      kind: 'invalid',
      field: `theirs.${at}.yen`,
      facts: { dueNo: due.due_no, leftYen: due.amount_yen - due.set_off_yen },
    })
  }
  return { claims, dues, amountYen }
}

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

function sumOf(parts: readonly { yen: Yen }[]): Yen {
  return parts.reduce((sum, one) => sum + one.yen, 0)
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
): { kind: string; id: Id }[] {
  const all = [
    { kind: 'set_off', id },
    { kind: 'party', id: partyId },
    ...[...claims.values()].flatMap(({ claim }) => subjectsOfReceivable(claim)),
    ...[...dues.values()].flatMap(subjectsOfDue),
  ]
  return [...new Map(all.map(one => [one.id, one])).values()]
}
