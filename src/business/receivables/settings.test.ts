import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSettings, setUpTestCompany } from '../../app/testing/company.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { uploadFile } from '../documents/contract.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { recordMediaSearchCommand } from '../screening/index.ts'
import { record } from './commands/notice.ts'
import { purchase } from './commands/purchase.ts'
import { registration } from './commands/registration.ts'
import { openReceivable } from './contract.ts'
import { claimTypesOffered } from './registration-contract.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from './testing/deal.ts'

let world: World
let desk: Desk
let administrator: Actor
beforeAll(async () => {
  world = await createWorld()
  administrator = await setUpTestCompany(world)
  desk = await openDesk(world)
})
afterAll(() => world.close())

const types = [
  { code: '1001', label: '売掛債権', nature: 'price_of_goods' as const },
  { code: '1002', label: 'その他の報酬債権', nature: 'fee_for_work' as const },
]

it('a registration takes a claim type of the company’s that suits the nature of the claim, and keeps its words', async () => {
  const pair = await readyPair(world, desk, 'トウキシュルイ')
  const receivableId = await approvedClaim(world, desk, { ...pair, invoiceNo: 'T-1', faceYen: 550_000 })
  await world.done(desk.operations, purchase, { receivableIds: [receivableId] })
  await world.done(desk.operations, record, {
    receivableId,
    noticeKind: 'registration',
    method: 'electronic',
    sentTo: '東京法務局',
    sentOn: '2026-11-20',
  })
  const shown = async () => (await world.ask(desk.operations, openReceivable, { receivableId })).notices[0]!
  const noticeId = (await shown()).id
  const links = [{ kind: 'receivable', id: receivableId }]
  const { uploadId } = await world.ask(desk.operations, uploadFile, {
    fileName: '登記事項証明書.pdf',
    record: links[0]!,
    contentBase64: Buffer.from('%PDF-1.7\n7').toString('base64'),
  })
  const certificate = await world.done(desk.operations, addDocumentCommand, {
    uploadId,
    docKind: 'registry',
    links,
  })
  expect((await changeSettings(world, administrator, { claimTypes: types })).status).toBe(200)
  expect((await world.ask(desk.operations, claimTypesOffered, {})).types).toEqual(types)
  expect(
    await world.refused(
      changeSettings(world, administrator, { claimTypes: [types[0]!, { ...types[1]!, code: '1001' }] }),
    ),
  ).toEqual(['claim_types_must_differ'])
  const particulars = {
    noticeId,
    rowVersion: 0,
    registrationNo: '第2026-012345号',
    registeredAt: '2026-11-20T10:15:00+09:00',
    expiresOn: '2036-11-20',
    claimTypeCode: '1002',
    claimNature: 'fee_for_work' as const,
    natureChecked: true,
    documentIds: [certificate.id],
  }
  const refused = (more: object) =>
    world.refused(world.run(desk.operations, registration, { ...particulars, ...more }))
  expect(await refused({ claimTypeCode: '1001' })).toEqual(['claim_type_must_suit_the_nature'])
  expect(await refused({ claimTypeCode: '9998' })).toEqual(['claim_type_must_be_listed'])
  await world.done(desk.operations, registration, particulars)
  expect((await shown()).registration).toMatchObject({
    claimTypeCode: '1002',
    claimTypeLabel: 'その他の報酬債権',
    claimNature: 'fee_for_work',
  })
  // A correction of something else is not refused for a code the company has dropped since.
  await changeSettings(world, administrator, { claimTypes: [types[0]!] })
  await world.done(desk.operations, registration, {
    ...particulars,
    rowVersion: 1,
    registeredAt: '2026-11-20T11:15:00+09:00',
    reason: '証明書の時刻に訂正',
  })
  expect((await shown()).registration?.claimTypeLabel).toBe('その他の報酬債権')
})

it('a purchase waits for the searches of news the company asks for', async () => {
  const pair = await readyPair(world, desk, 'ホウドウ')
  const receivableId = await approvedClaim(world, desk, { ...pair, invoiceNo: 'N-1', faceYen: 550_000 })
  await changeSettings(world, administrator, { adverseMediaRule: 'stop' })
  const buying = () => world.run(desk.operations, purchase, { receivableIds: [receivableId] })
  expect(new Set(await world.refused(buying()))).toEqual(new Set(['news_must_be_searched']))
  const needed = [
    { partyId: pair.clientId, subjectId: pair.clientId },
    { partyId: pair.debtorId, subjectId: pair.debtorId },
  ]
  for (const { partyId, subjectId } of needed)
    await world.done(desk.reviewer, recordMediaSearchCommand, {
      partyId,
      subjectKind: 'party',
      subjectId,
      scope: ['adverse_media'],
      provider: '新聞記事データベース',
      queryText: '"株式会社ホウドウ" AND 逮捕',
      keywordSetVersion: '2026年4月版',
      searchedAt: '2026-11-24T09:30:00+09:00',
      resultCount: 0,
    })
  expect((await buying()).status).toBe(200)
})
