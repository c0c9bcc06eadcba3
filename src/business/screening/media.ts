import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { askedOf } from '../approvals/index.ts'
import { lockParty, setPartyStatus } from '../parties/index.ts'
import { judgementLabels, mediaScopeLabels, stateLabels } from './labels.ts'
import { recordMediaSearch } from './media-contract.ts'
import { mediaReasons } from './media-rules.ts'
import { RESCREEN_DAYS } from './search-subject.ts'
import './media-tables.ts'

type Typed = z.output<typeof recordMediaSearch.input>

/** A person's search of news: with a result it is two people's word, like every hit; a rejected subject stops its customers. */
export const recordMedia = defineCommand(recordMediaSearch, {
  async critical(context, input): Promise<CriticalChange | null> {
    const { party, name } = await checked(context, input)
    if (input.resultCount === 0) return null
    const replaced = await replacedBy(context, input)
    return {
      subject: { kind: 'party', id: party.id },
      ...(input.subjectKind === 'person' ? { related: [{ kind: 'person', id: input.subjectId }] } : {}),
      summary: `報道・信用情報の検索結果　${stateLabels[input.verdict]}`,
      readSet: [
        { table: 'party', id: party.id, version: party.row_version },
        ...replaced.map(one => ({ table: 'screening_media_search', id: one.id, version: one.row_version })),
      ],
      items: [
        { field: 'subject', label: '対象', old: null, new: name, sensitive: input.subjectKind === 'person' },
        {
          field: 'scope',
          label: '範囲',
          old: null,
          new: input.scope.map(scope => mediaScopeLabels[scope]).join('、'),
        },
        { field: 'provider', label: '検索先', old: null, new: input.provider },
        { field: 'queryText', label: '検索した語句', old: null, new: input.queryText, sensitive: true },
        { field: 'resultCount', label: '検索結果の件数', old: null, new: input.resultCount },
        {
          field: 'findings',
          label: '確認した記事',
          old: null,
          new: input.findings
            .map(
              one =>
                `${judgementLabels[one.judgement]}　${one.title}${one.url ? `（${one.url}）` : ''}：${one.reason}`,
            )
            .join('／'),
          sensitive: true,
        },
        {
          field: 'verdict',
          label: '判断',
          old: replaced.map(one => `${one.search_no} ${stateLabels[one.verdict]}`).join('、') || null,
          new: stateLabels[input.verdict],
        },
        ...(input.verdict === 'conditional'
          ? [
              {
                field: 'conditions',
                label: '条件',
                old: null,
                new: `${input.conditions}（${input.conditionsUntil}まで）`,
              },
            ]
          : []),
      ],
      evidenceRequired: true,
      approve: 'screening.confirm',
      dataSubjectId: input.subjectId,
    }
  },
  async run(context, input) {
    const { tx, actor, now, keys, approval } = context
    const { party } = await checked(context, input)
    const scope = scopeOf(input)
    const replaced = await replacedBy(context, input)
    const asked = await askedOf(tx, approval)
    refuseUnless(
      asked === null || replaced.every(one => asked.readIds.has(one.id)),
      'media_search_must_know_the_newest',
    )
    const evidence = await savedPages(context, input.change?.evidence ?? [])
    const conditional = input.verdict === 'conditional'
    await tx
      .updateTable('screening_media_search')
      .set({ superseded_at: now.toISOString(), row_version: sql`row_version + 1` })
      .where('id', '=', sql<Id>`any(${replaced.map(one => one.id)}::uuid[])`)
      .execute()
    const nextDueOn = addDays(todayInTokyo(new Date(input.searchedAt)), RESCREEN_DAYS)
    const id = newId()
    const { search_no } = await tx
      .insertInto('screening_media_search')
      .values({
        id,
        party_id: party.id,
        subject_kind: input.subjectKind,
        subject_id: input.subjectId,
        scope,
        provider: input.provider,
        query_id: input.queryId ?? null,
        query_sealed: await keys.seal(tx, input.subjectId, input.queryText),
        keyword_set_version: input.keywordSetVersion,
        searched_at: new Date(input.searchedAt).toISOString(),
        result_count: input.resultCount,
        findings_sealed: await keys.seal(tx, input.subjectId, JSON.stringify(input.findings)),
        finding_count: input.findings.length,
        verdict: input.verdict,
        conditions: conditional ? (input.conditions ?? null) : null,
        conditions_until: conditional ? (input.conditionsUntil ?? null) : null,
        evidence: JSON.stringify(evidence) as never,
        recorded_by: approval?.requestedBy ?? actor.id,
        confirmed_by: approval?.approvedBy ?? null,
        recorded_at: now.toISOString(),
        next_due_on: nextDueOn,
        superseded_at: null,
      })
      .returning('search_no')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'media_searched',
      subjects: [
        { kind: 'party', id: party.id },
        ...(input.subjectId === party.id ? [] : [{ kind: input.subjectKind, id: input.subjectId }]),
      ],
      after: {
        searchNo: search_no,
        scope: scope.map(one => mediaScopeLabels[one]).join('、'),
        provider: input.provider,
        keywordSetVersion: input.keywordSetVersion,
        resultCount: input.resultCount,
        verdict: input.verdict,
      },
      facts: { summary: `${search_no}　${input.resultCount}件　${stateLabels[input.verdict]}` },
      ...(input.change ? { reason: input.change.reasonText, evidence: input.change.evidence } : {}),
    })
    if (input.verdict === 'rejected')
      for (const partyId of await partiesOf(context, input.subjectId))
        await setPartyStatus(
          context,
          partyId,
          'blocked',
          `報道・信用情報の検索（${search_no}）で取引不可と判断`,
        )
    return { id, searchNo: search_no, nextDueOn }
  },
})

