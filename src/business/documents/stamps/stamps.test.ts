import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { register } from '../../parties/commands/register-party.ts'
import { add, addNewVersion } from '../commands.ts'
import { openDocument, uploadFile } from '../contract.ts'
import { correct } from '../correct.ts'
import { documents } from '../index.ts'
import { strike } from '../keep.ts'
import { stamp } from './commands.ts'
import { downloadTimeStamp, uploadTimeStamp } from './contract.ts'
import { readStamp } from './token.ts'

const file = (name: string) => readFileSync(new URL(`./test-data/${name}`, import.meta.url))
const [paper, answer, token] = [file('paper.pdf'), file('paper.tsr'), file('paper.tst')]

let world: World
let clerk: Actor
let partyId: string
beforeAll(async () => {
  world = await createWorld()
  world.clock.set(new Date('2026-11-30T10:00:00+09:00'))
  clerk = await world.person('事務', 'operations')
  const company = { partyKind: 'corporation' as const, legalName: '株式会社刻印', roles: ['client' as const] }
  partyId = (await world.done(clerk, register, company)).id
})
afterAll(() => world.close())

const upload = async (content: Buffer, by = clerk) =>
  (
    await world.ask(by, uploadFile, {
      fileName: '請求.pdf',
      record: { kind: 'party', id: partyId },
      contentBase64: content.toString('base64'),
    })
  ).uploadId
type Of = { uploadId: string } | { documentId: string; versionNo: number }
const sent = (of: Of, content = token, by = clerk) =>
  world.ask(by, uploadTimeStamp, { fileName: '請求.tst', contentBase64: content.toString('base64'), of })
const links = () => [{ kind: 'party', id: partyId }]
const filed = async (content = paper) =>
  (await world.done(clerk, add, { uploadId: await upload(content), docKind: 'invoice', links: links() })).id
const shown = (documentId: string) => world.ask(clerk, openDocument, { documentId })
const STAMPED_AT = '2026-11-28T11:33:39.000Z'

