import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../src/business/access/index.ts'
import { raiseAlerts } from '../src/business/alerts/index.ts'
import { readAnchors } from '../src/platform/trail/anchors.ts'
import { verifyTrail } from '../src/platform/trail/verify.ts'
import { type Product, startProduct } from './support/product.ts'
import { Stage } from './support/stage.ts'
import { audit } from './working-day/audit.ts'
import * as claims from './working-day/claims.ts'
import * as customer from './working-day/customer.ts'
import { CLIENT, type Day, DEBTOR } from './working-day/day.ts'
import { collect, takeAlert } from './working-day/late.ts'
import { importDirtyLedger, mergeDuplicates } from './working-day/ledger.ts'
import * as money from './working-day/money.ts'
import { executeContract, grantLimit, verifyAccount } from './working-day/terms.ts'

/**
 * One case through a working day and the morning a week later, played by clicking in Chromium with every role and every control real.
 * The program's clock stands on a Tuesday, so that the story does not depend on the day it is told.
 */
const MORNING = new Date('2026-12-01T09:30:00+09:00')
const A_WEEK = 7
/** For machines which have more to do than this; on an idle one the whole story takes less. */
const PATIENCE_MS = 600_000
let product: Product
let day: Day

beforeAll(async () => {
  product = await startProduct(MORNING)
  day = { stage: await Stage.open(product.url, 'working-day'), today: product.today(), ...nothingYet }
}, PATIENCE_MS)
afterAll(async () => {
  await day?.stage.close()
  await product?.stop()
})

const nothingYet = {
  clientId: '',
  debtorId: '',
  contractId: '',
  paidClaimId: '',
  lateClaimId: '',
  payoutId: '',
  suspectId: '',
  doubleRequest: '',
}

