import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { ENGINE_VERSION, type ListEntry, type ScreeningMatch, screenSubject } from './engine/index.ts'
import { triggerLabels } from './labels.ts'
import { entryHash, type ListsInForce } from './list-versions.ts'
import type { SubjectNow } from './subjects.ts'
import type { CaseState, ScreeningTrigger } from './tables.ts'

/** Days after which a subject is searched again even when nothing has changed (DD group 4, next_due_on). */
export const RESCREEN_DAYS = 180

const SCOPE: Record<'party' | 'person', string[]> = {
  party: ['antisocial', 'sanctions', 'credit_event'],
  person: ['antisocial', 'sanctions', 'pep'],
}

export type SearchOutcome = 'cleared' | 'hit_review' | 'unchanged'

/**
 * Searches one subject and opens its case. Without a hit it is cleared at once, in the name of the program; a pair which two people have
 * told apart on the same facts of subject and entry does not come up again. What was open, escalated or rejected before is never lost:
 * its hits come along unless their entry has left the list.
 */
export async function searchSubject(
  context: CommandContext,
  inForce: ListsInForce,
  subject: SubjectNow,
  trigger: ScreeningTrigger,
): Promise<SearchOutcome> {
  const { tx, now, today, keys } = context
  const { lists, index } = inForce
  const before = await tx
    .selectFrom('screening_case')
    .selectAll()
    .where('subject_id', '=', subject.id)
    .where('superseded_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  const versions = lists.map(list => list.versionId).join()
  const sameSearch =
    before !== undefined &&
    before.subject_hash === subject.hash &&
    before.engine_version === ENGINE_VERSION &&
    before.policy_version === index.policy.version
  if (sameSearch && (trigger === 'created' || trigger === 'changed') && before.next_due_on > today)
    return 'unchanged'
  const hits = hitsOf(screenSubject(index, subject.snapshot))
  if (before) hits.push(...(await carriedOver(context, inForce, before.id, hits)))
  const remembered = await rememberedPairs(context, subject, hits)
  const open = hits.filter(hit => !remembered.has(hit.hash)).length
  const state: CaseState = open > 0 ? 'hit_review' : 'cleared'
  const at = now.toISOString()
  if (before)
    await tx
      .updateTable('screening_case')
      .set({ superseded_at: at, row_version: sql`row_version + 1` })
      .where('id', '=', before.id)
      .execute()
  const caseId = newId()
  const job = [before?.id ?? '', subject.id, subject.hash, versions, ENGINE_VERSION, index.policy.version]
  await tx
    .insertInto('screening_case')
    .values({
      id: caseId,
      subject_kind: subject.kind,
      subject_id: subject.id,
      subject_name: subject.name,
      snapshot_sealed: await keys.seal(tx, subject.id, JSON.stringify(subject.snapshot)),
      subject_hash: subject.hash,
      trigger,
      scope: SCOPE[subject.kind],
      lists: JSON.stringify(lists) as never,
      engine_version: ENGINE_VERSION,
      policy_version: index.policy.version,
      searched_at: at,
      job_key: createHash('sha256').update(job.join('\u0000')).digest('hex'),
      hit_count: hits.length,
      remembered_count: hits.length - open,
      state,
      verdict_reason: null,
      conditions: null,
      conditions_until: null,
      decided_by: null,
      confirmed_by: null,
      decided_at: state === 'cleared' ? at : null,
      next_due_on: addDays(today, RESCREEN_DAYS),
      superseded_at: null,
    })
    .execute()
  if (hits.length) await writeHits(context, inForce, caseId, subject, hits, remembered)
  await context.record({
    verb: 'subject_screened',
    subjects: [
      { kind: 'screening_case', id: caseId },
      { kind: subject.kind, id: subject.id },
    ],
    after: { state, hits: hits.length, remembered: hits.length - open },
    facts: {
      summary: `${triggerLabels[trigger]}：${open > 0 ? `該当候補${open}件` : '該当する候補なし'}`,
      lists: lists.map(list => `${list.listId} 第${list.versionNo}版`).join('、'),
    },
  })
  return state
}

interface Hit {
  listId: string
  entryId: string
  entry: ListEntry
  hash: string
  matchedName: string
  subjectName: string
  thousandths: number
  band: 'hit' | 'review'
  reasons: ScreeningMatch['reasons']
}

function hitsOf(matches: readonly ScreeningMatch[]): Hit[] {
  return matches.map(match => ({
    listId: match.listEntry.list,
    entryId: match.listEntry.entryId,
    entry: match.listEntry,
    hash: entryHash(match.listEntry),
    matchedName: match.matchedName,
    subjectName: match.subjectName,
    thousandths: Math.round(match.score * 1000),
    band: match.decision === 'hit' ? 'hit' : 'review',
    reasons: match.reasons,
  }))
}

/** Hits of the case before that nobody has told apart and the search no longer finds, though their entry is still listed. */
async function carriedOver(
  { tx, keys }: CommandContext,
  { index }: ListsInForce,
  caseId: Id,
  found: readonly Hit[],
): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('screening_hit')
    .selectAll()
    .where('case_id', '=', caseId)
    .where(sql<boolean>`judgement is distinct from 'different'`)
    .execute()
  const carried: Hit[] = []
  for (const row of rows) {
    const listed = index.entries.find(entry => entry.list === row.list_id && entry.entryId === row.entry_id)
    if (!listed || found.some(hit => hit.listId === row.list_id && hit.entryId === row.entry_id)) continue
    carried.push({
      listId: row.list_id,
      entryId: row.entry_id,
      entry: listed,
      hash: entryHash(listed),
      matchedName: row.matched_name,
      subjectName: row.subject_name,
      thousandths: row.score_thousandths,
      band: row.band,
      reasons: JSON.parse((await keys.open(tx, row.reasons_sealed)) ?? '[]'),
    })
  }
  return carried
}

