import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { add } from '../../documents/commands.ts'
import { register } from '../../parties/commands/register-party.ts'
import { record } from '../commands.ts'
import { listCommunications, openCommunication } from '../contract.ts'
import { communications } from '../index.ts'
import { attach } from './commands.ts'
import { playRecording, uploadRecording } from './contract.ts'
import { judgeRecording } from './kinds.ts'

const mp3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(400, 1)])

let world: World
let sales: Actor
let officer: Actor
let partyId: string
let otherId: string
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  officer = await world.person('法務', 'compliance')
  const company = (legalName: string) =>
    world.done(sales, register, { partyKind: 'corporation', legalName, roles: ['client'] })
  partyId = (await company('株式会社録音')).id
  otherId = (await company('株式会社別録')).id
})
afterAll(() => world.close())

const upload = async (kind: 'recording' | 'transcript', content: Buffer, of = partyId) =>
  (
    await world.ask(sales, uploadRecording, {
      partyId: of,
      kind,
      fileName: kind === 'recording' ? '通話.mp3' : '文字起こし.txt',
      contentBase64: content.toString('base64'),
    })
  ).uploadId
const notice = { consentGiven: true, consentHow: '通話の初めの自動音声', retainUntil: '2033-11-24' }
const call = (more: object = {}) => ({
  partyId,
  channel: 'phone' as const,
  direction: 'in' as const,
  occurredAt: '2026-11-24T09:40:00+09:00',
  category: 'consultation' as const,
  summary: '入金日の相談',
  ...more,
})
const opened = (by: Actor, communicationId: string) => world.ask(by, openCommunication, { communicationId })
async function played(by: Actor, recordingId: string) {
  const route = communications.routes(world).find(one => one.contract.name === playRecording.name)
  if (route?.kind !== 'query') throw new Error('no file')
  const context = { db: world.db, actor: by, now: world.clock.now(), today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, { recordingId } as never)
  if (!('file' in answer)) throw new Error('no file')
  return { ...answer.file, seen: answer.seen }
}

describe('judging a recording', () => {
  it.each([
    ['recording', '通話.mp3', mp3, null],
    ['recording', '通話.wav', Buffer.from('RIFF0000WAVEfmt '), null],
    ['recording', '通話.mp3', Buffer.from('MZ not sound'), 'file_content_must_match_its_name'],
    ['recording', '通話.exe', mp3, 'recording_must_be_sound'],
    ['recording', '通話.mp3', Buffer.alloc(0), 'file_must_not_be_empty'],
    ['transcript', '記録.txt', Buffer.from('こんにちは'), null],
    ['transcript', '記録.csv', Buffer.from('a,b'), 'transcript_must_be_text'],
    ['transcript', '記録.txt', Buffer.from('<script>x</script>'), 'file_must_be_harmless'],
  ] as const)('%s %s', (kind, name, content, code) => {
    const verdict = judgeRecording(kind, name, content)
    expect(verdict.ok ? null : verdict.code).toBe(code)
  })
})

