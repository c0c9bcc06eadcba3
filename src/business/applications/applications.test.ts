import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { listAlerts } from '../alerts/contract.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { changeCustomValues } from '../customization/commands/change-values.ts'
import { define } from '../customization/commands/define-field.ts'
import { readValues } from '../customization/value-contract.ts'
import { describeList } from '../lists/contract.ts'
import { openParty } from '../parties/contract.ts'
import { approve as approveReceivable } from '../receivables/commands/approve.ts'
import { offer as offerAlone } from '../receivables/commands/offer.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { verify } from '../receivables/commands/verify.ts'
import { openReceivable } from '../receivables/contract.ts'
import { fundPurchase } from '../receivables/records.ts'
import { type Desk, document, openDesk, party, readyPair } from '../receivables/testing/deal.ts'
import { link, offer, unlink } from './commands/claims.ts'
import { assign, change, draft, end, submit } from './commands/draft.ts'
import { add, record, waive } from './commands/items.ts'
import { answer, issue } from './commands/quotes.ts'
import { contract, review } from './commands/steps.ts'
import { claimsToLink, listApplications, openApplication, previewQuote } from './contract.ts'
import { expireApplications } from './expire.ts'
import { percentOf } from './figures.ts'
import { applicationRates } from './figures-contract.ts'

let world: World
let desk: Desk
const on = (text: string) => world.clock.set(new Date(`${text}+09:00`))

beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

const shown = (applicationId: string, who: Actor = desk.reviewer) =>
  world.ask(who, openApplication, { applicationId })
async function which(applicationId: string) {
  const { rowVersion } = await shown(applicationId)
  return { applicationId, rowVersion }
}
const applied = (clientId: string, more: object = {}) =>
  world.done(desk.sales, draft, {
    clientId,
    channel: 'web',
    form: 'short',
    requestedYen: 800_000,
    ...more,
  })
const claimOf = (debtorId: string, invoiceNo: string, more: object = {}) => ({
  debtorId,
  invoiceNo,
  issuedOn: '2026-11-01',
  dueOn: '2027-01-29',
  faceYen: 1_000_000,
  ...more,
})
const step = async (to: 'docs_pending' | 'screening' | 'in_review' | 'rejected', id: string) =>
  world.done(desk.reviewer, review, { ...(await which(id)), to, reason: '確認した' })

async function documentsReceived(id: string) {
  for (const item of (await shown(id)).checklist)
    await world.done(desk.operations, record, {
      ...(await which(id)),
      itemId: item.id,
      state: 'received',
      documentId: EVIDENCE,
    })
}

/** An application in review with one verified claim of a client and a debtor that may be dealt with. */
async function inReview(name: string, invoiceNo: string) {
  const pair = await readyPair(world, desk, name)
  const { id } = await applied(pair.clientId)
  const invoice = await document(world, desk)
  const { receivableId } = await world.done(desk.sales, offer, {
    ...(await which(id)),
    ...claimOf(pair.debtorId, invoiceNo),
    documentIds: [invoice],
  })
  await world.done(desk.sales, submit, await which(id))
  await documentsReceived(id)
  await step('screening', id)
  await step('in_review', id)
  await world.done(desk.reviewer, verify, { receivableId, assignmentRestriction: 'none', setOffRisk: 'low' })
  return { ...pair, id, receivableId }
}

async function quoted(name: string, invoiceNo: string) {
  const deal = await inReview(name, invoiceNo)
  const quote = await world.done(desk.reviewer, issue, {
    ...(await which(deal.id)),
    contractId: deal.contractId,
    expiresAt: new Date(world.clock.now().getTime() + 3 * 86_400_000).toISOString(),
    reason: '条件は契約のとおり',
  })
  return { ...deal, quote }
}

const accepted = async (id: string, documentIds: string[] = [EVIDENCE]) =>
  world.run(desk.sales, answer, {
    ...(await which(id)),
    answer: 'accepted',
    answeredOn: '2026-11-24',
    answeredBy: '代表 秘密の太郎',
    channel: 'phone',
    documentIds,
  })
const contracting = async (id: string, to: 'contracting' | 'ready_to_fund' | 'closed' | 'cancelled') =>
  world.run(desk.operations, contract, { ...(await which(id)), to, reason: '手続のとおり' })

