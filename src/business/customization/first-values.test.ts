import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Command } from '../../platform/commands/command.ts'
import { openPool } from '../../platform/database/database.ts'
import { register as registerAccount } from '../accounts/commands.ts'
import { draft as draftApplication } from '../applications/commands/draft.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { decide as decideReview, draft as draftReview } from '../assessment/commands/reviews.ts'
import { listCreditReviews } from '../assessment/contract.ts'
import { draft as draftContract } from '../contracts/commands.ts'
import { open as openIncident } from '../incidents/commands.ts'
import { open as openInquiry } from '../inquiries/commands.ts'
import { describeList } from '../lists/contract.ts'
import { add as addPerson } from '../people/commands.ts'
import { offer } from '../receivables/commands/offer.ts'
import { type Desk, document, openDesk, party, reason, twoPartyTerms } from '../receivables/testing/deal.ts'
import { changeCustomValues } from './commands/change-values.ts'
import { define } from './commands/define-field.ts'
import type { CustomKind } from './tables.ts'
import { readValues, unmaskValue } from './value-contract.ts'

let world: World
let desk: Desk
let administrator: Actor
let clientId: string
let debtorId: string

beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  administrator = await world.person('管理', 'administrator')
  clientId = await party(world, desk, 'ジシャコウモク', 'client')
  debtorId = await party(world, desk, 'シハライモト', 'debtor')
})
afterAll(() => world.close())

/** How a record of each kind is registered, and whose answer names it. */
interface Registering {
  kind: CustomKind
  who: () => Actor
  command: unknown
  input: (custom: object | undefined) => Promise<object> | object
  at?: string
  record?: string
  verb: string
}

const accountOf = (accountNo: string) => ({
  partyId: clientId,
  usage: 'payout',
  bankCode: '0001',
  branchCode: '001',
  accountNo,
  holderKana: 'ジシャコウモク',
  holderName: '株式会社ジシャコウモク',
})

const registering: Registering[] = [
  {
    kind: 'person',
    who: () => desk.sales,
    command: addPerson,
    input: custom => ({
      partyId: clientId,
      role: 'contact',
      person: { familyName: '窓口', givenName: '花子', custom },
    }),
    at: 'person.custom.',
    record: 'personId',
    verb: 'person_added',
  },
  {
    kind: 'bank_account',
    who: () => desk.operations,
    command: registerAccount,
    input: custom => ({ ...accountOf('7654321'), custom }),
    verb: 'account_registered',
  },
  {
    kind: 'credit_review',
    who: () => desk.reviewer,
    command: draftReview,
    input: custom => ({
      partyId: clientId,
      subjectRole: 'client',
      assessedOn: '2026-11-20',
      outcome: 'accept',
      recommendedYen: 1_000_000,
      grounds: '決算書のとおり',
      basis: [],
      reviewDueOn: '2027-11-20',
      custom,
    }),
    verb: 'credit_review_drafted',
  },
  {
    kind: 'contract',
    who: () => desk.sales,
    command: draftContract,
    input: custom => ({ partyId: clientId, terms: twoPartyTerms, custom }),
    verb: 'contract_drafted',
  },
  {
    kind: 'receivable',
    who: () => desk.sales,
    command: offer,
    input: async custom => ({
      clientId,
      debtorId,
      invoiceNo: 'OWN-1',
      issuedOn: '2026-11-01',
      dueOn: '2027-01-29',
      faceYen: 1_000_000,
      documentIds: [await document(world, desk)],
      custom,
    }),
    verb: 'receivable_offered',
  },
  {
    kind: 'application',
    who: () => desk.sales,
    command: draftApplication,
    input: custom => ({ clientId, channel: 'web', requestedYen: 500_000, custom }),
    verb: 'application_drafted',
  },
  {
    kind: 'inquiry',
    who: () => desk.operations,
    command: openInquiry,
    input: custom => ({
      partyId: clientId,
      channel: 'phone',
      category: 'consultation',
      subject: '増額の相談',
      body: '枠を増やしたい',
      receivedAt: '2026-11-24T09:00:00+09:00',
      custom,
    }),
    verb: 'inquiry_opened',
  },
  {
    kind: 'incident',
    who: () => desk.compliance,
    command: openIncident,
    input: custom => ({
      kind: 'fraud',
      title: '請求書の偽造',
      foundOn: '2026-11-20',
      facts: '金額の改ざん',
      custom,
    }),
    verb: 'incident_opened',
  },
]

const own = (recordKind: CustomKind, label: string, more: object = {}) =>
  world.done(administrator, define, { recordKind, type: 'text', label, ...more })

