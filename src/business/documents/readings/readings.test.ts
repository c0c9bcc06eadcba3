import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { listAlerts } from '../../alerts/contract.ts'
import { raiseAlerts } from '../../alerts/index.ts'
import { register } from '../../parties/commands/register-party.ts'
import { add, addNewVersion } from '../commands.ts'
import { downloadDocument, openDocument, uploadFile } from '../contract.ts'
import { documents } from '../index.ts'
import { strike } from '../keep.ts'
import { decide, endOfQuarantine, importMany, propose } from './commands.ts'
import { fitting, holdsMyNumber } from './rules.ts'

let world: World
let clerk: Actor
let officer: Actor
let manager: Actor
let partyId: string
beforeAll(async () => {
  world = await createWorld()
  clerk = await world.person('事務', 'operations')
  officer = await world.person('法務', 'compliance')
  manager = await world.person('部長', 'manager')
  const company = { partyKind: 'corporation' as const, legalName: '株式会社読取', roles: ['client' as const] }
  partyId = (await world.done(clerk, register, company)).id
})
afterAll(() => world.close())

const upload = async (text: string) =>
  (
    await world.ask(clerk, uploadFile, {
      fileName: '請求.pdf',
      record: { kind: 'party', id: partyId },
      contentBase64: Buffer.from(`%PDF-1.7\n${text}`).toString('base64'),
    })
  ).uploadId
const paper = async () =>
  world.done(clerk, add, {
    uploadId: await upload('x'),
    docKind: 'invoice',
    title: '請求書',
    amountYen: 100,
    links: [{ kind: 'party', id: partyId }],
  })
const read = (field: 'amountYen' | 'transactionDate' | 'counterparty' | 'title', value: string) => ({
  field,
  value,
  confidencePpm: 985_000,
})
const proposed = (documentId: string, fields: ReturnType<typeof read>[], text?: string) =>
  world.run(clerk, propose, { documentId, source: '請求書OCR', fields, ...(text ? { text } : {}) })
const shown = (documentId: string, by = clerk) => world.ask(by, openDocument, { documentId })
async function download(by: Actor, documentId: string, versionNo: number) {
  const route = documents.routes(world).find(one => one.contract.name === downloadDocument.name)
  if (route?.kind !== 'query') throw new Error('no download')
  const now = world.clock.now()
  const context = { db: world.db, actor: by, now, today: '2026-11-24', requestId: 'test' }
  return route.answer(context, { documentId, versionNo } as never)
}

describe('an individual number', () => {
  it.each([
    ['個人番号 123456789018 です', true],
    ['１２３４ ５６７８ ９０１８', true],
    ['1234-5678-9018', true],
    ['123456789019', false],
    ['法人番号 1234567890180', false],
    ['00123456789018', false],
    ['令和8年11月', false],
  ])('in %s: %s', (text, found) => expect(holdsMyNumber(text)).toBe(found))
})

it('a value that does not fit its field says why', () => {
  expect(fitting('amountYen', '1,100')).toMatchObject({ ok: false })
  expect(fitting('amountYen', '0001100')).toEqual({ ok: true, value: '1100' })
  expect(fitting('transactionDate', '2026-02-30')).toMatchObject({ ok: false })
  expect(fitting('docKind', 'letter')).toEqual({ ok: true, value: 'letter' })
  expect(fitting('title', ' ')).toMatchObject({ ok: false })
})

