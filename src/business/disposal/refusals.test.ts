import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { verifyTrail } from '../../platform/trail/verify.ts'
import { draft as draftApplication } from '../applications/commands/draft.ts'
import { approve } from '../approvals/commands.ts'
import { uploadFile } from '../documents/contract.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { hold, release } from '../documents/keep.ts'
import { revert as revertImport } from '../imports/commands.ts'
import { Drive } from '../imports/testing/drive.ts'
import { open as openIncident } from '../incidents/commands.ts'
import { record as recordShares } from '../ownership/commands.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { openParty } from '../parties/contract.ts'
import { add as addPerson } from '../people/commands.ts'
import { approvedClaim, type Desk, executedContract, readyPair } from '../receivables/testing/deal.ts'
import { type Book, openBook, remits } from '../reconciliation/testing/book.ts'
import { merge } from '../resolution/commands.ts'
import { propose } from './commands.ts'
import { judgeDisposal, listDisposalDue, listDisposals } from './contract.ts'
import { findNextDue } from './find-due.ts'
import { finishDisposals } from './finish.ts'
import type { SubjectKind } from './tables.ts'

const BEGIN = new Date('2026-11-24T10:00:00+09:00')
const NEXT_YEARS = new Date('2028-11-24T10:00:00+09:00')
const change = { reasonCode: 'review' as const, reasonText: '保存期間の満了を確認した', evidence: [] }
const evidenced = { ...change, evidence: [EVIDENCE] }

let world: World
let book: Book
let desk: Desk
let manager: Actor
let compliance: Actor
let all: Actor
beforeAll(async () => {
  world = await createWorld()
  book = await openBook(world)
  desk = book.desk
  world.clock.set(BEGIN)
  manager = await world.person('部長', 'manager')
  compliance = await world.person('法務', 'compliance')
  all = await world.person('全員', 'operations', 'sales', 'compliance')
})
afterAll(() => world.close())

let number = 0
async function party(more: object = {}) {
  number++
  const { id } = await world.done(all, register, {
    partyKind: 'corporation',
    legalName: `株式会社期限${number}`,
    roles: ['client'],
    ...more,
  } as never)
  return id
}

const reasonsOf = (subjectKind: SubjectKind, subjectId: string) =>
  world.refused(world.run(manager, propose, { subjectKind, subjectId, change }))

async function disposedOf(subjectKind: SubjectKind, subjectId: string) {
  const answer = await world.run(manager, propose, { subjectKind, subjectId, change })
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(compliance, approve, { changeRequestId })
  await finishDisposals(world)
  return approved.answer as { id: string; disposalNo: string }
}

async function paper(record: { kind: string; id: string }, more: object) {
  const { uploadId } = await world.ask(all, uploadFile, {
    fileName: '書類.pdf',
    record,
    contentBase64: Buffer.from(`%PDF-1.7 ${++number}`).toString('base64'),
  })
  const { id } = await world.done(all, addDocumentCommand, { uploadId, links: [record], ...more } as never)
  return id
}

async function at<T>(now: Date, act: () => Promise<T>): Promise<T> {
  const before = world.clock.now()
  world.clock.set(now)
  try {
    return await act()
  } finally {
    world.clock.set(before)
  }
}

/** A change that other slices make over many steps, in one transaction with its event. */
async function changed(statement: ReturnType<typeof sql>, partyId: string) {
  await world.db.transaction().execute(async tx => {
    await statement.execute(tx)
    const context = world.executor.context(tx, all, 'test')
    await context.record({ verb: 'test_changed', subjects: [{ kind: 'party', id: partyId }] })
  })
}