describe('an application', () => {
  it('goes from the first word to the money, and its price is the price of the purchase', async () => {
    on('2026-11-24T10:00:00')
    const deal = await quoted('モウシコミ', 'APP-1')
    const offered = await shown(deal.id)
    expect(offered).toMatchObject({
      state: 'quoted',
      firstDecision: 'quoted',
      netYen: 900_000 - 47_500,
      clock: { isPaused: true },
      mayChangeClaims: false,
    })
    expect(offered.quotes[0]).toMatchObject({
      purchasedYen: 1_000_000,
      advanceYen: 900_000,
      reserveYen: 100_000,
      feeYen: 47_500,
      netYen: 852_500,
      lines: [{ receivableNo: offered.linked[0]!.receivableNo, feeYen: 47_500 }],
    })
    expect(await world.refused(accepted(deal.id, []))).toEqual(['acceptance_must_be_proved'])
    // A number that names no document proves nothing.
    expect(await world.refused(accepted(deal.id, [newId()]))).toEqual(['evidence_must_be_a_document'])
    await accepted(deal.id)
    await contracting(deal.id, 'contracting')
    // Not approved yet: no limit is held.
    expect(await world.refused(contracting(deal.id, 'ready_to_fund'))).toEqual(['claims_must_be_approved'])
    await world.done(desk.approver, approveReceivable, {
      receivableId: deal.receivableId,
      contractId: deal.contractId,
    })
    const buy = { receivableIds: [deal.receivableId] }
    expect(await world.refused(world.run(desk.operations, purchase, buy))).toEqual([
      'application_must_be_ready_to_fund',
    ])
    await contracting(deal.id, 'ready_to_fund')
    const bought = await world.done(desk.operations, purchase, buy)
    expect(bought.netYen).toBe(deal.quote.netYen)
    expect((await shown(deal.id)).state).toBe('ready_to_fund')
    expect(await world.refused(contracting(deal.id, 'contracting'))).toEqual(['claims_must_not_be_bought'])
    expect(await world.refused(contracting(deal.id, 'closed'))).toEqual(['transition_must_be_listed'])
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, desk.accounting, 'test')
      await fundPurchase(context, bought.id, '2026-11-24')
      await context.record({ verb: 'test_paid', subjects: [{ kind: 'purchase', id: bought.id }] })
    })
    const funded = await shown(deal.id)
    expect(funded).toMatchObject({ state: 'funded', clock: null, steps: [{ to: 'closed', hindrances: [] }] })
    const listed = await world.ask(desk.sales, listApplications, { partyId: deal.clientId, state: 'funded' })
    expect(listed.rows.map(row => row.id)).toEqual([deal.id])
    await contracting(deal.id, 'closed')
    expect(await world.verbsOf(deal.id)).toEqual(
      expect.arrayContaining([
        'application_submitted',
        'quote_issued',
        'quote_accepted',
        'application_moved',
      ]),
    )
    // Who answered is a living person: sealed in the table, nowhere in the trail.
    const { rows } = await sql<{ line: string }>`select row_to_json(q)::text as line from quote q
      union all select canonical_text from audit_event`.execute(world.db)
    expect(rows.filter(row => row.line.includes('秘密の太郎'))).toEqual([])
    expect(funded.quotes[0]?.answeredBy).toBe('代表 秘密の太郎')
  })

  it('starts its clocks when it is submitted, raises the stage of a prospect, and waits while documents are owed', async () => {
    on('2026-11-24T10:00:00')
    const clientId = await party(world, desk, 'トケイ', 'client')
    const { id, applicationNo } = await applied(clientId, { form: 'full' })
    expect(applicationNo).toMatch(/^AP-2026-\d{6}$/)
    expect((await shown(id)).clock).toBeNull()
    expect((await world.ask(desk.sales, openParty, { partyId: clientId })).stage).toBe('prospect')
    await world.done(desk.sales, submit, await which(id))
    expect((await world.ask(desk.sales, openParty, { partyId: clientId })).stage).toBe('applied')
    expect((await shown(id)).clock).toMatchObject({
      what: 'decision',
      dueAt: '2026-11-25T01:00:00.000Z',
      minutesLeft: 540,
    })
    on('2026-11-24T12:00:00')
    await step('docs_pending', id)
    on('2026-11-26T12:00:00')
    expect((await shown(id)).clock).toMatchObject({ isPaused: true, isLate: false, minutesLeft: 420 })
    const { checklist } = await shown(id)
    expect(checklist).toHaveLength(6)
    await world.done(desk.reviewer, waive, {
      ...(await which(id)),
      itemId: checklist.at(-1)!.id,
      reason: '設立1期目のため決算書がない',
    })
    expect(
      await world.refused(
        world.run(desk.sales, waive, {
          ...(await which(id)),
          itemId: checklist[0]!.id,
          reason: '要らないと思う',
        }),
      ),
    ).toContain('permission_must_be_held')
    await world.done(desk.sales, record, {
      ...(await which(id)),
      itemId: checklist[0]!.id,
      state: 'returned',
      note: '日付が読めない',
    })
    const stuck = (await shown(id)).steps.find(one => one.to === 'screening')
    expect(stuck?.hindrances.map(one => one.code)).toEqual([
      'claims_must_be_linked',
      'documents_must_be_there',
    ])
    expect(stuck?.hindrances[1]?.message).toContain('請求書')
    await documentsReceived(id)
    const debtorId = await party(world, desk, 'トケイウリカケ', 'debtor')
    await world.done(desk.sales, offer, { ...(await which(id)), ...claimOf(debtorId, 'APP-2') })
    await step('screening', id)
    expect((await shown(id)).clock).toMatchObject({
      isPaused: false,
      minutesLeft: 420,
      dueAt: '2026-11-27T01:00:00.000Z',
    })
    // Nobody was screened yet: the review does not begin.
    expect(await world.refused(step('in_review', id))).toContain('subject_must_be_screened')
    await world.done(desk.reviewer, assign, { ...(await which(id)), ownerId: desk.reviewer.id })
    on('2026-11-27T11:00:00')
    await raiseAlerts(world)
    const { rows } = await world.ask(desk.reviewer, listAlerts, {
      partyId: clientId,
      kind: ['application_due'],
    })
    expect(rows).toMatchObject([{ severity: 'critical', owner: { id: desk.reviewer.id } }])
    expect((await world.ask(desk.sales, listApplications, { late: 'true' })).rows.map(row => row.id)).toEqual(
      [id],
    )
    on('2026-11-24T10:00:00')
  })

  it('ends with its claims, and the limit they held is free again', async () => {
    on('2026-11-24T10:00:00')
    const deal = await inReview('オワリ', 'APP-3')
    await world.done(desk.approver, approveReceivable, {
      receivableId: deal.receivableId,
      contractId: deal.contractId,
    })
    await world.done(desk.sales, end, {
      ...(await which(deal.id)),
      to: 'withdrawn',
      reason: '資金が不要になった',
    })
    const claim = await world.ask(desk.sales, openReceivable, { receivableId: deal.receivableId })
    expect(claim.state).toBe('withdrawn')
    const held = await world.db
      .selectFrom('credit_exposure')
      .select(['state', 'amount_yen'])
      .where('receivable_id', '=', deal.receivableId)
      .executeTakeFirstOrThrow()
    expect(held).toEqual({ state: 'ended', amount_yen: 0 })
    expect(await world.refused(step('in_review', deal.id))).toEqual(['application_must_be_open'])
  })

  it('whose quote nobody answered can be quoted anew for a week, and then ends by itself', async () => {
    on('2026-11-24T10:00:00')
    const deal = await quoted('キゲン', 'APP-4')
    on('2026-11-28T10:00:00')
    expect(await world.refused(accepted(deal.id))).toEqual(['quote_must_not_be_expired'])
    expect(await expireApplications(world)).toBe(0)
    on('2026-12-05T10:00:00')
    expect(await expireApplications(world)).toBe(1)
    const ended = await shown(deal.id)
    expect(ended).toMatchObject({ state: 'expired', quotes: [{ state: 'expired' }], steps: [] })
    expect(ended.linked[0]?.state).toBe('lapsed')
    on('2026-11-24T10:00:00')
  })

  it('is decided by somebody else than who drafted it, whatever roles they hold', async () => {
    on('2026-11-24T10:00:00')
    const both = await world.person('兼務', 'sales', 'reviewer')
    const pair = await readyPair(world, desk, 'ケンム')
    const { id } = await world.done(both, draft, {
      clientId: pair.clientId,
      channel: 'phone',
      form: 'short',
      requestedYen: 500_000,
    })
    await world.done(both, offer, { ...(await which(id)), ...claimOf(pair.debtorId, 'APP-5') })
    await world.done(both, submit, await which(id))
    await documentsReceived(id)
    await step('screening', id)
    const rejection = async () =>
      world.run(both, review, { ...(await which(id)), to: 'rejected', reason: '自分で断る' })
    expect(await world.refused(rejection())).toEqual(['drafter_must_not_decide'])
    expect((await shown(id, both)).steps.find(one => one.to === 'rejected')?.hindrances).toHaveLength(1)
    await step('rejected', id)
    expect(await shown(id)).toMatchObject({ firstDecision: 'rejected', decisionReason: '確認した' })
    await expect(
      sql`update application set decided_by = drafted_by where id = ${id}`.execute(world.db),
    ).rejects.toThrow('application_decided_by_another')
  })

  it('takes only free claims of its own client, and none once a price is named', async () => {
    on('2026-11-24T10:00:00')
    const deal = await inReview('リンク', 'APP-6')
    const free = await world.done(desk.sales, offerAlone, {
      clientId: deal.clientId,
      ...claimOf(deal.debtorId, 'APP-7', { faceYen: 2_345_678, dueOn: '2027-03-31' }),
    })
    const strangers = await party(world, desk, 'ベツノ', 'client')
    const other = await world.done(desk.sales, offerAlone, {
      clientId: strangers,
      ...claimOf(deal.debtorId, 'APP-8', { faceYen: 3_456_789, dueOn: '2027-02-28' }),
    })
    const linkIt = async (receivableId: string, id = deal.id) =>
      world.run(desk.sales, link, { ...(await which(id)), receivableId })
    expect(await world.refused(linkIt(other.id))).toEqual(['claim_must_be_the_clients'])
    const listed = await world.ask(desk.sales, claimsToLink, { applicationId: deal.id })
    expect(listed.rows.map(row => row.id)).toEqual([free.id])
    await linkIt(free.id)
    const second = await applied(deal.clientId)
    expect(await world.refused(linkIt(free.id, second.id))).toEqual(['claim_must_be_free'])
    await world.done(desk.sales, unlink, {
      ...(await which(deal.id)),
      receivableId: free.id,
      reason: '別の月に回す',
    })
    const look = await world.ask(desk.reviewer, previewQuote, {
      applicationId: deal.id,
      contractId: deal.contractId,
    })
    expect(look.priced?.netYen).toBe(852_500)
    await world.done(desk.reviewer, issue, {
      ...(await which(deal.id)),
      contractId: deal.contractId,
      expiresAt: '2026-11-27T18:00:00+09:00',
      reason: '条件は契約のとおり',
    })
    expect(await world.refused(linkIt(free.id))).toEqual(['claims_must_not_change_now'])
    // Taken back into review, the quote stands no more and claims may change again.
    await step('in_review', deal.id)
    expect((await shown(deal.id)).quotes[0]?.state).toBe('withdrawn')
    await linkIt(free.id)
  })

  it('is found by its number in any width and by its quote, and is none of a contractor', async () => {
    on('2026-11-24T10:00:00')
    const clientId = await party(world, desk, 'サガス', 'client')
    const { id, applicationNo } = await applied(clientId, {
      previousFactorName: '株式会社さくらファクター',
      previousFactorOpenYen: 300_000,
    })
    const wide = applicationNo.replace(/[0-9A-Z-]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    const found = await world.ask(desk.sales, listApplications, { text: wide })
    expect(found.rows.map(row => row.id)).toEqual([id])
    await world.done(desk.sales, change, {
      ...(await which(id)),
      channel: 'phone',
      requestedYen: 900_000,
      neededBy: '2026-12-10',
    })
    expect(await shown(id)).toMatchObject({ requestedYen: 900_000, previousFactor: null })
    const verbs = await world.verbsOf(id)
    const same = { channel: 'phone' as const, requestedYen: 900_000, neededBy: '2026-12-10' }
    expect(await world.refused(world.run(desk.sales, change, { ...(await which(id)), ...same }))).toEqual([
      'something_must_change',
    ])
    expect(await world.verbsOf(id)).toEqual(verbs)
    expect(
      await world.refused(
        world.run(desk.sales, change, {
          ...(await which(id)),
          channel: 'phone',
          requestedYen: 1,
          previousFactorOpenYen: 5,
        }),
      ),
    ).toEqual(['previous_factor_must_be_named'])
    await world.done(desk.operations, add, { ...(await which(id)), kind: 'other', title: '履歴事項' })
    expect((await shown(id)).checklist.at(-1)).toMatchObject({ title: '履歴事項', state: 'missing' })
    const contractor = await world.person('委託先', 'contractor')
    expect(contractor.permissions.has('applications.read')).toBe(false)
    const auditor = await world.person('監査', 'auditor')
    expect(await world.refused(world.run(auditor, submit, await which(id)))).toEqual([
      'permission_must_be_held',
    ])
  })
})

