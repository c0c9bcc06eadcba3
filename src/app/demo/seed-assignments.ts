import { assignContractorCommand } from '../../business/parties/index.ts'
import type { Seeding } from './seed.ts'

/** The collection agency sees the late customers, until its contract ends. */
export async function seedAssignments(seeding: Seeding): Promise<void> {
  const { demo, staff, parties, program } = seeding
  for (const person of demo.staff) {
    const ids = person.assignedParties.flatMap(key => parties.get(key) ?? [])
    const contractor = staff.get(person.key)
    if (ids.length === 0 || !contractor || !person.endsOn) continue
    const rows = await program.db.selectFrom('party').select('party_no').where('id', 'in', ids).execute()
    await seeding.run(
      'manager',
      assignContractorCommand,
      {
        staffId: contractor.id,
        partyNos: rows.map(row => row.party_no),
        endsOn: person.endsOn,
        reason: '督促代行の委託契約による',
      },
      `assign-${person.key}`,
    )
  }
}
