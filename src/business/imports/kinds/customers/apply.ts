import type { CommandContext, CommandEvent } from '../../../../platform/commands/command.ts'
import { type Id, newId } from '../../../../platform/ids/uuid.ts'
import type { Json } from '../../../../platform/trail/canonical.ts'
import {
  changeManyParties,
  type PartyChangeOfMany,
  type PartyColumns,
  type PlacesMade,
  registerManyParties,
} from '../../../parties/index.ts'
import {
  partiesWithRepresentative,
  type RepresentativeOfMany,
  registerManyRepresentatives,
} from '../../../people/index.ts'
import { type LockedBatch, placeOf, subjectOf } from '../../batch.ts'
import type { RowResult } from '../../row-results.ts'
import { keepSourceNos } from '../../source-numbers.ts'
import type { RowProblem } from '../../tables.ts'
import type { AppliedChunk, PlannedRow, StagedRow, Undo } from '../import-kind.ts'
import { MOVED } from '../moved.ts'
import { changeOwn, keepOwnOfNew, type OwnUndo, wordsOfNew } from './own-rows.ts'
import { changesOf, sameCore } from './plan.ts'
import { type ReadRow, readRowOnce } from './read-row.ts'

/** What undoes one row of a customers' file. */
export type CustomerUndo = Undo &
  (
    | { kind: 'new'; partyId: Id; person: PersonIds | null; places?: PlacesMade | null }
    | {
        kind: 'change'
        partyId: Id
        before: PartyColumns & { [column: string]: Json }
        after: PartyColumns & { [column: string]: Json }
        person: PersonIds | null
        own?: OwnUndo | null
      }
  )

type PersonIds = { personId: Id; partyPersonId: Id }

interface PlannedRecord {
  row: ReadRow
  outcome: 'new' | 'update' | 'merged'
  partyId: Id | null
  mergedIntoRow: number | null
  /** What the rehearsal said of it. */
  seen: readonly RowProblem[]
}

/**
 * Takes one chunk into the register, as it was approved, in the caller's transaction: registers, fills, records one event a row.
 * Rows whose ground has moved since the rehearsal are left out and marked.
 */
export async function applyCustomers(
  context: CommandContext,
  batch: LockedBatch,
  staged: readonly StagedRow[],
  plans: ReadonlyMap<number, PlannedRow>,
): Promise<AppliedChunk> {
  const reader = { ...batch, today: context.today }
  const planned = staged.flatMap((one): PlannedRecord[] => {
    const plan = plans.get(one.rowNo)
    if (!plan || plan.outcome === 'refused' || plan.outcome === 'skipped') return []
    const row = readRowOnce(one, reader)
    if (!row.party) return []
    return [
      {
        row,
        outcome: plan.outcome,
        partyId: plan.partyId,
        mergedIntoRow: plan.mergedIntoRow,
        seen: plan.problems,
      },
    ]
  })
  const undo: CustomerUndo[] = []
  const results: RowResult[] = []
  const made = await registerNew(context, batch, planned, undo, results)
  await changeExisting(context, batch, planned, made, undo, results)
  const sourceNos = new Map(planned.map(({ row }) => [row.rowNo, row.sourceNo]))
  await keepSourceNos(
    context,
    batch,
    'party',
    results.flatMap(({ rowNo, recordId }) => {
      const sourceNo = sourceNos.get(rowNo)
      return sourceNo && recordId ? [{ rowNo, sourceNo, recordId }] : []
    }),
  )
  return { undo, results }
}

function personOf(row: ReadRow, partyId: Id): RepresentativeOfMany | null {
  return row.representative && { personId: newId(), partyPersonId: newId(), partyId, ...row.representative }
}

