import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStaff } from '../business/access/staff.ts'
import { slices } from './slices.ts'
import { createWorld, TEST_NOW, type World } from './testing/world.ts'

/** What the server answers to requests no page of ours would send. */
let world: World
let app: FastifyInstance
let cookie: string

const PASSWORD = 'correct horse 12'
const RECORD = '01890a5d-ac96-774b-bcce-b302099a8057'

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
  const email = 'somebody@example.co.jp'
  const given = (['reviewer', 'operations'] as const).map(role => ({ role, validTo: null }))
  await world.db
    .transaction()
    .execute(tx =>
      createStaff(tx, TEST_NOW, { displayName: 'x', email, roles: given, password: PASSWORD }, 'setup'),
    )
  const answer = await post('/api/auth/sign-in/email', { email, password: PASSWORD })
  cookie = String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!
})
afterAll(() => world.close())

function post(url: string, payload: string | object, headers: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url,
    headers: {
      'x-daicho-request': '1',
      'content-type': 'application/json',
      cookie: cookie ?? '',
      ...headers,
    },
    payload: payload as string,
  })
}

function expectProblem(answer: Awaited<ReturnType<typeof post>>, status: number, what: string): void {
  expect(answer.statusCode, `${what}: ${answer.body}`).toBe(status)
  expect(answer.headers['content-type'], what).toContain('application/problem+json')
  expect(answer.json().detail, what).toMatch(/[ぁ-ん]/)
  expect(answer.body, what).not.toContain('node_modules')
}

describe('a hostile request', () => {
  it('with a forged page mark is refused by every list, and never an error of ours', async () => {
    const marks = ['["x"]', '[{}]', '[null]', '["2026-01-01",{}]', '["x","y"]', '[1e99,1]', 'no json']
    const lists = slices
      .flatMap(slice => slice.routes(world))
      .map(route => route.contract)
      .filter(contract => contract.method === 'GET' && 'after' in contract.input.shape)
    expect(lists.length).toBeGreaterThan(5)
    for (const { path, name } of lists) {
      for (const mark of marks) {
        const after = Buffer.from(mark).toString('base64url')
        const url = `${path.replace(/:[A-Za-z]+/g, RECORD)}?after=${after}&from=2026-01-01&to=2026-12-31`
        const answer = await app.inject({ url, headers: { cookie } })
        expect([200, 400, 403, 404], `${name} ${mark}: ${answer.body}`).toContain(answer.statusCode)
      }
    }
  })

  it('with NUL or half a character is refused at its field', async () => {
    for (const text of ['株式会社\\u0000甲', '株式会社\\ud83c甲']) {
      const answer = await post('/api/parties/similar', `{"legalName":"${text}"}`)
      expectProblem(answer, 400, text)
      expect(answer.json().reasons[0].field).toBe('legalName')
    }
    const sought = await app.inject({ url: '/api/parties/search?text=%00abc', headers: { cookie } })
    expectProblem(sought, 400, 'query')
  })

  it('that cannot be read is a problem in Japanese', async () => {
    const url = `/api/desk/draft/x`
    expectProblem(await post(url, '{"content":'), 400, 'broken JSON')
    expectProblem(await post(url, 'content', { 'content-type': 'text/xml' }), 415, 'XML')
    expectProblem(await post(url, JSON.stringify({ content: 'x'.repeat(2_200_000) })), 413, 'too large')
    expectProblem(await post(url, `{"content":${'['.repeat(9_000)}${']'.repeat(9_000)}}`), 400, 'too deep')
    expectProblem(await post(url, '{"__proto__":{"admin":true},"content":1}'), 400, 'prototype')
    expectProblem(await app.inject({ url: '/api/%zz', headers: { cookie } }), 400, 'bad address')
  })

  it('whose idempotency key cannot be kept is refused instead of being run without one', async () => {
    for (const key of [' ', 'k'.repeat(201)]) {
      const answer = await post(`/api/change-requests/${RECORD}/withdraw`, {}, { 'idempotency-key': key })
      expectProblem(answer, 400, key)
      expect(answer.json().reasons[0].field).toBe('Idempotency-Key')
    }
  })

  it('from another site is refused, with or without our header', async () => {
    for (const site of ['cross-site', 'same-site'])
      expectProblem(await post('/api/desk/draft/x', { content: 1 }, { 'sec-fetch-site': site }), 403, site)
    const bare = await app.inject({
      method: 'POST',
      url: '/api/desk/draft/x',
      headers: { cookie },
      payload: { content: 1 },
    })
    expectProblem(bare, 403, 'no header')
  })

  it('whose browser names only a foreign origin is refused', async () => {
    const from = (origin: string) =>
      post('/api/desk/draft/x', { content: 1 }, { origin, host: 'daicho.example' })
    for (const origin of ['https://evil.example', 'https://daicho.example.evil.example', 'null'])
      expectProblem(await from(origin), 403, origin)
    expect((await from('https://daicho.example')).statusCode).toBe(200)
  })

  it('gets answers nobody keeps, frames or runs', async () => {
    const answer = await app.inject({ url: '/api/parties', headers: { cookie } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
})

describe('the API reference', () => {
  it('may load and ask nothing but this server', async () => {
    const page = await app.inject({ url: '/api/docs/' })
    expect(page.statusCode).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("connect-src 'self'")
    expect(policy).not.toContain('http')
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })
})
