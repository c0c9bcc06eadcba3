import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { register } from '../parties/commands/register-party.ts'
import { draft as draftPlan, draftVersion, retire } from '../plans/commands.ts'
import { ceilingsOfParty } from '../plans/contract.ts'
import { activated, activePlan, type Parameters, quickPlan, shownPlan } from '../plans/testing/plan.ts'
import { approve as approveClaim } from '../receivables/commands/approve.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { verify } from '../receivables/commands/verify.ts'
import { type Desk, document, openDesk, party, readyPair } from '../receivables/testing/deal.ts'
import { link, offer, unlink } from './commands/claims.ts'
import { change, draft, end, submit } from './commands/draft.ts'
import { record } from './commands/items.ts'
import { answer, issue } from './commands/quotes.ts'
import { contract, review } from './commands/steps.ts'
import { listApplications, openApplication, previewQuote, printQuote } from './contract.ts'
import { applications } from './index.ts'
import { invalidWords } from './quote-sheet.ts'
import { setApplication } from './records.ts'

let world: World
let desk: Desk
const people = () => ({ writer: desk.operations, approver: desk.manager })

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
const applied = (clientId: string, planVersionId: string | null, more: object = {}) =>
  world.run(desk.sales, draft, {
    clientId,
    channel: 'web',
    requestedYen: 800_000,
    planVersionId,
    ...more,
  })
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id
const kindsOf = async (id: string) => (await shown(id)).checklist.map(item => item.kind)

/** In review, with one verified claim of 1,000,000 yen due in about two months. */
async function inReview(name: string, planVersionId: string, dueOn = '2027-01-29') {
  const pair = await readyPair(world, desk, name)
  const id = idOf(await applied(pair.clientId, planVersionId))
  const { receivableId } = await world.done(desk.sales, offer, {
    ...(await which(id)),
    debtorId: pair.debtorId,
    invoiceNo: `PLAN-${name}`,
    issuedOn: '2026-11-01',
    dueOn,
    faceYen: 1_000_000,
    documentIds: [await document(world, desk)],
  })
  await world.done(desk.sales, submit, await which(id))
  for (const item of (await shown(id)).checklist)
    await world.done(desk.operations, record, {
      ...(await which(id)),
      itemId: item.id,
      state: 'received',
      documentId: EVIDENCE,
    })
  for (const to of ['screening', 'in_review'] as const)
    await world.done(desk.reviewer, review, { ...(await which(id)), to, reason: '確認した' })
  await world.done(desk.reviewer, verify, { receivableId, assignmentRestriction: 'none', setOffRisk: 'low' })
  return { ...pair, id, receivableId }
}

const quote = async (deal: { id: string; contractId: string }) =>
  world.run(desk.reviewer, issue, {
    ...(await which(deal.id)),
    contractId: deal.contractId,
    expiresAt: new Date(world.clock.now().getTime() + 3 * 86_400_000).toISOString(),
    reason: '商品の範囲のとおり',
  })

/** Out of the wait for documents, as a step does it. */
const moved = (applicationId: string) =>
  world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, desk.reviewer, 'test')
    const row = await tx
      .selectFrom('application')
      .selectAll()
      .where('id', '=', applicationId)
      .executeTakeFirstOrThrow()
    await setApplication(context, row, { state: 'screening' })
    await context.record({ verb: 'test_moved', subjects: [{ kind: 'application', id: applicationId }] })
  })

