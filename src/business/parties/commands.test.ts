import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve, giveBack, resubmit } from '../approvals/commands.ts'
import { expireRequests } from '../approvals/expire.ts'
import { NORM_VERSION } from '../names/index.ts'
import { changePartyBasics } from './commands/change-basics.ts'
import { register } from './commands/register-party.ts'
import { rename } from './commands/rename-party.ts'
import { listParties, openParty, searchParties } from './contract.ts'
import { renewSearchKeys } from './renew-search-keys.ts'

let world: World
let sales: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const reason = { reasonCode: 'registry_change' as const, reasonText: '登記事項証明書で確認', evidence: [] }

async function newParty(legalName: string, more: object = {}) {
  return world.done(sales, register, { partyKind: 'corporation', legalName, ...more })
}

async function requestRename(partyId: string, rowVersion: number, legalName: string, actor = sales) {
  const answer = await world.run(actor, rename, {
    partyId,
    rowVersion,
    legalName,
    effectiveOn: '2026-11-01',
    change: reason,
  })
  if (answer.status !== 202) throw new Error('a rename must wait for a second person')
  return answer.body.changeRequestId
}

describe('registering a party', () => {
  it('gives a running number and leaves one event', async () => {
    const { id, partyNo } = await newParty('株式会社髙橋製作所', {
      corporateNumber: '７０００－０１２０－５０００２',
    })
    expect(partyNo).toMatch(/^C-\d{6}$/)
    const party = await world.ask(sales, openParty, { partyId: id })
    expect(party).toMatchObject({
      legalName: '株式会社髙橋製作所',
      corporateNumber: '7000012050002',
      legalFormPosition: 'prefix',
    })
    expect(await world.verbsOf(id)).toEqual(['party_registered'])
  })

  it('refuses a second record with the same corporate number', async () => {
    await newParty('甲株式会社', { corporateNumber: '7010705000725' })
    const again = world.run(sales, register, {
      partyKind: 'corporation',
      legalName: '甲 株式会社（別表記）',
      corporateNumber: '7010705000725',
    })
    expect(await world.refused(again)).toEqual(['corporate_number_must_be_unique'])
  })

  it('names every wrong field at once', async () => {
    const attempt = world.run(sales, register, {
      partyKind: 'corporation',
      legalName: '誤記株式会社',
      corporateNumber: '7123456789013',
      phone: '03-123-4567',
      establishedOn: '2030-01-01',
    })
    expect(await world.refused(attempt)).toEqual(
      expect.arrayContaining([
        'corporate_number_must_be_valid',
        'phone_must_be_valid',
        'date_must_not_be_in_the_future',
      ]),
    )
  })

  it('refuses an invoice number which is not T and the corporate number', async () => {
    const attempt = world.run(sales, register, {
      partyKind: 'corporation',
      legalName: '番号違い株式会社',
      corporateNumber: '7123456789012',
      invoiceRegNo: 'T7000012050002',
    })
    expect(await world.refused(attempt)).toContain('invoice_number_must_match_corporate_number')
  })

  it('is refused to an auditor, and the attempt is recorded', async () => {
    const auditor = await world.person('監査 一郎', 'auditor')
    const attempt = world.run(auditor, register, { partyKind: 'corporation', legalName: '無権限株式会社' })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
    const events = await world.db
      .selectFrom('audit_event')
      .select(['verb', 'canonical_text'])
      .where('actor_id', '=', auditor.id)
      .execute()
    expect(events.map(event => [event.verb, JSON.parse(event.canonical_text).facts.rules])).toEqual([
      ['attempt_refused', ['この操作を行う権限がありません。']],
    ])
  })
})