it('own fields of applications stand in the list and its export, in the history by their label, and secrets nowhere', async () => {
  on('2026-11-24T10:00:00')
  const administrator = await world.person('管理者', 'administrator')
  const own = (label: string, more: object) =>
    world.done(administrator, define, { recordKind: 'application', type: 'text', label, ...more })
  const plain = await own('案件コード', { inList: true, transferable: true })
  const secret = await own('内部評価', { sensitive: true, transferable: false, inList: false })
  const clientId = await party(world, desk, 'ジシャコウモク', 'client')
  const { id } = await applied(clientId)
  await world.done(desk.sales, changeCustomValues, {
    recordKind: 'application',
    recordId: id,
    values: { [plain.key]: 'P-77', [secret.key]: '口外しないこと' },
    effectiveOn: '2026-11-24',
    change: { reasonCode: 'correction', reasonText: '聞き取りで確認', evidence: [EVIDENCE] },
  })
  const { rows } = await world.ask(desk.sales, listApplications, { partyId: clientId })
  expect(rows[0]?.custom).toEqual({ [plain.key]: 'P-77' })
  const { columns } = await world.ask(desk.sales, describeList, { list: 'applications' })
  expect(columns).toContainEqual({ key: `custom.${plain.key}`, title: '案件コード' })
  expect(columns.map(column => column.key)).not.toContain(`custom.${secret.key}`)
  const shownTo = await world.ask(desk.reviewer, readValues, { recordKind: 'application', recordId: id })
  expect(shownTo.values.find(value => value.key === secret.key)).toMatchObject({ value: null, masked: true })
  expect(await world.verbsOf(id)).toContain('custom_values_changed')
  const collector = await world.person('回収', 'collector')
  expect(
    await world.refused(world.ask(collector, readValues, { recordKind: 'application', recordId: id })),
  ).toEqual(['record_must_exist'])
})

