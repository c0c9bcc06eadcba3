import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { addressPolicy, applyBrake } from './brake.ts'
import { forgetSignIns } from './sign-ins.ts'
import { createStaff, type NewStaff } from './staff.ts'

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

async function newPerson(more: Partial<NewStaff> = {}): Promise<{ id: Id; email: string }> {
  const email = `person${++people}@example.co.jp`
  const staff: NewStaff = {
    displayName: `利用者${people}`,
    email,
    roles: [{ role: 'sales' }],
    password: PASSWORD,
    ...more,
  }
  const id = await world.db.transaction().execute(tx => createStaff(tx, TEST_NOW, staff, 'setup'))
  return { id, email }
}

interface Answer {
  status: number
  body: Record<string, unknown>
  cookie: string
  setCookie: string
  code: string | undefined
}

async function post(url: string, payload: object, cookie = '', ip = '192.0.2.1'): Promise<Answer> {
  const response = await app.inject({
    method: 'POST',
    url,
    payload,
    remoteAddress: ip,
    headers: { 'x-daicho-request': '1', ...(cookie ? { cookie } : {}) },
  })
  return answerOf(response)
}

async function get(url: string, cookie = ''): Promise<Answer> {
  return answerOf(await app.inject({ method: 'GET', url, headers: cookie ? { cookie } : {} }))
}

function answerOf(response: Awaited<ReturnType<FastifyInstance['inject']>>): Answer {
  const setCookie = [response.headers['set-cookie'] ?? []].flat().map(String)
  const live = setCookie.map(line => line.split(';')[0]!).filter(pair => !pair.endsWith('='))
  const body = (response.json() ?? {}) as Record<string, unknown>
  const reasons = body.reasons as { code: string }[] | undefined
  return {
    status: response.statusCode,
    body,
    cookie: live.join('; '),
    setCookie: setCookie.join('\n'),
    code: reasons?.[0]?.code,
  }
}

const signIn = (email: string, password = PASSWORD, ip?: string) =>
  post('/api/auth/sign-in/email', { email, password }, '', ip)
const me = (cookie: string) => get('/api/access/me', cookie)
/** Something only people who are signed in may ask. */
const inside = (cookie: string) => get('/api/access/my-sign-ins', cookie)

