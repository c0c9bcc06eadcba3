import { sql } from 'kysely'
import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { found, type Reason, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { openReviewOf, suddenFall } from '../../changewatch/index.ts'
import { lockParty } from '../../parties/index.ts'
import { overrideScore, recordScore, retractScore } from '../contract.ts'
import { providerLabels } from '../labels.ts'
import { lockCompany, raised, refuseFuture, refuseInvalid, rulesInForce } from '../records.ts'
import { fallOf, type StandingScore, seriesOf } from '../rules/score-fall.ts'
import type { ScoreProvider } from '../tables.ts'

type Recorded = z.output<typeof recordScore.input>

/** A score that has fallen by the company's step opens a change review in the same transaction and suspends limits (FF §7). */
export const record = defineCommand(recordScore, {
  async run(context, input) {
    const { tx, actor, now, today } = context
    refuseFuture(input.scoreDate, today, 'scoreDate')
    refuseInvalid(reasonsAgainstScore(input))
    const { party, company } = await lockCompany(context, input.partyId)
    const id = newId()
    await tx
      .insertInto('credit_score')
      .values({
        id,
        party_id: party.id,
        origin: input.origin,
        provider: input.provider,
        provider_name: input.providerName ?? null,
        score: input.score,
        score_scale: input.scoreScale,
        score_date: input.scoreDate,
        components: JSON.stringify(input.components) as never,
        model_version: input.modelVersion ?? null,
        inputs_hash: input.inputsHash ?? null,
        reason_codes: input.reasonCodes,
        overrides: null,
        override_reason: null,
        evidence: input.evidence,
        recorded_by: actor.id,
        approved_by: null,
        recorded_at: now.toISOString(),
        ...notRetracted,
      })
      .execute()
    await context.record({
      verb: 'credit_score_recorded',
      subjects: subjectsOf({ id, party_id: party.id }),
      after: {
        provider: input.provider,
        score: input.score,
        scoreScale: input.scoreScale,
        scoreDate: input.scoreDate,
      },
      facts: { summary: scoreText({ ...input, providerName: input.providerName ?? null }) },
      evidence: input.evidence,
    })
    const opened = await followFall(context, company.partyIds, { party, scoreId: id })
    return { id, opened }
  },
})

/** The recorded score stays; the person's score counts in its place (DD group 12: score override, two people). */
export const override = defineCommand(overrideScore, {
  constraints: {
    credit_score_overridden_once: 'score_must_stand',
    score_override_takes_two: 'score_must_stand',
  },
  async critical(context, { scoreId, score, change }): Promise<CriticalChange> {
    const stored = await lockStanding(context, scoreId)
    refuseInvalid(reasonsAgainstOverride(stored, score))
    const party = await lockParty(context, stored.party_id)
    return {
      subject: { kind: 'party', id: party.id },
      related: [{ kind: 'credit_score', id: stored.id }],
      summary: `評点を人の判断で変更　${party.legal_name}　${stored.score}→${score}点`,
      readSet: [{ table: 'credit_score', id: stored.id, version: stored.row_version }],
      items: [
        { field: 'provider', label: '評価した会社', old: null, new: sayProvider(stored) },
        { field: 'scoreDate', label: '評価日', old: null, new: stored.score_date },
        { field: 'score', label: '評点', old: stored.score, new: score },
        { field: 'overrideReason', label: '理由', old: null, new: change.reasonText },
      ],
      evidenceRequired: false,
      approve: 'assessment.approve',
    }
  },
  async run(context, { scoreId, score, change }) {
    const { tx, approval, now } = context
    if (!approval) throw new Error('a score is overridden by two people only')
    const stored = await lockStanding(context, scoreId)
    refuseInvalid(reasonsAgainstOverride(stored, score))
    const { party, company } = await lockCompany(context, stored.party_id)
    const id = newId()
    const { row_version, seen_no, ...same } = stored
    await tx
      .insertInto('credit_score')
      .values({
        ...same,
        id,
        score,
        components: JSON.stringify([]) as never,
        overrides: stored.id,
        override_reason: change.reasonText,
        evidence: change.evidence,
        recorded_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        recorded_at: now.toISOString(),
        ...notRetracted,
      })
      .execute()
    await tx.updateTable('credit_score').set({ row_version: raised }).where('id', '=', stored.id).execute()
    await context.record({
      verb: 'credit_score_overridden',
      subjects: [{ kind: 'credit_score', id: stored.id }, ...subjectsOf({ id, party_id: party.id })],
      before: { score: stored.score },
      after: { score },
      facts: { summary: scoreText({ ...storedWords(stored), score }) },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    await followFall(context, company.partyIds, { party, scoreId: id })
    return { id }
  },
})

export const retract = defineCommand(retractScore, {
  async critical(context, { scoreId, change }): Promise<CriticalChange> {
    const stored = await lockStanding(context, scoreId)
    const party = await lockParty(context, stored.party_id)
    return {
      subject: { kind: 'party', id: party.id },
      related: [{ kind: 'credit_score', id: stored.id }],
      summary: `評点の記録を取消　${party.legal_name}　${scoreText(storedWords(stored))}`.slice(0, 200),
      readSet: [{ table: 'credit_score', id: stored.id, version: stored.row_version }],
      items: [
        { field: 'score', label: '評点', old: scoreText(storedWords(stored)), new: '取消' },
        { field: 'reason', label: '理由', old: null, new: change.reasonText },
      ],
      evidenceRequired: false,
      approve: 'assessment.approve',
    }
  },
  async run(context, { scoreId, change }) {
    const { tx, approval, now } = context
    if (!approval) throw new Error('a score is retracted by two people only')
    const stored = await lockStanding(context, scoreId)
    await tx
      .updateTable('credit_score')
      .set({
        retracted_at: now.toISOString(),
        retracted_by: approval.requestedBy,
        retracted_approved_by: approval.approvedBy,
        retracted_reason: change.reasonText.slice(0, 500),
        row_version: raised,
      })
      .where('id', '=', stored.id)
      .execute()
    await context.record({
      verb: 'credit_score_retracted',
      subjects: subjectsOf(stored),
      before: { score: stored.score, scoreScale: stored.score_scale, scoreDate: stored.score_date },
      facts: { summary: scoreText(storedWords(stored)) },
      reason: change.reasonText,
      evidence: change.evidence,
    })
    return { id: stored.id }
  },
})

const notRetracted = {
  retracted_at: null,
  retracted_by: null,
  retracted_approved_by: null,
  retracted_reason: null,
}

function reasonsAgainstScore(input: Recorded): Reason[] {
  const reasons: Reason[] = []
  if (input.score > input.scoreScale) reasons.push({ code: 'score_must_be_within_the_scale', field: 'score' })
  if ((input.provider === 'other') !== Boolean(input.providerName))
    reasons.push({ code: 'provider_must_be_named', field: 'providerName' })
  if ((input.provider === 'own') !== (input.origin !== 'agency'))
    reasons.push({ code: 'own_score_must_come_from_us', field: 'provider' })
  if (input.origin === 'automatic') {
    const missing = !input.modelVersion
      ? 'modelVersion'
      : !input.inputsHash
        ? 'inputsHash'
        : input.reasonCodes.length === 0
          ? 'reasonCodes'
          : null
    if (missing) reasons.push({ code: 'automatic_score_must_be_reproducible', field: missing })
  }
  return reasons
}

function reasonsAgainstOverride(stored: Stored, score: number): Reason[] {
  if (score > stored.score_scale) return [{ code: 'score_must_be_within_the_scale', field: 'score' }]
  return score === stored.score ? [{ code: 'score_must_differ', field: 'score' }] : []
}

/** A score that counts: neither retracted nor replaced by a person's. */
async function lockStanding(context: CommandContext, scoreId: Id) {
  const stored = found(
    await context.tx
      .selectFrom('credit_score')
      .selectAll()
      .where('id', '=', scoreId)
      .forUpdate()
      .executeTakeFirst(),
    'credit_score',
  )
  const replaced = await context.tx
    .selectFrom('credit_score')
    .select('id')
    .where('overrides', '=', scoreId)
    .where('retracted_at', 'is', null)
    .executeTakeFirst()
  refuseUnless(stored.retracted_at === null && !replaced, 'score_must_stand')
  return stored
}

type Stored = Awaited<ReturnType<typeof lockStanding>>

/** Opens the change review where the new score has fallen; null when it has not, or the same fall is under review already. */
async function followFall(
  context: CommandContext,
  partyIds: readonly Id[],
  { party, scoreId }: { party: { id: Id; legal_name: string }; scoreId: Id },
): Promise<{ reviewNo: string; suspended: number } | null> {
  const { rows } = await sql<StandingScore & { provider: ScoreProvider; name: string | null }>`
    select s.id, s.provider, s.provider_name as name, s.score, s.score_scale as scale, s.score_date as on
    from credit_score s where s.party_id = any(${[...partyIds]}::uuid[]) and s.retracted_at is null
      and not exists (select from credit_score o where o.overrides = s.id and o.retracted_at is null)`.execute(
    context.tx,
  )
  const scores = rows.map(row => ({ ...row, series: seriesOf(row.provider, row.name, row.scale) }))
  const score = scores.find(one => one.id === scoreId)
  if (!score) return null
  const fall = fallOf(scores, score, await rulesInForce(context.tx))
  if (!fall) return null
  const who = sayProvider({ provider: score.provider, provider_name: score.name })
  const opened = await openReviewOf(context, {
    partyId: party.id,
    source: 'score_drop',
    sentence:
      `${party.legal_name} の評点（${who}・${score.scale}点満点）が ${fall.peak.on} の${fall.peak.score}点から ${score.on} の${score.score}点へ下がりました`.slice(
        0,
        500,
      ),
    differences: [
      {
        field: 'other',
        ours: `${fall.peak.score}点（${fall.peak.on}）`,
        theirs: `${score.score}点（${score.on}）`,
      },
    ],
    factsKey: `score_fall:${fall.peak.id}:${fall.steps}`,
    reaction: suddenFall,
    evidence: [],
  })
  return opened ? { reviewNo: opened.reviewNo, suspended: opened.suspended } : null
}

const sayProvider = (score: { provider: ScoreProvider; provider_name: string | null }) =>
  score.provider_name ?? providerLabels[score.provider]

const storedWords = (stored: Stored) => ({
  provider: stored.provider,
  providerName: stored.provider_name,
  score: stored.score,
  scoreScale: stored.score_scale,
  scoreDate: stored.score_date,
})

function scoreText(one: {
  provider: ScoreProvider
  providerName: string | null
  score: number
  scoreScale: number
  scoreDate: string
}): string {
  return `${sayProvider({ provider: one.provider, provider_name: one.providerName })} ${one.score}／${one.scoreScale}点（${one.scoreDate}）`
}

function subjectsOf(score: { id: Id; party_id: Id }) {
  return [
    { kind: 'credit_score', id: score.id },
    { kind: 'party', id: score.party_id },
  ]
}
