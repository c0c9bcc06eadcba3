import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { recordHistory } from '../audit/contract.ts'
import { openCommunication } from '../communications/contract.ts'
import { correct } from '../communications/correct.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from '../receivables/testing/deal.ts'
import { activate, create, retire, send, write } from './commands.ts'
import { listLetters, listTemplates, previewLetter } from './contract.ts'

let world: World
let desk: Desk
let collector: Actor
let serial = 0
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  collector = await world.person('回収', 'collector')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '文面の会議で決定', evidence: [] }
const words = (body: string) => ({ subject: 'お支払いのご案内', body, note: '最初の版' })
const drafted = (body = '{宛名} 御中') =>
  world.done(desk.operations, create, {
    code: `L-${++serial}`,
    name: '案内',
    kind: 'reminder',
    ...words(body),
  })
async function templateOf(templateId: string) {
  const { rows } = await world.ask(desk.operations, listTemplates, {})
  return rows.find(row => row.id === templateId)!
}
async function activated(templateId: string, by = desk.operations, second = desk.compliance) {
  const draft = (await templateOf(templateId)).versions.find(one => one.state === 'draft')!
  const answer = await world.run(by, activate, { versionId: draft.id, rowVersion: draft.rowVersion, change })
  const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
  await world.done(second, approve, { changeRequestId })
}
const client = async () =>
  (
    await world.done(desk.sales, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: `株式会社宛先${++serial}`,
      roles: ['client'],
    })
  ).id
const asked = (partyId: string, templateId: string, more: object = {}) => ({
  partyId,
  templateId,
  channel: 'post' as const,
  ...more,
})
const previewed = (partyId: string, templateId: string, more: object = {}) =>
  world.ask(collector, previewLetter, asked(partyId, templateId, more))

describe('the words of letters', () => {
  it('are in force once a second person who did not write them approved, and only then', async () => {
    const { id, versionId } = await drafted()
    const partyId = await client()
    expect(await world.refused(previewed(partyId, id))).toEqual(['words_must_be_in_force'])
    const answer = await world.run(desk.compliance, activate, { versionId, rowVersion: 1, change })
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    expect(await world.refused(world.run(desk.compliance, approve, { changeRequestId }))).toEqual([
      'maker_must_not_approve',
    ])
    await world.done(desk.manager, approve, { changeRequestId })
    const [version] = (await templateOf(id)).versions
    expect(version).toMatchObject({ state: 'in_force', writtenBy: '事務', approvedBy: '部長' })
    const again = world.run(desk.operations, activate, { versionId, rowVersion: 2, change })
    expect(await world.refused(again)).toEqual(['words_must_be_a_draft'])
  })

  it('are not approved by whoever wrote them', async () => {
    const { versionId } = await world.done(desk.compliance, create, {
      code: `L-${++serial}`,
      name: '通知',
      kind: 'notice',
      ...words('{宛名}'),
    })
    const answer = await world.run(desk.operations, activate, { versionId, rowVersion: 1, change })
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    expect(await world.refused(world.run(desk.compliance, approve, { changeRequestId }))).toEqual([
      'approver_must_be_independent',
    ])
  })

  it('name only what there is, and are revised beside the version in force', async () => {
    expect(await world.refused(drafted('{あてな} 御中'))).toEqual(['placeholder_must_be_known'])
    const { id } = await drafted()
    const code = (await templateOf(id)).code
    const twice = world.run(desk.operations, create, { code, name: '重複', kind: 'other', ...words('x') })
    expect(await world.refused(twice)).toEqual(['template_code_must_be_free'])
    await activated(id)
    const { rowVersion } = await templateOf(id)
    const next = (body: string, version = rowVersion) =>
      world.run(desk.operations, write, { templateId: id, rowVersion: version, ...words(body) })
    expect(await world.refused(next('{宛名} 御中'))).toEqual(['words_must_differ'])
    expect(await world.refused(next('{誰か}'))).toEqual(['placeholder_must_be_known'])
    expect(await world.refused(next('x', 1))).toEqual(['record_must_be_unchanged'])
    expect(
      await world.refused(world.run(desk.accounting, write, { templateId: id, rowVersion, ...words('x') })),
    ).toEqual(['permission_must_be_held'])
    await next('{宛名} 様')
    await next('{宛名} 殿', rowVersion + 1)
    expect((await templateOf(id)).versions.map(one => [one.version, one.state, one.body])).toEqual([
      [2, 'draft', '{宛名} 殿'],
      [1, 'in_force', '{宛名} 御中'],
    ])
    await activated(id)
    expect((await templateOf(id)).versions.map(one => one.state)).toEqual(['in_force', 'past'])
  })
})

