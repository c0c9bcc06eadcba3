import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { register as registerAccount } from '../accounts/commands.ts'
import { accountsOfParty } from '../accounts/contract.ts'
import { approve } from '../approvals/commands.ts'
import { recordHistory } from '../audit/contract.ts'
import { listDocuments } from '../documents/contract.ts'
import { open as openCase } from '../kyc/commands.ts'
import { kycOfParty } from '../kyc/contract.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { add as addPerson } from '../people/commands.ts'
import { peopleOfParty } from '../people/contract.ts'
import { screeningOfParty } from '../screening/contract.ts'
import { merge, unmerge } from './commands.ts'

let world: World
let operations: Actor
let compliance: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務 三郎', 'operations')
  compliance = await world.person('法務 四郎', 'compliance')
})
afterAll(() => world.close())

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [EVIDENCE] }

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  if (answer.status === 200) return answer.body as { id: string }
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(compliance, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

async function party(legalName: string): Promise<{ id: string; no: string }> {
  const { id } = await world.done(operations, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    roles: ['client'],
  })
  const { party_no } = await world.db
    .selectFrom('party')
    .select('party_no')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { id, no: party_no }
}

/** What the tabs of the page show of it, each row with the record it belongs to. */
async function tabs(partyId: string) {
  const [people, accounts, kyc, screening, documents, history] = await Promise.all([
    world.ask(operations, peopleOfParty, { partyId }),
    world.ask(operations, accountsOfParty, { partyId }),
    world.ask(compliance, kycOfParty, { partyId }),
    world.ask(compliance, screeningOfParty, { partyId }),
    world.ask(operations, listDocuments, { recordId: partyId }),
    world.ask(compliance, recordHistory, { recordId: partyId }),
  ])
  return {
    people: people.people.map(row => [row.name, row.recordNo]),
    accounts: accounts.accounts.map(row => row.recordNo),
    kyc: kyc.cases.map(row => row.recordNo),
    screening: screening.subjects.filter(row => row.subjectKind === 'person').map(row => row.recordNos),
    documents: documents.rows.map(row => row.recordNos),
    history: history.rows.filter(row => row.verb === 'party_registered').map(row => row.recordNos),
  }
}

describe('the page of a company made of several records', () => {
  it('folds people, accounts, checks, screening, documents and history, each saying its record', async () => {
    const [first, second] = [await party('株式会社折畳商会'), await party('（株）折畳商会')]
    for (const [record, given] of [
      [first, '一郎'],
      [second, '二郎'],
    ] as const)
      await decided(
        await world.run(operations, addPerson, {
          partyId: record.id,
          person: { familyName: '折畳', givenName: given, birthDate: '1971-02-03' },
          role: 'representative',
          change,
        }),
      )
    await decided(
      await world.run(operations, registerAccount, {
        partyId: second.id,
        usage: 'remit_from',
        bankCode: '0001',
        branchCode: '001',
        accountType: '1',
        accountNo: '1234567',
        holderKana: 'カ)オリタタミ',
        holderName: '株式会社折畳商会',
      }),
    )
    await world.done(operations, openCase, {
      partyId: second.id,
      trigger: 'onboarding',
      methodCode: 'corp_shown',
      purposeCode: 'sale_of_receivables',
    })
    await world.db.transaction().execute(async tx => {
      await tx
        .insertInto('document_link')
        .values({ document_id: EVIDENCE, object_kind: 'party', object_id: second.id } as never)
        .execute()
      await world.executor.context(tx, operations, 'test').record({ verb: 'test_linked', subjects: [] })
    })
    const before = await tabs(first.id)
    expect(before).toEqual({
      people: [['折畳 一郎', null]],
      accounts: [],
      kyc: [],
      screening: [[]],
      documents: [],
      history: [[]],
    })
    const { id } = await decided(
      await world.run(operations, merge, { partyIds: [first.id, second.id], choices: {}, change }),
    )
    for (const record of [first, second])
      expect(await tabs(record.id)).toEqual({
        people: [
          ['折畳 一郎', first.no],
          ['折畳 二郎', second.no],
        ],
        accounts: [second.no],
        kyc: [second.no],
        screening: [[first.no], [second.no]],
        documents: [[second.no]],
        history: [[second.no], [first.no]],
      })
    const { rows } = await world.ask(compliance, recordHistory, { recordId: first.id })
    expect(rows.filter(row => row.verb === 'parties_merged').map(row => row.recordNos)).toEqual([
      [first.no, second.no],
    ])
    await decided(await world.run(operations, unmerge, { mergeId: id, change }))
    expect(await tabs(first.id)).toEqual(before)
  })
})
