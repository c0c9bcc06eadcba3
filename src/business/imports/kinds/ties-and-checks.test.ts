import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { openDatabase, openPool } from '../../../platform/database/database.ts'
import { approve } from '../../approvals/commands.ts'
import { openChangeRequest } from '../../approvals/contract.ts'
import { holdingsOfParty, ownershipOfParty } from '../../ownership/contract.ts'
import { screeningOfParty } from '../../screening/contract.ts'
import { screeningHindrances } from '../../screening/index.ts'
import { pastResultsOfParty } from '../../screening/past-contract.ts'
import { apply, resume, revert, stop } from '../commands.ts'
import { workUntilIdle } from '../jobs.ts'
import { change, Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let compliance: Actor
let reviewer: Actor
let approver: Actor
let drive: Drive
let checks: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  approver = await world.person('決裁', 'approver')
  reviewer = await world.person('審査', 'reviewer')
  compliance = await world.person('コンプラ', 'compliance')
  drive = new Drive(world, operations, approver)
  checks = new Drive(world, reviewer, compliance)
  await drive.taken(
    '顧客番号,法人名\nG-1,株式会社甲斐運輸\nG-2,株式会社甲斐ホールディングス\nG-3,有限会社乙川商店\nG-4,丁田電機株式会社\n',
  )
  await drive.taken('顧客番号,氏名,役割\nG-1,甲斐 太郎,代表者\n', {}, 'people')
})
afterAll(() => world.close())

const partyNamed = async (name: string) =>
  (await world.db.selectFrom('party').select('id').where('legal_name', '=', name).executeTakeFirstOrThrow())
    .id

async function everyRow(...tables: string[]) {
  const rows = []
  for (const table of tables)
    rows.push((await sql`select * from ${sql.table(table)} order by 1, 2`.execute(world.db)).rows)
  return JSON.stringify(rows)
}

const OWNERSHIP = ['shareholding', 'party_group_link', 'person', 'party_person']
const HEADER = '会社名,株主名,株主区分,関係,持株数,発行済株式総数,持株比率,取得日,確認資料'

