import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import {
  addPartyBranch,
  changePartyBranch,
  closePartyBranch,
  endPartyIdentifier,
  recordPartyIdentifier,
} from './commands/places.ts'
import { register } from './commands/register-party.ts'
import { searchParties } from './contract.ts'
import { placesOfParty } from './places-contract.ts'
import { storedBranch, storedCode } from './places-rules.ts'

let world: World
let sales: Actor
let contractor: Actor
let serial = 0

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  contractor = await world.person('外部 次郎', 'contractor')
})
afterAll(() => world.close())

const change = { reasonCode: 'customer_request' as const, reasonText: '届出書で確認した', evidence: [] }
const company = async (legalName = `株式会社拠点${++serial}`) =>
  (await world.done(sales, register, { partyKind: 'corporation', legalName })).id
const places = (partyId: string, more: object = {}) => world.ask(sales, placesOfParty, { partyId, ...more })
const found = async (text: string) =>
  (await world.ask(sales, searchParties, { text })).rows.map(row => [row.id, row.matchedBy])

describe('the rules of codes', () => {
  it.each([
    ['tdb', '５８１-234567', '581234567'],
    ['tsr', '12345678', null],
    ['lei', '353800MPHWS3TI9PSM60', null],
    ['lei', '5493001KJTIIGC8Y1R12', '5493001KJTIIGC8Y1R12'],
    ['edinet', 'e02144', 'E02144'],
    ['edinet', '02144', null],
    ['other', ' AB/12 ', 'AB/12'],
  ] as const)('%s: %s is kept as %s', (issuer, typed, kept) => {
    expect(storedCode(issuer, typed)).toBe(kept)
  })

  it('a branch named as a company is refused, and so are wrong phones and postal codes', () => {
    const codes = (typed: object) =>
      storedBranch({ name: '大阪支店', ...typed }).reasons.map(reason => reason.code)
    expect(codes({})).toEqual([])
    expect(codes({ name: '株式会社別会社' })).toEqual(['branch_must_not_be_a_company'])
    expect(codes({ phone: '06-1', postalCode: '53', nameKana: '漢字' })).toEqual([
      'phone_must_be_valid',
      'postal_code_must_be_valid',
      'kana_must_be_katakana',
    ])
  })
})

describe('branches', () => {
  it('belong to a company, are found by name and telephone, and are no company', async () => {
    const partyId = await company('株式会社見本電機')
    const { id } = await world.done(sales, addPartyBranch, {
      partyId,
      kind: 'branch',
      name: '千葉第二工場',
      phone: '043-222-3456',
      address: '千葉県千葉市中央区中央1-1',
      validFrom: '2020-04-01',
    })
    expect((await places(partyId)).branches).toMatchObject([
      {
        id,
        name: '千葉第二工場',
        phone: '043-222-3456',
        validFrom: '2020-04-01',
        validTo: null,
        earlier: [],
      },
    ])
    expect(await found('千葉第二工場')).toEqual([[partyId, 'branch']])
    expect(await found('0432223456')).toEqual([[partyId, 'branch']])
    expect(await world.verbsOf(partyId)).toContain('party_branch_added')
    const twin = world.run(sales, addPartyBranch, { partyId, kind: 'factory', name: '千葉 第二工場' })
    expect(await world.refused(twin)).toEqual(['branch_must_be_unique'])
  })

  it('keep what they were called with its days, and stay found after they close', async () => {
    const partyId = await company()
    const { id } = await world.done(sales, addPartyBranch, {
      partyId,
      kind: 'sales_office',
      name: '北浜営業所',
      validFrom: '2019-01-01',
    })
    await world.done(sales, changePartyBranch, {
      branchId: id,
      rowVersion: 1,
      kind: 'branch',
      name: '北浜支店',
      effectiveOn: '2026-10-01',
      change,
    })
    const [branch] = (await places(partyId)).branches
    expect(branch).toMatchObject({ name: '北浜支店', kind: 'branch', rowVersion: 2 })
    expect(branch!.earlier).toContainEqual({
      field: 'branchName',
      value: '北浜営業所',
      from: null,
      to: '2026-10-01',
    })
    const again = { branchId: id, rowVersion: 2, change }
    const tooEarly = world.run(sales, closePartyBranch, { ...again, closedOn: '2018-12-31' })
    expect(await world.refused(tooEarly)).toEqual(['branch_must_open_before_it_closes'])
    const tooLate = world.run(sales, closePartyBranch, { ...again, closedOn: '2027-01-01' })
    expect(await world.refused(tooLate)).toEqual(['day_must_not_be_later'])
    await world.done(sales, closePartyBranch, { ...again, closedOn: '2026-11-20' })
    expect((await places(partyId)).branches[0]).toMatchObject({ validTo: '2026-11-20' })
    expect((await places(partyId, { asOf: '2026-11-19' })).branches).toHaveLength(1)
    expect((await places(partyId, { asOf: '2026-11-20' })).branches).toHaveLength(0)
    expect(await found('北浜支店')).toEqual([[partyId, 'branch']])
    const closed = world.run(sales, changePartyBranch, {
      branchId: id,
      rowVersion: 3,
      kind: 'branch',
      name: '再開',
      effectiveOn: '2026-11-24',
      change,
    })
    expect(await world.refused(closed)).toEqual(['branch_must_be_open'])
  })

  it('are out of reach with their company', async () => {
    const partyId = await company()
    const attempt = world.ask(contractor, placesOfParty, { partyId })
    expect(await world.refused(attempt)).toEqual(['record_must_exist'])
  })
})

describe('codes of other houses', () => {
  it('are found, end when a newer one is recorded, and keep their days', async () => {
    const partyId = await company()
    const record = (value: string, more: object = {}) =>
      world.run(sales, recordPartyIdentifier, { partyId, issuer: 'tdb', value, ...more })
    await record('581234567', { validFrom: '2020-01-01' })
    expect(await found('581234567')).toEqual([[partyId, 'code']])
    expect(await world.refused(record('58123456X'))).toEqual(['code_must_fit_its_issuer'])
    expect(await world.refused(record('581-234567'))).toEqual(['code_must_differ'])
    await record('581234999', { validFrom: '2026-11-01' })
    const { identifiers } = await places(partyId)
    expect(identifiers).toMatchObject([
      { value: '581234999', validFrom: '2026-11-01', validTo: null },
      { value: '581234567', validFrom: '2020-01-01', validTo: '2026-10-31' },
    ])
    expect(await found('581234567')).toEqual([[partyId, 'code']])
    expect((await places(partyId, { asOf: '2026-10-31' })).identifiers.map(code => code.value)).toEqual([
      '581234567',
    ])
    await world.done(sales, endPartyIdentifier, {
      identifierId: identifiers[0]!.id,
      rowVersion: 1,
      endsOn: '2026-11-23',
      change,
    })
    expect((await world.verbsOf(partyId)).filter(verb => verb.startsWith('party_identifier'))).toEqual([
      'party_identifier_recorded',
      'party_identifier_recorded',
      'party_identifier_ended',
    ])
    const unnamed = world.run(sales, recordPartyIdentifier, { partyId, issuer: 'other', value: '12' })
    expect(await world.refused(unnamed)).toEqual(['issuer_must_be_named'])
  })
})
