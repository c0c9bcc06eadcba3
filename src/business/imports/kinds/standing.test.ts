import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { accountsOfParty } from '../../accounts/contract.ts'
import { blockAccountCommand, hindrancesToPay } from '../../accounts/index.ts'
import { approve } from '../../approvals/commands.ts'
import { limitsOfParty } from '../../credit/contract.ts'
import { suspendLimitCommand } from '../../credit/index.ts'
import { kycOfParty } from '../../kyc/contract.ts'
import { apply } from '../commands.ts'
import { change, Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let reviewer: Actor
let approver: Actor
let compliance: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  reviewer = await world.person('審査', 'reviewer')
  approver = await world.person('決裁', 'approver')
  compliance = await world.person('コンプラ', 'compliance')
  drive = new Drive(world, operations, approver)
  await drive.taken(
    '顧客番号,法人名,フリガナ,屋号\nK-1,株式会社甲斐運輸,カイウンユ,\nK-2,有限会社乙川商店,オツカワショウテン,\nK-3,丙野 太郎,ヘイノタロウ,丙野工房\n',
  )
  await drive.taken('顧客番号,法人名\nU-1,丁田電機株式会社\n', { role: 'debtor' })
})
afterAll(() => world.close())

const partyNamed = async (name: string) =>
  (await world.db.selectFrom('party').select('id').where('legal_name', '=', name).executeTakeFirstOrThrow())
    .id

async function everyRow(...tables: ('bank_account' | 'credit_limit' | 'kyc_case' | 'kyc_document')[]) {
  const rows = []
  for (const table of tables)
    rows.push((await sql`select * from ${sql.table(table)} order by 1`.execute(world.db)).rows)
  return JSON.stringify(rows)
}

describe('accounts of an old system', () => {
  const HEADER = '顧客番号,口座区分,銀行コード,支店コード,預金種目,口座番号,口座名義カナ'
  let checked: Drive
  beforeAll(() => {
    checked = new Drive(world, operations, compliance)
  })

  it('stay unverified and unpayable, are matched when they are known, and go with the revert', async () => {
    const before = await everyRow('bank_account')
    const rows = [
      HEADER,
      'K-1,,1,1,普通,1234567,ｶ)ｶｲｳﾝﾕ',
      'K-2,振込先,0001,001,普通預金,0076543,ユ）オツカワショウテン',
      'K-2,入金元,0001,001,当座,76544,ユ）オツカワショウテン',
    ]
    const id = await checked.taken(rows.join('\n'), { cleaning: ['leading_zeros'] }, 'accounts')
    expect(await checked.outcomes(id)).toEqual(['new', 'new', 'new'])
    const { accounts } = await world.ask(operations, accountsOfParty, {
      partyId: await partyNamed('有限会社乙川商店'),
    })
    expect(
      accounts.map(account => [account.usage, account.accountNoLast, account.verificationResult]),
    ).toEqual([
      ['payout', '543', 'pending'],
      ['remit_from', '544', 'pending'],
    ])
    const facts = {
      usage: 'payout',
      verificationResult: 'pending',
      coolingUntil: null,
      callbackMissing: false,
      blocked: false,
      validTo: null,
    }
    expect(hindrancesToPay(facts, new Date('2026-11-24')).map(reason => reason.code)).toEqual([
      'account_must_be_verified',
    ])
    expect(JSON.stringify(await checked.rows(id))).not.toContain('1234567')
    const again = await checked.rehearsed(
      `${rows.slice(0, 2).join('\n')}\n\n`,
      { cleaning: ['leading_zeros'] },
      'accounts',
    )
    expect(await checked.outcomes(again)).toEqual(['merged'])
    expect((await checked.reverted(id)).map(row => row.state)).toEqual(['reverted', 'reverted', 'reverted'])
    expect(await everyRow('bank_account')).toBe(before)
  })

  it('never replace a payout account, and are refused with their place', async () => {
    await checked.taken(`${HEADER}\nK-1,,0001,001,普通,1111111,カ）カイウンユ\n`, {}, 'accounts')
    const id = await checked.rehearsed(
      [
        HEADER,
        'K-1,,0001,001,普通,2222222,カ）カイウンユ',
        'K-2,,9999,001,普通,1234567,ユ）オツカワショウテン',
        'K-2,,0001,0999,普通,1234567,ユ）オツカワショウテン',
        'K-2,,0001,001,定期,1234567,ユ）オツカワショウテン',
        'K-2,,0001,001,普通,12345678,ユ）オツカワショウテン',
        'K-2,,0001,001,普通,1234567,',
        'K-2,,0001,001,普通,1111111,ユ）オツカワショウテン',
      ].join('\n'),
      {},
      'accounts',
    )
    expect(await checked.outcomes(id)).toEqual([
      'refused payout_account_must_not_be_replaced@6',
      'refused bank_must_exist@3',
      'refused bank_must_exist@4',
      'refused kind_must_be_known@5',
      'refused account_number_must_be_valid@6',
      'refused value_must_be_given@7',
      'new account_is_shared@6',
    ])
  })

  it('stay at a revert once somebody has worked on them', async () => {
    const id = await checked.taken(`${HEADER}\nK-3,,0001,001,普通,3333333,ヘイノ　タロウ\n`, {}, 'accounts')
    const [row] = await checked.rows(id)
    await world.done(operations, blockAccountCommand, {
      accountId: row!.recordId!,
      reason: '名義を確認中です',
    })
    const [kept] = await checked.reverted(id)
    expect(kept).toMatchObject({ state: 'kept' })
    expect(kept!.problems.map(problem => problem.message)).toEqual([
      '取込後に確認・変更されたため、口座を残しました。',
    ])
  })

  it('are approved by whoever may approve accounts, and by nobody else', async () => {
    const id = await checked.rehearsed(
      `${HEADER}\nK-3,入金元,0001,001,普通,4444444,ヘイノ　タロウ\n`,
      {},
      'accounts',
    )
    const answer = await world.run(operations, apply, { batchId: id, change })
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    expect(await world.refused(world.run(approver, approve, { changeRequestId, comment: '' }))).toEqual([
      'approver_must_hold_permission',
    ])
  })
})