/** Registers the new records of the chunk; returns the record each of its rows went into. */
async function registerNew(
  context: CommandContext,
  batch: LockedBatch,
  planned: readonly PlannedRecord[],
  undo: CustomerUndo[],
  results: RowResult[],
): Promise<Map<number, Id>> {
  const fresh = planned.filter(record => record.outcome === 'new')
  const taken = await takenNumbers(
    context,
    fresh.map(record => record.row.values?.corporate_number ?? null),
  )
  const free = fresh.filter(({ row }) => {
    const number = row.values?.corporate_number
    if (!number || !taken.has(number)) return true
    results.push({ rowNo: row.rowNo, state: 'conflict', recordId: null, problem: MOVED })
    return false
  })
  const people = free.map(({ row }) => personOf(row, ''))
  const words = await wordsOfNew(
    context,
    batch,
    free.map(({ row }) => row),
  )
  const parties = await registerManyParties(
    context,
    free.map(({ row }, at) => ({
      input: row.party!,
      checked: { values: row.values!, form: row.form! },
      subjects: [subjectOf(batch), ...(people[at] ? [{ kind: 'person', id: people[at].personId }] : [])],
      facts: placeOf(batch, row),
      after: words[at]!,
      heldRoles: people[at] ? ['representative'] : [],
    })),
  )
  const places = await keepOwnOfNew(
    context,
    batch,
    free.map(({ row }, at) => ({ row, partyId: parties[at]!.id })),
  )
  const made = new Map<number, Id>()
  for (const [at, { row }] of free.entries()) {
    const partyId = parties[at]!.id
    const person = people[at] ?? null
    if (person) person.partyId = partyId
    made.set(row.rowNo, partyId)
    undo.push({
      kind: 'new',
      rowNo: row.rowNo,
      partyId,
      person: person && idsOf(person),
      places: places.get(row.rowNo) ?? null,
    })
    results.push({ rowNo: row.rowNo, state: 'applied', recordId: partyId, partyId, problem: null })
  }
  await registerManyRepresentatives(
    context,
    people.filter(person => person !== null),
  )
  return made
}

const idsOf = ({ personId, partyPersonId }: RepresentativeOfMany) => ({ personId, partyPersonId })

async function takenNumbers(
  { tx }: CommandContext,
  numbers: readonly (string | null)[],
): Promise<Map<string, Id>> {
  const asked = numbers.filter(number => number !== null)
  if (asked.length === 0) return new Map()
  const rows = await tx
    .selectFrom('party')
    .select(['id', 'corporate_number'])
    .where('corporate_number', 'in', asked)
    .execute()
  return new Map(rows.map(row => [row.corporate_number!, row.id]))
}

/** Fills or overwrites records that are there, in waves of at most one row per record, so that each row has its own event. */
async function changeExisting(
  context: CommandContext,
  batch: LockedBatch,
  planned: readonly PlannedRecord[],
  made: ReadonlyMap<number, Id>,
  undo: CustomerUndo[],
  results: RowResult[],
): Promise<void> {
  const existing = planned.filter(record => record.outcome !== 'new')
  const targets = await targetsOf(context, batch.id, existing, made)
  let rest = existing.filter(({ row }) => {
    if (targets.has(row.rowNo)) return true
    results.push({ rowNo: row.rowNo, state: 'conflict', recordId: null, problem: MOVED })
    return false
  })
  while (rest.length > 0) {
    const seen = new Set<Id>()
    const [wave, later]: [PlannedRecord[], PlannedRecord[]] = [[], []]
    for (const record of rest) {
      const target = targets.get(record.row.rowNo)!
      ;(seen.has(target) ? later : wave).push(record)
      seen.add(target)
    }
    await changeWave(context, batch, wave, targets, undo, results)
    rest = later
  }
}

