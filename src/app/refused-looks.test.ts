import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../business/access/index.ts'
import { createStaff } from '../business/access/staff.ts'
import { register } from '../business/parties/commands/register-party.ts'
import { createWorld, TEST_NOW, type World } from './testing/world.ts'

/** Who is refused before anything is read, and what trying doors leaves behind. */
let world: World
let app: FastifyInstance

const PASSWORD = 'correct horse 12'

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
})
afterAll(() => world.close())

async function signedIn(role: Role): Promise<{ id: string; cookie: string }> {
  const email = `${role}@example.co.jp`
  const given = [{ role, validTo: role === 'contractor' ? '2027-12-31' : null }]
  const id = await world.db
    .transaction()
    .execute(tx =>
      createStaff(tx, TEST_NOW, { displayName: role, email, roles: given, password: PASSWORD }, 'setup'),
    )
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { 'x-daicho-request': '1' },
    payload: { email, password: PASSWORD },
  })
  return { id, cookie: String([answer.headers['set-cookie']].flat()[0]).split(';')[0]! }
}

/** A body no parser would take: whoever answers anything about it has read it. */
function send(url: string, cookie: string, more: Record<string, string> = { 'x-daicho-request': '1' }) {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}), ...more },
    payload: '{"half',
  })
}

async function refusedEvents(actorId: string) {
  const rows = await world.db
    .selectFrom('audit_event')
    .select('canonical_text')
    .where('verb', '=', 'attempt_refused')
    .where('actor_id', '=', actorId)
    .orderBy('id')
    .execute()
  return rows.map(row => JSON.parse(row.canonical_text))
}

describe('a body', () => {
  const LARGE = ['/api/uploads', '/api/imports/open', '/api/imports/look', '/api/document-inbox/archives']

  it('is not read of whoever has not signed in, comes from another site, or may not send it', async () => {
    const auditor = await signedIn('auditor')
    for (const url of LARGE) {
      const bare = await send(url, '')
      expect([url, bare.statusCode, bare.json().reasons[0].code]).toEqual([url, 401, 'sign_in_must_be_done'])
      const foreign = await send(url, auditor.cookie, { 'sec-fetch-site': 'cross-site' })
      expect([url, foreign.json().reasons[0].code]).toEqual([url, 'request_must_come_from_this_site'])
      const barred = await send(url, auditor.cookie)
      expect([url, barred.statusCode, barred.json().reasons[0].code]).toEqual([
        url,
        403,
        'permission_must_be_held',
      ])
    }
    expect(await refusedEvents(auditor.id)).toHaveLength(LARGE.length)
  })

  it('is read of whoever may send it', async () => {
    const operations = await signedIn('operations')
    for (const url of LARGE) expect((await send(url, operations.cookie)).statusCode).toBe(400)
  })

  it('has five minutes to arrive', () => {
    expect(app.server.requestTimeout).toBe(300_000)
  })
})

describe('a contractor who tries numbers', () => {
  it('leaves a trace at each record that is not theirs to see', async () => {
    const contractor = await signedIn('contractor')
    const sales = await world.person('営業', 'sales')
    const { id } = await world.done(sales, register, {
      partyKind: 'corporation',
      legalName: '株式会社よその会社',
      roles: ['client'],
    })
    const ask = (url: string) => app.inject({ url, headers: { cookie: contractor.cookie } })
    for (const path of ['', '/people', '/holdings', '/branches'])
      expect([path, (await ask(`/api/parties/${id}${path}`)).statusCode]).toEqual([path, 404])
    const events = await refusedEvents(contractor.id)
    expect(events.map(event => event.facts.query)).toEqual([
      'parties.openParty',
      'people.peopleOfParty',
      'ownership.holdingsOfParty',
      'parties.branchesAndCodes',
    ])
    expect(events.every(event => event.subjects[0].id === id && event.ip !== null)).toBe(true)
    expect((await world.verbsOf(id)).filter(verb => verb === 'attempt_refused')).toHaveLength(4)
  })
})