it.each(registering)(
  'a new $kind is refused without what is required, keeps what is given, and says so in its history',
  async ({ kind, who, command, input, at = 'custom.', record = 'id', verb }) => {
    const plain = await own(kind, '管理区分', { required: true })
    const secret = await own(kind, '内々の評価', { sensitive: true, transferable: false })
    const run = async (custom: object | undefined) =>
      world.run(who(), command as Command<never>, (await input(custom)) as never)
    const refused = (await run(undefined).catch(error => error)) as { reasons: object[] }
    expect(refused.reasons).toEqual([
      {
        code: 'custom_field_must_be_given',
        field: `${at}${plain.key}`,
        message: '「管理区分」を入力してください。',
      },
    ])
    expect(await world.refused(run({ [plain.key]: '重点', c999999: 'x' }))).toEqual([
      'custom_field_must_exist',
    ])
    const { body } = await run({ [plain.key]: '重点', [secret.key]: '口外しないこと' })
    const recordId = (body as unknown as Record<string, string>)[record]!
    const { values } = await world.ask(who(), readValues, { recordKind: kind, recordId })
    expect(values).toMatchObject([
      { key: plain.key, value: '重点', masked: false },
      { key: secret.key, value: null, masked: true },
    ])
    const unmasked = { recordKind: kind, recordId, key: secret.key, reason: '内容の確認のため' }
    expect(await world.ask(desk.compliance, unmaskValue, unmasked)).toEqual({ text: '口外しないこと' })
    expect(await world.verbsOf(recordId)).toContain(verb)
    const said = await world.db
      .selectFrom('audit_event as e')
      .innerJoin('audit_event_subject as s', 's.event_id', 'e.id')
      .select('e.canonical_text')
      .where('s.subject_id', '=', recordId)
      .execute()
    const text = said.map(row => row.canonical_text).join()
    expect(text).toContain(`"custom.${plain.key}":"重点"`)
    expect(text).not.toContain('口外しないこと')
  },
)

it('own fields of reviews stand in the list of reviews and its export', async () => {
  const shown = await own('credit_review', '格付', { inList: true })
  const { rows } = await world.ask(desk.reviewer, listCreditReviews, {})
  expect(rows[0]?.custom).not.toHaveProperty(shown.key)
  const { columns } = await world.ask(desk.reviewer, describeList, { list: 'assessment.reviews' })
  expect(columns).toContainEqual({ key: `custom.${shown.key}`, title: '格付' })
})

/** The field of a kind that must be given, defined by the tests above. */
async function requiredKey(kind: CustomKind): Promise<string> {
  const { key } = await world.db
    .selectFrom('custom_field')
    .select('key')
    .where('record_kind', '=', kind)
    .where('is_required', '=', true)
    .executeTakeFirstOrThrow()
  return key
}

/** A drafted review with these values in its own fields. */
async function reviewWith(values: Record<string, string>): Promise<string> {
  const { id } = await world.done(desk.reviewer, draftReview, {
    partyId: clientId,
    subjectRole: 'client',
    assessedOn: '2026-11-20',
    outcome: 'accept',
    recommendedYen: 1_000_000,
    grounds: '決算書と面談の内容のとおり',
    basis: [{ kind: 'references', source: 'trade_reference', note: '主要取引先への照会' }],
    reviewDueOn: '2027-11-20',
    custom: { [await requiredKey('credit_review')]: '重点', ...values },
  } as never)
  return id
}

it('own values of a review stand once it is decided: a correction is a new review', async () => {
  const note = await own('credit_review', '所見')
  const reviewId = await reviewWith({ [note.key]: '初めの所見' })
  const which = { recordKind: 'credit_review' as const, recordId: reviewId }
  const write = (text: string) => ({
    ...which,
    values: { [note.key]: text },
    effectiveOn: '2026-11-24',
    change: reason,
  })
  await world.done(desk.reviewer, changeCustomValues, write('直した所見'))
  expect((await world.ask(desk.reviewer, readValues, which)).closed).toBeNull()
  await world.done(desk.reviewer, decideReview, { reviewId, rowVersion: 1 })
  expect(
    await world.refused(world.run(desk.reviewer, changeCustomValues, write('後から変えた所見'))),
  ).toEqual(['record_must_be_open'])
  const { values, closed } = await world.ask(desk.reviewer, readValues, which)
  expect(closed).toContain('新しい審査')
  expect(values.find(value => value.key === note.key)?.text).toBe('直した所見')
})

it('a change of own values waits for whoever holds the review, as its decision does, and reads what stands then', async () => {
  const note = await own('credit_review', '補足')
  const reviewId = await reviewWith({ [note.key]: '初めの補足' })
  const pool = openPool({ url: world.ownerUrl, max: 1, name: 'daicho test holder' })
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select 1 from credit_review where id = $1 for update', [reviewId])
    const changing = world.run(desk.reviewer, changeCustomValues, {
      recordKind: 'credit_review',
      recordId: reviewId,
      values: { [note.key]: '直した補足' },
      effectiveOn: '2026-11-24',
      change: reason,
    })
    await expect
      .poll(async () => {
        const waiting = await sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db)
        return waiting.rows.length
      })
      .toBe(1)
    await holder.query('rollback')
    expect((await changing).status).toBe(200)
  } finally {
    holder.release()
    await pool.end()
  }
})

it('the request that replaces an account shows its own values, secrets masked, and approval keeps them', async () => {
  const note = await own('bank_account', '開設支店の事情')
  const requiredOne = await requiredKey('bank_account')
  const answer = await world.run(desk.operations, registerAccount, {
    ...accountOf('7654322'),
    custom: { [requiredOne]: '重点', [note.key]: '支店統合' },
    change: reason,
  } as never)
  const { changeRequestId } = answer.body as never as { changeRequestId: string }
  const request = await world.ask(desk.manager, openChangeRequest, { changeRequestId })
  expect(request.items).toContainEqual(
    expect.objectContaining({ field: `custom.${note.key}`, label: '開設支店の事情', new: '支店統合' }),
  )
  const { answer: applied } = await world.done(desk.manager, approve, { changeRequestId })
  const recordId = (applied as { id: string }).id
  const { values } = await world.ask(desk.operations, readValues, { recordKind: 'bank_account', recordId })
  expect(values.find(value => value.key === note.key)?.text).toBe('支店統合')
})