describe('limits of an old system', () => {
  const HEADER = '顧客番号,売掛先コード,枠種別,限度額,集中度上限,開始日,有効期限,査定日,見直し日,根拠'

  it('are granted by two people, reconcile, never replace one that stands, and go with the revert', async () => {
    const before = await everyRow('credit_limit')
    const credit = new Drive(world, reviewer, approver)
    const rows = [
      HEADER,
      'K-1,,,"50,000,000",,2026/4/1,2027/3/31,2026/3/25,2027/3/1,決算書2期分による',
      'K-2,U-1,取引組合せ,10000000,,2026/4/1,,2026/3/25,2027/3/1,',
      'U-1,,集中度,,30%,,,2026/3/25,,',
    ]
    const id = await credit.taken(rows.join('\n'), {}, 'limits')
    expect(await credit.outcomes(id)).toEqual(['new', 'new', 'new'])
    expect((await credit.batch(id)).sums[0]).toMatchObject({ fileYen: 60_000_000, takenYen: 60_000_000 })
    const { limits } = await world.ask(reviewer, limitsOfParty, {
      partyId: await partyNamed('株式会社甲斐運輸'),
    })
    expect(limits).toMatchObject([{ limitKind: 'client', limitYen: 50_000_000, inForceTo: '2027-03-31' }])
    const again = await credit.rehearsed(
      `${HEADER}\nK-1,,,90000000,,2026/4/1,,2026/3/25,2027/3/1,\n`,
      {},
      'limits',
    )
    expect(await credit.outcomes(again)).toEqual(['refused limit_must_not_stand_already@1'])
    const [first] = await credit.rows(id)
    await world.done(reviewer, suspendLimitCommand, { limitId: first!.recordId!, reason: '信用情報を確認中' })
    expect((await credit.reverted(id)).map(row => row.state)).toEqual(['kept', 'reverted', 'reverted'])
    expect(JSON.parse(await everyRow('credit_limit'))[0]).toHaveLength(1 + JSON.parse(before)[0].length)
  })

  it('are prepared only by whoever may request limits, and refused with their place', async () => {
    const other = new Drive(world, operations, approver)
    await expect(other.rehearsed(`${HEADER}\nK-2,,,1,,,,2026/3/25,,\n`, {}, 'limits')).rejects.toThrow(
      'permission_must_be_held',
    )
    const credit = new Drive(world, reviewer, approver)
    const id = await credit.rehearsed(
      [
        HEADER,
        'K-2,,,-5,,,,2026/3/25,2027/3/1,',
        'K-2,,,,,,,2026/3/25,2027/3/1,',
        'K-2,,,5000000,,,,2027/3/25,2027/12/1,',
        'K-2,,,5000000,,2026/4/1,2026/3/1,2026/3/25,2027/3/1,',
        'K-2,,,5000000,,,,2026/3/25,2026/3/26,',
        'K-2,,取引組合せ,5000000,,,,2026/3/25,2027/3/1,',
      ].join('\n'),
      {},
      'limits',
    )
    expect(await credit.outcomes(id)).toEqual([
      'refused yen_must_not_be_negative@4',
      'refused value_must_be_given@4',
      'refused assessment_must_not_be_in_the_future@8',
      'refused period_must_be_forward@7',
      'refused review_must_be_ahead@9',
      'refused pair_must_name_both@2',
    ])
  })
})