describe('an application under a plan', () => {
  it('owes what the plan asks of its kind of client, and has the deadlines the plan promises', async () => {
    const { planVersionId } = await activePlan(world, people(), 'DOCS')
    const clientId = await party(world, desk, 'ショルイ', 'client')
    const id = idOf(await applied(clientId, planVersionId))
    expect(await kindsOf(id)).toEqual(['invoice', 'bank_statement'])
    await world.done(desk.sales, submit, await which(id))
    // Submitted at 10:00: sixty business minutes to decide, the money by the close of that day.
    expect(await shown(id)).toMatchObject({
      plan: { code: 'DOCS', version: 1 },
      decisionDue: '2026-11-24T02:00:00.000Z',
      fundingDue: '2026-11-24T09:00:00.000Z',
      sameDayTransfer: { earliestOn: '2026-11-24', cutOff: '15:00', stillToday: true },
    })
    // What the plan promises the bank no longer does after its cut-off; the page says so (FF §7).
    const before = world.clock.now()
    world.clock.set(new Date('2026-11-24T15:00:00+09:00'))
    expect((await shown(id)).sameDayTransfer).toEqual({
      earliestOn: '2026-11-25',
      cutOff: '15:00',
      stillToday: false,
    })
    world.clock.set(before)
    const { rows } = await world.ask(desk.sales, listApplications, { partyId: clientId })
    expect(rows[0]?.plan?.name).toBe('商品DOCS')
    const sole = await world.done(desk.sales, register, {
      partyKind: 'sole_proprietor',
      legalName: '鈴木一郎',
      roles: ['client'],
    })
    expect(await kindsOf(idOf(await applied(sole.id, planVersionId)))).toEqual(['invoice', 'tax_return'])
    // Whatever the plan says, nobody but a corporation registers.
    const { planVersionId: registered } = await activePlan(world, people(), 'REGISTERS', {
      ...quickPlan,
      registration: 'required',
    })
    const asked = async (id: string) =>
      (await shown(idOf(await applied(id, registered)))).planParameters?.registration
    expect([await asked(clientId), await asked(sole.id)]).toEqual(['required', 'none'])
    expect(await kindsOf(idOf(await applied(clientId, null)))).toHaveLength(6)
  })

  it('counts plain minutes, and from the event a clock starts with: the last document, the contracts signed', async () => {
    const start = world.clock.now()
    const { planVersionId } = await activePlan(world, people(), 'EVENTS', {
      ...quickPlan,
      decisionClock: { value: 60, unit: 'min', startsAt: 'docs_complete' },
      fundingClock: { value: 90, unit: 'min', startsAt: 'signed' },
      hours: { opensAt: '09:30', closesAt: '19:00', days: 'company' },
    })
    const id = idOf(await applied(await party(world, desk, 'キテン', 'client'), planVersionId))
    await world.done(desk.sales, submit, await which(id))
    expect(await shown(id)).toMatchObject({ decisionDue: null, fundingDue: null, clock: null })
    expect((await shown(id)).hours).toMatchObject({ opensAt: '09:30', closesAt: '19:00' })
    await world.done(desk.reviewer, review, {
      ...(await which(id)),
      to: 'docs_pending',
      reason: '書類を待つ',
    })
    world.clock.set(new Date('2026-11-24T20:00:00+09:00'))
    for (const item of (await shown(id)).checklist)
      await world.done(desk.operations, record, {
        ...(await which(id)),
        itemId: item.id,
        state: 'received',
        documentId: EVIDENCE,
      })
    expect((await shown(id)).decisionDue).toBe('2026-11-24T12:00:00.000Z')
    world.clock.set(new Date('2026-11-24T20:10:00+09:00'))
    const standing = await world.db
      .selectFrom('application')
      .select('clock_starts')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(standing.clock_starts.docs_complete?.at).toBe('2026-11-24T11:00:00.000Z')
    // The wait ends with a step; what was left of it after the last document counts for no clock that began within it.
    await moved(id)
    const clock = (await shown(id)).clock
    expect(clock).toMatchObject({ dueAt: '2026-11-24T12:00:00.000Z', byWall: true, minutesLeft: 50 })
    world.clock.set(start)
  })

  it('opens under a version that was written before the newer parameters, which bounds nothing by them', async () => {
    const { planVersionId } = await activePlan(world, people(), 'OLDER')
    const id = idOf(await applied(await party(world, desk, 'イゼンノハン', 'client'), planVersionId))
    const owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    await owner.query(`alter table plan_version disable trigger user;
      update plan_version set parameters = parameters
        - array['forms', 'channels', 'industries', 'debtorTypes', 'feeMethods', 'charges', 'penalties']
        where id = '${planVersionId}';
      alter table plan_version enable trigger user`)
    await owner.end()
    const opened = openApplication.output.parse(await shown(id))
    expect(opened.planParameters).toMatchObject({ industries: [], charges: null, penalties: null })
    await world.done(desk.sales, submit, await which(id))
    expect((await shown(id)).state).toBe('submitted')
  })

  it('is refused for a client, an amount or a day the plan does not serve, with all reasons at once', async () => {
    const { planId, planVersionId } = await activePlan(world, people(), 'SOLE', {
      ...quickPlan,
      clientTypes: ['sole'],
      maxYen: 700_000,
      channels: ['phone'],
      industries: ['D'],
    })
    const clientId = await party(world, desk, 'タイショウガイ', 'client')
    expect(await world.refused(applied(clientId, planVersionId))).toEqual([
      'plan_must_serve_the_client',
      'plan_must_cover_the_amount',
      'plan_must_serve_the_industry',
      'plan_must_take_the_channel',
    ])
    const { rowVersion } = await shownPlan(world, desk.manager, planId)
    await world.done(desk.manager, retire, { planId, rowVersion, reason: '取扱いを終了する' })
    expect(await world.refused(applied(clientId, planVersionId))).toContain('plan_must_be_in_force')
  })

  it('keeps the version it was submitted under; a draft must move to the one that is sold', async () => {
    const { planId, planVersionId } = await activePlan(world, people(), 'KEEPS')
    const clientId = await party(world, desk, 'ハンカエ', 'client')
    const [submitted, waiting] = [
      idOf(await applied(clientId, planVersionId)),
      idOf(await applied(clientId, planVersionId)),
    ]
    await world.done(desk.sales, submit, await which(submitted))
    const next = await world.done(desk.operations, draftVersion, {
      planId,
      parameters: {
        ...quickPlan,
        documents: { ...quickPlan.documents, corp: ['invoice', 'accounts'] },
        decisionClock: { value: 2, unit: 'business_day' },
      },
      note: '決算書も求める',
    })
    await activated(world, people(), next.id, 1)
    expect(await world.refused(world.run(desk.sales, submit, await which(waiting)))).toEqual([
      'plan_must_be_in_force',
    ])
    const correction = { channel: 'web' as const, requestedYen: 900_000 }
    await world.done(desk.sales, change, { ...(await which(submitted)), ...correction })
    expect((await shown(submitted)).plan?.version).toBe(1)
    await world.done(desk.sales, change, {
      ...(await which(submitted)),
      ...correction,
      planVersionId: next.id,
    })
    expect(await shown(submitted)).toMatchObject({
      plan: { version: 2 },
      decisionDue: '2026-11-26T01:00:00.000Z',
    })
    expect(await kindsOf(submitted)).toEqual(['invoice', 'bank_statement', 'accounts'])
    expect(
      await world.refused(
        world.run(desk.sales, change, {
          ...(await which(submitted)),
          ...correction,
          planVersionId: planVersionId,
        }),
      ),
    ).toEqual(['plan_must_be_in_force'])
  })
})

