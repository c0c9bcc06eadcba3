import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { screenedBy } from '../../app/testing/screened.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { register } from '../parties/commands/register-party.ts'
import { add as addPerson } from '../people/commands.ts'
import { amend, change, draft, execute, move, terminate } from './commands.ts'
import { listContracts, openContract } from './contract.ts'
import { contractNotices } from './notice-due.ts'
import { contractTermsOn } from './records.ts'
import { hindrancesToPurchaseUnder } from './rules.ts'
import { signing } from './signing.ts'
import { openSigning } from './signing-contract.ts'
import type { contractTerms } from './terms.ts'

let world: World
let operations: Actor
let manager: Actor
let partyId: string
beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  manager = await world.person('部長', 'manager')
  const party = await world.done(operations, register, {
    partyKind: 'corporation',
    legalName: '株式会社契約先',
  })
  partyId = party.id
})
afterAll(() => world.close())

const reason = {
  reasonCode: 'customer_request' as const,
  reasonText: '署名済みの契約書',
  evidence: [EVIDENCE],
}

let isScreened = false
const twoParty: z.input<typeof contractTerms> = {
  legalKind: 'two_party',
  collectionRoute: 'client_remits',
  advancePpm: 900_000,
  feePpm: 47_500,
  remitRule: { kind: 'days_after_due', days: 1, unit: 'business', holidayRoll: 'following' },
}

async function sent(terms = twoParty) {
  if (!isScreened) await screenedBy(world, operations, [partyId])
  isScreened = true

  const { id } = await world.done(operations, draft, { partyId, terms })
  for (const to of ['internal_check', 'ready', 'sent'] as const)
    await world.done(operations, move, { contractId: id, to })
  return id
}

const signature = { signedOn: '2026-11-20', effectiveOn: '2026-11-20', signMethod: 'e_sign' as const }

async function decided(answer: { status: number; body: unknown }, by = manager) {
  const { changeRequestId } = answer.body as { changeRequestId: string }
  return world.done(by, approve, { changeRequestId })
}

it('a contract is executed with nobody who is unscreened, be it asked for or approved; a promise of secrecy may be', async () => {
  const stranger = await world.done(operations, register, {
    partyKind: 'corporation',
    legalName: '株式会社未照合',
  })
  const drafted = async (contractKind: 'master' | 'nda') => {
    const { id } = await world.done(operations, draft, {
      partyId: stranger.id,
      contractKind,
      terms: twoParty,
    })
    for (const to of ['internal_check', 'ready', 'sent'] as const)
      await world.done(operations, move, { contractId: id, to })
    return id
  }
  const asked = { ...signature, change: reason }
  const contractId = await drafted('master')
  expect(await world.refused(world.run(operations, execute, { contractId, ...asked }))).toEqual([
    'subject_must_be_screened',
  ])
  const secrecy = await world.run(operations, execute, { contractId: await drafted('nda'), ...asked })
  expect(secrecy.status).toBe(202)
  await screenedBy(world, operations, [stranger.id])
  const waiting = await world.run(operations, execute, { contractId, ...asked })
  await world.db.transaction().execute(async tx => {
    await sql`update screening_case set state = 'hit_review', hit_count = 1 where subject_id = ${stranger.id}`.execute(
      tx,
    )
    await world.executor.context(tx, operations, 'test').record({ verb: 'test_hit', subjects: [] })
  })
  expect(await world.refused(decided(waiting))).toEqual(['screening_must_not_be_open'])
})

describe('terms', () => {
  it.each([
    [{ ...twoParty, remitRule: null }, ['remit_rule_must_be_given']],
    [{ ...twoParty, collectionRoute: 'debtor_direct' as const }, ['route_must_fit_the_legal_kind']],
    [{ ...twoParty, feeMethod: 'per_period' as const }, ['fee_period_must_be_given']],
    [{ ...twoParty, antisocialClause: false }, ['antisocial_clause_must_be_agreed']],
    [{ ...twoParty, transactionKind: 'loan' as const }, ['lender_must_be_registered']],
    [
      { ...twoParty, penalties: [{ trigger: 'false_statement' as const, clause: '第10条' }] },
      ['penalty_must_be_an_amount_or_a_share'],
    ],
  ])('%# are refused with the rule they break', async (terms, codes) => {
    expect(await world.refused(world.run(operations, draft, { partyId, terms }))).toEqual(codes)
  })
})

