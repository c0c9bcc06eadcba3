import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDelimited } from './delimited-text.ts'
import { readDeniedPersons } from './denied-persons.ts'
import { readEuCsv, readEuXml } from './european-union.ts'
import { readFinanceMinistry } from './finance-ministry.ts'
import { readHouseList } from './house-list.ts'
import type { ListEntry } from './list-entry.ts'
import { readOfac } from './ofac.ts'
import { readOpenSanctions } from './open-sanctions.ts'
import { readUnitedNations } from './united-nations.ts'

const text = (file: string) => readFileSync(join(import.meta.dirname, 'testing', file), 'utf8')
const part = (file: string) => ({ file, text: text(file) })
const byId = (entries: ListEntry[], id: string) => entries.find(entry => entry.entryId === id)!

describe('OFAC', () => {
  const read = readOfac('OFAC-SDN', {
    primary: part('sdn.csv'),
    aliases: part('alt.csv'),
    addresses: part('add.csv'),
  })

  test('primary rows become entries with the kind of their type', () => {
    expect(read.entries.map(entry => [entry.entryId, entry.kind])).toEqual([
      ['36', 'company'],
      ['306', 'company'],
      ['7513', 'person'],
      ['12625', 'person'],
      ['18349', 'person'],
      ['4238', 'vessel'],
      ['15431', 'other'],
      ['15962', 'person'],
      ['7782', 'person'],
    ])
  })

  test('rows which do not join are counted and reported, and the load goes on', () => {
    expect(read.notJoined).toEqual({ aliases: 2, addresses: 1, comments: 0 })
    expect(
      read.problems
        .filter(problem => problem.code === 'no_primary_entry')
        .map(problem => [problem.file, problem.message]),
    ).toEqual([
      ['alt.csv', 'no primary entry: 17016'],
      ['alt.csv', 'no primary entry: 17016'],
      ['add.csv', 'no primary entry: 17016'],
    ])
  })

  test('remarks give births, nationality, gender, documents and weak aliases', () => {
    const entry = byId(read.entries, '7513')
    expect(entry.births).toEqual([
      { from: '1946-09-15', to: '1946-09-15' },
      { from: '1942-09-15', to: '1942-09-15' },
    ])
    expect(entry.countries).toEqual(['ZW'])
    expect(entry.gender).toBe('male')
    expect(entry.identifiers).toEqual([
      { kind: 'Passport', number: 'AD005831' },
      { kind: 'Passport', number: 'AD006846' },
      { kind: 'National ID No.', number: '63450183P67' },
    ])
    expect(entry.names).toEqual([
      { text: 'MNANGAGWA, Emmerson Dambudzo', script: 'latin', quality: 'primary' },
      { text: 'MNANGAGWA, Emmerson', script: 'latin', quality: 'strong' },
      { text: 'CROCODILE', script: 'latin', quality: 'weak' },
    ])
  })

  test('-0- is empty, programs are split, a span of days and a "circa" year are ranges', () => {
    expect(byId(read.entries, '36').remarks).toBeUndefined()
    expect(byId(read.entries, '12625').programs).toEqual(['SDNTK', 'TCO'])
    expect(byId(read.entries, '15962').births).toEqual([{ from: '1961-01-01', to: '1962-12-31' }])
    expect(byId(read.entries, '7782').births).toEqual([{ from: '1949-01-01', to: '1953-12-31' }])
  })

  test('a row of another shape is refused with file, line and column', () => {
    const broken = {
      file: 'sdn.csv',
      text: '36,"A",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n37,"B"\r\n',
    }
    expect(() => readOfac('OFAC-SDN', { primary: broken })).toThrow(
      'sdn.csv, line 2, column 2: has 2 cells, 12 are expected',
    )
    const word = { file: 'sdn.csv', text: 'id,"A",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ' }
    expect(() => readOfac('OFAC-SDN', { primary: word })).toThrow(
      'sdn.csv, line 1, column 1: does not start with an entry number',
    )
  })
})

