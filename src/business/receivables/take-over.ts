import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ReceivableKind } from '../contracts/contract.ts'
import { contractTermsOn } from '../contracts/index.ts'
import { takeBackExposure, takeOverExposure } from '../credit/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { raiseStage } from '../parties/index.ts'
import { insertCheck, refuseTheSameClaim } from './commands/offer.ts'
import { keepParticulars, particularsReasons } from './commands/particulars.ts'
import { partiesOf, searchDuplicates } from './duplicate-search.ts'
import { numberTail } from './number-tail.ts'
import { datesUnder } from './pricing-of.ts'
import { subjectsOf } from './records.ts'
import { numberKey } from './rules/number-key.ts'
import type { Particulars } from './rules/particulars.ts'
import './tables.ts'

/** A claim that was bought and paid before this system was there, as the old books show it at the end of the cut-over day. */
export interface ClaimToTakeOver {
  clientId: Id
  debtorId: Id
  contractId: Id
  receivableKind: ReceivableKind
  invoiceNo: string
  lineNo: number | null
  issuedOn: IsoDate
  dueOn: IsoDate
  /** Null: follows from the contract. */
  payableOn: IsoDate | null
  faceYen: Yen
  purchasedOn: IsoDate
  purchasedYen: Yen
  /** A; P − A is the reserve R. */
  advanceYen: Yen
  feeYen: Yen
  collectedYen: Yen
  dilutedYen: Yen
  /** What of the reserve is still held. */
  reserveHeldYen: Yen
  stage: 'purchased' | 'dunning' | 'legal'
  perfection: 'none' | 'notice_held' | 'notice_sent' | 'consent_received' | 'registered'
  perfectedOn: IsoDate | null
  /** What the file says of invoice and delivery; null where it says nothing. */
  particulars: Particulars | null
  cutOverOn: IsoDate
}

export type TakenOverClaim = {
  receivableId: Id
  purchaseId: Id
  clientId: Id
  debtorId: Id
  journalIds: Id[]
  rowVersion: number
  stageBefore: string
  hasParticulars?: boolean
}

export const claimTakeOverRefusals = {
  amounts_must_add_up: '金額の関係が合いません。',
  claim_must_be_bought_before_the_cut_over: '買取日が移行の基準日より後です。',
  claim_must_be_open: '未回収残高のない債権は移行の対象外です。',
  contract_must_belong_to_the_client: '契約が利用者のものではありません。',
  claim_must_be_untouched: '取込後に入金・通知などの処理があるため、債権を残しました。',
} as const

/**
 * Enters an open claim with its purchase, what was collected and what is held back, and books its open balance and reserve against
 * 移行時開始残高 on the cut-over day. The number must be free and resemblances are searched as at an offer; the batch was decided by two.
 */
