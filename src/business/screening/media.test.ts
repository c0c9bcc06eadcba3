import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import {
  resubmit as resubmitChangeRequestCommand,
  giveBack as returnChangeRequestCommand,
} from '../approvals/commands.ts'
import { approveChangeRequestCommand } from '../approvals/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { screeningHindrances } from './gate.ts'
import { recordMedia } from './media.ts'
import { mediaSearchesOfParty } from './media-contract.ts'
import { mediaReasons, type TypedMediaSearch } from './media-rules.ts'

const TODAY = '2026-11-24'
const NOW = new Date('2026-11-24T10:00:00+09:00')

let world: World
let reviewer: Actor
let compliance: Actor
let auditor: Actor
let operations: Actor
beforeAll(async () => {
  world = await createWorld()
  reviewer = await world.person('審査', 'reviewer')
  compliance = await world.person('法務', 'compliance')
  auditor = await world.person('監査', 'auditor')
  operations = await world.person('事務', 'operations')
})
afterAll(() => world.close())

const change = {
  reasonCode: 'review' as const,
  reasonText: '記事の住所と代表者を照らした',
  evidence: [EVIDENCE],
}
const finding = {
  url: 'https://news.example.jp/articles/1',
  title: '架空請求の疑いで社長逮捕',
  publishedOn: '2025-03-01',
  judgement: 'different' as const,
  reason: '所在地と代表者が異なる',
}

async function client(legalName: string) {
  const { id } = await world.done(operations, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    roles: ['client'],
  })
  return id
}

const searchOf = (partyId: string) => ({
  partyId,
  subjectKind: 'party' as const,
  subjectId: partyId,
  scope: ['adverse_media' as const],
  provider: '新聞記事データベース',
  queryText: '"株式会社試験" AND (逮捕 OR 詐欺)',
  keywordSetVersion: '2026年4月版',
  searchedAt: '2026-11-24T09:30:00+09:00',
  resultCount: 0,
})
const withOne = (partyId: string) => ({ ...searchOf(partyId), resultCount: 1, findings: [finding], change })
const shown = (partyId: string) => world.ask(auditor, mediaSearchesOfParty, { partyId })

async function approved(answer: Awaited<ReturnType<typeof world.run>>) {
  if (answer.status !== 202) throw new Error('expected to wait for a second person')
  return world.done(compliance, approveChangeRequestCommand, { changeRequestId: answer.body.changeRequestId })
}
/** Whether the news stop a deal; that nobody has been searched in the lists is another matter. */
const stopped = async (clientId: string, today = TODAY) =>
  (await screeningHindrances(world.db, { clientId, debtorIds: [] }, today)).some(
    one => one.code === 'media_search_must_not_be_open',
  )

describe('the rules of a search', () => {
  const typed = (more: Partial<TypedMediaSearch> = {}): TypedMediaSearch => ({
    searchedAt: '2026-11-24T09:30:00+09:00',
    resultCount: 1,
    findings: [{ judgement: 'different' }],
    verdict: 'cleared',
    ...more,
  })
  const codes = (more: Partial<TypedMediaSearch>) =>
    mediaReasons(typed(more), TODAY, NOW).map(reason => reason.code)

  it.each<[Partial<TypedMediaSearch>, string[]]>([
    [{}, []],
    [{ searchedAt: '2026-11-24T10:01:00+09:00' }, ['date_must_not_be_in_the_future']],
    [{ resultCount: 0, findings: [] }, []],
    [{ resultCount: 0 }, ['findings_must_be_among_the_results']],
    [{ findings: [] }, ['results_must_be_judged']],
    [{ resultCount: 0, findings: [], verdict: 'escalated' }, ['nothing_found_must_be_clear']],
    [{ findings: [{ judgement: 'unclear' }] }, ['clear_needs_all_hits_different']],
    [{ verdict: 'rejected' }, ['rejection_needs_a_same_hit']],
    [{ verdict: 'rejected', findings: [{ judgement: 'same' }] }, []],
    [{ verdict: 'conditional' }, ['conditions_must_be_given']],
    [
      { verdict: 'conditional', conditions: '毎月確認', conditionsUntil: TODAY },
      ['conditions_must_end_in_time'],
    ],
    [{ verdict: 'conditional', conditions: '毎月確認', conditionsUntil: '2027-05-23' }, []],
    [
      { verdict: 'conditional', conditions: '毎月確認', conditionsUntil: '2027-05-24' },
      ['conditions_must_end_in_time'],
    ],
  ])('%j breaks %j', (more, expected) => {
    expect(codes(more)).toEqual(expected)
  })
})

