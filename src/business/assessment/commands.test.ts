import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { openDatabase, openPool } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { approve } from '../approvals/commands.ts'
import { listReviews as listChangeReviews } from '../changewatch/contract.ts'
import { suddenFall } from '../changewatch/index.ts'
import { grant } from '../credit/commands.ts'
import { limitsOfParty } from '../credit/contract.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { merge, unmerge } from '../resolution/commands.ts'
import {
  decide,
  draft,
  endCollateral,
  endGuarantee,
  judge,
  override,
  recordReport,
  recordScore,
  registerCollateral,
  registerGuarantee,
  retractReport,
  retractScore,
  revise,
  setRules,
  watch,
  withdraw,
} from './commands.ts'
import { creditFileOfParty, listCreditReviews, openRules, watchOfParty } from './contract.ts'
import { assessmentPast } from './past.ts'
import { defaultRules } from './rules/rules-in-force.ts'

let world: World
let operations: Actor
let reviewer: Actor
let approver: Actor
let manager: Actor
let compliance: Actor
let sales: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  reviewer = await world.person('審査', 'reviewer')
  approver = await world.person('決裁', 'approver')
  manager = await world.person('部長', 'manager')
  compliance = await world.person('法務', 'compliance')
  sales = await world.person('営業', 'sales')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '資料のとおり確認した', evidence: [EVIDENCE] }
const TODAY = '2026-11-24'

const company = async (legalName: string, roles: string[] = ['client'], more: object = {}) =>
  (
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName,
      roles: roles as never,
      ...more,
    })
  ).id

