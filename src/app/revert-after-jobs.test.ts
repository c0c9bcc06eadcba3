import { afterAll, beforeAll, expect, it } from 'vitest'
import { raiseAlerts } from '../business/alerts/index.ts'
import { compareSome } from '../business/changewatch/jobs.ts'
import { findTies } from '../business/groups/jobs.ts'
import { Drive } from '../business/imports/testing/drive.ts'
import { followTrail } from '../business/ownership/jobs.ts'
import { measureQuality } from '../business/quality/measure.ts'
import { load } from '../business/registers/commands.ts'
import { publishedRow } from '../business/registers/testing/stub-registers.ts'
import { lookForCandidates } from '../business/resolution/jobs.ts'
import { loadWatchListsCommand } from '../business/screening/index.ts'
import { queueFromTrail, queueUnscreenedAndDue, searchNext } from '../business/screening/jobs.ts'
import type { Actor } from '../platform/commands/actor.ts'
import { sealOnce } from '../platform/trail/seal.ts'
import { createWorld, type World } from './testing/world.ts'

let world: World
let drive: Drive
let operations: Actor
beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
})
afterAll(() => world.close())

/** Everything that runs by the clock, as in the minutes after an import. */
async function nightPasses() {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  while (await findTies(world));
  while (await followTrail(world));
  await queueFromTrail(world)
  await queueUnscreenedAndDue(world)
  while ((await searchNext(world)) > 0);
  while ((await compareSome(world)) > 0);
  while ((await lookForCandidates(world)) > 0);
  await measureQuality(world.db, world.clock.now())
  await raiseAlerts(world)
}

const count = async (table: 'party' | 'tie_key' | 'tie_proposal' | 'person') =>
  Number(
    (
      await world.db
        .selectFrom(table)
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

const openCases = () =>
  world.db
    .selectFrom('screening_case')
    .select('subject_name')
    .where('superseded_at', 'is', null)
    .where('state', '=', 'hit_review')
    .execute()

it('an import is taken back whole after everything that runs by itself has looked at its records', async () => {
  await drive.taken('会社名,住所\n株式会社前からある,東京都千代田区丸の内1-1-1\n')
  await world.done(operations, load, {
    fileName: '公表.csv',
    contentBase64: Buffer.from(
      publishedRow({ number: '7000012050002', name: '株式会社新しい名前' }),
    ).toString('base64'),
  })
  const house =
    'name,name_kana,kind,birth_date,address,reason,source,listed_on\n株式会社北の丸,キタノマル,company,,,試験,試験,2020-01-01\n'
  await world.done(await world.person('法務', 'compliance'), loadWatchListsCommand, {
    files: [{ fileName: '反社.csv', contentBase64: Buffer.from(house).toString('base64') }],
  })
  const before = { party: await count('party'), person: await count('person') }
  const id = await drive.taken(
    [
      '会社名,法人番号,住所,電話,代表者',
      '株式会社北の丸,7000012050002,東京都千代田区丸の内1-1-1,03-1234-5678,山田 太郎',
      '株式会社北の丸物流,,東京都千代田区丸の内1-1-1,03-1234-5678,山田 太郎',
      '北の丸㈱,,東京都千代田区丸の内1-1-1,03-1234-5678,山田 太郎',
      '',
    ].join('\n'),
  )
  await nightPasses()
  expect(await count('tie_proposal')).toBeGreaterThan(0)
  const reviews = await world.db.selectFrom('change_review').select('closed_at').execute()
  expect(reviews).toEqual([{ closed_at: null }])

  expect((await openCases()).length).toBeGreaterThan(0)

  const rows = await drive.reverted(id)
  expect(rows.map(row => row.state)).toEqual(rows.map(() => 'reverted'))
  expect({ party: await count('party'), person: await count('person') }).toEqual(before)
  expect(await count('tie_proposal')).toBe(0)
  const left = await world.db.selectFrom('change_review').select(['party_id', 'outcome']).execute()
  expect(left).toEqual([{ party_id: null, outcome: 'exit' }])
  expect(await openCases()).toEqual([])
  await nightPasses()
  expect(await count('tie_key')).toBe(1)
})
