import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { approve, giveBack, reject, resubmit, withdraw } from '../approvals/commands.ts'
import { listChangeRequests, openChangeRequest } from '../approvals/contract.ts'
import { changeCompany } from './commands/company.ts'
import { grant, revoke } from './commands/grants.ts'
import { accept, invite, inviteToken, renew } from './commands/invites.ts'
import { end, resetFactor, revokeSignIns } from './commands/leaving.ts'
import { companySettings, listStaff, openInvite, showInviteLink, staffDetail, whatMay } from './contract.ts'
import type { Role } from './roles.ts'
import { setupCompany } from './setup.ts'

let world: World
let one: Actor
let two: Actor
let sales: Actor
let people = 0

beforeAll(async () => {
  world = await createWorld()
  await setupCompany(world.db, TEST_NOW, {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス', corporateNumber: '7000012050002' },
    staff: ['一', '二'].map(which => ({
      displayName: `管理 ${which}`,
      email: `administrator-${which === '一' ? 1 : 2}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  const { rows } = await world.ask(await world.person('監査', 'auditor'), listStaff, {
    role: 'administrator',
  })
  one = (await world.loadActor(rows[0]!.id))!
  two = (await world.loadActor(rows[1]!.id))!
  sales = await world.person('営業 花子', 'sales')
})
afterAll(() => world.close())
beforeEach(() => world.clock.set(TEST_NOW))

const change = { reasonCode: 'review' as const, reasonText: '12月の異動のため', evidence: [] }

async function invited(
  displayName = '新人',
  endsOn: string | null = null,
): Promise<{ staffId: Id; inviteId: Id; email: string }> {
  const email = `new${++people}@example.co.jp`
  return { ...(await world.done(one, invite, { displayName, email, endsOn })), email }
}

async function requestGrant(staffId: Id, role: Role, validTo: string | null = null, by = one): Promise<Id> {
  const answer = await world.run(by, grant, { staffId, role, validTo, change })
  if (answer.status !== 202) throw new Error('a grant must wait for a second administrator')
  return answer.body.changeRequestId
}

const rolesOf = async (staffId: Id) => (await world.loadActor(staffId))?.roles

describe('inviting a person', () => {
  it('registers them without any role; the link sets the password once', async () => {
    const { staffId, inviteId, email } = await invited('新人 一郎')
    expect(await rolesOf(staffId)).toEqual([])
    const { path } = await world.ask(one, showInviteLink, { inviteId })
    const [, token] = path.split('#')[1]!.split('.')
    expect(await world.ask(sales, openInvite, { inviteId, token: token! })).toMatchObject({
      name: '新人 一郎',
      email,
    })
    const nobody = { ...sales, permissions: new Set(['public']) }
    await world.done(nobody, accept, { inviteId, token: token!, password: 'correct horse battery' })
    const again = world.run(nobody, accept, { inviteId, token: token!, password: 'another long password' })
    expect(await world.refused(again)).toEqual(['invite_must_be_open'])
    expect(await world.verbsOf(staffId)).toEqual(['staff_invited', 'invite_accepted'])
  })

  it('refuses a wrong token, a late link and a weak password', async () => {
    const { inviteId } = await invited()
    const nobody = { ...sales, permissions: new Set(['public']) }
    const token = inviteToken(world.keys, inviteId)
    const attempt = (more: object) =>
      world.run(nobody, accept, { inviteId, token, password: 'correct horse battery', ...more })
    expect(await world.refused(attempt({ token: '0'.repeat(64) }))).toEqual(['invite_must_be_open'])
    expect(await world.refused(attempt({ password: 'short' }))).toEqual(['password_must_be_long_enough'])
    world.clock.set(new Date(TEST_NOW.getTime() + 3 * 86_400_000 + 1000))
    expect(await world.refused(attempt({}))).toEqual(['invite_must_be_open'])
  })

  it('refuses an address that is taken, a past end, and whoever is no administrator', async () => {
    const { email } = await invited()
    const twice = world.run(one, invite, { displayName: '別人', email })
    expect(await world.refused(twice)).toEqual(['email_must_be_unique'])
    const past = world.run(one, invite, {
      displayName: '別人',
      email: 'x@example.co.jp',
      endsOn: '2026-11-23',
    })
    expect(await world.refused(past)).toEqual(['end_must_not_be_past'])
    const other = world.run(sales, invite, { displayName: '別人', email: 'y@example.co.jp' })
    expect(await world.refused(other)).toEqual(['permission_must_be_held'])
  })

  it('ends earlier links when a new one is made', async () => {
    const { staffId, inviteId } = await invited()
    const { inviteId: newer } = await world.done(one, renew, { staffId })
    expect(newer).not.toBe(inviteId)
    expect(await world.refused(world.ask(one, showInviteLink, { inviteId }))).toEqual(['invite_must_be_open'])
  })
})

describe('a lost password', () => {
  it('gets a link which no administrator sees while no second factor stands behind the password', async () => {
    const { inviteId } = await world.done(one, renew, { staffId: two.id })
    const look = () => world.ask(one, showInviteLink, { inviteId })
    expect(await world.refused(look())).toEqual(['link_must_go_to_the_person'])
    await world.db
      .updateTable('auth.user')
      .set({ two_factor_enabled: true })
      .where('id', '=', two.id)
      .execute()
    expect((await look()).path).toMatch(/^\/invite#/)
    await world.db
      .updateTable('auth.user')
      .set({ two_factor_enabled: false })
      .where('id', '=', two.id)
      .execute()
    const own = world.run(one, renew, { staffId: one.id })
    expect(await world.refused(own)).toEqual(['own_record_must_be_changed_by_others'])
  })
})

describe('granting a role', () => {
  it('waits for a second administrator and then counts at once', async () => {
    const { staffId } = await invited()
    const request = await requestGrant(staffId, 'sales')
    expect(await rolesOf(staffId)).toEqual([])
    expect(await world.refused(world.run(one, approve, { changeRequestId: request }))).toEqual([
      'maker_must_not_approve',
    ])
    await world.done(two, approve, { changeRequestId: request })
    expect(await rolesOf(staffId)).toEqual(['sales'])
    const detail = await world.ask(one, staffDetail, { staffId })
    expect(detail.grants).toMatchObject([
      { role: 'sales', grantedBy: { id: one.id }, approvedBy: { id: two.id }, inForce: true },
    ])
    expect(await world.verbsOf(staffId)).toEqual([
      'staff_invited',
      'change_requested',
      'change_request_approved',
      'role_granted',
    ])
  })

  it('is refused for oneself, and the person who would get it may not approve', async () => {
    const own = world.run(one, grant, { staffId: one.id, role: 'sales', change })
    expect(await world.refused(own)).toEqual(['own_record_must_be_changed_by_others'])
    const { staffId } = await invited()
    const first = await requestGrant(staffId, 'administrator')
    await world.done(two, approve, { changeRequestId: first })
    const third = (await world.loadActor(staffId))!
    await world.done(one, revoke, {
      grantId: (await world.ask(one, staffDetail, { staffId })).grants[0]!.id,
      reason: '誤って付与',
    })
    const again = await requestGrant(staffId, 'administrator')
    expect(await world.refused(world.run(third, approve, { changeRequestId: again }))).toEqual([
      'approver_must_be_independent',
    ])
  })

  it('is asked for in a request that only those see who may see colleagues', async () => {
    const { staffId } = await invited()
    const changeRequestId = await requestGrant(staffId, 'sales')
    const listed = async (reader: Actor) =>
      (await world.ask(reader, listChangeRequests, { limit: 200 })).rows.some(
        row => row.id === changeRequestId,
      )
    for (const role of ['manager', 'auditor', 'administrator'] as const) {
      const reader = await world.person(role, role)
      expect([role, await listed(reader)]).toEqual([role, true])
      expect((await world.ask(reader, openChangeRequest, { changeRequestId })).id).toBe(changeRequestId)
    }
    expect(await listed(sales)).toBe(false)
    expect(await world.refused(world.ask(sales, openChangeRequest, { changeRequestId }))).toEqual([
      'record_must_exist',
    ])
    // Nor do those learn of it who may decide on other requests, whatever they ask of it.
    const approver = await world.person('決裁', 'approver')
    const which = { changeRequestId, comment: '内容を確認した' }
    const attempts = [
      () => world.run(approver, approve, which),
      () => world.run(approver, reject, which),
      () => world.run(approver, giveBack, which),
      () => world.run(sales, withdraw, { changeRequestId }),
      () => world.run(sales, resubmit, which),
    ]
    for (const attempt of attempts) expect(await world.refused(attempt())).toEqual(['record_must_exist'])
  })

  it('is refused beside a role it must be kept apart from, naming each', async () => {
    const { staffId } = await invited()
    for (const role of ['sales', 'operations'] as const)
      await world.done(two, approve, { changeRequestId: await requestGrant(staffId, role) })
    const both = world.run(one, grant, { staffId, role: 'approver', change })
    expect(await world.refused(both)).toEqual(['roles_must_be_compatible', 'roles_must_be_compatible'])
    const twice = world.run(one, grant, { staffId, role: 'sales', change })
    expect(await world.refused(twice)).toEqual(['role_must_not_be_held'])
  })

  it('becomes stale when another role came in between, so that two requests cannot sneak past the matrix', async () => {
    const { staffId } = await invited()
    const asSales = await requestGrant(staffId, 'sales')
    const asApprover = await requestGrant(staffId, 'approver')
    await world.done(two, approve, { changeRequestId: asSales })
    const late = await world.done(two, approve, { changeRequestId: asApprover })
    expect(late.state).toBe('stale')
    expect(await rolesOf(staffId)).toEqual(['sales'])
  })

  it('gives a contractor an end, after which nothing is allowed', async () => {
    const { staffId } = await invited('委託 太郎')
    const endless = world.run(one, grant, { staffId, role: 'contractor', change })
    expect(await world.refused(endless)).toEqual(['contractor_must_have_an_end'])
    const request = await requestGrant(staffId, 'contractor', '2026-12-31')
    await world.done(two, approve, { changeRequestId: request })
    expect(await world.loadActor(staffId)).toMatchObject({ roles: ['contractor'], reach: 'assigned' })
    world.clock.set(new Date('2027-01-01T00:00:00+09:00'))
    expect(await rolesOf(staffId)).toEqual([])
    await world.done(two, approve, {
      changeRequestId: await requestGrant(staffId, 'contractor', '2027-03-31'),
    })
    expect(await rolesOf(staffId)).toEqual(['contractor'])
  })

  it('is refused by the database without a second person behind it', async () => {
    const { staffId } = await invited()
    const direct = world.db
      .insertInto('role_grant')
      .values({
        id: staffId,
        staff_id: staffId,
        role: 'administrator',
        valid_from: '2026-11-24',
        granted_by: staffId,
        granted_at: TEST_NOW.toISOString(),
      })
      .execute()
    await expect(direct).rejects.toThrow('grant_must_not_be_ones_own')
  })
})

describe('taking away', () => {
  it('ends a role at once, with one person', async () => {
    const { staffId } = await invited()
    await world.done(two, approve, { changeRequestId: await requestGrant(staffId, 'sales') })
    const { grants } = await world.ask(one, staffDetail, { staffId })
    await world.done(two, revoke, { grantId: grants[0]!.id, reason: '異動のため' })
    expect(await rolesOf(staffId)).toEqual([])
    const twice = world.run(two, revoke, { grantId: grants[0]!.id, reason: '異動のため' })
    expect(await world.refused(twice)).toEqual(['grant_must_be_in_force'])
  })

  it('of everything happens when somebody leaves: roles, sign-ins, invitations', async () => {
    const { staffId, inviteId } = await invited()
    await world.done(two, approve, { changeRequestId: await requestGrant(staffId, 'sales') })
    const pending = await requestGrant(staffId, 'collector')
    await world.done(one, end, { staffId, reason: '退職のため' })
    expect(await world.loadActor(staffId)).toBeNull()
    expect(await world.refused(world.ask(one, showInviteLink, { inviteId }))).toEqual(['invite_must_be_open'])
    expect((await world.done(two, approve, { changeRequestId: pending })).state).toBe('stale')
    expect((await world.ask(one, staffDetail, { staffId })).state).toBe('ended')
    const again = world.run(one, end, { staffId, reason: '退職のため' })
    expect(await world.refused(again)).toEqual(['staff_must_still_belong'])
    const self = world.run(one, end, { staffId: one.id, reason: '退職のため' })
    expect(await world.refused(self)).toEqual(['own_record_must_be_changed_by_others'])
  })

  it('of a second factor takes two people, and somebody who has one', async () => {
    const { staffId } = await invited()
    const without = world.run(one, resetFactor, { staffId, change })
    expect(await world.refused(without)).toEqual(['second_factor_must_be_on'])
    await world.db
      .updateTable('auth.user')
      .set({ two_factor_enabled: true })
      .where('id', '=', staffId)
      .execute()
    const answer = await world.run(one, resetFactor, { staffId, change })
    expect(answer.status).toBe(202)
    if (answer.status !== 202) return
    expect((await world.ask(one, staffDetail, { staffId })).secondFactor).toBe('on')
    await world.done(two, approve, { changeRequestId: answer.body.changeRequestId })
    expect((await world.ask(one, staffDetail, { staffId })).secondFactor).toBe('off')
    expect(await world.verbsOf(staffId)).toContain('second_factor_reset')
  })

  it('of a second factor ends links given out before, with which another could now come in without a code', async () => {
    const { staffId, inviteId } = await invited()
    const nobody = { ...sales, permissions: new Set(['public']) }
    const password = 'correct horse battery'
    const accepting = (id: Id, more: object = {}) =>
      world.run(nobody, accept, {
        inviteId: id,
        token: inviteToken(world.keys, id),
        password,
        ...more,
      })
    await accepting(inviteId)
    await world.db
      .updateTable('auth.user')
      .set({ two_factor_enabled: true })
      .where('id', '=', staffId)
      .execute()
    // While the second factor stands behind the password, an administrator may see the link for a new one.
    const { inviteId: kept } = await world.done(one, renew, { staffId })
    await world.ask(one, showInviteLink, { inviteId: kept })
    const answer = await world.run(one, resetFactor, { staffId, change })
    if (answer.status !== 202) throw new Error('a reset must wait for a second administrator')
    await world.done(two, approve, { changeRequestId: answer.body.changeRequestId })
    expect(await world.refused(accepting(kept, { password: 'somebody else knows' }))).toEqual([
      'invite_must_be_open',
    ])
  })

  it('of sign-ins leaves an event with the reason', async () => {
    const { staffId } = await invited()
    expect(await world.done(one, revokeSignIns, { staffId, reason: '端末を紛失したため' })).toEqual({
      ended: 0,
    })
    expect(await world.verbsOf(staffId)).toEqual(['staff_invited', 'sign_ins_revoked'])
  })
})

describe('what a role or a person may do', () => {
  it('is said in words, with the role that gives it or would give it', async () => {
    const rights = await world.ask(one, whatMay, { staffId: sales.id })
    const parties = rights.groups.find(group => group.slice === 'parties')!.permissions
    expect(parties.find(permission => permission.code === 'parties.register')).toMatchObject({
      allowed: true,
      givenBy: ['sales'],
    })
    expect(parties.find(permission => permission.code === 'parties.approveChange')).toMatchObject({
      allowed: false,
    })
    expect(rights.incompatible.map(entry => entry.with)).toContain('approver')
  })

  it('is asked for one role or one person', async () => {
    expect(await world.refused(world.ask(one, whatMay, {}))).toEqual(['input_must_have_the_right_shape'])
  })

  it('leaves auditors without any right to write in this slice, and administrators without business', async () => {
    const codes = (role: Role) =>
      world.permissions
        .filter(permission => permission.roles.includes(role))
        .map(permission => permission.code)
    expect(codes('auditor').filter(code => code.startsWith('access.'))).toEqual([
      'access.readStaff',
      'access.readCompany',
      'access.readSignInLog',
    ])
    expect(codes('administrator').filter(code => code.startsWith('parties.'))).toEqual([
      'parties.readAssignments',
      'parties.assignContractor',
    ])
  })
})

describe('the settings of the company', () => {
  it('get a new version with each change, and keep the old ones', async () => {
    const { version, settings } = await world.ask(one, companySettings, {})
    const next = { ...settings, originatorCode: '0000012345' }
    expect(await world.done(one, changeCompany, { version, settings: next, change })).toEqual({
      version: version + 1,
    })
    const stale = world.run(two, changeCompany, { version, settings: { ...next, legalName: '別名' }, change })
    expect(await world.refused(stale)).toEqual(['record_must_be_unchanged'])
    const same = world.run(two, changeCompany, { version: version + 1, settings: next, change })
    expect(await world.refused(same)).toEqual(['settings_must_differ'])
    const now = await world.ask(one, companySettings, {})
    expect(now.settings).toEqual(next)
    expect(now.versions.map(entry => entry.version)).toEqual([version + 1, version])
  })

  it('wait for a second administrator when a control is loosened, not when it is tightened', async () => {
    const { version, settings } = await world.ask(one, companySettings, {})
    const looser = await world.run(one, changeCompany, {
      version,
      settings: { ...settings, exportRowLimit: 5000 },
      change,
    })
    expect(looser.status).toBe(202)
    if (looser.status !== 202) return
    await world.done(two, approve, { changeRequestId: looser.body.changeRequestId })
    const after = await world.ask(one, companySettings, {})
    expect(after.settings.exportRowLimit).toBe(5000)
    const tighter = await world.run(one, changeCompany, {
      version: after.version,
      settings: { ...after.settings, exportRowLimit: 100 },
      change,
    })
    expect(tighter.status).toBe(200)
  })

  it('let contact hours be narrowed at once, widened by two, and never beyond 8:00 to 21:00 (FF §7)', async () => {
    const now = () => world.ask(one, companySettings, {})
    const to = async (part: object) => {
      const { version, settings } = await now()
      return world.run(one, changeCompany, { version, settings: { ...settings, ...part }, change })
    }
    expect(
      (await to({ contactFrom: '09:00', contactTo: '19:00', contactDays: 'business_days' })).status,
    ).toBe(200)
    for (const wider of [{ contactFrom: '08:30' }, { contactTo: '20:00' }, { contactDays: 'every_day' }])
      expect((await to(wider)).status).toBe(202)
    for (const beyond of [{ contactFrom: '07:59' }, { contactTo: '21:01' }, { contactFrom: '19:00' }])
      expect(await world.refused(to(beyond))).toEqual(['contact_hours_must_be_within_the_law'])
    expect(await world.refused(to({ opensAt: '18:00' }))).toEqual(['company_must_open_before_it_closes'])
    expect((await to({ opensAt: '10:00', closedDays: ['2026-12-29'] })).status).toBe(200)
    expect((await now()).settings).toMatchObject({ opensAt: '10:00', closedDays: ['2026-12-29'] })
  })

  it('refuse a wrong check digit, a T number that is not theirs and a lender registration without an end, all at once', async () => {
    const { version, settings } = await world.ask(one, companySettings, {})
    const wrong = {
      ...settings,
      corporateNumber: '1000012050002',
      invoiceRegNo: 'T7000012050002',
      moneyLenderRegNo: '東京都知事(1)第00001号',
    }
    expect(await world.refused(world.run(one, changeCompany, { version, settings: wrong, change }))).toEqual([
      'corporate_number_must_be_valid',
      'invoice_number_must_match',
      'money_lender_must_have_an_end',
    ])
  })
})
