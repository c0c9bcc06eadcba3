import { type Selectable, sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { refuseDayOutside } from '../../platform/commands/days.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import { awaitedUntil, recordTrigger, writeContact, writePromise } from '../communications/index.ts'
import { contactRuleLabels } from '../communications/labels.ts'
import { postJournal } from '../moneyledger/index.ts'
import {
  lockReceivable,
  type Receivable,
  settle,
  stateNow,
  stepReceivable,
  subjectsOfReceivable,
} from '../receivables/index.ts'
import { claimBalances, refreshLeft, refsOf, termsOfClaim } from '../reconciliation/index.ts'
import { logContact, moveCase, recordPromise, setDispute, setNextAction, writeOff } from './contract.ts'
import { followUp } from './follow-up.ts'
import { caseStateLabels } from './labels.ts'
import { type CollectionCaseState, nextState } from './rules/states.ts'
import './tables.ts'

/** One step of a case, as FF §3 lists it. Its first reminder puts the claim itself into 督促. */
export const move = defineCommand(moveCase, {
  async critical(context, input): Promise<CriticalChange | null> {
    if (input.to !== 'debtor_notice') return null
    const { row, claim } = await lockCase(context, input.caseId)
    const terms = await termsOfClaim(context.tx, claim)
    if (terms.legalKind !== 'two_party') return null
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `2社間の売掛先への通知　${claim.receivable_no}`,
      readSet: [{ table: 'collection_case', id: row.id, version: row.row_version }],
      items: [
        {
          field: 'state',
          label: '段階',
          old: caseStateLabels[row.state],
          new: caseStateLabels[input.to],
        },
      ],
      evidenceRequired: true,
      approve: 'collections.approve',
    }
  },
  async run(context, input) {
    const { row, claim } = await lockCase(context, input.caseId)
    const next = nextState(row.state, input.to, 'command')
    refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
    if (input.to === 'reminding') await refuseBeforePromise(context, claim.id)
    await stepClaim(context, claim, input.to, input.change.reasonText)
    if (input.to === 'debtor_notice') await recordTrigger(context, claim.id)
    await setState(context, row, input.to)
    await context.record({
      verb: 'collection_case_moved',
      subjects: subjectsOf(row, claim),
      before: { caseState: row.state },
      after: { caseState: input.to },
      facts: { summary: `${row.case_no}　${caseStateLabels[input.to]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: row.id, state: input.to }
  },
})

/** A contact stands in the ledger of communications like any other; the case adds what it is about and what follows. */
export const contact = defineCommand(logContact, {
  async run(context, input) {
    const { actor } = context
    refusePastStep(context, input.nextActionOn)
    const { row, claim } = await lockCase(context, input.caseId)
    const state = afterContact(row.state, input.reached)
    const written = await writeContact(
      context,
      {
        partyId: claim.client_id,
        personId: input.personId,
        channel: input.channel,
        direction: input.direction,
        occurredAt: input.contactedAt,
        reached: input.reached,
        category: 'payment',
        summary: input.note,
        related: [
          { kind: 'collection_case', id: row.id },
          { kind: 'receivable', id: claim.id },
        ],
      },
      { facts: { caseNo: row.case_no } },
    )
    if (row.state === 'opened') await stepClaim(context, claim, 'reminding', '督促を開始')
    await setState(context, row, state, {
      next_action_on: input.nextActionOn,
      next_action: input.nextAction,
      owner_id: row.owner_id ?? actor.id,
    })
    await context.record({
      verb: 'collection_contact_logged',
      subjects: subjectsOf(row, claim),
      before: { caseState: row.state },
      after: { caseState: state, channel: input.channel, reached: input.reached },
      facts: { summary: row.case_no },
    })
    return { id: written.id, brokenRules: written.broken.map(code => contactRuleLabels[code]) }
  },
})

/** What is done next is done today or later, and within a year: a case must not sleep. */
function refusePastStep({ today }: CommandContext, nextActionOn: IsoDate): void {
  refuseDayOutside({ field: 'nextActionOn', day: nextActionOn }, { from: today, to: addMonths(today, 12) })
}

/** A first contact starts reminding; whoever was reached counts as contacted, at the first call too. */
function afterContact(from: CollectionCaseState, reached: boolean): CollectionCaseState {
  if (from === 'opened') return reached ? 'contacted' : 'reminding'
  return from === 'reminding' && reached ? 'contacted' : from
}

export const promise = defineCommand(recordPromise, {
  constraints: { claim_has_one_open_promise: 'promise_must_not_be_open' },
  async run(context, input) {
    const { today } = context
    const { row, claim } = await lockCase(context, input.caseId)
    refuseUnless(input.dueOn >= today, 'promise_must_not_lie_in_the_past', {
      kind: 'invalid',
      field: 'dueOn',
    })
    const next = nextState(row.state, 'promised', 'command')
    refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
    const id = await writePromise(context, {
      partyId: claim.client_id,
      receivableId: claim.id,
      caseId: row.id,
      communicationId: null,
      promisedOn: today,
      dueOn: input.dueOn,
      amountYen: input.amountYen,
    })
    await setState(context, row, 'promised', { next_action_on: input.dueOn, next_action: '約束の入金を確認' })
    await context.record({
      verb: 'payment_promised',
      subjects: subjectsOf(row, claim),
      before: { caseState: row.state },
      after: { caseState: 'promised', dueOn: input.dueOn, amountYen: input.amountYen },
      facts: { summary: `${row.case_no}　${input.amountYen.toLocaleString('ja-JP')}円` },
    })
    return { id }
  },
})

export const nextAction = defineCommand(setNextAction, {
  async run(context, input) {
    refusePastStep(context, input.nextActionOn)
    const { row, claim } = await lockCase(context, input.caseId)
    const owner = input.takeOver ? context.actor.id : row.owner_id
    await setState(context, row, row.state, {
      next_action_on: input.nextActionOn,
      next_action: input.nextAction,
      owner_id: owner,
    })
    await context.record({
      verb: 'next_action_set',
      subjects: subjectsOf(row, claim),
      before: { nextActionOn: row.next_action_on },
      after: { nextActionOn: input.nextActionOn, ownerId: owner },
      facts: { summary: row.case_no },
    })
    return { id: row.id }
  },
})

export const dispute = defineCommand(setDispute, {
  async run(context, input) {
    const { row, claim } = await lockCase(context, input.caseId)
    const opens = input.disputedYen !== null
    const openYen = (claim.purchased_yen ?? 0) - claim.collected_yen - claim.diluted_yen
    refuseUnless((input.disputedYen ?? 0) <= openYen, 'dispute_must_fit_the_claim', { field: 'disputedYen' })
    refuseUnless(opens || row.disputed_yen !== null, 'dispute_must_be_open')
    await setState(context, row, row.state, {
      disputed_yen: input.disputedYen,
      dispute_reason: opens ? input.reason : null,
    })
    await context.record({
      verb: opens ? 'dispute_opened' : 'dispute_closed',
      subjects: subjectsOf(row, claim),
      before: { disputedYen: row.disputed_yen },
      after: { disputedYen: input.disputedYen },
      facts: { summary: row.case_no },
      reason: input.reason,
    })
    return { id: row.id }
  },
})

/** What cannot be collected: the reserve bears its part, the rest is a loss (FF §4.4); only by two people. */
export const writeOffClaim = defineCommand(writeOff, {
  async critical(context, input): Promise<CriticalChange> {
    const { claim, openYen, fromReserveYen } = await toWriteOff(context, input.receivableId)
    return {
      subject: { kind: 'receivable', id: claim.id },
      related: subjectsOfReceivable(claim).slice(1),
      summary: `貸倒れ　${claim.receivable_no}　${openYen.toLocaleString('ja-JP')}円`,
      readSet: [{ table: 'receivable', id: claim.id, version: claim.row_version }],
      items: [
        { field: 'openYen', label: '未回収額', old: null, new: words(openYen) },
        { field: 'fromReserveYen', label: '留保金から', old: null, new: words(fromReserveYen) },
        { field: 'lossYen', label: '貸倒損失', old: null, new: words(openYen - fromReserveYen) },
      ],
      evidenceRequired: true,
      approve: 'collections.approve',
      amountYen: openYen,
    }
  },
  async run(context, input) {
    const { claim, openYen, fromReserveYen } = await toWriteOff(context, input.receivableId)
    await postJournal(context, {
      kind: 'written_off',
      refs: refsOf(claim),
      item: 'principal',
      yen: openYen,
      fromReserveYen,
    })
    await stepReceivable(context, claim, { to: 'written_off', reason: input.change.reasonText })
    await refreshLeft(context, claim.id)
    await context.tx
      .updateTable('collection_case')
      .set({ state: 'written_off', ended_on: context.today, row_version: sql`row_version + 1` })
      .where('receivable_id', '=', claim.id)
      .where('ended_on', 'is', null)
      .execute()
    const lossYen = openYen - fromReserveYen
    await context.record({
      verb: 'claim_written_off',
      subjects: subjectsOfReceivable(claim),
      before: { openYen },
      after: { fromReserveYen, lossYen },
      facts: { summary: `${claim.receivable_no}　${lossYen.toLocaleString('ja-JP')}円` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: claim.id, openYen, fromReserveYen, lossYen }
  },
})

export const commands = [followUp, move, contact, promise, nextAction, dispute, writeOffClaim]

function words(yen: number): string {
  return `${yen.toLocaleString('ja-JP')}円`
}

async function toWriteOff(context: CommandContext, receivableId: Id) {
  const claim = await lockReceivable(context, receivableId)
  refuseUnless(claim.state === 'dunning' || claim.state === 'legal', 'claim_must_be_dunned')
  const terms = await termsOfClaim(context.tx, claim)
  const settlement = settle({
    purchasedYen: claim.purchased_yen ?? 0,
    advanceYen: claim.advance_yen ?? 0,
    collectedYen: claim.collected_yen,
    dilutionYen: claim.diluted_yen,
    retentionAbsorbs: terms.retentionAbsorbs,
  })
  const { reserves } = await claimBalances(context.tx, claim.id)
  const openYen = settlement.creditLossYen
  return { claim, openYen, fromReserveYen: Math.min(reserves, openYen - settlement.factorLossYen) }
}

export type CaseRow = Selectable<import('../../platform/database/database.ts').Tables['collection_case']>

async function lockCase(context: CommandContext, id: Id) {
  const row = found(
    await context.tx
      .selectFrom('collection_case')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),
    'collection_case',
  )
  refuseUnless(row.ended_on === null, 'case_must_be_open')
  return { row, claim: await lockReceivable(context, row.receivable_id) }
}

async function setState(
  { tx, today }: CommandContext,
  row: CaseRow,
  state: CollectionCaseState,
  more: Partial<
    Pick<CaseRow, 'next_action_on' | 'next_action' | 'owner_id' | 'disputed_yen' | 'dispute_reason'>
  > = {},
): Promise<void> {
  const ended = state === 'resolved' || state === 'closed' || state === 'written_off'
  await tx
    .updateTable('collection_case')
    .set({ ...more, state, ended_on: ended ? today : null, row_version: sql`row_version + 1` })
    .where('id', '=', row.id)
    .execute()
}

const LEGAL: readonly CollectionCaseState[] = ['counsel', 'legal_action', 'judgment', 'enforcement']

/** The claim follows its case: 督促 from the first reminder, 法的手続 from the lawyer's action on. */
async function stepClaim(
  context: CommandContext,
  claim: Receivable,
  to: CollectionCaseState,
  reason: string,
): Promise<void> {
  const company = await currentCompany(context.tx)
  const now = stateNow(claim, context.today, company?.settings.toleranceYen ?? 0).state
  const legal = LEGAL.includes(to) && to !== 'counsel'
  if (legal && (now === 'overdue' || now === 'dunning'))
    await stepReceivable(context, claim, { to: 'legal', from: now, reason })
  else if (!legal && now === 'overdue')
    await stepReceivable(context, claim, { to: 'dunning', from: now, reason })
}

/** None before a promised date (FF §7). */
async function refuseBeforePromise(context: CommandContext, receivableId: Id): Promise<void> {
  const dueOn = await awaitedUntil(context, receivableId)
  refuseUnless(dueOn === null, 'promise_must_be_waited_for', { facts: { dueOn: dueOn ?? '' } })
}

function subjectsOf(row: { id: Id }, claim: Receivable) {
  return [{ kind: 'collection_case', id: row.id }, ...subjectsOfReceivable(claim)]
}
