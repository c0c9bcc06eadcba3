import { readFileSync } from 'node:fs'
import { demoCompany } from '../../src/app/demo/data/demo-company.ts'
import { accountTypeOfDigit, writeTransactionsFile } from '../../src/business/bankformats/index.ts'
import { approve, CLIENT, type Day } from './day.ts'

/** 支払: asked for by operations, checked by accounting, approved by a manager. */
export async function preparePayout(day: Day): Promise<string> {
  const desk = await day.stage.desk('operations')
  await desk.open(`/receivables/${day.paidClaimId}?tab=payouts`)
  await desk.press('支払を依頼')
  await desk.fill('振込日', day.today)
  await desk.look('payout-prepare')
  await desk.press('依頼する')
  day.payoutId = await desk.record('payouts')
  await desk.sees('買い取った債権')
  const accounting = await day.stage.desk('accounting')
  await accounting.open(`/payouts/${day.payoutId}`)
  await accounting.press('確認する')
  await accounting.confirm('確認済みにする')
  await accounting.press('承認を申請')
  await accounting.because('口座・金額・債権を確認した')
  await accounting.look('payout-approve')
  await accounting.press('承認を申請する')
  const request = await accounting.requested()
  await approve(day, 'manager', request, 'payout-request')
  await accounting.open(`/payouts/${day.payoutId}`)
  await accounting.sees('承認済')
  return accounting.reads()
}

/** The bank's file is made, fetched, noted as sent, and the payment confirmed. */
export async function sendPayout(day: Day): Promise<{ file: string; said: string }> {
  const desk = await day.stage.desk('accounting')
  await desk.goTo('支払')
  await desk.page.getByRole('row').filter({ hasText: CLIENT.name }).getByRole('checkbox').click()
  await desk.press('振込ファイルを作成')
  await desk.choose('出金する自社口座', 'みずほ')
  await desk.look('payout-file')
  await desk.confirm('作成する')
  await desk.page.getByRole('tab', { name: '振込ファイル' }).click()
  await desk.sees('未送信')
  await desk.look('payout-files')
  const fetched = desk.page.waitForEvent('download')
  await desk.scope.getByRole('button', { name: 'ダウンロード' }).first().click()
  const file = readFileSync(await (await fetched).path(), 'latin1')
  await desk.scope.getByRole('button', { name: '銀行へ送信した' }).first().click()
  await desk.look('payout-file-sent')
  await desk.confirm('送信済みにする')
  await desk.sees('送信済み')
  await desk.open(`/payouts/${day.payoutId}`)
  await desk.press('送金完了')
  await desk.confirm('記録する')
  await desk.sees('完了')
  await desk.look('payout-confirmed')
  return { file, said: await desk.reads() }
}

/** The bank's 入出金取引明細: the first claim is remitted by the client. */
function statement(day: Day, yen: number): Buffer {
  const { statement: own } = demoCompany(day.today)
  return Buffer.from(
    writeTransactionsFile([
      {
        createdOn: day.today,
        from: day.today,
        to: day.today,
        bankCode: own.bankCode,
        branchCode: own.branchCode,
        accountType: accountTypeOfDigit(own.accountType)!,
        accountNo: own.accountNo,
        accountName: own.holderKana,
        openingYen: own.closingYen,
        lines: [
          {
            bookedOn: day.today,
            valueOn: day.today,
            direction: 'in',
            amountYen: yen,
            kind: 'transfer',
            payerKana: CLIENT.bankKana,
            payerBank: 'ﾐﾂｲｽﾐﾄﾓ',
            payerBranch: 'ｶﾅｻﾞﾜ',
            bankSummary: 'ﾌﾘｺﾐ',
            edi: '',
          },
        ],
      },
    ]),
  )
}

/** 入金: the statement taken in whole, and taken in again without effect. */
export async function importStatement(day: Day, yen = 3_300_000): Promise<{ first: string; again: string }> {
  const desk = await day.stage.desk('accounting')
  const file = { name: '入出金取引明細.txt', mimeType: 'text/plain', buffer: statement(day, yen) }
  await desk.goTo('入金')
  await desk.press('明細を取り込む')
  await desk.scope.locator('input[type=file]').setInputFiles(file)
  await desk.press('取り込む')
  await desk.sees('取り込みの結果')
  const first = await desk.reads()
  await desk.look('statement')
  await desk.scope.locator('input[type=file]').setInputFiles(file)
  await desk.press('取り込む')
  await desk.sees('このファイルは取込済みです')
  return { first, again: await desk.reads() }
}

/** 消込: the suggestion accepted in the workbench with a key; the claim is settled. */
export async function matchDeposit(day: Day): Promise<{ suggested: string; settled: string }> {
  const desk = await day.stage.desk('accounting')
  await desk.goTo('消込')
  const deposit = desk.page.locator('[role=option], li, button').filter({ hasText: CLIENT.bankKana }).first()
  await deposit.click()
  await desk.sees('入金額と充当額が一致しています')
  const suggested = await desk.reads()
  await desk.look('match')
  await desk.page.keyboard.press('a')
  await desk.page
    .getByText(/消し込みました/)
    .first()
    .waitFor()
  await desk.open(`/receivables/${day.paidClaimId}`)
  await desk.look('settled')
  const settled = await desk.reads()
  await desk.open(`/receivables/${day.paidClaimId}?tab=matches`)
  await desk.look('settled-matches')
  return { suggested, settled }
}
