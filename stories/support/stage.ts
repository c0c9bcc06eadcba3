import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Role, roleLabels } from '../../src/business/access/index.ts'

const SHOTS = fileURLToPath(new URL('../../test-results/working-day/', import.meta.url))
const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const WAIT_MS = 10_000

/** Somebody at a desk: a browser of their own, signed in, with every complaint of the pages kept. */
export interface Desk {
  page: Page
  /** Opens an address of the product and waits for its heading. */
  open(path: string): Promise<void>
  /** The page as a user sees it: no axe violation, nothing wider than the window; photographed in light, and in dark when asked. */
  look(name: string, options?: { dark?: boolean; image?: string }): Promise<void>
  /** A form field by its label. */
  field(label: string): Locator
  fill(label: string, text: string): Promise<void>
  choose(label: string, option: string): Promise<void>
  /** Types into a list that searches while one types, and takes the first row found. */
  find(label: string, text: string): Promise<void>
  press(button: string): Promise<void>
  heading(): Promise<string>
  /** A command through the public API with this person's sign-in: what a screen would send. Answers status and body. */
  send(path: string, input: object): Promise<{ status: number; body: Record<string, unknown> }>
}

export class Stage {
  readonly #url: string
  readonly #browser: Browser
  readonly #desks = new Map<Role, Desk>()
  readonly #contexts: BrowserContext[] = []
  readonly complaints: string[] = []

  private constructor(url: string, browser: Browser) {
    this.#url = url
    this.#browser = browser
  }

  static async open(url: string): Promise<Stage> {
    mkdirSync(SHOTS, { recursive: true })
    mkdirSync(IMAGES, { recursive: true })
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    return new Stage(url, browser)
  }

  /** The desk of a role, signed in on first use through the sign-in page of the demo. */
  async desk(role: Role): Promise<Desk> {
    const known = this.#desks.get(role)
    if (known) return known
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(WAIT_MS)
    this.#contexts.push(context)
    const page = await context.newPage()
    page.on('console', message => {
      // A refused request shows as a network error as well; the page says it in words.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        this.complaints.push(`${role} at ${page.url()}: ${message.text().slice(0, 300)}`)
    })
    page.on('pageerror', error => this.complaints.push(`${role} at ${page.url()}: ${error.message}`))
    const desk = deskAt(page, this.complaints)
    if (role === 'sales') {
      await page.goto('/')
      await page.getByRole('heading', { name: 'ログイン', exact: true }).waitFor()
      await desk.look('sign-in', { dark: true })
    } else await page.goto('/')
    const label = roleLabels[role]
    await page
      .locator('.entrance-logins button')
      .filter({ has: page.locator('.entrance-role', { hasText: new RegExp(`^${label}$`) }) })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
    this.#desks.set(role, desk)
    return desk
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close()
    await this.#browser.close()
  }
}

function deskAt(page: Page, complaints: string[]): Desk {
  const field = (label: string) =>
    page
      .locator('input, textarea')
      .and(page.getByLabel(label, { exact: false }))
      .first()
  return {
    page,
    field,
    async open(path) {
      await page.goto(path)
      await page.locator('#main h1').first().waitFor()
      await settled(page)
    },
    async look(name, { dark = false, image } = {}) {
      await settled(page)
      await inspect(page, `${name} light`, complaints)
      await page.screenshot({ path: `${SHOTS}${name}-light.png` })
      if (image) await page.screenshot({ path: `${IMAGES}${image}` })
      if (!dark) return
      await page.emulateMedia({ colorScheme: 'dark' })
      await settled(page)
      await inspect(page, `${name} dark`, complaints)
      await page.screenshot({ path: `${SHOTS}${name}-dark.png` })
      await page.emulateMedia({ colorScheme: 'light' })
    },
    async fill(label, text) {
      await field(label).fill(text)
    },
    async choose(label, option) {
      await field(label).click()
      await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: false }).first().click()
    },
    async find(label, text) {
      const box = page.getByRole('combobox', { name: label })
      await box.click()
      await box.pressSequentially(text, { delay: 20 })
      await page.locator('.ant-select-item-option', { hasText: text }).first().waitFor({ state: 'attached' })
      await page.keyboard.press('Enter')
    },
    async press(button) {
      await page.getByRole('button', { name: button, exact: true }).last().click()
    },
    async send(path, input) {
      return page.evaluate(
        async ({ path, input }) => {
          const answer = await fetch(path, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'x-daicho-request': '1',
              'idempotency-key': crypto.randomUUID(),
            },
            body: JSON.stringify(input),
          })
          return { status: answer.status, body: await answer.json() }
        },
        { path, input },
      )
    },
    async heading() {
      return (await page.locator('#main h1').first().textContent()) ?? ''
    },
  }
}

/** Nothing is loading and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .ui-loading'), null, {
    timeout: WAIT_MS,
  })
  await page.waitForTimeout(250)
}

async function inspect(page: Page, at: string, complaints: string[]): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (wide > 0) complaints.push(`${at}: ${wide} px wider than the window`)
  const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  for (const found of axe.violations) {
    const places = found.nodes
      .slice(0, 3)
      .map(node => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
    complaints.push(`${at}: ${found.id}: ${found.help}: ${places.join(' | ')}`)
  }
}

/** The last part of the address of a record's page. */
export function idInAddress(page: Page): string {
  const id = /([0-9a-f]{8}-[0-9a-f-]{27})/.exec(page.url())?.[1]
  expect(id, `no record in ${page.url()}`).toBeDefined()
  return id as string
}
