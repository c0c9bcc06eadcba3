import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBirths } from './birth-range.ts'
import { countryCode } from './countries.ts'
import { readBounded } from './file-bytes.ts'
import { readListFolder } from './read-list-folder.ts'
import { readWorkbookSheets } from './workbook-sheets.ts'

const samples = join(import.meta.dirname, 'testing')
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lists-'))
})

afterEach(() => {
  rmSync(dir, { recursive: true })
})

const put = (...files: string[]) => {
  for (const file of files) copyFileSync(join(samples, file), join(dir, file))
}

test('every published layout is recognised by its content, under any name', async () => {
  put('SOURCES.md', 'sdn.csv', 'alt.csv', 'add.csv', 'un.xml', 'dpl.txt', 'mof.csv', 'targets.simple.csv')
  copyFileSync(join(samples, 'eu.csv'), join(dir, 'anything.txt'))
  writeFileSync(
    join(dir, 'hansha.csv'),
    iconv.encode(readFileSync(join(samples, 'house.csv'), 'utf8'), 'cp932'),
  )
  const lists = await readListFolder(dir)
  expect(lists.map(list => [list.list, list.entries.length])).toEqual([
    ['OFAC-SDN', 9],
    ['EU', 2],
    ['BIS-DPL', 4],
    ['HOUSE:hansha', 2],
    ['JP-MOF', 2],
    ['OPENSANCTIONS', 2],
    ['UN', 6],
  ])
  expect(lists[3]!.entries[0]!.names[0]!.text).toBe('架空 太郎')
  expect(lists[6]!.publishedOn).toBe('2026-02-27')
})

test('the version of a list is the hash of its files, and gzip changes nothing but the hash', async () => {
  put('un.xml')
  const [plain] = await readListFolder(dir)
  rmSync(join(dir, 'un.xml'))
  writeFileSync(join(dir, 'un.xml.gz'), gzipSync(readFileSync(join(samples, 'un.xml'))))
  const [packed] = await readListFolder(dir)
  expect(plain!.sha256).toMatch(/^[0-9a-f]{64}$/u)
  expect(packed!.entries).toEqual(plain!.entries)
  expect(packed!.sha256).not.toBe(plain!.sha256)
})

test('a file that is not understood is an error, never skipped', async () => {
  put('un.xml')
  writeFileSync(join(dir, 'notes.csv'), 'a,b\n1,2\n')
  await expect(readListFolder(dir)).rejects.toThrow(
    'notes.csv, line 1, column 1: is not a list of a known layout',
  )
})

test('aliases without their primary file and a list that stands twice are errors', async () => {
  put('alt.csv')
  await expect(readListFolder(dir)).rejects.toThrow(
    'belongs to OFAC-SDN, but its primary file (sdn.csv) is missing',
  )
  put('sdn.csv', 'eu.csv', 'eu.xml')
  await expect(readListFolder(dir)).rejects.toThrow('eu.xml: is the list EU, as is eu.csv; keep one')
})

test('wrong bytes, an open quote and a folder are refused with their place', async () => {
  writeFileSync(
    join(dir, 'house.csv'),
    Buffer.concat([Buffer.from('name,kind,reason,source\n'), Buffer.from([0x81, 0xff, 0x41])]),
  )
  await expect(readListFolder(dir)).rejects.toThrow('house.csv, line 2, column 1: is neither UTF-8 nor CP932')
  writeFileSync(join(dir, 'house.csv'), 'name,kind,reason,source\n"x,person,a,b\n')
  await expect(readListFolder(dir)).rejects.toThrow(
    'house.csv, line 2, column 1: opens a quote that is never closed',
  )
  rmSync(join(dir, 'house.csv'))
  mkdirSync(join(dir, 'deep'))
  await expect(readListFolder(dir)).rejects.toThrow('deep: is a folder')
})

test('a gzip bomb and a zip bomb are refused before they unpack', async () => {
  writeFileSync(join(dir, 'bomb.csv.gz'), gzipSync(Buffer.alloc(3_000_000)))
  expect(() => readBounded(join(dir, 'bomb.csv.gz'), 1_000_000)).toThrow('unpacks to more than 1000000 bytes')
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('x').getCell('A1').value = 'y'.repeat(30_000)
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
  await expect(readWorkbookSheets('bomb.xlsx', bytes, 20_000)).rejects.toThrow('refused as a possible bomb')
})

test('a workbook of the ministry is read sheet by sheet', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('１')
  sheet.addRow(['架空の団体（団体）'])
  sheet.addRow(['告示日付', '告示番号', '日 本 語 表 記', '英語表記', '住 所', null])
  sheet.addRow([new Date(Date.UTC(2021, 4, 6)), '第2号', '架空商会', 'KAKU SHOKAI', 'Damascus, Syria', null])
  writeFileSync(join(dir, 'list.xlsx'), Buffer.from(await workbook.xlsx.writeBuffer()))
  const [list] = await readListFolder(dir)
  expect(list).toMatchObject({
    list: 'JP-MOF',
    entries: [{ kind: 'company', listedOn: '2021-05-06', addresses: ['Damascus, Syria'] }],
  })
})

test('birth dates of every written form become ranges, and nonsense is not guessed', () => {
  expect(readBirths('Between Aug. and Sep. 1977')).toEqual([{ from: '1977-08-01', to: '1977-09-30' }])
  expect(readBirths('Feb 1970')).toEqual([{ from: '1970-02-01', to: '1970-02-28' }])
  expect(readBirths('1959-1961')).toEqual([{ from: '1959-01-01', to: '1961-12-31' }])
  expect(readBirths('令和元年5月1日')).toEqual([{ from: '2019-05-01', to: '2019-05-01' }])
  expect(readBirths('1972年8月10日、1972年8月15日')).toHaveLength(2)
  expect(readBirths('')).toEqual([])
  expect(readBirths('30 Feb 1970')).toBeUndefined()
  expect(readBirths('about noon')).toBeUndefined()
})

test('countries are known under the names which publishers use', () => {
  const names = [
    'Korea, North',
    "Democratic People's Republic of Korea",
    '北朝鮮',
    'Russia',
    'Russian Federation',
    'Viet Nam',
    'Burma',
    '日本',
    'jp',
  ]
  expect(names.map(countryCode)).toEqual(['KP', 'KP', 'KP', 'RU', 'RU', 'VN', 'MM', 'JP', 'JP'])
  expect(countryCode('Region: Kafia Kingi')).toBeUndefined()
})