async function printed(actor: Actor, quoteId: string) {
  const route = applications.routes(world).find(one => one.contract.name === printQuote.name)
  if (route?.kind !== 'query') throw new Error('no sheet')
  const context = { db: world.db, actor, now: world.clock.now(), today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, { quoteId } as never)
  if (!('file' in answer)) throw new Error('no file')
  return answer
}

describe('a quote under a plan', () => {
  const planOf = async (code: string, more: Partial<Parameters> = {}) =>
    (await activePlan(world, people(), code, { ...quickPlan, ...more })).planVersionId

  it('is priced within it, keeps its version, and is printed for the client', async () => {
    const deal = await inReview('ハンイナイ', await planOf('WITHIN'))
    const issued = await quote(deal)
    const { quoteId, quoteNo } = issued.body as unknown as { quoteId: string; quoteNo: string }
    const { quotes } = await shown(deal.id)
    expect(quotes[0]).toMatchObject({ plan: { code: 'WITHIN', version: 1 }, collateralRequired: 'none' })
    const sheet = await printed(desk.sales, quoteId)
    expect(sheet.file).toMatchObject({ name: `見積書_${quoteNo}.pdf`, mime: 'application/pdf' })
    const pdf = (sheet.file.content as Buffer).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf).toContain('/MediaBox [0 0 595.28 841.89]')
    const { rows } = await sql<{ seen_no: number }>`select seen_no from quote where id = ${quoteId}
      union all select seen_no from party where id in (${deal.clientId}, ${deal.debtorId})
      union all select seen_no from receivable where id = ${deal.receivableId}`.execute(world.db)
    expect(rows).toHaveLength(4)
    for (const { seen_no } of rows) expect(sheet.seen).toContain(seen_no)
    const outside = { ...desk.sales, reach: 'assigned' as const }
    await expect(printed(outside, quoteId)).rejects.toThrow('record_must_exist')
  })

  it('is refused with everything that is out of range, and the preview says the same before', async () => {
    const deal = await inReview(
      'ハンイガイ',
      await planOf('BEYOND', {
        feeMinPpm: 10_000,
        feeMaxPpm: 47_499,
        advancePpm: 800_000,
        minYen: 2_000_000,
      }),
    )
    expect(await world.refused(quote(deal))).toEqual([
      'plan_must_cover_the_amount',
      'fee_must_be_within_the_plan',
      'contract_must_fit_the_plan',
    ])
    const preview = await world.ask(desk.reviewer, previewQuote, {
      applicationId: deal.id,
      contractId: deal.contractId,
    })
    expect(preview.priced?.feeYen).toBe(47_500)
    expect(preview.hindrances).toHaveLength(3)
    expect(preview.hindrances[1]).toContain('手数料47,500円は、この商品の範囲（1%〜4.7499%')
  })

  it('waits for claims within the days of the plan, as the page says before', async () => {
    const deal = await inReview('ナガイ', await planOf('SHORT', { maxTenorDays: 65 }))
    const step = (await shown(deal.id)).steps.find(one => one.to === 'quoted')
    expect(step?.hindrances.map(one => one.code)).toEqual(['plan_must_cover_the_tenor'])
    expect(step?.hindrances[0]?.message).toContain('期日まで66日')
    expect(await world.refused(quote(deal))).toEqual(['plan_must_cover_the_tenor'])
  })

  it('says on paper when it stands no longer', () => {
    const now = new Date('2026-11-24T10:00:00Z')
    expect(invalidWords('offered', '2026-11-24T10:00:00Z', now)).toBe('')
    expect(invalidWords('offered', '2026-11-24T09:59:59Z', now)).toBe('有効期限が過ぎた見積です。')
    expect(invalidWords('withdrawn', '2026-12-24T10:00:00Z', now)).toContain('撤回')
    expect(invalidWords('accepted', '2026-11-20T10:00:00Z', now)).toBe('')
  })
})

