import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slices } from '../../app/slices.ts'
import { sampleFor } from '../../app/testing/sample-input.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import { type Contract, pathFields } from '../../platform/http/contract.ts'
import { authContracts } from './auth-endpoints.ts'
import { type Role, roles } from './roles.ts'
import { createStaff } from './staff.ts'

let world: World
let app: FastifyInstance
let contracts: Contract[]
const cookies = new Map<Role, string>()

const PASSWORD = 'correct horse 12'

beforeAll(async () => {
  world = await createWorld()
  app = await world.server()
  contracts = slices.flatMap(slice => slice.routes(world)).map(route => route.contract)
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
})
afterAll(() => world.close())

async function ask(
  contract: Contract,
  cookie: string | undefined,
): Promise<{ status: number; code: string | undefined }> {
  const input = sampleFor(contract)
  const inPath = pathFields(contract.path)
  const path = contract.path.replace(/:([A-Za-z]+)/g, (_all, name: string) =>
    encodeURIComponent(String(input[name])),
  )
  const rest = Object.entries(input).filter(([name]) => !inPath.includes(name))
  const url =
    contract.method === 'GET' && rest.length
      ? `${path}?${new URLSearchParams(rest.map(([name, value]) => [name, String(value)]))}`
      : path
  const response = await app.inject({
    method: contract.method,
    url,
    headers: { 'x-daicho-request': '1', 'x-dry-run': 'true', ...(cookie ? { cookie } : {}) },
    ...(contract.method === 'POST' ? { payload: Object.fromEntries(rest) } : {}),
  })
  const body = response.headers['content-type']?.includes('json') ? response.json() : null
  return { status: response.statusCode, code: body?.reasons?.[0]?.code }
}

/** Every pair of route and role whose answer is not the expected one. */
async function surprises(chosen: readonly Contract[]): Promise<string[]> {
  const found: string[] = []
  for (const contract of chosen) {
    const giving = world.permissions.find(permission => permission.code === contract.permission)?.roles
    for (const role of roles) {
      const { status, code } = await ask(contract, cookies.get(role))
      const refused = status === 403 && code === 'permission_must_be_held'
      const mayAsk = giving ? giving.includes(role) : ['signed-in', 'public'].includes(contract.permission)
      const fits = mayAsk ? !refused && status !== 401 && status < 500 : refused
      if (!fits) found.push(`${contract.name} as ${role}: ${status} ${code ?? ''}`)
    }
  }
  return found
}

describe('every route of every slice', () => {
  it('asks for a permission somebody holds, or says that it is open', () => {
    const known = new Set(['signed-in', 'public', ...world.permissions.map(permission => permission.code)])
    expect(
      contracts.filter(contract => !known.has(contract.permission)).map(contract => contract.name),
    ).toEqual([])
  })

  it('is closed to whoever has not signed in, except the few public ones', async () => {
    const open: string[] = []
    for (const contract of [...contracts, ...authContracts]) {
      const { status, code } = await ask(contract, undefined)
      if (status !== 401 || code !== 'sign_in_must_be_done') open.push(contract.name)
    }
    expect(open.sort()).toEqual([
      'access.acceptInvite',
      'access.me',
      'access.openInvite',
      'access.signIn',
      'access.signInInfo',
      'access.signOut',
      'access.verifyCode',
      'access.verifyRecoveryCode',
    ])
  })

  it('answers each role as its permission says', async () => {
    expect(await surprises(contracts)).toEqual([])
  }, 120_000)

  it('gives auditors nothing to write', () => {
    const writes = contracts.filter(
      contract => contract.kind === 'command' && contract.permission !== 'signed-in',
    )
    const byAuditor = writes.filter(contract =>
      world.permissions
        .find(permission => permission.code === contract.permission)
        ?.roles.includes('auditor'),
    )
    // Taking the trail out, of many rows with a second person; taking back or renewing one's own request.
    expect(byAuditor.map(contract => contract.name).sort()).toEqual([
      'approvals.resubmitChangeRequest',
      'approvals.withdrawChangeRequest',
      'lists.discardExport',
      'lists.requestExport',
    ])
  })
})
