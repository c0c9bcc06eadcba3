import type { Locator, Page } from 'playwright-core'
import type { Role } from '../../src/business/access/index.ts'
import type { Look } from './look.ts'

/** For machines which have more to do than this. */
export const PATIENCE_MS = 90_000

export interface FileToGive {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Somebody at a desk: a browser of their own, signed in. Everything is found the way people find it, by role and label. */
export class Desk {
  readonly role: Role
  readonly page: Page
  readonly #look: Look

  constructor(role: Role, page: Page, look: Look) {
    this.role = role
    this.page = page
    this.#look = look
  }

  /** Opens an address of the product and waits for its heading. */
  async open(path: string): Promise<void> {
    await this.page.goto(path)
    await this.page.locator('#main h1').first().waitFor()
    await this.#look.settled(this.page)
  }

  /** Goes to a place through the menu on the left; its page is called as the menu calls it. */
  async goTo(place: string): Promise<void> {
    await this.page
      .locator('.ui-rail-link')
      .filter({ has: this.page.locator('.ui-rail-word', { hasText: new RegExp(`^${place}$`) }) })
      .click()
    await this.page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor()
    await this.#look.settled(this.page)
  }

  /** Waits until nothing loads or moves any more. */
  settled(): Promise<void> {
    return this.#look.settled(this.page)
  }

  /** Every place of this person's menu. */
  places(): Promise<string[]> {
    return this.page.locator('.ui-rail-word').allTextContents()
  }

  /** What the page says instead of showing what it is for: no permission, not found, an error; null when it shows it. */
  async refusal(): Promise<string | null> {
    const said = this.page.locator('#main .ui-state-refused, #main .ui-state-error').first()
    return (await said.count()) ? await said.textContent() : null
  }

  /** Finds a record by the search over everything, with the keyboard alone. */
  async search(text: string, title: string): Promise<void> {
    await this.page.locator('#main').click({ position: { x: 5, y: 5 } })
    await this.page.keyboard.press('/')
    await this.page.getByRole('combobox', { name: /検索/ }).last().fill(text)
    await this.page
      .getByRole('option', { name: new RegExp(title) })
      .first()
      .waitFor()
    await this.page.keyboard.press('Enter')
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await this.#look.settled(this.page)
  }

  /** The page as a user sees it: no axe violation in light and dark, nothing wider than the window; photographed in both. */
  async look(name: string, image?: string): Promise<void> {
    await this.#look.at(this.page, `${name}-${this.role}`, image)
  }

  /** Where one acts now: the dialog when one is open, else the page. */
  get scope(): Locator {
    return this.page.locator('.ant-modal:visible, #main').last()
  }

  field(label: string): Locator {
    return this.scope
      .locator('input:not([type=radio]):not([type=checkbox]), textarea')
      .and(this.page.getByLabel(label, { exact: false }))
      .first()
  }

  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text)
  }

  /** The reason every act on a master item asks for. */
  async because(text: string): Promise<void> {
    await this.scope.getByRole('textbox', { name: /^理由/ }).fill(text)
  }

  /** Chooses one of few (radio buttons) or of many (a list). */
  async choose(label: string, option: string): Promise<void> {
    const few = this.scope.getByRole('radiogroup', { name: label })
    const box = this.scope.getByRole('combobox', { name: label }).first()
    await few.or(box).first().waitFor()
    if (await few.count()) return await few.getByText(option).first().click()
    await box.click()
    if (await box.isEditable()) await box.fill(option)
    await this.#take(box, option)
  }

  /** Types into a list that searches while one types, and takes the row that says `wanted`. */
  async find(label: string, text: string, wanted = text): Promise<void> {
    const box = this.scope.getByRole('combobox', { name: label })
    await box.click()
    await box.fill(text)
    await this.#take(box, wanted)
  }

  /** Clicks a row of the list which the box has opened. */
  async #take(box: Locator, wanted: string): Promise<void> {
    const list = await box.getAttribute('aria-controls')
    await this.page
      .locator('.ant-select-dropdown', { has: this.page.locator(`[id="${list}"]`) })
      .locator('.ant-select-item-option')
      .filter({ hasText: wanted })
      .first()
      .click()
  }

  /** Adds a file as evidence, and waits until it is on the record. */
  async attach(file: FileToGive): Promise<void> {
    const { scope } = this
    await scope.locator('input[type=file]').last().setInputFiles(file)
    await scope.getByRole('button', { name: 'ファイルを追加' }).click()
    await scope
      .locator('.ant-select-selection-item')
      .filter({ hasText: file.name.replace(/\.[a-z]+$/, '') })
      .first()
      .waitFor()
  }

  async press(button: string): Promise<void> {
    await this.scope.getByRole('button', { name: button, exact: true }).last().click()
  }

  /** The buttons of the open dialog are pressed last; it closes when the act is done. */
  async confirm(button: string): Promise<void> {
    const dialog = this.page.locator('.ant-modal:visible')
    await dialog.getByRole('button', { name: button, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** Waits until the page says it. */
  async sees(text: string | RegExp): Promise<void> {
    await this.scope.getByText(text).first().waitFor()
  }

  /** What work in the background brings: looks again and again until the page says it. */
  async reloadsUntil(text: string | RegExp): Promise<void> {
    const said = this.page.locator('#main').getByText(text).first()
    for (let looked = 0; looked < 20; looked += 1) {
      await this.#look.settled(this.page)
      if (await said.isVisible()) return
      await this.page.waitForTimeout(1_000)
      await this.page.reload()
    }
    throw new Error(`the page never said ${text}`)
  }

  /** Waits until a request for a second person has been opened, and answers its address. */
  async requested(): Promise<string> {
    await this.page.waitForURL(/\/change-requests\/[0-9a-f-]{36}/)
    await this.sees('申請した本人は承認できません')
    return new URL(this.page.url()).pathname
  }

  /** Waits for the page of a record just made, and answers its id. */
  async record(path: string): Promise<string> {
    await this.page.waitForURL(new RegExp(`/${path}/[0-9a-f]{8}-[0-9a-f-]{27}`))
    return /([0-9a-f]{8}-[0-9a-f-]{27})/.exec(this.page.url())![1]!
  }

  async heading(): Promise<string> {
    return (await this.page.locator('#main h1').first().textContent()) ?? ''
  }

  /** The text of the page's main part, for what is asserted about it. */
  async reads(): Promise<string> {
    await this.#look.settled(this.page)
    // biome-ignore lint/performance/useDomNodeTextContent: what a person reads, without what is hidden
    return (await this.page.locator('#main').innerText()).replaceAll(/[ \t]+/g, ' ')
  }
}
