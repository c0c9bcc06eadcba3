import { defineCommand } from '../../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { contractorUntil } from '../../access/index.ts'
import { assignContractor, endAssignment } from '../assignment-contract.ts'
import '../tables.ts'

/** A contractor sees assigned companies only, and no longer than the contract runs (個情法25条: supervision of whoever is entrusted). */
export const assign = defineCommand(assignContractor, {
  constraints: { party_is_assigned_once: 'party_must_not_be_assigned_already' },
  async run(context, { staffId, partyNos, endsOn, reason }) {
    const { tx, actor, now, today } = context
    const until = await contractorUntil(tx, staffId, today)
    refuseUnless(until !== null, 'assignee_must_be_contractor', { field: 'staffId' })
    const dates: Reason[] = []
    if (endsOn < today) dates.push({ code: 'assignment_must_not_end_in_the_past', field: 'endsOn' })
    if (endsOn > until)
      dates.push({
        code: 'assignment_must_end_with_the_contract',
        field: 'endsOn',
        message: `割当ての終了日は、委託先の利用期限（${until}）までにしてください。`,
      })
    refuseAll(dates, 'invalid')
    await tx
      .updateTable('party_assignment')
      .set({ ended_by: actor.id, ended_at: now.toISOString(), ended_reason: '期限の経過による終了' })
      .where('staff_id', '=', staffId)
      .where('ended_at', 'is', null)
      .where('ends_on', '<', today)
      .execute()
    const numbers = [...new Set(partyNos.map(standardNo))]
    const parties = await tx
      .selectFrom('party as p')
      .leftJoin('party_assignment as a', join =>
        join.onRef('a.party_id', '=', 'p.id').on('a.staff_id', '=', staffId).on('a.ended_at', 'is', null),
      )
      .select(['p.id', 'p.party_no', 'p.legal_name', 'a.id as assigned'])
      .where('p.party_no', 'in', numbers)
      .orderBy('p.party_no')
      .execute()
    const known = new Map(parties.map(party => [party.party_no, party]))
    refuseAll(
      numbers.flatMap((partyNo, at): Reason[] => {
        const party = known.get(partyNo)
        if (!party)
          return [
            {
              code: 'party_must_exist',
              field: `partyNos.${at}`,
              message: `顧客番号 ${partyNo} は見つかりません。番号を確かめてください。`,
            },
          ]
        if (party.assigned)
          return [
            {
              code: 'party_must_not_be_assigned_already',
              field: `partyNos.${at}`,
              message: `${partyNo} は既に割り当てられています。期限を変えるときは、終了してから割り当て直してください。`,
            },
          ]
        return []
      }),
    )
    for (const party of parties) {
      await tx
        .insertInto('party_assignment')
        .values({
          id: newId(),
          party_id: party.id,
          staff_id: staffId,
          starts_on: today,
          ends_on: endsOn,
          reason,
          assigned_by: actor.id,
          assigned_at: now.toISOString(),
          ended_by: null,
          ended_at: null,
          ended_reason: null,
        })
        .execute()
      await context.record({
        verb: 'contractor_assigned',
        subjects: [
          { kind: 'party', id: party.id },
          { kind: 'staff', id: staffId },
        ],
        after: { endsOn },
        facts: { summary: `${party.party_no} ${party.legal_name}　${endsOn} まで` },
        reason,
      })
    }
    return { assigned: parties.length }
  },
})

/** C-123 as people write it → C-000123 as it stands. */
function standardNo(partyNo: string): string {
  return `C-${partyNo.slice(2).replace(/^0+/, '').padStart(6, '0')}`
}

export const endAssigned = defineCommand(endAssignment, {
  async run(context, { assignmentId, reason }) {
    const { tx, actor, now, today } = context
    const row = found(
      await tx
        .selectFrom('party_assignment')
        .selectAll()
        .where('id', '=', assignmentId)
        .forUpdate()
        .executeTakeFirst(),
      'party_assignment',
    )
    refuseUnless(row.ended_at === null && row.ends_on >= today, 'assignment_must_stand')
    await tx
      .updateTable('party_assignment')
      .set({ ended_by: actor.id, ended_at: now.toISOString(), ended_reason: reason })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'contractor_assignment_ended',
      subjects: [
        { kind: 'party', id: row.party_id },
        { kind: 'staff', id: row.staff_id },
      ],
      before: { endsOn: row.ends_on },
      reason,
    })
    return { id: row.id }
  },
})
