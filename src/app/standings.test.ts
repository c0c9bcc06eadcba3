import { afterAll, beforeAll, expect, it } from 'vitest'
import { alertStandings } from '../business/alerts/standings-contract.ts'
import { approveChangeRequestCommand } from '../business/approvals/index.ts'
import { grantLimitCommand } from '../business/credit/index.ts'
import { limitUse } from '../business/credit/use-contract.ts'
import { kycStandings } from '../business/kyc/standings-contract.ts'
import { requestExport } from '../business/lists/contract.ts'
import { exportUntilIdle, lists } from '../business/lists/index.ts'
import { registerPartyCommand } from '../business/parties/index.ts'
import { worstStanding } from '../business/screening/standings.ts'
import { screeningStandings } from '../business/screening/standings-contract.ts'
import type { Actor } from '../platform/commands/actor.ts'
import { createWorld, type World } from './testing/world.ts'

let world: World
let sales: Actor
let reviewer: Actor
let client: string
let debtor: string

const dates = { inForceFrom: '2026-11-24', reviewDueOn: '2027-05-24', assessedOn: '2026-11-24' }
const change = { reasonCode: 'review' as const, reasonText: '決算書と入金実績による', evidence: [] }

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  reviewer = await world.person('審査', 'reviewer')
  const approver = await world.person('決裁', 'approver')
  const registered = (legalName: string, role: 'client' | 'debtor') =>
    world.done(sales, registerPartyCommand, { partyKind: 'corporation', roles: [role], legalName })
  client = (await registered('株式会社青空', 'client')).id
  debtor = (await registered('海山商事株式会社', 'debtor')).id
  const asked = await world.run(reviewer, grantLimitCommand, {
    limitKind: 'client',
    subjectId: client,
    term: 'permanent',
    limitYen: 4_000_000,
    grounds: '決算書2期',
    ...dates,
    change,
  })
  if (asked.status !== 202) throw new Error('expected to wait for a second person')
  await world.done(approver, approveChangeRequestCommand, { changeRequestId: asked.body.changeRequestId })
})
afterAll(() => world.close())

it('a list says in one word how each company stands with checks, screening, limits and alerts', async () => {
  const ids = [client, debtor]
  expect((await world.ask(sales, kycStandings, { ids })).rows).toEqual([
    { id: client, reviewState: 'none', nextReviewOn: null },
  ])
  const screened = (await world.ask(sales, screeningStandings, { ids })).rows
  expect(screened.map(row => [row.id, row.standing])).toEqual(ids.toSorted().map(id => [id, 'unscreened']))
  expect((await world.ask(sales, limitUse, { ids })).rows).toEqual([
    { id: client, limitKind: 'client', limitYen: 4_000_000, exposureYen: 0, suspended: false },
  ])
  expect((await world.ask(sales, alertStandings, { ids })).rows).toEqual([])
})

it('what stops a deal comes before what is only late, and a company nobody screened is not clear', () => {
  expect(worstStanding(['cleared', 'stale', 'hit_review'])).toBe('hit_review')
  expect(worstStanding(['cleared', 'conditional'])).toBe('conditional')
  expect(worstStanding([])).toBe('unscreened')
})

it('tells a contractor nothing of companies out of reach', async () => {
  const contractor = await world.person('委託先', 'contractor')
  for (const contract of [kycStandings, screeningStandings, limitUse, alertStandings])
    expect(await world.ask(contractor, contract as never, { ids: [client] } as never)).toEqual({ rows: [] })
})

it('the words leave with the list when they are among its columns', async () => {
  const route = lists.commands.find(command => command.contract.name === requestExport.name)!
  const { id } = (await world.done(
    sales,
    route as never,
    {
      list: 'parties.client',
      format: 'csv',
      columns: ['legalName', 'kyc', 'screening', 'limitUse', 'limit'],
      filters: {},
      change,
    } as never,
  )) as { id: string }
  await exportUntilIdle(world)
  const download = lists.routes(world).find(one => one.contract.name === 'lists.downloadExport')
  if (download?.kind !== 'query') throw new Error('no download')
  const context = {
    db: world.db,
    actor: sales,
    now: world.clock.now(),
    today: '2026-11-24' as const,
    requestId: 't',
  }
  const answer = await download.answer(context, { exportId: id } as never)
  if (!('file' in answer)) throw new Error('no file')
  const lines = (answer.file.content as Buffer).toString('utf8').replace('\ufeff', '').trim().split('\r\n')
  expect(lines).toEqual([
    '名称,本人確認,反社・制裁,枠の使用（%）,限度額',
    '株式会社青空,未実施,未照合,0,4000000',
  ])
})
