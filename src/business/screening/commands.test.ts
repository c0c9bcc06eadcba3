import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { approve } from '../approvals/commands.ts'
import { listChangeRequests, openChangeRequest } from '../approvals/contract.ts'
import { recordHistory } from '../audit/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { add as addPerson } from '../people/commands.ts'
import { decide, judge, rescreen } from './commands.ts'
import { listCases, openScreeningCase, screeningCoverage, screeningOfParty, watchLists } from './contract.ts'
import { screenSubject } from './engine/index.ts'
import { screeningHindrances } from './gate.ts'
import { queueFromTrail, queueUnscreenedAndDue, searchNext } from './jobs.ts'
import { compareNextVersion, matchedBy } from './list-delta.ts'
import { listsInForce } from './list-versions.ts'
import { load } from './load-lists.ts'
import { readSubjects } from './subjects.ts'

const TODAY = '2026-11-24'
const HEAD = 'name,name_kana,kind,birth_date,address,reason,source,listed_on'
const HAWK = '鷹嵐興業株式会社,タカアラシコウギョウ,company,,,反社会的勢力の関係企業,新聞,2021-06-18'
const DEMON = '鬼嵐 剛三,オニアラシ ゴウゾウ,person,1958-04-09,,暴力団員,新聞,2016-08-30'

let world: World
let sales: Actor
let compliance: Actor
let manager: Actor
let auditor: Actor
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  compliance = await world.person('法務', 'compliance')
  manager = await world.person('部長', 'manager')
  auditor = await world.person('監査', 'auditor')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '登記と生年月日で確認', evidence: [EVIDENCE] }
const house = (...rows: string[]) => ({
  fileName: '反社.csv',
  contentBase64: Buffer.from([HEAD, ...rows].join('\n')).toString('base64'),
})

async function client(legalName: string, role: 'client' | 'debtor' = 'client') {
  return (await world.done(sales, register, { partyKind: 'corporation', legalName, roles: [role] })).id
}

async function representative(
  partyId: string,
  family: string,
  given: string,
  birthDate: string,
  kana?: [string, string],
) {
  const operations = await world.person('事務', 'operations')
  const { personId } = await world.done(operations, addPerson, {
    partyId,
    role: 'representative',
    person: { familyName: family, givenName: given, familyKana: kana?.[0], givenKana: kana?.[1], birthDate },
  })
  return personId
}

/** What the background work does, until nothing waits. */
async function settle() {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  await queueFromTrail(world)
  while (await compareNextVersion(world));
  while ((await searchNext(world)) > 0);
}

const hindered = async (clientId: string, debtorIds: string[] = [], today = TODAY) =>
  (await screeningHindrances(world.db, { clientId, debtorIds }, today)).map(one => [
    one.code,
    one.facts?.subject,
  ])

async function caseOf(partyId: string, name?: string) {
  const { subjects } = await world.ask(auditor, screeningOfParty, { partyId })
  const subject = subjects.find(one => (name ? one.name === name : one.subjectKind === 'party'))
  if (!subject?.current) throw new Error('the subject has not been searched')
  return world.ask(compliance, openScreeningCase, { caseId: subject.current.id })
}

async function confirmed(answer: Awaited<ReturnType<typeof world.run>>, by = manager) {
  if (answer.status !== 202) throw new Error('expected to wait for a second person')
  return world.done(by, approve, { changeRequestId: answer.body.changeRequestId })
}

