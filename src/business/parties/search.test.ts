import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { searchParties } from './contract.ts'
import { assignContractorCommand, registerPartyCommand } from './index.ts'
import { searchTextsOf } from './search.ts'
import type { PartyRole } from './tables.ts'

let world: World
let sales: Actor
const numbers = new Map<string, string>()

async function party(legalName: string, roles: PartyRole[] = ['client'], more: object = {}): Promise<void> {
  const { partyNo } = await world.done(sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    roles,
    ...more,
  })
  numbers.set(legalName, partyNo)
}

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  await party('株式会社廣瀬国際電機', ['client'], {
    legalNameKana: 'ヒロセコクサイデンキ',
    legalNameEn: 'Hirose International Electric Co., Ltd.',
    corporateNumber: '7123456789012',
    phone: '03-1234-9876',
  })
  await party('社会福祉法人丸大園', ['debtor'], { legalNameKana: 'マルダイエン' })
  await party('東京丸大産業株式会社', ['client', 'debtor'])
  await party('R&D研究所合同会社', ['vendor'])
  await party('大手町ファンド株式会社', ['funder'])
})
afterAll(() => world.close())

const found = async (text: string, more: { role?: PartyRole } = {}, actor = sales) =>
  (await world.ask(actor, searchParties, { text, ...more })).rows.map(row => row.legalName)

describe('a company is found', () => {
  it.each([
    ['its own number', 'C-000001'],
    ['its own number in full width', 'ｃ－１'],
    ['old characters', '廣瀨國際電機'],
    ['the legal form in old characters behind', '広瀬国際電機株式會社'],
    ['part of the name', '国際電'],
    ['the end of the name in old characters', '國際電機'],
    ['part of the reading in half width', 'ｺｸｻｲﾃﾞﾝ'],
    ['the reading with the form of a bank', 'ｶ)ﾋﾛｾｺｸｻｲﾃﾞﾝｷ'],
    ['part of the English name', 'international elec'],
    ['the reading in romaji', 'hirose kokusai denki'],
    ['the reading in another romanisation', 'Hirose Kokusai Denkii'],
    ['the corporate number', '7123456789012'],
    ['the number with T in full width', 'Ｔ７１２３４５６７８９０１２'],
    ['the number with hyphens', '7-1234-5678-9012'],
    ['the beginning of the number', '712345'],
    ['the telephone with brackets', '03(1234)9876'],
    ['the telephone in full width', '０３－１２３４－９８７６'],
    ['the telephone from abroad', '+81 3-1234-9876'],
    ['the telephone without area code', '1234-9876'],
    ['the last four digits of the telephone', '9876'],
  ])('by %s', async (_how, text) => {
    expect(await found(text)).toContain('株式会社廣瀬国際電機')
  })

  it('by one and two characters: whole, beginning, then anywhere', async () => {
    expect(await found('丸大')).toEqual(['社会福祉法人丸大園', '東京丸大産業株式会社'])
    expect(await found('瀬')).toEqual(['株式会社廣瀬国際電機'])
  })

  it('by letters which a sign parts', async () => {
    expect(await found('R&D')).toEqual(['R&D研究所合同会社'])
    expect(await found('&D研')).toEqual(['R&D研究所合同会社'])
  })

  it('with the role that is asked for, also a seldom one by a single letter', async () => {
    expect(await found('丸大', { role: 'debtor' })).toEqual(['社会福祉法人丸大園', '東京丸大産業株式会社'])
    expect(await found('丸大', { role: 'client' })).toEqual(['東京丸大産業株式会社'])
    expect(await found('大', { role: 'funder' })).toEqual(['大手町ファンド株式会社'])
    expect(await found('大手町', { role: 'funder' })).toEqual(['大手町ファンド株式会社'])
    expect(await found('丸大', { role: 'broker' })).toEqual([])
  })

  it('by no text that only looks like a pattern', async () => {
    expect(await found('%')).toEqual([])
    expect(await found('___')).toEqual([])
    expect(await found('\\\\\\')).toEqual([])
  })
})

describe('a contractor', () => {
  it('finds assigned companies under every spelling, however many others there are, and no other', async () => {
    const contractor = await world.person('委託 次郎', 'contractor')
    const manager = await world.person('部長 一郎', 'manager')
    await world.done(manager, assignContractorCommand, {
      staffId: contractor.id,
      partyNos: [numbers.get('東京丸大産業株式会社')!],
      endsOn: '2026-12-31',
      reason: '回収の委託のため',
    })
    expect(await found('丸', {}, contractor)).toEqual(['東京丸大産業株式会社'])
    expect(await found('東京丸', {}, contractor)).toEqual(['東京丸大産業株式会社'])
    expect(await found('丸大産', { role: 'debtor' }, contractor)).toEqual(['東京丸大産業株式会社'])
    expect(await found('丸大産', { role: 'broker' }, contractor)).toEqual([])
    expect(await found('廣瀬国際電機', {}, contractor)).toEqual([])
    expect(await found('C-000001', {}, contractor)).toEqual([])
  })
})

describe('a typed text', () => {
  it.each([
    ['株式会社', { keys: ['株式会社'], digits: null }],
    ['山田', { keys: ['山田'], inside: ['山田'], digits: null }],
    ['やまだ', { keys: ['やまだ', 'ヤマダ'], inside: ['ヤマダ'] }],
    ['スーパー', { keys: ['スーパー', 'スパ'], inside: ['スパ'] }],
    ['03 1234 9876', { digits: '0312349876' }],
    ['T 7123456789012', { digits: '7123456789012' }],
    ['12', { digits: null }],
    ['c-12', { partyNo: 'C-000012' }],
    ['C-1234567', { partyNo: 'C-1234567' }],
    ['コ-12', { partyNo: null }],
  ])('%s stands for %o', (text, expected) => {
    expect(searchTextsOf(text)).toMatchObject(expected)
  })
})
