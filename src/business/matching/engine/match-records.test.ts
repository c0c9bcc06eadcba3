import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matchRecords } from './match-records.ts'
import { ENGLISH_PERSON_TABLE } from './record-table.ts'
import { runRecordMatch } from './run-record-match.ts'
import { pairQuality } from './testing/measure.ts'
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
  const folder = await mkdtemp(join(tmpdir(), 'daicho-records-'))
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
