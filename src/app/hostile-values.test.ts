import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRole, type Role, roles } from '../business/access/index.ts'
import { createStaff } from '../business/access/staff.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from '../business/receivables/testing/deal.ts'
import { type Contract, pathFields } from '../platform/http/contract.ts'
import { slices } from './slices.ts'
import { type Known, leavesOf, type Schema, sampleFor, schemaFor, withValue } from './testing/sample-input.ts'
import { createWorld, TEST_NOW, type World } from './testing/world.ts'

/** Every field of every route is given what its type allows and nobody means; the answer is a word for people, never an error of ours. */
let world: World
let app: FastifyInstance
let known: Known
const cookies = new Map<Role, string>()

const PASSWORD = 'correct horse 12'

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
  const desk: Desk = await openDesk(world)
  const pair = await readyPair(world, desk, 'テキイ')
  const receivableId = await approvedClaim(world, desk, { ...pair, invoiceNo: 'T-1', faceYen: 1_000_000 })
  const subjects = { partyId: pair.clientId, recordId: pair.clientId, subjectId: pair.clientId }
  known = { ...pair, ...subjects, receivableId, receivableIds: [receivableId], rowVersion: 1, version: 1 }
  for (const role of roles) {
    const email = `${role}@example.co.jp`
    const given = [{ role, validTo: role === 'contractor' ? '2027-12-31' : null }]
    await world.db
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
    cookies.set(role, String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!)
  }
}, 120_000)
afterAll(() => world.close())

function hostileFor({ type, format }: Schema): unknown[] {
  if (type === 'integer' || type === 'number')
    return [-1, 0, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e308, 0.5, -9_000_000_000_000_000]
  if (format === 'date') return ['0001-01-01', '1100-01-01', '2999-12-31', '9999-12-31']
  if (format === 'uuid') return ['01890a5d-ac96-774b-bcce-b302099a8058']
  if (type === 'string')
    return ['', '\'"\\%_;--', '\u202e\u200b', '9'.repeat(40), '-1', '1e400', 'あ'.repeat(200_000)]
  if (type === 'boolean') return ['true', 2]
  return [null, [], 'x']
}

async function send(contract: Contract, input: Record<string, unknown>, cookie: string) {
  const inPath = pathFields(contract.path)
  const path = contract.path.replace(/:([A-Za-z]+)/g, (_all, name: string) =>
    encodeURIComponent(String(input[name])).slice(0, 3_000),
  )
  const rest = Object.entries(input).filter(([name]) => !inPath.includes(name))
  const question = new URLSearchParams(
    rest.flatMap(([name, value]) => [value].flat().map(one => [name, String(one).slice(0, 3_000)])),
  )
  return app.inject({
    method: contract.method,
    url: contract.method === 'GET' && rest.length > 0 ? `${path}?${question}` : path,
    headers: { 'x-daicho-request': '1', 'x-dry-run': 'true', cookie },
    ...(contract.method === 'POST' ? { payload: Object.fromEntries(rest) } : {}),
  })
}

test('no value in any field of any route makes an error of ours, or tells of our insides', async () => {
  const failures = new Map<string, string>()
  let asked = 0
  const contracts = slices.flatMap(slice => slice.routes(world)).map(route => route.contract)
  for (const contract of contracts) {
    const roleWith = world.permissions.find(one => one.code === contract.permission)?.roles.find(isRole)
    const cookie = cookies.get(roleWith ?? 'operations')!
    const base = sampleFor(contract, known)
    for (const { path, schema } of leavesOf(schemaFor(contract)))
      for (const value of hostileFor(schema)) {
        asked++
        const answer = await send(contract, withValue(base, path, value) as never, cookie)
        const told = /node_modules|\bselect\b.*\bfrom\b|SQLSTATE|at async/i.test(answer.body)
        if (answer.statusCode >= 500 || told)
          failures.set(
            `${contract.name} ${path.join('.')}`,
            `${String(value).slice(0, 20)}: ${answer.statusCode} ${answer.body.slice(0, 120)}`,
          )
      }
  }
  expect(Object.fromEntries(failures)).toEqual({})
  expect(asked).toBeGreaterThan(3_000)
}, 600_000)
