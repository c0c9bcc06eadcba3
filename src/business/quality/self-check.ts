import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { isRole, roleLabels, whyIncompatible } from '../access/index.ts'
import { retentionLabels } from '../policy/labels.ts'
import type { SelfCheck, selfCheckRows } from './contract.ts'
import { ACTIVE } from './rules.ts'

const SHOWN = 20
const COUNTED = 1_000

/** Where in the order of ids to begin and how many rows to answer. */
interface Window {
  after: string | null
  limit: number
}

interface Part {
  code: string
  label: string
  /** The rows of one window, by id. */
  rows: (db: Db, today: string, window: Window) => Promise<FoundRow[]>
  href: (row: FoundRow) => string
}

interface FoundRow {
  id: string
  label: string
  detail: string
  seen_no: number | null
  /** The company whose name stands in the label, where the row itself is none. */
  party_seen_no?: number
}

const seenIn = (row: FoundRow): number[] => [row.seen_no, row.party_seen_no].flatMap(no => no ?? [])

const partyRows =
  (condition: string, detail: string) =>
  async (db: Db, today: string, window: Window): Promise<FoundRow[]> =>
    (
      await sql<FoundRow>`
        select p.id, p.party_no || '　' || p.legal_name as label, ${detail}::text as detail, p.seen_no
        from party p where ${sql.raw(`${ACTIVE} and (${condition.replaceAll('current_day', `'${today}'::date`)})`)}
          and ${within('p', window)}`.execute(db)
    ).rows

/** The rows after the mark, in the order of their ids. */
function within(alias: string, { after, limit }: Window) {
  const at = sql.ref(`${alias}.id`)
  return after === null
    ? sql`true order by ${at} limit ${limit}`
    : sql`${at} > ${after}::uuid order by ${at} limit ${limit}`
}

/** What the daily walk found past its retention and nothing stands against; the fix is the request to dispose of it. */
function pastRetention(
  kind: string,
  label: string,
  name: RawBuilder<unknown>,
  table: string,
  more: RawBuilder<unknown> = sql`true`,
): Part {
  return {
    code: `${kind}_past_retention`,
    label,
    rows: async (db, _today, window) =>
      (
        await sql<FoundRow>`
          select p.id, ${name} as label, d.retention_class || ' ' || d.due_on as detail, p.seen_no
          from disposal_due d join ${sql.table(table)} p on p.id = d.subject_id
          where d.subject_kind = ${kind} and cardinality(d.hindrances) = 0 and p.disposed_at is null and ${more}
            and ${within('p', window)}`.execute(db)
      ).rows.map(row => {
        const [rule = '', until = ''] = row.detail.split(' ')
        return { ...row, detail: `${retentionLabels[rule] ?? rule}　${until} まで` }
      }),
    href: row => `/disposal?subject=${kind}:${row.id}`,
  }
}

const tab = (name: string) => (row: FoundRow) => `/parties/${row.id}?tab=${name}`
const edit = (row: FoundRow) => `/parties/${row.id}/edit`

const questions: { code: string; question: string; source: string; parts: Part[] }[] = [
  {
    code: 'identity',
    question: '法人番号・登録番号がない、またはグループを確認していない取引中の顧客はいますか',
    source: 'DD group 1; DD checks, 1',
    parts: [
      {
        code: 'no_corporate_number',
        label: '法人番号がない法人',
        rows: partyRows(`p.party_kind = 'corporation' and p.corporate_number is null`, '法人番号なし'),
        href: edit,
      },
      {
        code: 'no_invoice_number',
        label: '適格請求書発行事業者番号がない利用者',
        rows: partyRows(`p.roles @> array['client'] and p.invoice_reg_no is null`, '登録番号なし'),
        href: edit,
      },
      {
        code: 'no_group_check',
        label: '株主・グループの登録がない法人の利用者',
        rows: partyRows(
          `p.roles @> array['client'] and p.party_kind = 'corporation'
            and not exists (select from shareholding s where (s.party_id = p.id or s.holder_party_id = p.id) and s.valid_to is null)
            and not exists (select from party_group_link g where (g.party_id = p.id or g.other_party_id = p.id) and g.ended_at is null)`,
          '株主・グループの登録なし',
        ),
        href: tab('group'),
      },
    ],
  },
  {
    code: 'checks',
    question: '期限またはアラートのない本人確認・反社照合はありますか',
    source: 'DD checks, 3; JR §3.12',
    parts: [
      {
        code: 'no_kyc',
        label: '本人確認が完了していない利用者',
        rows: partyRows(
          `p.roles @> array['client'] and not exists (select from kyc_case k where k.party_id = p.id and k.state = 'completed' and k.superseded_at is null)`,
          '完了した本人確認なし',
        ),
        href: tab('kyc'),
      },
      {
        code: 'kyc_late_without_alert',
        label: '本人確認の期限を過ぎ、アラートもない利用者',
        rows: partyRows(
          `exists (select from kyc_case k where k.party_id = p.id and k.state = 'completed' and k.superseded_at is null
              and greatest(k.next_review_on, k.exception_until) < current_day)
            and not exists (select from alert a where a.party_id = p.id and a.kind = 'kyc_due' and a.facts_ended_at is null)`,
          '期限切れ・アラートなし',
        ),
        href: tab('kyc'),
      },
      {
        code: 'not_screened',
        label: '反社・制裁を照合していない取引中の相手',
        rows: partyRows(
          `not exists (select from screening_case c where c.subject_id = p.id and c.superseded_at is null)`,
          '照合なし',
        ),
        href: tab('screening'),
      },
      {
        code: 'screening_late',
        label: '再照合の期限を過ぎた取引中の相手',
        rows: partyRows(
          `exists (select from screening_case c where c.subject_id = p.id and c.superseded_at is null and c.next_due_on < current_day)`,
          '再照合の期限切れ',
        ),
        href: tab('screening'),
      },
    ],
  },
  {
    code: 'evidence',
    question: '証憑のない債権はありますか',
    source: 'DD group 11; JR §5.1',
    parts: [
      {
        code: 'claim_without_document',
        label: '請求書などの書類がない債権（承認済・買取済）',
        rows: async (db, _today, window) =>
          (
            await sql<FoundRow>`
              select r.id, r.receivable_no || '　' || p.legal_name as label, '請求番号 ' || r.invoice_no as detail, r.seen_no,
                p.seen_no as party_seen_no
              from receivable r join party p on p.id = r.client_id
              where r.state in ('approved', 'purchased', 'dunning', 'legal')
                and not exists (select from document_link l where l.object_id = r.id)
                and ${within('r', window)}`.execute(db)
          ).rows,
        href: row => `/receivables/${row.id}?tab=documents`,
      },
    ],
  },
  {
    code: 'separation',
    question: '自己承認や、両立しない役割の兼務はありますか',
    source: 'DD group 12, approver ≠ requester; access, incompatibility matrix',
    parts: [
      {
        code: 'self_approval',
        label: '申請者と承認者が同じ申請',
        rows: async (db, _today, window) =>
          (
            await sql<FoundRow>`
              select c.id, c.change_no || '　' || c.summary as label, '申請者＝承認者' as detail, c.seen_no
              from change_request c where c.decided_by = c.requested_by and c.state in ('approved', 'applied')
                and ${within('c', window)}`.execute(db)
          ).rows,
        href: row => `/change-requests/${row.id}`,
      },
      {
        code: 'role_conflict',
        label: '両立しない役割の兼務',
        rows: roleConflicts,
        href: row => `/staff/${row.id}`,
      },
    ],
  },
  {
    code: 'retention',
    question: '保存期間を過ぎた記録はありますか',
    source: 'JR §4.4',
    parts: [
      pastRetention(
        'party',
        '保存期間を過ぎた顧客・取引先',
        sql`p.party_no || '　' || p.legal_name`,
        'party',
      ),
      pastRetention(
        'person',
        '保存期間を過ぎた関係者',
        sql`p.person_no || '　' || p.family_name || ' ' || p.given_name`,
        'person',
      ),
      pastRetention(
        'document',
        '保存期間を過ぎた書類',
        sql`p.doc_no || '　' || p.title`,
        'document',
        sql`p.confidentiality <> 'compliance'`,
      ),
    ],
  },
]

