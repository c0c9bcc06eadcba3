import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty, setPartyStatus } from '../parties/index.ts'
import { askRescreening, decideCase, judgeHit } from './contract.ts'
import { judgementLabels, stateLabels } from './labels.ts'
import { load } from './load-lists.ts'
import type { CaseState, Judgement } from './tables.ts'

const LONGEST_CONDITIONS_DAYS = 180
const nextVersion = sql<number>`row_version + 1`

/** One person's judgement of one hit. It moves the case's version: a verdict asked for on another judgement becomes stale. */
export const judge = defineCommand(judgeHit, {
  async run(context, input) {
    const { tx, actor, now } = context
    const { case_id } = found(
      await tx.selectFrom('screening_hit').select('case_id').where('id', '=', input.hitId).executeTakeFirst(),
      'screening_hit',
    )
    const row = await lockCase(context, case_id)
    refuseUnless(isOpen(row.state), 'case_must_be_open')
    const hit = found(
      await tx
        .selectFrom('screening_hit')
        .selectAll()
        .where('id', '=', input.hitId)
        .forUpdate()
        .executeTakeFirst(),
      'screening_hit',
    )
    await tx
      .updateTable('screening_hit')
      .set({
        judgement: input.judgement,
        judgement_reason: input.reason,
        judgement_evidence: input.evidence,
        judged_by: actor.id,
        judged_at: now.toISOString(),
        remembered_from: null,
        row_version: nextVersion,
      })
      .where('id', '=', hit.id)
      .execute()
    // Judging anew a pair that had been remembered opens it again.
    const reopened = hit.remembered_from !== null ? 1 : 0
    await tx
      .updateTable('screening_case')
      .set({ row_version: nextVersion, remembered_count: row.remembered_count - reopened })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'hit_judged',
      subjects: await subjectsOf(context, row),
      before: { judgement: hit.judgement },
      after: { judgement: input.judgement, entry: hit.matched_name, list: hit.list_id },
      facts: { summary: `${hit.matched_name}：${judgementLabels[input.judgement]}` },
      reason: input.reason,
      evidence: input.evidence,
      // Whom a customer resembles is shown to those who may see the candidates; the verdict to everybody who sees the customer.
      restrictedTo: 'screening.readCases',
    })
    const hits = await hitsOf(context, row.id)
    return { id: hit.id, unjudged: hits.filter(one => one.judgement === null).length }
  },
})

type Decide = z.output<typeof decideCase.input>