describe('lists', () => {
  it('before any is loaded everybody stays unscreened: nobody is cleared by searching nothing', async () => {
    const id = await client('株式会社早すぎた')
    await settle()
    expect(await hindered(id)).toEqual([['subject_must_be_screened', '株式会社早すぎた']])
  })

  it('are loaded with counts, the rows without a primary entry reported, in versions with differences', async () => {
    const first = await world.done(compliance, load, { files: [house(HAWK)], shipped: true })
    expect(first.loaded.map(one => one.listId).sort()).toEqual(['HOUSE:反社', 'OFAC-SDN', 'UN'])
    const { versions } = await world.ask(auditor, watchLists, {})
    const ofac = versions.find(one => one.listId === 'OFAC-SDN')
    expect([ofac?.entries, ofac?.problems, ofac?.publishedOn]).toEqual([2913, 80, '2024-03-15'])
    expect(ofac?.problemRows.every(row => row.code === 'no_primary_entry' && row.line !== null)).toBe(true)

    const again = await world.done(compliance, load, { files: [house(HAWK, DEMON)], shipped: true })
    expect(again.unchanged.sort()).toEqual(['OFAC-SDN', 'UN'])
    const next = (await world.ask(auditor, watchLists, {})).versions.find(one => one.listId === 'HOUSE:反社')
    expect([next?.versionNo, next?.added, next?.changed, next?.removed]).toEqual([2, 1, 0, 0])
    await settle()
  })

  it('are refused when they are the same, cannot be read, or have a path for a name; the old version stays', async () => {
    const run = (input: object) => world.refused(world.run(compliance, load, input as never))
    expect(await run({ files: [house(HAWK, DEMON)] })).toEqual(['list_must_be_new'])
    expect(
      await run({
        files: [{ fileName: 'x.csv', contentBase64: Buffer.from('what,is\n1,2').toString('base64') }],
      }),
    ).toEqual(['list_file_must_be_readable'])
    expect(await run({ files: [{ ...house(HAWK), fileName: '../x.csv' }] })).toEqual([
      'file_name_must_be_plain',
    ])
    expect((await world.ask(auditor, watchLists, {})).versions).toHaveLength(3)
  })
})

describe('a search', () => {
  it('clears who has no hit at once, by the program, and sets the day of the next', async () => {
    const id = await client('株式会社青空製作所')
    await settle()
    expect(await hindered(id)).toEqual([])
    const row = await caseOf(id)
    expect([row.state, row.hits, row.decidedBy, row.nextDueOn]).toEqual(['cleared', 0, null, '2027-05-23'])
    expect(row.lists.map(list => list.listId)).toEqual(['HOUSE:反社', 'OFAC-SDN', 'UN'])
    expect(await world.verbsOf(id)).toEqual(['party_registered', 'subject_screened'])
  })

  it('finds the fictional company of the house list and holds its purchases', async () => {
    const id = await client('鷹嵐興業株式会社')
    await settle()
    const row = await caseOf(id)
    expect(row.state).toBe('hit_review')
    expect(row.hitList[0]).toMatchObject({
      matchedName: '鷹嵐興業株式会社',
      scoreThousandths: 1000,
      band: 'hit',
    })
    expect(await hindered(id)).toEqual([['screening_must_not_be_open', '鷹嵐興業株式会社']])
  })

  it('finds the representative whose name is near a published one, though the birth years differ', async () => {
    const id = await client('株式会社高山工務店')
    await representative(id, '高山', '潔', '1981-05-21', ['タカヤマ', 'キヨシ'])
    await settle()
    const row = await caseOf(id, '高山 潔')
    expect(row.hitList.map(hit => hit.matchedName)).toContain('TAKAYAMA, Kiyoshi')
    expect(await hindered(id)).toEqual([['screening_must_not_be_open', '高山 潔']])
  })

  it('is asked for of the debtor too, alone', async () => {
    const id = await client('株式会社売主')
    const debtor = await client('株式会社買主', 'debtor')
    expect(await hindered(id, [debtor])).toEqual([
      ['subject_must_be_screened', '株式会社売主'],
      ['subject_must_be_screened', '株式会社買主'],
    ])
    await settle()
    expect(await hindered(id, [debtor])).toEqual([])
  })

  it('happens again when the name changes, and only then', async () => {
    const id = await client('株式会社改名前')
    await settle()
    const before = await caseOf(id)
    const operations = await world.person('事務', 'operations')
    await confirmed(
      await world.run(operations, rename, {
        partyId: id,
        rowVersion: 1,
        legalName: '鷹嵐興業有限会社',
        effectiveOn: TODAY,
        change,
      }),
    )
    await settle()
    const after = await caseOf(id)
    expect([after.id === before.id, after.trigger, after.state]).toEqual([false, 'changed', 'hit_review'])
    expect(after.earlier.map(one => one.id)).toEqual([before.id])
    await settle()
    expect((await caseOf(id)).id).toBe(after.id)
  })

  it('is due again after 180 days: stale from the day after, and searched on the day itself', async () => {
    const id = await client('株式会社期日')
    await settle()
    const due = addDays(TODAY, 180)
    expect(await hindered(id, [], due)).toEqual([])
    expect(await hindered(id, [], addDays(due, 1))).toEqual([['screening_must_not_be_stale', '株式会社期日']])
    const first = await caseOf(id)
    world.clock.set(new Date(`${due}T09:00:00+09:00`))
    await queueUnscreenedAndDue(world)
    await settle()
    const second = await caseOf(id)
    expect([second.id === first.id, second.trigger, second.nextDueOn]).toEqual([
      false,
      'periodic',
      addDays(due, 180),
    ])
    world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
  })
})

