import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { networkOf } from './brake.ts'
import { forgetSignIns } from './sign-ins.ts'
import { createStaff } from './staff.ts'

/** What somebody tries who has no account, or one of their own, and wants another's. */
let world: World
let app: FastifyInstance

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
})
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.set(TEST_NOW)
  await world.db.deleteFrom('sign_in_brake').execute()
})

const PASSWORD = 'correct horse 12'
let people = 0

async function newPerson(in_ = world): Promise<{ id: Id; email: string }> {
  const email = `target${++people}@example.co.jp`
  const id = await in_.db
    .transaction()
    .execute(tx =>
      createStaff(
        tx,
        TEST_NOW,
        { displayName: `標的${people}`, email, roles: [{ role: 'sales' }], password: PASSWORD },
        'setup',
      ),
    )
  return { id, email }
}

async function post(url: string, payload: object, cookie = '', ip = '192.0.2.1', server = app) {
  const response = await server.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress: ip,
    headers: { 'x-daicho-request': '1', ...(cookie ? { cookie } : {}) },
  })
  const setCookie = [response.headers['set-cookie'] ?? []].flat().map(String)
  const cookies = new Map(
    setCookie.map(line => {
      const [name = '', ...value] = line.split(';')[0]!.split('=')
      return [name, value.join('=')] as const
    }),
  )
  const body = response.json() as { reasons?: { code: string }[]; key?: string }
  return { status: response.statusCode, code: body.reasons?.[0]?.code, body, cookies, setCookie }
}

const signIn = (email: string, password = PASSWORD, cookie = '', ip?: string) =>
  post('/api/auth/sign-in/email', { email, password }, cookie, ip)

/** The six digits an app would show now (RFC 6238, SHA-1, 30 s). */
function codeOf(key: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', bytes).update(counter).digest()
  const offset = hash.at(-1)! & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe('a network address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (ip, network) => expect(networkOf(ip)).toBe(network))

  it('waits after thirty guesses, from however many addresses of its line they come', async () => {
    const codes: (string | undefined)[] = []
    for (let tries = 0; tries < 31; tries++)
      codes.push((await signIn(`n${tries}@example.co.jp`, 'x', '', `2001:db8:5:6::${tries + 1}`)).code)
    expect(codes.slice(0, 30)).toEqual(Array(30).fill('email_and_password_must_match'))
    expect(codes[30]).toBe('sign_in_must_wait')
    expect((await signIn('n@example.co.jp', 'x', '', '2001:db8:5:7::1')).code).toBe(
      'email_and_password_must_match',
    )
  })
})

describe('two cookies of one name', () => {
  it('do not let one person act while another is counted and recorded', async () => {
    const attacker = await newPerson()
    const own = (await signIn(attacker.email)).cookies.get('daicho.session_token')!
    const victim = await newPerson()
    const first = await signIn(victim.email)
    const session = `daicho.session_token=${first.cookies.get('daicho.session_token')}`
    const begun = await post('/api/auth/two-factor/enable', { password: PASSWORD }, session)
    const { key } = begun.body
    await post('/api/auth/two-factor/verify-totp', { code: codeOf(key!) }, session)
    const challenge = (await signIn(victim.email)).cookies.get('daicho.two_factor')!
    // Ours is read first: an own sign-in. The library would read the last: none, so it would take the challenge of the victim.
    const both = `daicho.session_token=${own}; daicho.session_token=x; daicho.two_factor=${challenge}`
    const tried = await post('/api/auth/two-factor/verify-totp', { code: codeOf(key!) }, both)
    expect(tried.cookies.get('daicho.session_token')).toBeUndefined()
    expect(tried.status).toBe(400)
  })
})

describe('signing in over an open sign-in', () => {
  it('ends the one it replaces, of whomever it was, and no other', async () => {
    const inside = (token: string) =>
      app.inject({ url: '/api/parties', headers: { cookie: `daicho.session_token=${token}` } })
    const [before, after] = [await newPerson(), await newPerson()]
    const elsewhere = (await signIn(before.email)).cookies.get('daicho.session_token')!
    const old = (await signIn(before.email)).cookies.get('daicho.session_token')!
    const renewed = await signIn(before.email, PASSWORD, `daicho.session_token=${old}`)
    const own = renewed.cookies.get('daicho.session_token')!
    const taken = await signIn(after.email, PASSWORD, `daicho.session_token=${own}`)
    const statuses = await Promise.all(
      [old, own, elsewhere, taken.cookies.get('daicho.session_token')!].map(inside),
    )
    expect(statuses.map(answer => answer.statusCode)).toEqual([401, 401, 200, 200])
    const events = await world.verbsOf(before.id)
    expect(events.filter(verb => verb === 'signed_out')).toHaveLength(2)
    const failed = await signIn(before.email, 'wrong password 9', `daicho.session_token=${elsewhere}`)
    expect(failed.code).toBe('email_and_password_must_match')
    expect((await inside(elsewhere)).statusCode).toBe(200)
  })
})

