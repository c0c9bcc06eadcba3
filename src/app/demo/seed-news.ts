import { sql } from 'kysely'
import { recordMediaSearchCommand } from '../../business/screening/index.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10
const PROVIDER = '新聞記事データベース（体験版）'
const KEYWORDS = '2026年10月版'
/** A search holds for 180 days: made so long ago, it is late, or near its day. */
const LATE_DAYS = 195
const NEAR_DAYS = 171
/** Of these nobody has searched yet. */
const UNSEARCHED: readonly string[] = ['client-14', 'debtor-09']
const LATE = 'client-03'
const NEAR = 'client-05'
/** Two articles were found, and told apart by two people. */
const FOUND = 'client-06'

interface Subject {
  party_id: Id
  subject_kind: 'party' | 'person'
  subject_id: Id
  name: string
  scope: string[]
}

/** Searches of news about whom the demo deals with: most in date, one late, one near its day, one with articles two people judged. */
export async function seedNews(seeding: Seeding): Promise<void> {
  const keys = new Map([...seeding.parties].map(([key, id]) => [id, key]))
  const { rows } = await sql<Subject>`
    with dealt as (
      select client_id as id from receivable union select debtor_id from receivable union select client_id from application)
    select distinct on (n.subject_id) n.party_id, n.subject_kind, n.subject_id,
      coalesce(p.legal_name, h.family_name || ' ' || h.given_name) as name, array_agg(distinct n.scope order by n.scope) as scope
    from dealt cross join lateral news_needed_of(dealt.id) n
    left join party p on p.id = n.subject_id left join person h on h.id = n.subject_id
    group by n.party_id, n.subject_kind, n.subject_id, p.legal_name, h.family_name, h.given_name
    order by n.subject_id, n.party_id`.execute(seeding.program.db)
  await inParallel(rows, AT_ONCE, row => seedSearch(seeding, row, keys.get(row.party_id) ?? ''))
}

async function seedSearch(seeding: Seeding, subject: Subject, key: string): Promise<void> {
  const isSelf = subject.subject_id === subject.party_id
  if (UNSEARCHED.includes(key)) return
  const daysAgo = !isSelf ? 20 : key === LATE ? LATE_DAYS : key === NEAR ? NEAR_DAYS : 20
  const then = seeding.on(addDays(seeding.demo.today, -daysAgo))
  const day = addDays(seeding.demo.today, -daysAgo)
  const input = {
    partyId: subject.party_id,
    subjectKind: subject.subject_kind,
    subjectId: subject.subject_id,
    scope: subject.scope,
    provider: PROVIDER,
    queryText: `"${subject.name}" AND (逮捕 OR 送検 OR 行政処分 OR 破産 OR 差押)`,
    keywordSetVersion: KEYWORDS,
    searchedAt: `${day}T09:30:00+09:00`,
    resultCount: 0,
  }
  const done = `news-${subject.subject_id}`
  if (!isSelf || key !== FOUND) {
    await then.run('compliance', recordMediaSearchCommand, input, done)
    return
  }
  const page = await filePdf(seeding, 'compliance', {
    key: `news-${key}`,
    partyId: subject.party_id,
    docKind: 'screening_evidence',
    title: '検索結果の画面',
    lines: ['体験版のための見本です。', `検索語句 ${input.queryText}`, '検索結果 2件'],
  })
  await then.runByTwo(
    'compliance',
    'manager',
    recordMediaSearchCommand,
    {
      ...input,
      resultCount: 2,
      findings: [
        {
          title: '建設業者に営業停止30日（見本の記事）',
          url: 'https://news.example.jp/articles/20240115',
          publishedOn: '2024-01-15',
          judgement: 'different',
          reason: '同名の別会社。所在地が福岡県で、法人番号も異なる。',
        },
        {
          title: '下請代金の支払遅延で勧告（見本の記事）',
          publishedOn: '2023-06-02',
          judgement: 'different',
          reason: '勧告を受けた会社の代表者・設立年が異なる。',
        },
      ],
      verdict: 'cleared',
      change: {
        reasonCode: 'review',
        reasonText: '記事の所在地・代表者・法人番号を登記と照らした',
        evidence: [page],
      },
    },
    done,
  )
}
