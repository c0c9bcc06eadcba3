import { addBusinessDays, jpBankCalendar } from '../../platform/dates/business-calendar.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { commandNamed } from './command-named.ts'
import type { StaffKey } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'

interface DemoApplication {
  key: string
  client: string
  /** Business days before today. */
  daysAgo: number
  form: 'full' | 'short'
  /** Code of the plan it is made under. */
  plan?: string
  channel: 'web' | 'phone' | 'visit'
  requestedYen: number
  /** Claims of the demo that belong to it, by their keys. */
  claims: readonly string[]
  reaches: 'draft' | 'submitted' | 'docs_pending' | 'in_review'
  more?: object
}

const applications: readonly DemoApplication[] = [
  {
    key: 'waits-for-documents',
    client: 'client-03',
    daysAgo: 1,
    form: 'short',
    channel: 'web',
    requestedYen: 2_000_000,
    claims: ['client-03-open-verifying'],
    reaches: 'docs_pending',
  },
  {
    key: 'ready-for-a-quote',
    client: 'client-06',
    daysAgo: 0,
    form: 'short',
    plan: 'QUICK',
    channel: 'web',
    requestedYen: 600_000,
    claims: ['client-06-open-verified'],
    reaches: 'in_review',
  },
  {
    key: 'new-today',
    client: 'client-01',
    daysAgo: 0,
    form: 'short',
    plan: 'QUICK',
    channel: 'phone',
    requestedYen: 850_000,
    claims: ['client-01-open-offered'],
    reaches: 'submitted',
  },
  {
    key: 'late',
    client: 'client-08',
    daysAgo: 3,
    form: 'full',
    plan: 'STANDARD',
    channel: 'visit',
    requestedYen: 3_000_000,
    claims: [],
    reaches: 'submitted',
  },
  {
    key: 'comes-from-another-factor',
    client: 'client-22',
    daysAgo: 0,
    form: 'full',
    channel: 'phone',
    requestedYen: 1_500_000,
    claims: [],
    reaches: 'draft',
    more: { previousFactorName: '株式会社さくらファクター（架空）', previousFactorOpenYen: 400_000 },
  },
]

/** A few applications at different steps: late, waiting for a document, ready for a quote, and one that is still being written. */
export async function seedApplications(
  seeding: Seeding,
  claims: ReadonlyMap<string, Id>,
  plans: ReadonlyMap<string, Id>,
): Promise<void> {
  const calendar = jpBankCalendar()
  for (const application of applications) {
    const day = addBusinessDays(seeding.demo.today, -application.daysAgo, calendar)
    await seedOne(seeding.on(day), application, claims, plans)
  }
}

async function seedOne(
  day: Seeding,
  application: DemoApplication,
  claims: ReadonlyMap<string, Id>,
  plans: ReadonlyMap<string, Id>,
): Promise<void> {
  const { key, client, form, plan, channel, requestedYen, more, reaches } = application
  const clientId = day.parties.get(client)!
  const drafted: { id: Id } = await day.run(
    'sales',
    commandNamed(day, 'applications.draft'),
    { clientId, form, channel, requestedYen, ...(plan && { planVersionId: plans.get(plan) }), ...more },
    `application-${key}`,
  )
  let rowVersion = 1
  const take = async (by: StaffKey, command: string, input: object, step: string) => {
    const answer: { rowVersion: number } = await day.run(
      by,
      commandNamed(day, command),
      { applicationId: drafted.id, rowVersion, ...input },
      `application-${key}-${step}`,
    )
    rowVersion = answer.rowVersion
  }
  for (const claim of application.claims)
    await take('sales', 'applications.linkClaim', { receivableId: claims.get(claim) }, claim)
  if (reaches === 'draft') return
  await take('sales', 'applications.submit', {}, 'submitted')
  if (reaches === 'submitted') return
  const items = await day.program.db
    .selectFrom('application_item')
    .select(['id', 'item_kind'])
    .where('application_id', '=', drafted.id)
    .orderBy('position')
    .execute()
  for (const item of items) {
    const isInvoice = item.item_kind === 'invoice'
    if (!isInvoice && reaches === 'docs_pending') continue
    const documentId = await filePdf(day, 'sales', {
      key: `application-${key}-${item.item_kind}`,
      partyId: clientId,
      docKind: isInvoice ? 'invoice' : 'statement',
      title: isInvoice ? '申込の請求書' : '通帳の写し',
      lines: ['申込に添えて提出された書類'],
    })
    await take(
      'sales',
      'applications.recordItem',
      { itemId: item.id, state: 'received', documentId },
      item.item_kind,
    )
  }
  const moves =
    reaches === 'docs_pending' ? (['docs_pending'] as const) : (['screening', 'in_review'] as const)
  for (const to of moves)
    await take('reviewer', 'applications.review', { to, reason: '書類と照合結果を確認' }, to)
}
