import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plan as planContact, record as recordContact } from '../business/communications/commands.ts'
import { add as addDocument } from '../business/documents/commands.ts'
import { uploadFile } from '../business/documents/contract.ts'
import { keep as keepView } from '../business/lists/commands.ts'
import { listViews } from '../business/lists/contract.ts'
import { listAssignments } from '../business/parties/assignment-contract.ts'
import { assign, endAssigned } from '../business/parties/commands/assign.ts'
import { register } from '../business/parties/commands/register-party.ts'
import { listParties, openParty, searchParties } from '../business/parties/contract.ts'
import { likePerson, openPerson, peopleOfParty } from '../business/people/contract.ts'
import { addPersonCommand } from '../business/people/index.ts'
import { openReceivable } from '../business/receivables/contract.ts'
import { offerReceivableCommand } from '../business/receivables/index.ts'
import { type Desk, executedContract, openDesk } from '../business/receivables/testing/deal.ts'
import type { Actor } from '../platform/commands/actor.ts'
import { Refusal } from '../platform/commands/refusal.ts'
import type { Contract } from '../platform/http/contract.ts'
import type { Route } from '../platform/http/route.ts'
import { newId } from '../platform/ids/uuid.ts'
import { slices } from './slices.ts'
import { sampleFor } from './testing/sample-input.ts'
import { createWorld, type World } from './testing/world.ts'

/** 外部委託先: assigned customers only, masked, nothing taken out, and no longer than the assignment runs. */
let world: World
let desk: Desk
let contractor: Actor
let ours: Deal
let theirs: Deal

interface Deal {
  communicationId: string
  partyId: string
  partyNo: string
  debtorId: string
  personId: string
  contractId: string
  receivableId: string
  documentId: string
}

/** A customer with a person, a contract, a claim and a paper; every name in it carries the marker. */
async function deal(marker: string): Promise<Deal> {
  const party = async (name: string, role: 'client' | 'debtor') =>
    world.done(desk.sales, register, {
      partyKind: 'corporation',
      legalName: `株式会社${marker}${name}`,
      legalNameKana: marker,
      roles: [role],
    })
  const client = await party('利用者', 'client')
  const debtor = await party('売掛先', 'debtor')
  const partyId = client.id
  const { personId } = await world.done(desk.operations, addPersonCommand, {
    partyId,
    role: 'contact',
    person: {
      familyName: marker,
      givenName: '太郎',
      birthDate: '1980-02-03',
      phone: '090-1234-5678',
      email: 'taro@example.co.jp',
    },
  })
  const contractId = await executedContract(world, desk, partyId)
  const { id: receivableId } = await world.done(desk.sales, offerReceivableCommand, {
    clientId: partyId,
    debtorId: debtor.id,
    invoiceNo: `${marker}-1`,
    faceYen: 1_000_000,
    issuedOn: '2026-07-01',
    dueOn: '2027-01-29',
  })
  const record = { kind: 'party', id: partyId }
  const { uploadId } = await world.ask(desk.operations, uploadFile, {
    fileName: `${marker}.pdf`,
    record,
    contentBase64: Buffer.from(`%PDF-1.7 ${marker}`).toString('base64'),
  })
  const { id: documentId } = await world.done(desk.operations, addDocument, {
    uploadId,
    docKind: 'registry',
    title: `${marker}登記`,
    links: [record],
  })
  const talk = { channel: 'phone', category: 'payment', personId } as const
  const { id: communicationId } = await world.done(desk.sales, recordContact, {
    ...talk,
    partyId,
    direction: 'in',
    occurredAt: world.clock.now().toISOString(),
    summary: `${marker}と話した`,
    promise: { dueOn: '2026-12-01', amountYen: 1000 },
  })
  await world.done(desk.sales, planContact, {
    ...talk,
    partyId,
    plannedAt: '2026-11-25T10:00:00+09:00',
    purpose: `${marker}への確認`,
  })
  return {
    communicationId,
    partyId,
    partyNo: client.partyNo,
    debtorId: debtor.id,
    personId,
    contractId,
    receivableId,
    documentId,
  }
}

beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  contractor = await world.person('委託先', 'contractor')
  ours = await deal('タントウ')
  theirs = await deal('ヒミツ')
  await world.done(desk.manager, assign, {
    staffId: contractor.id,
    partyNos: [ours.partyNo],
    endsOn: '2026-12-31',
    reason: '督促代行の委託契約による',
  })
})
afterAll(() => world.close())

const routes = () => slices.flatMap(slice => slice.routes(world))

/** Every query a contractor may call, with each field it takes filled from a deal. */
function callable() {
  return routes().filter(
    route =>
      route.kind === 'query' &&
      (contractor.permissions.has(route.contract.permission) || route.contract.permission === 'public'),
  )
}

