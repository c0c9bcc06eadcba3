import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roleLabels, roles } from '../src/business/access/index.ts'
import { type Product, startProduct } from './support/product.ts'
import { Stage } from './support/stage.ts'

/** Every place of every role's menu, and the forms and settings behind them: each is a page, not an error. */
const MORNING = new Date('2026-12-01T09:30:00+09:00')
const PATIENCE_MS = 600_000
let product: Product
let stage: Stage

beforeAll(async () => {
  product = await startProduct(MORNING)
  stage = await Stage.open(product.url, 'every-page')
}, PATIENCE_MS)
afterAll(async () => {
  await stage?.close()
  await product?.stop()
})

/** What is typed into the search over everything, and the page it leads to. */
const records = [
  ['青嵐運輸', '株式会社青嵐運輸'],
  ['勇進金型', '株式会社勇進金型'],
] as const

/** Pages no menu leads to, with somebody who may work there. */
const behind = [
  ['reviewer', '/reconciliation/matches', '消込の履歴'],
  ['accounting', '/reconciliation/aliases', '学習した名義'],
  ['accounting', '/payments/import', '明細の取り込み'],
  ['operations', '/imports/new', 'ファイルを読み込む'],
  ['compliance', '/screening/lists', '照合リスト'],
  ['administrator', '/registers/settings', '公的登記の照会設定'],
  ['administrator', '/staff/new', 'ユーザーを招待'],
  ['administrator', '/sign-in-log', 'ログイン記録'],
  ['sales', '/parties/new', '顧客を登録'],
  ['sales', '/receivables/new', '債権の申込を登録'],
  ['sales', '/my-sign-ins', 'ログイン状況と二段階認証'],
  ['sales', '/my-password', 'パスワードの変更'],
  ['sales', '/second-factor', '二段階認証の設定'],
] as const

describe('every page', { timeout: PATIENCE_MS }, () => {
  it('everybody signs in', async () => {
    expect(await stage.everybody()).toEqual(roles.map(() => 'ホーム'))
  })

  it.for(roles)('each place in the menu of %s is there', async role => {
    const desk = await stage.desk(role)
    const places = await desk.places()
    expect(places.length, roleLabels[role]).toBeGreaterThan(2)
    for (const place of places) {
      await desk.goTo(place)
      expect([place, await desk.heading(), await desk.refusal()]).toEqual([place, place, null])
      await desk.look(place)
    }
  })

  it.for(behind)('%s opens %s', async ([role, path, title]) => {
    const desk = await stage.desk(role)
    await desk.open(path)
    expect([await desk.heading(), await desk.refusal()]).toEqual([title, null])
    await desk.look(title)
  })

  it('each tab of a customer and of a debtor is there', async () => {
    const desk = await stage.desk('auditor')
    for (const [text, title] of records) {
      await desk.search(text, title)
      const tabs = await desk.page.locator('#main [role=tab]').allTextContents()
      expect(tabs.length, title).toBeGreaterThan(4)
      for (const tab of tabs) {
        await desk.page.locator('#main').getByRole('tab', { name: tab, exact: true }).click()
        await desk.settled()
        expect([title, tab, await desk.refusal()]).toEqual([title, tab, null])
        await desk.look(`${title}-${tab.replace(/（.*/, '')}`)
      }
    }
  })

  it('no page complained: no accessibility violation, no overflow, no code shown, no error in a console', () => {
    expect(stage.complaints).toEqual([])
  })
})