describe('a contract', () => {
  it('goes to signature step by step, never skipping', async () => {
    const { id } = await world.done(operations, draft, { partyId, terms: twoParty })
    expect(await world.refused(world.run(operations, move, { contractId: id, to: 'sent' }))).toEqual([
      'transition_must_be_listed',
    ])
    await world.done(operations, change, {
      contractId: id,
      rowVersion: 1,
      terms: { ...twoParty, feePpm: 50_000 },
    })
    await world.done(operations, move, { contractId: id, to: 'internal_check' })
    expect(
      await world.refused(world.run(operations, change, { contractId: id, rowVersion: 3, terms: twoParty })),
    ).toEqual(['contract_must_be_drafting'])
    expect(
      await world.refused(world.run(operations, execute, { contractId: id, ...signature, change: reason })),
    ).toEqual(['contract_must_be_sent'])
  })

  it('is executed by a second person who did not draft it, with the signed document', async () => {
    const id = await sent()
    const bare = { contractId: id, ...signature, change: { ...reason, evidence: [] } }
    expect(await world.refused(world.run(operations, execute, bare))).toEqual(['evidence_must_be_attached'])
    const other = await world.person('別の事務', 'operations')
    const answer = await world.run(other, execute, { contractId: id, ...signature, change: reason })
    const both = await world.person('二人目の部長', 'manager')
    expect(
      hindrancesToPurchaseUnder({ state: 'sent', effectiveOn: null, endsOn: null }, '2026-11-24'),
    ).toEqual([{ code: 'contract_must_be_executed' }])
    await decided(answer, both)
    const shown = await world.ask(operations, openContract, { contractId: id })
    expect([shown.state, shown.hindrances]).toEqual(['active', []])
    expect(await world.verbsOf(id)).toContain('contract_executed')
  })

  it('is not in force before its effective day nor after its end', async () => {
    const facts = { state: 'executed' as const, effectiveOn: '2026-12-01', endsOn: '2027-11-30' }
    const codes = (today: string) => hindrancesToPurchaseUnder(facts, today).map(one => one.code)
    expect(codes('2026-11-30')).toEqual(['contract_must_be_in_force'])
    expect(codes('2026-12-01')).toEqual([])
    expect(codes('2027-12-01')).toEqual(['contract_must_be_in_force'])
  })

  it('with full recourse waits for compliance', async () => {
    const id = await sent({ ...twoParty, recourse: 'full' })
    const answer = await world.run(operations, execute, { contractId: id, ...signature, change: reason })
    expect(await world.refused(decided(answer))).toEqual(['approver_must_hold_permission'])
    await decided(answer, await world.person('法務', 'compliance'))
    expect((await world.ask(operations, openContract, { contractId: id })).state).toBe('active')
  })

  it('keeps its old terms when amended, each from its own day', async () => {
    const id = await sent()
    await decided(await world.run(operations, execute, { contractId: id, ...signature, change: reason }))
    const before = await world.ask(operations, openContract, { contractId: id })
    await decided(
      await world.run(operations, amend, {
        contractId: id,
        rowVersion: before.rowVersion,
        validFrom: '2026-12-01',
        terms: { ...twoParty, feePpm: 38_000 },
        change: reason,
      }),
    )
    expect((await contractTermsOn(world.db, id, '2026-11-30')).terms.feePpm).toBe(47_500)
    expect((await contractTermsOn(world.db, id, '2026-12-01')).terms.feePpm).toBe(38_000)
    await world.done(manager, terminate, {
      contractId: id,
      terminatedOn: '2026-11-24',
      reason: '利用者からの申し出',
    })
    const { rows } = await world.ask(operations, listContracts, { partyId, state: ['terminated'] })
    expect(rows.map(row => row.id)).toEqual([id])
  })
})

describe('how a contract was signed', () => {
  it('is kept of a signed one, by a person of the party, corrected only with a reason, and exported', async () => {
    const id = await sent()
    const said = {
      contractId: id,
      rowVersion: 0,
      signProvider: '電子契約社',
      envelopeNo: 'E-1',
      renewal: 'automatic' as const,
      noticeDays: 30,
    }
    const refused = (input: object) => world.refused(world.run(operations, signing, { ...said, ...input }))
    expect(await refused({})).toEqual(['contract_must_be_signed'])
    await decided(
      await world.run(operations, execute, {
        contractId: id,
        ...signature,
        endsOn: '2027-11-19',
        change: reason,
      }),
    )
    const outsider = await world.done(operations, register, {
      partyKind: 'corporation',
      legalName: '株式会社よその会社',
    })
    const person = async (of: string) =>
      (
        await world.done(operations, addPerson, {
          partyId: of,
          role: 'representative',
          person: { familyName: '契約', givenName: '太郎', birthDate: '1970-05-06' },
        })
      ).personId
    const signerId = await person(partyId)
    expect(await refused({ stampDutyYen: 4_000 })).toEqual(['stamp_duty_needs_paper'])
    expect(await refused({ signerId: await person(outsider.id) })).toEqual([
      'signer_must_belong_to_the_party',
    ])
    await world.done(operations, signing, { ...said, signerId })
    expect(await world.ask(operations, openSigning, { contractId: id })).toMatchObject({
      rowVersion: 1,
      signer: { id: signerId, name: '契約 太郎' },
      noticeBy: '2027-10-20',
      signatureValid: null,
    })
    const due = (today: string, until: string) =>
      world.db.transaction().execute(tx => contractNotices(tx, today, until))
    expect(await due('2027-09-01', '2027-10-19')).toEqual([])
    expect(await due('2027-09-20', '2027-10-20')).toMatchObject([
      { id, renewal: 'automatic', endsOn: '2027-11-19', noticeBy: '2027-10-20' },
    ])
    expect(await due('2027-11-20', '2027-12-20')).toEqual([])
    expect(await refused({ rowVersion: 1, signerId, noticeDays: 60 })).toEqual(['reason_must_be_given'])
    expect(await refused({ rowVersion: 1, signerId, reason: '見直し' })).toEqual(['signing_must_differ'])
    expect(await refused({ signerId, noticeDays: 60, reason: '契約書' })).toEqual([
      'record_must_be_unchanged',
    ])
    const corrected = { ...said, rowVersion: 1, signerId, signatureValid: true, reason: '検証結果を確認' }
    await world.done(operations, signing, corrected)
    expect((await world.verbsOf(id)).filter(verb => verb === 'contract_signing_recorded')).toHaveLength(2)
    const { rows } = await world.ask(operations, listContracts, { partyId })
    expect(rows.find(row => row.id === id)?.signing).toMatchObject({ signatureValid: true, noticeDays: 30 })
  })
})
