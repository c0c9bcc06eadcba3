import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { uploadFile } from '../documents/contract.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { outcome, record } from './commands/notice.ts'
import { purchase } from './commands/purchase.ts'
import { registration } from './commands/registration.ts'
import { openReceivable } from './contract.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from './testing/deal.ts'

let world: World
let desk: Desk
let serial = 0
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

async function bought() {
  const pair = await readyPair(world, desk, `トウキ${++serial}`)
  const receivableId = await approvedClaim(world, desk, {
    ...pair,
    invoiceNo: `G-${serial}`,
    faceYen: 550_000,
  })
  await world.done(desk.operations, purchase, { receivableIds: [receivableId] })
  return { ...pair, receivableId }
}
const shown = (receivableId: string) => world.ask(desk.operations, openReceivable, { receivableId })
const filed = (receivableId: string, more: object = {}) =>
  world.run(desk.operations, record, {
    receivableId,
    noticeKind: 'registration' as const,
    method: 'electronic' as const,
    sentTo: '東京法務局',
    sentOn: '2026-11-20',
    ...more,
  })
async function certificate(receivableId: string, docKind: 'registry' | 'letter' = 'registry') {
  const links = [{ kind: 'receivable', id: receivableId }]
  const contentBase64 = Buffer.from(`%PDF-1.7\n${++serial}`).toString('base64')
  const file = { fileName: '登記事項証明書.pdf', record: links[0]!, contentBase64 }
  const { uploadId } = await world.ask(desk.operations, uploadFile, file)
  return (await world.done(desk.operations, addDocumentCommand, { uploadId, docKind, links })).id
}

describe('the registration of an assignment', () => {
  it('is kept with number, hour, term and certificate, and perfects the assignment', async () => {
    const { receivableId } = await bought()
    expect(await shown(receivableId)).toMatchObject({ currency: 'JPY', perfection: 'none' })
    await filed(receivableId)
    const [notice] = (await shown(receivableId)).notices
    const noticeId = notice!.id
    const particulars = {
      noticeId,
      rowVersion: 0,
      registrationNo: '第2026-012345号',
      registeredAt: '2026-11-20T10:15:00+09:00',
      expiresOn: '2036-11-20',
      claimTypeCode: '0201',
      claimNature: 'price_of_goods' as const,
      natureChecked: true,
      documentIds: [await certificate(receivableId)],
    }
    const refused = async (more: object) =>
      world.refused(world.run(desk.operations, registration, { ...particulars, ...more }))
    const done = { noticeId, outcome: 'delivered' as const, on: '2026-11-20' }
    expect(await world.refused(world.run(desk.operations, outcome, done))).toEqual([
      'registration_needs_its_particulars',
    ])
    expect(await refused({ natureChecked: false })).toEqual(['claim_type_must_be_checked'])
    expect(await refused({ rowVersion: 1 })).toEqual(['record_must_be_unchanged'])
    expect(await refused({ documentIds: [newId()] })).toEqual(['evidence_must_be_a_document'])
    expect(await refused({ documentIds: [await certificate(receivableId, 'letter')] })).toEqual([
      'certificate_must_be_a_document',
    ])
    const other = await certificate((await bought()).receivableId)
    expect(await refused({ documentIds: [other] })).toEqual(['certificate_must_be_a_document'])
    const byAuditor = world.run(await world.person('監査', 'auditor'), registration, particulars)
    expect(await world.refused(byAuditor)).toEqual(['permission_must_be_held'])
    await world.done(desk.operations, registration, particulars)
    const after = await shown(receivableId)
    expect(after).toMatchObject({ perfection: 'registered', perfectedOn: '2026-11-20' })
    expect(after.notices[0]?.registration).toMatchObject({
      registrationNo: '第2026-012345号',
      claimTypeCode: '0201',
      claimTypeLabel: null,
      claimNature: 'price_of_goods',
    })
    const fix = { rowVersion: 1, registeredAt: '2026-11-21T09:00:00+09:00', reason: '証明書の日時に訂正' }
    expect(await refused({ ...fix, reason: '' })).toEqual(['correction_must_have_its_reason'])
    expect(await refused({ rowVersion: 1, reason: '同じ内容です' })).toEqual(['registration_must_differ'])
    await world.done(desk.operations, registration, { ...particulars, ...fix })
    expect((await shown(receivableId)).perfectedOn).toBe('2026-11-21')
    expect((await world.verbsOf(receivableId)).filter(verb => verb.startsWith('registration'))).toEqual([
      'registration_recorded',
      'registration_corrected',
    ])
  })

  it('is of corporations only, and not of a notice or of a filing that came to nothing', async () => {
    const { receivableId, clientId } = await bought()
    await filed(receivableId)
    const [notice] = (await shown(receivableId)).notices
    await world.done(desk.operations, outcome, {
      noticeId: notice!.id,
      outcome: 'returned',
      on: '2026-11-22',
    })
    const particulars = {
      noticeId: notice!.id,
      rowVersion: 0,
      registrationNo: '1',
      registeredAt: '2026-11-20T10:15:00+09:00',
      expiresOn: '2036-11-20',
      claimTypeCode: '0201',
      claimNature: 'price_of_goods' as const,
      natureChecked: true,
      documentIds: [await certificate(receivableId)],
    }
    const attempt = (noticeId: string) =>
      world.refused(world.run(desk.operations, registration, { ...particulars, noticeId }))
    expect(await attempt(notice!.id)).toEqual(['notice_must_be_open'])
    await filed(receivableId, { noticeKind: 'assignment_notice', sentOn: null })
    const held = (await shown(receivableId)).notices.find(one => one.noticeKind === 'assignment_notice')
    expect(await attempt(held!.id)).toEqual(['notice_must_be_a_registration'])
    await world.db.transaction().execute(async tx => {
      await sql`update party set party_kind = 'sole_proprietor' where id = ${clientId}`.execute(tx)
      const context = world.executor.context(tx, desk.operations, 'test')
      await context.record({ verb: 'test_kind_changed', subjects: [{ kind: 'party', id: clientId }] })
    })
    expect(await world.refused(filed(receivableId))).toEqual(['registration_needs_a_corporation'])
  })
})

