import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findBrowser, packagedBrowser } from './browser.ts'
import { packagedFont } from './fonts.ts'

let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'daicho-chromium-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true, force: true })
})

test('a wrong $CHROMIUM is refused by name instead of passed over', async () => {
  vi.stubEnv('CHROMIUM', '/nowhere/chromium')
  await expect(findBrowser(() => {})).rejects.toThrow(
    /CHROMIUM is set to \/nowhere\/chromium, which does not run.*Remedy/,
  )
})

test('a right $CHROMIUM wins over the system', async () => {
  vi.stubEnv('CHROMIUM', process.execPath)
  expect(await findBrowser(() => {})).toEqual({
    path: process.execPath,
    env: {},
    how: `${process.execPath}, from $CHROMIUM`,
  })
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'with nothing installed, the browser and the font from npm show Japanese',
  async () => {
    const found = await packagedBrowser(cache)
    const fonts = packagedFont(cache)
    const browser = await chromium.launch({
      executablePath: found.path,
      env: { HOME: cache, ...found.env, ...fonts.env },
    })
    try {
      const page = await browser.newPage()
      await page.setContent('<p style="font-family: sans-serif">顧客台帳</p>')
      const session = await page.context().newCDPSession(page)
      await session.send('DOM.enable')
      await session.send('CSS.enable')
      const { root } = await session.send('DOM.getDocument')
      const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' })
      const { fonts: used } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
      expect(used.map(font => [font.familyName, font.glyphCount])).toEqual([['BIZ UDPGothic', 4]])
    } finally {
      await browser.close()
    }
    expect(readdirSync(cache).filter(name => name.endsWith(`.${process.pid}`))).toEqual([])
  },
)
