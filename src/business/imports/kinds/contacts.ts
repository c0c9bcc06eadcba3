import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import { Refusal } from '../../../platform/commands/refusal.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import {
  type ContactToTakeOver,
  contactTakeOverRefusals,
  type TakenOverContact,
  takeBackContacts,
  takeOverContacts,
} from '../../communications/index.ts'
import { categoryLabels, channelLabels, directionLabels } from '../../communications/labels.ts'
import { looksLikeMyNumber } from '../../names/index.ts'
import { peopleRefusals } from '../../people/contract.ts'
import type { RowProblem } from '../tables.ts'
import type { ImportField, Undo } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { type Entered, type ReadRecord, recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'
import type { Mark } from './row-attempts.ts'
import { personNameKey, staffByName } from './staff-by-name.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  {
    name: 'occurredOn',
    label: '日時',
    type: 'date',
    required: true,
    columns: [
      '日時',
      '接触日時',
      '対応日時',
      '接触日',
      '対応日',
      '連絡日',
      '交渉日',
      '架電日',
      '訪問日',
      '受電日',
      '日付',
    ],
    help: '「2026-11-20 14:30」のように時刻を続けて書けます。時刻は別の列でもかまいません。',
  },
  {
    name: 'occurredTime',
    label: '時刻',
    type: 'text',
    columns: ['時刻', '時間', '接触時刻', '対応時刻', '対応時間', '架電時刻'],
  },
  {
    name: 'channel',
    label: '手段',
    type: 'choice',
    columns: ['手段', '連絡手段', '連絡方法', '接触方法', '対応方法', '対応手段', 'チャネル'],
    help: '電話・メール・訪問・郵便・FAX・SMS・チャット・Web。空欄は「その他」にします。',
  },
  {
    name: 'direction',
    label: '発信・受信',
    type: 'choice',
    columns: ['発信・受信', '発受信', '受発信', '受電架電', '発着', '方向', '受発'],
    help: '空欄は「発信」にします。',
  },
  {
    name: 'handler',
    label: '対応者',
    type: 'text',
    columns: ['対応者', '当社担当', '当社担当者', '応対者', '記録者', '架電者', '担当', '担当者'],
    help: '同じ氏名のユーザーがいれば結び付け、いなければ氏名のまま残します。',
  },
  {
    name: 'personName',
    label: '相手',
    type: 'text',
    personal: true,
    columns: ['相手', '先方', '先方担当者', '相手先担当者', '面談者', '対応相手', '通話相手'],
  },
  {
    name: 'category',
    label: '分類',
    type: 'choice',
    columns: ['分類', 'カテゴリ', 'カテゴリー', '対応種別', '用件区分'],
  },
  {
    name: 'subject',
    label: '件名',
    type: 'text',
    personal: true,
    columns: ['件名', '表題', 'タイトル', '用件', '題名', '主題'],
  },
  {
    name: 'body',
    label: '内容',
    type: 'longText',
    personal: true,
    required: true,
    columns: [
      '内容',
      '本文',
      '対応内容',
      '接触内容',
      '交渉内容',
      '交渉記録',
      '通話内容',
      '面談内容',
      '要点',
      '経過',
    ],
  },
]

const wordsOf = <T extends string>(labels: Record<T, string>) =>
  Object.fromEntries(
    Object.entries<string>(labels).map(([value, label]) => [value, [label]]),
  ) as unknown as Record<T, string[]>

const channels = choicesOf(wordsOf(channelLabels))
for (const [word, channel] of [
  ['TEL', 'phone'],
  ['架電', 'phone'],
  ['受電', 'phone'],
  ['携帯', 'phone'],
  ['Eメール', 'email'],
  ['電子メール', 'email'],
  ['mail', 'email'],
  ['来社', 'visit'],
  ['往訪', 'visit'],
  ['面談', 'visit'],
  ['対面', 'visit'],
  ['手紙', 'post'],
  ['書面', 'post'],
  ['内容証明', 'post'],
  ['ショートメール', 'sms'],
  ['LINE', 'chat'],
  ['ファックス', 'fax'],
  ['ファクス', 'fax'],
  ['ホームページ', 'web'],
  ['フォーム', 'web'],
] as const)
  channels.set(word.normalize('NFKC').toLowerCase(), channel)