/** People whose roles in force may not be held by one person. */
async function roleConflicts(db: Db, today: string, { after, limit }: Window): Promise<FoundRow[]> {
  const { rows } = await sql<{ id: string; display_name: string; roles: string[] }>`
    select s.id, s.display_name, array_agg(distinct g.role) as roles
    from staff_member s join role_grant g on g.staff_id = s.id
    where g.revoked_at is null and g.valid_from <= ${today}::date and (g.valid_to is null or g.valid_to >= ${today}::date)
    group by s.id having count(distinct g.role) > 1 order by s.id`.execute(db)
  const found = rows.flatMap(row => {
    const roles = row.roles.filter(isRole)
    const pairs = roles.flatMap((one, at) =>
      roles
        .slice(at + 1)
        .filter(other => whyIncompatible(one, other))
        .map(other => [one, other]),
    )
    return pairs.length > 0
      ? [
          {
            id: row.id,
            label: row.display_name,
            detail: pairs.map(([one, other]) => `${roleLabels[one!]}＋${roleLabels[other!]}`).join('、'),
            seen_no: null,
          },
        ]
      : []
  })
  return found.filter(row => after === null || row.id > after).slice(0, limit)
}

const shownRow = (part: Part) => (row: FoundRow) => ({
  key: row.id,
  label: row.label,
  detail: row.detail,
  href: part.href(row),
})

/** Answers the five questions from the records as they stand. */
export async function answerSelfCheck({ db, today, now }: QueryContext): Promise<Seen<SelfCheck>> {
  const seen: number[] = []
  const answered: SelfCheck['questions'] = []
  for (const { code, question, source, parts } of questions) {
    const answers = []
    for (const part of parts) {
      const rows = await part.rows(db, today, { after: null, limit: COUNTED + 1 })
      const shown = rows.slice(0, SHOWN)
      seen.push(...shown.flatMap(seenIn))
      answers.push({
        code: part.code,
        label: part.label,
        count: Math.min(rows.length, COUNTED),
        more: rows.length > COUNTED,
        rows: shown.map(shownRow(part)),
      })
    }
    answered.push({ code, question, source, parts: answers })
  }
  return { body: { asOf: now.toISOString(), questions: answered }, seen }
}

const partOf = (code: string) =>
  questions.flatMap(question => question.parts).find(part => part.code === code)

/** All rows behind one answer, page by page; refuses a part that is none of the self check's. */
export async function selfCheckPart(
  { db, today }: QueryContext,
  input: z.output<typeof selfCheckRows.input>,
): Promise<Seen<z.input<typeof selfCheckRows.output>>> {
  const part = partOf(input.part)
  if (!part)
    throw new Refusal('missing', [
      { code: 'self_check_part_must_exist', field: 'part', message: 'この点検項目はありません。' },
    ])
  const after = input.after ? String(readMark(input.after, 1)[0]) : null
  const rows = await part.rows(db, today, { after, limit: input.limit + 1 })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      label: part.label,
      rows: page.map(shownRow(part)),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.flatMap(seenIn),
  }
}
