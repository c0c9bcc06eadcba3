import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { register as registerParty } from '../parties/commands/register-party.ts'
import { changeOfPerson as changePerson } from '../people/change-person.ts'
import { add as addPerson } from '../people/commands.ts'
import { callBack } from './callback.ts'
import { answerTest, block, register, sendTest, verify } from './commands.ts'
import { accountsOfParty, ownAccounts, unmaskAccount, virtualAccounts } from './contract.ts'
import { payoutAccount } from './queries.ts'
import { hindrancesToPay, matchHolder, reusableFrom, storedAccount } from './rules.ts'
import { release } from './virtual.ts'

let world: World
let operations: Actor
let manager: Actor
let clerk: Actor
beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  manager = await world.person('部長', 'manager')
  clerk = await world.person('経理', 'accounting')
})
afterAll(() => world.close())

const change = {
  reasonCode: 'customer_request' as const,
  reasonText: '通帳の写しで確認',
  evidence: [EVIDENCE],
}
const account = { bankCode: '0001', branchCode: '001', accountType: '1' as const, holderName: '株式会社口座' }

async function client(kana: string) {
  const { id } = await world.done(operations, registerParty, {
    partyKind: 'corporation',
    legalName: `株式会社${kana}`,
    legalNameKana: kana,
  })
  return id
}

async function approved(answer: Awaited<ReturnType<typeof world.run>>) {
  if (answer.status !== 202) throw new Error('expected to wait for a second person')
  return world.done(manager, approve, { changeRequestId: answer.body.changeRequestId })
}

async function payable(partyId: string) {
  const row = await payoutAccount(world.db, partyId)
  if (!row) throw new Error('no payout account')
  const facts = {
    usage: row.usage,
    verificationResult: row.verification_result,
    coolingUntil: row.cooling_until,
    blocked: row.blocked_at !== null,
    validTo: row.valid_to,
    callbackMissing: row.callback_missing,
  }
  return hindrancesToPay(facts, world.clock.now()).map(reason => reason.code)
}

describe('a typed account', () => {
  it('is converted for the post bank (JR §2.8)', () => {
    const { account: stored } = storedAccount({
      bankCode: '9900',
      accountType: '1',
      yuchoSymbol: '10170',
      yuchoNumber: '12345671',
      holderKana: 'ヤマダ タロウ',
    })
    expect(stored).toMatchObject({ branchCode: '018', accountNo: '1234567', holderKana: 'ﾔﾏﾀﾞ ﾀﾛｳ' })
  })

  it('names an unknown branch and a holder in kanji at once', () => {
    const { reasons } = storedAccount({
      bankCode: '0001',
      branchCode: '999',
      accountType: '1',
      accountNo: '1',
      holderKana: '山田商店',
    })
    expect(reasons.map(reason => reason.code)).toEqual(['holder_kana_must_fit_the_bank'])
    const unknown = storedAccount({
      bankCode: '0001',
      branchCode: '999',
      accountType: '1',
      accountNo: '1',
      holderKana: 'ヤマダ',
    })
    expect(unknown.reasons).toEqual([{ code: 'bank_must_exist', field: 'branchCode' }])
  })

  it.each([
    ['ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', 'マルマルショウジ', 'equal'],
    ['ﾏﾙﾏﾙｼﾖｳｼﾞ(ｶ', 'マルマルショウジ', 'equal'],
    ['ｶ)ﾏﾙﾏﾙｼﾖｳｼ', 'マルマルショウジ', 'equal_normalised'],
    ['ｶ)ﾍﾞﾂﾉｶｲｼﾔ', 'マルマルショウジ', 'different'],
    ['ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', null, 'unknown'],
  ])('with the holder %s and the party %s is %s', (holder, kana, expected) => {
    expect(matchHolder(holder, kana, '株式会社丸々商事')).toBe(expected)
  })
})