const directions = choicesOf({
  out: [directionLabels.out, '発', '架電', '送信', '往', '当社から', '往信'],
  in: [directionLabels.in, '受', '受電', '着信', '来', '先方から', '来信'],
})
const categories = choicesOf(wordsOf(categoryLabels))
for (const [word, category] of [
  ['督促', 'payment'],
  ['入金', 'payment'],
  ['支払', 'payment'],
  ['回収', 'payment'],
  ['クレーム', 'complaint'],
  ['新規', 'new_deal'],
  ['営業', 'new_deal'],
  ['既存', 'existing_deal'],
  ['問合せ', 'consultation'],
  ['問い合わせ', 'consultation'],
] as const)
  categories.set(word, category)

const NEITHER = new Map<string, Id>()
const SUMMARY_MAX = 1000

/** A row as read; who the other side is, is looked up when it is entered. */
interface ContactRow {
  contact: Omit<ContactToTakeOver, 'personId'>
  personName: string | null
}

/** 接触履歴: calls, letters and visits of an old ledger, with who was in charge. */
export const contacts = recordKind<ContactRow, ReadonlyMap<string, Id>>({
  name: 'contacts',
  fields,
  permission: 'communications.record',
  approve: 'imports.approve',
  parties: { party: null },
  refusals: { ...peopleRefusals, ...contactTakeOverRefusals },
  fieldOf: { partyId: 'partyNumber', occurredAt: 'occurredOn' },
  prepare: context => staffByName(context.tx),
  read(cells, { parties, lookup }): ReadRecord<ContactRow> | null {
    const party = parties.party!
    const at = instantOf(cells)
    const words = wordsIn(cells)
    if (at === null || words === null) return null
    const handler = cells.text('handler')?.slice(0, 100) ?? null
    const handledBy = handler ? ((lookup ?? NEITHER).get(personNameKey(handler)) ?? null) : null
    const channel = cells.choice('channel', channels) ?? 'other'
    // 架電 and 受電 in the column of the channel say the direction as well.
    const direction =
      cells.choice('direction', directions) ??
      (/受電|着信|来社/u.test(cells.text('channel') ?? '') ? 'in' : 'out')
    return {
      input: {
        contact: {
          partyId: party.id,
          channel,
          direction,
          occurredAt: at.instant,
          timeKnown: at.timeKnown,
          category: cells.choice('category', categories) ?? 'other',
          ...words,
          handledBy,
          handlerName: handledBy ? null : (handler ?? '（記載なし）'),
        },
        personName: cells.text('personName')?.slice(0, 100) ?? null,
      },
      label: party.legalName,
      // Kept for every row of the file: the words themselves would fill the memory.
      key: createHash('sha256')
        .update(
          JSON.stringify([
            party.id,
            at.instant,
            channel,
            direction,
            words.subject,
            words.summary,
            words.body,
          ]),
        )
        .digest('base64'),
    }
  },
  async enter(context, row) {
    const [answer] = await enterContacts(context, [{ input: row, mark: event => event }])
    if (answer instanceof Refusal) throw answer
    return answer!
  },
  enterMany: enterContacts,
  async leave(context, undo) {
    const [answer] = await leaveContacts(context, [{ undo, mark: event => event }])
    if (answer) throw answer
  },
  leaveMany: (context, rows) => leaveContacts(context, rows),
})

async function enterContacts(
  context: CommandContext,
  rows: readonly { input: ContactRow; mark: Mark }[],
): Promise<(Entered | Refusal)[]> {
  const people = await peopleNamed(
    context.tx,
    rows.map(({ input }) => ({ partyId: input.contact.partyId, name: input.personName })),
  )
  const answers = await takeOverContacts(
    context,
    rows.map(({ input: { contact, personName }, mark }, at) => {
      const personId = people[at] ?? null
      // Whoever is not registered stays readable in the words.
      const unknown = personName !== null && personId === null
      const body = unknown ? [`相手：${personName}`, contact.body].filter(Boolean).join('\n') : contact.body
      return { contact: { ...contact, personId, body }, mark }
    }),
  )
  return answers.map((taken, at) => {
    if (taken instanceof Refusal) return taken
    const unknown = rows[at]!.input.personName !== null && people[at] === null
    return {
      recordId: taken.communicationId,
      made: [taken.communicationId],
      undo: { ...taken },
      notes: unknown ? [PERSON_WAS_NOT_FOUND] : [],
    }
  })
}

