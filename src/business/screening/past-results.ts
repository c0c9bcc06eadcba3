import type { Generated } from 'kysely'
import type { z } from 'zod'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { companyRecords } from '../audit/index.ts'
import { visibleClasses } from '../documents/index.ts'
import { lockParty, partiesInReach } from '../parties/index.ts'
import type { pastResultsOfParty } from './past-contract.ts'
import { type PastResult, type PastVerdict, pastResultLabels } from './past-labels.ts'
import type { SubjectKind } from './tables.ts'

declare module '../../platform/database/database.ts' {
  interface Tables {
    screening_past_result: {
      id: string
      row_version: Generated<number>
      party_id: string
      subject_kind: SubjectKind
      subject_id: string
      searched_on: string
      scope: string | null
      provider: string
      result: PastResult
      verdict: PastVerdict | null
      checked_by: string | null
      evidence_name: string | null
      document_id: string | null
      next_due_on: string | null
      note_sealed: string | null
      source: string
      recorded_by: string
      approved_by: string
      recorded_at: string
    }
  }
}

/** What another system or service said about a party, or about one of its people by the key of the name. */
export interface PastResultToTakeOver {
  partyId: Id
  /** Null: the party itself. */
  personNameKey: string | null
  searchedOn: IsoDate
  scope: string | null
  provider: string
  result: PastResult
  verdict: PastVerdict | null
  checkedBy: string | null
  evidenceName: string | null
  nextDueOn: IsoDate | null
  note: string | null
  source: string
}

export type TakenOverResult = { resultId: Id; partyId: Id; subjectKind: SubjectKind; subjectId: Id }

export const pastResultRefusals = {
  person_must_be_of_the_party: 'この会社の関係者に同じ氏名の人がいません。先に関係者を取り込んでください。',
  person_must_be_one: 'この会社の関係者に同じ氏名の人が複数います。画面で登録内容を確認してください。',
  date_must_not_be_in_the_future: '確認日が今日より後です。',
  due_must_follow_the_search: '次回期限が確認日より前です。',
  past_result_must_stand_once: '同じ対象・確認日・確認先の記録がすでに登録されています。',
  past_result_must_be_untouched: '取込後に変更されたため、記録を残しました。',
} as const

/**
 * Keeps a result of the past as history with its source. It is no search of ours: it clears nobody, and no gate reads it (decision 0022).
 * Two people have decided the import. The evidence is found among the party's documents by its file name.
 */
export async function takeOverPastResult(
  context: CommandContext,
  input: PastResultToTakeOver,
): Promise<TakenOverResult & { documentFound: boolean }> {
  const { tx, now, today, keys, approval } = context
  if (!approval) throw new Error('a past result is taken over by two people only')
  const party = await lockParty(context, input.partyId)
  refuseAll(
    [
      ...(input.searchedOn > today ? [{ code: 'date_must_not_be_in_the_future', field: 'searchedOn' }] : []),
      ...(input.nextDueOn !== null && input.nextDueOn <= input.searchedOn
        ? [{ code: 'due_must_follow_the_search', field: 'nextDueOn' }]
        : []),
    ],
    'invalid',
  )
  const subjectId = input.personNameKey ? await personOf(context, party.id, input.personNameKey) : party.id
  const subjectKind: SubjectKind = input.personNameKey ? 'person' : 'party'
  const standing = await tx
    .selectFrom('screening_past_result')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('searched_on', '=', input.searchedOn)
    .where('provider', '=', input.provider)
    .executeTakeFirst()
  refuseUnless(standing === undefined, 'past_result_must_stand_once', { field: 'searchedOn' })
  const documentId = input.evidenceName ? await documentNamed(context, party.id, input.evidenceName) : null
  const resultId = newId()
  await tx
    .insertInto('screening_past_result')
    .values({
      id: resultId,
      party_id: party.id,
      subject_kind: subjectKind,
      subject_id: subjectId,
      searched_on: input.searchedOn,
      scope: input.scope,
      provider: input.provider,
      result: input.result,
      verdict: input.verdict,
      checked_by: input.checkedBy,
      evidence_name: input.evidenceName,
      document_id: documentId,
      next_due_on: input.nextDueOn,
      note_sealed: input.note ? await keys.seal(tx, subjectId, input.note) : null,
      source: input.source,
      recorded_by: approval.requestedBy,
      approved_by: approval.approvedBy,
      recorded_at: now.toISOString(),
    })
    .execute()
  await context.record({
    verb: 'screening_past_result_taken_over',
    subjects: [
      { kind: 'party', id: party.id },
      ...(subjectKind === 'person' ? [{ kind: 'person', id: subjectId }] : []),
    ],
    after: {
      searchedOn: input.searchedOn,
      provider: input.provider,
      result: pastResultLabels[input.result],
      verdict: input.verdict,
    },
  })
  return { resultId, partyId: party.id, subjectKind, subjectId, documentFound: documentId !== null }
}

