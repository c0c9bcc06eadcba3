import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runScreen } from './run-screen.ts'

const samples = join(import.meta.dirname, '../lists/testing')
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'screen-'))
  mkdirSync(join(dir, 'lists'))
  for (const file of ['sdn.csv', 'alt.csv', 'add.csv', 'un.xml', 'house.csv'])
    copyFileSync(join(samples, file), join(dir, 'lists', file))
})

afterEach(() => {
  rmSync(dir, { recursive: true })
})

const run = (text: string | Buffer, threads = 1) => {
  writeFileSync(join(dir, 'subjects.csv'), text)
  return runScreen({
    listsDir: join(dir, 'lists'),
    subjectsFile: join(dir, 'subjects.csv'),
    outFile: join(dir, 'hits.csv'),
    threads,
  })
}
const hits = () => readFileSync(join(dir, 'hits.csv'), 'utf8').trimEnd().split('\n')

const SUBJECTS = `kind,id,name_kana,name,name_en,birth_date,country,address,memo
person,P-1,,,Emmerson Mnangagwa,1946-09-15,ZW,,x
person,P-2,スズキ イチロウ,鈴木 一郎,,,JP,,
company,C-1,カクウコウギョウ,㈱架空興業,,,,,
person,"P,3",カクウ タロウ,架空太朗,,1970-01-02,,,
`

test('subjects are screened against every list and the hits written in the columns of the contract', async () => {
  const summary = await run(SUBJECTS)
  expect(hits()).toEqual([
    'subject_id,list,entry_id,entry_name,score,decision,reasons',
    'P-1,OFAC-SDN,7513,"MNANGAGWA, Emmerson",1.000,hit,name_words=1.000;birth_day_equal=0.060;country_shared=0.020',
    expect.stringMatching(/^C-1,HOUSE:house,[0-9a-f]{12},株式会社架空興業,1\.000,hit,kanji_equal=1\.000$/u),
    expect.stringMatching(
      /^"P,3",HOUSE:house,[0-9a-f]{12},カクウ タロウ,0\.910,review,name_words=1\.000;kanji_differ=-0\.150;birth_day_equal=0\.060$/u,
    ),
  ])
  expect(summary).toMatchObject({
    subjects: 4,
    subjectsWithAlert: 3,
    hits: 2,
    reviews: 1,
    unknownColumns: ['memo'],
  })
  expect(summary.lists.map(list => [list.list, list.entries, list.problems])).toContainEqual([
    'OFAC-SDN',
    9,
    { no_primary_entry: 3 },
  ])
})

test('CP932, two threads and a byte order mark change nothing in the output', async () => {
  await run(SUBJECTS)
  const plain = hits()
  await run(iconv.encode(SUBJECTS, 'cp932'), 2)
  expect(hits()).toEqual(plain)
  await run(`\uFEFF${SUBJECTS.replaceAll('\n', '\r\n')}`)
  expect(hits()).toEqual(plain)
})

test.each([
  [
    'a kind that is not one',
    'id,kind,name\n1,human,A\n',
    'subjects.csv, line 2, column 2: has the kind "human"; write person or company',
  ],
  ['a missing column', 'id,name\n1,A\n', 'subjects.csv, line 1, column 1: lacks the column kind'],
  [
    'a repeated heading',
    'id,kind,name,name\n',
    'subjects.csv, line 1, column 4: names the column name twice',
  ],
  [
    'a repeated id',
    'id,kind,name\n1,person,A\n1,person,B\n',
    'subjects.csv, line 3, column 1: repeats the id 1',
  ],
  ['no name', 'id,kind,name\n1,person,\n', 'subjects.csv, line 2, column 3: has no name'],
  [
    'a birth date that is none',
    'id,kind,name,birth_date\n1,person,A,1970-02-30\n',
    'subjects.csv, line 2, column 4: has a birth_date that is not a date',
  ],
  [
    'a short row',
    'id,kind,name\n1,person\n',
    'subjects.csv, line 2, column 3: has 2 cells where the heading has 3',
  ],
  [
    'an open quote',
    'id,kind,name\n1,person,"A\n2,person,B\n',
    'subjects.csv, line 2, column 10: opens a quote that is never closed',
  ],
  [
    'bytes of no known encoding',
    Buffer.concat([Buffer.from('id,kind,name\n1,person,'), Buffer.from([0x82, 0xa0, 0xff, 0x20])]),
    'subjects.csv, line 2, column 11: is neither UTF-8 nor CP932',
  ],
  ['an empty file', '', 'subjects.csv, line 1, column 1: is empty'],
])('%s is refused with its place, and nothing is written', async (_, text, message) => {
  await expect(run(text)).rejects.toThrow(message)
  expect(existsSync(join(dir, 'hits.csv'))).toBe(false)
  expect(readdirSync(dir).sort()).toEqual(['lists', 'subjects.csv'])
})

test('a missing file or folder is named', async () => {
  const missing = {
    listsDir: join(dir, 'lists'),
    subjectsFile: join(dir, 'none.csv'),
    outFile: join(dir, 'hits.csv'),
  }
  await expect(runScreen(missing)).rejects.toThrow(/none\.csv: does not exist/u)
  writeFileSync(join(dir, 'none.csv'), SUBJECTS)
  await expect(runScreen({ ...missing, listsDir: join(dir, 'nowhere') })).rejects.toThrow(
    /nowhere: does not exist/u,
  )
})

test('an earlier result stays whole when a later run fails', async () => {
  await run(SUBJECTS)
  const before = hits()
  await expect(run('id,kind,name\n1,person,A\n2,alien,B\n')).rejects.toThrow('line 3, column 2')
  expect(hits()).toEqual(before)
})
