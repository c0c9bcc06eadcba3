import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings, setUpTestCompany } from '../../app/testing/company.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { companySettings, type NewsRule } from '../access/contract.ts'
import { approveChangeRequestCommand } from '../approvals/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { screeningCoverage } from './contract.ts'
import { screeningHindrances } from './gate.ts'
import { recordMedia } from './media.ts'
import { mediaSearchesOfParty } from './media-contract.ts'
import type { MediaScope } from './media-rules.ts'
import { newsDue, newsHindrances } from './news-gate.ts'
import { newsReasons, newsState } from './news-rules.ts'

const TODAY = '2026-11-24'

describe('a search of news', () => {
  it.each([
    [null, 'never'],
    ['2026-11-23', 'overdue'],
    ['2026-11-24', 'due_soon'],
    ['2026-12-08', 'due_soon'],
    ['2026-12-09', 'current'],
  ] as const)('that holds until %s is %s', (until, state) => {
    expect(newsState(until, TODAY)).toBe(state)
  })

  it('that is missing names subject, scope, rule and remedy; one in date says nothing', () => {
    const needed = { name: '株式会社甲', scope: 'adverse_media' as const, searchedUntil: null }
    const [reason] = newsReasons(needed, TODAY)
    expect(reason!.code).toBe('news_must_be_searched')
    for (const word of ['株式会社甲', '報道（不芳情報）', '会社設定', '検索を記録'])
      expect(reason!.message).toContain(word)
    expect(newsReasons({ ...needed, searchedUntil: '2026-11-23' }, TODAY)[0]).toMatchObject({
      code: 'news_search_must_not_be_stale',
      message: expect.stringContaining('2026-11-23'),
    })
    expect(newsReasons({ ...needed, searchedUntil: TODAY }, TODAY)).toEqual([])
  })
})