/** The six digits an app would show now (RFC 6238, SHA-1, 30 s). */
function codeOf(key: string, atMs = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const hash = createHmac('sha1', bytes).update(counter).digest()
  const offset = hash.at(-1)! & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function withSecondFactor() {
  const person = await newPerson()
  const first = await signIn(person.email)
  const begun = await post('/api/auth/two-factor/enable', { password: PASSWORD }, first.cookie)
  const key = String(begun.body.key)
  const verified = await post('/api/auth/two-factor/verify-totp', { code: codeOf(key) }, first.cookie)
  expect(verified.status).toBe(200)
  return { ...person, key, cookie: verified.cookie, recoveryCodes: begun.body.recoveryCodes as string[] }
}

async function outcomes(staffId: Id): Promise<string[]> {
  const rows = await world.db
    .selectFrom('sign_in_attempt')
    .select(['kind', 'outcome'])
    .where('staff_id', '=', staffId)
    .orderBy('id')
    .execute()
  return rows.map(row => `${row.kind} ${row.outcome}`)
}

describe('signing in with a password', () => {
  it('opens the work with a cookie no script can read, and leaves an attempt and an event', async () => {
    const { id, email } = await newPerson()
    const answer = await signIn(email.toUpperCase())
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ next: 'work' })
    expect(answer.setCookie).toMatch(/daicho\.session_token=.*HttpOnly.*SameSite=Strict/i)
    const mine = await me(answer.cookie)
    expect(mine.body).toMatchObject({
      person: { id, email },
      roles: [{ role: 'sales', label: '営業' }],
      nextStep: null,
    })
    expect(await outcomes(id)).toEqual(['password succeeded'])
    expect(await world.verbsOf(id)).toEqual(['staff_registered', 'signed_in'])
  })

  it('answers an unknown address, a wrong password and somebody who left with the same words', async () => {
    const known = await newPerson()
    const left = await newPerson({ endsOn: '2026-11-24' })
    world.clock.set(new Date('2026-11-25T09:00:00+09:00'))
    const answers = [
      await signIn('nobody@example.co.jp'),
      await signIn(known.email, 'wrong password 1'),
      await signIn(left.email),
    ]
    const words = answers.map(({ status, body }) => ({ status, detail: body.detail, reasons: body.reasons }))
    expect(words[0]).toMatchObject({ status: 400, detail: 'メールアドレスまたはパスワードが違います。' })
    expect(words[1]).toEqual(words[0])
    expect(words[2]).toEqual(words[0])
    expect(await outcomes(left.id)).toEqual(['password left'])
  })

  it('refuses a request that another site could have sent', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'a@b.co', password: PASSWORD },
    })
    expect(response.json().reasons[0].code).toBe('request_must_come_from_this_site')
  })

  it('makes an account wait after five failures, also for the right password, and lets it in later', async () => {
    const { id, email } = await newPerson()
    for (let tries = 0; tries < 5; tries++) expect((await signIn(email, 'wrong password 1')).status).toBe(400)
    const blocked = await signIn(email)
    expect(blocked).toMatchObject({ status: 409, code: 'sign_in_must_wait' })
    expect(await outcomes(id)).toEqual([...Array(5).fill('password failed'), 'password blocked'])
    world.clock.set(new Date(TEST_NOW.getTime() + 31_000))
    expect((await signIn(email)).status).toBe(200)
    expect((await signIn(email)).status).toBe(200)
  })

  it('looks at no more than five of many guesses sent at once', async () => {
    const { id, email } = await newPerson()
    await Promise.all(
      Array.from({ length: 25 }, (_, at) => signIn(email, `wrong password ${at}`, `198.51.100.${at}`)),
    )
    const looked = (await outcomes(id)).filter(outcome => outcome === 'password failed')
    expect(looked.length).toBeLessThanOrEqual(5)
    expect(looked.length).toBeGreaterThan(0)
  })

  it('makes an address wait which tries many accounts', async () => {
    for (let tries = 0; tries < 29; tries++)
      await applyBrake(world.db, 'address:203.0.113.9', addressPolicy, TEST_NOW)
    await signIn('guess@example.co.jp', 'x', '203.0.113.9')
    const { email } = await newPerson()
    expect((await signIn(email, PASSWORD, '203.0.113.9')).code).toBe('sign_in_must_wait')
    expect((await signIn(email, PASSWORD, '203.0.113.10')).status).toBe(200)
  })

  it('lets a one-time password do nothing but be changed, and ends it after three days', async () => {
    const oneTimeUntil = new Date(TEST_NOW.getTime() + 3 * 86_400_000)
    const { id, email } = await newPerson({ oneTimeUntil })
    const first = await signIn(email)
    expect((await me(first.cookie)).body.nextStep).toBe('password_must_be_changed')
    expect(await get('/api/parties', first.cookie)).toMatchObject({
      status: 403,
      code: 'password_must_be_changed',
    })
    const change = { currentPassword: PASSWORD, newPassword: 'もっと長い合言葉にします2026' }
    const changed = await post('/api/auth/change-password', change, first.cookie)
    expect(changed.status).toBe(200)
    expect((await get('/api/parties', changed.cookie)).status).toBe(200)
    expect(await world.verbsOf(id)).toContain('password_changed')
    const late = await newPerson({ oneTimeUntil })
    world.clock.set(new Date(oneTimeUntil.getTime() + 1000))
    expect((await signIn(late.email)).code).toBe('email_and_password_must_match')
  })
})

describe('an open sign-in', () => {
  it('ends after thirty minutes without activity, and badges asked by the page are no activity', async () => {
    const { email } = await newPerson()
    const { cookie } = await signIn(email)
    const at = (minutes: number) => {
      world.clock.set(new Date(TEST_NOW.getTime() + minutes * 60_000))
      forgetSignIns()
    }
    at(20)
    expect((await get('/api/parties', cookie)).status).toBe(200)
    at(40)
    expect((await me(cookie)).status).toBe(200)
    at(51)
    expect(await inside(cookie)).toMatchObject({ status: 401, code: 'sign_in_must_be_done' })
  })

  it('ends twelve hours after it began, however busy', async () => {
    const { email } = await newPerson()
    const { cookie } = await signIn(email)
    for (let minutes = 25; minutes < 720; minutes += 25) {
      world.clock.set(new Date(TEST_NOW.getTime() + minutes * 60_000))
      forgetSignIns()
      expect((await get('/api/parties', cookie)).status).toBe(200)
    }
    world.clock.set(new Date(TEST_NOW.getTime() + 721 * 60_000))
    forgetSignIns()
    expect((await inside(cookie)).status).toBe(401)
  })

  it('is refused with a cookie whose signature is not ours', async () => {
    const { email } = await newPerson()
    const { cookie } = await signIn(email)
    const token = decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!
    const forged = `daicho.session_token=${encodeURIComponent(`${token}.${Buffer.alloc(32).toString('base64')}`)}`
    expect((await inside(forged)).status).toBe(401)
    expect((await inside(`daicho.session_token=${token}`)).status).toBe(401)
  })

  it('ends by signing out, and others end when the password is changed', async () => {
    const { id, email } = await newPerson()
    const one = await signIn(email)
    const two = await signIn(email)
    expect((await post('/api/auth/sign-out', {}, one.cookie)).status).toBe(200)
    expect((await inside(one.cookie)).status).toBe(401)
    const three = await signIn(email)
    const change = { currentPassword: PASSWORD, newPassword: 'quite another 77 secret' }
    const changed = await post('/api/auth/change-password', change, three.cookie)
    expect((await inside(two.cookie)).status).toBe(401)
    expect((await me(changed.cookie)).status).toBe(200)
    expect(await world.verbsOf(id)).toEqual([
      'staff_registered',
      'signed_in',
      'signed_in',
      'signed_out',
      'signed_in',
      'password_changed',
    ])
  })

  it('keeps its token out of every answer', async () => {
    const { email } = await newPerson()
    const { cookie, body } = await signIn(email)
    const token = decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!
    expect(JSON.stringify(body)).not.toContain(token)
    const mine = await get('/api/access/my-sign-ins', cookie)
    expect(JSON.stringify(mine.body)).not.toContain(token)
    expect(mine.body.signIns).toMatchObject([{ current: true }])
  })
})

