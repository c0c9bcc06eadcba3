import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { type Db, openDatabase, openPool } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { register as registerAccount } from '../accounts/commands.ts'
import { approve } from '../approvals/commands.ts'
import {
  draft as draftCreditReview,
  recordReport,
  recordScore,
  registerCollateral,
  watch,
} from '../assessment/commands.ts'
import { plan as planContact, record as recordContact } from '../communications/commands.ts'
import { grant, revoke, suspend } from '../credit/commands.ts'
import { limitsOfParty } from '../credit/contract.ts'
import { commitExposure } from '../credit/index.ts'
import { open as openIncident } from '../incidents/commands.ts'
import { open as openInquiry } from '../inquiries/commands.ts'
import { recordHoldingCommand } from '../ownership/index.ts'
import { changePartyBasics, changePartyRoles } from '../parties/commands/change-basics.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { registerPartyCommand, setPartyStatus } from '../parties/index.ts'
import { add as addPerson } from '../people/commands.ts'
import { merge, unmerge } from './commands.ts'
import { compareParties, identityOfParty } from './contract.ts'

let world: World
/** Sees every table. */
let owner: Db
let operations: Actor
let reviewer: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'exact unmerge' }))
  operations = await world.person('事務 三郎', 'operations')
  reviewer = await world.person('審査 次郎', 'reviewer')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(async () => {
  await owner.destroy()
  await world.close()
})

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [EVIDENCE] }
const DAY = '2026-11-24'

/**
 * The record of what was decided and seen, which tells of a merge forever: the trail, requests and answered keys, the merges
 * themselves, and queues of work to be done. Everything else in the schema must not know that a merge ever was.
 */