describe('a search', () => {
  it('without a result is clear at once, kept as it was sent, and due again after 180 days', async () => {
    const partyId = await client('株式会社報道無')
    const answer = await world.done(reviewer, recordMedia, searchOf(partyId))
    expect(answer.nextDueOn).toBe('2027-05-23')
    const { searches } = await shown(partyId)
    expect(searches[0]).toMatchObject({
      searchNo: answer.searchNo,
      verdict: 'cleared',
      queryText: '"株式会社試験" AND (逮捕 OR 詐欺)',
      keywordSetVersion: '2026年4月版',
      resultCount: 0,
      recordedBy: '審査',
      confirmedBy: null,
      inForce: true,
      stopsDeals: false,
    })
  })

  it('with a result needs the saved page and a second person', async () => {
    const partyId = await client('株式会社報道有')
    const search = withOne(partyId)
    const bare = { ...search, change: { ...change, evidence: [] } }
    expect(await world.refused(world.run(reviewer, recordMedia, bare))).toEqual(['evidence_must_be_attached'])
    const answer = await world.run(reviewer, recordMedia, search)
    expect((await shown(partyId)).searches).toEqual([])
    await approved(answer)
    const { searches } = await shown(partyId)
    expect(searches[0]).toMatchObject({ recordedBy: '審査', confirmedBy: '法務', findings: [finding] })
    expect(await stopped(partyId)).toBe(false)
  })

  it('that is escalated stops deals until a later one of the same scope clears it; both stay', async () => {
    const partyId = await client('株式会社上申')
    const unclear = { ...finding, judgement: 'unclear' as const }
    await approved(
      await world.run(reviewer, recordMedia, {
        ...withOne(partyId),
        findings: [unclear],
        verdict: 'escalated' as const,
      }),
    )
    expect(await stopped(partyId)).toBe(true)
    await world.done(reviewer, recordMedia, { ...searchOf(partyId), scope: ['credit_event'] })
    expect(await stopped(partyId)).toBe(true)
    await approved(await world.run(reviewer, recordMedia, withOne(partyId)))
    expect(await stopped(partyId)).toBe(false)
    expect((await shown(partyId)).searches.map(one => one.inForce)).toEqual([true, true, false])
  })

  it('without a result lifts no stop: what one person found nothing of, two had not cleared', async () => {
    const partyId = await client('株式会社空振')
    const unclear = { ...finding, judgement: 'unclear' as const }
    const escalated = { ...withOne(partyId), findings: [unclear], verdict: 'escalated' as const }
    await approved(await world.run(reviewer, recordMedia, escalated))
    await world.done(reviewer, recordMedia, searchOf(partyId))
    expect(await stopped(partyId)).toBe(true)
    // An older search recorded later does not speak of what was found since.
    await approved(
      await world.run(reviewer, recordMedia, {
        ...withOne(partyId),
        searchedAt: '2026-11-24T09:00:00+09:00',
      }),
    )
    expect(await stopped(partyId)).toBe(true)
  })

  it('that waits is not approved over one recorded since; given back, it is asked anew', async () => {
    const partyId = await client('株式会社追越')
    const waiting = await world.run(reviewer, recordMedia, withOne(partyId))
    const unclear = { ...finding, judgement: 'unclear' as const }
    const other = await world.person('審査二', 'reviewer')
    await approved(
      await world.run(other, recordMedia, {
        ...withOne(partyId),
        findings: [unclear],
        verdict: 'escalated' as const,
      }),
    )
    if (waiting.status !== 202) throw new Error('expected to wait for a second person')
    const { changeRequestId } = waiting.body
    expect(await world.refused(approved(waiting))).toEqual(['media_search_must_know_the_newest'])
    expect(await stopped(partyId)).toBe(true)
    await world.done(compliance, returnChangeRequestCommand, { changeRequestId, comment: '新しい検索を確認' })
    await world.done(reviewer, resubmitChangeRequestCommand, { changeRequestId, comment: '確認済み' })
    await approved(waiting)
    expect(await stopped(partyId)).toBe(false)
  })

  it('with conditions stops deals from the day after they end; a rejected subject blocks its customer', async () => {
    const partyId = await client('株式会社条件')
    const same = { ...finding, judgement: 'same' as const }
    await approved(
      await world.run(reviewer, recordMedia, {
        ...withOne(partyId),
        findings: [same],
        verdict: 'conditional' as const,
        conditions: '毎月の報道確認',
        conditionsUntil: '2026-12-31',
      }),
    )
    expect([await stopped(partyId, '2026-12-31'), await stopped(partyId, '2027-01-01')]).toEqual([
      false,
      true,
    ])
    await approved(
      await world.run(reviewer, recordMedia, {
        ...withOne(partyId),
        findings: [same],
        verdict: 'rejected' as const,
      }),
    )
    const party = await world.db
      .selectFrom('party')
      .select('status')
      .where('id', '=', partyId)
      .executeTakeFirst()
    expect(party?.status).toBe('blocked')
  })

  it('about a person leaves neither the name nor the words in the trail', async () => {
    const partyId = await client('株式会社人物')
    const { personId } = await world.done(operations, addPersonCommand, {
      partyId,
      role: 'representative',
      person: { familyName: '秘匿山', givenName: '太郎', birthDate: '1970-01-01' },
    })
    await approved(
      await world.run(reviewer, recordMedia, {
        ...withOne(partyId),
        subjectKind: 'person' as const,
        subjectId: personId,
        queryText: '秘匿山太郎 逮捕',
        findings: [{ ...finding, title: '秘匿山容疑者を逮捕' }],
      }),
    )
    const events = await world.db.selectFrom('audit_event').select('canonical_text').execute()
    expect(events.filter(event => event.canonical_text.includes('秘匿山'))).toEqual([])
    expect((await shown(partyId)).searches[0]?.queryText).toBe('秘匿山太郎 逮捕')
  })

  it('is about somebody screened because of the customer, on a web address, by who may judge', async () => {
    const partyId = await client('株式会社対象外')
    const search = searchOf(partyId)
    const other = { ...search, subjectId: await client('株式会社無関係') }
    expect(await world.refused(world.run(reviewer, recordMedia, other))).toEqual([
      'media_subject_must_be_in_scope',
    ])
    const stranger = { ...search, subjectKind: 'person' as const, subjectId: newId() }
    expect(await world.refused(world.run(reviewer, recordMedia, stranger))).toEqual([
      'media_subject_must_be_in_scope',
    ])
    const script = { ...withOne(partyId), findings: [{ ...finding, url: 'javascript:alert(1)' }] }
    expect(recordMedia.contract.input.safeParse(script).success).toBe(false)
    expect(await world.refused(world.run(operations, recordMedia, search))).toEqual([
      'permission_must_be_held',
    ])
  })
})