describe('holdings and ties of an old system', () => {
  it('are entered by number, name or person, computed at once, and go with the revert', async () => {
    const before = await everyRow(...OWNERSHIP)
    const id = await drive.taken(
      [
        HEADER,
        '株式会社甲斐運輸,㈱甲斐ホールディングス,,,"6,000","10,000",,R6.4.1,株主名簿',
        '株式会社甲斐運輸,甲斐 太郎,個人,株主,,,30%,2020/4/1,',
        '株式会社甲斐運輸,乙野花子,,,,,10,,申告',
        '株式会社甲斐ホールディングス,甲斐 太郎,,,900,1000,90%,,',
        '株式会社甲斐運輸,有限会社乙川商店,,関連会社,,,,,',
      ].join('\n'),
      {},
      'holdings',
    )
    expect((await drive.rows(id)).map(row => [row.outcome, row.state])).toEqual(
      Array(5).fill(['new', 'applied']),
    )
    const partyId = await partyNamed('株式会社甲斐運輸')
    const { holders } = await world.ask(operations, holdingsOfParty, { partyId })
    expect(
      holders
        .map(one => [one.holderName, one.share, one.validFrom, one.source])
        .sort((a, b) => (String(a[1]) < String(b[1]) ? 1 : -1)),
    ).toEqual([
      ['株式会社甲斐ホールディングス', '60%', '2024-04-01', 'shareholder_register'],
      ['甲斐 太郎', '30%', '2020-04-01', 'old_system'],
      ['乙野 花子', '10%', null, 'declaration'],
    ])
    expect(JSON.stringify(await drive.rows(id))).not.toContain('甲斐 太郎')
    const { owners } = await world.ask(operations, ownershipOfParty, { partyId })
    expect(JSON.stringify(owners)).toContain('甲斐 太郎')
    expect((await drive.reverted(id)).map(row => row.state)).toEqual(Array(5).fill('reverted'))
    expect(await everyRow(...OWNERSHIP)).toBe(before)
  })

  it('are refused with their place', async () => {
    await drive.taken(`${HEADER}\n有限会社乙川商店,甲斐 太郎,,,,,80%,,\n`, {}, 'holdings')
    const id = await drive.rehearsed(
      [
        HEADER,
        '有限会社乙川商店,株式会社どこにもない,,,,,10%,,',
        '有限会社乙川商店,有限会社乙川商店,,,,,10%,,',
        '有限会社乙川商店,丁田電機株式会社,,,,,30%,,',
        '有限会社乙川商店,丁田電機株式会社,,,100,,,,',
        '有限会社乙川商店,丁田電機株式会社,,,100,50,,,',
        '有限会社乙川商店,丁田電機株式会社,,子会社,,,10%,,',
        '有限会社乙川商店,丁田電機株式会社,,,,,5%,2099/1/1,',
        '有限会社乙川商店,甲斐 太郎,,,,,70%,,',
        '有限会社乙川商店,,,,,,10%,,',
        '有限会社乙川商店,甲斐 太郎,,,,,80%,,',
      ].join('\n'),
      {},
      'holdings',
    )
    expect(await drive.outcomes(id)).toEqual([
      'refused party_must_be_found@2',
      'refused holder_must_be_another@2',
      'refused shares_must_not_exceed_the_whole@7',
      'refused share_must_be_given@6',
      'refused votes_must_be_within_the_total@5',
      'refused holder_must_be_the_holding_side@4',
      'refused day_must_not_be_later@8',
      'refused holding_must_not_stand_already@2',
      'refused value_must_be_given@2',
      'merged',
    ])
  })

  it('of a running relation show the second person who will own it', async () => {
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'a relation that runs' }))
    await sql`alter table party disable trigger user`.execute(owner)
    await sql`update party set stage = 'active' where legal_name = '丁田電機株式会社'`.execute(owner)
    await sql`alter table party enable trigger user`.execute(owner)
    await owner.destroy()
    await drive.taken(`${HEADER}\n丁田電機株式会社,甲斐 太郎,,,,,30%,,\n`, {}, 'holdings')
    const id = await drive.rehearsed(
      `${HEADER}\n丁田電機株式会社,株式会社甲斐ホールディングス,,,,,60%,,\n`,
      {},
      'holdings',
    )
    const answer = await world.run(operations, apply, { batchId: id, change })
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    const request = await world.ask(approver, openChangeRequest, { changeRequestId })
    expect(request.items).toContainEqual(
      expect.objectContaining({
        label: expect.stringContaining('親会社（計算）'),
        old: 'なし',
        new: '株式会社甲斐ホールディングス',
      }),
    )
  })
})

