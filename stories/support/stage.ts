import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { type Role, roleLabels, roles } from '../../src/business/access/index.ts'
import { Desk, PATIENCE_MS } from './desk.ts'
import { Look } from './look.ts'

const AT_ONCE = 3

/** Signs the person at the desk in on the sign-in page that is open. */
export type Entrance = (desk: Desk) => Promise<void>

/** One click on the person's name, as the demo's sign-in page offers it. */
const throughDemo: Entrance = ({ role, page }) =>
  page
    .locator('.entrance-logins button')
    .filter({ has: page.locator('.entrance-role', { hasText: new RegExp(`^${roleLabels[role]}$`) }) })
    .first()
    .click()

/** The browsers of everybody in the story; a desk is signed in on first use, through the sign-in page. */
export class Stage {
  readonly #url: string
  readonly #browser: Browser
  readonly #enter: Entrance
  readonly #desks = new Map<Role, Desk>()
  #contexts: BrowserContext[] = []
  readonly #look: Look

  private constructor(url: string, browser: Browser, look: Look, enter: Entrance) {
    this.#url = url
    this.#enter = enter
    this.#browser = browser
    this.#look = look
  }

  /** Another way in than the demo's makes it a story of other pages than the day's: those of the day are looked at briefly. */
  static async open(url: string, story: string, enter?: Entrance): Promise<Stage> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    return new Stage(url, browser, new Look(story, enter !== undefined), enter ?? throughDemo)
  }

  get complaints(): readonly string[] {
    return this.#look.complaints
  }

  async desk(role: Role): Promise<Desk> {
    const known = this.#desks.get(role)
    if (known) return known
    const desk = await this.seat(role)
    await desk.page.goto('/')
    await desk.page.getByRole('heading', { name: 'ログイン', exact: true }).waitFor()
    if (this.#desks.size === 0) await desk.look('sign-in')
    await this.#enter(desk)
    await desk.page.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
    this.#desks.set(role, desk)
    return desk
  }

  /** A browser of their own for somebody who has not signed in. */
  async seat(role: Role): Promise<Desk> {
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    this.#contexts.push(context)
    const page = await context.newPage()
    this.#look.listen(page, role)
    return new Desk(role, page, this.#look)
  }

  /** Everybody signs in, some at the same time; answers the heading each of them finds, in the order of the roles. */
  async everybody(): Promise<string[]> {
    const headings: string[] = []
    for (let at = 0; at < roles.length; at += at === 0 ? 1 : AT_ONCE) {
      const some = roles.slice(at, at === 0 ? 1 : at + AT_ONCE)
      const desks = await Promise.all(some.map(role => this.desk(role)))
      headings.push(...(await Promise.all(desks.map(desk => desk.heading()))))
    }
    return headings
  }

  /** Everybody goes home: sign-ins end, the next use of a desk signs in anew. */
  async goHome(): Promise<void> {
    for (const context of this.#contexts) await context.close()
    this.#contexts = []
    this.#desks.clear()
  }

  async close(): Promise<void> {
    await this.goHome()
    await this.#browser.close()
  }
}
