import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const SHOTS = fileURLToPath(new URL('../../test-results/working-day/', import.meta.url))
const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const LOADED_MS = 15_000
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** Looks at pages as a reviewer of the product would, and keeps every complaint. */
export class Look {
  readonly complaints: string[] = []
  #shots = 0

  constructor() {
    mkdirSync(SHOTS, { recursive: true })
    mkdirSync(IMAGES, { recursive: true })
  }

  /** Errors of the page itself, under the name of whoever has it open. */
  listen(page: Page, who: string): void {
    page.on('console', message => {
      // A refused request shows as a network error as well; the page says it in words.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        this.complaints.push(`${who} at ${page.url()}: ${message.text().slice(0, 300)}`)
    })
    page.on('pageerror', error => this.complaints.push(`${who} at ${page.url()}: ${error.message}`))
  }

  /** In light and in dark: a photograph, axe, and whether anything is wider than the window. Shots are numbered in story order. */
  async at(page: Page, name: string, image?: string): Promise<void> {
    this.#shots += 1
    const shot = `${String(this.#shots).padStart(3, '0')}-${name}`
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await this.settled(page)
      await page.screenshot({ path: `${SHOTS}${shot}-${scheme}.png` })
      if (image && scheme === 'light') await page.screenshot({ path: `${IMAGES}${image}` })
      await this.#inspect(page, `${name} ${scheme}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  /** Nothing is loading and nothing moves any more. */
  async settled(page: Page): Promise<void> {
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .ui-loading'), null, {
      timeout: LOADED_MS,
    })
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map(one => one.finished.catch(() => null))),
    )
  }

  async #inspect(page: Page, at: string): Promise<void> {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) this.complaints.push(`${at}: ${wide} px wider than the window`)
    const raw = await page.evaluate(rawTexts)
    for (const text of raw) this.complaints.push(`${at}: a code instead of words: ${text}`)
    const axe = await new AxeBuilder({ page }).withTags(WCAG).analyze()
    for (const found of axe.violations) {
      const places = found.nodes
        .slice(0, 3)
        .map(node => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
      this.complaints.push(`${at}: ${found.id}: ${found.help}: ${places.join(' | ')}`)
    }
  }
}

/** Texts which only a program would show: ids, instants, identifiers of the code. Runs in the page. */
function rawTexts(): string[] {
  const shapes = [
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/,
    /\d{4}-\d\d-\d\dT\d/,
    /\b[a-z]+_[a-z_]+\b/,
    /\bundefined\b|\bNaN\b|\[object/,
  ]
  const found = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent?.trim() ?? ''
    const holder = texts.currentNode.parentElement
    if (holder?.closest('script, style, [hidden], code, [role=listbox]')) continue
    if (shapes.some(shape => shape.test(text))) found.add(text.slice(0, 80))
  }
  return [...found]
}