async function decided(
  answer: { status: number; body: unknown },
  by = approver,
): Promise<Record<string, string>> {
  expect(answer.status).toBe(202)
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(by, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as Record<string, string>
}

const content = (part: object = {}) => ({
  assessedOn: TODAY,
  outcome: 'accept' as const,
  recommendedYen: 10_000_000,
  grounds: '直近2期は黒字、入金に遅れなし',
  basis: [
    { kind: 'statements' as const, source: 'subject' as const, note: '2026年3月期' },
    { kind: 'external_report' as const, source: 'tsr' as const, note: '評点58' },
  ],
  reviewDueOn: '2027-11-24',
  ...part,
})

const fileOf = (partyId: string, by = sales) => world.ask(by, creditFileOfParty, { partyId })

async function limitOf(subjectId: string, limitYen: number, more: object = {}) {
  return world.run(reviewer, grant, {
    limitKind: 'client',
    subjectId,
    limitYen,
    inForceFrom: '2026-11-01',
    reviewDueOn: '2027-10-31',
    assessedOn: '2026-10-30',
    grounds: '決算書2期と入金実績による',
    change,
    ...more,
  })
}

describe('a credit review', () => {
  it('is drafted, changed, decided on two sources, and never changes afterwards', async () => {
    const partyId = await company('株式会社審査対象')
    const basis = [{ kind: 'statements' as const, source: 'subject' as const, note: '2026年3月期' }]
    const { id, reviewNo } = await world.done(reviewer, draft, {
      partyId,
      subjectRole: 'client',
      ...content({ basis }),
    })
    expect(reviewNo).toMatch(/^RV-\d{6}$/)
    const [shown] = (await fileOf(partyId)).reviews
    expect(shown).toMatchObject({ state: 'draft', sources: 1, assessedBy: '審査', decidedBy: null })
    expect(shown?.missing).toEqual([
      '推奨限度額が5,000,000円以上の審査には、出所の異なる根拠が2つ以上必要です（現在 1つ）。',
    ])
    expect(await world.refused(world.run(reviewer, decide, { reviewId: id, rowVersion: 1 }))).toEqual([
      'sources_must_be_independent',
    ])
    await world.done(reviewer, revise, { reviewId: id, rowVersion: 1, ...content() })
    expect(await world.refused(world.run(reviewer, decide, { reviewId: id, rowVersion: 1 }))).toEqual([
      'record_must_be_unchanged',
    ])
    await world.done(reviewer, decide, { reviewId: id, rowVersion: 2 })
    for (const attempt of [
      () => world.run(reviewer, revise, { reviewId: id, rowVersion: 3, ...content() }),
      () => world.run(reviewer, decide, { reviewId: id, rowVersion: 3 }),
      () => world.run(reviewer, withdraw, { reviewId: id, reason: '取り下げる理由' }),
    ])
      expect(await world.refused(attempt())).toEqual(['review_must_be_a_draft'])
    // The database keeps it as well, against whoever writes past the command.
    await expect(
      world.db.updateTable('credit_review').set({ recommended_yen: 1 }).where('id', '=', id).execute(),
    ).rejects.toThrow(/does not change/)
    expect((await world.verbsOf(id)).filter(verb => verb !== 'attempt_refused')).toEqual([
      'credit_review_drafted',
      'credit_review_revised',
      'credit_review_decided',
    ])
    expect((await fileOf(partyId)).reviews[0]).toMatchObject({
      state: 'decided',
      decidedOn: TODAY,
      missing: [],
    })
  })

  it('is refused for a role the company does not have, and to everybody but reviewers', async () => {
    const partyId = await company('株式会社審査役割', ['debtor'])
    const input = { partyId, subjectRole: 'client' as const, ...content() }
    expect(await world.refused(world.run(reviewer, draft, input))).toEqual(['party_must_have_the_role'])
    for (const actor of [sales, operations, approver, manager, compliance])
      expect(await world.refused(world.run(actor, draft, { ...input, subjectRole: 'debtor' }))).toEqual([
        'permission_must_be_held',
      ])
  })

  it('sent twice with one key is one review', async () => {
    const partyId = await company('株式会社審査一度')
    const input = { partyId, subjectRole: 'client' as const, ...content() }
    const first = await world.run(reviewer, draft, input, 'same-key')
    const again = await world.run(reviewer, draft, input, 'same-key')
    expect(again.body).toEqual(first.body)
    expect((await fileOf(partyId)).reviews).toHaveLength(1)
  })

  it('stands in the list by state, result, reviewer and day', async () => {
    const partyId = await company('株式会社審査一覧')
    const { id } = await world.done(reviewer, draft, { partyId, subjectRole: 'client', ...content() })
    await world.done(reviewer, draft, {
      partyId,
      subjectRole: 'client',
      ...content({ outcome: 'decline', recommendedYen: null }),
    })
    await world.done(reviewer, decide, { reviewId: id, rowVersion: 1 })
    const asked = async (filter: object) =>
      (await world.ask(sales, listCreditReviews, { partyId, ...filter })).rows.map(row => row.state)
    expect(await asked({})).toEqual(['draft', 'decided'])
    expect(await asked({ state: ['decided'] })).toEqual(['decided'])
    expect(await asked({ outcome: 'decline' })).toEqual(['draft'])
    expect(await asked({ assessedBy: reviewer.id, dueBy: '2027-11-24' })).toEqual(['decided'])
    expect(await asked({ dueBy: '2027-11-23' })).toEqual([])
    expect(await asked({ assessedBy: approver.id })).toEqual([])
    const first = await world.ask(sales, listCreditReviews, { partyId, limit: 1 })
    const second = await world.ask(sales, listCreditReviews, { partyId, limit: 1, after: first.next! })
    expect([first.rows[0]?.state, second.rows[0]?.state, second.next]).toEqual(['draft', 'decided', null])
  })

  it('that nears its next review is announced until a newer one of the same role is decided', async () => {
    const partyId = await company('株式会社見直し期日', ['client', 'debtor'])
    const decidedReview = async (part: object, subjectRole: 'client' | 'debtor' = 'client') => {
      const { id } = await world.done(reviewer, draft, { partyId, subjectRole, ...content(part) })
      await world.done(reviewer, decide, { reviewId: id, rowVersion: 1 })
    }
    await decidedReview({ assessedOn: '2025-12-01', reviewDueOn: '2026-12-24' })
    expect(await alertsOf(partyId)).toEqual([
      expect.stringMatching(
        /^credit_file warning reviewer 株式会社見直し期日 の与信審査 RV-\d+ は見直し期日 2026-12-24 が近づいています$/,
      ),
    ])
    await decidedReview({}, 'debtor')
    expect(await alertsOf(partyId)).toHaveLength(1)
    await decidedReview({ reviewDueOn: '2026-12-25' })
    expect(await alertsOf(partyId)).toEqual([])
    await world.done(reviewer, watch, { partyId, watchState: 'watch', reviewOn: '2026-12-24', change })
    expect(await alertsOf(partyId)).toEqual([
      'credit_file warning reviewer 株式会社見直し期日 の監視区分は 2026-12-24 に見直す予定です',
    ])
  })

  it('carries a limit up to what it recommends, only when decided for the same company', async () => {
    const [partyId, other] = [await company('株式会社枠の根拠'), await company('株式会社別の会社')]
    const { id: reviewId } = await world.done(reviewer, draft, {
      partyId,
      subjectRole: 'client',
      ...content(),
    })
    const refused = (subjectId: string, yen: number) => world.refused(limitOf(subjectId, yen, { reviewId }))
    expect(await refused(partyId, 10_000_000)).toEqual(['review_must_be_decided'])
    await world.done(reviewer, decide, { reviewId, rowVersion: 1 })
    expect(await refused(other, 10_000_000)).toEqual(['review_must_be_decided'])
    expect(await refused(partyId, 10_000_001)).toEqual(['limit_must_not_exceed_the_recommendation'])
    await decided(await limitOf(partyId, 10_000_000, { reviewId }))
    const { limits } = await world.ask(sales, limitsOfParty, { partyId })
    expect(limits[0]?.review).toMatchObject({ id: reviewId })
    const declined = await world.done(reviewer, draft, {
      partyId,
      subjectRole: 'client',
      ...content({ outcome: 'decline', recommendedYen: null }),
    })
    await world.done(reviewer, decide, { reviewId: declined.id, rowVersion: 1 })
    expect(await world.refused(limitOf(partyId, 1, { reviewId: declined.id }))).toEqual([
      'review_must_not_decline',
    ])
  })
})

const score = (partyId: string, points: number, scoreDate = TODAY, more: object = {}) =>
  world.done(operations, recordScore, {
    partyId,
    origin: 'agency',
    provider: 'tdb',
    score: points,
    scoreScale: 100,
    scoreDate,
    ...more,
  })

describe('a score', () => {
  it('that falls past the step opens a review and suspends the limits of the whole company, once', async () => {
    const [head, record] = [await company('株式会社評点低下'), await company('（株）評点低下')]
    await decided(await limitOf(record, 20_000_000))
    await decided(await world.run(operations, merge, { partyIds: [head, record], choices: {}, change }))
    expect((await score(head, 60, '2026-01-24')).opened).toBeNull()
    expect((await score(record, 51)).opened).toBeNull()
    const fallen = await score(record, 50, TODAY)
    expect(fallen.opened).toMatchObject({ suspended: 1 })
    const { limits } = await world.ask(sales, limitsOfParty, { partyId: head })
    expect(limits[0]).toMatchObject({ state: 'suspended' })
    expect(limits[0]?.suspendedReason).toContain('2026-01-24 の60点から')
    // The same step of the same fall is one review; a further step is another.
    expect((await score(record, 49)).opened).toBeNull()
    expect((await score(head, 40)).opened).toMatchObject({ suspended: 0 })
    const { rows } = await world.ask(reviewer, listChangeReviews, { source: ['score_drop'] })
    const own = rows.filter(row => [head, record].includes(row.partyId))
    expect(own.map(row => [row.rule, row.suspendedLimits, row.ownerRole, row.dueOn])).toEqual([
      [suddenFall.sentence, 1, 'reviewer', '2026-11-29'],
      [suddenFall.sentence, 0, 'reviewer', '2026-11-29'],
    ])
  })

  it('must fit its scale and provider; an automatic one must be reproducible', async () => {
    const partyId = await company('株式会社評点形式')
    const attempt = (more: object) =>
      world.refused(
        world.run(operations, recordScore, {
          partyId,
          origin: 'agency',
          provider: 'tdb',
          score: 50,
          scoreScale: 100,
          scoreDate: TODAY,
          ...more,
        }),
      )
    expect(await attempt({ score: 101 })).toEqual(['score_must_be_within_the_scale'])
    expect(await attempt({ scoreDate: '2026-11-25' })).toEqual(['date_must_not_be_in_the_future'])
    expect(await attempt({ provider: 'other' })).toEqual(['provider_must_be_named'])
    expect(await attempt({ origin: 'own' })).toEqual(['own_score_must_come_from_us'])
    const automatic = { origin: 'automatic', provider: 'own', modelVersion: 'v1', inputsHash: 'a'.repeat(64) }
    expect(await attempt({ ...automatic, reasonCodes: [] })).toEqual(['automatic_score_must_be_reproducible'])
    expect(await attempt({ ...automatic, inputsHash: null, reasonCodes: ['R1'] })).toEqual([
      'automatic_score_must_be_reproducible',
    ])
    await score(partyId, 50, TODAY, { ...automatic, reasonCodes: ['R1'] })
  })

  it('is overridden and retracted by two people only, and stays readable', async () => {
    const partyId = await company('株式会社評点変更')
    const { id } = await score(partyId, 50)
    expect(await world.refused(world.run(operations, override, { scoreId: id, score: 60, change }))).toEqual([
      'permission_must_be_held',
    ])
    expect(await world.refused(world.run(reviewer, override, { scoreId: id, score: 50, change }))).toEqual([
      'score_must_differ',
    ])
    const asked = await world.run(reviewer, override, { scoreId: id, score: 60, change })
    const { changeRequestId } = asked.body as { changeRequestId: string }
    expect(await world.refused(world.run(reviewer, approve, { changeRequestId, comment: '' }))).not.toEqual(
      [],
    )
    const { id: personal } = await decided(asked)
    const scores = (await fileOf(partyId)).scores
    expect(scores.map(one => [one.score, one.counts, one.overrides, one.recordedBy, one.approvedBy])).toEqual(
      [
        [60, true, id, '審査', '決裁'],
        [50, false, null, '事務', null],
      ],
    )
    expect(await world.refused(world.run(reviewer, override, { scoreId: id, score: 70, change }))).toEqual([
      'score_must_stand',
    ])
    await decided(await world.run(reviewer, retractScore, { scoreId: personal!, change }), manager)
    expect((await fileOf(partyId)).scores.map(one => [one.score, one.counts])).toEqual([
      [60, false],
      [50, true],
    ])
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'owner' }))
    await expect(
      sql`update credit_score set approved_by = recorded_by where id = ${personal}`.execute(owner),
    ).rejects.toThrow(/score_override_takes_two/)
    await owner.destroy()
  })
})

