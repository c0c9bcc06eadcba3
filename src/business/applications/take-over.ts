import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany, hoursRuleOf } from '../access/index.ts'
import { lockParty, raiseStage } from '../parties/index.ts'
import { clockOf } from './clock-of.ts'
import { refuseClient } from './commands/draft.ts'
import { subjectsOf } from './records.ts'
import { initialItems } from './rules/checklist.ts'
import { CLOCK_POLICY, deadlines } from './rules/clock.ts'
import { isEnded, isPaused, type StoredState } from './rules/states.ts'
import type { ApplicationChannel, forms } from './tables.ts'
import { insertItems } from './under-plan.ts'

/** Where an application of an old ledger can stand: before a quote, which is made anew here, or at its end. */
export type TakenState = Exclude<
  StoredState,
  'draft' | 'quoted' | 'accepted' | 'contracting' | 'ready_to_fund'
>

/** An application that was made before this system was there; days are days in Tokyo. */
export interface ApplicationToTakeOver {
  clientId: Id
  brokerId: Id | null
  /** Null: the papers do not say. */
  channel: ApplicationChannel | null
  form: (typeof forms)[number]
  campaign: string | null
  requestedYen: Yen
  neededBy: IsoDate | null
  previousFactorName: string | null
  previousFactorEndedOn: IsoDate | null
  previousFactorOpenYen: Yen | null
  /** Null: whoever prepared the import. */
  ownerId: Id | null
  state: TakenState
  submittedOn: IsoDate
  /** The first answer, where there was one: refused when it ended so, else a quote. */
  decidedOn: IsoDate | null
  endedOn: IsoDate | null
  reason: string | null
  /** It has a number of its own, so that another of the same day and amount is another application. */
  isNumbered: boolean
}

export type TakenOverApplication = { applicationId: Id; clientId: Id; stageBefore: string }

export const applicationTakeOverRefusals = {
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  dates_must_be_in_order: '申込日・回答日・終了日の順序が正しくありません。',
  end_day_must_be_given: '終わった申込には終了日が必要です。',
  end_day_must_be_empty: '終わっていない申込に終了日があります。状態か終了日を確認してください。',
  application_must_be_new: '同じ申込がすでに登録されています。',
  previous_factor_must_be_named: '乗り換え前の会社名を入力してください。',
  application_must_be_untouched: '取込後に変更されたか債権・見積があるため、申込を残しました。',
} as const

/** Ended ones have no clock that could run. */
const NO_CLOCK = 'taken_over/1'

/**
 * Enters an application as it stood in an old ledger; the batch was decided by two people, the one who prepared it stands as its drafter.
 * An open one has its checklist and the clock of its form from the day it was made; an ended one is history with its day and reason.
 */
export async function takeOverApplication(
  context: CommandContext,
  input: ApplicationToTakeOver,
): Promise<TakenOverApplication> {
  const { tx, now, today, approval } = context
  if (!approval) throw new Error('an application is taken over by two people only')
  const party = await lockParty(context, input.clientId)
  const ended = isEnded(input.state)
  refuseAll(reasonsAgainst(input, ended, today), 'invalid')
  if (!ended) await refuseClient(context, input.clientId)
  const submittedAt = startOf(input.submittedOn)
  if (!input.isNumbered) await refuseTwin(context, input, submittedAt)
  const id = newId()
  const hours = hoursRuleOf((await currentCompany(tx))?.settings)
  const started = { clock_started_at: submittedAt, clock_starts: {}, clock_hours: hours }
  const due = ended
    ? null
    : deadlines(clockOf({ ...started, paused_ms: 0, paused_wall_ms: 0, form: input.form }, null))
  const endedAt = input.endedOn && startOf(input.endedOn)
  const { application_no } = await tx
    .insertInto('application')
    .values({
      id,
      application_no:
        sql`${`AP-${input.submittedOn.slice(0, 4)}-`}::text || to_char(nextval('application_no_seq'), 'FM999999000000')` as never,
      client_id: party.id,
      plan_version_id: null,
      channel: input.channel,
      form: input.form,
      campaign: input.campaign,
      broker_id: input.brokerId,
      inquiry_id: null,
      requested_yen: input.requestedYen,
      needed_by: input.neededBy,
      previous_factor_name: input.previousFactorName,
      previous_factor_ended_on: input.previousFactorEndedOn,
      previous_factor_open_yen: input.previousFactorOpenYen,
      owner_id: input.ownerId ?? approval.requestedBy,
      state: input.state,
      state_at: endedAt ?? submittedAt,
      clock_policy: ended ? NO_CLOCK : CLOCK_POLICY,
      submitted_at: submittedAt,
      clock_started_at: ended ? null : submittedAt,
      clock_hours: ended ? null : JSON.stringify(hours),
      decision_due: due?.decision?.at.toISOString() ?? null,
      funding_due: due?.funding?.at.toISOString() ?? null,
      paused_since: isPaused(input.state) ? submittedAt : null,
      decided_at: input.decidedOn && startOf(input.decidedOn),
      first_decision: input.decidedOn === null ? null : input.state === 'rejected' ? 'rejected' : 'quoted',
      decision_reason: input.reason,
      decided_by: null,
      drafted_by: approval.requestedBy,
      drafted_at: now.toISOString(),
      ended_at: endedAt,
    })
    .returning('application_no')
    .executeTakeFirstOrThrow()
  if (!ended) await insertItems(context, id, initialItems(input.form, party.party_kind))
  await raiseStage(context, party.id, 'applied', { moved: true })
  await context.record({
    verb: 'application_taken_over',
    subjects: subjectsOf({ id, client_id: party.id }),
    after: {
      applicationNo: application_no,
      applicationState: input.state,
      channel: input.channel,
      requestedYen: input.requestedYen,
      neededBy: input.neededBy,
      submittedOn: input.submittedOn,
      decidedOn: input.decidedOn,
      endedOn: input.endedOn,
      ...(input.reason === null ? {} : { decisionReason: input.reason }),
    },
    facts: { summary: `${application_no}　希望額 ${input.requestedYen.toLocaleString('ja-JP')}円` },
  })
  return { applicationId: id, clientId: party.id, stageBefore: party.stage }
}