/** The verdict on a case with hits: two people, whatever it is (JR §3.10, DD group 12). A rejected subject stops its customers. */
export const decide = defineCommand(decideCase, {
  async critical(context, input): Promise<CriticalChange> {
    const row = await lockCase(context, input.caseId)
    const hits = await hitsOf(context, row.id)
    refuseAll(reasonsAgainst(row.state, hits, input, context.today))
    return {
      subject: { kind: 'screening_case', id: row.id },
      related: (await subjectsOf(context, row)).slice(1),
      summary: `照合結果　${row.subject_name}　${stateLabels[input.verdict]}`,
      readSet: [{ table: 'screening_case', id: row.id, version: row.row_version }],
      items: [
        { field: 'state', label: '結果', old: stateLabels[row.state], new: stateLabels[input.verdict] },
        ...hits.map(hit => ({
          field: `hit.${hit.id}`,
          label: `候補　${hit.matched_name}（${hit.score_thousandths / 10}点）`,
          old: null,
          new: hit.judgement ? `${judgementLabels[hit.judgement]}：${hit.judgement_reason}` : null,
        })),
        ...(input.verdict === 'conditional'
          ? [
              {
                field: 'conditions',
                label: '条件',
                old: row.conditions,
                new: `${input.conditions}（${input.conditionsUntil}まで）`,
              },
            ]
          : []),
      ],
      evidenceRequired: true,
      approve: 'screening.confirm',
      dataSubjectId: row.subject_id,
    }
  },
  async run(context, input) {
    const { tx, now, today, approval } = context
    const row = await lockCase(context, input.caseId)
    refuseAll(reasonsAgainst(row.state, await hitsOf(context, row.id), input, today))
    if (!approval) throw new Error('a verdict on hits is given by two people only')
    const conditional = input.verdict === 'conditional'
    await tx
      .updateTable('screening_case')
      .set({
        state: input.verdict,
        verdict_reason: input.change.reasonText,
        conditions: conditional ? (input.conditions ?? null) : null,
        conditions_until: conditional ? (input.conditionsUntil ?? null) : null,
        decided_by: approval.requestedBy,
        confirmed_by: approval.approvedBy,
        decided_at: now.toISOString(),
        row_version: nextVersion,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'screening_decided',
      subjects: await subjectsOf(context, row),
      before: { state: row.state },
      after: { state: input.verdict, conditionsUntil: conditional ? (input.conditionsUntil ?? null) : null },
      facts: { summary: `${row.subject_name}：${stateLabels[input.verdict]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    if (input.verdict === 'rejected') {
      for (const partyId of await partiesOf(context, row.subject_id))
        await setPartyStatus(
          context,
          partyId,
          'blocked',
          `反社・制裁の照合（${row.case_no} ${row.subject_name}）で取引不可と判断`,
        )
    }
    return { id: row.id, state: input.verdict }
  },
})

export const rescreen = defineCommand(askRescreening, {
  async run(context, { partyId }) {
    const { tx, now } = context
    const party = await lockParty(context, partyId)
    const { rows } = await sql<{ subject_id: Id }>`
      insert into screening_queue (subject_id, subject_kind, trigger, queued_at)
      select distinct on (subject_id) subject_id, subject_kind, 'manual', ${now.toISOString()}::timestamptz
      from screening_subject where party_id = ${party.id}
      on conflict (subject_id) do update set queued_at = excluded.queued_at returning subject_id`.execute(tx)
    refuseUnless(rows.length > 0, 'subject_must_be_in_scope')
    await context.record({
      verb: 'rescreening_asked',
      subjects: [{ kind: 'party', id: party.id }],
      facts: { summary: `対象${rows.length}件` },
    })
    return { queued: rows.length }
  },
})

export const commands = [load, judge, decide, rescreen]

interface JudgedHit {
  judgement: Judgement | null
}

/** Every rule a verdict breaks: all hits judged, clear only without a doubt, rejected only with a match, conditions with an end. */
export function reasonsAgainst(
  state: CaseState,
  hits: readonly JudgedHit[],
  input: Pick<Decide, 'verdict' | 'conditions' | 'conditionsUntil'>,
  today: string,
): Reason[] {
  const codes: string[] = []
  if (!isOpen(state)) codes.push('case_must_be_open')
  if (hits.some(hit => hit.judgement === null)) codes.push('every_hit_must_be_judged')
  else if (input.verdict === 'cleared' && hits.some(hit => hit.judgement !== 'different'))
    codes.push('clear_needs_all_hits_different')
  else if (input.verdict === 'rejected' && !hits.some(hit => hit.judgement === 'same'))
    codes.push('rejection_needs_a_same_hit')
  if (input.verdict === 'conditional') {
    const { conditions, conditionsUntil: until } = input
    if (!conditions || !until) codes.push('conditions_must_be_given')
    else if (until <= today || until > addDays(today, LONGEST_CONDITIONS_DAYS))
      codes.push('conditions_must_end_in_time')
  }
  return codes.map(code => ({ code }))
}

function isOpen(state: CaseState): boolean {
  return state === 'hit_review' || state === 'escalated'
}

async function lockCase({ tx }: CommandContext, id: Id) {
  const row = found(
    await tx.selectFrom('screening_case').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'screening_case',
  )
  refuseUnless(row.superseded_at === null, 'case_must_be_current')
  return row
}

async function hitsOf({ tx }: CommandContext, caseId: Id) {
  return tx
    .selectFrom('screening_hit')
    .select(['id', 'matched_name', 'score_thousandths', 'judgement', 'judgement_reason'])
    .where('case_id', '=', caseId)
    .orderBy('score_thousandths', 'desc')
    .orderBy('id')
    .execute()
}

/** The parties that stop with a subject: itself, or those it acts for, owns or guarantees; in order of id, as everybody locks. */
async function partiesOf({ tx }: CommandContext, subjectId: Id): Promise<Id[]> {
  const rows = await tx
    .selectFrom('screening_subject')
    .select('party_id')
    .distinct()
    .where('subject_id', '=', subjectId)
    .orderBy('party_id')
    .execute()
  return rows.map(row => row.party_id)
}

/** The case, who was searched, and the parties it is about: a judgement shows in the history of each. */
async function subjectsOf(context: CommandContext, row: { id: Id; subject_kind: string; subject_id: Id }) {
  const parties = (await partiesOf(context, row.subject_id)).filter(id => id !== row.subject_id)
  return [
    { kind: 'screening_case', id: row.id },
    { kind: row.subject_kind, id: row.subject_id },
    ...parties.map(id => ({ kind: 'party', id })),
  ]
}