describe('an agency’s report', () => {
  it('raises an alert when it has grown old in a running relation, until a newer one is there', async () => {
    const partyId = await company('株式会社古い調査')
    await world.db.transaction().execute(async tx => {
      await tx.updateTable('party').set({ stage: 'active' }).where('id', '=', partyId).execute()
      await world.executor
        .context(tx, operations, 'test')
        .record({ verb: 'test_active', subjects: [{ kind: 'party', id: partyId }] })
    })
    const report = (reportDate: string) =>
      world.done(operations, recordReport, { partyId, provider: 'tsr', reportDate, rating: 'D' })
    await report('2025-11-24')
    expect(await alertsOf(partyId)).toEqual([])
    const { id } = await report('2025-11-25')
    world.clock.set(new Date('2026-11-26T10:00:00+09:00'))
    expect(await alertsOf(partyId)).toEqual([
      'credit_file warning reviewer 株式会社古い調査 の信用調査レポート（東京商工リサーチ（TSR））が古くなっています（2026-11-26 に有効日数を超過）。取り直してください',
    ])
    expect((await fileOf(partyId)).reports.map(one => one.tooOld)).toEqual([true, false])
    await world.done(reviewer, retractReport, { reportId: id, reason: '別の会社のものだった' })
    expect(
      await world.refused(world.run(reviewer, retractReport, { reportId: id, reason: '二度目の取消' })),
    ).toEqual(['report_must_stand'])
    await report('2026-11-26')
    expect(await alertsOf(partyId)).toEqual([])
    world.clock.set(TEST_NOW)
  })
})