describe('a payout account', () => {
  it('is not paid to before two people have verified it', async () => {
    const partyId = await client('ミカクニン')
    const { id } = await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '1234567',
      holderKana: 'カ）ミカクニン',
    })
    expect(await payable(partyId)).toEqual(['account_must_be_verified'])
    await approved(
      await world.run(operations, verify, {
        accountId: id,
        method: 'document',
        result: 'confirmed',
        verifiedOn: '2026-11-20',
        change,
      }),
    )
    expect(await payable(partyId)).toEqual([])
  })

  it('is never changed silently: a second person decides, evidence is asked, and a day must pass', async () => {
    const partyId = await client('ヘンコウ')
    await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '1111111',
      holderKana: 'ヘンコウ',
    })
    const other = {
      partyId,
      usage: 'payout' as const,
      ...account,
      accountNo: '2222222',
      holderKana: 'ヘンコウ',
    }
    expect(await world.refused(world.run(operations, register, other))).toEqual(['reason_must_be_given'])
    const bare = { ...other, change: { ...change, evidence: [] } }
    expect(await world.refused(world.run(operations, register, bare))).toEqual(['evidence_must_be_attached'])
    const answer = await world.run(operations, register, { ...other, change })
    expect((await payoutAccount(world.db, partyId))?.account_no_last).toBe('111')
    await approved(answer)
    const row = await payoutAccount(world.db, partyId)
    expect(row?.account_no_last).toBe('222')
    expect(row?.cooling_until).toBe('2026-11-25T01:00:00.000Z')
    expect(await payable(partyId)).toEqual([
      'account_must_be_verified',
      'account_must_be_called_back',
      'account_must_have_cooled_off',
    ])
    const { accounts } = await world.ask(operations, accountsOfParty, { partyId })
    expect(accounts.map(one => [one.accountNoLast, one.validTo])).toEqual([
      ['222', null],
      ['111', '2026-11-24'],
    ])
  })

  it('is blocked at once by one person', async () => {
    const partyId = await client('テイシ')
    const { id } = await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '3333333',
      holderKana: 'テイシ',
    })
    await world.done(operations, block, { accountId: id, reason: '名義人から盗難の連絡' })
    expect(await payable(partyId)).toContain('account_must_not_be_blocked')
  })

  it('is confirmed by a small deposit only when the holder tells the right sum', async () => {
    const partyId = await client('ショウガク')
    const { id } = await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '4444444',
      holderKana: 'ショウガク',
    })
    const confirm = {
      accountId: id,
      method: 'small_deposit_test' as const,
      result: 'confirmed' as const,
      verifiedOn: '2026-11-24',
      change,
    }
    expect(await world.refused(world.run(operations, verify, confirm))).toEqual([
      'test_must_be_answered_rightly',
    ])
    await world.done(operations, sendTest, { accountId: id, sentYen: 137, sentOn: '2026-11-20' })
    expect(
      await world.done(operations, answerTest, { accountId: id, answeredYen: 173, answeredOn: '2026-11-21' }),
    ).toMatchObject({ right: false })
    expect(await world.refused(world.run(operations, verify, confirm))).toEqual([
      'test_must_be_answered_rightly',
    ])
    const ahead = world.run(operations, sendTest, { accountId: id, sentYen: 212, sentOn: '2026-11-25' })
    expect(await world.refused(ahead)).toEqual(['date_must_not_be_in_the_future'])
    await world.done(operations, sendTest, { accountId: id, sentYen: 212, sentOn: '2026-11-22' })
    const answeredBefore = { accountId: id, answeredYen: 212, answeredOn: '2026-11-21' }
    expect(await world.refused(world.run(operations, answerTest, answeredBefore))).toEqual([
      'day_must_lie_in_the_span',
    ])
    await world.done(operations, answerTest, { accountId: id, answeredYen: 212, answeredOn: '2026-11-23' })
    const later = world.run(operations, verify, { ...confirm, verifiedOn: '2026-11-25' })
    expect(await world.refused(later)).toEqual(['date_must_not_be_in_the_future'])
    await approved(await world.run(operations, verify, confirm))
    expect(await payable(partyId)).toEqual([])
  })
})

