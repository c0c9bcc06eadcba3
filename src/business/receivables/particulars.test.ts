import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { limitationEvent, particulars, withdrawEvent } from './commands/particulars.ts'
import { purchase } from './commands/purchase.ts'
import { listReceivables } from './contract.ts'
import { limitationsNear } from './limitations-near.ts'
import { openParticulars } from './particulars-contract.ts'
import { noParticulars, particularsFindings } from './rules/particulars.ts'
import { approvedClaim, type Desk, openDesk, readyPair, verifiedClaim } from './testing/deal.ts'

let world: World
let desk: Desk
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

const tax = (ratePpm: 100_000 | 80_000 | 0, baseYen: number, taxYen: number) => ({
  ratePpm,
  baseYen,
  basis: 'excluding_tax' as const,
  taxYen,
})
const refused = (...attempt: Parameters<World['done']>) => world.refused(world.run(...attempt))
const shown = (receivableId: string) => world.ask(desk.operations, openParticulars, { receivableId })

describe('what an invoice says beside number, dates and face', () => {
  const facts = {
    receivableKind: 'invoice',
    dueOn: '2027-01-29',
    faceYen: 4_072,
    clientRegNo: 'T7000012050002',
  } as const

  it('is compared with the face, the rates, the issuer and the days a small supplier may wait', () => {
    const good = {
      ...noParticulars,
      issuerRegNo: 'T7000012050002',
      receivedOn: '2026-12-15',
      toritekiFlag: true,
      taxes: [tax(100_000, 3_702, 370)],
    }
    expect(particularsFindings(good, facts)).toEqual([])
    const bad = {
      ...good,
      issuerRegNo: 'T7010705000725',
      receivedOn: '2026-11-10',
      taxes: [tax(100_000, 3_702, 369), tax(0, 500, 0)],
    }
    expect(particularsFindings(bad, facts).map(finding => finding.rule)).toEqual([
      'tax_rounded_once_per_rate',
      'rates_add_up_to_the_face',
      'issuer_is_the_client',
      'due_within_60_days',
    ])
    expect(particularsFindings(bad, facts).at(-1)?.sentence).toContain('2027-01-08）を21日超えています')
    expect(
      particularsFindings(
        { ...good, issuerRegNo: 'T7123456789013' },
        { ...facts, clientRegNo: null, receivableKind: 'purchase_order' },
      ).map(finding => finding.rule),
    ).toEqual(['issuer_number_checks', 'acceptance_is_known'])
  })

  it('is kept, corrected only with a reason, exported and readable in the history', async () => {
    const pair = await readyPair(world, desk, 'メイサイ')
    const receivableId = await verifiedClaim(world, desk, { ...pair, invoiceNo: 'M-1', faceYen: 1_100_000 })
    expect(await shown(receivableId)).toMatchObject({ rowVersion: 0, findings: [], limitationOn: null })
    const said = {
      receivableId,
      rowVersion: 0,
      transactionFrom: '2026-06-01',
      transactionTo: '2026-06-30',
      acceptedOn: '2026-06-30',
      receivedOn: '2026-06-30',
      issuerRegNo: 't7000012050002',
      taxes: [tax(100_000, 1_000_000, 100_000)],
      toritekiFlag: true,
    }
    const wrong = await refused(desk.sales, particulars, {
      ...said,
      transactionTo: '2026-05-01',
      acceptedOn: '2030-01-01',
      disputeYen: 9_000_000,
      issuerRegNo: 'X',
    })
    expect(wrong.sort()).toEqual([
      'date_must_not_be_in_the_future',
      'dates_must_be_in_order',
      'dispute_must_fit_the_face',
      'issuer_number_must_be_valid',
    ])
    expect(await world.done(desk.sales, particulars, said)).toMatchObject({
      rowVersion: 1,
      findings: [{ rule: 'due_within_60_days' }],
    })
    expect(await shown(receivableId)).toMatchObject({
      issuerRegNo: 'T7000012050002',
      toritekiLimitOn: '2026-08-28',
      recordedBy: expect.stringContaining('営業'),
    })
    const again = { ...said, rowVersion: 1, acceptedOn: '2026-07-01' }
    expect(await refused(desk.reviewer, particulars, again)).toEqual(['reason_must_be_given'])
    expect(
      await refused(desk.reviewer, particulars, { ...said, rowVersion: 1, reason: '確認のため' }),
    ).toEqual(['particulars_must_differ'])
    expect(
      await refused(desk.reviewer, particulars, { ...again, rowVersion: 0, reason: '検収書の日付' }),
    ).toEqual(['record_must_be_unchanged'])
    await world.done(desk.reviewer, particulars, { ...again, reason: '検収書の日付に訂正' })
    const { canonical_text } = await world.db
      .selectFrom('audit_event')
      .select('canonical_text')
      .where('verb', '=', 'particulars_recorded')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(canonical_text)).toMatchObject({
      before: { acceptedOn: '2026-06-30' },
      after: { acceptedOn: '2026-07-01' },
      reason: '検収書の日付に訂正',
    })
    const { rows } = await world.ask(desk.operations, listReceivables, { clientId: pair.clientId })
    expect(rows[0]?.particulars).toMatchObject({ acceptedOn: '2026-07-01', toritekiFlag: true })
  })
})

it('limitation of a bought claim moves with what was recorded, and back with what was withdrawn', async () => {
  const pair = await readyPair(world, desk, 'ジコウ')
  const receivableId = await approvedClaim(world, desk, { ...pair, invoiceNo: 'J-1', faceYen: 550_000 })
  const acknowledged = { receivableId, kind: 'acknowledgement' as const, on: '2026-11-20' }
  expect(await refused(desk.operations, limitationEvent, acknowledged)).toEqual(['claim_must_be_bought'])
  await world.done(desk.operations, purchase, { receivableIds: [receivableId] })
  expect((await shown(receivableId)).limitationOn).toBe('2032-01-29')
  const near = async (until: string) =>
    (await world.db.transaction().execute(tx => limitationsNear(tx, until))).map(claim => claim.id)
  expect(await near('2032-01-28')).toEqual([])
  expect(await near('2032-01-29')).toEqual([receivableId])
  const agreement = { receivableId, kind: 'negotiation_agreed' as const, on: '2026-11-20' }
  expect(await refused(desk.operations, limitationEvent, agreement)).toEqual(['months_must_be_given'])
  const judged = { receivableId, kind: 'judgment' as const, on: '2026-11-20' }
  const unknown = { ...judged, documentIds: [newId()] }
  expect(await refused(desk.operations, limitationEvent, unknown)).toEqual(['evidence_must_be_a_document'])
  const { id, limitationOn } = await world.done(desk.operations, limitationEvent, judged)
  expect(limitationOn).toBe('2036-11-20')
  expect(await near('2036-11-19')).toEqual([])
  expect(
    await world.done(desk.operations, withdrawEvent, { eventId: id, reason: '別の事件の判決' }),
  ).toMatchObject({
    limitationOn: '2032-01-29',
  })
  expect(await refused(desk.operations, withdrawEvent, { eventId: id, reason: 'もう一度取り消す' })).toEqual([
    'event_must_stand',
  ])
  expect((await shown(receivableId)).limitationEvents).toMatchObject([{ withdrawnReason: '別の事件の判決' }])
})