describe('the recording of a call', () => {
  it('is filed with the contact, encrypted, and played by whoever may, each time noted', async () => {
    const [sound, words] = [
      await upload('recording', mp3),
      await upload('transcript', Buffer.from('ニュウキンビの相談')),
    ]
    const { id } = await world.done(sales, record, {
      ...call(),
      recordings: [
        { uploadId: sound, kind: 'recording', ...notice },
        { uploadId: words, kind: 'transcript', ...notice },
      ],
    })
    const shown = await opened(sales, id)
    expect(shown.recordings).toMatchObject([
      {
        kind: 'recording',
        fileName: '通話.mp3',
        mime: 'audio/mpeg',
        consentGiven: true,
        retainUntil: '2033-11-24',
        pastItsTime: false,
      },
      { kind: 'transcript', consentHow: '通話の初めの自動音声' },
    ])
    const file = await played(sales, shown.recordings[0]!.id)
    expect(file).toMatchObject({ mime: 'audio/mpeg', inline: true })
    expect((file.content as Buffer).equals(mp3)).toBe(true)
    expect(file.seen).toHaveLength(3)
    const everything = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? everything(join(folder, entry.name)) : [join(folder, entry.name)],
      )
    for (const path of everything(world.config.filesDir))
      expect(readFileSync(path).includes('ニュウキンビ')).toBe(false)
    expect((await world.ask(sales, listCommunications, { partyId })).rows).toHaveLength(1)
    expect(await world.verbsOf(id)).toEqual([
      'communication_recorded',
      'communication_recording_added',
      'communication_recording_added',
    ])
  })

  it('is only counted for those without the right, and is nothing to others once the contact is for compliance alone', async () => {
    const { id } = await world.done(sales, record, call())
    const uploadId = await upload('recording', mp3)
    const adding = { communicationId: id, recording: { uploadId, kind: 'recording' as const, ...notice } }
    const auditor = await world.person('監査', 'auditor')
    expect(await world.refused(world.run(auditor, attach, adding))).toEqual(['permission_must_be_held'])
    const recordingId = (await world.done(sales, attach, adding)).id
    const deaf = {
      ...sales,
      permissions: new Set([...sales.permissions].filter(one => one !== 'communications.hear')),
    }
    expect(await opened(deaf, id)).toMatchObject({ recordings: [], recordingsHidden: 1 })
    const secret = await world.done(officer, record, call({ disclosureScope: 'compliance_only' }))
    const own = await world.ask(officer, uploadRecording, {
      partyId,
      kind: 'recording',
      fileName: '通話.mp3',
      contentBase64: mp3.toString('base64'),
    })
    const hidden = await world.done(officer, attach, {
      communicationId: secret.id,
      recording: { uploadId: own.uploadId, kind: 'recording', ...notice },
    })
    expect(await world.refused(played(sales, hidden.id))).toEqual(['record_must_exist'])
    await played(officer, hidden.id)
    await played(auditor, recordingId)
    const other = { ...adding, communicationId: secret.id }
    expect(await world.refused(world.run(sales, attach, other))).toEqual(['record_must_exist'])
  })

  it('is refused without saying how it was told, past ten years, of another company, or as what it is not', async () => {
    const refused = async (recording: object) =>
      world.refused(
        world.run(
          sales,
          record,
          call({ recordings: [{ uploadId: newId(), kind: 'recording', ...notice, ...recording }] }),
        ),
      )
    expect(await refused({ consentHow: null })).toEqual(['notice_must_say_how'])
    expect(await refused({ retainUntil: '2026-11-23' })).toEqual(['recording_must_be_kept_for_a_time'])
    expect(await refused({ retainUntil: '2036-11-25' })).toEqual(['recording_must_be_kept_for_a_time'])
    expect(await refused({})).toEqual(['upload_must_be_waiting'])
    expect(await refused({ uploadId: await upload('recording', mp3, otherId) })).toEqual([
      'recording_must_be_of_the_party',
    ])
    expect(await refused({ uploadId: await upload('transcript', Buffer.from('x')) })).toEqual([
      'recording_must_be_sound',
    ])
    expect(await refused({ uploadId: await upload('recording', mp3), kind: 'transcript' })).toEqual([
      'transcript_must_be_text',
    ])
    const asPaper = {
      uploadId: await upload('recording', mp3),
      docKind: 'other' as const,
      links: [{ kind: 'party', id: partyId }],
    }
    expect(await world.refused(world.run(sales, add, asPaper))).toEqual(['file_kind_must_be_accepted'])
    const untold = { uploadId: await upload('recording', mp3), consentGiven: false, consentHow: null }
    await world.done(
      sales,
      record,
      call({ recordings: [{ kind: 'recording', ...notice, ...untold }] }) as never,
    )
  })
})