describe('a notice', () => {
  it('by the assignee counts only once the assignment is registered; hour, stamp and department are kept', async () => {
    const { receivableId } = await bought()
    const letter = {
      noticeKind: 'assignment_notice' as const,
      method: 'content_certified' as const,
      sentOn: null,
      byAssignor: false,
    }
    expect(await world.refused(filed(receivableId, letter))).toEqual(['notice_must_come_from_the_assignor'])
    await filed(receivableId)
    const [notice] = (await shown(receivableId)).notices
    await world.done(desk.operations, registration, {
      noticeId: notice!.id,
      rowVersion: 0,
      registrationNo: '1',
      registeredAt: '2026-11-20T10:15:00+09:00',
      expiresOn: '2036-11-20',
      claimTypeCode: '0201',
      claimNature: 'price_of_goods' as const,
      natureChecked: true,
      documentIds: [await certificate(receivableId)],
    })
    await filed(receivableId, {
      ...letter,
      department: '経理部',
      fixedDateKind: '内容証明',
      fixedOn: '2026-11-23',
    })
    const sent = (await shown(receivableId)).notices.find(one => one.noticeKind === 'assignment_notice')
    expect(sent).toMatchObject({ byAssignor: false, department: '経理部', fixedOn: '2026-11-23' })
    await world.done(desk.operations, outcome, {
      noticeId: sent!.id,
      outcome: 'delivered',
      on: '2026-11-24',
      deliveredTo: '受付',
      deliveredTime: '09:30',
    })
    const arrived = (await shown(receivableId)).notices.find(one => one.id === sent!.id)
    expect(arrived).toMatchObject({ deliveredTo: '受付', deliveredTime: '09:30', deliveredOn: '2026-11-24' })
  })
})