describe('the second factor', () => {
  it('is asked after the password, and a code opens one sign-in only', async () => {
    const person = await withSecondFactor()
    const again = await signIn(person.email)
    expect(again.body).toEqual({ next: 'code' })
    expect((await inside(again.cookie)).status).toBe(401)
    expect((await post('/api/auth/two-factor/verify-totp', { code: '000000' }, again.cookie)).code).toBe(
      'code_must_match',
    )
    const code = codeOf(person.key)
    const entered = await post('/api/auth/two-factor/verify-totp', { code }, again.cookie)
    expect(entered.status).toBe(200)
    expect((await me(entered.cookie)).body.secondFactor).toBe('on')
    const third = await signIn(person.email)
    expect((await post('/api/auth/two-factor/verify-totp', { code }, third.cookie)).code).toBe(
      'code_must_be_fresh',
    )
    expect(await outcomes(person.id)).toEqual([
      'password succeeded',
      'code succeeded',
      'password code_asked',
      'code failed',
      'code succeeded',
      'password code_asked',
      'code failed',
    ])
  })

  it('can be replaced once by each recovery code', async () => {
    const person = await withSecondFactor()
    const code = person.recoveryCodes[0]!
    const one = await signIn(person.email)
    expect((await post('/api/auth/two-factor/verify-backup-code', { code }, one.cookie)).status).toBe(200)
    world.clock.set(new Date(TEST_NOW.getTime() + 10 * 60_000))
    const two = await signIn(person.email)
    const again = await post('/api/auth/two-factor/verify-backup-code', { code }, two.cookie)
    expect(again.code).toBe('recovery_code_must_match')
  })

  it('makes guesses of codes wait per account, across sign-ins', async () => {
    const person = await withSecondFactor()
    for (let tries = 0; tries < 5; tries++) {
      const { cookie } = await signIn(person.email)
      await post('/api/auth/two-factor/verify-totp', { code: `00000${tries}` }, cookie)
    }
    const { cookie } = await signIn(person.email)
    const right = await post('/api/auth/two-factor/verify-totp', { code: codeOf(person.key) }, cookie)
    expect(right.code).toBe('sign_in_must_wait')
  })

  it('refuses a code without a password before it', async () => {
    expect((await post('/api/auth/two-factor/verify-totp', { code: '123456' })).code).toBe(
      'password_must_come_first',
    )
  })

  it('must be set up before anything else in a company, and is only offered in the demo', async () => {
    const { email } = await newPerson()
    const { cookie } = await signIn(email)
    expect((await get('/api/parties', cookie)).status).toBe(200)
    world.config.mode = 'company'
    forgetSignIns()
    try {
      expect(await get('/api/parties', cookie)).toMatchObject({
        status: 403,
        code: 'second_factor_must_be_set_up',
      })
      expect((await me(cookie)).body.nextStep).toBe('second_factor_must_be_set_up')
      const begun = await post('/api/auth/two-factor/enable', { password: PASSWORD }, cookie)
      const code = codeOf(String(begun.body.key))
      const entered = await post('/api/auth/two-factor/verify-totp', { code }, cookie)
      expect((await get('/api/parties', entered.cookie)).status).toBe(200)
    } finally {
      world.config.mode = 'demo'
      forgetSignIns()
    }
  })
})

describe('the doors of the sign-in library', () => {
  it('are the listed ones; every other address of the library is not found', async () => {
    const { email } = await newPerson()
    const { cookie } = await signIn(email)
    const others = [
      ['POST', 'sign-up/email'],
      ['GET', 'get-session'],
      ['GET', 'list-sessions'],
      ['POST', 'update-user'],
      ['POST', 'change-email'],
      ['POST', 'delete-user'],
      ['POST', 'two-factor/disable'],
      ['POST', 'two-factor/get-totp-uri'],
      ['POST', 'two-factor/send-otp'],
      ['POST', 'request-password-reset'],
      ['POST', 'reset-password'],
      ['GET', 'ok'],
      ['GET', 'error'],
    ] as const
    for (const [method, path] of others) {
      const response = await app.inject({
        method,
        url: `/api/auth/${path}`,
        headers: { cookie, 'x-daicho-request': '1' },
        ...(method === 'POST' ? { payload: {} } : {}),
      })
      expect([path, response.statusCode]).toEqual([path, 404])
    }
  })
})