describe('what a machine read', () => {
  it('changes nothing until a person takes it, and says who did', async () => {
    const { id } = await paper()
    await proposed(id, [
      read('amountYen', '1100000'),
      read('counterparty', '㈱読取先'),
      read('title', '11月分'),
    ])
    const before = await shown(id)
    expect(before).toMatchObject({ amountYen: 100, counterparty: null })
    const of = (field: string) => before.readings.find(one => one.field === field)!
    expect(of('amountYen')).toMatchObject({
      value: '1,100,000円',
      confidencePpm: 985_000,
      state: 'proposed',
      confirmedBy: null,
    })
    const taking = { readingId: of('amountYen').id, rowVersion: 1, decision: 'accept' as const }
    expect(await world.refused(world.run(manager, decide, taking))).toEqual(['permission_must_be_held'])
    await world.done(clerk, decide, taking)
    expect(await world.refused(world.run(clerk, decide, { ...taking, rowVersion: 2 }))).toEqual([
      'reading_must_be_open',
    ])
    expect(await world.refused(world.run(clerk, decide, taking))).toEqual(['record_must_be_unchanged'])
    const refusing = { readingId: of('title').id, rowVersion: 1, decision: 'refuse' as const }
    expect(await world.refused(world.run(clerk, decide, refusing))).toEqual(['reason_must_be_given'])
    await world.done(clerk, decide, { ...refusing, reason: '件名は社内の呼び方にする' })
    const after = await shown(id)
    expect(after).toMatchObject({
      amountYen: 1_100_000,
      counterparty: null,
      title: '請求書',
      corrected: true,
    })
    expect(after.correction?.reason).toContain('請求書OCR、確信度98.5%')
    expect(after.readings.map(one => [one.field, one.state, one.confirmedBy])).toEqual([
      ['amountYen', 'accepted', '事務'],
      ['counterparty', 'proposed', null],
      ['title', 'refused', '事務'],
    ])
    expect(await world.verbsOf(id)).toEqual([
      'document_added',
      'document_readings_proposed',
      'document_corrected',
      'document_reading_accepted',
      'document_reading_refused',
    ])
  })

  it('confirms a value that stands already without correcting it, and a later reading takes the place of an earlier one', async () => {
    const { id } = await paper()
    await proposed(id, [read('amountYen', '90')])
    await proposed(id, [read('amountYen', '100')])
    const [reading, ...others] = (await shown(id)).readings
    expect(others).toEqual([])
    await world.done(clerk, decide, { readingId: reading!.id, rowVersion: 1, decision: 'accept' })
    expect(await shown(id)).toMatchObject({ amountYen: 100, corrected: false })
  })

  it('is refused for values that do not fit, unknown versions, struck papers and people who may not', async () => {
    const { id } = await paper()
    expect(await world.refused(proposed(id, [read('amountYen', '百万')]))).toEqual([
      'reading_must_fit_its_field',
    ])
    const versioned = { documentId: id, source: 'OCR', versionNo: 7, fields: [] }
    expect(await world.refused(world.run(clerk, propose, versioned))).toEqual(['version_must_exist'])
    expect(await world.refused(world.run(manager, propose, { ...versioned, versionNo: 1 }))).toEqual([
      'permission_must_be_held',
    ])
    await world.done(manager, strike, { documentId: id, reason: '二重の登録' })
    expect(await world.refused(proposed(id, []))).toEqual(['document_must_stand'])
  })

  it('of many papers says of each what came of it', async () => {
    const [good, bad, numbered] = [await paper(), await paper(), await paper()]
    const { rows } = await world.done(clerk, importMany, {
      source: '一括OCR',
      papers: [
        { docNo: good.docNo, fields: [read('counterparty', '株式会社読取先')] },
        { docNo: bad.docNo, fields: [read('transactionDate', '11月')] },
        { docNo: numbered.docNo, fields: [], text: '番号 1234 5678 9018' },
        { docNo: 'DOC-999999', fields: [] },
      ],
    })
    expect(rows.map(row => row.outcome)).toEqual(['proposed', 'refused', 'quarantined', 'refused'])
    expect(rows[1]!.sentence).toContain('1番目の項目')
    expect((await shown(numbered.id)).quarantined).toBe(true)
    expect(
      await world.refused(
        world.run(manager, importMany, { source: 'x', papers: [{ docNo: 'x', fields: [] }] }),
      ),
    ).toEqual(['permission_must_be_held'])
  })
})

describe('a paper that shows an individual number', () => {
  it('is closed to all but compliance, keeps nothing of what was read, and is opened again by compliance', async () => {
    const { id, docNo } = await paper()
    const answer = await proposed(id, [read('counterparty', '甲 123456789018')])
    expect(answer.body).toMatchObject({ outcome: 'quarantined', readingIds: [] })
    expect(await shown(id)).toMatchObject({ quarantined: true, readings: [] })
    const kept = JSON.stringify(await world.db.selectFrom('audit_event').select('canonical_text').execute())
    expect(kept).not.toContain('123456789018')
    expect(await world.refused(download(clerk, id, 1))).toEqual(['document_must_not_be_quarantined'])
    await download(officer, id, 1)
    await raiseAlerts(world)
    const { rows } = await world.ask(officer, listAlerts, {})
    expect(rows.find(row => row.sentence.includes(docNo))).toMatchObject({ severity: 'critical' })
    const ending = { documentId: id, because: 'masked' as const, reason: '番号を隠した版に差し替え' }
    expect(await world.refused(world.run(clerk, endOfQuarantine, ending))).toEqual([
      'permission_must_be_held',
    ])
    expect(await world.refused(world.run(officer, endOfQuarantine, ending))).toEqual([
      'masked_version_must_be_added',
    ])
    await world.done(clerk, addNewVersion, {
      documentId: id,
      uploadId: await upload('隠した'),
      reason: '番号を隠した版',
    })
    await world.done(officer, endOfQuarantine, ending)
    expect(await world.refused(world.run(officer, endOfQuarantine, ending))).toEqual([
      'document_must_be_quarantined',
    ])
    await download(clerk, id, 2)
    expect(await world.refused(download(clerk, id, 1))).toEqual(['document_must_not_be_quarantined'])
    expect(await shown(id)).toMatchObject({ quarantined: false, closedVersions: 1 })
  })

  it('is opened whole where it was no individual number after all', async () => {
    const { id } = await paper()
    await proposed(id, [], '伝票番号 123456789018')
    await world.done(officer, endOfQuarantine, {
      documentId: id,
      because: 'no_number',
      reason: '伝票番号だった',
    })
    await download(clerk, id, 1)
    expect(await shown(id)).toMatchObject({ quarantined: false, closedVersions: 0 })
  })
})