describe('by the subject table', () => {
  let world: World
  let operations: Actor
  let reviewer: Actor
  let compliance: Actor
  let administrators: Actor[]
  let client: string
  let debtor: string
  let guarantor: string
  let member: string
  const people: Record<string, string> = {}

  beforeAll(async () => {
    world = await createWorld()
    const administrator = await setUpTestCompany(world)
    operations = await world.person('事務', 'operations')
    reviewer = await world.person('審査', 'reviewer')
    compliance = await world.person('法務', 'compliance')
    administrators = [administrator, await world.person('管理 四', 'administrator')]
    const party = async (legalName: string, roles: ('client' | 'debtor' | 'guarantor' | 'group_member')[]) =>
      (await world.done(operations, registerPartyCommand, { partyKind: 'corporation', legalName, roles })).id
    client = await party('株式会社利用', ['client'])
    debtor = await party('株式会社売掛', ['debtor'])
    guarantor = await party('株式会社保証', ['guarantor'])
    member = await party('株式会社系列', ['group_member'])
    for (const role of ['representative', 'director', 'guarantor'] as const)
      people[role] = (
        await world.done(operations, addPersonCommand, {
          partyId: client,
          role,
          person: { familyName: '人', givenName: role, birthDate: '1970-01-01' },
        })
      ).personId
  })
  afterAll(() => world.close())

  const settings = () => world.ask(administrators[0]!, companySettings, {})
  const rules = (adverseMediaRule: NewsRule, creditEventRule: NewsRule) =>
    changeSettings(world, administrators[0]!, { adverseMediaRule, creditEventRule })
  const searched = (
    partyId: string,
    subjectId: string,
    scope: MediaScope[],
    searchedAt = '2026-11-24T09:30:00+09:00',
  ) =>
    world.done(reviewer, recordMedia, {
      partyId,
      subjectKind: Object.values(people).includes(subjectId) ? 'person' : 'party',
      subjectId,
      scope,
      provider: '新聞記事データベース',
      queryText: '"株式会社試験" AND 逮捕',
      keywordSetVersion: '2026年4月版',
      searchedAt,
      resultCount: 0,
    })
  const stopped = async (deal: { clientId: string; debtorIds: string[] }, today = TODAY) =>
    (await newsHindrances(world.db, deal, today)).map(one => `${one.facts?.subject} ${one.facts?.scope}`)
  const deal = () => ({ clientId: client, debtorIds: [debtor] })

  it('nothing stops while the company has not chosen so, and those who are dealt with are told', async () => {
    expect((await settings()).settings).toMatchObject({ adverseMediaRule: 'alert', creditEventRule: 'alert' })
    expect(await stopped(deal())).toEqual([])
    expect(await newsDue(world.db, [client, debtor], { today: TODAY, until: '2026-12-08' })).toMatchObject([
      { partyName: '株式会社利用', never: 4, overdue: 0, dueSoon: 0, firstDueOn: null, stops: false },
      { partyName: '株式会社売掛', never: 2, stops: false },
    ])
    // Nobody is told of whoever nobody deals with.
    expect(await newsDue(world.db, [], { today: TODAY, until: '2026-12-08' })).toEqual([])
  })

  it('each scope stops by itself, and asks of each subject what the table asks', async () => {
    expect((await rules('stop', 'alert')).status).toBe(200)
    expect(await stopped(deal())).toEqual([
      '人 representative adverse_media',
      '株式会社利用 adverse_media',
      '株式会社売掛 adverse_media',
    ])
    expect((await rules('stop', 'stop')).status).toBe(200)
    expect(await stopped(deal())).toEqual([
      '人 guarantor credit_event',
      '人 representative adverse_media',
      '株式会社利用 adverse_media',
      '株式会社利用 credit_event',
      '株式会社売掛 adverse_media',
      '株式会社売掛 credit_event',
    ])
    // Lists are another matter, and who is only paid or only lends is asked nothing of.
    const codes = (await screeningHindrances(world.db, deal(), TODAY)).map(one => one.code)
    expect(codes).not.toContain('news_must_be_searched')
    const [due] = await newsDue(world.db, [client], { today: TODAY, until: '2026-12-08' })
    expect(due).toMatchObject({ never: 4, stops: true })
  })

  it('what was searched lets the deal go on until its day, under the scope it had', async () => {
    await searched(client, client, ['adverse_media', 'credit_event'])
    await searched(client, people.representative!, ['adverse_media'])
    await searched(client, people.guarantor!, ['credit_event'])
    await searched(debtor, debtor, ['adverse_media'])
    expect(await stopped(deal())).toEqual(['株式会社売掛 credit_event'])
    await searched(debtor, debtor, ['credit_event'])
    expect(await stopped(deal())).toEqual([])
    expect(await stopped(deal(), '2027-05-23')).toEqual([])
    expect(await stopped(deal(), '2027-05-24')).toHaveLength(6)
    // Whoever was searched once is told of before the day, dealt with or not.
    const due = await newsDue(world.db, [], { today: '2027-05-12', until: '2027-05-26' })
    expect(due.map(one => [one.partyName, one.dueSoon, one.stops])).toEqual([
      ['株式会社利用', 4, false],
      ['株式会社売掛', 2, false],
    ])
  })

  it('shows on the page who must be searched, until when it holds and what happens else', async () => {
    const shown = await world.ask(reviewer, mediaSearchesOfParty, { partyId: client })
    expect(shown.needed.map(one => `${one.name} ${one.scope} ${one.rule} ${one.state}`)).toEqual([
      '株式会社利用 adverse_media stop current',
      '株式会社利用 credit_event stop current',
      '人 guarantor credit_event stop current',
      '人 representative adverse_media stop current',
    ])
    expect(shown.needed[0]!.nextDueOn).toBe('2027-05-23')
  })

  it('a group company never stops a deal, and can be searched', async () => {
    const shown = await world.ask(reviewer, mediaSearchesOfParty, { partyId: member })
    expect(shown.needed).toMatchObject([{ scope: 'credit_event', rule: 'alert', state: 'never' }])
    expect(await stopped({ clientId: member, debtorIds: [] })).toEqual([])
    await searched(member, member, ['credit_event'])
    const guaranteed = await world.ask(reviewer, mediaSearchesOfParty, { partyId: guarantor })
    expect(guaranteed.needed).toMatchObject([{ scope: 'credit_event', rule: 'stop', state: 'never' }])
  })

  it('is counted in the coverage, a scope each', async () => {
    const { news } = await world.ask(compliance, screeningCoverage, {})
    expect(news).toEqual([
      { scope: 'adverse_media', rule: 'stop', needed: 3, current: 3, overdue: 0, never: 0 },
      { scope: 'credit_event', rule: 'stop', needed: 5, current: 4, overdue: 0, never: 1 },
    ])
  })

  it('a rule is tightened at once and loosened by two', async () => {
    const looser = await rules('alert', 'stop')
    if (looser.status !== 202) throw new Error('a looser rule must wait')
    const { changeRequestId } = looser.body
    await world.done(administrators[1]!, approveChangeRequestCommand, { changeRequestId })
    expect((await settings()).settings.adverseMediaRule).toBe('alert')
    const off = await rules('off', 'stop')
    if (off.status !== 202) throw new Error('a looser rule must wait')
    await world.done(administrators[1]!, approveChangeRequestCommand, {
      changeRequestId: off.body.changeRequestId,
    })
    const { news } = await world.ask(compliance, screeningCoverage, {})
    expect(news[0]).toEqual({
      scope: 'adverse_media',
      rule: 'off',
      needed: 0,
      current: 0,
      overdue: 0,
      never: 0,
    })
    // Switched off, nobody is told of that scope either.
    const [due] = await newsDue(world.db, [], { today: '2027-05-12', until: '2027-05-26' })
    expect(due).toMatchObject({ partyName: '株式会社利用', dueSoon: 2 })
  })
})