describe('a disposal is refused', () => {
  const refusedLater = async (partyId: string) => at(NEXT_YEARS, () => reasonsOf('party', partyId))

  it('while the retention runs, naming the rule and its last day', async () => {
    const partyId = await party()
    const attempt = world.run(manager, propose, { subjectKind: 'party', subjectId: partyId, change })
    await expect(attempt).rejects.toMatchObject({
      reasons: [{ code: 'retention_must_be_over', facts: { rule: 'rejected', until: '2027-11-24' } }],
    })
    expect(await at(new Date('2027-11-24T10:00:00+09:00'), () => reasonsOf('party', partyId))).toEqual([
      'retention_must_be_over',
    ])
  })

  it('while a paper of its is held, and no longer once it is released', async () => {
    const partyId = await party()
    const documentId = await paper(
      { kind: 'party', id: partyId },
      { docKind: 'letter', transactionDate: '2010-01-01', receivedOn: '2010-01-01' },
    )
    await world.done(compliance, hold, { documentId, reason: '訴訟に備えて保全する' })
    expect(await refusedLater(partyId)).toEqual(['papers_must_not_be_held'])
    expect(await at(NEXT_YEARS, () => reasonsOf('document', documentId))).toEqual(['papers_must_not_be_held'])
    await world.done(compliance, release, { documentId, reason: '訴訟が終わった' })
    await at(NEXT_YEARS, () => disposedOf('party', partyId))
  })

  it('while a contract is not ended', async () => {
    const partyId = await party()
    await executedContract(world, desk, partyId)
    expect(await at(new Date('2046-01-01T10:00:00+09:00'), () => reasonsOf('party', partyId))).toEqual([
      'contracts_must_be_ended',
    ])
  })

  it('while a claim is open, of the client and of the debtor', async () => {
    const pair = await readyPair(world, desk, 'キゲンサイケン')
    await approvedClaim(world, desk, { ...pair, invoiceNo: 'D-1', faceYen: 1_000_000, dueOn: '2027-01-29' })
    expect(await refusedLater(pair.debtorId)).toContain('claims_must_be_settled')
    expect(await refusedLater(pair.clientId)).toEqual(
      expect.arrayContaining(['claims_must_be_settled', 'contracts_must_be_ended']),
    )
  })

  it('while money is on its way', async () => {
    const pair = await readyPair(world, desk, 'キゲンシハライ')
    await changed(
      sql`insert into payment_out (id, party_id, purpose, amount_yen, account_id, transfer_on, state, prepared_by, prepared_at, deal_approvers, contract_id)
        values (gen_random_uuid(), ${pair.clientId}, 'loan_principal', 1000, ${pair.accountId}, '2026-11-25', 'prepared', ${all.id}, now(), '{}', ${pair.contractId})`,
      pair.clientId,
    )
    expect(await refusedLater(pair.clientId)).toContain('payments_must_be_finished')
  })

  it('while an application is under way', async () => {
    const partyId = await party()
    await world.done(desk.sales, draftApplication, {
      clientId: partyId,
      channel: 'web',
      requestedYen: 1_000_000,
    } as never)
    expect(await refusedLater(partyId)).toEqual(['applications_must_be_ended'])
  })

  it('while an incident is open', async () => {
    const partyId = await party()
    await world.done(compliance, openIncident, {
      kind: 'fraud',
      title: '二重の請求',
      foundOn: '2026-11-20',
      facts: '同じ請求書が二度出された',
      subjects: [{ partyId, role: 'client' }],
    })
    expect(await refusedLater(partyId)).toEqual(['incidents_must_be_closed'])
  })

  it('while a change of it waits, and while its own disposal does', async () => {
    const partyId = await party()
    const { rowVersion } = await world.ask(all, openParty, { partyId })
    const renaming = await world.run(all, rename, {
      partyId,
      rowVersion,
      legalName: '株式会社期限改',
      effectiveOn: '2026-11-24',
      change: evidenced,
    })
    expect(renaming.status).toBe(202)
    expect(await refusedLater(partyId)).toEqual(['requests_must_be_decided'])
    const other = await party()
    await at(NEXT_YEARS, async () => {
      await world.run(manager, propose, { subjectKind: 'party', subjectId: other, change })
      expect(await reasonsOf('party', other)).toEqual(['requests_must_be_decided'])
    })
  })

  it('while another living company needs it, or a person still has a role in one', async () => {
    const [holder, held] = [await party(), await party()]
    await world.done(all, recordShares, {
      partyId: held,
      holderPartyId: holder,
      sharePpm: 600_000,
      validFrom: '2026-01-01',
      change: evidenced,
    } as never)
    expect(await refusedLater(holder)).toEqual(['nobody_else_must_need_it'])
    const { personId } = await world.done(all, addPerson, {
      partyId: held,
      role: 'contact',
      person: { familyName: '期限', givenName: '一郎' },
    })
    expect(await at(NEXT_YEARS, () => reasonsOf('person', personId))).toContain('nobody_else_must_need_it')
    await at(NEXT_YEARS, () => disposedOf('party', held))
    // With its company everybody goes who belonged to it alone; and the holder is needed no more.
    expect(await at(NEXT_YEARS, () => reasonsOf('person', personId))).toEqual([
      'record_must_not_be_disposed_of',
    ])
    await at(NEXT_YEARS, () => disposedOf('party', holder))
  })

  it('to whoever may not propose or approve it, and without a reason', async () => {
    const partyId = await party()
    const input = { subjectKind: 'party' as const, subjectId: partyId, change }
    expect(await world.refused(world.run(desk.sales, propose, input))).toEqual(['permission_must_be_held'])
    await at(NEXT_YEARS, async () => {
      const answer = await world.run(manager, propose, input)
      const { changeRequestId } = answer.body as { changeRequestId: string }
      expect(await world.refused(world.run(desk.approver, approve, { changeRequestId }))).not.toEqual([])
      expect(
        await world.refused(
          world.run(manager, propose, { ...input, change: { ...change, reasonText: 'x' } }),
        ),
      ).toEqual(['input_must_have_the_right_shape'])
    })
  })

  it('when something has happened between the request and the approval', async () => {
    const partyId = await party()
    await at(NEXT_YEARS, async () => {
      const answer = await world.run(manager, propose, { subjectKind: 'party', subjectId: partyId, change })
      const documentId = await paper({ kind: 'party', id: partyId }, { docKind: 'letter' })
      await world.done(compliance, hold, { documentId, reason: '訴訟に備えて保全する' })
      const { changeRequestId } = answer.body as { changeRequestId: string }
      expect(await world.refused(world.run(compliance, approve, { changeRequestId }))).toEqual([
        'papers_must_not_be_held',
      ])
    })
  })
})

