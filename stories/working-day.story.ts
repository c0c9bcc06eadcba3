import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../src/business/access/index.ts'
import { raiseAlerts } from '../src/business/alerts/index.ts'
import { addDays } from '../src/platform/dates/calendar-date.ts'
import { todayInTokyo } from '../src/platform/dates/today.ts'
import { readAnchors } from '../src/platform/trail/anchors.ts'
import { verifyTrail } from '../src/platform/trail/verify.ts'
import { type Product, startProduct } from './support/product.ts'
import { idInAddress, Stage } from './support/stage.ts'

/** One case through a whole day, in the browser, with every control real. */
let product: Product
let stage: Stage
let clientId = 'not-registered'

const today = todayInTokyo(new Date())
const CLIENT = '株式会社青葉メタル工業'
const RENAMED = '株式会社青葉メタルワークス'
const PATIENT = { timeout: 10_000 }
const PDF = {
  name: '登記事項証明書.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
}

beforeAll(async () => {
  product = await startProduct()
  stage = await Stage.open(product.url)
}, 180_000)
afterAll(async () => {
  await stage?.close()
  await product?.stop()
})

/** The critical change on the screen, decided by another role. */
async function approvedBy(role: Parameters<Stage['desk']>[0], address: string, shot?: string): Promise<void> {
  const desk = await stage.desk(role)
  await desk.open(new URL(address).pathname)
  if (shot) await desk.look(shot)
  await desk.press('承認する')
  await desk.page.locator('.ant-modal').getByRole('button', { name: '承認する', exact: true }).click()
  await desk.page.getByText('適用済', { exact: true }).first().waitFor()
}

