import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findNextDue } from '../src/business/disposal/find-due.ts'
import { type Product, startProduct } from './support/product.ts'
import { Stage } from './support/stage.ts'

/** Years after the demo's day: what the self check names as past its retention is disposed of by two people, who see what is left of it. */
const MORNING = new Date('2026-12-01T09:30:00+09:00')
const TWO_YEARS = 730
const PATIENCE_MS = 600_000
let product: Product
let stage: Stage

beforeAll(async () => {
  product = await startProduct(MORNING)
  await product.pass(TWO_YEARS)
  while (await findNextDue(product.program.db, product.program.clock.now()));
  stage = await Stage.open(product.url, 'disposal')
}, PATIENCE_MS)
afterAll(async () => {
  await stage?.close()
  await product?.stop()
})

describe('a record past its retention', { timeout: PATIENCE_MS }, () => {
  let number = ''
  let name = ''

  it('is led to from the self check, and its disposal is asked for with what goes with it in sight', async () => {
    const manager = await stage.desk('manager')
    await manager.open('/self-check')
    const link = manager.page.locator('#main a[href^="/disposal?subject=party:"]').first()
    ;[number = '', name = ''] = ((await link.textContent()) ?? '').split('　')
    await link.click()
    await manager.sees(/一緒に廃棄/)
    await manager.because('保存期間が満了したため廃棄する')
    await manager.look('disposal-ask')
    await manager.press('申請する（1件）')
    await manager.sees(/承認待ち\s*1/)
    await manager.press('閉じる')
    await manager.page.locator('.ant-modal:visible').waitFor({ state: 'hidden' })
    await manager.look('disposal-due')
    expect(await manager.reads()).toMatch(new RegExp(`${number}[\\s\\S]*${name}`))
  })

  it('is destroyed when another person approves', async () => {
    const compliance = await stage.desk('compliance')
    await compliance.goTo('廃棄')
    await compliance.page.getByRole('link', { name: '承認待ち', exact: true }).last().click()
    await compliance.sees(`廃棄　顧客・取引先 ${number}`)
    await compliance.press('承認する')
    await compliance.confirm('承認する')
    await compliance.sees('適用済')
    await compliance.open('/disposal?view=done')
    const certificates = compliance.page.getByRole('link', { name: '証明書', exact: true })
    await certificates.first().waitFor()
    await compliance.look('disposal-done')
    const file = await certificates.first().getAttribute('href')
    const certificate = await compliance.page.request.get(file!)
    expect([certificate.status(), certificate.headers()['content-type']]).toEqual([200, 'application/pdf'])
  })

  it('says 廃棄済み on its page and is found by nobody', async () => {
    const manager = await stage.desk('manager')
    await manager.open('/disposal?view=done')
    await manager.page.getByRole('link', { name: new RegExp(number) }).click()
    await manager.page.getByRole('heading', { level: 1, name: '廃棄済み' }).waitFor()
    await manager.sees(/廃棄証明書は「書類」にあります/)
    await manager.look('disposal-customer')
    expect(await manager.reads()).not.toContain(name)
    await manager.open(`/parties?q=${encodeURIComponent(name)}`)
    expect(await manager.reads()).not.toContain(number)
    expect(stage.complaints).toEqual([])
  })
})