describe('papers', () => {
  it('are kept by their kind, and longer by the claim they prove', async () => {
    const partyId = await party()
    const old = { transactionDate: '2010-04-01', receivedOn: '2010-04-01' }
    const invoice = await paper({ kind: 'party', id: partyId }, { docKind: 'invoice', ...old })
    const licence = await paper({ kind: 'party', id: partyId }, { docKind: 'id', ...old })
    const asked = (documentId: string) =>
      world.ask(manager, judgeDisposal, { subjectKind: 'document', subjectId: documentId })
    expect(await asked(invoice)).toMatchObject({
      retentionClass: 'tax_books',
      dueOn: '2021-07-01',
      reasons: [],
    })
    // Proof of identity is kept as long as the company itself.
    expect(await asked(licence)).toMatchObject({ retentionClass: 'rejected', dueOn: '2027-11-24' })
    const { id } = await disposedOf('document', invoice)
    const [done] = (await world.ask(manager, listDisposals, { subjectId: invoice })).rows
    expect(done).toMatchObject({ id, documents: 1, files: 1, filesLeft: 0, keysDestroyed: 0 })
    // What else is the customer's stands, and so does its key.
    expect((await world.ask(all, openParty, { partyId })).disposedAt).toBeNull()
    await paper({ kind: 'party', id: partyId }, { docKind: 'letter' })
    const certificate = done!.certificateDocumentId!
    expect(await at(new Date('2060-01-01T10:00:00+09:00'), () => reasonsOf('document', certificate))).toEqual(
      ['nobody_else_must_need_it'],
    )
  })
})

describe('a company made of several records, with a claim that was paid', () => {
  it('goes as a whole once its books may', async () => {
    world.clock.set(new Date('2026-07-13T10:00:00+09:00'))
    const pair = await readyPair(world, desk, 'シュウリョウ', { terms: remits })
    const { ids } = await book.bought(pair, [{ invoiceNo: 'E-1', faceYen: 500_000 }])
    world.clock.set(new Date('2026-09-01T10:00:00+09:00'))
    const payment = await book.deposited(500_000, 'ｶ)ｼﾕｳﾘﾖｳ', '2026-09-01')
    await book.take(payment, [ids[0]!, 500_000])
    const twin = await party({ legalName: '株式会社シュウリョウ', legalNameKana: 'シュウリョウ' })
    const merging = await world.run(all, merge, {
      partyIds: [pair.clientId, twin],
      choices: {},
      change: evidenced,
    } as never)
    await world.done(await world.person('決裁', 'approver', 'manager'), approve, {
      changeRequestId: (merging.body as { changeRequestId: string }).changeRequestId,
    })
    await changed(
      sql`update contract set state = 'completed', terminated_on = '2026-09-30' where id = ${pair.contractId}`,
      pair.clientId,
    )
    const judged = await world.ask(manager, judgeDisposal, { subjectKind: 'party', subjectId: twin })
    expect(judged).toMatchObject({ retentionClass: 'tax_books', dueOn: '2037-12-01' })
    world.clock.set(new Date('2038-01-05T10:00:00+09:00'))
    const { id } = await disposedOf('party', twin)
    const { rows } = await sql<{
      legal_name: string
    }>`select legal_name from party where id = any(${[twin, pair.clientId]}::uuid[])`.execute(world.db)
    expect(rows.map(row => row.legal_name)).toEqual(['廃棄済み', '廃棄済み'])
    const [done] = (await world.ask(manager, listDisposals, { subjectId: twin })).rows
    expect(done).toMatchObject({ id, parties: 2 })
    const money = await sql<{ price: number; payer_kana: string }>`
      select p.price_yen as price, l.payer_kana from purchase p, payment_in i join bank_line l on l.id = i.line_id
      where p.client_id = ${pair.clientId} and i.id = ${payment}`.execute(world.db)
    expect(money.rows[0]).toMatchObject({ payer_kana: '廃棄済み' })
    world.clock.set(BEGIN)
  })
})

