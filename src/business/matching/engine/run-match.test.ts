import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LedgerFileError, matchLedger, runMatch } from './index.ts'
import { dirtyLabelled, readTwoColumns, writeLedger } from './testing/ledger-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daicho-match-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const LEDGER = [
  'phone,name,id,備考,address',
  '03-1234-5678,株式会社山田商店,2,"改行の\nある備考",港区芝浦1-2-3',
  '0312345678,"㈱山田商店",10,"引用""符"",",東京都港区芝浦一丁目2番3号',
  '06-1111-2222,鈴木建設,3,,大阪市北区中之島1-1',
].join('\r\n')

async function match(bytes: Buffer | string) {
  const ledgerFile = join(folder, 'ledger.csv')
  await writeFile(ledgerFile, bytes)
  const outFile = join(folder, 'clusters.csv')
  const pairsFile = join(folder, 'pairs.csv')
  const report = await runMatch({ ledgerFile, outFile, pairsFile, threads: 1 })
  return { report, clusters: await readFile(outFile, 'utf8'), pairs: await readFile(pairsFile, 'utf8') }
}

test.each([
  ['UTF-8', Buffer.from(LEDGER)],
  ['UTF-8 with BOM', Buffer.from(`\ufeff${LEDGER}`)],
  ['CP932', iconv.encode(LEDGER, 'cp932')],
])('a ledger in %s gives every id one cluster and reports the unknown column', async (_, bytes) => {
  const { report, clusters, pairs } = await match(bytes)
  const lines = clusters.trim().split('\n')
  expect(lines[0]).toBe('id,cluster,score,reasons')
  expect(lines.slice(1).map(line => line.split(',').slice(0, 2))).toEqual([
    ['2', '10'],
    ['10', '10'],
    ['3', '3'],
  ])
  expect(pairs.split('\n')[0]).toBe('id_a,id_b,score,decision,reasons')
  expect(pairs.split('\n')[1]).toMatch(/^2,10,(?:1\.0000|0\.9\d+),same,.*name_same/)
  expect(report.unknownColumns).toEqual(['備考'])
})

test.each<[string, string | Buffer, number, number, RegExp]>([
  ['an empty file', '', 1, 1, /empty/],
  ['a missing heading', 'id,phone\n1,2\n', 1, 1, /"name" is missing/],
  ['lines which end with CR alone', 'id,name\r1,a\r', 1, 1, /CR alone/],
  ['semicolons', 'id;name\n1;a\n', 1, 1, /parted by commas/],
  ['no heading row', '1,株式会社山田\n2,㈱山田\n', 1, 1, /"name" is missing/],
  [
    'more rows without headings',
    '1,㈱甲\n2,㈱乙\n3,㈱丙\n4,㈱丁\n5,㈱戊\n6,㈱己\n',
    1,
    1,
    /"name" is missing/,
  ],
  ['UTF-16', Buffer.from('id,name\n1,a\n', 'utf16le'), 1, 1, /not a text file/],
  ['a heading twice', 'id,name,name\n1,a,b\n', 1, 3, /stands twice/],
  ['a record with too many cells', 'id,name\n1,a\n2,b,c\n', 3, 3, /3 cells, the header has 2/],
  ['an empty id', 'id,name\n1,a\n,b\n', 3, 1, /id is empty/],
  ['an id twice', 'id,name\n1,a\n\n1,b\n', 4, 1, /"1" stands twice/],
  ['an open quote', 'id,name\n1,"a\n2,b\n', 2, 2, /never closed/],
  ['text after a quote', 'id,name\n1,"a"x\n', 2, 2, /after a closing quote/],
  ['a very long cell', `id,name\n1,${'x'.repeat(20_000)}\n`, 2, 2, /longer than/],
  ['a binary file', Buffer.from([0x50, 0x4b, 0, 1, 10, 0, 0]), 1, 1, /not a text file/],
  [
    'broken CP932',
    Buffer.concat([Buffer.from('id,name\n1,a\n2,'), Buffer.from([0x81, 0xff, 10])]),
    3,
    2,
    /not CP932/,
  ],
])('%s is refused with its place and nothing is written', async (_, bytes, line, column, problem) => {
  const error = await match(bytes).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(LedgerFileError)
  expect(error).toMatchObject({ line, column, message: expect.stringMatching(problem) })
  expect((error as LedgerFileError).message).toContain(`ledger.csv:${line}:${column}: `)
  expect(await readdir(folder)).toEqual(['ledger.csv'])
})

test('ten thousand unknown columns are read over, and ids that look like formulas are written as text', async () => {
  const more = Array.from({ length: 10_000 }, (_, k) => `c${k}`)
  const cells = more.map(() => 'x').join(',')
  const { report, clusters } = await match(
    `id,name,${more}\n=1+1,株式会社山田商店,${cells}\n@2,㈱山田商店,${cells}\n`,
  )
  expect(report.unknownColumns.length).toBe(10_000)
  expect(clusters.split('\n')[1]).toMatch(/^'=1\+1,'=1\+1,/)
})

test('an earlier result stays when a run fails', async () => {
  await writeFile(join(folder, 'clusters.csv'), 'earlier')
  await match('id,name\n1,"a\n').catch(() => {})
  expect(await readFile(join(folder, 'clusters.csv'), 'utf8')).toBe('earlier')
})

test('two threads over a file find the clusters that one call over the rows finds', async () => {
  const ledger = dirtyLabelled(3000, 12)
  const ledgerFile = join(folder, 'ledger.csv')
  await writeLedger(ledgerFile, ledger)
  const stages = new Set<string>()
  const report = await runMatch({
    ledgerFile,
    outFile: join(folder, 'clusters.csv'),
    threads: 2,
    onProgress: progress => stages.add(progress.stage),
  })
  const fromFile = readTwoColumns(join(folder, 'clusters.csv'))
  const inMemory = matchLedger(ledger.map(each => each.row))
  expect(report.clusters).toBe(inMemory.report.clusters)
  for (const { id, cluster } of inMemory.clusters) expect(fromFile.get(id)).toBe(cluster)
  expect([...stages]).toEqual(expect.arrayContaining(['read', 'index', 'write']))
})