describe('承認率 and 成約率', () => {
  // JR §9, vector: 20 decided, 15 quoted, 12 of them funded.
  it.each([
    [15, 20, 75],
    [12, 15, 80],
    [2, 3, 66.7],
    [0, 0, null],
  ])('%i ÷ %i is %s', (numerator, denominator, percent) => {
    expect(percentOf(numerator, denominator)).toBe(percent)
  })

  it('count the first decision of each application in its month, and those that ended without one beside', async () => {
    // What the tests above left behind, counted by hand of the states they ended in.
    const { rows } = await sql<{ first: string | null; state: string }>`
      select first_decision as first, state from application`.execute(world.db)
    const told = (pick: (row: { first: string | null; state: string }) => boolean) => rows.filter(pick).length
    const month = await world.ask(desk.manager, applicationRates, { month: '2026-11' })
    expect(month.approval).toMatchObject({
      numerator: told(row => row.first === 'quoted'),
      denominator: told(row => row.first !== null),
    })
    expect(month.approval.denominator).toBeGreaterThan(month.approval.numerator)
    expect(month.funding.numerator).toBe(told(row => row.state === 'closed'))
    expect(month.undecided).toBe(told(row => row.first === null && row.state === 'withdrawn'))
    const before = await world.ask(desk.manager, applicationRates, { month: '2026-10' })
    expect(before.approval).toMatchObject({ percent: null, denominator: 0 })
  })
})