describe('an import', () => {
  it('loses the words of a record that is disposed of, and can be undone no more', async () => {
    const [maker, checker] = [
      await world.person('移行', 'operations'),
      await world.person('移行承認', 'approver'),
    ]
    const drive = new Drive(world, maker, checker)
    const batchId = await drive.taken('法人名,電話番号\n株式会社取込済,03-5550-0199\n')
    const [row] = await drive.rows(batchId)
    expect(row?.name).toContain('取込済')
    await at(NEXT_YEARS, async () => {
      await disposedOf('party', row!.party!.id)
      expect((await drive.rows(batchId))[0]?.name).toBe('廃棄済み')
      expect(await world.refused(world.run(maker, revertImport, { batchId, change }))).toEqual([
        'batch_must_not_be_disposed_of',
      ])
    })
  })
})

describe('the list of what is past its retention', () => {
  it('is found by a walk over all records, with what stands against each, and pages', async () => {
    const free = await Promise.all([party(), party(), party()])
    const blocked = await party()
    const documentId = await paper({ kind: 'party', id: blocked }, { docKind: 'letter' })
    await world.done(compliance, hold, { documentId, reason: '訴訟に備えて保全する' })
    const running = await party()
    await executedContract(world, desk, running)
    await at(NEXT_YEARS, async () => {
      while (await findNextDue(world.db, world.clock.now()));
      const first = await world.ask(manager, listDisposalDue, { limit: 2, kind: 'party' as never })
      const rows = [...first.rows]
      let next = first.next
      while (next) {
        const page = await world.ask(manager, listDisposalDue, {
          limit: 2,
          kind: 'party' as never,
          after: next,
        })
        rows.push(...page.rows)
        next = page.next
      }
      const byId = new Map(rows.map(row => [row.subjectId, row]))
      for (const id of free)
        expect(byId.get(id)).toMatchObject({ retentionClass: 'rejected', hindrances: [] })
      expect(byId.get(blocked)?.hindrances).toEqual(['papers_must_not_be_held'])
      expect(byId.has(running)).toBe(false)
      expect(first.foundAt).not.toBeNull()
      expect(first.counts.blocked).toBeGreaterThanOrEqual(1)
      expect([...rows].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).map(row => row.dueOn)).toEqual(
        rows.map(row => row.dueOn),
      )
      await disposedOf('party', free[0]!)
      const after = await world.ask(manager, listDisposalDue, { limit: 200, kind: 'party' as never })
      expect(after.rows.map(row => row.subjectId)).not.toContain(free[0])
    })
  })
})

describe('the trail', () => {
  const verify = async () => {
    while ((await sealOnce(world.db, world.master, world.clock.now())) !== null);
    return verifyTrail(world.db, { master: world.master, anchors: [], now: world.clock.now() })
  }

  it('tells a text a disposal emptied from one that somebody changed', async () => {
    expect((await verify()).firstFault).toBeNull()
    const [erased] = await world.db.selectFrom('audit_erasure').select('event_id').limit(1).execute()
    const [own] = await world.db
      .selectFrom('audit_event')
      .select('id')
      .where('verb', '=', 'party_registered')
      .where('id', 'not in', eb => eb.selectFrom('audit_erasure').select('event_id'))
      .limit(1)
      .execute()
    expect(erased && own).toBeTruthy()
    const { openDatabase, openPool } = await import('../../platform/database/database.ts')
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'forger' }))
    try {
      const [disposal] = await world.db.selectFrom('audit_erasure').select('disposal_id').limit(1).execute()
      await sql`insert into audit_erasure values (${own!.id}, ${disposal!.disposal_id})`.execute(owner)
      await sql`update audit_event set canonical_text = '{"erased":true,"subjects":[]}' where id = ${own!.id}`.execute(
        owner,
      )
      expect((await verify()).firstFault).toMatchObject({ kind: 'changed' })
    } finally {
      await owner.destroy()
    }
  })

  it('cannot be emptied, and no row blanked, outside of a disposal', async () => {
    const outside = sql`select erase_event_texts(gen_random_uuid(), '{}')`.execute(world.db)
    await expect(outside).rejects.toThrow('nothing is erased outside of a disposal')
    const blanked =
      sql`select erase_disposed(gen_random_uuid(), 'party_name', 'party_id', '{}', '{"name": "x"}')`.execute(
        world.db,
      )
    await expect(blanked).rejects.toThrow('nothing is erased outside of a disposal')
    await expect(sql`update audit_event set canonical_text = ''`.execute(world.db)).rejects.toThrow(
      'permission denied',
    )
  })
})
