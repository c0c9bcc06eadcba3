import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { register } from '../parties/commands/register-party.ts'
import { load } from '../registers/commands.ts'
import { publishedRow } from '../registers/testing/stub-registers.ts'
import { close, open } from './commands.ts'
import { listReviews, registerCheckOf } from './contract.ts'
import { compareSome } from './jobs.ts'
import { compareWithRegister, reactionTo } from './rules.ts'

const ADDRESS = '東京都千代田区丸の内1-1-1 丸の内ビル3階'
const numbers = { same: '7000012050002', renamed: '9999999999999', closed: '8000000000001' }

let world: World
let sales: Actor
let operations: Actor
let reviewer: Actor
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  operations = await world.person('事務', 'operations')
  reviewer = await world.person('審査', 'reviewer')
})
afterAll(() => world.close())

const party = async (legalName: string, corporateNumber: string) =>
  (
    await world.done(sales, register, {
      partyKind: 'corporation',
      legalName,
      corporateNumber,
      address: ADDRESS,
    })
  ).id
const loadRows = (...rows: string[]) =>
  world.done(operations, load, {
    fileName: '公表.csv',
    contentBase64: Buffer.from(rows.join('\n')).toString('base64'),
  })
async function limitOf(partyId: string) {
  const id = newId()
  await world.db.transaction().execute(async tx => {
    await tx
      .insertInto('credit_limit')
      .values({
        id,
        limit_kind: 'client',
        subject_id: partyId,
        term: 'permanent',
        limit_yen: 1_000_000,
        in_force_from: '2026-01-01',
        review_due_on: '2027-01-01',
        assessed_on: '2026-01-01',
        grounds: '試験のための与信枠です',
        requested_by: reviewer.id,
        approved_by: sales.id,
        granted_at: world.clock.now().toISOString(),
      } as never)
      .execute()
    await world.executor.context(tx, reviewer, 'test').record({ verb: 'limit_granted', subjects: [] })
  })
  return id
}
const suspended = async (limitId: string) =>
  (
    await world.db
      .selectFrom('credit_limit')
      .select('suspended_reason')
      .where('id', '=', limitId)
      .executeTakeFirstOrThrow()
  ).suspended_reason

describe('a load of published numbers', () => {
  it('opens a review for a changed name and stops purchases for a closed registration, once for the same facts', async () => {
    const same = await party('(株)さくら製作所', numbers.same)
    const renamed = await party('株式会社もみじ商店', numbers.renamed)
    const closed = await party('株式会社つばき工業', numbers.closed)
    const limitId = await limitOf(closed)
    const rows = [
      publishedRow({ number: numbers.same, name: '株式会社さくら製作所' }),
      publishedRow({ number: numbers.renamed, name: '株式会社もみじホールディングス', process: '11' }),
      publishedRow({
        number: numbers.closed,
        name: '株式会社つばき工業',
        process: '21',
        closedOn: '2026-10-31',
        closeCause: '01',
      }),
    ]
    await loadRows(...rows)
    expect(await compareSome(world)).toBe(3)
    expect(await compareSome(world)).toBe(0)
    const { rows: open } = await world.ask(reviewer, listReviews, {})
    expect(open.map(review => [review.partyId, review.dueOn, review.suspendedLimits])).toEqual([
      [closed, '2026-11-27', 1],
      [renamed, '2026-12-04', 0],
    ])
    expect(open[1]?.differences).toEqual([
      { field: 'legalName', ours: '株式会社もみじ商店', theirs: '株式会社もみじホールディングス' },
    ])
    expect(await suspended(limitId)).toContain('登記記録の閉鎖')
    expect(await world.ask(reviewer, registerCheckOf, { partyId: same })).toMatchObject({ state: 'agrees' })
    expect(await world.verbsOf(closed)).toEqual(
      expect.arrayContaining(['change_review_opened', 'limit_suspended']),
    )
    // The same published state under a newer date is no new sign.
    await loadRows(
      publishedRow({
        number: numbers.renamed,
        name: '株式会社もみじホールディングス',
        process: '11',
        updatedOn: '2026-11-02',
      }),
    )
    expect(await compareSome(world)).toBe(1)
    expect((await world.ask(reviewer, listReviews, {})).rows).toHaveLength(2)
  })

  it('shows each open review as an alert with its owner and deadline', async () => {
    await raiseAlerts(world)
    const alerts = await world.db
      .selectFrom('alert')
      .select(['severity', 'owner_role', 'due_on'])
      .where('kind', '=', 'customer_changed')
      .orderBy('due_on')
      .execute()
    expect(alerts).toEqual([
      { severity: 'critical', owner_role: 'reviewer', due_on: '2026-11-27' },
      { severity: 'warning', owner_role: 'operations', due_on: '2026-12-04' },
    ])
  })
})