describe('the call to a known number', () => {
  const reach = { phone: '03-1111-2222', mobile: '090-1234-5678' }

  async function changed(kana: string, lastDigits: string) {
    const { id: partyId } = await world.done(operations, registerParty, {
      partyKind: 'corporation',
      legalName: `株式会社${kana}`,
      legalNameKana: kana,
      phone: '03-5555-6666',
    })
    const { personId } = await world.done(operations, addPerson, {
      partyId,
      role: 'contact',
      person: { familyName: '折返', givenName: kana, ...reach },
    })
    const one = { partyId, usage: 'payout' as const, ...account, holderKana: kana }
    await world.done(operations, register, { ...one, accountNo: `1${lastDigits}` })
    await approved(await world.run(operations, register, { ...one, accountNo: `2${lastDigits}`, change }))
    const row = await payoutAccount(world.db, partyId)
    return { partyId, personId, accountId: row!.id }
  }

  const calledAt = '2026-11-24T10:00:00+09:00'

  it('opens a changed account once it is confirmed, and shows who was called where, when and by whom', async () => {
    const { partyId, personId, accountId } = await changed('オリカエシ', '100001')
    const call = { accountId, personId, numberOf: 'mobile' as const, calledAt }
    await world.done(operations, callBack, { ...call, result: 'not_reached' })
    expect(await payable(partyId)).toContain('account_must_be_called_back')
    const confirmed = { ...call, result: 'confirmed' as const }
    expect(await world.refused(world.run(operations, callBack, confirmed))).toEqual([
      'callback_must_be_by_another_person',
    ])
    await world.done(clerk, callBack, { ...call, result: 'confirmed', note: '銀行名と支店名が一致' })
    expect(await payable(partyId)).toEqual(['account_must_be_verified', 'account_must_have_cooled_off'])
    const { accounts } = await world.ask(manager, accountsOfParty, { partyId })
    expect(accounts[0]?.callbacks).toHaveLength(2)
    expect(accounts[0]?.callbacks.find(one => one.result === 'confirmed')).toMatchObject({
      calledBy: '経理',
      person: { id: personId, name: '折返 オリカエシ' },
      numberOf: 'mobile',
      numberLast: '5678',
      note: '銀行名と支店名が一致',
    })
    const events = await world.db.selectFrom('audit_event').select('canonical_text').execute()
    expect(events.some(event => event.canonical_text.includes('1234-5678'))).toBe(false)
  })

  it('stops the account at once when it is denied', async () => {
    const { partyId, accountId } = await changed('ヒニン', '100002')
    const answer = await world.done(operations, callBack, {
      accountId,
      numberOf: 'company',
      calledAt,
      result: 'denied',
    })
    expect(answer.blocked).toBe(true)
    expect(await payable(partyId)).toContain('account_must_not_be_blocked')
    expect(await world.verbsOf(accountId)).toEqual(
      expect.arrayContaining(['account_called_back', 'account_blocked']),
    )
  })

  it('is made after the change, to people of the company, at a number registered before it', async () => {
    const { partyId, personId, accountId } = await changed('シラナイ', '100003')
    const call = { accountId, personId, numberOf: 'phone' as const, calledAt, result: 'confirmed' as const }
    const refused = (more: object) => world.refused(world.run(clerk, callBack, { ...call, ...more }))
    expect(await refused({ calledAt: '2026-11-24T09:59:00+09:00' })).toEqual([
      'callback_must_follow_the_change',
    ])
    expect(await refused({ calledAt: '2026-11-25T10:00:00+09:00' })).toEqual([
      'callback_must_follow_the_change',
    ])
    expect(await refused({ personId: newId() })).toEqual(['person_must_belong_to_the_party'])
    expect(await refused({ personId: null })).toEqual(['callback_must_name_a_person'])
    world.clock.set(new Date('2026-11-24T10:01:00+09:00'))
    const { personId: late } = await world.done(operations, addPerson, {
      partyId,
      role: 'contact',
      person: { familyName: '偽', givenName: '担当', phone: '03-9999-0000' },
    })
    expect(await refused({ personId: late })).toEqual(['callback_person_must_be_older_than_the_account'])
    // A number that came between the request and its approval is the asker's as well.
    const again = {
      partyId,
      usage: 'payout' as const,
      ...account,
      holderKana: 'シラナイ',
      accountNo: '3100003',
    }
    const asked = await world.run(operations, register, { ...again, change })
    world.clock.set(new Date('2026-11-24T10:02:00+09:00'))
    const { personId: between } = await world.done(operations, addPerson, {
      partyId,
      role: 'contact',
      person: { familyName: '間', givenName: '入', phone: '03-9999-1111' },
    })
    world.clock.set(new Date('2026-11-24T10:03:00+09:00'))
    await approved(asked)
    const { id: newest } = (await payoutAccount(world.db, partyId))!
    const later = { accountId: newest, calledAt: '2026-11-24T10:03:00+09:00' }
    expect(await refused({ ...later, personId: between })).toEqual([
      'callback_person_must_be_older_than_the_account',
    ])
    const fresh = await payoutAccount(world.db, await client('フリコミ'))
    expect(fresh).toBeNull()
    const sales = await world.person('営業', 'sales')
    expect(await world.refused(world.run(sales, callBack, call))).toEqual(['permission_must_be_held'])
  })
})