describe('renaming a party', () => {
  it('waits for a second person, then keeps the old name searchable', async () => {
    const { id } = await newParty('株式会社旧名商会', { legalNameKana: 'キュウメイショウカイ' })
    const changeRequestId = await requestRename(id, 1, '株式会社新名商会')
    expect((await world.ask(sales, openParty, { partyId: id })).legalName).toBe('株式会社旧名商会')
    const answer = await world.done(approver, approve, { changeRequestId })
    expect(answer.state).toBe('applied')
    const party = await world.ask(sales, openParty, { partyId: id })
    expect(party.legalName).toBe('株式会社新名商会')
    expect(party.names.map(name => [name.name, name.validTo])).toEqual([
      ['株式会社新名商会', null],
      ['株式会社旧名商会', '2026-11-01'],
    ])
    const found = await world.ask(sales, searchParties, { text: '(株)旧名商会' })
    expect(found.rows.map(row => [row.id, row.matchedBy])).toEqual([[id, 'old_name']])
    expect(await world.verbsOf(id)).toEqual([
      'party_registered',
      'change_requested',
      'change_request_approved',
      'party_renamed',
    ])
  })

  it('refuses the maker as approver', async () => {
    const both = await world.person('兼任 三郎', 'operations', 'manager')
    const { id } = await newParty('自己承認株式会社')
    const changeRequestId = await requestRename(id, 1, '自己承認ホールディングス株式会社', both)
    expect(await world.refused(world.run(both, approve, { changeRequestId }))).toEqual([
      'maker_must_not_approve',
    ])
  })

  it('becomes stale when the record moves, and runs after the maker puts it forward again', async () => {
    const { id } = await newParty('株式会社変動')
    const changeRequestId = await requestRename(id, 1, '株式会社変動後')
    await world.done(sales, changePartyBasics, {
      partyId: id,
      rowVersion: 1,
      basics: { phone: '03-1234-5678' },
      effectiveOn: '2026-11-24',
      change: reason,
    })
    expect((await world.done(approver, approve, { changeRequestId })).state).toBe('stale')
    expect((await world.ask(sales, openParty, { partyId: id })).legalName).toBe('株式会社変動')
    // The stored input names version 1, so the maker must ask anew on the record as it is now.
    expect(await world.refused(world.run(sales, resubmit, { changeRequestId }))).toEqual([
      'record_must_be_unchanged',
    ])
  })

  it('ends by itself when nobody decides within thirty days', async () => {
    const { id } = await newParty('株式会社期限')
    const changeRequestId = await requestRename(id, 1, '株式会社期限後')
    expect(await expireRequests(world)).toBe(0)
    world.clock.set(new Date(TEST_NOW.getTime() + 31 * 86_400_000))
    expect(await expireRequests(world)).toBeGreaterThan(0)
    world.clock.set(TEST_NOW)
    expect(await world.refused(world.run(approver, approve, { changeRequestId }))).toContain(
      'request_must_be_pending',
    )
    expect(await world.verbsOf(changeRequestId)).toEqual([
      'change_requested',
      'change_request_expired',
      'attempt_refused',
    ])
  })

  it('can be returned with a question and put forward again', async () => {
    const { id } = await newParty('株式会社差戻')
    const changeRequestId = await requestRename(id, 1, '株式会社差戻後')
    await world.done(approver, giveBack, { changeRequestId, comment: '登記の写しを添付してください' })
    expect(await world.refused(world.run(approver, approve, { changeRequestId }))).toContain(
      'request_must_be_pending',
    )
    await world.done(sales, resubmit, { changeRequestId })
    expect((await world.done(approver, approve, { changeRequestId })).state).toBe('applied')
  })
})

describe('searching', () => {
  it.each([
    ['half-width kana', 'ﾐｯｺｰｼｮｳｼﾞ'],
    ['hiragana', 'みっこーしょうじ'],
    ['the legal form in front', '株式会社三﨑商事'],
    ['an abbreviated legal form behind', '三崎商事㈱'],
    ['the new character form', '三崎商事'],
    ['the number with T and hyphens', 'T7-1234-5678-9012'],
    ['the phone without hyphens', '0312349876'],
    ['the first two characters', '三崎'],
  ])('finds a company by %s', async (_how, text) => {
    const existing = await world.ask(sales, searchParties, { text: '7123456789012' })
    const id =
      existing.rows[0]?.id ??
      (
        await newParty('三﨑商事株式会社', {
          legalNameKana: 'ミッコーショウジ',
          corporateNumber: '7123456789012',
          phone: '03-1234-9876',
        })
      ).id
    const found = await world.ask(sales, searchParties, { text })
    expect(found.rows.map(row => row.id)).toContain(id)
  })
})

describe('listing', () => {
  it('pages through everything once, newest first', async () => {
    for (let at = 0; at < 7; at++) await newParty(`株式会社頁${at}`)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page: { rows: { id: string }[]; next: string | null } = await world.ask(sales, listParties, {
        limit: 3,
        after,
      })
      seen.push(...page.rows.map(row => row.id))
      after = page.next ?? undefined
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual([...seen].sort().reverse())
  })

  it('shows a contractor nothing that is not assigned', async () => {
    const contractor = await world.person('委託 次郎', 'contractor')
    const page = await world.ask(contractor, listParties, {})
    expect(page.rows).toEqual([])
  })
})

describe('search keys made by older rules', () => {
  it('are made anew in the background, and then there is nothing left to do', async () => {
    const { id } = await newParty('株式会社ヴェルデ工房', { legalNameKana: 'ヴェルデコウボウ' })
    await sql`update party_search_key set norm_version = 1, key = 'OLD' || key where party_id = ${id}`.execute(
      world.db,
    )
    expect(await renewSearchKeys(world)).toBeGreaterThan(0)
    const keys = await sql<{ kind: string; key: string; norm_version: number }>`select kind, key, norm_version
      from party_search_key where party_id = ${id} order by kind, key`.execute(world.db)
    expect(keys.rows).toEqual([
      { kind: 'core', key: 'ヴェルデ工房', norm_version: NORM_VERSION },
      { kind: 'folded', key: 'ベルデ工房', norm_version: NORM_VERSION },
      { kind: 'reading', key: 'ベルデコウボウ', norm_version: NORM_VERSION },
      { kind: 'romaji', key: 'BERUDEKOBO', norm_version: NORM_VERSION },
    ])
    expect(await renewSearchKeys(world)).toBe(0)
  })
})