describe('a list that changes', () => {
  it('is compared with everybody, and finds exactly what a full search finds', async () => {
    const hit = await client('蛇嵐商事株式会社')
    await client('株式会社無関係')
    await settle()
    expect(await hindered(hit)).toEqual([])
    const snake = '蛇嵐商事,ヘビアラシショウジ,company,,,準構成員の関係企業,新聞,2026-11-01'
    await world.done(compliance, load, { files: [house(HAWK, DEMON, snake)] })

    const refs = await world.db
      .selectFrom('screening_case')
      .select(['subject_kind as kind', 'subject_id as id'])
      .where('superseded_at', 'is', null)
      .execute()
    const everybody = await readSubjects(world.db, world.keys, refs)
    const inForce = await listsInForce(world.db)
    const entry = inForce?.index.entries.find(one => one.names[0]?.text === '蛇嵐商事')
    if (!inForce || !entry) throw new Error('the new entry is not in force')
    const full = everybody
      .filter(one => screenSubject(inForce.index, one.snapshot).some(match => match.listEntry === entry))
      .map(one => one.id)
    expect(matchedBy([entry], everybody).map(one => one.subject.id)).toEqual(full)
    expect(full).toEqual([hit])

    await settle()
    const row = await caseOf(hit)
    expect([row.trigger, row.state]).toEqual(['list_change', 'hit_review'])
    const version = (await world.ask(auditor, watchLists, {})).versions.find(
      one => one.listId === 'HOUSE:反社',
    )
    expect([version?.comparedSubjects, version?.comparedHits]).toEqual([everybody.length, 1])
  })

  it('closes open hits on entries that have left it', async () => {
    const id = await client('株式会社蛇嵐商事')
    await settle()
    expect((await caseOf(id)).state).toBe('hit_review')
    await world.done(compliance, load, { files: [house(HAWK, DEMON)] })
    await settle()
    expect((await caseOf(id)).state).toBe('cleared')
  })
})