describe('checks of identity of an old system', () => {
  const HEADER = '顧客番号,本人確認日,次回期限,確認方法,リスク,取引目的,確認書類'

  it('count until their date, never longer than the risk allows, and go with the revert', async () => {
    const before = await everyRow('kyc_case', 'kyc_document')
    const checked = new Drive(world, operations, compliance)
    const id = await checked.taken(
      [
        HEADER,
        'K-1,令和8年4月1日,2027/4/1,登記情報,低,売掛債権の資金化,登記簿謄本',
        'K-2,2025/10/1,2035/10/1,,高,,',
        'K-3,2022/10/1,,公的個人認証,中,,免許証',
      ].join('\n'),
      {},
      'kyc',
    )
    expect(await checked.outcomes(id)).toEqual([
      'new',
      'new value_was_assumed@4 assets_are_unchecked@ review_was_shortened@3 review_is_overdue@3',
      'new electronic_check_was_not_given@4 review_is_overdue@3',
    ])
    const seen = await world.ask(operations, kycOfParty, { partyId: await partyNamed('株式会社甲斐運輸') })
    expect(JSON.stringify(seen)).toContain('2027-04-01')
    const due = await world.db
      .selectFrom('kyc_case')
      .select('next_review_on')
      .orderBy('completed_on')
      .execute()
    expect(due.map(row => row.next_review_on)).toEqual(['2024-10-01', '2026-10-01', '2027-04-01'])
    const again = await checked.rehearsed(`${HEADER}\nK-1,2026/5/1,,,低,,\nK-2,2026/12/1,,,低,,\n`, {}, 'kyc')
    expect(await checked.outcomes(again)).toEqual([
      'refused kyc_must_not_stand_already@1',
      'refused date_must_not_be_in_the_future@2',
    ])
    expect((await checked.reverted(id)).map(row => row.state)).toEqual(['reverted', 'reverted', 'reverted'])
    expect(await everyRow('kyc_case', 'kyc_document')).toBe(before)
  })
})

describe('tables of which nothing is deleted', () => {
  it('let go only of what an import brought', async () => {
    const own = await world.db.selectFrom('credit_limit').select('id').executeTakeFirstOrThrow()
    await world.db.transaction().execute(async tx => {
      await tx.deleteFrom('import_taken_over').where('record_id', '=', own.id).execute()
    })
    await expect(world.db.deleteFrom('credit_limit').where('id', '=', own.id).execute()).rejects.toThrow(
      'only what an import brought may be taken out again',
    )
  })
})