async function alertsOf(partyId: string): Promise<string[]> {
  await raiseAlerts(world)
  const rows = await world.db
    .selectFrom('alert')
    .select(['kind', 'severity', 'owner_role', 'sentence'])
    .where('party_id', '=', partyId)
    .where('facts_ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(row => `${row.kind} ${row.severity} ${row.owner_role} ${row.sentence}`)
}

const security = (partyId: string, more: object = {}) =>
  world.done(operations, registerCollateral, {
    partyId,
    collateralKind: 'deposit',
    description: '定期預金',
    valueYen: 3_000_001,
    valuedOn: '2026-10-01',
    ltvPpm: 900_000,
    validFrom: '2026-04-01',
    ...more,
  })

describe('collateral', () => {
  it('is revalued from a day on, ended from a day on, and told as of every day', async () => {
    const partyId = await company('株式会社担保提供')
    const { id } = await security(partyId)
    const again = { replacesId: id, validFrom: '2026-10-01', valueYen: 2_000_000 }
    const { id: revalued } = await security(partyId, again)
    expect(await world.refused(security(partyId, again))).toEqual(['security_must_stand'])
    const file = await fileOf(partyId)
    expect(file.securedYen).toBe(1_800_000)
    expect(file.collateral.map(one => [one.validFrom, one.validTo, one.securedYen, one.standing])).toEqual([
      ['2026-10-01', null, 1_800_000, true],
      ['2026-04-01', '2026-10-01', 2_700_000, false],
    ])
    const end = (endedOn: string) =>
      world.run(operations, endCollateral, { collateralId: revalued, endedOn, reason: '完済のため返還' })
    expect(await world.refused(end('2026-09-30'))).toEqual(['end_must_not_precede_the_start'])
    await end('2026-11-20')
    expect((await fileOf(partyId)).securedYen).toBe(0)
    expect(await pastOf(partyId, '2026-09-30')).toContain('担保　保証金・預金 CL-')
    expect(await pastOf(partyId, '2026-09-30')).toContain('¥2,700,000')
    expect(await pastOf(partyId, '2026-10-01')).toContain('¥1,800,000')
    expect(await pastOf(partyId, '2026-11-20')).not.toContain('担保')
  })

  it('of another company cannot be replaced; what runs out is announced thirty days before', async () => {
    const [partyId, other] = [await company('株式会社担保期限'), await company('株式会社担保他社')]
    const { id } = await security(partyId, { expiresOn: '2026-12-24' })
    expect(await world.refused(security(other, { replacesId: id }))).toEqual(['record_must_exist'])
    await security(partyId, { expiresOn: '2026-12-25' })
    expect(await alertsOf(partyId)).toEqual([
      expect.stringMatching(
        /^credit_file warning reviewer 株式会社担保期限 の担保 CL-\d+ は期限 2026-12-24 までに更新が必要です$/,
      ),
    ])
  })
})

/** What the page of past days says, as one text; through the web's own function over the query's answer. */
async function pastOf(partyId: string, asOf: string): Promise<string> {
  const file = await fileOf(partyId)
  const answer = {
    ok: true,
    status: 200,
    headers: new Headers({ 'content-type': 'application/json' }),
    json: async () => file,
    text: async () => JSON.stringify(file),
  }
  const before = globalThis.fetch
  globalThis.fetch = (async () => answer) as never
  try {
    const facts = await assessmentPast[0]!.facts(
      partyId,
      { asOf, known: 'now' },
      new AbortController().signal,
    )
    return facts.map(fact => `${fact.label} ${fact.value}`).join('\n')
  } finally {
    globalThis.fetch = before
  }
}

describe('a guarantee', () => {
  async function guarantorOf(partyId: string): Promise<string> {
    const person = { familyName: '保証', givenName: '太郎', birthDate: '1970-01-01' }
    return (await world.done(operations, addPersonCommand, { partyId, role: 'guarantor', person })).personId
  }
  const attempt = (partyId: string, more: object) =>
    world.run(operations, registerGuarantee, {
      partyId,
      guaranteeKind: 'joint',
      amountYen: 5_000_000,
      validFrom: TODAY,
      ...more,
    })

  it('of a living person for a client goes to compliance, shows on the party, and ends with their judgement', async () => {
    const partyId = await company('株式会社個人保証付')
    const guarantorPersonId = await guarantorOf(partyId)
    const answer = await attempt(partyId, { guarantorPersonId })
    expect(answer.body).toMatchObject({ toCompliance: true })
    const { id } = answer.body as { id: string }
    expect(await alertsOf(partyId)).toEqual([
      expect.stringMatching(
        /^personal_guarantee critical compliance 株式会社個人保証付 に個人保証 GU-\d+ が付いています/,
      ),
    ])
    expect(await world.ask(sales, watchOfParty, { partyId })).toMatchObject({
      state: 'normal',
      guaranteesToJudge: 1,
    })
    const say = { guaranteeId: id, judgement: 'kept' as const, reason: '償還請求の定めはない' }
    expect(await world.refused(world.run(reviewer, judge, say))).toEqual(['permission_must_be_held'])
    await world.done(compliance, judge, say)
    expect(await world.refused(world.run(compliance, judge, say))).toEqual([
      'guarantee_must_not_be_judged_twice',
    ])
    expect(await alertsOf(partyId)).toEqual([])
    expect((await fileOf(partyId)).guarantees[0]).toMatchObject({
      personal: true,
      looksLikeLending: true,
      guarantor: { kind: 'person', name: '保証 太郎' },
      judgement: { result: 'kept', by: '法務' },
    })
    await world.done(operations, endGuarantee, { guaranteeId: id, endedOn: TODAY, reason: '契約の終了' })
    expect((await fileOf(partyId)).guarantees[0]).toMatchObject({ standing: false })
  })

  it('of a debtor is none of compliance’s business; a person’s root guarantee needs a cap, in the database too', async () => {
    const partyId = await company('株式会社売掛先保証', ['debtor'])
    const guarantorPersonId = await guarantorOf(partyId)
    const root = { guarantorPersonId, guaranteeKind: 'joint_root', amountYen: null }
    expect(await world.refused(attempt(partyId, root))).toEqual(['personal_root_guarantee_must_have_a_cap'])
    const answer = await attempt(partyId, { ...root, guaranteeCapYen: 10_000_000 })
    expect(answer.body).toMatchObject({ toCompliance: false })
    expect(await alertsOf(partyId)).toEqual([])
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'owner' }))
    await expect(
      sql`update guarantee set guarantee_cap_yen = null where guarantor_person_id = ${guarantorPersonId}`.execute(
        owner,
      ),
    ).rejects.toThrow(/personal_root_guarantee_has_a_cap/)
    await owner.destroy()
  })

  it('comes from a registered guarantor, and never from the company itself under another record', async () => {
    const partyId = await company('株式会社保証確認')
    const twin = await company('（株）保証確認', ['client', 'guarantor'])
    const parent = await company('株式会社保証親', ['guarantor'])
    const stranger = await company('株式会社無関係')
    expect(await world.refused(attempt(partyId, {}))).toEqual(['guarantor_must_be_one'])
    expect(
      await world.refused(attempt(partyId, { guarantorPartyId: parent, guarantorPersonId: newId() })),
    ).toEqual(['guarantor_must_be_one'])
    expect(await world.refused(attempt(partyId, { guarantorPartyId: stranger }))).toEqual([
      'guarantor_must_be_registered',
    ])
    expect(await world.refused(attempt(partyId, { guarantorPersonId: newId() }))).toEqual([
      'guarantor_must_be_registered',
    ])
    const answer = await attempt(partyId, { guarantorPartyId: parent })
    expect(answer.body).toMatchObject({ toCompliance: false })
    await decided(await world.run(operations, merge, { partyIds: [partyId, twin], choices: {}, change }))
    expect(await world.refused(attempt(partyId, { guarantorPartyId: twin }))).toEqual([
      'guarantor_must_be_another',
    ])
  })

  it('of a sole proprietor is a living person’s', async () => {
    const partyId = await company('株式会社個人事業保証')
    const shop = await company('保証商店', ['guarantor'], {
      partyKind: 'sole_proprietor',
      tradeName: '保証商店',
    })
    expect((await attempt(partyId, { guarantorPartyId: shop })).body).toMatchObject({ toCompliance: true })
  })
})

