import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { changePartyBasics } from '../parties/commands/change-basics.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { add as addPerson } from '../people/commands.ts'
import { merge, unmerge } from './commands.ts'
import {
  compareParties,
  identityOfParty,
  listClusters,
  matchParties,
  previewUnmerge,
  similarParties,
} from './contract.ts'
import { lookForCandidates } from './jobs.ts'
import { judge, withdraw } from './judge.ts'

let world: World
let sales: Actor
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  operations = await world.person('事務 三郎', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [] }

async function party(legalName: string, more: object = {}): Promise<string> {
  const { id } = await world.done(sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    ...more,
  })
  return id
}

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(approver, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

const merged = async (partyIds: string[], choices: Record<string, string> = {}) =>
  decided(await world.run(operations, merge, { partyIds, choices, change }))

const unmerged = async (mergeId: string) => decided(await world.run(operations, unmerge, { mergeId, change }))

async function identities(ids: string[]): Promise<string> {
  const rows = await world.db
    .selectFrom('party_identity')
    .selectAll()
    .where('party_id', 'in', ids)
    .orderBy('party_id')
    .execute()
  return JSON.stringify(rows)
}

describe('the warning while typing', () => {
  it('finds a company under another spelling, and says why', async () => {
    const id = await party('株式会社髙橋製作所', {
      legalNameKana: 'タカハシセイサクショ',
      phone: '03-1234-5678',
      address: '東京都千代田区丸の内一丁目1番1号',
    })
    const { rows } = await world.ask(sales, similarParties, {
      legalName: '高橋製作所（株）',
      phone: '０３－１２３４－５６７８',
    })
    expect(rows[0]).toMatchObject({ id, decision: 'same', legalName: '株式会社髙橋製作所' })
    expect(rows[0]!.reasons.map(reason => reason.sentence)).toContain('電話番号：一致')
  })

  it('stays silent about a company that only shares the legal form', async () => {
    await party('株式会社青森りんご園')
    const { rows } = await world.ask(sales, similarParties, { legalName: '株式会社沖縄さとうきび園' })
    expect(rows).toEqual([])
  })
})

describe('matching for other programs', () => {
  it('answers facts with scored candidates, their band, their company and reasons field by field', async () => {
    const first = await party('株式会社照合白書', {
      phone: '03-7777-1234',
      address: '東京都中央区銀座四丁目1番1号',
    })
    const second = await party('（株）照合白書')
    await merged([first, second])
    const { candidates } = await world.ask(sales, matchParties, {
      name: '照合白書㈱',
      phone: '０３－７７７７－１２３４',
      limit: 5,
    })
    expect(candidates.map(one => one.id).sort()).toEqual([first, second].sort())
    expect(candidates[0]).toMatchObject({ id: first, companyId: first, decision: 'same' })
    expect(candidates[0]!.reasons.map(reason => reason.sentence)).toContain('電話番号：一致')
    expect(candidates[0]!.score).toBeGreaterThan(candidates[1]!.score)
  })

  it('refuses facts that name nobody', async () => {
    expect(await world.refused(world.ask(sales, matchParties, { address: '東京都' }))).toEqual([
      'facts_must_name_a_company',
    ])
  })
})

describe('clusters', () => {
  it('look again at a party that was added or changed, and at no other', async () => {
    while ((await lookForCandidates(world)) > 0);
    const id = await party('株式会社見直し商会')
    expect(await lookForCandidates(world)).toBe(1)
    expect(await lookForCandidates(world)).toBe(0)
    await world.done(sales, changePartyBasics, {
      partyId: id,
      rowVersion: 1,
      basics: { phone: '06-6123-4567' },
      effectiveOn: '2026-11-24',
      change,
    })
    expect(await lookForCandidates(world)).toBe(1)
    expect(await lookForCandidates(world)).toBe(0)
  })

  it('lists proposed pairs after the background search, and drops them once judged different', async () => {
    const first = await party('有限会社湊音急送', {
      phone: '048-410-3322',
      address: '埼玉県さいたま市北区宮原町2-15-1',
    })
    const second = await party('(有)湊音急送', {
      phone: '０４８－４１０－３３２２',
      address: '埼玉県さいたま市北区宮原町２－１５－１',
    })
    while ((await lookForCandidates(world)) > 0);
    const keys = async () =>
      (await world.ask(operations, listClusters, {})).clusters.map(cluster => cluster.members.map(m => m.id))
    expect(await keys()).toContainEqual([first, second])
    const { id } = await world.done(operations, judge, {
      partyId: second,
      otherPartyId: first,
      verdict: 'different',
      reason: '本店と別法人であることを電話で確認',
    })
    expect(await keys()).not.toContainEqual([first, second])
    expect(
      await world.refused(
        world.run(operations, judge, {
          partyId: first,
          otherPartyId: second,
          verdict: 'same',
          reason: '再度確認した結果',
        }),
      ),
    ).toEqual(['pair_must_not_be_judged_already'])
    await world.done(operations, withdraw, { judgementId: id, reason: '確認の誤りを訂正' })
    expect(await keys()).toContainEqual([first, second])
    expect(
      await world.refused(world.run(operations, withdraw, { judgementId: id, reason: '二度目の取り消し' })),
    ).toEqual(['judgement_must_be_in_force'])
    expect(await world.verbsOf(first)).toEqual([
      'party_registered',
      'parties_judged_different',
      'attempt_refused',
      'party_judgement_withdrawn',
    ])
  })

  it('puts a pair aside or apart with evidence until one of the facts it was judged on changes, and only then', async () => {
    const [first, second] = [
      await party('株式会社事実商会', { phone: '06-6300-1000', address: '大阪府大阪市北区梅田一丁目1番3号' }),
      await party('(株)事実商会', { phone: '06-6300-1000', address: '大阪府大阪市北区梅田一丁目1番3号' }),
    ]
    const looked = async () => {
      while ((await lookForCandidates(world)) > 0);
    }
    const pairs = async () =>
      (await world.ask(operations, listClusters, { limit: 100 })).clusters
        .flatMap(cluster => cluster.pairs)
        .filter(pair => pair.partyId === first)
    const judged = { partyId: first, otherPartyId: second, evidence: [EVIDENCE] }
    const edit = async (basics: object) => {
      const { row_version } = await world.db
        .selectFrom('party')
        .select('row_version')
        .where('id', '=', first)
        .executeTakeFirstOrThrow()
      await world.done(sales, changePartyBasics, {
        partyId: first,
        rowVersion: row_version,
        basics,
        effectiveOn: '2026-11-24',
        change,
      })
      await looked()
    }
    await looked()
    expect(await pairs()).toHaveLength(1)
    await world.done(operations, judge, { ...judged, verdict: 'held', reason: '本店に照会している' })
    expect(await pairs()).toEqual([])
    await world.done(operations, judge, { ...judged, verdict: 'different', reason: '登記簿で別法人と確認' })
    expect(await pairs()).toEqual([])
    // An item the comparison does not look at says nothing about the pair.
    await edit({ website: 'https://jijitsu.example' })
    expect(await pairs()).toEqual([])
    await edit({ phone: '06-6300-2000' })
    expect((await pairs()).map(pair => pair.judgement)).toMatchObject([
      { verdict: 'different', evidence: [EVIDENCE], changed: ['電話番号'] },
    ])
    // Put back as it was, the judgement stands again.
    await edit({ phone: '06-6300-1000' })
    expect(await pairs()).toEqual([])
    await world.done(operations, addPerson, {
      partyId: second,
      person: { familyName: '代表', givenName: '太郎', birthDate: '1971-02-03' },
      role: 'representative',
    })
    await looked()
    expect((await pairs())[0]!.judgement).toMatchObject({ changed: ['代表者'] })
    await world.done(operations, judge, { ...judged, verdict: 'same', reason: '代表者の登記で同一と確認' })
    const { judgements } = await world.ask(operations, identityOfParty, { partyId: first })
    expect(judgements.map(one => [one.verdict, one.changed])).toEqual([['same', []]])
    const { rows } = await sql<{ verdict: string; withdrawn_reason: string | null }>`
      select verdict, withdrawn_reason from party_judgement where party_id = ${first} order by judged_at, id`.execute(
      world.db,
    )
    expect(rows).toEqual([
      { verdict: 'held', withdrawn_reason: '保留を終えて判断' },
      { verdict: 'different', withdrawn_reason: '判断後の変更：代表者' },
      { verdict: 'same', withdrawn_reason: null },
    ])
  })

  it('refuses a judgement of a record with itself, and judging without the permission', async () => {
    const id = await party('株式会社一社')
    const input = { partyId: id, otherPartyId: id, verdict: 'same' as const, reason: '同じ記録です' }
    expect(await world.refused(world.run(operations, judge, input))).toEqual(['pair_must_join_two'])
    expect(await world.refused(world.run(sales, judge, input))).toEqual(['permission_must_be_held'])
  })
})

describe('merging', () => {
  it('waits for a second person, changes only the identity, and shows the other records', async () => {
    const first = await party('株式会社ネオリンク', { phone: '052-211-4720' })
    const second = await party('㈱ネオリンク', { website: 'https://neolink.example' })
    // Which record stands for the company follows from the identity; the records' own values must not move.
    const values = async () => {
      const rows = await world.db
        .selectFrom('party')
        .selectAll()
        .where('id', 'in', [first, second])
        .orderBy('id')
        .execute()
      return rows.map(
        ({
          folded_into: _f,
          identity_roles: _r,
          identity_stage: _g,
          identity_status: _s,
          shown_name: _n,
          ...own
        }) => own,
      )
    }
    const before = await values()
    const both = await world.person('兼務 五郎', 'reviewer', 'approver')
    const answer = await world.run(both, merge, {
      partyIds: [second, first],
      choices: { website: second, phone: first },
      change,
    })
    expect(answer.status).toBe(202)
    const { changeRequestId } = answer.body as { changeRequestId: string }
    expect(await world.refused(world.run(both, approve, { changeRequestId, comment: '' }))).toEqual([
      'maker_must_not_approve',
    ])
    await decided(answer)
    const shown = await world.ask(sales, identityOfParty, { partyId: second })
    expect(shown.identityId).toBe(first)
    expect(shown.members.map(member => member.id)).toEqual([first, second])
    expect(shown.chosen.map(({ label, value }) => [label, value])).toEqual([
      ['電話番号', '052-211-4720'],
      ['ウェブサイト', 'https://neolink.example'],
    ])
    expect(await values()).toEqual(before)
    expect(
      await world.refused(world.run(operations, merge, { partyIds: [first, second], change })),
    ).toContain('parties_must_not_be_one_already')
  })

  it('refuses two valid corporate numbers, even through a third record', async () => {
    const [a, b, c] = [
      await party('甲乙商事株式会社', { corporateNumber: '7000012050002' }),
      await party('甲乙商事株式会社'),
      await party('甲乙商事株式会社', { corporateNumber: '7010705000725' }),
    ]
    expect(await world.refused(world.run(operations, merge, { partyIds: [a, c], change }))).toContain(
      'corporate_numbers_must_not_differ',
    )
    await merged([a, b])
    expect(await world.refused(world.run(operations, merge, { partyIds: [b, c], change }))).toEqual([
      'corporate_numbers_must_not_differ',
    ])
  })

  it('asks for a judgement first where a branch or sibling name contradicts', async () => {
    const [first, second] = [await party('株式会社霜月工業'), await party('株式会社霜月建設')]
    expect(await world.refused(world.run(operations, merge, { partyIds: [first, second], change }))).toEqual([
      'contradiction_must_be_judged_first',
    ])
    await world.done(operations, judge, {
      partyId: first,
      otherPartyId: second,
      verdict: 'same',
      reason: '商号変更の登記で確認',
    })
    await merged([first, second])
  })

  it('refuses a choice from a record outside, and a merge across a judgement that they differ', async () => {
    const [first, second, third] = [
      await party('丙丁運輸株式会社'),
      await party('丙丁運輸株式会社'),
      await party('丙丁運輸株式会社'),
    ]
    expect(
      await world.refused(
        world.run(operations, merge, { partyIds: [first, second], choices: { phone: third }, change }),
      ),
    ).toEqual(['chosen_value_must_come_from_a_member'])
    await world.done(operations, judge, {
      partyId: first,
      otherPartyId: second,
      verdict: 'different',
      reason: '同名の別会社と確認',
    })
    expect(await world.refused(world.run(operations, merge, { partyIds: [first, second], change }))).toEqual([
      'parties_must_not_be_judged_different',
    ])
    const compared = await world.ask(operations, compareParties, { partyIds: [first, second] })
    expect(compared.hindrances.map(hindrance => hindrance.code)).toEqual([
      'parties_must_not_be_judged_different',
    ])
  })

  it('makes a request stale when a record has moved', async () => {
    const [first, second] = [await party('戊己印刷株式会社'), await party('戊己印刷株式会社')]
    const answer = await world.run(operations, merge, { partyIds: [first, second], change })
    await world.done(sales, changePartyBasics, {
      partyId: second,
      rowVersion: 1,
      basics: { phone: '03-9999-0000' },
      effectiveOn: '2026-11-24',
      change,
    })
    const { changeRequestId } = answer.body as { changeRequestId: string }
    expect((await world.done(approver, approve, { changeRequestId, comment: '' })).state).toBe('stale')
  })
})

describe('unmerging', () => {
  it('restores the identities byte by byte in any order, whatever was edited, and shows the edits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
        fc.nat({ max: 2 }),
        fc.nat({ max: 3 }),
        async (order, lateUndone, edited) => {
          const ids = [
            await party('庚辛薬局'),
            await party('庚辛薬局'),
            await party('庚辛薬局'),
            await party('庚辛薬局'),
          ].sort()
          const pairs = [
            [ids[0]!, ids[1]!],
            [ids[1]!, ids[2]!],
            [ids[3]!, ids[0]!],
          ]
          const alone = await identities(ids)
          const states: string[] = [alone]
          const mergeIds: string[] = []
          for (const pair of pairs) {
            mergeIds.push((await merged(pair)).id)
            states.push(await identities(ids))
          }
          const row = await world.db
            .selectFrom('party')
            .selectAll()
            .where('id', '=', ids[edited]!)
            .executeTakeFirstOrThrow()
          await world.done(sales, changePartyBasics, {
            partyId: row.id,
            rowVersion: row.row_version,
            basics: { phone: '06-6000-1234' },
            effectiveOn: '2026-11-24',
            change,
          })
          const shown = await world.ask(sales, identityOfParty, { partyId: ids[0]! })
          const conflicts = shown.merges.flatMap(one => one.conflicts)
          expect(new Set(conflicts.map(one => `${one.partyId} ${one.label} ${one.now}`))).toEqual(
            new Set([`${ids[edited]} 電話番号 06-6000-1234`]),
          )
          // The newest alone goes back to the state before it.
          await unmerged(mergeIds[2]!)
          expect(await identities(ids)).toBe(states[2])
          mergeIds[2] = (await merged(pairs[2]!)).id
          for (const at of order.filter(index => index !== lateUndone)) await unmerged(mergeIds[at]!)
          await unmerged(mergeIds[lateUndone]!)
          expect(await identities(ids)).toBe(alone)
        },
      ),
      { numRuns: 4 },
    )
  })

  it('shows beforehand what it would make of the records, and changes nothing by showing', async () => {
    const ids = [await party('予告商事株式会社'), await party('予告商事㈱'), await party('予告商事')].sort()
    const first = await merged([ids[0]!, ids[1]!])
    const second = await merged([ids[1]!, ids[2]!])
    const stands = await identities(ids)
    const shown = await world.ask(operations, previewUnmerge, { mergeId: second.id })
    expect(shown.companies.map(company => company.members.map(member => member.id))).toEqual([
      [ids[0], ids[1]],
      [ids[2]],
    ])
    expect(await identities(ids)).toBe(stands)
    await unmerged(first.id)
    const later = await world.ask(operations, previewUnmerge, { mergeId: second.id })
    expect(later.companies.map(company => company.members.map(member => member.id))).toEqual([
      [ids[1]],
      [ids[2]],
    ])
    expect(await world.refused(world.ask(operations, previewUnmerge, { mergeId: first.id }))).toEqual([
      'merge_must_be_in_force',
    ])
  })

  it('refuses to undo twice', async () => {
    const { id } = await merged([await party('壬癸食品株式会社'), await party('壬癸食品株式会社')])
    await unmerged(id)
    expect(await world.refused(world.run(operations, unmerge, { mergeId: id, change }))).toEqual([
      'merge_must_be_in_force',
    ])
  })
})
