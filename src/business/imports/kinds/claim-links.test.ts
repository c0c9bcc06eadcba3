import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { listApplications, openApplication } from '../../applications/contract.ts'
import { Drive } from '../testing/drive.ts'
import { numbersIn } from './claim-links.ts'

let world: World
let operations: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken('顧客番号,法人名\nK-1,株式会社甲斐運輸\nK-2,有限会社乙川商店\n')
  await drive.taken('顧客番号,法人名\nU-1,丙野建設株式会社\n', { role: 'debtor' })
  await drive.taken(
    '顧客番号,契約番号,取引形態,回収経路,掛目,手数料率,契約日,送金日数,反社条項\nK-1,旧-001,2社間,,80%,5%,2025/4/1,3,あり\nK-2,旧-002,2社間,,80%,5%,2025/4/1,3,あり\n',
    {},
    'contracts',
  )
})
afterAll(() => world.close())

const cutOver = { cutOverOn: '2026-11-20', unreadable: 'refuse' }
const CLAIMS =
  '顧客番号,売掛先コード,債権番号,請求書番号,発行日,支払期日,買取日,額面,買取額,前渡額,手数料額,回収済額,残高,申込番号'
const claim = (client: string, no: string, application: string) =>
  `${client},U-1,${no},INV-${no},2026/9/1,2026/12/31,2026/10/1,"1,000,000","1,000,000","800,000","50,000",0,"1,000,000",${application}`
const APPLICATIONS = '申込番号,顧客番号,申込日,希望額,状態,回答日,終了日,債権番号'

const everything = async () => {
  const rows = []
  for (const table of [
    'application',
    'application_claim',
    'receivable',
    'purchase',
    'import_source_no',
  ] as const)
    rows.push((await sql`select * from ${sql.table(table)} order by 1, 2`.execute(world.db)).rows)
  return JSON.stringify(rows)
}
const applicationOf = async (receivableId: string) =>
  (await world.ask(operations, listApplications, { receivableId })).rows

it('claims that come after their applications are linked with them, shown on both, and let go by the revert', async () => {
  const applications = await drive.taken(
    [
      APPLICATIONS,
      'A-1,K-1,2026/9/20,2000000,実行済み,2026/9/25,2026/10/1,',
      'A-2,K-1,2026/11/1,2000000,審査中,,,',
      'A-3,K-2,2026/9/20,2000000,実行済み,2026/9/25,2026/10/1,',
    ].join('\n'),
    {},
    'applications',
  )
  const before = await everything()
  const claims = await drive.taken(
    [
      CLAIMS,
      claim('K-1', 'R-1', 'Ａ－１'),
      claim('K-1', 'R-2', 'A-1'),
      claim('K-1', 'R-3', 'A-2'),
      claim('K-1', 'R-4', 'A-3'),
      claim('K-1', 'R-5', 'A-9'),
      claim('K-1', 'R-6', ''),
    ].join('\n'),
    cutOver,
    'claims',
  )
  expect(await drive.outcomes(claims)).toEqual([
    'new',
    'new claim_resembles_another@4',
    'refused bought_claim_needs_a_closed_application@14',
    'refused claim_must_be_the_clients@14',
    'refused linked_record_must_be_found@14',
    'new claim_resembles_another@4',
  ])
  const [row] = await drive.rows(applications)
  const shown = await world.ask(operations, openApplication, { applicationId: row!.recordId! })
  expect(shown.linked).toHaveLength(2)
  expect((await applicationOf(shown.linked[0]!.id)).map(one => one.id)).toEqual([row!.recordId])
  // The application stays as long as claims are linked with it.
  expect((await drive.reverted(applications)).map(one => one.state)).toEqual(['kept', 'reverted', 'reverted'])
  expect((await drive.reverted(claims)).filter(one => one.state === 'reverted')).toHaveLength(3)
  const after = await everything()
  expect(JSON.parse(after)[1]).toEqual([])
  expect(JSON.parse(after)[2]).toEqual(JSON.parse(before)[2])
})

it('claims that came before are linked by their numbers in the applications, and exactly let go', async () => {
  const claims = await drive.taken(
    [CLAIMS, claim('K-2', 'R-11', ''), claim('K-2', 'R-12', '')].join('\n'),
    cutOver,
    'claims',
  )
  const before = await everything()
  const applications = await drive.taken(
    [
      APPLICATIONS,
      'B-1,K-2,2026/9/20,2000000,実行済み,2026/9/25,2026/10/1,"R-11、R-12"',
      'B-2,K-2,2026/9/21,2000000,実行済み,2026/9/25,2026/10/1,R-11',
      'B-3,K-2,2026/9/22,2000000,実行済み,2026/9/25,2026/10/1,R-99',
      'B-4,K-1,2026/9/23,2000000,実行済み,2026/9/25,2026/10/1,R-12',
      'B-5,K-2,2026/9/24,2000000,審査中,,,R-12',
    ].join('\n'),
    {},
    'applications',
  )
  expect(await drive.outcomes(applications)).toEqual([
    'new',
    'refused claim_must_be_free@8',
    'refused linked_record_must_be_found@8',
    'refused claim_must_be_the_clients@8',
    'refused bought_claim_needs_a_closed_application@8',
  ])
  const [row] = await drive.rows(applications)
  const shown = await world.ask(operations, openApplication, { applicationId: row!.recordId! })
  expect(shown.linked).toHaveLength(2)
  expect((await applicationOf(shown.linked[1]!.id)).map(one => one.id)).toEqual([row!.recordId])
  expect(await world.verbsOf(shown.linked[0]!.id)).toContain('application_claim_linked')
  // A claim that is linked cannot go before its application.
  expect((await drive.reverted(claims)).map(one => one.state)).toEqual(['kept', 'kept'])
  expect((await drive.reverted(applications)).filter(one => one.state === 'reverted')).toHaveLength(1)
  expect(await everything()).toBe(before)
})

it('several numbers stand in one cell as offices part them', () => {
  expect(numbersIn('R-1、R-2,Ｒ－３ ; R-4')).toEqual(['R-1', 'R-2', 'R-3', 'R-4'])
})