describe('results of earlier screenings', () => {
  const PAST = '会社名,対象者,確認日,確認先,結果,判定,確認者,証跡,次回確認日,備考'

  it('stand as history with their source, unblock nothing, and go with the revert', async () => {
    const partyId = await partyNamed('株式会社甲斐運輸')
    const before = await everyRow('screening_past_result', 'screening_case')
    const hindrances = () => screeningHindrances(world.db, { clientId: partyId, debtorIds: [] }, '2026-11-24')
    const blocked = await hindrances()
    expect(blocked.map(reason => reason.code)).toContain('subject_must_be_screened')
    const id = await checks.taken(
      [
        PAST,
        '株式会社甲斐運輸,,R6.4.1,日経テレコン,該当なし,可,審査 花子,telecom_kai.pdf,2027/3/31,',
        '株式会社甲斐運輸,甲斐太郎,2024/4/1,日経テレコン,なし,可,審査 花子,,,同姓同名あり',
        '株式会社甲斐運輸,,2022-05-01,自社リスト,該当あり,不可,,,,取引先からの情報',
      ].join('\n'),
      {},
      'screenings',
    )
    expect(await checks.outcomes(id)).toEqual([
      'new evidence_was_not_found@8',
      'new',
      'new adverse_result_was_recorded@5',
    ])
    const { rows } = await world.ask(reviewer, pastResultsOfParty, { partyId })
    expect(
      rows.map(row => [row.subjectKind, row.searchedOn, row.result, row.verdict, row.nextDueOn]),
    ).toEqual([
      ['party', '2024-04-01', 'none', 'cleared', '2027-03-31'],
      ['person', '2024-04-01', 'none', 'cleared', null],
      ['party', '2022-05-01', 'found', 'rejected', null],
    ])
    expect(rows[1]).toMatchObject({
      subjectName: '甲斐 太郎',
      note: '同姓同名あり',
      source: expect.stringMatching(/^取込 IM-/),
    })
    expect(await hindrances()).toEqual(blocked)
    const { subjects } = await world.ask(reviewer, screeningOfParty, { partyId })
    expect(subjects.every(subject => subject.standing === 'unscreened')).toBe(true)
    const again = await checks.rehearsed(
      `${PAST}\n株式会社甲斐運輸,,2024/4/1,日経テレコン,該当なし,,,,,\n`,
      {},
      'screenings',
    )
    expect(await checks.outcomes(again)).toEqual(['refused past_result_must_stand_once@3'])
    expect((await checks.reverted(id)).map(row => row.state)).toEqual(Array(3).fill('reverted'))
    expect(await everyRow('screening_past_result', 'screening_case')).toBe(before)
  })

  it('are refused with their place', async () => {
    const id = await checks.rehearsed(
      [
        PAST,
        '株式会社甲斐運輸,見知らぬ 人,2024/4/1,日経テレコン,該当なし,,,,,',
        '株式会社甲斐運輸,,2099/4/1,日経テレコン,該当なし,,,,,',
        '株式会社甲斐運輸,,2024/4/1,日経テレコン,,,,,,',
        '株式会社甲斐運輸,,2024/4/1,日経テレコン,たぶん大丈夫,,,,,',
        '株式会社甲斐運輸,,2024/4/1,,該当なし,,,,,',
        '株式会社甲斐運輸,,2024/4/1,新聞記事,該当なし,,,,2023/4/1,',
      ].join('\n'),
      {},
      'screenings',
    )
    expect(await checks.outcomes(id)).toEqual([
      'refused person_must_be_of_the_party@2',
      'refused date_must_not_be_in_the_future@3',
      'refused value_must_be_given@5',
      'refused kind_must_be_known@5',
      'refused value_must_be_given@4',
      'refused due_must_follow_the_search@9',
    ])
  })

  it('come in once over a stop and a resume, and wait for compliance', async () => {
    const lines = Array.from(
      { length: 1_200 },
      (_, at) => `株式会社甲斐運輸,,2023/4/1,データベース${at},該当なし,可,,,,`,
    )
    const id = await checks.rehearsed([PAST, ...lines].join('\n'), {}, 'screenings')
    const answer = await world.run(reviewer, apply, { batchId: id, change })
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    expect(await world.refused(world.run(approver, approve, { changeRequestId, comment: '' }))).toEqual([
      'approver_must_hold_permission',
    ])
    await world.done(compliance, approve, { changeRequestId, comment: '' })
    let asked = 0
    await workUntilIdle(world, () => ++asked > 3)
    await world.done(reviewer, stop, { batchId: id })
    const halfway = await world.db
      .selectFrom('screening_past_result')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(halfway.n)).toBeGreaterThan(0)
    expect(Number(halfway.n)).toBeLessThan(1_200)
    await world.done(reviewer, resume, { batchId: id })
    await workUntilIdle(world)
    const { n } = await world.db
      .selectFrom('screening_past_result')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(1_200)
    await checks.decide(revert, id)
    expect(await world.db.selectFrom('screening_past_result').select('id').execute()).toEqual([])
  })
})
