import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { review } from '../../applications/commands/steps.ts'
import { listApplications, openApplication } from '../../applications/contract.ts'
import { applicationRates } from '../../applications/figures-contract.ts'
import { apply, revert } from '../commands.ts'
import { guessKind } from '../mapping.ts'
import { Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let reviewer: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  reviewer = await world.person('審査 一郎', 'reviewer')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken('顧客番号,法人名\nK-1,株式会社甲斐運輸\nK-2,有限会社乙川商店\nK-3,株式会社みなと紹介\n')
})
afterAll(() => world.close())

const HEADER =
  '申込番号,顧客番号,申込日,希望額,希望日,状態,回答日,終了日,謝絶理由,申込経路,担当者,乗り換え前の会社,前社残高'
const FILE = [
  HEADER,
  'A-1,K-1,2026/11/20,"3,000,000",2026/12/1,審査中,,,,ウェブ,審査　一郎,,',
  'A-2,K-1,2026/9/1,1000000,,謝絶,2026/9/3,,赤字が続くため,電話,,,',
  'A-3,K-2,令和8年8月3日,2000000,,実行済み,2026/8/4,2026/8/6,,来店,退職 次郎,株式会社さくらファクター,500000',
  'A-4,K-2,2026/11/18,500000,,見積提示中,2026/11/19,,,,,,',
  'A-5,K-1,2026/10/1,700000,,取下げ,,2026/10/2,他で調達,LINE,,,',
  'A-6,K-1,2026/10/1,700000,,取下げ,,,,,,,',
  'A-7,K-1,2026/10/5,700000,,書類不備,,2026/10/6,,,,,',
  'A-8,K-1,2030/1/1,700000,,受付,,,,,,,',
  'A-9,K-1,2026/10/5,700000,,謎,,,,,,,',
  'A-1,K-1,2026/10/5,700000,,受付,,,,,,,',
  'A-10,K-9,2026/10/5,700000,,受付,,,,,,,',
  'A-11,K-1,2026/10/9,700000,,辞退,2026/10/8,,,,,,',
  'A-12,K-1,2026/10/9,0,,受付,,,,,,,',
].join('\n')

const listed = (ended: boolean) =>
  world.ask(operations, listApplications, { ended: String(ended) as never, limit: 50 })
const everything = async () => {
  const { rows } = await sql<{ line: string }>`select row_to_json(t)::text as line from application t
    union all select row_to_json(t)::text from application_item t
    union all select id || stage from party
    union all select row_to_json(t)::text from import_source_no t order by 1`.execute(world.db)
  return rows
}

describe('applications of an old system', () => {
  it('are known by their headings', () => {
    expect(guessKind(HEADER.split(','))).toBe('applications')
    expect(guessKind(['会社名', '申込日', '申込金額', 'ステータス', '担当'])).toBe('applications')
  })

  it('come as they stood, the open ones with checklist and clock, and leave nothing behind at the revert', async () => {
    const before = await everything()
    const id = await drive.rehearsed(FILE, {}, 'applications')
    expect(await drive.outcomes(id)).toEqual([
      'new',
      'new value_was_assumed@8',
      'new owner_was_not_found@11',
      'new application_goes_back_to_review@6',
      'new',
      'refused end_day_must_be_given@8',
      'refused end_day_must_be_empty@8',
      'refused date_must_not_be_in_the_future@3',
      'refused kind_must_be_known@6',
      'refused row_must_stand_once@',
      'refused party_must_be_found@2',
      'refused value_was_assumed@8 dates_must_be_in_order@7',
      'refused value_must_be_given@4',
    ])
    // Whom nobody is found by is still called as the file calls them.
    expect((await drive.rows(id))[10]!.name).toBe('K-9')
    expect(await everything()).toEqual(before)
    const applied = await drive.decide(apply, id)
    expect(applied.sums).toMatchObject([
      { field: 'requestedYen', takenYen: 7_200_000, booksYen: 7_200_000 },
      { field: 'previousFactorOpenYen', takenYen: 500_000, booksYen: 500_000 },
    ])
    const open = (await listed(false)).rows
    expect(
      open.map(row => [row.client.name, row.state, row.requestedYen, row.owner.name, row.items]),
    ).toEqual([
      ['有限会社乙川商店', 'in_review', 500_000, '事務', 6],
      ['株式会社甲斐運輸', 'in_review', 3_000_000, '審査 一郎', 6],
    ])
    // The papers do not say how the first of them came; nobody invents it.
    expect(open.map(row => row.channel)).toEqual([null, 'web'])
    expect(open[0]!.clock).toMatchObject({ what: 'funding' })
    expect(open[1]!.clock).toMatchObject({ what: 'decision' })
    const ended = (await listed(true)).rows
    expect(ended.map(row => [row.state, row.submittedAt, row.clock]).sort()).toEqual([
      ['closed', '2026-08-02T15:00:00.000Z', null],
      ['rejected', '2026-08-31T15:00:00.000Z', null],
      ['withdrawn', '2026-09-30T15:00:00.000Z', null],
    ])
    const moved = ended.find(row => row.state === 'closed')!
    expect(await world.ask(operations, openApplication, { applicationId: moved.id })).toMatchObject({
      previousFactor: { name: '株式会社さくらファクター', openYen: 500_000 },
      firstDecision: 'quoted',
      decidedBy: null,
      steps: [],
    })
    expect(await world.verbsOf(moved.id)).toEqual(['application_taken_over'])
    expect(await world.ask(operations, applicationRates, { month: '2026-09' })).toMatchObject({
      approval: { numerator: 0, denominator: 1 },
    })
    const again = await drive.rehearsed(`${FILE}\n`, {}, 'applications')
    expect((await drive.outcomes(again))[0]).toBe('refused application_must_be_new@1')

    expect((await drive.reverted(id)).filter(row => row.state === 'reverted')).toHaveLength(5)
    expect(await everything()).toEqual(before)
  })

  it('that somebody works on stay, and without numbers the same one comes once', async () => {
    const file =
      '会社名,申込日,申込金額,ステータス,申込方法\n株式会社甲斐運輸,2026/11/20,900000,審査中,電話\n'
    const id = await drive.taken(file, {}, 'applications')
    expect(await drive.outcomes(await drive.rehearsed(`${file}\n`, {}, 'applications'))).toEqual([
      'refused application_must_be_new@2',
    ])
    const [row] = (await listed(false)).rows
    await world.done(reviewer, review, {
      applicationId: row!.id,
      rowVersion: row!.rowVersion,
      to: 'docs_pending',
      reason: '通帳の写しを待つ',
    })
    await drive.decide(revert, id)
    const [kept] = await drive.rows(id)
    expect(kept).toMatchObject({ state: 'kept' })
    expect(JSON.stringify(kept!.problems)).toContain('取込後に変更された')
  })
})
