import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { grant, revoke } from './commands/grants.ts'
import { invite as inviteCommand, inviteToken, renew } from './commands/invites.ts'
import { end as leave } from './commands/leaving.ts'
import { staffDetail } from './contract.ts'
import { resetPassword } from './recovery.ts'
import { setupCompany } from './setup.ts'

/** What somebody tries with a link that was meant for another, was used, or is old; and what a mail scanner does with a good one. */
let world: World
let app: FastifyInstance
let administrator: Actor
let people = 0

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
  await setupCompany(world.db, world.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス' },
    staff: [1, 2].map(at => ({
      displayName: `管理 ${at}`,
      email: `administrator-${at}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  administrator = await world.person('管理', 'administrator')
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.set(TEST_NOW)
  await world.db.deleteFrom('sign_in_brake').execute()
})

const PASSWORD = 'correct horse battery'

interface Link {
  staffId: Id
  email: string
  inviteId: Id
  token: string
}

async function invited(): Promise<Link> {
  const email = `invited${++people}@example.co.jp`
  const { staffId, inviteId } = await world.done(administrator, inviteCommand, {
    displayName: `招待 ${people}`,
    email,
  })
  return { staffId, email, inviteId, token: inviteToken(world.keys, inviteId) }
}

async function renewed(link: Link): Promise<Link> {
  const { inviteId } = await world.done(administrator, renew, { staffId: link.staffId })
  return { ...link, inviteId, token: inviteToken(world.keys, inviteId) }
}

async function post(url: string, payload: object, cookie = '', remoteAddress = '192.0.2.1') {
  const answer = await app.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress,
    headers: { 'x-daicho-request': '1', ...(cookie ? { cookie } : {}) },
  })
  const { requestId: _one, ...body } = answer.json()
  return { status: answer.statusCode, body, setCookie: answer.headers['set-cookie'] }
}

const look = ({ inviteId, token }: Link) => post('/api/access/invite', { inviteId, token })
const accept = ({ inviteId, token }: Link, password = PASSWORD, from?: string) =>
  post('/api/access/invite/accept', { inviteId, token, password }, '', from)
const signIn = (email: string, password: string) => post('/api/auth/sign-in/email', { email, password })
const nobodys: Omit<Link, 'email' | 'staffId'> = {
  inviteId: '01890a5d-ac96-774b-bcce-b302099a8057',
  token: '0'.repeat(64),
}

describe('a link', () => {
  it('survives whoever only looks: a scanner of mails, a preview, a page that was loaded again', async () => {
    const link = await invited()
    for (const method of ['GET', 'HEAD'] as const)
      for (const url of ['/invite', '/api/access/invite', '/api/access/invite/accept']) {
        const answer = await app.inject({ method, url })
        expect(answer.headers['referrer-policy']).toBe('same-origin')
      }
    for (let at = 0; at < 3; at++) expect((await look(link)).status).toBe(200)
    expect((await accept(link)).status).toBe(200)
    expect((await signIn(link.email, PASSWORD)).status).toBe(200)
  })

  it('sets one password, however many send it in the same moment', async () => {
    const link = await invited()
    const passwords = [1, 2, 3, 4, 5].map(at => `${PASSWORD} ${at}`)
    const answers = await Promise.all(passwords.map(password => accept(link, password)))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 404, 404, 404, 404])
    const winner = passwords[answers.findIndex(answer => answer.status === 200)]!
    for (const password of passwords)
      expect((await signIn(link.email, password)).status === 200, password).toBe(password === winner)
    expect(await world.verbsOf(link.staffId)).toContain('invite_accepted')
  })

  it('that was used, ran out, was replaced or belongs to somebody who left answers as one that never was', async () => {
    const used = await invited()
    await accept(used)
    const replaced = await invited()
    await renewed(replaced)
    const left = await invited()
    await world.done(administrator, leave, { staffId: left.staffId, reason: '入社を辞退した' })
    const answer = await look(nobodys as Link)
    expect(answer.status).toBe(404)
    for (const link of [used, replaced, left]) {
      expect(await look(link)).toEqual(answer)
      expect(await accept(link)).toEqual(answer)
    }
    const late = await invited()
    world.clock.set(new Date(TEST_NOW.getTime() + 3 * 86_400_000))
    expect(await look(late)).toEqual(answer)
    expect(await accept(late)).toEqual(answer)
  })

  it('is not guessed, and nobody locks a person out by guessing', async () => {
    const link = await invited()
    const other = await invited()
    const guesses = [
      link.token.replace(/^./, sign => (sign === '0' ? '1' : '0')),
      link.token.toUpperCase().replace(/^[0-9]+$/, 'A'.repeat(64)),
      other.token,
      '0'.repeat(64),
    ]
    for (const token of ['', '%', `${link.token} `, [link.token]])
      expect((await accept({ ...link, token: token as string })).status).toBe(400)
    const guessed: number[] = []
    for (let round = 0; round < 10; round++)
      for (const token of guesses)
        guessed.push((await accept({ ...link, token }, PASSWORD, '192.0.2.7')).status)
    expect([...new Set(guessed)]).toEqual([404, 409])
    expect(guessed.indexOf(409)).toBeLessThanOrEqual(30)
    expect((await accept(link, PASSWORD, '192.0.2.7')).status).toBe(409)
    expect((await accept(link)).status).toBe(200)
  })

  it('ends when the person sets another password, or gets a one-time password', async () => {
    const person = await invited()
    await accept(person)
    const forgotten = await renewed(person)
    const { setCookie } = await signIn(person.email, PASSWORD)
    const cookie = String([setCookie].flat()[0]).split(';')[0]!
    const change = { currentPassword: PASSWORD, newPassword: 'quite another 77 secret' }
    expect((await post('/api/auth/change-password', change, cookie)).status).toBe(200)
    expect((await accept(forgotten)).status).toBe(404)
    const again = await renewed(person)
    const parts = { db: world.db, keys: world.keys, now: world.clock.now(), operator: 'root' }
    await resetPassword(parts, person.email, '端末の紛失')
    expect((await accept(again)).status).toBe(404)
  })

  it('opens what the person may do when it is used, not what they could when it was sent', async () => {
    const second = await world.person('管理 二', 'administrator')
    const link = await invited()
    const change = { reasonCode: 'review' as const, reasonText: '担当の割当て', evidence: [] }
    const give = async (role: 'operations' | 'auditor') => {
      const asked = await world.run(administrator, grant, { staffId: link.staffId, role, change })
      const { changeRequestId } = asked.body as { changeRequestId: Id }
      await world.done(second, approve, { changeRequestId })
    }
    await give('operations')
    const { grants } = await world.ask(administrator, staffDetail, { staffId: link.staffId })
    await world.done(administrator, revoke, { grantId: grants[0]!.id, reason: '配属の変更' })
    await give('auditor')
    expect((await accept(link)).status).toBe(200)
    const { setCookie } = await signIn(link.email, PASSWORD)
    const cookie = String([setCookie].flat()[0]).split(';')[0]!
    const me = (await app.inject({ url: '/api/access/me', headers: { cookie } })).json()
    expect(me.roles.map((one: { role: string }) => one.role)).toEqual(['auditor'])
    expect(me.permissions).not.toContain('payouts.prepare')
    const dues = { dueIds: [nobodys.inviteId], transferOn: '2026-11-26' }
    const asked = await app.inject({
      method: 'POST',
      url: '/api/payout-dues/prepare',
      payload: dues,
      headers: { cookie, 'x-daicho-request': '1', 'idempotency-key': nobodys.inviteId },
    })
    expect(asked.statusCode).toBe(403)
  })

  it('for a new password ends the sign-ins that were open', async () => {
    const person = await invited()
    await accept(person)
    const { setCookie } = await signIn(person.email, PASSWORD)
    const cookie = String([setCookie].flat()[0]).split(';')[0]!
    const inside = () => app.inject({ url: '/api/access/my-sign-ins', headers: { cookie } })
    expect((await inside()).statusCode).toBe(200)
    expect((await accept(await renewed(person), 'quite another 77 secret')).status).toBe(200)
    expect((await inside()).statusCode).toBe(401)
  })
})