describe('a letter', () => {
  it('goes out as it was previewed, and stands among the contacts with words, approver and mark', async () => {
    const { id } = await drafted('{宛名} 御中\n{日付} {会社名} {作成者}')
    await activated(id)
    const partyId = await client()
    const shown = await previewed(partyId, id)
    expect(shown).toMatchObject({ version: 1, hindrances: [] })
    expect(shown.body).toContain('2026年11月24日')
    const sending = { ...asked(partyId, id), previewHash: shown.previewHash }
    const refused = (more: object, by = collector) =>
      world.refused(world.run(by, send, { ...sending, ...more }))
    expect(await refused({ channel: 'email' })).toEqual(['preview_must_be_current'])
    expect(await refused({ personId: newId() })).toEqual(['person_must_belong_to_party'])
    expect(await refused({ receivableIds: [newId()] })).toEqual(['claims_must_be_of_the_party'])
    expect(await refused({}, desk.reviewer)).toEqual(['permission_must_be_held'])
    const { communicationId, letterNo } = await world.done(collector, send, sending)
    const contact = await world.ask(collector, openCommunication, { communicationId })
    expect(contact).toMatchObject({ channel: 'post', direction: 'out', subject: 'お支払いのご案内' })
    expect(contact.body).toBe(shown.body)
    const { rows } = await world.ask(collector, listLetters, { partyId })
    expect(rows).toMatchObject([
      {
        letterNo,
        communicationId,
        template: { id, version: 1 },
        approvedBy: '法務',
        previewHash: shown.previewHash,
      },
    ])
    await world.done(desk.compliance, correct, {
      communicationId,
      versionNo: 1,
      channel: 'post',
      direction: 'out',
      occurredAt: contact.occurredAt,
      category: contact.category,
      summary: '調査中のため限る',
      disclosureScope: 'compliance_only',
      reason: '調査中のため限る',
    })
    expect((await world.ask(collector, listLetters, { partyId })).rows).toEqual([])
    expect((await world.ask(desk.compliance, listLetters, { partyId })).rows).toHaveLength(1)
    const history = await world.ask(desk.compliance, recordHistory, { recordId: partyId })
    expect(history.rows.map(event => event.verb)).toContain('letter_sent')
  })

  it('waits for the person and the claims its words ask for', async () => {
    const { id } = await drafted('{担当者名} 様\n{債権一覧}\n{未回収合計} {支払期日}')
    await activated(id)
    const pair = await readyPair(world, desk, `ショジョウ${++serial}`)
    const claim = await approvedClaim(world, desk, { ...pair, invoiceNo: `LT-${serial}`, faceYen: 550_000 })
    await world.done(desk.operations, purchase, { receivableIds: [claim] })
    const bare = await previewed(pair.clientId, id)
    expect(bare.hindrances).toHaveLength(2)
    const early = { ...asked(pair.clientId, id), previewHash: bare.previewHash }
    expect(await world.refused(world.run(collector, send, early))).toEqual([
      'person_must_be_chosen',
      'claims_must_be_chosen',
    ])
    const { personId } = await world.done(desk.operations, addPersonCommand, {
      partyId: pair.clientId,
      role: 'contact',
      person: { familyName: '経理', givenName: '花子' },
    })
    const shown = await previewed(pair.clientId, id, { personId, receivableId: [claim] })
    expect(shown).toMatchObject({ hindrances: [] })
    expect(shown.body).toContain(`経理 花子 様\n請求書 LT-${serial}`)
    const whole = { ...asked(pair.clientId, id, { personId }), receivableIds: [claim] }
    await world.done(collector, send, { ...whole, previewHash: shown.previewHash })
    // The debtor of a two-party deal may not learn of it (FF §1): neither by letter.
    const secret = await previewed(pair.debtorId, id, { receivableId: [claim] })
    expect(secret.hindrances.join('')).toContain('2社間の売掛先です')
    const plain = await drafted()
    await activated(plain.id)
    const toDebtor = await previewed(pair.debtorId, plain.id)
    const attempt = { ...asked(pair.debtorId, plain.id), previewHash: toDebtor.previewHash }
    expect(await world.refused(world.run(collector, send, attempt))).toEqual([
      'debtor_must_not_be_contacted_yet',
    ])
  })

  it('does not go out at night, under words that were changed since, or that are no longer used', async () => {
    const { id } = await drafted()
    await activated(id)
    const partyId = await client()
    const before = world.clock.now()
    world.clock.set(new Date('2026-11-24T22:00:00+09:00'))
    const late = await previewed(partyId, id, { channel: 'fax' })
    expect(late.hindrances).toHaveLength(1)
    const sending = { ...asked(partyId, id, { channel: 'fax' }), previewHash: late.previewHash }
    expect(await world.refused(world.run(collector, send, sending))).toEqual(['contact_must_not_be_at_night'])
    world.clock.set(before)
    const { rowVersion } = await templateOf(id)
    await world.done(desk.operations, write, { templateId: id, rowVersion, ...words('{宛名} 殿') })
    await activated(id)
    expect(await world.refused(world.run(collector, send, sending))).toEqual(['preview_must_be_current'])
    const now = await templateOf(id)
    const ended = { templateId: id, rowVersion: now.rowVersion, reason: '新しい文面に統合' }
    await world.done(desk.operations, retire, ended)
    expect(await world.refused(world.run(collector, send, sending))).toEqual(['template_must_be_in_use'])
    expect(
      await world.refused(world.run(desk.operations, retire, { ...ended, rowVersion: ended.rowVersion + 1 })),
    ).toEqual(['template_must_be_in_use'])
  })
})
