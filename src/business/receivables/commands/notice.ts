import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { refuseDayOutside } from '../../../platform/commands/days.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { contractTermsOn } from '../../contracts/index.ts'
import { recordNotice, recordNoticeOutcome } from '../contract.ts'
import { noticeKindLabels, noticeMethodLabels } from '../labels.ts'
import { lockReceivable, type Receivable, setPerfection, subjectsOf } from '../records.ts'
import { mayNotify } from '../rules/registration.ts'

const LONGEST_AHEAD_DAYS = 31

/** A notice that goes to the debtor of a two-party deal tells what was to stay untold: a trigger and two people (FF §3, DD 12). */
export const record = defineCommand(recordNotice, {
  async critical(context, input): Promise<CriticalChange | null> {
    const row = await lockReceivable(context, input.receivableId)
    // A letter that two people decide about may be dated for the day on which it will be sent.
    refuseDayOutside(
      { field: 'sentOn', day: input.sentOn },
      { from: row.issued_on, to: addDays(context.today, LONGEST_AHEAD_DAYS) },
    )
    await refuseWithoutEffect(context, row, input)
    if (input.noticeKind === 'registration' || input.sentOn === null) return null
    if ((await legalKindOf(context, row)) !== 'two_party') return null
    refuseUnless((input.trigger ?? '').length >= 5, 'notice_needs_a_trigger', {
      kind: 'invalid',
      field: 'trigger',
    })
    return {
      subject: { kind: 'receivable', id: row.id },
      related: [
        { kind: 'party', id: row.debtor_id },
        { kind: 'party', id: row.client_id },
      ],
      summary: `売掛先への${noticeKindLabels[input.noticeKind]}（2社間）　${row.receivable_no}`,
      readSet: [{ table: 'receivable', id: row.id, version: row.row_version }],
      items: [
        { field: 'sentTo', label: '送付先', old: null, new: input.sentTo },
        { field: 'method', label: '方法', old: null, new: noticeMethodLabels[input.method] },
        { field: 'trigger', label: 'きっかけ', old: null, new: input.trigger ?? '' },
      ],
      evidenceRequired: false,
      approve: 'receivables.approveNotice',
    }
  },
  async run(context, input) {
    const { tx, actor, now, approval } = context
    const row = await lockReceivable(context, input.receivableId)
    const id = newId()
    await tx
      .insertInto('assignment_notice')
      .values({
        id,
        receivable_id: row.id,
        notice_kind: input.noticeKind,
        method: input.method,
        sent_to: input.sentTo,
        sent_on: input.sentOn,
        post_no: input.postNo ?? null,
        fixed_date_kind: input.fixedDateKind ?? null,
        fixed_on: input.fixedOn ?? null,
        by_assignor: input.byAssignor ?? null,
        department: input.department ?? null,
        trigger_text: input.trigger ?? null,
        delivered_on: null,
        delivered_to: null,
        returned_on: null,
        recorded_by: actor.id,
        approved_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
      })
      .execute()
    if (input.noticeKind === 'assignment_notice' && input.sentOn === null && row.perfection === 'none')
      await setPerfection(context, row, { perfection: 'notice_held', perfected_on: null })
    await context.record({
      verb: 'notice_recorded',
      subjects: subjectsOf(row),
      after: { kind: input.noticeKind, method: input.method, sentOn: input.sentOn },
      facts: {
        summary: `${row.receivable_no} ${noticeKindLabels[input.noticeKind]}（${input.sentOn === null ? '留保' : noticeMethodLabels[input.method]}）`,
      },
      ...(input.change ? { reason: input.change.reasonText, evidence: input.change.evidence } : {}),
    })
    return { id }
  },
})

const PERFECTION_BY = {
  assignment_notice: 'notice_sent',
  consent_request: 'consent_received',
  registration: 'registered',
} as const

/** Arrival decides, not sending (民法467条): it perfects the assignment from that day. */
export const outcome = defineCommand(recordNoticeOutcome, {
  async run(context, input) {
    const { tx, today } = context
    const notice = found(
      await tx
        .selectFrom('assignment_notice')
        .selectAll()
        .where('id', '=', input.noticeId)
        .forUpdate()
        .executeTakeFirst(),
      'assignment_notice',
    )
    const row = await lockReceivable(context, notice.receivable_id)
    refuseUnless(notice.delivered_on === null && notice.returned_on === null, 'notice_must_be_open')
    refuseUnless(input.on <= today, 'date_must_not_be_in_the_future', { kind: 'invalid', field: 'on' })
    const delivered = input.outcome === 'delivered'
    refuseUnless(!delivered || notice.notice_kind !== 'registration', 'registration_needs_its_particulars')
    await tx
      .updateTable('assignment_notice')
      .set(
        delivered
          ? {
              delivered_on: input.on,
              delivered_to: input.deliveredTo ?? null,
              delivered_time: input.deliveredTime ?? null,
            }
          : { returned_on: input.on },
      )
      .where('id', '=', notice.id)
      .execute()
    if (delivered)
      await setPerfection(context, row, {
        perfection: PERFECTION_BY[notice.notice_kind],
        perfected_on: row.perfected_on ?? input.on,
      })
    await context.record({
      verb: delivered ? 'notice_delivered' : 'notice_returned',
      subjects: subjectsOf(row),
      before: { perfection: row.perfection },
      after: { perfection: delivered ? PERFECTION_BY[notice.notice_kind] : row.perfection, on: input.on },
      facts: { summary: `${row.receivable_no} ${noticeKindLabels[notice.notice_kind]}` },
    })
    return { id: notice.id }
  },
})

/** A notice that would not count is no notice: of a registration by no corporation, or by the assignee alone (JR §6.1). */
async function refuseWithoutEffect(
  { tx }: CommandContext,
  row: Receivable,
  input: { noticeKind: string; byAssignor?: boolean | null | undefined; fixedOn?: string | null | undefined },
): Promise<void> {
  if (input.noticeKind === 'registration') {
    const client = await tx
      .selectFrom('party')
      .select('party_kind')
      .where('id', '=', row.client_id)
      .executeTakeFirstOrThrow()
    refuseUnless(client.party_kind === 'corporation', 'registration_needs_a_corporation', {
      kind: 'invalid',
      field: 'noticeKind',
    })
  }
  if (input.noticeKind !== 'assignment_notice') return
  const registered = await tx
    .selectFrom('assignment_registration as g')
    .innerJoin('assignment_notice as n', 'n.id', 'g.notice_id')
    .select('g.notice_id')
    .where('n.receivable_id', '=', row.id)
    .executeTakeFirst()
  refuseUnless(
    mayNotify({ byAssignor: input.byAssignor ?? null, isRegistered: registered !== undefined }),
    'notice_must_come_from_the_assignor',
    { kind: 'invalid', field: 'byAssignor' },
  )
}

async function legalKindOf({ tx, today }: CommandContext, row: Receivable): Promise<string> {
  // Without a contract nothing says the debtor may know: the careful reading is two-party.
  if (row.contract_id === null) return 'two_party'
  return (await contractTermsOn(tx, row.contract_id, today)).terms.legalKind
}
