import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { axeComplaints, openBrowser, serveGallery } from './gallery-server.ts'

/**
 * Photographs every gallery page in both themes and runs axe (WCAG 2.1 A and AA) on it; exits 1 on a violation, on an
 * error in the console, or when a page is wider than its window.
 * node bin/run.mjs scripts/gallery/look.ts [PAGE ...] [--out DIR] [--serve]
 */
const args = process.argv.slice(2)
const out = args.includes('--out') ? args[args.indexOf('--out') + 1]! : '/tmp/shots'
const wanted = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--out')
const all = [
  'home',
  'bench',
  'list',
  'detail',
  'form',
  'states',
  'charts',
  'decide',
  'decide/ask',
  'wizard',
  'merge',
  'door',
]
const sizes = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
] as const

mkdirSync(out, { recursive: true })
const { url, server } = await serveGallery()
process.stdout.write(`gallery at ${url}\n`)
if (!args.includes('--serve')) {
  const browser = await openBrowser()
  const complaints = await lookAtAll(browser)
  await browser.close()
  await server.close()
  for (const complaint of complaints) process.stdout.write(`${complaint}\n`)
  process.stdout.write(`${complaints.length} complaints\n`)
  process.exit(complaints.length > 0 ? 1 : 0)
}

async function lookAtAll(browser: Browser): Promise<string[]> {
  const complaints: string[] = []
  for (const theme of ['light', 'dark'] as const)
    for (const size of sizes) {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        locale: 'ja-JP',
        timezoneId: 'Asia/Tokyo',
      })
      const page = await context.newPage()
      let at = ''
      page.on('console', message => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`${at}: ${message.text().slice(0, 300)}`)
      })
      page.on('pageerror', error => complaints.push(`${at}: ${error.message}`))
      for (const name of wanted.length > 0 ? wanted : all) {
        at = `${name} ${theme} ${size.name}`
        complaints.push(...(await lookAt(page, name, at)))
      }
      await context.close()
    }
  return [...new Set(complaints)]
}

async function lookAt(page: Page, name: string, at: string): Promise<string[]> {
  await page.goto(`${url}#${name}`)
  await page.locator('#main h1').waitFor()
  if (name === 'charts') await page.locator('canvas').nth(2).waitFor()
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(out, `${at.replaceAll(/[ /]/g, '-')}.png`), fullPage: name !== 'list' })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const violations = (await axeComplaints(page)).map(complaint => `${at}: ${complaint}`)
  return wide > 0 ? [`${at}: ${wide} px wider than the window`, ...violations] : violations
}