function inputFor(contract: Contract, of: Deal): Record<string, unknown> | null {
  const sources: Record<string, unknown> = {
    ...of,
    recordId: of.partyId,
    clientId: of.partyId,
    text: 'ヒミツ',
    versionNo: 1,
    kind: 'layout',
    key: 'x',
  }
  const fields = Object.keys(contract.input.shape).filter(field => field in sources)
  const parsed = contract.input.safeParse(Object.fromEntries(fields.map(field => [field, sources[field]])))
  return parsed.success ? (parsed.data as Record<string, unknown>) : null
}

async function answerOf(contract: Contract, input: Record<string, unknown>): Promise<string> {
  const route = routes().find(one => one.contract.name === contract.name)
  if (route?.kind !== 'query') throw new Error(`no query is called ${contract.name}`)
  const now = world.clock.now()
  const today = now.toISOString().slice(0, 10)
  try {
    const answer = await route.answer(
      { db: world.db, actor: contractor, now, today, requestId: 't' },
      input as never,
    )
    return 'body' in answer ? JSON.stringify(answer.body) : String(answer.file.content)
  } catch (error) {
    if (error instanceof Refusal) return ''
    throw error
  }
}

/** What fields of an input mean in a deal, whichever the record. */
const knownOf = (of: Deal) => ({
  ...of,
  recordKind: 'party',
  recordId: of.partyId,
  record: { kind: 'party', id: of.partyId },
  clientId: of.partyId,
  subjectId: of.partyId,
  partyIds: [of.partyId],
  recordIds: [of.partyId],
})

/** What a contractor hears: the reasons of a refusal, or the answer; nothing is kept. */
async function outcomeOf(route: Route, input: Record<string, unknown>): Promise<string> {
  try {
    if (route.kind === 'query')
      return await answerOf(route.contract, route.contract.input.parse(input) as never)
    return JSON.stringify(await world.run(contractor, route.command as never, input as never))
  } catch (error) {
    if (error instanceof Refusal) return `${error.kind} ${JSON.stringify(error.reasons)}`
    throw error
  }
}

describe('a contractor', () => {
  it('is shown nothing of a customer that is not assigned, by any list, search, page or file', async () => {
    const told: string[] = []
    let asked = 0
    for (const { contract } of callable())
      for (const of of [theirs, ours]) {
        const input = inputFor(contract, of)
        const empty = contract.input.safeParse({})
        for (const given of [input, empty.success ? (empty.data as Record<string, unknown>) : null]) {
          if (!given) continue
          asked++
          const said = await answerOf(contract, given)
          if (said.includes('ヒミツ') || said.includes(theirs.partyId) || said.includes(theirs.receivableId))
            told.push(contract.name)
        }
      }
    expect([...new Set(told)]).toEqual([])
    expect(asked).toBeGreaterThan(25)
  })

  it('is answered about what is not assigned, by every query and command, as about what does not exist', async () => {
    const missing = Object.fromEntries(Object.keys(theirs).map(name => [name, newId()])) as never as Deal
    const told: string[] = []
    let asked = 0
    for (const route of routes()) {
      const { contract } = route
      if (!contractor.permissions.has(contract.permission)) continue
      const [of, nothing] = [theirs, missing].map(one => sampleFor(contract, knownOf(one)))
      const named = Object.values(theirs).filter(id => JSON.stringify(of).includes(id))
      if (named.length === 0) continue
      asked++
      const answers = [await outcomeOf(route, of!), await outcomeOf(route, nothing!)]
      const [foreign, unknown] = answers.map(answer =>
        [theirs, missing].flatMap(Object.values).reduce((text, id) => text.replaceAll(id, '*'), answer),
      )
      if (foreign !== unknown) told.push(`${contract.name}: ${foreign} / ${unknown}`.slice(0, 300))
    }
    expect(told).toEqual([])
    expect(asked).toBeGreaterThan(12)
  })

  it('sees the customers assigned, their people, claims, contracts and the list of their papers', async () => {
    const { rows } = await world.ask(contractor, listParties, {})
    expect(rows.map(row => row.id)).toEqual([ours.partyId])
    const found = await world.ask(contractor, searchParties, { text: 'タントウ' })
    expect(found.rows.map(row => row.id)).toEqual([ours.partyId])
    expect((await world.ask(contractor, openParty, { partyId: ours.partyId })).id).toBe(ours.partyId)
    const claim = await world.ask(contractor, openReceivable, { receivableId: ours.receivableId })
    expect(claim.invoiceNo).toBe('タントウ-1')
    const closed = world.ask(contractor, openParty, { partyId: theirs.partyId })
    expect(await world.refused(closed)).toEqual(['record_must_exist'])
  })

  it('sees values masked, and can neither unmask, take a file out, nor read histories', async () => {
    const { people } = await world.ask(contractor, peopleOfParty, { partyId: ours.partyId })
    expect(people).toMatchObject([{ email: 't●●●@example.co.jp', phoneLast: '5678', hasBirthDate: true }])
    expect(JSON.stringify(people)).not.toMatch(/1980|1234|taro/)
    const person = await world.ask(contractor, openPerson, { personId: ours.personId })
    expect(person.email).toBe('t●●●@example.co.jp')
    expect(JSON.stringify(person)).not.toMatch(/1980|1234|taro/)
    // Whether a guessed birth date is the right one is told to those who enter people only.
    expect(contractor.permissions.has(likePerson.permission)).toBe(false)
    const barred = routes().filter(
      ({ contract }) =>
        ['unmask', 'export', 'download'].includes(contract.sight ?? '') &&
        contractor.permissions.has(contract.permission),
    )
    expect(barred.map(route => route.contract.name)).toEqual([])
    for (const permission of ['audit.history', 'documents.add', 'parties.seeSensitive'])
      expect(contractor.permissions.has(permission), permission).toBe(false)
  })

  it('does not learn from the names and conditions of shared views whom others look at', async () => {
    const sales = await world.person('営業', 'sales')
    await world.done(sales, keepView, {
      list: 'parties.client',
      name: 'ヒミツ社の追跡',
      address: '/parties?text=ヒミツ',
      shared: true,
    })
    const shown = async (who: Actor) => (await world.ask(who, listViews, { list: 'parties.client' })).views
    expect(await shown(desk.operations)).toHaveLength(1)
    expect(await shown(contractor)).toEqual([])
  })

  it('does not learn which other customers a claim of theirs resembles', async () => {
    const { id } = await world.done(desk.sales, offerReceivableCommand, {
      clientId: ours.partyId,
      debtorId: theirs.debtorId,
      invoiceNo: 'ヒミツ-1',
      faceYen: 1_000_000,
      issuedOn: '2026-07-01',
      dueOn: '2027-01-29',
    })
    const shownTo = async (who: Actor) =>
      (await world.ask(who, openReceivable, { receivableId: id })).checks.flatMap(check => check.matches)
    expect(await shownTo(desk.reviewer)).not.toEqual([])
    expect(await shownTo(contractor)).toEqual([])
  })
})