describe('UN', () => {
  const read = readUnitedNations('un.xml', text('un.xml'))

  test('individuals and entities are read with aliases by quality', () => {
    expect(read.publishedOn).toBe('2026-02-27')
    expect(read.entries.map(entry => [entry.entryId, entry.kind])).toEqual([
      ['CDi.003', 'person'],
      ['TAi.002', 'person'],
      ['QDi.291', 'person'],
      ['IQi.001', 'person'],
      ['IRe.044', 'company'],
      ['IQe.197', 'company'],
    ])
    expect(byId(read.entries, 'CDi.003').names.slice(0, 3)).toEqual([
      { text: 'GASTON IYAMUREMYE', script: 'latin', quality: 'primary' },
      { text: 'Rumuli', script: 'latin', quality: 'weak' },
      { text: 'Byiringiro Victor Rumuli', script: 'latin', quality: 'strong' },
    ])
    expect(byId(read.entries, 'IQi.001').names).toContainEqual({
      text: 'صدام حسين التكريتي',
      script: 'other',
      quality: 'strong',
    })
  })

  test('births are days, approximate spans and Hijri years', () => {
    expect(byId(read.entries, 'TAi.002').births).toEqual([
      { from: '1953-01-01', to: '1960-12-31' },
      { from: '1943-01-01', to: '1952-12-31' },
    ])
    expect(byId(read.entries, 'QDi.291').births).toEqual([
      { from: '1982-04-19', to: '1982-04-19' },
      { from: '1982-04-18', to: '1982-04-18' },
      { from: '1981-01-01', to: '1982-12-31' },
    ])
    expect(byId(read.entries, 'QDi.291').countries).toContain('SA')
  })

  test('a document type is refused, so nothing outside can be fetched', () => {
    const hostile = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<CONSOLIDATED_LIST>&e;</CONSOLIDATED_LIST>`
    expect(() => readUnitedNations('un.xml', hostile)).toThrow(
      'un.xml, line 2, column 1: declares a document type or entity',
    )
  })

  test('XML nested beyond all measure is refused', () => {
    const deep = `<CONSOLIDATED_LIST>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</CONSOLIDATED_LIST>`
    expect(() => readUnitedNations('un.xml', deep)).toThrow('un.xml: cannot be read safely')
  })

  test('XML that ends early is refused with its place', () => {
    expect(() => readUnitedNations('un.xml', text('un.xml').slice(0, 3000))).toThrow(
      /^un\.xml, line \d+.*: is not well-formed XML/u,
    )
  })
})

describe('EU', () => {
  test('XML and CSV give the same entity', () => {
    const xml = readEuXml('eu.xml', text('eu.xml'))
    const csv = readEuCsv('eu.csv', text('eu.csv'))
    expect([xml.publishedOn, csv.publishedOn]).toEqual(['2026-08-05', '2026-08-05'])
    for (const entry of [xml.entries[0]!, csv.entries[0]!]) {
      expect(entry).toMatchObject({
        list: 'EU',
        entryId: 'EU.1.11',
        kind: 'person',
        gender: 'male',
        countries: ['RU'],
        programs: ['TEST'],
        listedOn: '2003-07-08',
      })
      expect(entry.identifiers).toEqual([{ kind: 'National passport', number: 'AB123456' }])
      expect(entry.births[0]).toEqual({ from: '1961-02-03', to: '1961-02-03' })
    }
    expect(xml.entries[0]!.births[1]).toEqual({ from: '1968-01-01', to: '1972-12-31' })
    expect(xml.entries[0]!.names[1]).toEqual({ text: 'Misha & Co', script: 'latin', quality: 'weak' })
    expect(csv.entries[1]!.addresses).toEqual(['Unit "7"; Main st., Dubai'])
  })
})

describe('財務省', () => {
  const sheets = (csv: string) => [{ sheet: 'csv', rows: [...readDelimited('mof.csv', csv)] }]

  test('padded titles, several names in a cell, 不明 and spans of years are understood', () => {
    const { entries } = readFinanceMinistry('mof.csv', sheets(text('mof.csv')))
    expect(entries).toHaveLength(2)
    expect(entries[0]).toMatchObject({
      kind: 'person',
      countries: ['SY'],
      programs: ['架空の活動に関与した者等（個人）'],
      listedOn: '2020-01-15',
      source: '外務省告示第1号',
    })
    expect(entries[0]!.names).toEqual([
      { text: 'ムハンマド・アリ・レイ', script: 'kana', quality: 'primary' },
      { text: 'Muhammad Ali REI', script: 'latin', quality: 'primary' },
      { text: 'Mohamed Ali REI', script: 'latin', quality: 'strong' },
      { text: 'アリ・レイ', script: 'kana', quality: 'strong' },
      { text: 'アブ・レイ', script: 'kana', quality: 'weak' },
    ])
    expect(entries[0]!.births).toEqual([{ from: '1953-01-01', to: '1960-12-31' }])
    expect(entries[0]!.identifiers.map(found => found.number)).toEqual(['P123456', 'P654321'])
    expect(entries[1]!.births).toEqual([
      { from: '1984-01-01', to: '1986-12-31' },
      { from: '1987-03-04', to: '1987-03-04' },
    ])
    expect(entries[1]!.names).toHaveLength(2)
  })

  test('an unknown title stops the load and names the cell', () => {
    const changed = text('mof.csv').replace('国 籍', '国籍の別')
    expect(() => readFinanceMinistry('mof.csv', sheets(changed))).toThrow(
      'mof.csv [csv], line 3, column 8: has the unknown column title "国籍の別"',
    )
  })

  test('a sheet without its program stops the load', () => {
    const headless = text('mof.csv').split('\n').slice(2).join('\n')
    expect(() => readFinanceMinistry('mof.csv', sheets(headless))).toThrow('does not name its program')
  })
})

test('OpenSanctions splits its cells and keeps the source', () => {
  const { entries } = readOpenSanctions('targets.simple.csv', text('targets.simple.csv'))
  expect(entries[0]).toMatchObject({
    entryId: 'NK-test1',
    kind: 'person',
    countries: ['RU', 'CY'],
    programs: ['TEST-1'],
    listedOn: '2023-04-20',
  })
  expect(entries[0]!.names.map(name => name.text)).toEqual([
    'Mihail Primerov',
    'Михаил Примеров',
    'Misha Primerov',
  ])
  expect(entries[1]!.kind).toBe('other')
})

test('the denied persons list is tab separated and names the day of the order', () => {
  const { entries } = readDeniedPersons('dpl.txt', text('dpl.txt'))
  expect(entries).toHaveLength(4)
  expect(entries[0]).toMatchObject({
    names: [{ text: 'ADRIAN MANUEL HERNANDEZ' }],
    listedOn: '2017-10-16',
    reason: '82 F.R. 48792 10/20/2017',
  })
})

test('a house list keeps reason, source and Japanese dates, and reports columns it does not use', () => {
  const { entries, problems } = readHouseList('HOUSE:test', 'house.csv', text('house.csv'))
  expect(entries[0]).toMatchObject({
    kind: 'person',
    births: [{ from: '1970-01-02', to: '1970-01-02' }],
    reason: '暴力団員',
    source: '架空新聞 2020-04-01',
    listedOn: '2020-04-02',
  })
  expect(entries[0]!.names.map(name => name.script)).toEqual(['kanji', 'kana'])
  expect(problems).toEqual([
    { file: 'house.csv', line: 1, code: 'unknown_column', message: 'the column memo is not used' },
  ])
})

test('a house list may give several names in a cell, as newspapers do', () => {
  const several = text('house.csv').replace(
    '架空 太郎,カクウ タロウ',
    '甲野太郎こと乙山次郎,コウノタロウ；オツヤマジロウ',
  )
  const { entries } = readHouseList('HOUSE:test', 'house.csv', several)
  expect(entries[0]!.names.map(name => [name.text, name.quality])).toEqual([
    ['甲野太郎', 'primary'],
    ['乙山次郎', 'strong'],
    ['コウノタロウ', 'strong'],
    ['オツヤマジロウ', 'strong'],
  ])
})

test('a house list names the cell that is wrong', () => {
  const kind = text('house.csv').replace(',person,', ',human,')
  expect(() => readHouseList('HOUSE:test', 'house.csv', kind)).toThrow(
    'house.csv, line 2, column 3: has the kind "human"',
  )
  const date = text('house.csv').replace('昭和45年1月2日', '昭和45年13月2日')
  expect(() => readHouseList('HOUSE:test', 'house.csv', date)).toThrow(
    'house.csv, line 2, column 4: has a birth_date that is not a date',
  )
})
