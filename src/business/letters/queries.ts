import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { currentCompany, staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { compose } from './compose.ts'
import {
  type LetterRow,
  letterRefusals,
  type listLetters,
  type listTemplates,
  type previewLetter,
} from './contract.ts'
import { recipientOf } from './dispatch/recipient.ts'
import { copySheet, printSheets, type SheetLetter } from './dispatch/sheets.ts'
import { lettersInReach } from './reach.ts'
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
  { keys, config }: Pick<Services, 'keys' | 'config'>,
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
      recipient: letter.recipient,
      mailHindrance: config.smtpUrl
        ? letter.recipient.mailTo
          ? null
          : letterRefusals.addressee_must_have_a_mail_address
        : 'メールサーバーが設定されていません。運用の担当者に SMTP_URL の設定を依頼してください。',
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

type Dispatch = NonNullable<z.output<typeof listLetters.input>['dispatch']>

/** SQL: the letter is as far as that. */
function dispatched(how: Dispatch) {
  const printed = sql`exists (select from letter_print x where x.letter_id = l.id)`
  if (how === 'printed') return sql<boolean>`${printed}`
  if (how === 'to_print')
    return sql<boolean>`sent.channel = 'post' and l.recipient_sealed is not null and not ${printed}`
  return sql<boolean>`exists (select from letter_mail m where m.letter_id = l.id and m.state = ${how})`
}

/** The last print and the mail of each letter. */
async function dispatchOf(db: QueryContext['db'], letterIds: Id[]) {
  const prints = new Map<Id, NonNullable<LetterRow['print']>>()
  const mails = new Map<Id, NonNullable<LetterRow['mail']>>()
  if (letterIds.length === 0) return { prints, mails }
  const printed = await db
    .selectFrom('letter_print as x')
    .innerJoin('letter_print_batch as b', 'b.id', 'x.batch_id')
    .select(['x.letter_id', 'b.id', 'b.batch_no', 'b.printed_by', 'b.printed_at'])
    .where('x.letter_id', 'in', letterIds)
    .orderBy('b.id')
    .execute()
  const names = await staffNames(
    db,
    printed.map(row => row.printed_by),
  )
  for (const row of printed)
    prints.set(row.letter_id, {
      batchId: row.id,
      batchNo: row.batch_no,
      printedBy: names.get(row.printed_by) ?? UNKNOWN,
      printedAt: row.printed_at,
    })
  for (const row of await db
    .selectFrom('letter_mail')
    .selectAll()
    .where('letter_id', 'in', letterIds)
    .execute())
    mails.set(row.letter_id, {
      state: row.state,
      tries: row.tries,
      fault: row.fault,
      nextTryAt: row.next_try_at,
      mailedAt: row.mailed_at,
      messageId: row.message_id,
    })
  return { prints, mails }
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
  if (input.dispatch) asked = asked.where(dispatched(input.dispatch))
  if (input.after) asked = asked.where('l.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.flatMap(row => [row.approved_by, row.sent_by]),
  )
  const went = await dispatchOf(
    db,
    page.map(row => row.id),
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
        channel: row.channel,
        print: went.prints.get(row.id) ?? null,
        mail: went.mails.get(row.id) ?? null,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [...page.flatMap(row => [row.party_seen_no, row.template_seen_no, row.communication_seen_no])],
  }
}

/** A copy of a letter for the files, in the words that went out. */
export async function sheetOf(keys: SubjectKeys, context: QueryContext, letterId: Id): Promise<FileAnswer> {
  const row = found(await lettersInReach(context).where('l.id', '=', letterId).executeTakeFirst(), 'letter')
  const letter = await sheetLetter(keys, context, row)
  return {
    file: {
      name: `書状_${row.letter_no}_控え.pdf`,
      mime: 'application/pdf',
      content: await copySheet(letter, `控え　出力 ${context.actor.name} ${context.today}`),
      inline: true,
    },
    seen: [row.party_seen_no, row.template_seen_no, row.communication_seen_no],
  }
}

type Letter = Awaited<ReturnType<ReturnType<typeof lettersInReach>['execute']>>[number]

const GONE = '（廃棄済）'

/** A letter as it is printed, in the words and to the addressee that were previewed. */
async function sheetLetter(keys: SubjectKeys, { db }: QueryContext, row: Letter): Promise<SheetLetter> {
  const words = await db
    .selectFrom('communication')
    .select(['subject_sealed', 'body_sealed'])
    .where('id', '=', row.communication_id)
    .executeTakeFirstOrThrow()
  const [subject, body] = await Promise.all(
    [words.subject_sealed, words.body_sealed].map(text => (text ? keys.open(db, text) : null)),
  )
  const [company, names] = [await currentCompany(db), await staffNames(db, [row.sent_by])]
  return {
    id: row.id,
    letterNo: row.letter_no,
    sentAt: row.sent_at,
    subject: subject ?? GONE,
    body: body ?? GONE,
    recipient: await recipientOf(keys, db, row),
    partyName: row.party_name,
    companyName: company?.settings.legalName ?? '',
    senderName: names.get(row.sent_by) ?? UNKNOWN,
  }
}

/** The letters of one print, in their order. */
export async function printOf(keys: SubjectKeys, context: QueryContext, batchId: Id): Promise<FileAnswer> {
  const { db } = context
  const batch = found(
    await db.selectFrom('letter_print_batch').selectAll().where('id', '=', batchId).executeTakeFirst(),
    'letter_print_batch',
  )
  const members = await db
    .selectFrom('letter_print')
    .select('letter_id')
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .execute()
  const ids = members.map(one => one.letter_id)
  const rows = await lettersInReach(context).where('l.id', 'in', ids).execute()
  // One of them out of reach now: the print is not cut down without a word.
  const ordered = ids.map(letterId =>
    found(
      rows.find(row => row.id === letterId),
      'letter_print_batch',
    ),
  )
  const letters: SheetLetter[] = []
  for (const row of ordered) letters.push(await sheetLetter(keys, context, row))
  const names = await staffNames(db, [batch.printed_by])
  const printed = `印刷 ${names.get(batch.printed_by) ?? UNKNOWN}　${todayInTokyo(new Date(batch.printed_at))}`
  return {
    file: {
      name: `書状_${batch.batch_no}.pdf`,
      mime: 'application/pdf',
      content: await printSheets(batch.batch_no, letters, printed),
      inline: true,
    },
    seen: ordered.flatMap(row => [row.party_seen_no, row.template_seen_no, row.communication_seen_no]),
  }
}
