import { type Selectable, sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { applyFirst, decideFirst, eventValues } from '../customization/index.ts'
import { lockParty } from '../parties/index.ts'
import {
  changeIncident,
  closeIncident,
  fileIncident,
  type IncidentItems,
  openIncident,
  reopenIncident,
} from './contract.ts'
import { filingLabels, incidentKindLabels } from './labels.ts'
import { breachDeadlines } from './rules/breach-deadlines.ts'
import { filingsOf, hindrancesToClose, ITEMS_OF_KIND, reportDueOn } from './rules/incident.ts'
import type { Filing, IncidentKind, SubjectRole } from './tables.ts'
import './tables.ts'

export type Incident = Selectable<Tables['incident']>

export const open = defineCommand(openIncident, {
  async run(context, { kind, subjects, custom, ...items }) {
    const { tx, actor, now } = context
    await check(context, kind, items, null)
    for (const { partyId } of subjects) await lockParty(context, partyId)
    const id = newId()
    const own = await decideFirst(context, { kind: 'incident', id, dataSubjectId: id }, custom)
    const { incident_no } = await tx
      .insertInto('incident')
      .values({
        id,
        kind,
        ...(await columnsOf(context, id, kind, items)),
        owner_id: items.ownerId ?? actor.id,
        reported_on: null,
        claim_filed_on: null,
        preliminary_filed_on: null,
        final_filed_on: null,
        opened_by: actor.id,
        opened_at: now.toISOString(),
        closed_on: null,
        closed_by: null,
      })
      .returning('incident_no')
      .executeTakeFirstOrThrow()
    await putSubjects(context, id, subjects)
    await applyFirst(context, own)
    await context.record({
      verb: 'incident_opened',
      subjects: subjectsOf(id, subjects),
      after: {
        incidentKind: kind,
        foundOn: items.foundOn,
        ...(items.lossYen ? { lossYen: items.lossYen } : {}),
        ...eventValues(own.items, 'newText'),
      },
      facts: { summary: `${incident_no}　${incidentKindLabels[kind]}` },
    })
    return { id, incidentNo: incident_no }
  },
})

export const change = defineCommand(changeIncident, {
  async run(context, { incidentId, rowVersion, reason, subjects, ...items }) {
    const { tx } = context
    const row = await lock(context, incidentId, rowVersion)
    await check(context, row.kind, items, row)
    const before = await subjectsIn(context, row.id)
    for (const { partyId } of subjects)
      if (!before.some(one => one.partyId === partyId)) await lockParty(context, partyId)
    const columns = await columnsOf(context, row.id, row.kind, items)
    const changed = await whatChanged(context, row, { ...columns, owner_id: items.ownerId ?? row.owner_id })
    const key = (of: readonly { partyId: Id; role: SubjectRole }[]) =>
      of
        .map(one => `${one.partyId} ${one.role}`)
        .sort()
        .join()
    if (key(before) !== key(subjects)) changed.push('subjects')
    refuseUnless(changed.length > 0, 'something_must_change', { kind: 'invalid' })
    await tx
      .updateTable('incident')
      .set({ ...columns, owner_id: items.ownerId ?? row.owner_id, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    if (changed.includes('subjects')) {
      await tx.deleteFrom('incident_subject').where('incident_id', '=', row.id).execute()
      await putSubjects(context, row.id, subjects)
    }
    const everybody = [...before, ...subjects.filter(one => !before.some(was => was.partyId === one.partyId))]
    await context.record({
      verb: 'incident_changed',
      subjects: subjectsOf(row.id, everybody),
      before: { lossYen: row.loss_yen, reportDueOn: row.report_due_on },
      // Words are said to have changed; what they are stands encrypted in the record.
      after: { lossYen: columns.loss_yen, reportDueOn: columns.report_due_on, changed },
      facts: { summary: row.incident_no },
      reason,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

const FILED: Record<Filing, 'reported_on' | 'claim_filed_on' | 'preliminary_filed_on' | 'final_filed_on'> = {
  report: 'reported_on',
  claim: 'claim_filed_on',
  preliminary: 'preliminary_filed_on',
  final: 'final_filed_on',
}

export const file = defineCommand(fileIncident, {
  async run(context, { incidentId, rowVersion, filing, filedOn, evidence }) {
    const { tx, today } = context
    const row = await lock(context, incidentId, rowVersion)
    const due = filingsOf(row).find(one => one.filing === filing)
    refuseUnless(due !== undefined, 'filing_must_be_due', { field: 'filing' })
    refuseUnless(due.filedOn === null, 'filing_must_not_be_made_twice', { field: 'filing' })
    refuseUnless(filedOn <= today, 'filing_must_not_lie_ahead', { kind: 'invalid', field: 'filedOn' })
    await tx
      .updateTable('incident')
      .set({ [FILED[filing]]: filedOn, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'incident_filed',
      subjects: subjectsOf(row.id, await subjectsIn(context, row.id)),
      after: { filing, filedOn, dueOn: due.dueOn },
      facts: { summary: `${row.incident_no}　${filingLabels[filing]}` },
      evidence,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const close = defineCommand(closeIncident, {
  async run(context, { incidentId, rowVersion, reason }) {
    const { tx, today, actor } = context
    const row = await lock(context, incidentId, rowVersion)
    refuseAll(hindrancesToClose(row).map(code => ({ code })))
    await tx
      .updateTable('incident')
      .set({ closed_on: today, closed_by: actor.id, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'incident_closed',
      subjects: subjectsOf(row.id, await subjectsIn(context, row.id)),
      facts: { summary: row.incident_no },
      reason,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

/** What comes to light later belongs to the same incident: who reopened it and why stands in its history, beside who had ended it. */
export const reopen = defineCommand(reopenIncident, {
  async run(context, { incidentId, rowVersion, reason }) {
    const row = await lockAny(context, incidentId, rowVersion)
    refuseUnless(row.closed_on !== null, 'incident_must_be_closed')
    await context.tx
      .updateTable('incident')
      .set({ closed_on: null, closed_by: null, row_version: sql`row_version + 1` })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'incident_reopened',
      subjects: subjectsOf(row.id, await subjectsIn(context, row.id)),
      before: { closedOn: row.closed_on },
      after: { closedOn: null },
      facts: { summary: row.incident_no },
      reason,
    })
    return { id: row.id, rowVersion: row.row_version + 1 }
  },
})

export const commands = [open, change, file, close, reopen] as const

type Items = Omit<IncidentItems, 'subjects'>

/** What no incident may say: days ahead, items of another kind, an owner who does not work here. */
async function check(
  { tx, today }: CommandContext,
  kind: IncidentKind,
  items: Items,
  row: Incident | null,
): Promise<void> {
  const given = (name: keyof typeof ITEMS_OF_KIND) => {
    const value = items[name]
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined
  }
  const owner =
    items.ownerId && items.ownerId !== row?.owner_id
      ? await tx
          .selectFrom('staff_member')
          .select('id')
          .where('id', '=', items.ownerId)
          .where('left_at', 'is', null)
          .executeTakeFirst()
      : true
  refuseAll(
    [
      ...(items.foundOn > today ? [{ code: 'found_must_not_lie_ahead', field: 'foundOn' }] : []),
      ...((items.knownOn ?? '') > today ? [{ code: 'found_must_not_lie_ahead', field: 'knownOn' }] : []),
      ...(Object.keys(ITEMS_OF_KIND) as (keyof typeof ITEMS_OF_KIND)[]).flatMap(name =>
        given(name) && ITEMS_OF_KIND[name] !== kind
          ? [{ code: 'field_must_suit_the_kind', field: name as string }]
          : [],
      ),
      ...(kind === 'data' && !items.knownOn ? [{ code: 'known_day_must_be_given', field: 'knownOn' }] : []),
      ...(owner ? [] : [{ code: 'owner_must_be_staff', field: 'ownerId' }]),
    ],
    'invalid',
  )
}

/** The columns that hold the items; words are encrypted under the incident's own key, deadlines follow from the days. */
async function columnsOf({ tx, keys }: CommandContext, id: Id, kind: IncidentKind, items: Items) {
  const seal = async (text: string | null | undefined) => (text ? keys.seal(tx, id, text) : null)
  const breach =
    kind === 'data' && items.knownOn
      ? breachDeadlines(items.knownOn, items.breachGrounds)
      : { preliminaryDueOn: null, finalDueOn: null }
  return {
    title: items.title,
    found_on: items.foundOn,
    facts_sealed: (await seal(items.facts))!,
    cause_sealed: await seal(items.cause),
    prevention_sealed: await seal(items.recurrencePrevention),
    loss_yen: items.lossYen ?? null,
    report_due_on: items.reportDueOn ?? reportDueOn(items.foundOn),
    filing_on: items.filingOn ?? null,
    court: items.court ?? null,
    court_case_no: items.courtCaseNo ?? null,
    claim_deadline_on: items.claimDeadlineOn ?? null,
    known_on: items.knownOn ?? null,
    persons_affected: items.personsAffected ?? null,
    breach_grounds: [...new Set(items.breachGrounds)].sort(),
    preliminary_due_on: breach.preliminaryDueOn,
    final_due_on: breach.finalDueOn,
  }
}

/** The names of the columns that differ; words are compared decrypted. */
async function whatChanged(
  { tx, keys }: CommandContext,
  row: Incident,
  columns: Awaited<ReturnType<typeof columnsOf>> & { owner_id: Id },
): Promise<string[]> {
  const said = async (value: unknown) =>
    typeof value === 'string' && value.startsWith('enc1.') ? keys.open(tx, value) : JSON.stringify(value)
  const changed: string[] = []
  for (const [name, value] of Object.entries(columns))
    if ((await said(row[name as keyof Incident])) !== (await said(value)))
      changed.push(name.replace(/_sealed$/, ''))
  return changed
}

async function lock(context: CommandContext, id: Id, rowVersion: number): Promise<Incident> {
  const row = await lockAny(context, id, rowVersion)
  refuseUnless(row.closed_on === null, 'incident_must_be_open')
  return row
}

async function lockAny({ tx }: CommandContext, id: Id, rowVersion: number): Promise<Incident> {
  const row = found(
    await tx.selectFrom('incident').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'incident',
  )
  refuseUnless(row.row_version === rowVersion, 'record_must_be_unchanged')
  return row
}

async function subjectsIn({ tx }: CommandContext, incidentId: Id) {
  return tx
    .selectFrom('incident_subject')
    .select(['party_id as partyId', 'subject_role as role'])
    .where('incident_id', '=', incidentId)
    .orderBy('party_id')
    .execute()
}

async function putSubjects(
  { tx }: CommandContext,
  incidentId: Id,
  subjects: readonly { partyId: Id; role: SubjectRole }[],
): Promise<void> {
  if (subjects.length === 0) return
  const byParty = new Map(subjects.map(one => [one.partyId, one.role]))
  await tx
    .insertInto('incident_subject')
    .values(
      [...byParty].map(([party_id, subject_role]) => ({ incident_id: incidentId, party_id, subject_role })),
    )
    .execute()
}

function subjectsOf(id: Id, subjects: readonly { partyId: Id }[]) {
  return [{ kind: 'incident', id }, ...subjects.map(({ partyId }) => ({ kind: 'party', id: partyId }))]
}