describe('a verdict', () => {
  async function withHit(name: string) {
    const id = await client(name)
    await settle()
    const row = await caseOf(id)
    const hitId = row.hitList[0]?.id ?? ''
    return { id, caseId: row.id, hitId }
  }
  const judged = (hitId: string, judgement: 'same' | 'different' | 'unclear') =>
    world.done(compliance, judge, { hitId, judgement, reason: '所在地と設立年を比べた' })

  /** The request names whom the customer resembles and what was thought of it: it is there for nobody who may not see candidates. */
  async function expectSeenBy(changeRequestId: string, readers: readonly Actor[]) {
    const barred = ['sales', 'operations', 'collector', 'accounting', 'administrator'] as const
    for (const role of barred) {
      const person = await world.person(role, role)
      const { rows } = await world.ask(person, listChangeRequests, { limit: 200 })
      expect([role, rows.some(row => row.id === changeRequestId)]).toEqual([role, false])
      const opened = world.ask(person, openChangeRequest, { changeRequestId })
      expect([role, await world.refused(opened)]).toEqual([role, ['record_must_exist']])
    }
    for (const reader of readers) {
      const { items } = await world.ask(reader, openChangeRequest, { changeRequestId })
      expect(JSON.stringify(items)).toContain('鷹嵐興業')
    }
  }

  it('waits for a second person whatever it is, and is remembered for this very pair', async () => {
    const { id, caseId, hitId } = await withHit('鷹嵐興業合同会社')
    expect(await judged(hitId, 'different')).toMatchObject({ unjudged: 0 })
    const asked = await world.run(compliance, decide, { caseId, verdict: 'cleared', change })
    if (asked.status !== 202) throw new Error('expected to wait for a second person')
    const { changeRequestId } = asked.body
    expect(await world.refused(world.run(compliance, approve, { changeRequestId }))).toEqual([
      'maker_must_not_approve',
    ])
    await expectSeenBy(changeRequestId, [compliance, manager, auditor])
    await world.done(manager, approve, { changeRequestId })
    expect(await hindered(id)).toEqual([])

    await world.done(compliance, rescreen, { partyId: id })
    await settle()
    const again = await caseOf(id)
    expect([again.trigger, again.state, again.hits, again.remembered]).toEqual(['manual', 'cleared', 1, 1])
    expect(again.hitList[0]).toMatchObject({ judgement: 'different', remembered: true })
  })

  it('needs every hit judged, and a judgement that fits it', async () => {
    const { caseId, hitId } = await withHit('有限会社鷹嵐興業')
    const ask = (verdict: 'cleared' | 'rejected' | 'conditional', more: object = {}) =>
      world.refused(world.run(compliance, decide, { caseId, verdict, change, ...more }))
    expect(await ask('cleared')).toEqual(['every_hit_must_be_judged'])
    await judged(hitId, 'unclear')
    expect(await ask('cleared')).toEqual(['clear_needs_all_hits_different'])
    expect(await ask('rejected')).toEqual(['rejection_needs_a_same_hit'])
    expect(await ask('conditional')).toEqual(['conditions_must_be_given'])
    const conditions = '追加書類の提出'
    for (const conditionsUntil of [TODAY, '2027-05-24'])
      expect(await ask('conditional', { conditions, conditionsUntil })).toEqual([
        'conditions_must_end_in_time',
      ])
    expect(
      await ask('conditional', {
        change: { ...change, evidence: [] },
        conditions,
        conditionsUntil: '2026-12-31',
      }),
    ).toEqual(['evidence_must_be_attached'])
  })

  it('is stale when a hit is judged anew after it was asked for', async () => {
    const { caseId, hitId } = await withHit('鷹嵐興業合資会社')
    await judged(hitId, 'different')
    const asked = await world.run(compliance, decide, { caseId, verdict: 'cleared', change })
    await judged(hitId, 'same')
    const answer = await confirmed(asked)
    expect(answer.state).toBe('stale')
  })

  it('with conditions lets deals go on until their last day; escalated it does not', async () => {
    const { id, caseId, hitId } = await withHit('鷹嵐興業合名会社')
    await judged(hitId, 'unclear')
    await confirmed(await world.run(compliance, decide, { caseId, verdict: 'escalated', change }))
    expect(await hindered(id)).toEqual([['screening_must_not_be_open', '鷹嵐興業合名会社']])
    const conditions = { conditions: '取引額の上限を設ける', conditionsUntil: '2026-12-31' }
    await confirmed(
      await world.run(compliance, decide, { caseId, verdict: 'conditional', ...conditions, change }),
    )
    expect(await hindered(id, [], '2026-12-31')).toEqual([])
    expect(await hindered(id, [], '2027-01-01')).toEqual([
      ['conditions_must_be_in_force', '鷹嵐興業合名会社'],
    ])
  })

  it('of rejection blocks the customers of a person, and is not undone by another search', async () => {
    const id = await client('株式会社鬼嵐組合')
    await representative(id, '鬼嵐', '剛三', '1958-04-09', ['オニアラシ', 'ゴウゾウ'])
    await settle()
    const row = await caseOf(id, '鬼嵐 剛三')
    await judged(row.hitList[0]?.id ?? '', 'same')
    await confirmed(await world.run(compliance, decide, { caseId: row.id, verdict: 'rejected', change }))
    const historyFor = async (reader: Actor) =>
      (await world.ask(reader, recordHistory, { recordId: id, limit: 50 })).rows.map(event => event.verb)
    expect(await historyFor(compliance)).toEqual(expect.arrayContaining(['hit_judged', 'screening_decided']))
    expect(await historyFor(sales)).toContain('screening_decided')
    expect(await historyFor(sales)).not.toContain('hit_judged')
    expect(await hindered(id)).toEqual([['subject_must_not_be_rejected', '鬼嵐 剛三']])
    const party = await world.db.selectFrom('party').select('status').where('id', '=', id).executeTakeFirst()
    expect(party?.status).toBe('blocked')
    expect(
      await world.refused(
        world.run(compliance, judge, {
          hitId: row.hitList[0]?.id ?? '',
          judgement: 'different',
          reason: '考え直した',
        }),
      ),
    ).toEqual(['case_must_be_open'])
    await world.done(compliance, rescreen, { partyId: id })
    await settle()
    expect((await caseOf(id, '鬼嵐 剛三')).state).toBe('hit_review')
    expect(
      await world.refused(world.run(compliance, decide, { caseId: row.id, verdict: 'cleared', change })),
    ).toEqual(['case_must_be_current'])
  })
})

