import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { palettes } from '../../src/ui/theme/palette.ts'
import { axeComplaints, openBrowser, serveBuiltGallery } from './gallery-server.ts'

let browser: Browser
let page: Page
let gallery: Awaited<ReturnType<typeof serveBuiltGallery>>

beforeAll(async () => {
  gallery = await serveBuiltGallery()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await gallery.close()
})

beforeEach(async () => {
  await page?.context().close()
  page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ja-JP' })
  ).newPage()
})

async function open(name: string): Promise<void> {
  await page.goto(`${gallery.url}#${name}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const place = () => new URL(page.url()).hash
const row = (name: string) => page.getByRole('row', { name })

describe('the list by keyboard', () => {
  beforeEach(() => open('list'))

  test('↓ walks the rows and Enter opens the one in focus', async () => {
    await row('C-000123').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(place).toBe('#detail/C-000197')
  })

  test('Space chooses the row, and what may be done with it appears', async () => {
    await row('C-000123').focus()
    await page.keyboard.press('Space')
    await page.getByText('1件を選択中').waitFor()
    expect(await page.getByRole('button', { name: '担当を変える' }).count()).toBe(1)
    expect(await axeComplaints(page)).toEqual([])
  })

  test('a refused action is reached by keyboard, says why, and does nothing', async () => {
    const button = page.getByRole('button', { name: '書き出し' })
    await button.focus()
    await page.getByRole('tooltip').waitFor()
    expect(await page.getByRole('tooltip').textContent()).toContain('この役割では書き出せません')
    expect(await button.getAttribute('aria-disabled')).toBe('true')
  })

  test('a column taken out is gone from the table', async () => {
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('checkbox', { name: 'リスク' }).click()
    expect(await page.getByRole('columnheader', { name: 'リスク' }).count()).toBe(0)
    expect(await axeComplaints(page)).toEqual([])
  })

  test('a range typed as people write it becomes a chip', async () => {
    await page.getByRole('button', { name: '条件を追加' }).click()
    await page.getByRole('menuitem', { name: '与信枠' }).click()
    await page.getByRole('textbox', { name: '与信枠 開始' }).fill('３００万')
    expect(await axeComplaints(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '与信枠 300万円 から' }).waitFor()
    await page.getByRole('button', { name: '条件「与信枠」を外す' }).click()
    expect(await page.getByRole('button', { name: '与信枠 300万円 から' }).count()).toBe(0)
  })

  test('the next page begins where the last one ended', async () => {
    await page.getByRole('button', { name: '次へ' }).click()
    await page.getByText('26–50件目').waitFor()
  })
})

describe('the search', () => {
  test('/ opens it, arrows choose over the groups, Enter follows', async () => {
    await open('list')
    await page.keyboard.press('/')
    const input = page.getByRole('combobox', { name: '検索' })
    await input.fill('高橋')
    await page.getByRole('option', { name: 'INV-2026-10-0457' }).waitFor()
    expect(await axeComplaints(page)).toEqual([])
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect.poll(place).toBe('#form')
  })

  test('Ctrl-K opens it and Esc closes it; nothing found says how to go on', async () => {
    await open('states')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '検索' }).fill('なし')
    await page.getByText('「なし」に当てはまるものはありません').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: '検索' }).waitFor({ state: 'hidden' })
  })
})

describe('the form', () => {
  beforeEach(() => open('form'))

  test('a Japanese date is written back as one form and said in Japanese years', async () => {
    const field = page.getByRole('textbox', { name: '設立日' })
    await field.fill('令和元年5月1日')
    await field.blur()
    expect(await field.inputValue()).toBe('2019-05-01')
    await page.getByText('令和元年5月1日').waitFor()
  })

  test('yen are put into thousands only when the field is left', async () => {
    const field = page.getByRole('textbox', { name: '資本金' })
    await field.fill('1200000')
    expect(await field.inputValue()).toBe('1200000')
    await field.blur()
    expect(await field.inputValue()).toBe('1,200,000')
  })

  test('what cannot be read stays as written, is marked, and keeps the form from being sent', async () => {
    const field = page.getByRole('textbox', { name: '資本金' })
    await field.fill('たくさん')
    await field.blur()
    expect(await field.inputValue()).toBe('たくさん')
    const send = page.getByRole('button', { name: '登録する' })
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await send.focus()
    expect(await page.getByRole('tooltip').textContent()).toBe('資本金：1円単位の整数で入力してください')
  })

  test('a line of the error summary leads to its field', async () => {
    await page.getByRole('alert').getByRole('link', { name: '法人番号' }).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
    expect(
      await page.getByRole('textbox', { name: '法人番号' }).evaluate(node => node === document.activeElement),
    ).toBe(true)
  })

  test('a suggestion is taken by a click; nothing changes before', async () => {
    const field = page.getByRole('textbox', { name: '商号のカナ' })
    expect(await field.inputValue()).toBe('ﾀｶﾊｼﾃﾞﾝｾﾂｺｳｷﾞｮｳ')
    await page.getByRole('button', { name: '「タカハシデンセツコウギョウ」にする' }).click()
    expect(await field.inputValue()).toBe('タカハシデンセツコウギョウ')
  })

  test('leaving words which are kept nowhere asks first; staying keeps them', async () => {
    await open('form/failing')
    await page.getByRole('textbox', { name: '商号', exact: true }).fill('株式会社みどり')
    await page.getByRole('navigation', { name: 'メインメニュー' }).getByRole('link', { name: 'KPI' }).click()
    await page.getByRole('dialog', { name: '入力途中の内容があります' }).waitFor()
    expect(await axeComplaints(page)).toEqual([])
    await page.getByRole('button', { name: '入力を続ける' }).click()
    expect(await page.getByRole('textbox', { name: '商号', exact: true }).inputValue()).toBe('株式会社みどり')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('navigation', { name: 'メインメニュー' }).getByRole('link', { name: 'KPI' }).click()
    await page.getByRole('button', { name: '離れる' }).click()
    await expect.poll(place).toBe('#charts')
  })

  test('the lists, the calendar and the help open without an axe complaint', async () => {
    await page.getByRole('combobox', { name: '業種' }).click()
    await page.getByRole('option', { name: '建設業' }).first().waitFor({ state: 'attached' })
    expect(await axeComplaints(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '商号の説明' }).click()
    await page.getByText('登記簿のとおりに入力します').waitFor()
    expect(await axeComplaints(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '設立日 暦から選ぶ' }).click()
    await page.locator('.ant-picker-panel').waitFor()
    expect(await axeComplaints(page)).toEqual([])
    await page.locator('.ant-picker-cell-in-view', { hasText: /^15$/ }).click()
    expect(await page.getByRole('textbox', { name: '設立日' }).inputValue()).toBe('1998-04-15')
  })
})

describe('decisions', () => {
  test('an act which needs a reason is not done without one', async () => {
    await open('decide/ask')
    await page.getByRole('button', { name: '却下する' }).click()
    await page.getByText('理由を入力してください').waitFor()
    expect(await axeComplaints(page)).toEqual([])
  })

  test('a masked text is shown after a reason and can be hidden again', async () => {
    await open('detail')
    await page.getByRole('button', { name: '口座番号を表示' }).click()
    await page.getByRole('textbox', { name: '理由' }).fill('入金の照会')
    await page.getByRole('button', { name: '表示', exact: true }).click()
    await page.getByText('普通 1234123').waitFor()
    await page.getByRole('button', { name: '隠す' }).click()
    await page.getByText('●●●●123').waitFor()
  })

  test('what did not change is folded away until asked for', async () => {
    await open('decide')
    expect(await page.getByRole('rowheader', { name: '通貨' }).count()).toBe(0)
    await page.getByRole('button', { name: '変更のない項目 2件を表示' }).click()
    expect(await page.getByRole('rowheader', { name: '通貨' }).count()).toBe(1)
  })
})

describe('files', () => {
  test('a file of a kind nobody asked for is refused in words; the others are taken and can be dropped again', async () => {
    await open('wizard')
    const pick = page.getByLabel('取り込むファイル')
    await pick.setInputFiles([
      { name: '台帳.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') },
      { name: '印影.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ])
    await page.getByText('「印影.svg」は受け付けられない形式です（.csv .xlsx）').waitFor()
    await page.getByRole('button', { name: '台帳.csvを取り消す' }).click()
    expect(await page.getByRole('button', { name: '台帳.csvを取り消す' }).count()).toBe(0)
  })
})

describe('choosing one of many', () => {
  test('typing finds, Enter chooses, and the form may go on', async () => {
    await open('merge')
    await page.getByRole('combobox', { name: '売掛先' }).fill('運輸')
    await page.getByText('C-001204').waitFor()
    expect(await axeComplaints(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.locator('.ant-select-content', { hasText: '高橋運輸有限会社' }).waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: '選ぶ' }).getAttribute('aria-disabled'))
      .toBe(null)
  })
})

describe('work in a row', () => {
  test('↓ takes the next one, its letter does the act, and what was done is said', async () => {
    await open('bench')
    await page.getByRole('listbox', { name: '未消込の入金' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText('D-2', { exact: true }).waitFor()
    await page.keyboard.press('a')
    await page.getByText('消し込みました').waitFor()
    expect(await axeComplaints(page)).toEqual([])
  })
})

describe('the frame', () => {
  test('a chosen theme holds over a reload', async () => {
    await open('states')
    await page.getByRole('button', { name: /利用者メニュー/ }).click()
    await page.getByRole('menuitem', { name: /暗い/ }).click()
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.getByRole('button', { name: /利用者メニュー/ }).click()
    await page.getByRole('menuitem', { name: 'サインアウト' }).waitFor()
    expect(await axeComplaints(page)).toEqual([])
  })

  test('the page wears the colours of the palette, and paper is light even from a dark screen', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await open('states')
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ui-ground'))
    await expect.poll(ground).toBe(palettes.dark.ground)
    await page.emulateMedia({ media: 'print' })
    expect(await ground()).toBe(palettes.light.ground)
  })

  test('the folded rail still names its places', async () => {
    await open('states')
    await page.getByRole('button', { name: 'メニューをたたむ' }).click()
    await page
      .getByRole('navigation', { name: 'メインメニュー' })
      .getByRole('link', { name: '承認 承認待ち 3件' })
      .waitFor()
    expect(await axeComplaints(page)).toEqual([])
  })

  test('on a phone the rail is a sheet and no page is wider than the window', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const name of ['list', 'detail', 'form', 'charts', 'decide', 'wizard', 'states']) {
      await open(name)
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 390])
    }
    await page.getByRole('button', { name: 'メニュー', exact: true }).click()
    await page.getByRole('link', { name: 'KPI' }).click()
    await expect.poll(place).toBe('#charts')
  })

  test('a picture has its table', async () => {
    await open('charts')
    const card = page.getByRole('region', { name: '売掛先の集中度（上位）' })
    await card.getByText('表で見る').click()
    expect(await card.getByRole('row', { name: '東和建設株式会社' }).textContent()).toContain('21.8%')
  })
})
