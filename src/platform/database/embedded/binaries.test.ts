import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyBinaries, linkLibraries } from './binaries.ts'

let root: string
let native: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daicho-binaries-'))
  native = join(root, 'native')
  mkdirSync(join(native, 'lib'), { recursive: true })
  mkdirSync(join(native, 'bin'))
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), 'library')
  const links = [
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  ]
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

test('the library links an install script would make are made at the start, once', () => {
  expect(linkLibraries(native)).toBe(true)
  expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
  expect(linkLibraries(native)).toBe(true)
  expect(readdirSync(join(native, 'lib')).sort()).toEqual(['libpq.so', 'libpq.so.5', 'libpq.so.5.18'])
})

test('a copy of the programs carries its links and appears whole', () => {
  const home = join(root, 'home')
  mkdirSync(home)
  const copy = copyBinaries({ folder: native, version: '18.0.0' }, home)
  expect(readlinkSync(join(copy, 'lib', 'libpq.so'))).toBe('libpq.so.5.18')
  expect(existsSync(join(native, 'lib', 'libpq.so'))).toBe(false)
  expect(copyBinaries({ folder: native, version: '18.0.0' }, home)).toBe(copy)
  expect(readdirSync(home)).toEqual(['postgresql-18.0.0'])
})