async function changeWave(
  context: CommandContext,
  batch: LockedBatch,
  wave: readonly PlannedRecord[],
  targets: ReadonlyMap<number, Id>,
  undo: CustomerUndo[],
  results: RowResult[],
): Promise<void> {
  const ids = [...new Set(wave.map(({ row }) => targets.get(row.rowNo)!))].sort()
  const rows = await context.tx
    .selectFrom('party')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  const current = new Map(rows.map(row => [row.id, row]))
  const withPerson = await partiesWithRepresentative(context, ids)
  const taken = await takenNumbers(
    context,
    wave.map(({ row }) => row.values?.corporate_number ?? null),
  )
  const changes: PartyChangeOfMany[] = []
  const people: RepresentativeOfMany[] = []
  const matched: CommandEvent[] = []
  const standing: (PlannedRecord & { partyId: Id })[] = []
  const mine: Extract<CustomerUndo, { kind: 'change' }>[] = []
  for (const record of wave) {
    const { row, outcome } = record
    const partyId = targets.get(row.rowNo)!
    const party = current.get(partyId)
    const holder = row.values?.corporate_number ? taken.get(row.values.corporate_number) : undefined
    if (!party || (holder !== undefined && holder !== partyId)) {
      results.push({ rowNo: row.rowNo, state: 'conflict', recordId: null, problem: MOVED })
      continue
    }
    const how = outcome === 'update' ? batch.options.existing : 'fill'
    const after = changesOf(row, party as never, how, sameCore)
    const before = Object.fromEntries(
      Object.keys(after).map(column => [column, (party as never as Record<string, Json>)[column] ?? null]),
    ) as PartyColumns
    const person = withPerson.has(partyId) ? null : personOf(row, partyId)
    if (person) people.push(person)
    const subjects = [subjectOf(batch), ...(person ? [{ kind: 'person', id: person.personId }] : [])]
    const facts = placeOf(batch, row)
    if (Object.keys(after).length > 0)
      changes.push({
        partyId,
        rowVersion: party.row_version,
        kind: party.party_kind,
        before,
        after,
        subjects,
        facts,
        reason: `取込 ${batch.batch_no}`,
      })
    else
      matched.push({
        verb: 'party_import_matched',
        subjects: [{ kind: 'party', id: partyId }, ...subjects],
        facts,
      })
    standing.push({ ...record, partyId })
    mine.push({ kind: 'change', rowNo: row.rowNo, partyId, before, after, person: person && idsOf(person) })
  }
  await changeManyParties(context, changes)
  if (matched.length > 0) await context.record(...matched)
  await registerManyRepresentatives(context, people)
  const own = await changeOwn(context, batch, standing)
  for (const one of mine) {
    undo.push({ ...one, own: own.undo.get(one.rowNo) ?? null })
    const problem = own.notes.get(one.rowNo) ?? null
    results.push({ rowNo: one.rowNo, state: 'applied', recordId: one.partyId, partyId: one.partyId, problem })
  }
}

/** The record each row goes into: the planned one, or the one an earlier row of the file was registered as. */
async function targetsOf(
  { tx }: CommandContext,
  batchId: Id,
  existing: readonly PlannedRecord[],
  made: ReadonlyMap<number, Id>,
): Promise<Map<number, Id>> {
  const earlier = [
    ...new Set(
      existing.flatMap(({ mergedIntoRow }) =>
        mergedIntoRow !== null && !made.has(mergedIntoRow) ? [mergedIntoRow] : [],
      ),
    ),
  ]
  const rows = earlier.length
    ? await tx
        .selectFrom('import_row')
        .select(['row_no', 'party_id'])
        .where('batch_id', '=', batchId)
        .where('row_no', 'in', earlier)
        .where('party_id', 'is not', null)
        .execute()
    : []
  const byRow = new Map(rows.map(row => [row.row_no, row.party_id!]))
  return new Map(
    existing.flatMap(({ row, partyId, mergedIntoRow }) => {
      const target =
        partyId ?? (mergedIntoRow === null ? null : (made.get(mergedIntoRow) ?? byRow.get(mergedIntoRow)))
      return target ? [[row.rowNo, target] as const] : []
    }),
  )
}
