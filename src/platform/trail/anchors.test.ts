import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { appendAnchor, readAnchors } from './anchors.ts'

const folder = mkdtempSync(join(tmpdir(), 'daicho-anchors-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const root = (byte: number) => Buffer.alloc(32, byte)
const at = '2026-11-24T01:56:35.934Z'

test('wherever a power cut tears the last line, earlier and later roots stay readable, and none is invented', async () => {
  const line = `2 5 ${root(2).toString('hex')} ${at}\n`.length
  for (let torn = 1; torn < line; torn++) {
    const file = join(folder, `torn-${torn}.log`)
    for (const block of [1, 2])
      await appendAnchor(file, { block, root: root(block), leafCount: 5, sealedAt: at })
    truncateSync(file, readFileSync(file).length - torn)
    await appendAnchor(file, { block: 3, root: root(3), leafCount: 7, sealedAt: at })
    const noted = await readAnchors(file)
    const right = [root(1), root(2), root(3)].map(bytes => bytes.toString('hex'))
    expect(noted.every(anchor => anchor.root === right[anchor.block - 1])).toBe(true)
    expect(noted.map(anchor => anchor.block)).toEqual(torn === 1 ? [1, 2, 3] : [1, 3])
  }
})

test('lines which are not roots are no anchors, and no file is no anchors', async () => {
  const file = join(folder, 'noise.log')
  appendFileSync(file, 'hello\n1 2 abc 2026\n')
  expect(await readAnchors(file)).toEqual([])
  expect(await readAnchors(join(folder, 'none.log'))).toEqual([])
})