const PERSON_WAS_NOT_FOUND: RowProblem = {
  code: 'person_was_not_found',
  column: null,
  heading: '相手',
  message: '相手が関係者として登録されていないため、本文に氏名を残しました。',
  weight: 'note',
}

function leaveContacts(
  context: CommandContext,
  rows: readonly { undo: Undo; mark: Mark }[],
): Promise<(null | Refusal)[]> {
  return takeBackContacts(
    context,
    rows.map(({ undo, mark }) => ({ taken: undo as unknown as TakenOverContact, mark })),
  )
}

const TIME = /^(\d{1,2})(?:[:時](\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?$/u

/** The instant of the row: the time stands behind the day or in a column of its own; without one only the day is known. */
function instantOf(cells: CellReader): { instant: string; timeKnown: boolean } | null {
  const typed = cells.required('occurredOn')
  if (typed === null) return null
  const day = cells.date('occurredOn')
  if (day === null) return null
  const behind = /[T\s](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/u.exec(typed.normalize('NFKC').trim())?.[1]
  const own = cells.text('occurredTime')
  const text = (own ?? behind ?? '').normalize('NFKC').trim()
  if (text === '') return { instant: `${day}T00:00:00+09:00`, timeKnown: false }
  const found = TIME.exec(text.replace(/^\d{4}-\d{2}-\d{2}\s+/, ''))
  const [hour, minute] = [Number(found?.[1] ?? 99), Number(found?.[2] ?? 0)]
  if (hour > 23 || minute > 59) {
    cells.complain(
      'occurredTime',
      'time_must_be_readable',
      `「${text.slice(0, 10)}」を時刻として読めません（例：14:30）。`,
    )
    return null
  }
  const two = (number: number) => String(number).padStart(2, '0')
  return { instant: `${day}T${two(hour)}:${two(minute)}:00+09:00`, timeKnown: true }
}

/** Short words are the summary; long ones stand whole in the body, with their beginning or the subject as the summary. */
function wordsIn(cells: CellReader): { subject: string | null; summary: string; body: string | null } | null {
  const body = cells.required('body')
  if (body === null) return null
  const subject = cells.text('subject')?.slice(0, 200) ?? null
  for (const field of ['subject', 'body'])
    if (
      cells
        .text(field)
        ?.split(/[^\d０-９-]+/u)
        .some(looksLikeMyNumber)
    )
      cells.complain(
        field,
        'my_number_must_not_be_stored',
        peopleRefusals.my_number_must_not_be_stored,
        'error',
      )
  if (body.length > 20_000) {
    cells.complain('body', 'text_must_fit', '内容は20,000文字までです。', 'error')
    return null
  }
  if (body.length <= SUMMARY_MAX) return { subject, summary: body, body: null }
  return { subject, summary: `${subject ?? body.slice(0, 200)}…`, body }
}

const TITLES = /(様|さん|氏|社長|部長|課長|専務|常務)$/u

/** For each row the one person of the company with that name, whole or only the family name; null for nobody and for two. */
async function peopleNamed(
  tx: Tx,
  asked: readonly { partyId: Id; name: string | null }[],
): Promise<(Id | null)[]> {
  const named = asked.flatMap(({ partyId, name }, at) => {
    const plain = name?.replace(TITLES, '') ?? ''
    const key = personNameKey(plain)
    return key === '' ? [] : [{ at, partyId, key, family: plain }]
  })
  const answers: (Id | null)[] = asked.map(() => null)
  if (named.length === 0) return answers
  const { rows } = await sql<{ at: number; ids: Id[] }>`
    select asked.at, array_agg(distinct p.id) as ids
    from unnest(${named.map(one => one.at)}::int[], ${named.map(one => one.partyId)}::uuid[],
        ${named.map(one => one.key)}::text[], ${named.map(one => one.family)}::text[]) as asked (at, party_id, key, family)
      join party_identity own on own.party_id = asked.party_id
      join party_identity mate on mate.identity_id = own.identity_id
      join party_person r on r.party_id = mate.party_id
      join person p on p.id = r.person_id and (p.name_key = asked.key or p.family_name = asked.family)
    group by asked.at`.execute(tx)
  for (const { at, ids } of rows) if (ids.length === 1) answers[at] = ids[0]!
  return answers
}