describe('the watch status', () => {
  const to = (watchState: 'normal' | 'watch' | 'stop', more: object = {}) => ({ watchState, change, ...more })
  const state = async (partyId: string) => (await world.ask(sales, watchOfParty, { partyId })).state

  it('is raised at once and lifted by two; the maker cannot lift it alone', async () => {
    const partyId = await company('株式会社監視')
    await world.done(reviewer, watch, { partyId, ...to('watch', { reviewOn: '2027-02-28' }) })
    await world.done(compliance, watch, { partyId, ...to('stop') })
    expect(await state(partyId)).toBe('stop')
    expect(await world.refused(world.run(reviewer, watch, { partyId, ...to('stop') }))).toEqual([
      'watch_status_must_change',
    ])
    const asked = await world.run(manager, watch, { partyId, ...to('watch') })
    expect(asked.status).toBe(202)
    expect(await state(partyId)).toBe('stop')
    const { changeRequestId } = asked.body as { changeRequestId: string }
    expect(await world.refused(world.run(manager, approve, { changeRequestId, comment: '' }))).not.toEqual([])
    await decided(asked)
    expect(await state(partyId)).toBe('watch')
    await world.done(reviewer, watch, { partyId, ...to('normal') })
    expect(
      (await fileOf(partyId)).watchHistory.map(row => [row.previous, row.state, row.approvedBy]),
    ).toEqual([
      ['watch', 'normal', null],
      ['stop', 'watch', '決裁'],
      ['watch', 'stop', null],
      ['normal', 'watch', null],
    ])
    for (const actor of [sales, operations])
      expect(await world.refused(world.run(actor, watch, { partyId, ...to('stop') }))).toEqual([
        'permission_must_be_held',
      ])
  })

  it('stopped anew meanwhile is not lifted by an older request', async () => {
    const partyId = await company('株式会社監視再停止')
    await world.done(reviewer, watch, { partyId, ...to('stop') })
    const first = await world.run(reviewer, watch, { partyId, ...to('normal') })
    await decided(await world.run(manager, watch, { partyId, ...to('watch') }))
    await world.done(reviewer, watch, { partyId, ...to('stop') })
    const { changeRequestId } = first.body as { changeRequestId: string }
    const answer = await world.done(approver, approve, { changeRequestId, comment: '' })
    expect(answer.state).toBe('stale')
    expect(await state(partyId)).toBe('stop')
  })

  it('of merged records is the strictest; lifting speaks for all of them, and an unmerge leaves each its own', async () => {
    const [head, record] = [await company('株式会社監視統合'), await company('（株）監視統合')]
    await world.done(reviewer, watch, { partyId: record, ...to('stop') })
    const { id: mergeId } = await decided(
      await world.run(operations, merge, { partyIds: [head, record], choices: {}, change }),
    )
    expect([await state(head), await state(record)]).toEqual(['stop', 'stop'])
    expect(await world.refused(world.run(reviewer, watch, { partyId: head, ...to('stop') }))).toEqual([
      'watch_status_must_change',
    ])
    await decided(await world.run(reviewer, watch, { partyId: head, ...to('normal') }))
    expect([await state(head), await state(record)]).toEqual(['normal', 'normal'])
    await world.done(reviewer, watch, { partyId: head, ...to('watch') })
    await decided(await world.run(operations, unmerge, { mergeId: mergeId!, change }))
    expect([await state(head), await state(record)]).toEqual(['watch', 'normal'])
  })

  it('is lifted by two in the database too', async () => {
    const partyId = await company('株式会社監視直書き')
    await world.done(reviewer, watch, { partyId, ...to('stop') })
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'owner' }))
    await expect(
      sql`insert into watch_status (id, party_id, watch_state, previous, reason, since, recorded_by, recorded_at, superseded_at)
        values (${newId()}, ${partyId}, 'normal', 'stop', '直接の解除', ${TODAY}, ${reviewer.id}, now(), now())`.execute(
        owner,
      ),
    ).rejects.toThrow(/stop_is_lifted_by_two/)
    await owner.destroy()
  })
})

