import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import type { PlainMail } from '../../access/index.ts'
import { approve } from '../../approvals/commands.ts'
import { registerPartyCommand } from '../../parties/index.ts'
import { addPersonCommand } from '../../people/index.ts'
import { type Desk, openDesk } from '../../receivables/testing/deal.ts'
import { activate, create, send } from '../commands.ts'
import { listLetters, openPrint, previewLetter, printLetter } from '../contract.ts'
import { letters } from '../index.ts'
import { again, print } from './commands.ts'
import { MAIL_TRIES, mailLetters } from './mail-jobs.ts'
import { addressLines } from './sheets.ts'

let world: World
let desk: Desk
let collector: Actor
let templateId: string
let serial = 0
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  collector = await world.person('回収', 'collector')
  const words = {
    subject: 'お支払いのご案内',
    body: '{宛名} 御中\n{日付}　{会社名}\n\n下記のとおりです。',
    note: '最初の版',
  }
  const drafted = await world.done(desk.operations, create, {
    code: 'OUT-1',
    name: '案内',
    kind: 'greeting',
    ...words,
  })
  templateId = drafted.id
  const change = { reasonCode: 'review' as const, reasonText: '文面の会議で決定', evidence: [] }
  const answer = await world.run(desk.operations, activate, {
    versionId: drafted.versionId,
    rowVersion: 1,
    change,
  })
  await world.done(desk.compliance, approve, answer.body as unknown as { changeRequestId: string })
})
afterAll(() => world.close())

async function client(address = true) {
  const { id } = await world.done(desk.sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName: `株式会社発送${++serial}`,
    roles: ['client'],
    ...(address ? { postalCode: '1000001', address: '東京都千代田区千代田1番1号' } : {}),
  })
  const { personId } = await world.done(desk.operations, addPersonCommand, {
    partyId: id,
    role: 'contact',
    person: { familyName: '経理', givenName: '花子', email: `keiri${serial}@client.example` },
  })
  return { partyId: id, personId }
}
async function written(partyId: string, more: { channel?: 'post' | 'email'; personId?: string } = {}) {
  const asked = { partyId, templateId, channel: 'post' as const, ...more }
  const shown = await world.ask(collector, previewLetter, { ...asked, receivableId: [] })
  return { asked: { ...asked, previewHash: shown.previewHash }, shown }
}
const posted = async () => {
  const { partyId } = await client()
  const { asked } = await written(partyId)
  return { partyId, ...(await world.done(collector, send, asked)) }
}
async function queued() {
  const { partyId, personId } = await client()
  const { asked, shown } = await written(partyId, { channel: 'email', personId })
  const sent = await world.done(collector, send, { ...asked, deliver: 'mail' })
  return { partyId, personId, shown, ...sent }
}
const rowOf = async (partyId: string) => (await world.ask(collector, listLetters, { partyId })).rows[0]!
async function file(contract: { name: string }, input: object, by = collector) {
  const route = letters.routes(world).find(one => one.contract.name === contract.name)
  if (route?.kind !== 'query') throw new Error('no such file')
  const context = { db: world.db, actor: by, now: world.clock.now(), today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, input as never)
  if (!('file' in answer)) throw new Error('no file')
  return { ...answer.file, seen: answer.seen }
}
const pageCount = (pdf: unknown) => (pdf as Buffer).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

describe('a letter by post', () => {
  it('carries the address for the window of the envelope', () => {
    const place = {
      postalCode: '1000001',
      address: '東京都千代田区千代田1番1号',
      partyName: '株式会社甲',
      mailTo: null,
    }
    expect(addressLines({ ...place, personName: null })).toEqual([
      '〒100-0001',
      '東京都千代田区千代田1番1号',
      '株式会社甲 御中',
    ])
    expect(addressLines({ ...place, personName: '経理 花子' }).slice(2)).toEqual([
      '株式会社甲',
      '経理 花子 様',
    ])
  })

  it('is printed by itself, and with others as one file with a packing list; each print is known', async () => {
    const [one, two] = [await posted(), await posted()]
    expect(await rowOf(one.partyId)).toMatchObject({ channel: 'post', print: null, mail: null })
    const toPrint = async () =>
      (await world.ask(collector, listLetters, { dispatch: 'to_print' })).rows.map(row => row.id)
    expect(await toPrint()).toEqual([two.id, one.id])
    const single = await world.done(collector, print, { letterIds: [one.id] })
    expect(pageCount((await file(openPrint, { batchId: single.id })).content)).toBe(1)
    const both = await world.done(collector, print, { letterIds: [two.id, one.id] })
    const printed = await file(openPrint, { batchId: both.id })
    expect(printed).toMatchObject({ name: `書状_${both.batchNo}.pdf`, mime: 'application/pdf' })
    expect(pageCount(printed.content)).toBe(3)
    expect((await rowOf(one.partyId)).print).toMatchObject({ batchNo: both.batchNo, printedBy: '回収' })
    expect(await toPrint()).toEqual([])
    expect((await world.ask(collector, listLetters, { dispatch: 'printed' })).rows).toHaveLength(2)
    expect(await world.verbsOf(one.communicationId)).toEqual([
      'letter_sent',
      'letters_printed',
      'letters_printed',
    ])
    expect(pageCount((await file(printLetter, { letterId: one.id })).content)).toBe(1)
  })

  it('is not printed without an address, by other channels, or by people who may not send', async () => {
    const { partyId } = await client(false)
    const { asked, shown } = await written(partyId)
    expect(shown.recipient.address).toBeNull()
    const { id } = await world.done(collector, send, asked)
    expect(await world.refused(world.run(collector, print, { letterIds: [id] }))).toEqual([
      'letter_must_have_an_address',
    ])
    const mail = await queued()
    expect(await world.refused(world.run(collector, print, { letterIds: [mail.id] }))).toEqual([
      'letter_must_go_by_post',
    ])
    expect(await world.refused(world.run(collector, print, { letterIds: [newId()] }))).toEqual([
      'record_must_exist',
    ])
    expect(await world.refused(world.run(desk.reviewer, print, { letterIds: [id] }))).toEqual([
      'permission_must_be_held',
    ])
  })
})

