import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { a4Sheet } from '../../platform/pdf.ts'
import { currentCompany, staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { RESTRICTED_PERMISSION } from '../communications/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { compose } from './compose.ts'
import { letterRefusals, type listLetters, type listTemplates, type previewLetter } from './contract.ts'
import './tables.ts'

const UNKNOWN = '（不明）'

export async function templates(
  { db }: QueryContext,
  { retired }: z.output<typeof listTemplates.input>,
): Promise<Seen<z.output<(typeof listTemplates)['output']>>> {
  const rows = await db
    .selectFrom('letter_template')
    .selectAll()
    .where('retired_at', retired ? 'is not' : 'is', null)
    .orderBy('code')
    .execute()
  const versions = await db
    .selectFrom('letter_template_version as v')
    .innerJoin('letter_template as t', 't.id', 'v.template_id')
    .selectAll('v')
    .where('t.retired_at', retired ? 'is not' : 'is', null)
    .orderBy('v.version', 'desc')
    .execute()
  const people = versions.flatMap(one => [one.written_by, one.approved_by]).filter(id => id !== null)
  const names = await staffNames(db, people)
  const name = (id: Id) => names.get(id) ?? UNKNOWN
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        rowVersion: row.row_version,
        code: row.code,
        name: row.name,
        kind: row.letter_kind,
        retired: row.retired_at !== null,
        versions: versions
          .filter(one => one.template_id === row.id)
          .map(one => ({
            id: one.id,
            rowVersion: one.row_version,
            version: one.version,
            state: one.state,
            subject: one.subject,
            body: one.body,
            note: one.note,
            writtenBy: name(one.written_by),
            writtenAt: one.written_at,
            approvedBy: one.approved_by && name(one.approved_by),
            activatedAt: one.activated_at,
          })),
      })),
    },
    seen: rows.map(row => row.seen_no),
  }
}

export async function preview(
  keys: SubjectKeys,
  context: QueryContext,
  { receivableId, personId, ...input }: z.output<typeof previewLetter.input>,
): Promise<Seen<z.output<(typeof previewLetter)['output']>>> {
  const { db, now, today, actor } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', input.partyId).executeTakeFirst(),
    'party',
  )
  const at = { db, now, today, senderName: actor.name, keys }
  const letter = await compose(at, { ...input, personId: personId ?? null, receivableIds: receivableId })
  const names = await staffNames(db, [letter.approvedBy])
  return {
    body: {
      subject: letter.subject,
      body: letter.body,
      version: letter.version,
      approvedBy: names.get(letter.approvedBy) ?? UNKNOWN,
      previewHash: letter.previewHash,
      hindrances: [
        ...letter.missing.map(what =>
          what === 'person' ? letterRefusals.person_must_be_chosen : letterRefusals.claims_must_be_chosen,
        ),
        ...letter.broken.map(code => letterRefusals[code]),
      ],
    },
    seen: await seenNumbersOf(db, [
      input.partyId,
      input.templateId,
      ...(personId ? [personId] : []),
      ...receivableId,
    ]),
  }
}

/** Letters within reach; those whose communication was put under compliance alone exist for nobody else (decision 0021). */
function lettersInReach(context: QueryContext) {
  const all = context.db
    .selectFrom('letter as l')
    .innerJoin('letter_template_version as v', 'v.id', 'l.template_version_id')
    .innerJoin('letter_template as t', 't.id', 'v.template_id')
    .innerJoin('party as p', 'p.id', 'l.party_id')
    .selectAll('l')
    .select(['t.id as template_id', 't.code', 't.name', 't.seen_no as template_seen_no', 'v.version'])
    .select(['p.seen_no as party_seen_no', 'p.legal_name'])
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
    .where('l.party_id', 'in', partiesInReach(context).select('party.id'))
  if (mayDo(context.actor, RESTRICTED_PERMISSION)) return all
  return all.where(
    sql<boolean>`not exists (select from communication k where k.root_id = l.communication_id and k.superseded_at is null
      and k.disclosure_scope = 'compliance_only')`,
  )
}

export async function letters(
  context: QueryContext,
  input: z.output<typeof listLetters.input>,
): Promise<Seen<z.output<(typeof listLetters)['output']>>> {
  const { db } = context
  let asked = lettersInReach(context)
    .orderBy('l.id', 'desc')
    .limit(input.limit + 1)
  if (input.partyId) asked = asked.where('l.party_id', 'in', sameCompany(input.partyId))
  if (input.after) asked = asked.where('l.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.approved_by, row.sent_by]),
  )
  const name = (id: Id) => names.get(id) ?? UNKNOWN
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        letterNo: row.letter_no,
        communicationId: row.communication_id,
        party: { id: row.party_id, name: row.party_name },
        template: { id: row.template_id, code: row.code, name: row.name, version: row.version },
        approvedBy: name(row.approved_by),
        previewHash: row.preview_hash,
        sentBy: name(row.sent_by),
        sentAt: row.sent_at,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [
      ...page.flatMap(row => [row.party_seen_no, row.template_seen_no]),
      ...(await seenNumbersOf(
        db,
        page.map(row => row.communication_id),
      )),
    ],
  }
}

/** Number, day and sender; the day is the one the words were filled in with. */
export const sentLine = (letterNo: string, sentAt: string, companyName: string) =>
  `${letterNo}　${todayInTokyo(new Date(sentAt))}　${companyName}`

/** The letter on A4, in the words that went out. */
export async function sheetOf(keys: SubjectKeys, context: QueryContext, letterId: Id): Promise<FileAnswer> {
  const { db, actor, today } = context
  const row = found(await lettersInReach(context).where('l.id', '=', letterId).executeTakeFirst(), 'letter')
  const sent = await db
    .selectFrom('communication')
    .select(['seen_no', 'subject_sealed', 'body_sealed'])
    .where('id', '=', row.communication_id)
    .executeTakeFirstOrThrow()
  const [subject, body] = await Promise.all(
    [sent.subject_sealed, sent.body_sealed].map(text => (text ? keys.open(db, text) : null)),
  )
  const company = await currentCompany(db)
  const content = await a4Sheet({
    title: subject ?? '（廃棄済）',
    detail: sentLine(row.letter_no, row.sent_at, company?.settings.legalName ?? ''),
    foot: `出力 ${actor.name} ${today}`,
    content: [{ text: body ?? '（廃棄済）', fontSize: 11, lineHeight: 1.6, margin: [0, 12, 0, 0] }],
  })
  return {
    file: { name: `書状_${row.letter_no}.pdf`, mime: 'application/pdf', content, inline: true },
    seen: [row.party_seen_no, row.template_seen_no, sent.seen_no],
  }
}