describe('the company’s measures', () => {
  const { version, ...measures } = defaultRules

  it('are tightened at once, loosened by two, and hold for the next decision', async () => {
    expect(version).toBe(0)
    const set = (part: object, seen: number) =>
      world.run(manager, setRules, { version: seen, ...measures, ...part, change })
    expect(await world.refused(set({}, 0))).toEqual(['rules_must_change'])
    expect((await set({ basisThresholdYen: 1_000_000 }, 0)).body).toEqual({ version: 1 })
    expect(await world.refused(set({ noticeDays: 60 }, 0))).toEqual(['rules_must_be_unchanged'])
    const partyId = await company('株式会社基準')
    const { id } = await world.done(reviewer, draft, {
      partyId,
      subjectRole: 'client',
      ...content({ recommendedYen: 1_000_000, basis: content().basis.slice(0, 1) }),
    })
    expect(await world.refused(world.run(reviewer, decide, { reviewId: id, rowVersion: 1 }))).toEqual([
      'sources_must_be_independent',
    ])
    await decided(await set({}, 1), compliance)
    expect((await world.ask(sales, openRules, {})).history.map(row => [row.version, row.approvedBy])).toEqual(
      [
        [2, '法務'],
        [1, null],
      ],
    )
    await world.done(reviewer, decide, { reviewId: id, rowVersion: 1 })
  })
})
