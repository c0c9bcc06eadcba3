import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { type Role, roleLabels } from '../../src/business/access/index.ts'
import type { Desk } from '../support/desk.ts'
import type { Stage } from '../support/stage.ts'

/** Somebody of the company: how they sign in. The key of their authenticator app is known once they have set it up. */
export interface Colleague {
  name: string
  email: string
  password: string
  key: string | null
}

/** What an authenticator app shows for the key (RFC 6238: SHA-1, six digits, thirty seconds). */
function codeNow(key: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map(letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const at = hash.at(-1)! & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function typePassword(page: Page, { email, password }: Colleague): Promise<void> {
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'ログイン', exact: true }).click()
}

/** The app is set up at the first sign-in, and the recovery codes are written down. */
async function setUpApp(desk: Desk, person: Colleague, shot?: string): Promise<void> {
  const { page } = desk
  await page.getByRole('heading', { name: '二段階認証の設定' }).waitFor()
  await page.getByLabel('パスワード', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '設定を始める' }).click()
  const shown = await page.locator('.second-factor-key').textContent()
  person.key = (shown ?? '').replaceAll(/\s/g, '')
  if (shot) await desk.look(`${shot}-app`)
  await page.getByLabel('アプリに表示された6桁のコード').fill(codeNow(person.key))
  await page.getByRole('button', { name: 'コードを確認する' }).click()
  await page.getByText('リカバリーコードを保管してください').waitFor()
  if (shot) await desk.look(`${shot}-recovery`)
  await page.getByRole('button', { name: '書き写した' }).click()
  await page.getByRole('button', { name: '保管しました。続ける' }).click()
  await page.getByRole('heading', { level: 1, name: 'ホーム' }).waitFor()
}

/** An administrator comes in with the password printed by the setup, which they change at once. */
export async function firstSignIn(desk: Desk, person: Colleague, shot?: string): Promise<void> {
  const { page } = desk
  await page.goto('/')
  await typePassword(page, person)
  await page.getByRole('heading', { name: '新しいパスワードの設定' }).waitFor()
  if (shot) await desk.look(`${shot}-password`)
  const own = `${person.name} の長い合言葉 2026`
  await page.getByLabel('現在のパスワード').fill(person.password)
  await page.getByLabel('新しいパスワード', { exact: false }).fill(own)
  await page.getByRole('button', { name: 'パスワードを変更する' }).click()
  person.password = own
  await setUpApp(desk, person, shot)
}

/** Somebody is invited; answers the link, which is shown once. */
export async function invite(desk: Desk, person: Colleague, shot?: string): Promise<string> {
  await desk.open('/staff/new')
  await desk.fill('氏名', person.name)
  await desk.fill('メールアドレス', person.email)
  if (shot) await desk.look(`${shot}-invite`)
  await desk.press('招待する')
  await desk.record('staff')
  await desk.press('リンクを表示')
  const link = desk.page.getByText(/\/invite#/)
  await link.waitFor()
  if (shot) await desk.look(`${shot}-invited`)
  return (await link.textContent())!.trim()
}

/** A role is asked for by one administrator, on the page of the person that is open, and approved by the other. */
export async function giveRole(asking: Desk, approving: Desk, role: Role): Promise<void> {
  await asking.press('役割の付与を申請')
  await asking.page.waitForURL(/\/grant$/)
  await asking.choose('付与する役割', roleLabels[role])
  await asking.because('開業時の担当者として着任するため')
  await asking.press('承認を申請する')
  const request = await asking.requested()
  await approving.open(request)
  await approving.press('承認する')
  await approving.confirm('承認する')
  await approving.sees('適用済')
}

/** Somebody opens the link of their invitation and chooses a password. */
export async function accept(desk: Desk, link: string, person: Colleague, shot?: string): Promise<void> {
  const { page } = desk
  await page.goto(link)
  await page.getByRole('heading', { name: '台帳へようこそ' }).waitFor()
  if (shot) await desk.look(`${shot}-welcome`)
  await page.getByLabel('新しいパスワード', { exact: false }).fill(person.password)
  await page.getByRole('button', { name: 'パスワードを設定する' }).click()
  await page.getByRole('button', { name: 'ログインへ進む' }).click()
  await page.getByRole('heading', { name: 'ログイン', exact: true }).waitFor()
}

/** Signs in as people do: password, then the app, which is set up the first time. */
export async function enter(desk: Desk, person: Colleague): Promise<void> {
  await typePassword(desk.page, person)
  if (person.key === null) return await setUpApp(desk, person)
  await desk.page.getByLabel('認証アプリの6桁のコード').fill(codeNow(person.key))
  await desk.page.getByRole('button', { name: '確認する' }).click()
}

/** Every role of the day gets a person: invited, given the role by two administrators, come in by the link. */
export async function staffUp(
  stage: Stage,
  administrators: readonly [Desk, Desk],
  people: ReadonlyMap<Role, Colleague>,
): Promise<void> {
  const [first, second] = administrators
  for (const [role, person] of people) {
    const shot = role === 'sales' ? 'colleague' : undefined
    const link = await invite(first, person, shot)
    await giveRole(first, second, role)
    const theirs = await stage.seat(role)
    await accept(theirs, link, person, shot)
    await theirs.page.context().close()
  }
}