export async function takeOverClaim(
  context: CommandContext,
  input: ClaimToTakeOver,
): Promise<TakenOverClaim & { receivableNo: string; resembles: string[] }> {
  const { tx, now, approval } = context
  if (!approval) throw new Error('a claim is taken over by two people only')
  const key = numberKey(input.invoiceNo)
  refuseAll(reasonsAgainst(input, key, context.today), 'invalid')
  const terms = await contractTermsOn(tx, input.contractId, input.purchasedOn)
  refuseUnless(terms.partyId === input.clientId, 'contract_must_belong_to_the_client', {
    field: 'contractId',
  })
  await refuseTheSameClaim(context, input, key)
  const check = await searchDuplicates(tx, { ...input, receivableId: null, documentHashes: [] })
  const { debtorNameKey } = await partiesOf(tx, input.clientId, input.debtorId)
  const dates = datesUnder(terms.terms, input.dueOn)
  const ids = { receivableId: newId(), purchaseId: newId() }
  const openYen = input.purchasedYen - input.collectedYen - input.dilutedYen
  const journalId = await postJournal(
    context,
    {
      kind: 'balances_taken_over',
      refs: { receivableId: ids.receivableId, partyId: input.clientId, contractId: input.contractId },
      items: [
        { account: 'purchasedReceivables', yen: openYen },
        { account: 'reserves', yen: input.reserveHeldYen },
      ],
    },
    { valueOn: input.cutOverOn },
  )
  if (!journalId) throw new Error('an open claim has a balance')
  await insertPurchase(context, ids.purchaseId, input, terms.version, journalId)
  const { receivable_no, row_version } = await tx
    .insertInto('receivable')
    .values({
      id: ids.receivableId,
      receivable_no: sql`${`R-${input.purchasedOn.slice(0, 4)}-`}::text || to_char(nextval('receivable_no_seq'), 'FM999999000000')`,
      client_id: input.clientId,
      debtor_id: input.debtorId,
      debtor_name_key: debtorNameKey,
      contract_id: input.contractId,
      receivable_kind: input.receivableKind,
      invoice_no: input.invoiceNo,
      line_no: input.lineNo,
      number_key: key,
      number_tail: numberTail(key),
      issued_on: input.issuedOn,
      due_on: input.dueOn,
      due_on_rolled: dates.dueOnRolled,
      payable_on: input.payableOn ?? dates.payableOn,
      face_yen: input.faceYen,
      deductions_yen: 0,
      ineligible_yen: 0,
      asked_yen: input.purchasedYen,
      assignment_restriction: 'unknown',
      duplicate_result: check.result,
      duplicate_checked_at: now.toISOString(),
      state: input.stage,
      state_on: input.stage === 'purchased' ? input.purchasedOn : input.cutOverOn,
      purchase_id: ids.purchaseId,
      purchased_yen: input.purchasedYen,
      advance_yen: input.advanceYen,
      reserve_yen: input.purchasedYen - input.advanceYen,
      fee_yen: input.feeYen,
      price_yen: input.purchasedYen - input.feeYen,
      funded_on: input.purchasedOn,
      grace_days: terms.terms.graceDays,
      perfection: input.perfection,
      perfected_on: input.perfectedOn,
      collected_yen: input.collectedYen,
      diluted_yen: input.dilutedYen,
      left_to_settle_yen: input.reserveHeldYen,
      registered_by: approval.requestedBy,
      registered_at: now.toISOString(),
      verified_by: null,
      approved_by: approval.approvedBy,
    })
    .returning(['receivable_no', 'row_version'])
    .executeTakeFirstOrThrow()
  await insertHistory(context, ids.receivableId, input)
  if (input.particulars) await keepParticulars(context, ids.receivableId, input.particulars)
  await insertCheck(context, ids.receivableId, 'offer', check)
  await takeOverExposure(context, {
    receivableId: ids.receivableId,
    clientId: input.clientId,
    debtorId: input.debtorId,
    amountYen: Math.max(0, input.advanceYen - input.collectedYen),
  })
  const { stage } = await tx
    .selectFrom('party')
    .select('stage')
    .where('id', '=', input.clientId)
    .executeTakeFirstOrThrow()
  await raiseStage(context, input.clientId, 'active', { moved: true })
  const resembles = check.matches.filter(match => match.result !== 'weak').map(match => match.receivableId)
  await context.record({
    verb: 'receivable_taken_over',
    subjects: subjectsOf({ id: ids.receivableId, client_id: input.clientId, debtor_id: input.debtorId }),
    after: {
      receivableNo: receivable_no,
      invoiceNo: input.invoiceNo,
      purchasedOn: input.purchasedOn,
      purchasedYen: input.purchasedYen,
      collectedYen: input.collectedYen,
      openYen,
      reserveHeldYen: input.reserveHeldYen,
      cutOverOn: input.cutOverOn,
      journalId,
    },
    facts: {
      summary: `${receivable_no} ${input.invoiceNo} 残高${openYen.toLocaleString('ja-JP')}円`,
      duplicateResult: check.result,
      resembles,
    },
  })
  return {
    ...ids,
    clientId: input.clientId,
    debtorId: input.debtorId,
    journalIds: [journalId],
    rowVersion: row_version,
    stageBefore: stage,
    hasParticulars: input.particulars !== null,
    receivableNo: receivable_no,
    resembles,
  }
}

/** Takes a claim out of the books again: its journal is reversed. Refuses when anything was done with it since. */
export async function takeBackClaim(
  context: CommandContext,
  taken: TakenOverClaim,
  reason: string,
): Promise<void> {
  const { tx } = context
  const standing = await tx
    .selectFrom('receivable')
    .select(['receivable_no', 'row_version'])
    .where('id', '=', taken.receivableId)
    .forUpdate()
    .executeTakeFirst()
  const corrected = await tx
    .selectFrom('receivable_particulars')
    .select('row_version')
    .where('receivable_id', '=', taken.receivableId)
    .executeTakeFirst()
  const limitation = await tx
    .selectFrom('limitation_event')
    .select('id')
    .where('receivable_id', '=', taken.receivableId)
    .limit(1)
    .executeTakeFirst()
  const toldSince = limitation !== undefined || (corrected?.row_version ?? 0) > (taken.hasParticulars ? 1 : 0)
  const moved = await tx
    .selectFrom('ledger_entry')
    .select('journal_id')
    .where('receivable_id', '=', taken.receivableId)
    .where('journal_id', 'not in', taken.journalIds)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(standing?.row_version === taken.rowVersion && !moved && !toldSince, 'claim_must_be_untouched')
  for (const journalId of taken.journalIds) await reverseJournal(context, journalId, reason)
  await takeBackExposure(context, taken.receivableId)
  for (const table of [
    'receivable_particulars',
    'duplicate_check',
    'receivable_movement',
    'receivable_step',
  ] as const)
    await sql`delete from ${sql.table(table)} where receivable_id = ${taken.receivableId}`.execute(tx)
  await tx.deleteFrom('receivable').where('id', '=', taken.receivableId).execute()
  await tx.deleteFrom('purchase').where('id', '=', taken.purchaseId).execute()
  await lowerStage(context, taken.clientId, taken.stageBefore)
  await context.record({
    verb: 'receivable_take_over_reverted',
    subjects: subjectsOf({ id: taken.receivableId, client_id: taken.clientId, debtor_id: taken.debtorId }),
    before: { receivableNo: standing.receivable_no },
  })
}

