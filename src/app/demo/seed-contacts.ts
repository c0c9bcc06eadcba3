import { addBusinessDays, jpBankCalendar } from '../../platform/dates/business-calendar.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { commandNamed } from './command-named.ts'
import type { StaffKey } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'

interface DemoContact {
  party: string
  by: StaffKey
  /** Business days before today. */
  daysAgo: number
  channel: 'phone' | 'email' | 'visit'
  direction: 'in' | 'out'
  category: 'new_deal' | 'existing_deal' | 'document' | 'consultation'
  summary: string
  agreedPoints?: string
}

const contacts: readonly DemoContact[] = [
  {
    party: 'client-01',
    by: 'sales',
    daysAgo: 12,
    channel: 'visit',
    direction: 'out',
    category: 'existing_deal',
    summary: '本社を訪問。年末の外注費の支払が12月中旬に重なるとのこと。',
    agreedPoints: '12月分の請求書は、発行したその日にお送りいただく。',
  },
  {
    party: 'client-01',
    by: 'operations',
    daysAgo: 4,
    channel: 'phone',
    direction: 'in',
    category: 'document',
    summary: '新しい通帳の写しの送り方について問合せ。',
    agreedPoints: '今週中に写しを送付いただく。',
  },
  {
    party: 'client-02',
    by: 'sales',
    daysAgo: 8,
    channel: 'email',
    direction: 'out',
    category: 'existing_deal',
    summary: '与信枠の見直しに必要な決算書と試算表をお願いした。',
  },
  {
    party: 'client-03',
    by: 'sales',
    daysAgo: 2,
    channel: 'phone',
    direction: 'in',
    category: 'consultation',
    summary: '新しい売掛先との取引を始めるため、買取の可否を相談された。',
    agreedPoints: '基本契約書の写しを受け取ってから審査へ回す。',
  },
]

const inquiry = {
  party: 'client-02',
  channel: 'phone',
  category: 'payment',
  priority: 'high',
  subject: '入金日の確認',
  body: '先週売却した債権の入金がいつになるか、資金繰りのため今日中に知りたい。',
}

const incident = {
  kind: 'misdirected_payment',
  title: '売掛先が旧口座へ誤って振込',
  facts:
    '債権譲渡の通知後の入金が、利用者の旧口座へ振り込まれた。利用者から同日に連絡があり、翌日に返金を受けた。',
  lossYen: 0,
  party: 'client-01',
  daysAgo: 15,
}

/** What was said with customers, one inquiry that waits for its answer, and one incident under investigation. */
export async function seedContacts(seeding: Seeding): Promise<void> {
  const { demo, parties } = seeding
  const calendar = jpBankCalendar()
  const dayAgo = (days: number) => addBusinessDays(demo.today, -days, calendar)
  for (const [at, { by, daysAgo, party, ...said }] of contacts.entries()) {
    const day = dayAgo(daysAgo)
    const input = { ...said, partyId: parties.get(party), occurredAt: `${day}T09:40:00+09:00` }
    await seeding.on(day).run(by, commandNamed(seeding, 'communications.record'), input, `contact-${at}`)
  }
  const { party, ...asked } = inquiry
  const yesterday = dayAgo(1)
  await seeding
    .on(yesterday)
    .run(
      'sales',
      commandNamed(seeding, 'inquiries.open'),
      { ...asked, partyId: parties.get(party), receivedAt: `${yesterday}T09:15:00+09:00` },
      'inquiry',
    )
  const { party: client, daysAgo, ...known } = incident
  const subjects: { partyId: Id; role: string }[] = [{ partyId: parties.get(client)!, role: 'client' }]
  const found = dayAgo(daysAgo)
  await seeding
    .on(found)
    .run(
      'operations',
      commandNamed(seeding, 'incidents.open'),
      { ...known, foundOn: found, subjects },
      'incident',
    )
}