describe('strangers who guess at an address', () => {
  it('lock themselves out, and not the person whose browser the account knows', async () => {
    const { email } = await newPerson()
    const device = `daicho.device=${(await signIn(email)).cookies.get('daicho.device')}`
    for (let tries = 0; tries < 6; tries++) await signIn(email, 'wrong password 1', '', '203.0.113.5')
    expect((await signIn(email)).code).toBe('sign_in_must_wait')
    expect((await signIn(email, PASSWORD, device)).status).toBe(200)
    // It opens nothing by itself, and its own failures are counted too.
    for (let tries = 0; tries < 5; tries++)
      expect((await signIn(email, 'wrong password 1', device)).code).toBe('email_and_password_must_match')
    expect((await signIn(email, PASSWORD, device)).code).toBe('sign_in_must_wait')
  })

  it('cannot use the mark of their own browser, or one they made up, for another account', async () => {
    const attacker = await newPerson()
    const { email } = await newPerson()
    const own = (await signIn(attacker.email)).cookies.get('daicho.device')!
    const forged = `${'ab'.repeat(16)}.${'cd'.repeat(32)}`
    for (let tries = 0; tries < 5; tries++) await signIn(email, 'wrong password 1', '', '203.0.113.6')
    for (const mark of [own, forged, own.replace(/.$/, '0'), '', '.'])
      expect((await signIn(email, 'wrong password 2', `daicho.device=${mark}`)).code).toBe(
        'sign_in_must_wait',
      )
  })
})

describe('the doors of invitations', () => {
  it('let nobody fill the trail: after thirty tries an address waits, and each try says where it came from', async () => {
    const payload = {
      inviteId: '01890a5d-ac96-774b-bcce-b302099a8057',
      token: '0'.repeat(64),
      password: 'a long new password',
    }
    const ip = '203.0.113.77'
    const codes: (string | undefined)[] = []
    for (let tries = 0; tries < 32; tries++)
      codes.push((await post('/api/access/invite/accept', payload, '', ip)).code)
    expect(codes.slice(0, 30)).toEqual(Array(30).fill('invite_must_be_open'))
    expect(codes.slice(30)).toEqual(['sign_in_must_wait', 'sign_in_must_wait'])
    const { password: _, ...look } = payload
    expect((await post('/api/access/invite', look, '', ip)).code).toBe('sign_in_must_wait')
    const tries = await world.db
      .selectFrom('audit_event')
      .select('canonical_text')
      .where('verb', '=', 'attempt_refused')
      .execute()
    expect(tries).toHaveLength(30)
    expect(tries.every(one => JSON.parse(one.canonical_text).ip === ip)).toBe(true)
  })
})

describe('a sign-in that is ended', () => {
  it('is not remembered from a look between the command and its commit', async () => {
    const { id, email } = await newPerson()
    const cookie = `daicho.session_token=${(await signIn(email)).cookies.get('daicho.session_token')}`
    const inside = async () =>
      (await app.inject({ url: '/api/access/my-sign-ins', headers: { cookie } })).statusCode
    // A command forgets, another request looks, and only then the command commits.
    forgetSignIns()
    expect(await inside()).toBe(200)
    await world.db.deleteFrom('auth.session').where('user_id', '=', id).execute()
    expect(await inside()).toBe(401)
  })
})

describe('cookies behind HTTPS', () => {
  it('are for this host alone, over HTTPS alone, and sent along by no other site', async () => {
    const secure = await createWorld()
    try {
      secure.config.publicUrl = 'https://daicho.example.co.jp'
      const server = await secure.server()
      const { email } = await newPerson(secure)
      const answer = await post(
        '/api/auth/sign-in/email',
        { email, password: PASSWORD },
        '',
        '192.0.2.1',
        server,
      )
      expect(answer.setCookie.length).toBeGreaterThan(1)
      for (const line of answer.setCookie) {
        expect(line).toMatch(/^__Host-daicho\./)
        expect(line).toMatch(/; Path=\//)
        expect(line).toMatch(/; HttpOnly/)
        expect(line).toMatch(/; Secure/)
        expect(line).toMatch(/; SameSite=Strict/i)
        expect(line).not.toMatch(/; Domain=/i)
      }
      const cookie = `__Host-daicho.session_token=${answer.cookies.get('__Host-daicho.session_token')}`
      const inside = await server.inject({ url: '/api/parties', headers: { cookie } })
      expect(inside.statusCode).toBe(200)
    } finally {
      await secure.close()
    }
  })
})