function reasonsAgainst(input: ClaimToTakeOver, key: string, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const sum = (field: string, message: string) =>
    reasons.push({ code: 'amounts_must_add_up', field, message })
  const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`
  const openYen = input.purchasedYen - input.collectedYen - input.dilutedYen
  const reserveYen = input.purchasedYen - input.advanceYen
  if (key === '') reasons.push({ code: 'invoice_number_must_have_letters_or_digits', field: 'invoiceNo' })
  if (input.particulars) reasons.push(...particularsReasons(input.particulars, input.faceYen, today))
  if (input.clientId === input.debtorId)
    reasons.push({ code: 'debtor_must_differ_from_client', field: 'debtorId' })
  if (input.dueOn < input.issuedOn) reasons.push({ code: 'dates_must_be_in_order', field: 'dueOn' })
  if (input.issuedOn > today) reasons.push({ code: 'date_must_not_be_in_the_future', field: 'issuedOn' })
  if (input.purchasedOn > input.cutOverOn)
    reasons.push({ code: 'claim_must_be_bought_before_the_cut_over', field: 'purchasedOn' })
  if (input.purchasedYen > input.faceYen)
    sum('purchasedYen', `買取額 ${yen(input.purchasedYen)} が額面 ${yen(input.faceYen)} を超えています。`)
  if (input.advanceYen < 1 || input.advanceYen > input.purchasedYen)
    sum(
      'advanceYen',
      `前渡額 ${yen(input.advanceYen)} は1円以上、買取額 ${yen(input.purchasedYen)} 以下です。`,
    )
  if (input.feeYen >= input.advanceYen)
    sum(
      'feeYen',
      `手数料 ${yen(input.feeYen)} は前渡額 ${yen(input.advanceYen)} より小さくなければなりません。`,
    )
  if (openYen < 0) sum('collectedYen', `回収額の合計が買取額を${yen(-openYen)}超えています。`)
  if (openYen === 0) reasons.push({ code: 'claim_must_be_open', field: 'collectedYen' })
  if (input.reserveHeldYen > reserveYen)
    sum(
      'reserveHeldYen',
      `留保金残高 ${yen(input.reserveHeldYen)} が留保金 ${yen(reserveYen)} を超えています。`,
    )
  return reasons
}

/** The purchase as it was made: one claim, without the charges of that day, which are settled long since. */
async function insertPurchase(
  { tx, now, approval }: CommandContext,
  id: Id,
  input: ClaimToTakeOver,
  contractVersion: number,
  journalId: Id,
): Promise<void> {
  const reserveYen = input.purchasedYen - input.advanceYen
  await tx
    .insertInto('purchase')
    .values({
      id,
      client_id: input.clientId,
      contract_id: input.contractId,
      contract_version: contractVersion,
      purchased_on: input.purchasedOn,
      purchased_yen: input.purchasedYen,
      advance_yen: input.advanceYen,
      reserve_yen: reserveYen,
      fee_yen: input.feeYen,
      price_yen: input.purchasedYen - input.feeYen,
      charges: JSON.stringify([]) as never,
      charges_yen: 0,
      tax_yen: 0,
      net_yen: input.purchasedYen - input.feeYen - reserveYen,
      annualised_ppm: null,
      journal_id: journalId,
      purchased_by: approval!.requestedBy,
      recorded_at: now.toISOString(),
    })
    .execute()
}

/** The steps the claim has come, and the money that moved before the cut-over; its journals are the old system's. */
async function insertHistory(
  { tx, now, actor }: CommandContext,
  id: Id,
  input: ClaimToTakeOver,
): Promise<void> {
  const step = (on: IsoDate, to: 'purchased' | 'dunning' | 'legal') => ({
    receivable_id: id,
    step_id: newId(),
    stepped_on: on,
    to_state: to,
    stepped_by: actor.id,
    reason: '旧システムからの移行',
  })
  await tx
    .insertInto('receivable_step')
    .values([
      step(input.purchasedOn, 'purchased'),
      ...(input.stage === 'purchased' ? [] : [step(input.cutOverOn, input.stage)]),
    ])
    .execute()
  const moved = [
    { kind: 'collection' as const, yen: input.collectedYen },
    { kind: 'confirmed_dilution' as const, yen: input.dilutedYen },
  ].filter(one => one.yen > 0)
  if (moved.length > 0)
    await tx
      .insertInto('receivable_movement')
      .values(
        moved.map(({ kind, yen }) => ({
          id: newId(),
          receivable_id: id,
          moved_on: input.cutOverOn,
          kind,
          amount_yen: yen,
          journal_id: null,
          recorded_at: now.toISOString(),
        })),
      )
      .execute()
}

/** The client is again what it was before, unless something else keeps it active. */
async function lowerStage({ tx }: CommandContext, clientId: Id, before: string): Promise<void> {
  const left = await tx
    .selectFrom('receivable')
    .select('id')
    .where('client_id', '=', clientId)
    .limit(1)
    .executeTakeFirst()
  if (!left)
    await tx
      .updateTable('party')
      .set({ stage: before as 'prospect' })
      .where('id', '=', clientId)
      .execute()
}