const scopeOf = (input: Typed) => [...new Set(input.scope)].sort()

/**
 * The searches this one takes the place of: of the same subject, no wider, made no later. What two people did not clear stays: a search that
 * found nothing says nothing about what an earlier one found.
 */
async function replacedBy({ tx }: CommandContext, input: Typed) {
  // Two searches of one subject wait for each other, whichever customer they are recorded with.
  await sql`select pg_advisory_xact_lock(hashtext(${`media-search ${input.subjectId}`}))`.execute(tx)
  let standing = tx
    .selectFrom('screening_media_search')
    .select(['id', 'search_no', 'verdict', 'row_version'])
    .where('subject_id', '=', input.subjectId)
    .where('superseded_at', 'is', null)
    .where('searched_at', '<=', new Date(input.searchedAt).toISOString())
    .where(sql<boolean>`scope <@ ${sql.val(scopeOf(input))}::text[]`)
    .orderBy('id')
  if (input.resultCount === 0) standing = standing.where('verdict', '=', 'cleared')
  return standing.execute()
}

async function checked(context: CommandContext, input: Typed) {
  const { tx, today, now } = context
  const party = await lockParty(context, input.partyId)
  const { rows } = await sql<{ name: string }>`
    select coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name from (select party_id, subject_kind, subject_id from screening_subject
      union select party_id, subject_kind, subject_id from screening_media_need) s
    left join party p on p.id = s.subject_id
    left join person h on h.id = s.subject_id
    where s.party_id = any(array(select company_records(${party.id}::uuid))) and s.subject_id = ${input.subjectId}
      and s.subject_kind = ${input.subjectKind} limit 1`.execute(tx)
  refuseUnless(rows[0] !== undefined, 'media_subject_must_be_in_scope', {
    kind: 'invalid',
    field: 'subjectId',
  })
  refuseAll(mediaReasons(input, today, now), 'invalid')
  return { party, name: rows[0].name }
}

/** The saved pages with the hash of the version that was seen: a later version of the document does not change what was judged. */
async function savedPages({ tx }: CommandContext, documentIds: readonly Id[]) {
  if (documentIds.length === 0) return []
  const rows = await tx
    .selectFrom('document as d')
    .innerJoin('document_version as v', join =>
      join.onRef('v.document_id', '=', 'd.id').onRef('v.version_no', '=', 'd.newest_version'),
    )
    .select(['d.id', 'v.version_no', 'v.content_hash'])
    .where('d.id', 'in', [...documentIds])
    .orderBy('d.id')
    .execute()
  return documentIds.flatMap(documentId => {
    const row = rows.find(one => one.id === documentId)
    return row ? [{ documentId, versionNo: row.version_no, evidenceHash: row.content_hash }] : []
  })
}

/** The parties that stop with a subject, in order of id, as everybody locks. */
async function partiesOf({ tx }: CommandContext, subjectId: Id): Promise<Id[]> {
  const rows = await tx
    .selectFrom('screening_subject')
    .select('party_id')
    .distinct()
    .where('subject_id', '=', subjectId)
    .orderBy('party_id')
    .execute()
  return rows.map(row => found(row.party_id, 'party'))
}
