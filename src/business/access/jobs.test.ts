import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import { HandClock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { invite } from './commands/invites.ts'
import { staffDetail } from './contract.ts'
import { clearAway, sendInvites } from './jobs.ts'
import { type InviteMail, subjectOf, textOf } from './mail.ts'
import { setupCompany } from './setup.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
  world.config.smtpUrl = 'smtp://127.0.0.1:1'
  world.config.publicUrl = 'https://daicho.example.co.jp'
  const administrators = ['一', '二'].map((which, at) => ({
    displayName: `管理 ${which}`,
    email: `administrator${at}@example.co.jp`,
    roles: [{ role: 'administrator' as const }],
  }))
  await setupCompany(world.db, TEST_NOW, {
    mode: 'demo',
    company: { legalName: '株式会社みなと' },
    staff: administrators,
  })
})
afterAll(() => world.close())

async function inviteSomebody(email: string) {
  const administrator = await world.person('管理 三', 'administrator')
  const { staffId } = await world.done(administrator, invite, { displayName: '新人 一郎', email })
  const invited = async () => (await world.ask(administrator, staffDetail, { staffId })).invite
  const mailState = async () => (await invited())?.mailState
  return { staffId, mailState, invited }
}

describe('invitations by mail', () => {
  it('go out once, with a link to the own address, and leave an event', async () => {
    const { staffId, mailState } = await inviteSomebody('shinjin@example.co.jp')
    const sent: InviteMail[] = []
    const send = async (mail: InviteMail) => void sent.push(mail)
    expect(await sendInvites(world, send)).toBe(1)
    expect(await sendInvites(world, send)).toBe(0)
    expect(sent).toMatchObject([
      { to: 'shinjin@example.co.jp', companyName: '株式会社みなと', purpose: 'first_password' },
    ])
    expect(sent[0]!.link).toMatch(/^https:\/\/daicho\.example\.co\.jp\/invite#[0-9a-f-]{36}\.[0-9a-f]{64}$/)
    expect(subjectOf(sent[0]!)).toBe('【台帳】株式会社みなと からの招待')
    expect(textOf(sent[0]!)).toContain('2026年11月27日 10:00')
    expect(await mailState()).toBe('sent')
    expect(await world.verbsOf(staffId)).toEqual(['staff_invited', 'invite_mailed'])
  })

  it('are tried five times and then shown as failed', async () => {
    const { staffId, mailState, invited } = await inviteSomebody('unreachable@example.co.jp')
    const fault = Object.assign(new Error('535 somebody@example.co.jp refused'), {
      code: 'EAUTH',
      responseCode: 535,
    })
    const refuse = () => Promise.reject(fault)
    for (let round = 0; round < 5; round++) {
      expect(await mailState()).toBe('waiting')
      await sendInvites(world, refuse)
      expect(await world.verbsOf(staffId)).toHaveLength(round + 2)
      const next = new Date(TEST_NOW.getTime() + (round + 1) ** 2 * 60_000).toISOString()
      const nextMailAt = round < 4 ? next : null
      expect(await invited()).toMatchObject({ mailTries: round + 1, mailFault: 'EAUTH 535', nextMailAt })
      world.clock.set(new Date(TEST_NOW.getTime() + (round + 1) ** 2 * 60_000))
    }
    expect(await mailState()).toBe('failed')
    expect(await world.verbsOf(staffId)).toEqual(['staff_invited', ...Array(5).fill('invite_mail_failed')])
  })
})

describe('a mail server that takes a mail and is silent', () => {
  it('holds no transaction and no other process up; a stop does not wait, and the mail is tried again', async () => {
    const { mailState, staffId } = await inviteSomebody('silent@example.co.jp')
    const start = world.clock.now().getTime()
    const stopping = new AbortController()
    let asked = (): void => {}
    const talking = new Promise<void>(resolve => (asked = resolve))
    const silent = () => {
      asked()
      return new Promise<void>(() => {})
    }
    const first = sendInvites(world, silent, stopping.signal)
    await talking
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`.execute(world.db)
    expect(rows[0]!.n).toBe(0)
    expect(await sendInvites(world, async () => {})).toBe(0)
    stopping.abort()
    expect(await first).toBe(0)
    expect(await mailState()).toBe('waiting')
    world.clock.set(new Date(start + 3 * 60_000))
    expect(await sendInvites(world, async () => {})).toBe(1)
    expect(await world.verbsOf(staffId)).toEqual(['staff_invited', 'invite_mailed'])
  })
})

describe('clearing away', () => {
  it('drops brakes nobody remembers and keeps fresh ones', async () => {
    const row = (key: string, at: string) => ({ key, failures: 3, counted_at: at, blocked_until: null })
    await world.db
      .insertInto('sign_in_brake')
      .values([row('old', '2026-11-21T10:00:00Z'), row('fresh', '2026-11-24T00:30:00Z')])
      .execute()
    await clearAway(world)
    const left = await world.db.selectFrom('sign_in_brake').select('key').execute()
    expect(left).toEqual([{ key: 'fresh' }])
  })

  it('ends what ran out by the machine, and nobody else when the demo plays another day', async () => {
    const { rows } = await sql<{ id: string }>`select id from auth."user" limit 1`.execute(world.db)
    const row = (id: string, expires: string) =>
      sql`insert into auth.session (id, user_id, token, expires_at, created_at, updated_at, started_at, last_active_at)
        values (${id}, ${rows[0]!.id}, ${id}, now() + ${expires}::interval, now(), now(), now(), now())`.execute(
        world.db,
      )
    const [over, open] = [newId(), newId()]
    await row(over, '-1 minute')
    await row(open, '12 hours')
    await clearAway({ db: world.db, clock: new HandClock(new Date('2999-01-01T00:00:00Z')) })
    const left = await world.db.selectFrom('auth.session').select('id').execute()
    expect(left).toEqual([{ id: open }])
  })
})