describe('a working day', { timeout: PATIENCE_MS }, () => {
  it('everybody signs in and finds a home page', async () => {
    expect(await day.stage.everybody()).toEqual(roles.map(() => 'ホーム'))
    await (await day.stage.desk('manager')).look('home')
  })

  it('a dirty ledger is imported: mapped, its problems named, rehearsed, approved by another person, applied', async () => {
    const { rehearsal, result } = await importDirtyLedger(day)
    expect(rehearsal).toContain('法人番号の検査用数字')
    expect(rehearsal).toContain('「1999/13/45」は暦にない日付です')
    expect(rehearsal).toMatch(/2行目と同じ会社/)
    expect(rehearsal).toMatch(/新規登録\s5行[\s\S]*同じ記録に統合\s1行[\s\S]*取込まない\s1行/)
    expect(result).toMatch(/反映済み\s6行/)
  })

  it('two spellings of one company become one by two people', async () => {
    const said = await mergeDuplicates(day)
    expect(said).toMatch(/幸栄物流株式会社[\s\S]*統合 2件/)
    expect(said).toMatch(/幸栄物流㈱[\s\S]*高橋 健一[\s\S]*中村 隆/)
  })

  it('a customer is registered; what was typed survives a closed tab', async () => {
    const { typedBefore, title } = await customer.registerCustomer(day)
    expect([typedBefore, title]).toEqual([CLIENT.name, CLIENT.name])
    expect(await customer.registerDebtor(day)).toBe(DEBTOR)
  })

  it('the representative and the beneficial owner are added', async () => {
    const people = await customer.addRepresentative(day)
    expect(people).toMatch(/高山 潔\s+代表者[\s\S]*高山 由紀\s+実質的支配者/)
    expect(people).not.toContain('1981-05-20')
  })

  it('the identity is checked: opened by one, completed by two', async () => {
    expect(await customer.openIdentityCheck(day)).toContain('完了までに必要なこと')
    const completed = await customer.completeIdentityCheck(day)
    expect(completed).toMatch(/有効/)
    expect(completed).toContain('高橋 健一・斎藤 由美')
    expect(completed).not.toContain('1234-56-789012')
  })

  it('the representative bears a listed name: judged different with evidence, cleared by a second person', async () => {
    const { before, after } = await customer.clearHit(day)
    expect(before).toContain('TAKAYAMA, Kiyoshi')
    expect(before).toContain('生年が34年違います')
    expect(after).toMatch(/高山 潔\s+代表者\s+該当なし/)
  })

  it('limits of the client and the debtor are granted by two', async () => {
    expect(await grantLimit(day, 'client')).toMatch(/12,000,000[\s\S]*高橋 健一・渡辺 誠/)
    expect(await grantLimit(day, 'debtor')).toMatch(/15,000,000[\s\S]*高橋 健一・渡辺 誠/)
  })

  it('the payout account is registered and verified by two; its number stays masked', async () => {
    const said = await verifyAccount(day)
    expect(said).toContain('●●●●321')
    expect(said).not.toContain('7654321')
  })

  it('a contract is drafted, checked, sent, signed, and executed by two', async () => {
    expect(await executeContract(day)).toMatch(/有効[\s\S]*佐々木 美咲（承認 渡辺 誠）/)
  })

  it('two claims are offered', async () => {
    expect(await claims.offerClaims(day)).toMatch(/申込[\s\S]*¥3,300,000/)
  })

  it('the same invoice offered again by the same client under another spelling is refused', async () => {
    const { warned, refused } = await claims.offerAgain(day)
    expect(warned).toContain('請求書番号の書き方（全角・記号など）だけが違います')
    expect(refused).toMatch(/この債権はR-2026-\d+（請求書番号 INV-2026-0451）として既に登録されています/)
  })

  it('offered by another client it is held as a suspected double assignment, and rejected by two', async () => {
    const { warned, suspect } = await claims.offerByAnother(day)
    expect(warned).toContain('請求書番号が前後の語だけ違います')
    expect(suspect).toContain('二重譲渡の疑いの判断が先に必要です')
    expect(await claims.rejectDouble(day)).toMatch(/謝絶[\s\S]*二重譲渡/)
  })

  it('the claims are verified, approved and purchased by three people', async () => {
    expect(await claims.verifyClaims(day)).toMatch(/確認済/)
    expect(await claims.buyClaims(day)).toMatch(/今回支払う代金\s+¥2,805,000[\s\S]*小林 直美\s+債権を買取/)
  })

  it('the payout is asked for, checked and approved by three people', async () => {
    expect(await money.preparePayout(day)).toMatch(/承認済[\s\S]*小林 直美[\s\S]*松本 浩二[\s\S]*中村 隆/)
  })

  it('the bank file is made, sent, and the payment confirmed', async () => {
    const { file, said } = await money.sendPayout(day)
    const records = file.split('\r\n').filter(Boolean)
    expect(records.map(record => [record[0], record.length])).toEqual([
      ['1', 120],
      ['2', 120],
      ['8', 120],
      ['9', 120],
    ])
    expect(records[1]!.slice(80, 90)).toBe('0004207500')
    expect(said).toMatch(/送金完了[\s\S]*F-\d+/)
  })

  it('a week later the bank statement is imported; the same file again changes nothing', async () => {
    await day.stage.goHome()
    await product.pass(A_WEEK)
    day.today = product.today()
    const { first, again } = await money.importStatement(day)
    expect(first).toMatch(/記帳した入金額\s+¥3,300,000/)
    expect(again).toMatch(/記帳した入金\s+0件/)
  })

  it('the suggested match is accepted in the workbench and the claim is settled', async () => {
    const { suggested, settled } = await money.matchDeposit(day)
    expect(suggested).toContain('振込依頼人名が支払人のカナ（法人格を除く）と一致します')
    expect(settled).toMatch(/未回収額\s+¥0/)
  })

  it('the claim left overdue is an alert with owner and deadline, and the collector opens the case', async () => {
    await raiseAlerts(product.program)
    const { alert, claim } = await takeAlert(day)
    expect(alert).toMatch(/回収期日 2026-12-04 を過ぎて 1,650,000円 が未回収です[\s\S]*2026-12-05[\s\S]*回収/)
    expect(claim).toMatch(/INV-2026-0467[\s\S]*回収期日を4日過ぎています/)
    expect(await collect(day)).toMatch(/支払約束[\s\S]*期日前[\s\S]*代表者と話す/)
  })

  it('the auditor sees who did, changed and saw what, and what was refused, and may do nothing', async () => {
    const seen = await audit(day)
    for (const act of [
      '顧客を登録',
      '本人確認を完了',
      '照合結果を決定',
      '与信枠を設定',
      '口座を登録',
      '契約を締結',
    ])
      expect(seen.history).toContain(act)
    expect(seen.views).toMatch(/加藤 剛\s+開いた/)
    expect(seen.views).toMatch(/松本 浩二\s+(?:開いた|一覧に表示|検索結果に表示)/)
    expect(seen.refused).toMatch(/佐々木 美咲[\s\S]*この債権は既に登録されています。/)
    expect(seen.hindered).toBe('true')
  })

  it('the trail verifies from the first record to the last', async () => {
    const report = await verifyTrail(product.program.db, {
      master: product.master,
      anchors: await readAnchors(product.program.config.anchorsFile),
      now: product.program.clock.now(),
    })
    expect(report.sound).toBe(true)
  })

  it('no page complained: no accessibility violation, no overflow, no code shown, no error in a console', () => {
    expect(day.stage.complaints).toEqual([])
  })
})