describe('a working day', () => {
  it('everybody signs in and finds a home page', async () => {
    for (const role of roles) {
      const desk = await stage.desk(role)
      expect(await desk.heading()).toBe('ホーム')
    }
    await (await stage.desk('manager')).look('home', { dark: true })
  })

  it('sales registers a customer; what was typed survives a reload', async () => {
    const desk = await stage.desk('sales')
    await desk.open('/parties/new')
    await desk.fill('正式名称（商号）', CLIENT)
    await desk.fill('フリガナ', 'アオバメタルコウギョウ')
    await desk.page.getByText('下書き保存済み').waitFor()
    await desk.page.reload()
    await expect.poll(() => desk.field('正式名称（商号）').inputValue(), PATIENT).toBe(CLIENT)
    await desk.look('register')
    await desk.press('登録する')
    await desk.page.waitForURL(/\/parties\/[0-9a-f-]{36}/)
    clientId = idInAddress(desk.page)
    await expect.poll(() => desk.heading(), PATIENT).toContain(CLIENT)
  })

  it('sales adds a document to the customer', async () => {
    const desk = await stage.desk('sales')
    await desk.open(`/parties/${clientId}?tab=documents`)
    await desk.page.locator('input[type=file]').setInputFiles(PDF)
    await desk.press('ファイルを追加')
    await desk.page
      .getByRole('cell', { name: /登記事項証明書/ })
      .first()
      .waitFor()
    await desk.look('documents')
  })

  it('the name is changed by two people, with evidence', async () => {
    const desk = await stage.desk('sales')
    await desk.open(`/parties/${clientId}/rename`)
    await desk.fill('正式名称（商号）', RENAMED)
    await desk.fill('フリガナ', 'アオバメタルワークス')
    await desk.fill('変更日', addDays(today, -10))
    await desk.page.getByRole('textbox', { name: /^理由/ }).fill('登記事項証明書で商号変更を確認')
    await desk.page.getByRole('combobox', { name: '裏付け資料' }).click()
    await desk.page.locator('.ant-select-item-option-active').waitFor({ state: 'attached' })
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('Escape')
    await desk.look('rename')
    await desk.press('承認を申請する')
    await desk.page.waitForURL(/\/change-requests\//)
    await desk.page.getByText('申請した本人は承認できません').first().waitFor()
    await approvedBy('approver', desk.page.url(), 'request')
    await desk.open(`/parties/${clientId}`)
    await expect.poll(() => desk.heading(), PATIENT).toContain(RENAMED)
    await desk.look('renamed')
  })

  it('a payout account is registered and verified by two people', async () => {
    const desk = await stage.desk('operations')
    await desk.open(`/parties/${clientId}/accounts/new`)
    await desk.find('金融機関', '0005')
    await desk.find('支店', '001')
    await desk.fill('口座番号', '7654321')
    await desk.fill('口座名義（カナ）', 'カ）アオバメタルワークス')
    await desk.look('account')
    await desk.press('登録する')
    await desk.page.waitForURL(/tab=accounts/)
    await desk.press('確認を申請')
    const dialog = desk.page.locator('.ant-modal')
    await dialog.locator('input').and(dialog.getByLabel('確認日')).fill(today)
    await dialog.getByRole('textbox', { name: /^理由/ }).fill('通帳の写しで名義と番号を確認')
    await dialog.getByRole('combobox', { name: '裏付け資料' }).click()
    await desk.page.locator('.ant-select-item-option-active').waitFor({ state: 'attached' })
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: '承認を申請する' }).click()
    await desk.page.waitForURL(/\/change-requests\//)
    await approvedBy('compliance', desk.page.url())
    await desk.open(`/parties/${clientId}?tab=accounts`)
    await desk.page.getByText('確認済', { exact: true }).first().waitFor()
    await desk.look('accounts')
  })

  it('a limit is asked for by the reviewer and granted by the approver', async () => {
    const desk = await stage.desk('reviewer')
    await desk.open(`/parties/${clientId}/limits/new`)
    await desk.fill('限度額', '12000000')
    await desk.fill('開始日', today)
    await desk.fill('査定日', today)
    await desk.fill('見直し期日', addDays(today, 180))
    await desk.fill('根拠', '直近2期の決算書と過去12か月の入金実績（遅延なし）')
    await desk.page.getByRole('textbox', { name: /^理由/ }).fill('新規取引の与信審査による')
    await desk.look('limit')
    await desk.press('申請する')
    await desk.page.waitForURL(/\/change-requests\//)
    await approvedBy('approver', desk.page.url())
    await desk.open(`/parties/${clientId}?tab=limits`)
    await desk.page.getByText('12,000,000').first().waitFor()
    await desk.look('limits')
  })

  it('a customer of the ledger shows everything on one page', async () => {
    const desk = await stage.desk('reviewer')
    const row = await product.program.db
      .selectFrom('credit_limit as l')
      .innerJoin('party as p', 'p.id', 'l.subject_id')
      .select('p.id')
      .where('l.limit_kind', '=', 'client')
      .orderBy('p.party_no')
      .limit(1)
      .executeTakeFirstOrThrow()
    await desk.open(`/parties/${row.id}`)
    await desk.look('customer', { dark: true, image: 'customer.png' })
  })

  it('the same invoice offered again under another spelling is stopped', async () => {
    const desk = await stage.desk('sales')
    const debtor = await desk.send('/api/parties/register', {
      partyKind: 'corporation',
      legalName: '北陸精機販売株式会社',
      roles: ['debtor'],
    })
    const offer = {
      clientId,
      debtorId: debtor.body.id,
      invoiceNo: 'INV-2026-0451',
      issuedOn: addDays(today, -5),
      dueOn: addDays(today, 40),
      faceYen: 3_300_000,
    }
    const first = await desk.send('/api/receivables/offer', offer)
    expect([first.status, first.body.duplicateResult]).toEqual([200, 'clear'])
    const again = await desk.send('/api/receivables/offer', {
      ...offer,
      invoiceNo: 'ＩＮＶ２０２６－０４５１',
    })
    expect(again.status).toBe(409)
    expect(JSON.stringify(again.body.reasons)).toContain('claim_must_not_be_offered_already')
    const other = await desk.send('/api/parties/register', {
      partyKind: 'corporation',
      legalName: '有限会社別口商会',
    })
    const elsewhere = await desk.send('/api/receivables/offer', { ...offer, clientId: other.body.id })
    expect([elsewhere.status, elsewhere.body.duplicateResult]).not.toEqual([200, 'clear'])
    await desk.open('/receivables')
    await desk.look('receivables', { dark: true })
    await desk.open(`/receivables/${elsewhere.body.id}`)
    await desk.look('receivable-suspect')
  })

  it('what needs somebody shows up as alerts with owner and deadline', async () => {
    const desk = await stage.desk('compliance')
    await raiseAlerts(product.program)
    await desk.open('/alerts')
    await desk.look('alerts', { dark: true })
    await desk.open('/')
    await desk.look('home-compliance')
  })

  it('the auditor sees who did, changed and saw what, and may do nothing', async () => {
    const desk = await stage.desk('auditor')
    await desk.open(`/parties/${clientId}?tab=history`)
    await desk.page.getByText('商号を変更').first().waitFor()
    await desk.look('history')
    await desk.open(`/parties/${clientId}?tab=views`)
    await desk.page
      .getByRole('cell', { name: /高橋|佐藤|鈴木|./ })
      .first()
      .waitFor()
    await desk.look('views')
    await desk.open('/audit')
    await desk.look('audit', { dark: true })
  })

  it('the trail verifies from the first record to the last', async () => {
    const report = await verifyTrail(product.program.db, {
      master: product.master,
      anchors: await readAnchors(product.program.config.anchorsFile),
      now: new Date(),
    })
    expect(report.sound).toBe(true)
  })

  it.for([
    ['reviewer', '/parties'],
    ['reviewer', '/debtors'],
    ['reviewer', '/resolution'],
    ['reviewer', '/limits'],
    ['operations', '/imports'],
    ['operations', '/imports/new'],
    ['operations', '/contracts'],
    ['operations', '/payouts'],
    ['accounting', '/payments'],
    ['accounting', '/reconciliation'],
    ['manager', '/ledger'],
    ['manager', '/documents'],
    ['manager', '/change-requests'],
    ['administrator', '/staff'],
  ] as const)('%s looks at %s', async ([role, path]) => {
    const desk = await stage.desk(role)
    await desk.open(path)
    await desk.look(`page-${path.slice(1).replaceAll('/', '-')}`)
  })

  it('no page complained: no accessibility violation, no overflow, no error in a console', () => {
    expect(stage.complaints).toEqual([])
  })
})
