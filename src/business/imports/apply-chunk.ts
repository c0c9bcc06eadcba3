import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import {
  changeManyParties,
  type PartyChangeOfMany,
  type PartyColumns,
  registerManyParties,
} from '../parties/index.ts'
import {
  partiesWithRepresentative,
  type RepresentativeOfMany,
  registerManyRepresentatives,
} from '../people/index.ts'
import { CHUNK_ROWS, type LockedBatch } from './commands.ts'
import { changesOf } from './plan.ts'
import type { ReadRow } from './read-row.ts'
import { readChunk, sameCore } from './rehearsal.ts'
import { type RowResult, writeResults } from './row-results.ts'
import type { RowProblem } from './tables.ts'

/** What undoes one row; kept encrypted with the chunk. */
export type Undo =
  | { kind: 'new'; rowNo: number; partyId: Id; person: { personId: Id; partyPersonId: Id } | null }
  | {
      kind: 'change'
      rowNo: number
      partyId: Id
      before: PartyColumns
      after: PartyColumns
      person: { personId: Id; partyPersonId: Id } | null
    }

interface PlannedRecord {
  row: ReadRow
  outcome: 'new' | 'update' | 'merged'
  partyId: Id | null
  mergedIntoRow: number | null
}

const MOVED: RowProblem = {
  code: 'row_must_still_stand_as_rehearsed',
  column: null,
  heading: null,
  message: '試し取込の後に登録内容が変わったため、取り込みませんでした。',
  weight: 'error',
}

/**
 * Takes one chunk into the register, as it was approved, in the caller's transaction: registers, fills, records one event a row,
 * keeps what undoes it. Rows whose ground has moved since the rehearsal are left out and marked.
 */
export async function applyChunk(
  context: CommandContext,
  batch: LockedBatch,
  chunk: { chunk_no: number; rows_sealed: string },
): Promise<void> {
  const rows = await readChunk(context, batch, chunk.rows_sealed, chunk.chunk_no * CHUNK_ROWS)
  const planned = await plannedRecords(context, batch.id, rows)
  const undo: Undo[] = []
  const results: RowResult[] = []
  const made = await registerNew(context, batch, planned, undo, results)
  await changeExisting(context, batch, planned, made, undo, results)
  await writeResults(context.tx, batch.id, results)
  const undoSealed = await context.keys.seal(context.tx, batch.id, JSON.stringify(undo))
  await context.tx
    .updateTable('import_chunk')
    .set({ applied_at: context.now.toISOString(), undo_sealed: undoSealed })
    .where('batch_id', '=', batch.id)
    .where('chunk_no', '=', chunk.chunk_no)
    .execute()
}

async function plannedRecords(
  { tx }: CommandContext,
  batchId: Id,
  rows: readonly ReadRow[],
): Promise<PlannedRecord[]> {
  const stored = await tx
    .selectFrom('import_row')
    .select(['row_no', 'outcome', 'party_id', 'merged_into_row'])
    .where('batch_id', '=', batchId)
    .where('row_no', '>=', rows[0]!.rowNo)
    .where('row_no', '<=', rows.at(-1)!.rowNo)
    .execute()
  const byNo = new Map(stored.map(row => [row.row_no, row]))
  return rows.flatMap(row => {
    const plan = byNo.get(row.rowNo)
    if (!plan || plan.outcome === 'refused' || !row.party) return []
    return [{ row, outcome: plan.outcome, partyId: plan.party_id, mergedIntoRow: plan.merged_into_row }]
  })
}

const place = (batch: LockedBatch, row: ReadRow): Json => ({
  summary: `取込 ${batch.batch_no}　${row.line}行目`,
  batchNo: batch.batch_no,
  line: row.line,
})

const subjectOf = (batch: LockedBatch) => ({ kind: 'import', id: batch.id })

function personOf(row: ReadRow, partyId: Id): RepresentativeOfMany | null {
  return row.representative && { personId: newId(), partyPersonId: newId(), partyId, ...row.representative }
}

/** Registers the new records of the chunk; returns the record each of its rows went into. */
async function registerNew(
  context: CommandContext,
  batch: LockedBatch,
  planned: readonly PlannedRecord[],
  undo: Undo[],
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
    results.push({ rowNo: row.rowNo, state: 'conflict', partyId: null, problem: MOVED })
    return false
  })
  const people = free.map(({ row }) => personOf(row, ''))
  const parties = await registerManyParties(
    context,
    free.map(({ row }, at) => ({
      input: row.party!,
      subjects: [subjectOf(batch), ...(people[at] ? [{ kind: 'person', id: people[at].personId }] : [])],
      facts: place(batch, row),
    })),
  )
  const made = new Map<number, Id>()
  for (const [at, { row }] of free.entries()) {
    const partyId = parties[at]!.id
    const person = people[at] ?? null
    if (person) person.partyId = partyId
    made.set(row.rowNo, partyId)
    undo.push({ kind: 'new', rowNo: row.rowNo, partyId, person: person && idsOf(person) })
    results.push({ rowNo: row.rowNo, state: 'applied', partyId, problem: null })
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
  undo: Undo[],
  results: RowResult[],
): Promise<void> {
  const existing = planned.filter(record => record.outcome !== 'new')
  const targets = await targetsOf(context, batch.id, existing, made)
  let rest = existing.filter(({ row }) => {
    if (targets.has(row.rowNo)) return true
    results.push({ rowNo: row.rowNo, state: 'conflict', partyId: null, problem: MOVED })
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
  undo: Undo[],
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
  for (const { row, outcome } of wave) {
    const partyId = targets.get(row.rowNo)!
    const party = current.get(partyId)
    const holder = row.values?.corporate_number ? taken.get(row.values.corporate_number) : undefined
    if (!party || (holder !== undefined && holder !== partyId)) {
      results.push({ rowNo: row.rowNo, state: 'conflict', partyId: null, problem: MOVED })
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
    const facts = place(batch, row)
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
      await context.record({
        verb: 'party_import_matched',
        subjects: [{ kind: 'party', id: partyId }, ...subjects],
        facts,
      })
    undo.push({ kind: 'change', rowNo: row.rowNo, partyId, before, after, person: person && idsOf(person) })
    results.push({ rowNo: row.rowNo, state: 'applied', partyId, problem: null })
  }
  await changeManyParties(context, changes)
  await registerManyRepresentatives(context, people)
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