describe('a letter by mail', () => {
  it('goes out once, byte for byte as it was previewed, and keeps its message id', async () => {
    const { partyId, shown, communicationId } = await queued()
    const others: PlainMail[] = []
    const taken = async (mail: PlainMail) => void others.push(mail)
    await mailLetters(world, taken)
    const mine = others.find(mail => mail.text.includes(`発送${serial} 御中`))!
    expect(mine).toMatchObject({
      to: `keiri${serial}@client.example`,
      name: '経理 花子',
      subject: shown.subject,
    })
    expect(Buffer.from(mine.text).equals(Buffer.from(shown.body))).toBe(true)
    expect(await mailLetters(world, taken)).toBe(0)
    const { mail } = await rowOf(partyId)
    expect(mail).toMatchObject({
      state: 'sent',
      tries: 1,
      fault: null,
      nextTryAt: null,
      messageId: mine.messageId,
    })
    expect(await world.verbsOf(communicationId)).toEqual(['letter_sent', 'letter_mailed'])
  })

  it('is tried again after a fault, then shown as failed with its reason, and can be put into the queue again', async () => {
    const { partyId, id } = await queued()
    const fault = Object.assign(new Error('550 keiri@client.example unknown'), {
      code: 'EENVELOPE',
      responseCode: 550,
    })
    const start = world.clock.now().getTime()
    for (let round = 1; round <= MAIL_TRIES; round++) {
      await mailLetters(world, () => Promise.reject(fault))
      const { mail } = await rowOf(partyId)
      expect(mail).toMatchObject({
        tries: round,
        fault: 'EENVELOPE 550',
        state: round < MAIL_TRIES ? 'waiting' : 'failed',
      })
      world.clock.set(new Date(world.clock.now().getTime() + round ** 2 * 60_000))
    }
    const later = await mailLetters(world, async () => {})
    expect(later).toBe(0)
    await world.done(collector, again, { letterId: id })
    expect(await world.refused(world.run(collector, again, { letterId: id }))).toEqual([
      'mail_must_have_failed',
    ])
    expect(await world.refused(world.run(desk.reviewer, again, { letterId: id }))).toEqual([
      'permission_must_be_held',
    ])
    expect(await mailLetters(world, async () => {})).toBe(1)
    expect((await rowOf(partyId)).mail).toMatchObject({ state: 'sent', tries: 1 })
    world.clock.set(new Date(start))
  })

  it('waits for the morning, and is stopped by a rule that came to forbid it', async () => {
    const { partyId, personId } = await queued()
    const start = world.clock.now()
    world.clock.set(new Date('2026-11-24T22:00:00+09:00'))
    expect(await mailLetters(world, async () => {})).toBe(0)
    expect((await rowOf(partyId)).mail).toMatchObject({ state: 'waiting', tries: 0 })
    await world.db.transaction().execute(async tx => {
      await tx
        .updateTable('party_person')
        .set({ do_not_contact: true })
        .where('person_id', '=', personId)
        .execute()
      await world.executor
        .context(tx, collector, 'test')
        .record({ verb: 'test', subjects: [{ kind: 'person', id: personId }] })
    })
    world.clock.set(new Date('2026-11-25T09:00:00+09:00'))
    expect(await mailLetters(world, async () => {})).toBe(0)
    const { mail } = await rowOf(partyId)
    expect(mail).toMatchObject({ state: 'stopped', nextTryAt: null })
    expect(mail?.fault).toContain('連絡')
    world.clock.set(start)
  })

  it('is mailed only by that channel, to somebody with an address; the preview says why not', async () => {
    const { partyId, personId } = await client()
    const byPost = await written(partyId, { personId })
    expect(await world.refused(world.run(collector, send, { ...byPost.asked, deliver: 'mail' }))).toEqual([
      'mail_must_go_by_the_email_channel',
    ])
    const nobody = await written(partyId, { channel: 'email' })
    expect(nobody.shown.mailHindrance).toContain('SMTP_URL')
    expect(await world.refused(world.run(collector, send, { ...nobody.asked, deliver: 'mail' }))).toEqual([
      'addressee_must_have_a_mail_address',
    ])
    world.config.smtpUrl = 'smtp://127.0.0.1:1'
    expect((await written(partyId, { channel: 'email' })).shown.mailHindrance).toContain('メールアドレス')
    expect((await written(partyId, { channel: 'email', personId })).shown.mailHindrance).toBeNull()
    world.config.smtpUrl = null
  })
})