describe('a sign somebody reports', () => {
  it('of returned mail suspends the limits at once; the same words on one day are one sign', async () => {
    const partyId = await party('株式会社うめ運輸', '7010705000725')
    const limitId = await limitOf(partyId)
    const sign = { partyId, source: 'returned_mail' as const, what: '転送不要郵便が返戻された' }
    expect(await world.done(operations, open, sign)).toMatchObject({ suspended: 1, dueOn: '2026-11-29' })
    expect(await suspended(limitId)).toContain('郵便物の返戻')
    expect(await world.refused(world.run(operations, open, sign))).toEqual(['facts_must_be_new'])
  })

  it('is ended once, with evidence where something changed, and only by who may judge', async () => {
    const partyId = await party('株式会社きく食品', '3700000000001')
    const { id } = await world.done(sales, open, {
      partyId,
      source: 'yearly_confirmation',
      what: '年次確認を依頼した',
    })
    const end = { reviewId: id, rowVersion: 1, outcome: 'changed' as const, reason: '代表者が交代していた' }
    expect(await world.refused(world.run(sales, close, end))).toEqual(['permission_must_be_held'])
    expect(await world.refused(world.run(reviewer, close, end))).toEqual(['evidence_must_be_attached'])
    await world.done(reviewer, close, { ...end, evidence: [EVIDENCE] })
    expect(
      await world.refused(world.run(reviewer, close, { ...end, rowVersion: 2, evidence: [EVIDENCE] })),
    ).toEqual(['review_must_be_open'])
    const { rows } = await world.ask(reviewer, listReviews, { partyId, state: 'closed' })
    expect(rows).toMatchObject([{ outcome: 'changed', closedBy: '審査' }])
  })
})

describe('the comparison', () => {
  const theirs = {
    corporateNumber: numbers.same,
    sequenceNo: 1,
    process: '01',
    updatedOn: '2026-10-01',
    changedOn: null,
    name: '株式会社髙橋製作所',
    nameCore: '',
    kana: null,
    nameEn: null,
    kind: '301',
    pref: '東京都',
    city: '千代田区',
    street: '丸の内一丁目１番１号',
    postCode: null,
    abroad: null,
    closedOn: null,
    closeCause: null,
    successor: null,
    changeCause: null,
    nameHasImage: false,
    hidden: false,
    latest: true,
  }

  it.for([
    ['(株)高橋製作所', '東京都千代田区丸の内1-1-1', 'agrees'],
    ['株式会社髙橋製作所', '千代田区丸の内１丁目１－１ 丸の内ビル', 'agrees'],
    ['株式会社髙橋製作所', null, 'agrees'],
    ['髙橋製作所株式会社', '東京都千代田区丸の内1-1-1', 'differs'],
    ['合同会社髙橋製作所', '東京都千代田区丸の内1-1-1', 'differs'],
    ['株式会社髙橋製作', '東京都千代田区丸の内1-1-1', 'differs'],
    ['株式会社髙橋製作所', '東京都千代田区丸の内1-1-2', 'differs'],
    ['株式会社髙橋製作所', '大阪府大阪市北区梅田1-1-1', 'differs'],
  ] as const)('of %s at %s: %s', ([legalName, address, state]) => {
    expect(compareWithRegister({ legalName, address }, theirs).state).toBe(state)
  })

  it('of a removed number says void, of an unknown one says nothing', () => {
    const ours = { legalName: '株式会社髙橋製作所', address: null }
    expect(compareWithRegister(ours, { ...theirs, process: '99' }).state).toBe('void')
    expect(compareWithRegister(ours, null)).toEqual({ state: 'unknown', differences: [] })
    expect(reactionTo('registry', 'void', '99').suspends).toBe(true)
    expect(reactionTo('registry', 'agrees', '71').code).toBe('merger_must_be_reviewed')
  })
})
