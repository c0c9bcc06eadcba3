import { recordHoldingCommand } from '../../business/ownership/index.ts'
import { registerPartyCommand } from '../../business/parties/index.ts'
import { addPersonCommand } from '../../business/people/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoParty } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'

const AT_ONCE = 6

/** Parties, their people and holdings. */
export async function seedParties(seeding: Seeding): Promise<void> {
  await inParallel(seeding.demo.parties, AT_ONCE, party => seedParty(seeding, party))
  for (const { holder, held, sharePpm } of seeding.demo.holdings) {
    const input = {
      partyId: seeding.parties.get(held),
      holderPartyId: seeding.parties.get(holder),
      sharePpm,
      change: { reasonCode: 'review', reasonText: '株主名簿で確認' },
    }
    await seeding.run('operations', recordHoldingCommand, input, `holding-${holder}-${held}`)
  }
}

async function seedParty(seeding: Seeding, party: DemoParty): Promise<void> {
  const owner = seeding.staff.get(party.owner)?.permissions.has('parties.register') ? party.owner : 'sales'
  const registered: { id: Id } = await seeding.run(
    owner,
    registerPartyCommand,
    { partyKind: party.partyKind, legalName: party.legalName, roles: party.roles, ...party.basics },
    `party-${party.key}`,
  )
  seeding.parties.set(party.key, registered.id)
  const known = new Map<object, Id>()
  for (const [at, row] of party.people.entries()) {
    const { familyName, givenName, familyKana, givenKana, birthDate } = row.person
    const input = {
      partyId: registered.id,
      personId: known.get(row.person) ?? null,
      role: row.role,
      title: row.title,
      department: row.department,
      boBasis: row.boBasis,
      person: { familyName, givenName, familyKana, givenKana, birthDate, phone: row.phone, email: row.email },
      change: { reasonCode: 'review', reasonText: '登録時の申告' },
    }
    const answer: { personId: Id } = await seeding.run(
      'operations',
      addPersonCommand,
      input,
      `person-${party.key}-${at}`,
    )
    known.set(row.person, answer.personId)
  }
}

/** Runs the work for all items, a few at a time; the first failure ends it. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