const TELLS_OF_MERGES = [
  /^audit_/,
  /^view_event/,
  /^change_request$/,
  /^command_run$/,
  /^party_merge(_member)?$/,
  /^party_candidate(_due)?$/,
  /^screening_queue$/,
  /^schema_migration/,
]

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  if (answer.status === 200) return answer.body as { id: string }
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(approver, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

/** Every row of every other table as a line of text: table, then the row with its columns in the order of the table. */
async function everyRow(): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition order by 1`.execute(
    owner,
  )
  const named = tables.map(table => table.name).filter(name => !TELLS_OF_MERGES.some(told => told.test(name)))
  expect(named.length).toBeGreaterThan(60)
  const lines: string[] = []
  for (const name of named) {
    const { rows } = await sql<{
      line: string
    }>`select row_to_json(t)::text as line from ${sql.table(name)} t`.execute(owner)
    lines.push(...rows.map(row => `${name} ${row.line}`))
  }
  return lines.sort()
}

interface Companies {
  /** Three records which will be merged, the first with a limit, and a debtor. */
  records: string[]
  debtor: string
}

const basics = (record: string, values: object) => async () => {
  const { row_version } = await world.db
    .selectFrom('party')
    .select('row_version')
    .where('id', '=', record)
    .executeTakeFirstOrThrow()
  return world.done(operations, changePartyBasics, {
    partyId: record,
    rowVersion: row_version,
    basics: values,
    effectiveOn: DAY,
    change,
  })
}

async function versionOf(record: string): Promise<number> {
  const row = await world.db
    .selectFrom('party')
    .select('row_version')
    .where('id', '=', record)
    .executeTakeFirstOrThrow()
  return row.row_version
}

async function inTransaction(act: (context: ReturnType<World['executor']['context']>) => Promise<unknown>) {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await act(context)
    await context.record({ verb: 'test_acted', subjects: [] })
  })
}

async function granted(subjectId: string, limitYen: number, more: object = {}) {
  await decided(
    await world.run(reviewer, grant, {
      limitKind: 'client',
      subjectId,
      limitYen,
      inForceFrom: '2026-11-01',
      reviewDueOn: '2027-10-31',
      assessedOn: '2026-10-30',
      grounds: '決算書2期と入金実績による',
      change,
      ...more,
    }),
  )
}

/** What people do to a record of a company, merged or not. The number makes one act differ from the next. */
const ACTS: Record<string, (record: string, of: Companies, n: number) => Promise<unknown>> = {
  phone: (record, _, n) => basics(record, { phone: `03-1234-${5000 + n}` })(),
  address: (record, _, n) => basics(record, { address: `東京都千代田区丸の内一丁目1番${n + 1}号` })(),
  async name(record, _, n) {
    return decided(
      await world.run(operations, rename, {
        partyId: record,
        rowVersion: await versionOf(record),
        legalName: `株式会社改称後${n}`,
        effectiveOn: DAY,
        change,
      }),
    )
  },
  async roles(record, _, n) {
    await world.done(operations, changePartyRoles, {
      partyId: record,
      rowVersion: await versionOf(record),
      roles: ['client', 'debtor', n % 2 ? 'guarantor' : 'broker', n % 3 ? 'vendor' : 'funder'],
      effectiveOn: DAY,
      change,
    })
  },
  block: (record, _, n) =>
    inTransaction(context => setPartyStatus(context, record, n % 2 ? 'suspended' : 'blocked', '取引の停止')),
  person: (record, _, n) =>
    world
      .run(operations, addPerson, {
        partyId: record,
        person: { familyName: '関係', givenName: `者${n}` },
        role: 'contact',
        change,
      })
      .then(decided),
  account: (record, _, n) =>
    world
      .run(operations, registerAccount, {
        partyId: record,
        usage: 'remit_from',
        bankCode: '0001',
        branchCode: '001',
        accountType: '1',
        accountNo: String(1_000_000 + n),
        holderKana: 'カ)コウザ',
        holderName: '株式会社口座',
        change,
      })
      .then(decided),
  shares: (record, of, n) =>
    world
      .run(operations, recordHoldingCommand, {
        partyId: of.debtor,
        holderPartyId: record,
        sharePpm: 10_000 * (n + 1),
        change,
      })
      .then(decided),
  limit: (record, of, n) =>
    granted(
      record,
      10_000_000 + n * 1_000_000,
      n % 3 ? {} : { limitKind: 'pair', secondSubjectId: of.debtor },
    ),
  contact: (record, _, n) =>
    world.done(operations, recordContact, {
      partyId: record,
      channel: n % 2 ? 'phone' : 'email',
      direction: n % 3 ? 'out' : 'in',
      occurredAt: '2026-11-20T10:00:00+09:00',
      category: 'payment',
      summary: `要点${n}`,
      promise: n % 2 ? { dueOn: '2026-12-01', amountYen: 1000 + n } : null,
    }),
  contactPlan: (record, _, n) =>
    world.done(operations, planContact, {
      partyId: record,
      channel: 'phone',
      plannedAt: '2026-11-25T10:00:00+09:00',
      purpose: `用件${n}`,
    }),
  inquiry: (record, _, n) =>
    world.done(operations, openInquiry, {
      partyId: record,
      channel: 'phone',
      category: 'consultation',
      subject: `件名${n}`,
      body: `内容${n}`,
      receivedAt: '2026-11-20T10:00:00+09:00',
    }),
  incident: (record, of, n) =>
    world.done(operations, openIncident, {
      kind: 'fraud',
      title: `事故${n}`,
      foundOn: '2026-11-20',
      facts: '事実',
      subjects: [
        { partyId: record, role: 'client' },
        { partyId: of.debtor, role: 'debtor' },
      ],
    }),
  commit: (record, of) =>
    inTransaction(context =>
      commitExposure(context, {
        receivableId: newId(),
        clientId: record,
        debtorId: of.debtor,
        amountYen: 1000,
      }),
    ),
  watch: record => world.done(reviewer, watch, { partyId: record, watchState: 'stop', change }),
  creditReview: (record, _, n) =>
    world.done(reviewer, draftCreditReview, {
      partyId: record,
      subjectRole: n % 2 ? 'client' : 'debtor',
      assessedOn: DAY,
      outcome: 'decline',
      grounds: `審査の理由その${n}`,
      basis: [],
      reviewDueOn: '2027-11-24',
    }),
  // Scores rise with each act: what a fall does depends on the company's other scores, and is proved where it is done.
  score: (record, _, n) =>
    world.done(reviewer, recordScore, {
      partyId: record,
      origin: 'agency',
      provider: 'tdb',
      score: n,
      scoreScale: 1000,
      scoreDate: DAY,
    }),
  report: (record, _, n) =>
    world.done(reviewer, recordReport, {
      partyId: record,
      provider: 'tsr',
      reportDate: '2026-10-01',
      rating: `${n}`,
    }),
  collateral: (record, _, n) =>
    world.done(reviewer, registerCollateral, {
      partyId: record,
      collateralKind: 'deposit',
      description: `定期預金 ${n}`,
      valueYen: n,
      valuedOn: DAY,
      ltvPpm: 500_000,
      validFrom: DAY,
    }),
  async suspend(record) {
    for (const one of await ownLimits(record))
      if (one.suspended_at === null)
        return world.done(reviewer, suspend, { limitId: one.id, reason: '支払遅延を受けて停止' })
    return null
  },
  async revoke(record) {
    const [one] = await ownLimits(record)
    return one && world.done(reviewer, revoke, { limitId: one.id, reason: '取引を終了するため取消' })
  },
}

async function ownLimits(record: string) {
  return world.db
    .selectFrom('credit_limit')
    .select(['id', 'suspended_at'])
    .where('subject_id', '=', record)
    .where('revoked_at', 'is', null)
    .where('superseded_at', 'is', null)
    .orderBy('id')
    .execute()
}

async function companies(): Promise<Companies> {
  const register = async (legalName: string, more: object = {}) =>
    (
      await world.done(operations, registerPartyCommand, {
        partyKind: 'corporation',
        legalName,
        roles: ['client', 'debtor'],
        ...more,
      })
    ).id
  const records = [
    await register('株式会社往復商会', { phone: '03-5555-0001', address: '東京都港区芝公園四丁目2番8号' }),
    await register('（株）往復商会', { phone: '03-5555-0001', website: 'https://oufuku.example' }),
    await register('㈱往復商会', { legalNameKana: 'オウフクショウカイ' }),
  ]
  const debtor = await register('往復の売掛先株式会社')
  await granted(debtor, 90_000_000, { limitKind: 'debtor' })
  return { records, debtor }
}

const PAIRS = [
  [0, 1],
  [1, 2],
  [2, 0],
] as const

interface Step {
  /** A merge (or the unmerge of it when it stands) of a pair, or an act on a record. */
  at: number
  act: string | null
}

async function mergeOf(of: Companies, pair: readonly [number, number], n: number): Promise<string | null> {
  const partyIds = pair.map(at => of.records[at]!)
  const compared = await world.ask(reviewer, compareParties, { partyIds })
  if (compared.hindrances.length > 0) return null
  const limitChoices = Object.fromEntries(
    (compared.limits ?? []).filter(kind => kind.limits.length > 1).map(kind => [kind.key, 'lower'] as const),
  )
  const choices = { phone: partyIds[n % 2]!, legalName: partyIds[(n + 1) % 2]! }
  return (await decided(await world.run(operations, merge, { partyIds, choices, limitChoices, change }))).id
}

/** The rows about these companies: those which name one of them or one of their people, and rows which name one of those rows. */
function about(lines: readonly string[], of: Companies): Set<string> {
  const own = new Set([...of.records, of.debtor])
  const taken = new Set<string>()
  for (let before = -1; before !== taken.size; ) {
    before = taken.size
    for (const line of lines) {
      if (taken.has(line) || ![...own].some(id => line.includes(id))) continue
      taken.add(line)
      for (const [, id] of line.matchAll(/"(?:id|person_id|incident_id)":"([0-9a-f-]{36})"/g)) own.add(id!)
    }
  }
  return taken
}

function notAbout(lines: readonly string[], of: Companies): string[] {
  const own = about(lines, of)
  return lines.filter(line => !own.has(line))
}

/** What the rows about these companies say, without what no two records share: their ids, numbers and the instants the database set. */
function told(lines: readonly string[], of: Companies): string[] {
  const names = new Map([...of.records, of.debtor].map((id, at) => [id, `P${at}`]))
  return [...about(lines, of)]
    .map(line =>
      line
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => names.get(id) ?? 'ID')
        .replace(/"[A-Z]{1,3}-[0-9]{6,}"/g, '"NO"')
        .replace(/"(seq|seen_no|made_in)":"?[0-9]+"?/g, '"$1":0')
        .replace(/"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^"]*"/g, '"AT"')
        .replace(/\\\\x[0-9a-f]{8,}|enc1\.[^"]*/g, 'CIPHER'),
    )
    .sort()
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ at: fc.nat({ max: 2 }), act: fc.constant<string | null>(null) }) },
  { weight: 3, arbitrary: fc.record({ at: fc.nat({ max: 2 }), act: fc.constantFrom(...Object.keys(ACTS)) }) },
)

describe('merge and unmerge', () => {
  it('leave every row of every table as it was, in whatever order the merges are taken back', async () => {
    const of = await companies()
    for (const [at, record] of of.records.entries()) await ACTS.limit!(record, of, 3 * at + 1)
    await ACTS.limit!(of.records[1]!, of, 0)
    for (const record of of.records)
      for (const act of [
        'commit',
        'person',
        'account',
        'watch',
        'creditReview',
        'score',
        'report',
        'collateral',
        'contact',
        'contactPlan',
        'inquiry',
        'incident',
      ])
        await ACTS[act]!(record, of, 1)
    await ACTS.block!(of.records[2]!, of, 1)
    const before = await everyRow()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 6 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
        async (pairs, last) => {
          const inForce = new Map<number, string>()
          for (const [n, at] of pairs.entries()) {
            const mergeId = inForce.get(at)
            if (mergeId) {
              await decided(await world.run(operations, unmerge, { mergeId, change }))
              inForce.delete(at)
            } else {
              const made = await mergeOf(of, PAIRS[at]!, n)
              if (made) inForce.set(at, made)
            }
          }
          for (const at of last) {
            const mergeId = inForce.get(at)
            if (mergeId) await decided(await world.run(operations, unmerge, { mergeId, change }))
          }
          expect(await everyRow()).toEqual(before)
        },
      ),
      { numRuns: 8 },
    )
  }, 240_000)

  it('leave what the same edits would have made of the records had there been no merge, and touch nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 10 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
        async (steps: Step[], last) => {
          const [merged, alone] = [await companies(), await companies()]
          for (const of of [merged, alone]) {
            await ACTS.limit!(of.records[0]!, of, 1)
            await ACTS.limit!(of.records[1]!, of, 2)
          }
          const others = notAbout(await everyRow(), merged)
          const inForce = new Map<number, string>()
          const done: string[] = []
          for (const [n, { at, act }] of steps.entries()) {
            if (act !== null) {
              const outcome = await attempt(() => ACTS[act]!(merged.records[at]!, merged, n))
              done.push(`${act} ${at} ${outcome}`)
              continue
            }
            const mergeId = inForce.get(at)
            if (mergeId) {
              await decided(await world.run(operations, unmerge, { mergeId, change }))
              inForce.delete(at)
            } else {
              const made = await mergeOf(merged, PAIRS[at]!, n)
              if (made) inForce.set(at, made)
            }
          }
          for (const at of last) {
            const mergeId = inForce.get(at)
            if (mergeId) await decided(await world.run(operations, unmerge, { mergeId, change }))
          }
          expect(notAbout(await everyRow(), merged)).toEqual(others)
          const acts = steps.flatMap(({ at, act }, n) => (act === null ? [] : [{ at, act, n }]))
          for (const [index, { at, act, n }] of acts.entries())
            if (done[index]!.endsWith('done')) await attempt(() => ACTS[act]!(alone.records[at]!, alone, n))
          const rows = await everyRow()
          expect(told(rows, merged)).toEqual(told(rows, alone))
        },
      ),
      { numRuns: 8 },
    )
  }, 240_000)

  it('shows every item edited after the merge, on the record it was edited on, and keeps it there', async () => {
    const of = await companies()
    const mergeId = (await mergeOf(of, PAIRS[0]!, 0))!
    await ACTS.phone!(of.records[0]!, of, 1)
    await ACTS.address!(of.records[1]!, of, 2)
    await ACTS.name!(of.records[1]!, of, 3)
    const shown = await world.ask(operations, identityOfParty, { partyId: of.records[0]! })
    const edits = shown.merges[0]!.conflicts.map(
      one => `${of.records.indexOf(one.partyId)} ${one.label} ${one.now}`,
    )
    expect(edits.sort()).toEqual([
      '0 電話番号 03-1234-5001',
      '1 本店所在地 東京都千代田区丸の内一丁目1番3号',
      '1 正式名称（商号） 株式会社改称後3',
    ])
    await decided(await world.run(operations, unmerge, { mergeId, change }))
    const rows = await world.db
      .selectFrom('party')
      .select(['legal_name', 'phone_display', 'address_original'])
      .where('id', 'in', of.records.slice(0, 2))
      .orderBy('id')
      .execute()
    expect(rows.map(row => [row.legal_name, row.phone_display, row.address_original])).toEqual([
      ['株式会社往復商会', '03-1234-5001', '東京都港区芝公園四丁目2番8号'],
      ['株式会社改称後3', '03-5555-0001', '東京都千代田区丸の内一丁目1番3号'],
    ])
    const { limits } = await world.ask(reviewer, limitsOfParty, { partyId: of.records[0]! })
    expect(limits).toEqual([])
  })
})

/** An act may be refused (a limit without room, a name already taken): then it left nothing. */
async function attempt(act: () => Promise<unknown>): Promise<'done' | 'refused'> {
  try {
    await act()
    return 'done'
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'invalid') return 'refused'
    throw error
  }
}
