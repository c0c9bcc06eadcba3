import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { csvCell } from './csv-cell.ts'
import { LedgerFileError } from './ledger-csv.ts'
import { matchRecords } from './match-records.ts'
import { ENGLISH_PERSON_TABLE, guessRecordTable, parseRecordTable } from './record-table.ts'
import { runRecordMatch } from './run-record-match.ts'
import { febrlLikeRecords } from './testing/febrl-like.ts'
import { pairQuality } from './testing/measure.ts'
import { ownFolder } from './testing/own-folder.ts'
import { personRecords } from './testing/person-records.ts'

test('damaged English person records: F1 0.99 with the person table', () => {
  const people = personRecords(1200, 1800, 31)
  const { root } = matchRecords(
    people.map(each => each.record),
    ENGLISH_PERSON_TABLE,
  )
  const quality = pairQuality(
    root,
    people.map(each => each.person),
  )
  expect(quality.f1).toBeGreaterThanOrEqual(0.99)
})

test('exchanged names and a slip in the number are still one person; a relative is not', () => {
  const base = {
    given_name: 'emily',
    surname: 'tregenza',
    street_number: '12',
    address_1: 'wattle court',
    address_2: '',
    suburb: 'orange',
    postcode: '2800',
    state: 'nsw',
    date_of_birth: '19800214',
    soc_sec_id: '4471920',
  }
  const filler = personRecords(300, 0, 5).map(each => each.record)
  const rows = [
    base,
    { ...base, given_name: 'tregenza', surname: 'emily', soc_sec_id: '4471902' },
    { ...base, given_name: 'thomas', date_of_birth: '20060730', soc_sec_id: '8812345' },
    ...filler,
  ]
  const { root } = matchRecords(rows, ENGLISH_PERSON_TABLE)
  expect(root[1]).toBe(root[0])
  expect(root[2]).not.toBe(root[0])
})

test('a file of persons gives every id one cluster; a repeated id is refused with its place', async () => {
  const folder = await ownFolder()
  const recordsFile = join(folder, 'people.csv')
  const outFile = join(folder, 'clusters.csv')
  const columns = ['rec_id', ...ENGLISH_PERSON_TABLE.fields.map(field => field.column), 'note']
  const people = personRecords(200, 300, 8)
  const lines = people.map(({ record }) => columns.map(column => record[column] ?? '').join(','))
  await writeFile(recordsFile, [columns.join(','), ...lines].join('\n'))
  const report = await runRecordMatch({ recordsFile, table: ENGLISH_PERSON_TABLE, outFile })
  expect(report.rows).toBe(500)
  expect(report.unknownColumns).toEqual(['note'])
  const written = (await readFile(outFile, 'utf8')).trim().split('\n')
  expect(written.length).toBe(501)
  expect(new Set(written.slice(1).map(line => line.split(',')[1])).size).toBe(report.clusters)
  await writeFile(recordsFile, [columns.join(','), lines[0], lines[0]].join('\n'))
  await expect(runRecordMatch({ recordsFile, table: ENGLISH_PERSON_TABLE, outFile })).rejects.toMatchObject({
    line: 3,
    column: 1,
  })
})

test('records after the published FEBRL description, never tuned on: F1 0.99', () => {
  const people = febrlLikeRecords(800, 1200, 11)
  const { root } = matchRecords(
    people.map(each => each.record),
    ENGLISH_PERSON_TABLE,
  )
  const truth = people.map(each => each.person)
  expect(pairQuality(root, truth).f1).toBeGreaterThanOrEqual(0.99)
})

test('the person table is guessed from its headings, blanks and other names of columns included', () => {
  expect(
    guessRecordTable('rec_id, given_name, surname, street_number, address_1, suburb, postcode'.split(',')),
  ).toBe('person-en')
  expect(guessRecordTable(['ID', 'first_name', 'last_name', 'street', 'city', 'zip', 'dob'])).toBe(
    'person-en',
  )
  expect(guessRecordTable(['id', 'name', 'address', 'phone'])).toBeNull()
})

test('a field table of one’s own: other columns, none of them code', async () => {
  const table = parseRecordTable(
    JSON.stringify({
      version: '1',
      id: 'no',
      fields: [
        { column: 'plate', aliases: ['ナンバー'], kind: 'code' },
        { column: 'owner', kind: 'name' },
        { column: 'town', kind: 'text', blocks: false, termFrequency: false },
      ],
    }),
    'cars.json',
  )
  const folder = await ownFolder()
  const recordsFile = join(folder, 'cars.csv')
  const outFile = join(folder, 'clusters.csv')
  const rows = Array.from({ length: 40 }, (_, k) => `c${k},${1000 + k * 37},owner${k % 20}x${k},town${k % 3}`)
  await writeFile(recordsFile, ['no,ナンバー,owner,town', ...rows, 'twin,1037,owner1x1,town1'].join('\n'))
  await runRecordMatch({ recordsFile, table, outFile })
  const clusters = new Map(
    (await readFile(outFile, 'utf8')).split('\n').map(line => line.split(',') as [string, string]),
  )
  expect(clusters.get('twin')).toBe('c1')
  expect(clusters.get('c2')).toBe('c2')
})

test.each([
  ['no JSON at all', '{', /^t\.json: no JSON/],
  [
    'an unknown kind',
    '{"version":"1","id":"a","fields":[{"column":"b","kind":"x"},{"column":"c","kind":"text"}]}',
    /fields\.0\.kind/,
  ],
  [
    'a column that is not there',
    '{"version":"1","id":"a","fields":[{"column":"b","kind":"name","swapsWith":"z"},{"column":"c","kind":"text"}]}',
    /swapsWith "z"/,
  ],
])('a field table with %s is refused with its place', (_, json, problem) => {
  expect(() => parseRecordTable(json, 't.json')).toThrow(problem)
})

test.each<[string, string, number, number, RegExp]>([
  ['an empty file', '', 1, 1, /empty/],
  ['no id', 'surname,suburb\na,b\n', 1, 1, /"rec_id" is missing/],
  ['nothing of the table', 'rec_id,x,y\n1,2,3\n', 1, 1, /fewer than two columns/],
  ['a heading twice', 'rec_id,surname,surname,suburb\n1,a,b,c\n', 1, 3, /stands twice/],
  ['too few cells', 'rec_id,surname,suburb\n1,a\n', 2, 3, /2 cells, the header has 3/],
  ['an empty id', 'rec_id,surname,suburb\n,a,b\n', 2, 1, /id is empty/],
])('%s is refused with its place', async (_, text, line, column, problem) => {
  const folder = await ownFolder()
  const recordsFile = join(folder, 'people.csv')
  await writeFile(recordsFile, text)
  const outFile = join(folder, 'clusters.csv')
  const error = await runRecordMatch({ recordsFile, table: ENGLISH_PERSON_TABLE, outFile }).catch(
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(LedgerFileError)
  expect(error).toMatchObject({ line, column, message: expect.stringMatching(problem) })
})

test.each([
  ['R001', 'R001'],
  ['-5', '-5'],
  ['a,b', '"a,b"'],
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['-cmd', "'-cmd"],
  ['+81', "'+81"],
])('the id %s is written as %s: no spreadsheet takes it for a formula', (id, written) => {
  expect(csvCell(id)).toBe(written)
})
