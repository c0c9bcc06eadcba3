import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import type { Hit, ScreeningCase } from './contract.ts'
import type { ListEntry, ScreeningReason, ScreeningSubject } from './engine/index.ts'
import { briefOf, namedBy, partiesOfSubjects } from './queries.ts'

const MASKED = '●●●●-●●-●●'

/** One case for judging side by side. The subject's birth date is shown only to those who may see it, in the reasons too. */
export async function caseOf(
  keys: SubjectKeys,
  context: QueryContext,
  caseId: Id,
): Promise<Seen<ScreeningCase>> {
  const { db, actor } = context
  const row = found(
    await db.selectFrom('screening_case').selectAll().where('id', '=', caseId).executeTakeFirst(),
    'screening_case',
  )
  const searched: ScreeningSubject = JSON.parse(
    (await keys.open(db, row.snapshot_sealed)) ?? '{"name":"（廃棄済）"}',
  )
  const hidden = searched.birthDate && !mayDo(actor, 'parties.seeSensitive') ? searched.birthDate : null
  const hits = await hitsOf(keys, context, caseId, hidden)
  const earlier = await db
    .selectFrom('screening_case')
    .select(['id', 'seen_no', 'case_no', 'state', 'searched_at'])
    .where('subject_id', '=', row.subject_id)
    .where('id', '<', row.id)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  const names = await staffNames(
    db,
    [row.decided_by, row.confirmed_by].filter(id => id !== null),
  )
  const parties = await partiesOfSubjects(db, [row.subject_id])
  return {
    body: {
      ...briefOf(row),
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      inForce: row.superseded_at === null,
      parties: parties.get(row.subject_id) ?? [],
      searched: {
        name: searched.name,
        nameKana: searched.nameKana ?? null,
        nameEn: searched.nameEn ?? null,
        otherNames: searched.otherNames ?? [],
        birthDate: hidden ? MASKED : (searched.birthDate ?? null),
        country: searched.country ?? null,
        address: searched.address ?? null,
        identifiers: searched.identifiers ?? [],
      },
      scope: row.scope,
      lists: row.lists.map(({ listId, versionNo, entries }) => ({ listId, versionNo, entries })),
      engineVersion: row.engine_version,
      policyVersion: row.policy_version,
      verdictReason: row.verdict_reason,
      decidedBy: row.decided_by ? (names.get(row.decided_by) ?? '') : null,
      confirmedBy: row.confirmed_by ? (names.get(row.confirmed_by) ?? '') : null,
      decidedAt: row.decided_at,
      hitList: hits,
      earlier: earlier.map(one => ({
        id: one.id,
        caseNo: one.case_no,
        state: one.state,
        searchedAt: one.searched_at,
      })),
    },
    seen: [row.seen_no, ...earlier.map(one => one.seen_no), ...(await namedBy(db, [row.subject_id]))],
  }
}

async function hitsOf(
  keys: SubjectKeys,
  { db }: QueryContext,
  caseId: Id,
  hidden: string | null,
): Promise<Hit[]> {
  const rows = await db
    .selectFrom('screening_hit as h')
    .innerJoin('watch_list_version as v', 'v.id', 'h.list_version_id')
    .selectAll('h')
    .select(['v.title', 'v.version_no', 'v.published_on'])
    .where('h.case_id', '=', caseId)
    .orderBy('h.score_thousandths', 'desc')
    .orderBy('h.id')
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.judged_by).filter(id => id !== null),
  )
  return Promise.all(
    rows.map(async row => {
      const text = (await keys.open(db, row.reasons_sealed)) ?? '[]'
      const reasons: ScreeningReason[] = JSON.parse(hidden ? text.replaceAll(hidden, MASKED) : text)
      return {
        id: row.id,
        listId: row.list_id,
        listTitle: row.title,
        versionNo: row.version_no,
        publishedOn: row.published_on,
        matchedName: row.matched_name,
        subjectName: row.subject_name,
        scoreThousandths: row.score_thousandths,
        band: row.band,
        reasons,
        entry: shownEntry(row.entry as ListEntry),
        judgement: row.judgement,
        judgementReason: row.judgement_reason,
        judgedBy: row.judged_by ? (names.get(row.judged_by) ?? '') : null,
        judgedAt: row.judged_at,
        remembered: row.remembered_from !== null,
      }
    }),
  )
}

function shownEntry(entry: ListEntry): Hit['entry'] {
  return {
    entryId: entry.entryId,
    kind: entry.kind,
    names: entry.names.map(name => name.text),
    births: entry.births.map(birth => (birth.from === birth.to ? birth.from : `${birth.from}〜${birth.to}`)),
    countries: entry.countries,
    addresses: entry.addresses,
    identifiers: entry.identifiers.map(known => `${known.kind} ${known.number}`),
    programs: entry.programs,
    reason: entry.reason ?? null,
    source: entry.source ?? null,
    listedOn: entry.listedOn ?? null,
    remarks: entry.remarks ?? null,
  }
}
