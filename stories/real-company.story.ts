import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setup } from '../src/business/access/cli.ts'
import type { Role } from '../src/business/access/index.ts'
import { type Colleague, enter, firstSignIn, staffUp } from './real-company/people.ts'
import type { Desk } from './support/desk.ts'
import { type Product, startProduct } from './support/product.ts'
import { Stage } from './support/stage.ts'

/** A company without a record in it, from `daicho setup` to where its working day begins, by clicking; and who leaves it or loses a telephone. */
const MORNING = new Date('2026-12-01T09:30:00+09:00')
const PATIENCE_MS = 600_000
const PASSWORD = '紫陽花と長い合言葉 2026'
const administrators: Colleague[] = ['管理 一郎', '管理 二葉'].map((name, at) => ({
  name,
  email: `admin${at + 1}@kaigyo.example`,
  password: '',
  key: null,
}))
const people = new Map<Role, Colleague>(
  (
    [
      ['sales', '佐々木 美咲'],
      ['reviewer', '高橋 健一'],
      ['compliance', '斎藤 由美'],
      ['accounting', '松本 浩二'],
    ] as const
  ).map(([role, name]) => [role, { name, email: `${role}@kaigyo.example`, password: PASSWORD, key: null }]),
)
let product: Product
let stage: Stage
let offices: [Desk, Desk]

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daicho-setup-'))
  const file = join(folder, 'setup.json')
  const company = { legalName: '開業ファクタリング株式会社', originatorCode: '1234567890' }
  writeFileSync(
    file,
    JSON.stringify({
      company,
      administrators: administrators.map(({ name, email }) => ({ displayName: name, email })),
    }),
  )
  const said: string[] = []
  product = await startProduct(MORNING, {
    mode: 'company',
    fill: ({ db, keys, clock }) =>
      setup({ db, keys, now: clock.now(), operator: 'operator', say: line => said.push(line), ask: null }, [
        '--file',
        file,
      ]),
  })
  rmSync(folder, { recursive: true })
  for (const person of administrators)
    person.password =
      said
        .find(line => line.includes(person.email))
        ?.trim()
        .split(/\s+/)[1] ?? ''
  stage = await Stage.open(product.url, 'real-company', desk => enter(desk, people.get(desk.role)!))
}, PATIENCE_MS)
afterAll(async () => {
  await stage?.close()
  await product?.stop()
})

describe('the first days of a company', { timeout: PATIENCE_MS }, () => {
  it('both administrators come in with the printed passwords, change them and set up their apps', async () => {
    offices = [await stage.seat('administrator'), await stage.seat('administrator')]
    await firstSignIn(offices[0], administrators[0]!, 'first')
    await firstSignIn(offices[1], administrators[1]!)
    await offices[0].look('home-of-nobody')
    expect(await offices[0].heading()).toBe('ホーム')
  })

  it('everybody is invited, gets their role by two, and comes in by the link', async () => {
    await staffUp(stage, offices, people)
    await offices[0].open('/staff')
    await offices[0].look('staff')
    const said = await offices[0].reads()
    for (const { name } of people.values()) expect(said).toContain(name)
  })

  it('accounting registers the own account, compliance loads the lists', async () => {
    const accounting = await stage.desk('accounting')
    await accounting.look('home-empty')
    await accounting.goTo('自社口座')
    await accounting.look('own-accounts-empty')
    await accounting.press('自社口座を登録')
    await accounting.page.getByRole('heading', { level: 1, name: '自社口座の登録' }).waitFor()
    await accounting.choose('用途', '支払用')
    await accounting.find('金融機関', '0001', '0001')
    await accounting.find('支店', '001', '001')
    await accounting.fill('口座番号', '0123456')
    await accounting.fill('口座名義（カナ）', 'カイギヨウフアクタリング（カ')
    await accounting.press('登録する')
    await accounting.page.waitForURL(/own-accounts$/)
    await accounting.look('own-accounts')
    const compliance = await stage.desk('compliance')
    await compliance.open('/screening/lists')
    await compliance.look('lists-empty')
    await compliance.press('付属の公表リストを読み込む')
    await compliance.sees('第1版')
    await compliance.look('lists')
  })

  it('somebody who leaves is out at once', async () => {
    const leaver = await stage.desk('sales')
    await offices[0].open('/staff')
    await offices[0].page.getByRole('link', { name: '佐々木 美咲' }).first().click()
    await offices[0].press('利用を終了')
    await offices[0].because('11月30日付で退職したため')
    await offices[0].look('leaver')
    await offices[0].confirm('利用を終了する')
    await leaver.page.goto('/parties')
    await leaver.page.getByRole('heading', { name: 'ログイン', exact: true }).waitFor()
  })

  it('a lost telephone is reset by two, and a new app set up at the next sign-in', async () => {
    await stage.desk('reviewer')
    await offices[0].open('/staff')
    await offices[0].page.getByRole('link', { name: '高橋 健一' }).first().click()
    await offices[0].press('二段階認証の解除を申請')
    await offices[0].because('スマートフォンを紛失したため')
    await offices[0].confirm('申請する')
    const request = await offices[0].requested()
    await offices[1].open(request)
    await offices[1].press('承認する')
    await offices[1].confirm('承認する')
    await offices[1].sees('適用済')
    await stage.goHome()
    people.get('reviewer')!.key = null
    const desk = await stage.desk('reviewer')
    expect(await desk.heading()).toBe('ホーム')
  })

  it('no page complained', () => {
    expect(stage.complaints).toEqual([])
  })
})