describe('who may see and do', () => {
  it('the auditor sees cases and writes nothing; sales sees how things stand, not the hits', async () => {
    const id = await client('株式会社鷹嵐興業')
    await settle()
    const row = await caseOf(id)
    expect((await world.ask(auditor, openScreeningCase, { caseId: row.id })).hitList).toHaveLength(1)
    const judgement = {
      hitId: row.hitList[0]?.id ?? '',
      judgement: 'different' as const,
      reason: '見るだけのはず',
    }
    for (const person of [auditor, sales]) {
      expect(await world.refused(world.run(person, judge, judgement))).toEqual(['permission_must_be_held'])
      expect(await world.refused(world.run(person, load, { files: [house(HAWK)] }))).toEqual([
        'permission_must_be_held',
      ])
    }
    expect([...sales.permissions].filter(code => code.startsWith('screening.'))).toEqual(['screening.read'])
  })

  it('a birth date is masked for who may not see it, in the reasons too', async () => {
    const id = await client('株式会社生年')
    await representative(id, '高山', 'きよし', '1975-01-31', ['タカヤマ', 'キヨシ'])
    await settle()
    const row = await caseOf(id, '高山 きよし')
    expect(row.searched.birthDate).toBe('1975-01-31')
    const masked = await world.ask(auditor, openScreeningCase, { caseId: row.id })
    expect(JSON.stringify(masked)).not.toContain('1975-01-31')
  })

  it('the queue lists what waits with its best hit, and the coverage adds up', async () => {
    const { rows } = await world.ask(auditor, listCases, { limit: 200 })
    expect(rows.every(row => row.state === 'hit_review' || row.state === 'escalated')).toBe(true)
    const hawk = rows.find(row => row.subjectName === '鷹嵐興業株式会社')
    expect([hawk?.topScore, hawk?.unjudged, hawk?.parties.map(one => one.legalName)]).toEqual([
      1000,
      1,
      ['鷹嵐興業株式会社'],
    ])
    const counts = await world.ask(auditor, screeningCoverage, {})
    expect(counts.current + counts.stale + counts.open + counts.rejected + counts.unscreened).toBe(
      counts.subjects,
    )
    expect(counts.open).toBe(rows.length)
  })
})