/** Takes a result of the past out again. */
export async function takeBackPastResult(context: CommandContext, taken: TakenOverResult): Promise<void> {
  const gone = await context.tx
    .deleteFrom('screening_past_result')
    .where('id', '=', taken.resultId)
    .where('row_version', '=', 1)
    .returning('searched_on')
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'past_result_must_be_untouched')
  await context.record({
    verb: 'screening_past_result_reverted',
    subjects: [
      { kind: 'party', id: taken.partyId },
      ...(taken.subjectKind === 'person' ? [{ kind: 'person', id: taken.subjectId }] : []),
    ],
    before: { searchedOn: gone.searched_on },
  })
}

async function personOf({ tx }: CommandContext, partyId: Id, nameKey: string): Promise<Id> {
  const people = await tx
    .selectFrom('person as p')
    .innerJoin('party_person as r', 'r.person_id', 'p.id')
    .select('p.id')
    .distinct()
    .where('r.party_id', '=', partyId)
    .where('p.name_key', '=', nameKey)
    .execute()
  refuseUnless(people.length > 0, 'person_must_be_of_the_party', { field: 'subject' })
  refuseUnless(people.length === 1, 'person_must_be_one', { field: 'subject' })
  return people[0]!.id
}

async function documentNamed({ tx }: CommandContext, partyId: Id, fileName: string): Promise<Id | null> {
  const name = fileName.replace(/^.*[\\/]/, '').normalize('NFC')
  const row = await tx
    .selectFrom('document_link as l')
    .innerJoin('document_version as v', 'v.document_id', 'l.document_id')
    .select('v.document_id')
    .where('l.object_id', '=', partyId)
    .where('v.original_file_name', '=', name)
    .orderBy('v.added_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.document_id ?? null
}

const MOST = 200

export async function pastResultsOf(
  keys: SubjectKeys,
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.input<typeof pastResultsOfParty.output>>> {
  const { db } = context
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const company = await companyRecords(db, partyId)
  const rows = await db
    .selectFrom('screening_past_result as r')
    .leftJoin('party as p', 'p.id', 'r.subject_id')
    .leftJoin('person as h', 'h.id', 'r.subject_id')
    .leftJoin('document as d', join =>
      join.onRef('d.id', '=', 'r.document_id').on('d.confidentiality', 'in', visibleClasses(context)),
    )
    .selectAll('r')
    .select([
      'p.legal_name',
      'h.family_name',
      'h.given_name',
      'h.seen_no as person_seen_no',
      'd.id as shown_document',
    ])
    .where('r.party_id', 'in', company.ids)
    .orderBy('r.searched_on', 'desc')
    .orderBy('r.id')
    .limit(MOST)
    .execute()
  const shown = []
  for (const row of rows)
    shown.push({
      id: row.id,
      subjectKind: row.subject_kind,
      subjectName: row.legal_name ?? `${row.family_name ?? ''} ${row.given_name ?? ''}`.trim(),
      searchedOn: row.searched_on,
      scope: row.scope,
      provider: row.provider,
      result: row.result,
      verdict: row.verdict,
      checkedBy: row.checked_by,
      evidenceName: row.evidence_name,
      documentId: row.shown_document,
      nextDueOn: row.next_due_on,
      note: row.note_sealed ? await keys.open(db, row.note_sealed) : null,
      source: row.source,
      recordedAt: row.recorded_at,
    })
  return { body: { rows: shown }, seen: [party.seen_no, ...rows.flatMap(row => row.person_seen_no ?? [])] }
}
