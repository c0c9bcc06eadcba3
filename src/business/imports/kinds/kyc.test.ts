import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { kycOfParty } from '../../kyc/contract.ts'
import { apply } from '../commands.ts'
import { workUntilIdle } from '../jobs.ts'
import { change, Drive, type GivenFile } from '../testing/drive.ts'

let world: World
let operations: Actor
let manager: Actor
let compliance: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  manager = await world.person('部長', 'manager')
  compliance = await world.person('法務', 'compliance')
  drive = new Drive(world, operations, compliance)
  await new Drive(world, operations, await world.person('決裁', 'approver')).taken(
    [
      '顧客番号,法人名,フリガナ,屋号',
      'K-1,株式会社甲斐運輸,カイウンユ,',
      'K-2,有限会社乙川商店,オツカワショウテン,',
      'K-3,丙野 太郎,ヘイノタロウ,丙野工房',
      'K-4,丁田 花子,チョウダハナコ,丁田デザイン',
      'K-5,戊山 次郎,ボヤマジロウ,戊山塗装',
      'K-6,己崎 三郎,キサキサブロウ,己崎電工',
    ].join('\n'),
  )
})
afterAll(() => world.close())

const shown = async (name: string) => {
  const { id } = await world.db
    .selectFrom('party')
    .select('id')
    .where('legal_name', '=', name)
    .executeTakeFirstOrThrow()
  return world.ask(operations, kycOfParty, { partyId: id })
}
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      (['kyc_case', 'kyc_document', 'kyc_electronic_check'] as const).map(
        async table => (await sql`select * from ${sql.table(table)} order by 1`.execute(world.db)).rows,
      ),
    ),
  )

/** As a back office keeps it: a title, a group of headings over merged cells, widths mixed, 同上, dates in three writings, a total. */
async function officeFile(): Promise<GivenFile> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('取引時確認台帳')
  const put = (line: number, values: readonly ExcelJS.CellValue[]) => {
    for (const [at, value] of values.entries()) if (value !== null) sheet.getCell(line, at + 1).value = value
  }
  put(1, ['取引時確認記録台帳　（令和８年１１月現在）'])
  sheet.mergeCells('A1:T1')
  put(3, [
    ...['顧客番号', '本人確認日', '次回期限', '確認方法', 'リスク', 'リスク要因', '取引目的', '目的（詳細）'],
    ...['本人確認書類', '発行者', '書類期限', '面', 'マスキング', 'IC読取', '顔一致率', 'ライブネス'],
    ...['電子署名', '失効確認日時', '資産・収入確認', '想定取引額'],
  ])
  put(4, [
    ...['K-1', '令和8年4月1日', '2027/4/1', '登記情報', '低', 'なし', '売掛債権の資金化', null],
    ...['登記簿謄本', '東京法務局', null, null, null, null, null, null, null, null, '不要', '3,000,000'],
  ])
  put(5, [
    ...['Ｋ－２', 45_931, null, '提示', 'ハイリスク', '外国PEP、現金取引', 'その他：店舗改装の資金', null],
    ...['印鑑証明', null, null, null, null, null, null, null, null, null, '済', '５００万円'],
  ])
  put(6, [
    ...['K-3', 'R7.10.1', null, 'ヘ方式', null, '非対面', '運転', null],
    ...['免許証', '東京都公安委員会', '2028/3/1', '表裏', '－', 'OK', '94.2%', '○', null, null, null, null],
  ])
  put(7, [
    ...['K-4', '2025/12/10', null, 'JPKI', '中', null, null, '制作費の立替え'],
    ...[
      'マイナンバーカード',
      null,
      null,
      '表のみ',
      '済',
      null,
      null,
      null,
      '有効',
      '2025/12/10 9:05',
      null,
      null,
    ],
  ])
  put(8, [
    ...['K-5', '2025/10/1', null, 'ヘ方式', '低', '外国PEPs', '保証の利用', null],
    ...['免許証', null, '2028/3/1', '両面', null, '不一致', '70', '○', null, null, null, null],
  ])
  put(9, ['合計', null, null, null, '5件'])
  return { fileName: '取引時確認台帳（最新）.xlsx', bytes: Buffer.from(await book.xlsx.writeBuffer()) }
}

