import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import { type CliParts, refuseUnknownUsersVerb, setup, users } from './cli.ts'
import { installationMode } from './setup.ts'

let world: World
let folder: string
let lines: string[] = []

beforeAll(async () => {
  world = await createWorld()
  folder = mkdtempSync(join(tmpdir(), 'daicho-cli-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

function parts(ask: CliParts['ask'] = null): CliParts {
  lines = []
  return {
    db: world.db,
    keys: world.keys,
    now: TEST_NOW,
    operator: 'root',
    say: line => void lines.push(line),
    ask,
  }
}

function file(content: unknown): string {
  const path = join(folder, 'setup.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const administrators = [
  { displayName: '管理 一', email: 'admin1@example.co.jp' },
  { displayName: '管理 二', email: 'admin2@example.co.jp' },
]

async function signIn(email: string, password: string) {
  const app = await world.server()
  return app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { 'x-daicho-request': '1' },
    payload: { email, password },
  })
}

/** The one-time password printed for an address. */
const printed = (email: string) =>
  lines
    .find(line => line.includes(email))!
    .trim()
    .split(/\s+/)[1]!

describe('daicho setup', () => {
  it('names what is wrong in the file and leaves nothing behind', async () => {
    const run = (content: unknown) => setup(parts(), ['--file', file(content)])
    await expect(run('{not json')).rejects.toThrow('setup.json is not JSON')
    await expect(run({ company: { legalName: '' }, administrators })).rejects.toThrow('company.legalName')
    await expect(run({ company: { legalName: '甲' }, administrators: [administrators[0]] })).rejects.toThrow(
      'administrators',
    )
    const wrongNumber = { legalName: '甲', corporateNumber: '1000012050002' }
    await expect(run({ company: wrongNumber, administrators })).rejects.toThrow('法人番号の検査用数字')
    expect(await installationMode(world.ownerUrl)).toBeNull()
    expect(await world.db.selectFrom('staff_member').select('id').execute()).toEqual([])
  })

  it('asks at a terminal, makes two administrators and prints passwords that let them in', async () => {
    const answers = [
      '株式会社みなと',
      '7000012050002',
      '',
      '',
      '管理 一',
      'admin1@example.co.jp',
      '管理 二',
      'admin2@example.co.jp',
    ]
    await setup(
      parts(async () => answers.shift() ?? ''),
      [],
    )
    expect(await installationMode(world.ownerUrl)).toBe('company')
    expect((await signIn('admin1@example.co.jp', printed('admin1@'))).json()).toEqual({ next: 'work' })
    expect((await signIn('admin2@example.co.jp', printed('admin2@'))).json()).toEqual({ next: 'work' })
  })

  it('refuses a database that belongs to a company already', async () => {
    const again = setup(parts(), ['--file', file({ company: { legalName: '乙' }, administrators })])
    await expect(again).rejects.toThrow('belongs to a company already')
  })
})

describe('daicho users', () => {
  it('says what it can do before it opens a database', () => {
    for (const args of [[], ['rm', 'x']])
      expect(() => refuseUnknownUsersVerb(args)).toThrow('users recover-administrator EMAIL')
    expect(() => refuseUnknownUsersVerb(['list'])).not.toThrow()
  })

  it('lists everybody with roles', async () => {
    await users(parts(), ['list'])
    expect(lines).toEqual([
      'admin1@example.co.jp\t管理 一\tadministrator\tactive\tsecond factor off',
      'admin2@example.co.jp\t管理 二\tadministrator\tactive\tsecond factor off',
    ])
  })

  it('gives a one-time password, once a reason is given, and records who did it', async () => {
    const without = users(parts(), ['reset-password', 'admin1@example.co.jp'])
    await expect(without).rejects.toThrow('--reason')
    await users(parts(), ['reset-password', 'admin1@example.co.jp', '--reason', '本人から電話で依頼'])
    expect((await signIn('admin1@example.co.jp', printed('admin1@'))).statusCode).toBe(200)
    const event = await world.db
      .selectFrom('audit_event')
      .select('canonical_text')
      .where('verb', '=', 'password_reset')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(event.canonical_text)).toMatchObject({
      actors: { operator: 'root', kind: 'system' },
      reason: '本人から電話で依頼',
    })
  })

  it('recovers an administrator, also a new one, but never beside a business role', async () => {
    await users(parts(), [
      'recover-administrator',
      'admin3@example.co.jp',
      '--name',
      '管理 三',
      '--reason',
      '管理者が全員退職',
    ])
    expect((await signIn('admin3@example.co.jp', printed('admin3@'))).statusCode).toBe(200)
    await users(parts(), ['list'])
    expect(lines.find(line => line.startsWith('admin3@'))).toContain('administrator')
    const sales = await world.person('営業 花子', 'sales')
    const business = users(parts(), [
      'recover-administrator',
      `${sales.id}@test.example`,
      '--reason',
      '管理者が全員退職',
    ])
    await expect(business).rejects.toThrow('may not be combined')
    const nobody = users(parts(), [
      'recover-administrator',
      'who@example.co.jp',
      '--reason',
      '管理者が全員退職',
    ])
    await expect(nobody).rejects.toThrow('--name')
  })

  it('unlocks an account that failed too often', async () => {
    await users(parts(), ['reset-password', 'admin2@example.co.jp', '--reason', '本人から電話で依頼'])
    const password = printed('admin2@')
    for (let tries = 0; tries < 5; tries++) await signIn('admin2@example.co.jp', 'wrong password 1')
    expect((await signIn('admin2@example.co.jp', password)).statusCode).toBe(409)
    await users(parts(), ['unlock', 'admin2@example.co.jp'])
    expect((await signIn('admin2@example.co.jp', password)).statusCode).toBe(200)
  })
})
