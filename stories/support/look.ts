import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url))
const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const LOADED_MS = 90_000
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
const SCHEMES = ['light', 'dark'] as const

/** Looks at pages as a reviewer of the product would, and keeps every complaint. */
export class Look {
  readonly complaints: string[] = []
  readonly #folder: string
  readonly #known = new Set<string>()
  #shots = 0

  readonly #brief: boolean

  /**
   * `story` names the folder of the photographs below test-results. A brief look leaves out the dark theme and axe, where another story
   * has them of the same pages.
   */
  constructor(story: string, brief = false) {
    this.#brief = brief
    this.#folder = `${RESULTS}${story}/`
    mkdirSync(this.#folder, { recursive: true })
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

  /**
   * A photograph, numbered in story order, with a look for codes and overflow. The first time a page (or a dialog on it) is
   * seen: also in dark, and axe in both; the theme follows the system's colour scheme without a reload.
   */
  async at(page: Page, name: string, image?: string): Promise<void> {
    await this.settled(page)
    this.#shots += 1
    const shot = `${String(this.#shots).padStart(3, '0')}-${name}`
    const place = await page.evaluate(placeOf)
    const first = !this.#brief && !this.#known.has(place)
    this.#known.add(place)
    for (const scheme of first ? SCHEMES : (['light'] as const)) {
      if (scheme === 'dark') {
        await page.emulateMedia({ colorScheme: scheme })
        await this.settled(page)
      }
      await page.screenshot({ path: `${this.#folder}${shot}-${scheme}.png` })
      if (image && scheme === 'light') await page.screenshot({ path: `${IMAGES}${image}` })
      await this.#inspect(page, `${name} ${scheme}`)
      if (first) await this.#axe(page, `${name} ${scheme}`)
    }
    if (first) await page.emulateMedia({ colorScheme: 'light' })
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
  }

  async #axe(page: Page, at: string): Promise<void> {
    // Our pages have no frames, so axe may run in the page itself instead of opening a second one for its result.
    const axe = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode(true).analyze()
    for (const found of axe.violations) {
      const places = found.nodes
        .slice(0, 3)
        .map(node => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
      this.complaints.push(`${at}: ${found.id}: ${found.help}: ${places.join(' | ')}`)
    }
  }
}

/** What page this is whatever its record: the address without ids, the tab, and the open dialog. Runs in the page. */
function placeOf(): string {
  const path = location.pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
  const tab = new URLSearchParams(location.search).get('tab') ?? ''
  const shown = [...document.querySelectorAll('[role=dialog]')].filter(dialog => dialog.checkVisibility())
  const dialog = shown.at(-1)?.querySelector('.ant-modal-title, h2')?.textContent ?? ''
  return `${path}?${tab}#${dialog}`
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