describe('a change of account that waits', () => {
  it('is as old as its request: neither numbers nor people that came while it waited confirm it', async () => {
    world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
    const { id: partyId } = await world.done(operations, registerParty, {
      partyKind: 'corporation',
      legalName: '株式会社スキマ',
      legalNameKana: 'スキマ',
    })
    const contact = { partyId, role: 'contact' as const }
    const { personId } = await world.done(operations, addPerson, {
      ...contact,
      person: { familyName: '前', givenName: 'から' },
    })
    const { id: elsewhere } = await world.done(operations, registerParty, {
      partyKind: 'corporation',
      legalName: '株式会社ヨソ',
    })
    const { personId: accomplice } = await world.done(operations, addPerson, {
      partyId: elsewhere,
      role: 'contact',
      person: { familyName: '共犯', givenName: '者', phone: '03-9999-1111' },
    })
    const one = { partyId, usage: 'payout' as const, ...account, holderKana: 'スキマ' }
    await world.done(operations, register, { ...one, accountNo: '1100009' })
    const waiting = await world.run(operations, register, { ...one, accountNo: '2100009', change })
    world.clock.set(new Date('2026-11-24T10:10:00+09:00'))
    const { row_version } = await world.db
      .selectFrom('person')
      .select('row_version')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow()
    await world.done(operations, changePerson, {
      personId,
      rowVersion: row_version,
      person: { phone: '03-9999-0000' },
      effectiveOn: '2026-11-24',
      change,
    })
    await world.done(operations, addPerson, { ...contact, personId: accomplice })
    world.clock.set(new Date('2026-11-24T10:20:00+09:00'))
    await approved(waiting)
    const call = {
      accountId: (await payoutAccount(world.db, partyId))!.id,
      personId,
      numberOf: 'phone' as const,
      calledAt: '2026-11-24T10:20:00+09:00',
      result: 'confirmed' as const,
    }
    const refused = (more: object) => world.refused(world.run(clerk, callBack, { ...call, ...more }))
    expect(await refused({})).toEqual(['callback_number_must_be_older_than_the_account'])
    expect(await refused({ personId: accomplice })).toEqual([
      'callback_person_must_be_older_than_the_account',
    ])
    expect(await refused({ numberOf: 'mobile' })).toEqual(['callback_needs_a_registered_number'])
    world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
  })
})