describe('an office’s register of identity checks', () => {
  it('comes in with its electronic checks, papers, factors and purposes; what breaks a rule is named at its place', async () => {
    const before = await everything()
    const id = await drive.taken(await officeFile(), { cleaning: ['totals'] }, 'kyc')
    expect(await drive.outcomes(id)).toEqual([
      'new',
      'new date_was_a_serial_number@2 review_is_overdue@3',
      'refused purpose_must_be_offered@7',
      'new',
      'refused rating_must_follow_from_factors@5 electronic_check_must_have_passed@14',
      'skipped row_is_no_record@',
    ])
    const [, , third] = await drive.rows(id)
    expect(third!.problems[0]!.message).toContain(
      '「その他：運転」と書くか、会社設定の「取引の目的の一覧」に加えて',
    )

    expect((await shown('株式会社甲斐運輸')).cases[0]).toMatchObject({
      purposeCode: 'sale_of_receivables',
      purposeLabel: '売掛債権の資金化',
      riskRating: 'low',
      expectedYen: 3_000_000,
      nextReviewOn: '2027-04-01',
      documents: [{ kind: 'registry', issuer: '東京法務局', seenOn: '2026-04-01' }],
    })
    expect((await shown('有限会社乙川商店')).cases[0]).toMatchObject({
      completedOn: '2025-10-01',
      purposeCode: 'other',
      purpose: '店舗改装の資金',
      riskRating: 'high',
      ratingFactors: ['cash_intensive', 'foreign_pep'],
      assetIncomeChecked: true,
      expectedYen: 5_000_000,
    })
    const signed = (await shown('丁田 花子')).cases[0]!
    expect(signed).toMatchObject({ methodCode: 'jpki', purposeCode: 'other', purpose: '制作費の立替え' })
    expect(signed.documents[0]).toMatchObject({ kind: 'my_number_card_front', side: 'front', masked: true })
    expect(signed.electronicChecks[0]).toMatchObject({ signatureValid: true, checkedOn: '2025-12-10' })
    expect(new Date(signed.electronicChecks[0]!.revocationCheckedAt!).toISOString()).toBe(
      '2025-12-10T00:05:00.000Z',
    )
    expect((await drive.reverted(id)).filter(row => row.state === 'reverted')).toHaveLength(3)
    expect(await everything()).toBe(before)
  })

  it('keeps the company’s threshold beside a score, and says what an old record does not tell', async () => {
    const HEADER =
      '顧客番号,本人確認日,確認方法,リスク,リスク要因,顔照合スコア,生体検知,ICチップ,確認サービス,eKYC実施日'
    const id = await drive.taken(
      [
        HEADER,
        'K-3,2025/10/1,ヘ方式,中,非対面,94.2%,合格,一致,見本eKYC,2025/9/30',
        'K-4,2025/10/1,公的個人認証,高,,,,,,',
        'K-5,2025/10/1,ヘ方式,中,,,合格,一致,,',
        'K-6,2025/10/1,ヘ方式,中,ちょっと心配,130%,合格,一致,,2025/10/5',
      ].join('\n'),
      {},
      'kyc',
    )
    expect(await drive.outcomes(id)).toEqual([
      'new',
      'new electronic_check_was_not_given@3 assets_are_unchecked@ review_is_overdue@',
      'refused electronic_check_must_be_recorded@3',
      'refused factor_must_be_known@5 score_must_be_a_share@6',
    ])
    expect((await shown('丙野 太郎')).cases[0]!.electronicChecks[0]).toMatchObject({
      faceMatchScore: 942_000,
      faceThresholdPpm: 850_000,
      provider: '見本eKYC',
      checkedOn: '2025-09-30',
    })
    // A file that tells no purpose leaves a text and no choice, as checks from before purposes were one.
    expect((await shown('丙野 太郎')).cases[0]).toMatchObject({
      purposeCode: null,
      purpose: '旧システムでの確認を移行',
    })
    await drive.reverted(id)
  })

  it('lets compliance alone decide about a file with exceptions', async () => {
    const id = await drive.rehearsed(
      [
        '顧客番号,本人確認日,確認方法,リスク,例外の期限,例外の理由',
        'K-1,2023/10/1,登記情報,低,2026/12/31,登記の取寄せ中のため',
        'K-2,2023/10/1,提示,低,2027/12/31,登記の取寄せ中のため',
      ].join('\n'),
      {},
      'kyc',
    )
    expect(await drive.outcomes(id)).toEqual(['new', 'refused exception_must_end_in_time@5'])
    const answer = await world.run(operations, apply, { batchId: id, change })
    if (answer.status !== 202) throw new Error('expected to wait')
    const { changeRequestId } = answer.body
    expect(await world.refused(world.run(manager, approve, { changeRequestId }))).toEqual([
      'approver_must_hold_permission',
    ])
    await world.done(compliance, approve, { changeRequestId })
    await workUntilIdle(world)
    const { reviewState, cases } = await shown('株式会社甲斐運輸')
    expect(reviewState).toBe('excepted')
    expect(cases[0]).toMatchObject({ exceptionUntil: '2026-12-31', exceptionRequestId: changeRequestId })
  })
})