describe('an assignment', () => {
  it('is given by administrators and managers, and names who, until when and why', async () => {
    const administrator = await world.person('管理', 'administrator')
    const { id, partyNo } = await world.done(desk.sales, register, {
      partyKind: 'corporation',
      legalName: '期限商会',
      roles: ['client'],
    })
    const given = {
      staffId: contractor.id,
      partyNos: [partyNo],
      endsOn: '2026-11-30',
      reason: '督促を委託する',
    }
    for (const person of [desk.sales, desk.operations, contractor])
      expect(await world.refused(world.run(person, assign, given))).toEqual(['permission_must_be_held'])
    await world.done(administrator, assign, given)
    expect(await world.refused(world.run(administrator, assign, given))).toEqual([
      'party_must_not_be_assigned_already',
    ])
    expect(await world.verbsOf(id)).toContain('contractor_assigned')
    const { rows } = await world.ask(desk.manager, listAssignments, { partyId: id })
    expect(rows).toMatchObject([
      { endsOn: '2026-11-30', reason: '督促を委託する', assignedBy: '管理', inForce: true },
    ])
  })

  it('refuses unknown numbers, people who are no contractors, and days past or after the contract', async () => {
    const given = {
      staffId: contractor.id,
      partyNos: [theirs.partyNo],
      endsOn: '2026-12-31',
      reason: '委託する',
    }
    const refused = (more: object) =>
      world.refused(world.run(desk.manager, assign, { ...given, reason: '督促を委託する', ...more }))
    expect(await refused({ partyNos: ['C-999998', 'C-999999'] })).toEqual([
      'party_must_exist',
      'party_must_exist',
    ])
    expect(await refused({ staffId: desk.sales.id })).toEqual(['assignee_must_be_contractor'])
    expect(await refused({ endsOn: '2026-11-23' })).toEqual(['assignment_must_not_end_in_the_past'])
    expect(await refused({ endsOn: '2028-01-01' })).toEqual(['assignment_must_end_with_the_contract'])
    const { rows } = await world.ask(desk.manager, listAssignments, { partyId: theirs.partyId })
    expect(rows).toEqual([])
  })

  it('ends by its date, and at once when somebody ends it', async () => {
    const visible = async () =>
      (await world.ask(contractor, listParties, {})).rows.map(row => row.legalName).sort()
    expect(await visible()).toEqual(['期限商会', '株式会社タントウ利用者'])
    world.clock.set(new Date('2026-12-01T10:00:00+09:00'))
    expect(await visible()).toEqual(['株式会社タントウ利用者'])
    const { rows } = await world.ask(desk.manager, listAssignments, { partyId: ours.partyId })
    const end = { assignmentId: rows[0]!.id, reason: '委託を終えた' }
    await world.done(desk.manager, endAssigned, { ...end, reason: '委託を終了した' })
    expect(await visible()).toEqual([])
    expect(
      await world.refused(world.run(desk.manager, endAssigned, { ...end, reason: '委託を終了した' })),
    ).toEqual(['assignment_must_stand'])
  })
})