describe('a virtual account', () => {
  const virtual = { usage: 'virtual' as const, ...account, accountNo: '7000001', holderKana: 'バーチャル' }

  it('is of one company; given back, its number rests 24 months before another has it', async () => {
    const [first, second] = [await client('カソウイチ'), await client('カソウニ')]
    const { id } = await world.done(operations, register, { partyId: first, ...virtual })
    const again = () => world.run(operations, register, { partyId: second, ...virtual })
    expect(await world.refused(again())).toEqual(['virtual_account_must_be_free'])
    const back = { accountId: id, releasedOn: '2026-11-24', reason: '取引の終了による返却' }
    expect(
      await world.refused(world.run(operations, release, { ...back, releasedOn: '2026-11-23' })),
    ).toEqual(['day_must_lie_in_the_span'])
    expect((await world.done(operations, release, back)).reusableFrom).toBe('2028-11-24')
    expect(await world.refused(again())).toEqual(['virtual_account_must_have_rested'])
    expect(await world.refused(world.run(operations, release, back))).toEqual(['account_must_be_in_force'])
    const { rows } = await world.ask(manager, virtualAccounts, {})
    expect(rows.map(row => [row.virtualOf.partyId, row.releasedOn, row.reusableFrom])).toEqual([
      [first, '2026-11-24', '2028-11-24'],
    ])
    // Its own company may have it back.
    await world.done(operations, register, { partyId: first, ...virtual })
    expect(reusableFrom('2026-02-28', 24)).toBe('2028-02-28')
  })

  it('names its company; only a virtual account is given back', async () => {
    const accounting = await world.person('経理 仮想', 'accounting')
    expect(await world.refused(world.run(accounting, register, { partyId: null, ...virtual }))).toEqual([
      'virtual_account_must_have_its_company',
    ])
    const partyId = await client('カソウデナイ')
    const { id } = await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '7000009',
      holderKana: 'カソウデナイ',
    })
    const back = { accountId: id, releasedOn: '2026-11-24', reason: '取引の終了による返却' }
    expect(await world.refused(world.run(operations, release, back))).toEqual(['account_must_be_virtual'])
    const auditor = await world.person('監査', 'auditor')
    expect(await world.refused(world.run(auditor, release, back))).toEqual(['permission_must_be_held'])
  })
})

describe('one account used by several', () => {
  it('is said at registration and shown on both', async () => {
    const [first, second] = [await client('キョウユウイチ'), await client('キョウユウニ')]
    const shared = { usage: 'payout' as const, ...account, accountNo: '7654321', holderKana: 'キョウユウ' }
    expect((await world.done(operations, register, { partyId: first, ...shared })).sharedWithOthers).toBe(
      false,
    )
    expect((await world.done(operations, register, { partyId: second, ...shared })).sharedWithOthers).toBe(
      true,
    )
    const { accounts } = await world.ask(operations, accountsOfParty, { partyId: first })
    expect(accounts[0]?.sharedWith.map(other => other.partyId)).toEqual([second])
  })
})

describe('the account number', () => {
  it('stands nowhere in the clear', async () => {
    const partyId = await client('ヒトク')
    const { id } = await world.done(operations, register, {
      partyId,
      usage: 'payout',
      ...account,
      accountNo: '9182736',
      holderKana: 'ヒトク',
    })
    const row = await world.db
      .selectFrom('bank_account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain('9182736')
    const events = await world.db.selectFrom('audit_event').select('canonical_text').execute()
    expect(events.some(event => event.canonical_text.includes('9182736'))).toBe(false)
    expect(await world.ask(operations, unmaskAccount, { accountId: id, reason: '支払前の照合' })).toEqual({
      accountNo: '9182736',
    })
  })

  it('of the own company is registered by accounting only', async () => {
    const attempt = world.run(operations, register, {
      partyId: null,
      usage: 'collection',
      ...account,
      accountNo: '5555555',
      holderKana: 'ジシャ',
    })
    expect(await world.refused(attempt)).toEqual(['own_account_must_be_set_by_accounting'])
  })

  it('of the own company beside one of the same use is added by two', async () => {
    const accounting = await world.person('経理 花子', 'accounting')
    const own = { partyId: null, usage: 'collection' as const, ...account, holderKana: 'ジシャ' }
    const standing = async () => (await world.ask(accounting, ownAccounts, {})).accounts.length
    await world.done(accounting, register, { ...own, accountNo: '5555551' })
    const further = { ...own, accountNo: '5555552' }
    expect(await world.refused(world.run(accounting, register, further))).toEqual(['reason_must_be_given'])
    const reason = { reasonCode: 'review' as const, reasonText: '取引銀行を追加', evidence: [] }
    const pending = await world.run(accounting, register, { ...further, change: reason })
    expect([pending.status, await standing()]).toEqual([202, 1])
    await approved(pending)
    expect(await standing()).toBe(2)
  })
})