const startOf = (day: IsoDate) => new Date(`${day}T00:00:00+09:00`).toISOString()

function reasonsAgainst(input: ApplicationToTakeOver, ended: boolean, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const days = ['submittedOn', 'decidedOn', 'endedOn'] as const
  for (const field of days)
    if ((input[field] ?? today) > today) reasons.push({ code: 'date_must_not_be_in_the_future', field })
  if (ended && input.endedOn === null) reasons.push({ code: 'end_day_must_be_given', field: 'endedOn' })
  if (!ended && input.endedOn !== null) reasons.push({ code: 'end_day_must_be_empty', field: 'endedOn' })
  const given = days.flatMap(field => input[field] ?? [])
  if (given.some((day, at) => at > 0 && day < given[at - 1]!))
    reasons.push({
      code: 'dates_must_be_in_order',
      field: (input.decidedOn ?? input.submittedOn) < input.submittedOn ? 'decidedOn' : 'endedOn',
    })
  const further = input.previousFactorEndedOn ?? input.previousFactorOpenYen
  if (input.previousFactorName === null && further !== null)
    reasons.push({ code: 'previous_factor_must_be_named', field: 'previousFactorName' })
  return reasons
}

async function refuseTwin(
  { tx }: CommandContext,
  { clientId, requestedYen }: ApplicationToTakeOver,
  submittedAt: string,
): Promise<void> {
  const twin = await tx
    .selectFrom('application')
    .select('application_no')
    .where('client_id', '=', clientId)
    .where('requested_yen', '=', requestedYen)
    .where('submitted_at', '=', submittedAt)
    .limit(1)
    .executeTakeFirst()
  refuseUnless(twin === undefined, 'application_must_be_new', {
    field: 'submittedOn',
    message: `同じ申込日・希望額の申込（${twin?.application_no}）がすでに登録されています。別の申込なら、元の申込番号の列を割り当ててください。`,
  })
}

/** Takes an application out again; refuses when anybody has worked on it since. */
export async function takeBackApplication(
  context: CommandContext,
  { applicationId, clientId, stageBefore }: TakenOverApplication,
): Promise<void> {
  const { tx } = context
  const standing = await tx
    .selectFrom('application as a')
    .select(['a.application_no', 'a.row_version'])
    .select(({ exists, selectFrom }) => [
      exists(
        selectFrom('application_claim').select('receivable_id').whereRef('application_id', '=', 'a.id'),
      ).as('has_claims'),
      exists(selectFrom('quote').select('id').whereRef('application_id', '=', 'a.id')).as('has_quotes'),
    ])
    .where('a.id', '=', applicationId)
    .forUpdate('a')
    .executeTakeFirst()
  const untouched = standing?.row_version === 1 && !standing.has_claims && !standing.has_quotes
  refuseUnless(untouched, 'application_must_be_untouched')
  await tx.deleteFrom('application_item').where('application_id', '=', applicationId).execute()
  await tx.deleteFrom('application').where('id', '=', applicationId).execute()
  const left = await tx
    .selectFrom('application')
    .select('id')
    .where('client_id', '=', clientId)
    .where('submitted_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  // Only the stage it brought goes with it, not one a contract or a claim has brought since.
  if (!left)
    await tx
      .updateTable('party')
      .set({ stage: stageBefore as 'prospect' })
      .where('id', '=', clientId)
      .where('stage', '=', 'applied')
      .execute()
  await context.record({
    verb: 'application_take_over_reverted',
    subjects: subjectsOf({ id: applicationId, client_id: clientId }),
    before: { applicationNo: standing.application_no },
  })
}