/** Pairs told apart before, by entry hash: bound to this very version of the subject and of the entry, and confirmed by two people. */
async function rememberedPairs({ tx }: CommandContext, subject: SubjectNow, hits: readonly Hit[]) {
  if (hits.length === 0) return new Map<string, RememberedPair>()
  const rows = await tx
    .selectFrom('screening_hit as h')
    .innerJoin('screening_case as c', 'c.id', 'h.case_id')
    .select(['h.id', 'h.entry_hash', 'h.judgement_reason', 'h.judged_by', 'h.judged_at'])
    .where('h.subject_id', '=', subject.id)
    .where('h.subject_hash', '=', subject.hash)
    .where(
      'h.entry_hash',
      'in',
      hits.map(hit => hit.hash),
    )
    .where('h.judgement', '=', 'different')
    .where('h.remembered_from', 'is', null)
    .where('c.confirmed_by', 'is not', null)
    .orderBy('h.id')
    .execute()
  return new Map<string, RememberedPair>(rows.map(row => [row.entry_hash, row]))
}

interface RememberedPair {
  id: Id
  judgement_reason: string | null
  judged_by: Id | null
  judged_at: string | null
}

async function writeHits(
  { tx, keys }: CommandContext,
  { lists }: ListsInForce,
  caseId: Id,
  subject: SubjectNow,
  hits: readonly Hit[],
  remembered: ReadonlyMap<string, RememberedPair>,
): Promise<void> {
  const versionOf = new Map(lists.map(list => [list.listId, list.versionId]))
  const rows = []
  for (const hit of hits) {
    const known = remembered.get(hit.hash)
    rows.push({
      id: newId(),
      case_id: caseId,
      subject_id: subject.id,
      subject_hash: subject.hash,
      list_id: hit.listId,
      list_version_id: versionOf.get(hit.listId) ?? '',
      entry_id: hit.entryId,
      entry_hash: hit.hash,
      entry: JSON.stringify(hit.entry),
      matched_name: hit.matchedName,
      subject_name: hit.subjectName,
      score_thousandths: hit.thousandths,
      band: hit.band,
      reasons_sealed: await keys.seal(tx, subject.id, JSON.stringify(hit.reasons)),
      judgement: known ? ('different' as const) : null,
      judgement_reason: known?.judgement_reason ?? null,
      judged_by: known?.judged_by ?? null,
      judged_at: known?.judged_at ?? null,
      remembered_from: known?.id ?? null,
    })
  }
  await tx.insertInto('screening_hit').values(rows).execute()
}