describe('a time-stamp token', () => {
  it('is read by itself and in the answer of an authority, with its certificates', () => {
    for (const content of [answer, token]) {
      const read = readStamp(content)
      if (!read.ok) throw new Error(read.message)
      expect(read.stamp).toMatchObject({
        stampedAt: STAMPED_AT,
        serial: '02',
        policy: '1.2.3.4.1',
        algorithm: 'sha256',
        authority: 'CN=Test TSA Unit 1、O=Test Stamp、C=JP',
      })
      expect(read.stamp.chain.map(one => one.subject)).toEqual([
        'CN=Test TSA Unit 1、O=Test Stamp、C=JP',
        'CN=Test Root CA、O=Test Root、C=JP',
      ])
    }
  })

  it.each([
    ['a PDF', paper],
    ['a cut token', token.subarray(0, 900)],
    ['a token with something behind it', Buffer.concat([token, Buffer.from('x')])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is none', (_, content) => expect(readStamp(content).ok).toBe(false))

  it('comes with a paper, which then has its time', async () => {
    const uploadId = await upload(paper)
    const seen = await sent({ uploadId }, answer)
    expect(seen).toMatchObject({ stampedAt: STAMPED_AT, signature: 'matches' })
    const input = { uploadId, docKind: 'invoice' as const, links: links(), timeStampUploadId: seen.uploadId }
    expect(await world.refused(world.run(clerk, add, input))).toEqual(['time_stamp_needs_its_kind'])
    const { id } = await world.done(clerk, add, { ...input, authenticity: 'timestamped_by_sender' })
    const page = await shown(id)
    expect(page).toMatchObject({ authenticity: 'timestamped_by_sender' })
    expect(new Date(page.timestampAt!).toISOString()).toBe(STAMPED_AT)
    expect(page.timeStamps).toMatchObject([
      { versionNo: 1, stampedBy: 'sender', signature: 'matches', chainVerified: false, addedBy: '事務' },
    ])
    const typed = {
      documentId: id,
      rowVersion: page.rowVersion,
      timestampAt: '2026-11-01T00:00:00Z',
      reason: '日時を打ち直す',
    }
    expect(await world.refused(world.run(clerk, correct, typed))).toEqual(['time_stamp_is_the_tokens'])
  })

  it('comes later, with a reason, and corrects the paper; its file can be fetched', async () => {
    const id = await filed()
    const { uploadId } = await sent({ documentId: id, versionNo: 1 })
    const { rowVersion } = await shown(id)
    const stamping = {
      documentId: id,
      rowVersion,
      uploadId,
      stampedBy: 'ours' as const,
      reason: '受領後に付与した',
    }
    const seller = await world.person('営業', 'sales')
    expect(await world.refused(world.run(seller, stamp, stamping))).toEqual(['permission_must_be_held'])
    expect(await world.refused(world.run(clerk, stamp, { ...stamping, rowVersion: 9 }))).toEqual([
      'record_must_be_unchanged',
    ])
    await world.done(clerk, stamp, stamping)
    const page = await shown(id)
    expect(page).toMatchObject({ authenticity: 'timestamped', corrected: true })
    expect((await world.verbsOf(id)).filter(verb => verb !== 'attempt_refused')).toEqual([
      'document_added',
      'document_corrected',
      'document_time_stamped',
    ])
    const route = documents.routes(world).find(one => one.contract.name === downloadTimeStamp.name)
    if (route?.kind !== 'query') throw new Error('no download')
    const context = {
      db: world.db,
      actor: clerk,
      now: world.clock.now(),
      today: '2026-11-30',
      requestId: 'test',
    }
    const fetched = await route.answer(context, { stampId: page.timeStamps[0]!.id } as never)
    expect('file' in fetched && (fetched.file.content as Buffer).equals(token)).toBe(true)
    expect(
      await world.refused(world.run(clerk, stamp, { ...stamping, rowVersion: page.rowVersion })),
    ).toEqual(['upload_must_be_waiting'])
  })

  it('of another file is refused with both hashes, and a broken one with its reason', async () => {
    const other = await filed(Buffer.from('%PDF-1.7\nanders'))
    const refused = sent({ documentId: other, versionNo: 1 })
    await expect(refused).rejects.toMatchObject({
      reasons: [
        { code: 'time_stamp_must_match_the_paper', message: expect.stringContaining('0780bf2a1d03a01a') },
      ],
    })
    const broken = Buffer.from(token)
    broken[broken.length - 5]! ^= 1
    expect(await world.refused(sent({ uploadId: await upload(paper) }, broken))).toEqual([
      'time_stamp_must_be_whole',
    ])
    expect(await world.refused(sent({ uploadId: await upload(paper) }, paper))).toEqual([
      'time_stamp_must_be_readable',
    ])
    expect(await world.refused(sent({ documentId: other, versionNo: 7 }))).toEqual(['record_must_exist'])
    const colleague = await world.person('審査', 'reviewer')
    expect(await world.refused(sent({ uploadId: await upload(paper) }, token, colleague))).toEqual([
      'upload_must_be_waiting',
    ])
  })

  it('is filed with the paper it was compared with and no other, and with no struck one', async () => {
    const [one, two] = [await filed(), await filed()]
    const { uploadId } = await sent({ documentId: one, versionNo: 1 })
    const wrong = {
      documentId: two,
      rowVersion: 1,
      uploadId,
      stampedBy: 'sender' as const,
      reason: '別の書類へ',
    }
    expect(await world.refused(world.run(clerk, stamp, wrong))).toEqual(['time_stamp_must_be_of_this_paper'])
    const asPaper = { uploadId, docKind: 'other' as const, links: [{ kind: 'document', id: one }] }
    expect(await world.refused(world.run(clerk, add, asPaper))).toEqual(['file_kind_must_be_accepted'])
    const version = { documentId: one, uploadId, reason: 'トークンを版にする' }
    expect(await world.refused(world.run(clerk, addNewVersion, version))).toEqual([
      'file_kind_must_be_accepted',
    ])
    const foreign = await upload(paper)
    const input = {
      uploadId: foreign,
      docKind: 'invoice' as const,
      links: links(),
      timeStampUploadId: uploadId,
    }
    expect(await world.refused(world.run(clerk, add, { ...input, authenticity: 'timestamped' }))).toEqual([
      'upload_must_be_waiting',
    ])
    const manager = await world.person('部長', 'manager')
    await world.done(manager, strike, { documentId: one, reason: '二重の登録' })
    const { rowVersion } = await shown(one)
    expect(await world.refused(world.run(clerk, stamp, { ...wrong, documentId: one, rowVersion }))).toEqual([
      'document_must_stand',
    ])
  })
})