describe('the ceiling of a plan', () => {
  const approved = (deal: { receivableId: string; contractId: string }) =>
    world.run(desk.approver, approveClaim, { receivableId: deal.receivableId, contractId: deal.contractId })
  const held = async (planId: string) => (await shownPlan(world, desk.manager, planId)).ceiling?.exposureYen

  it('holds however many claims of different clients are approved and bought side by side', async () => {
    // Each claim advances 900,000: two fit, of two clients and their own debtors, under limits of 100,000,000.
    const { planId, planVersionId } = await activePlan(world, people(), 'CEILING', {
      ...quickPlan,
      ceilingYen: 1_999_999,
    })
    const deals: Awaited<ReturnType<typeof inReview>>[] = []
    for (const name of ['ワクイチ', 'ワクニ', 'ワクサン', 'ワクヨン'])
      deals.push(await inReview(name, planVersionId))
    const answers = await Promise.allSettled(deals.map(approved))
    const through = deals.filter((_deal, at) => answers[at]?.status === 'fulfilled')
    expect(through).toHaveLength(2)
    expect(await held(planId)).toBe(1_800_000)
    const one = (await shown(through[0]!.id)).client.id
    expect((await world.ask(desk.reviewer, ceilingsOfParty, { partyId: one })).rows).toMatchObject([
      { planId, ceilingYen: 1_999_999, exposureYen: 1_800_000, ownYen: 900_000 },
    ])
    const late = deals.find(deal => !through.includes(deal))!
    const refused = await approved(late).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      reasons: [
        {
          code: 'limit_must_cover_the_purchase',
          message: '商品枠1,999,999円、与信残高1,800,000円、空き枠199,999円です。',
          facts: { limitKind: 'plan', askedYen: 900_000 },
        },
      ],
    })
    // Another plan does not hold it back; and a claim that ends gives its room to the next.
    const other = (await activePlan(world, people(), 'ROOMY', { ...quickPlan, ceilingYen: 900_000 }))
      .planVersionId
    const moved = async (deal: { id: string }, to: string) =>
      world.run(desk.sales, change, {
        ...(await which(deal.id)),
        channel: 'web',
        requestedYen: 800_000,
        planVersionId: to,
      })
    await moved(late, other)
    await approved(late)
    expect(await world.refused(moved(late, planVersionId))).toEqual(['limit_must_cover_the_purchase'])
    const [first, second] = through as [(typeof deals)[0], (typeof deals)[0]]
    await world.done(desk.sales, end, { ...(await which(first.id)), to: 'withdrawn', reason: '不要になった' })
    expect(await held(planId)).toBe(900_000)
    await moved(late, planVersionId)
    expect(await held(planId)).toBe(1_800_000)

    // Both are ready to be bought; a lower ceiling then stops both, and a higher one lets both through at once.
    for (const deal of [second, late]) {
      await quote(deal)
      await world.done(desk.sales, answer, {
        ...(await which(deal.id)),
        answer: 'accepted',
        answeredOn: '2026-11-24',
        answeredBy: '代表',
        channel: 'phone',
        documentIds: [EVIDENCE],
      })
      for (const to of ['contracting', 'ready_to_fund'] as const)
        await world.done(desk.operations, contract, { ...(await which(deal.id)), to })
    }
    const ceiling = async (ceilingYen: number, note: string) => {
      const next = await world.done(desk.operations, draftVersion, {
        planId,
        parameters: { ...quickPlan, ceilingYen },
        note,
      })
      await activated(world, people(), next.id, 1)
    }
    const bought = () =>
      Promise.allSettled(
        [second, late].map(deal =>
          world.run(desk.operations, purchase, { receivableIds: [deal.receivableId] }),
        ),
      )
    await ceiling(1_700_000, '枠を下げる')
    expect((await bought()).map(one => one.status)).toEqual(['rejected', 'rejected'])
    await ceiling(1_800_000, '枠を戻す')
    expect((await bought()).map(one => one.status)).toEqual(['fulfilled', 'fulfilled'])
  })

  it('may be shared by all plans of one operator, however many claims are approved side by side', async () => {
    const operated = async (code: string, more: object) => {
      const drafted = await world.done(people().writer, draftPlan, {
        code,
        name: `商品${code}`,
        operatedBy: '株式会社No.1',
        parameters: { ...quickPlan, ...more },
        note: '最初の版',
      })
      await activated(world, people(), drafted.planVersionId, 1)
      return { planId: drafted.id, planVersionId: drafted.planVersionId }
    }
    const easy = await operated('EASY', { ceilingYen: 1_999_999, ceilingScope: 'operator' })
    const other = await operated('NUMBERONE', {})
    const deals = [
      await inReview('キョウユウイチ', easy.planVersionId),
      await inReview('キョウユウニ', other.planVersionId),
      await inReview('キョウユウサン', other.planVersionId),
    ]
    const outcomes = await Promise.all(
      deals.map(({ receivableId, contractId }) =>
        world
          .run(desk.approver, approveClaim, { receivableId, contractId })
          .then(() => 'held')
          .catch(() => 'refused'),
      ),
    )
    expect(outcomes.filter(one => one === 'held')).toHaveLength(2)
    for (const planId of [easy.planId, other.planId])
      expect((await shownPlan(world, desk.manager, planId)).ceiling).toEqual({
        ceilingYen: 1_999_999,
        exposureYen: 1_800_000,
        sharedBy: '株式会社No.1',
      })
    const last = deals[outcomes.indexOf('refused')]!
    await expect(
      world.run(desk.approver, approveClaim, {
        receivableId: last.receivableId,
        contractId: last.contractId,
      }),
    ).rejects.toMatchObject({
      reasons: [{ message: expect.stringContaining('株式会社No.1の全商品で共有') }],
    })
    // Plans of others are not bound by it.
    const own = await activePlan(world, people(), 'UNSHARED')
    expect((await shownPlan(world, desk.manager, own.planId)).ceiling).toBeNull()
  })

  it('counts a claim that was approved before it came to the application, and no longer once it leaves', async () => {
    const { planId, planVersionId } = await activePlan(world, people(), 'COMES', {
      ...quickPlan,
      ceilingYen: 1_000_000,
    })
    const deal = await inReview('アトカラ', planVersionId)
    await approved(deal)
    const unlinked = { receivableId: deal.receivableId, reason: '別の申込にする' }
    await world.done(desk.sales, unlink, { ...(await which(deal.id)), ...unlinked })
    expect(await held(planId)).toBe(0)
    const { planVersionId: narrow } = await activePlan(world, people(), 'NARROW', {
      ...quickPlan,
      ceilingYen: 899_999,
    })
    const small = idOf(await applied(deal.clientId, narrow))
    const linked = async (id: string) =>
      world.run(desk.sales, link, { ...(await which(id)), receivableId: deal.receivableId })
    expect(await world.refused(linked(small))).toEqual(['limit_must_cover_the_purchase'])
    await linked(deal.id)
    expect(await held(planId)).toBe(900_000)
  })
})
