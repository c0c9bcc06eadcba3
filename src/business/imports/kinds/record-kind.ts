import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import type { Refusal } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import type { LockedBatch } from '../batch.ts'
import type { RowResult } from '../row-results.ts'
import { keepSourceNos } from '../source-numbers.ts'
import type { ImportKindName, RowProblem } from '../tables.ts'
import { readOwnValues } from './customers/read-own.ts'
import type { ImportField, ImportKind, PlannedRow, StagedRow, Undo } from './import-kind.ts'
import { MOVED } from './moved.ts'
import { ownImportFields, ownKindOf } from './own-columns.ts'
import { enterOwn, leaveOwn, type OwnValuesRead } from './own-of-record.ts'
import { CellReader } from './read-cells.ts'
import {
  type FoundParty,
  fieldOfPart,
  isReferenced,
  type PartyReference,
  type Resolved,
  referenceOf,
  resolveParties,
} from './references.ts'
import { keptBecause } from './revert-tools.ts'
import { attemptRow, attemptTogether, type Mark, markOf, type Reasons, withMark } from './row-attempts.ts'
import { keepTakenOver } from './taken-over.ts'

/** What a row gave, ready for its slice. */
export interface ReadRecord<Input> {
  input: Input
  /** What the row is called in lists: never the name of a person. */
  label: string
  /** Stands once in a file: the second row with it is refused and names the first. */
  key?: string
  /** Its number in the old system, by which later files may refer to it. */
  sourceNo?: string | null
}

export interface Entered {
  recordId: Id
  /** Records that are new with this row, and may be taken out with it. */
  made: readonly Id[]
  /** Whether `recordId` itself is new, where it cannot be among those. */
  isNew?: boolean
  /** What the slice needs to take the record back. */
  undo: { [fact: string]: Json }
  outcome?: 'new' | 'update' | 'merged'
  /** Said of the row although it is taken. */
  notes?: RowProblem[]
}

export interface ReadContext<Lookup> {
  batch: LockedBatch
  context: CommandContext
  parties: Readonly<Record<string, FoundParty>>
  /** What `prepare` found for the rows of the chunk. */
  lookup: Lookup
  /** The row's line in the file. */
  line: number
}

/** A kind of import whose rows are each one record of one slice, entered through the slice's own rules. */
export interface RecordSpec<Input, Lookup> {
  name: ImportKindName
  fields: readonly ImportField[]
  /** What the maker must be allowed beside preparing imports, and the permission of whoever approves. */
  permission: string
  approve: string
  /** Where what a batch holds asks for another approver. */
  approveOf?: NonNullable<ImportKind['approveOf']>
  /** Prefixes of the party references of a row, the party it is about first; the party must hold the role, where one is named. */
  parties: Readonly<Record<string, RoleOfReference | null>>
  /** References a row may leave empty. */
  optional?: readonly string[]
  needs?: NonNullable<ImportKind['needs']>
  sourceKind?: string
  read(cells: CellReader, given: ReadContext<Lookup>): ReadRecord<Input> | null
  /** Looks up, once a chunk, what single rows would ask the database for one by one. */
  prepare?(
    context: CommandContext,
    batch: LockedBatch,
    rows: readonly StagedRow[],
    readers: readonly CellReader[],
  ): Promise<Lookup>
  /** Runs the slice's own rules and writes; a refusal refuses the row. Its fields are named after the columns by `fieldOf`. */
  enter(context: CommandContext, input: Input, batch: LockedBatch): Promise<Entered>
  /** `enter` for many rows in few statements, for kinds of which a file holds thousands; a refused row must have written nothing. */
  enterMany?(
    context: CommandContext,
    rows: readonly { input: Input; mark: Mark }[],
    batch: LockedBatch,
  ): Promise<(Entered | Refusal)[]>
  fieldOf?: Readonly<Record<string, string>>
  /** Refusal code → the sentence people read; those of the slice's contract. */
  refusals: Readonly<Record<string, string>>
  /** Takes the record back; a refusal says that it was used since. */
  leave(context: CommandContext, undo: Undo, batch: LockedBatch): Promise<void>
  /** `leave` for many rows at once; null for each that was taken back. */
  leaveMany?(
    context: CommandContext,
    rows: readonly { undo: Undo; mark: Mark }[],
    batch: LockedBatch,
  ): Promise<(null | Refusal)[]>
  booksYen?: NonNullable<ImportKind['booksYen']>
}

const roleWords = { client: '利用者（顧客）', debtor: '売掛先', broker: '紹介者' } as const
type RoleOfReference = keyof typeof roleWords

interface Candidate<Input> {
  row: StagedRow
  cells: CellReader
  parties: Record<string, FoundParty>
  /** What the row calls the party it is about, also where nobody is found by it. */
  called: string
  read: ReadRecord<Input> | null
  /** The company's own values; null for kinds that have none. */
  own: OwnValuesRead | null
}

const NEVER_LEFT_EMPTY = new Set([
  'cell_must_hold_a_value',
  'value_must_be_given',
  'my_number_must_not_be_stored',
])
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Makes an import of a slice's records: read, find the parties, run the slice's rules, and at the rehearsal roll back. */
export function recordKind<Input, Lookup = undefined>(spec: RecordSpec<Input, Lookup>): ImportKind {
  const own = ownKindOf[spec.name]
  const byName = new Map(spec.fields.map(field => [field.name, field]))
  const [main = ''] = Object.keys(spec.parties)
  const calledBy = (cells: CellReader) => cells.text(main) ?? cells.text(`${main}Number`) ?? ''
  const needed = Object.keys(spec.parties).filter(prefix => !spec.optional?.includes(prefix))

  async function candidates(
    context: CommandContext,
    batch: LockedBatch,
    rows: readonly StagedRow[],
  ): Promise<Candidate<Input>[]> {
    const all = new Map([...byName, ...ownImportFields(batch.own).map(field => [field.name, field] as const)])
    const readers = rows.map(
      row => new CellReader(row, { ...batch, fields: all, neverLeftEmpty: NEVER_LEFT_EMPTY }),
    )
    const lookup = (await spec.prepare?.(context, batch, rows, readers)) as Lookup
    const found = await findParties(context, batch, readers)
    return rows.map((row, at) => {
      const cells = readers[at]!
      const parties = found[at]!
      const complete = needed.every(prefix => prefix in parties)
      const read = complete ? spec.read(cells, { batch, context, parties, lookup, line: row.line }) : null
      // What could be left empty elsewhere is what this row cannot do without.
      if (read === null) cells.refuse()
      const ownRead = own ? readOwnValues(cells, batch.own, batch.options) : null
      return { row, cells, parties, called: calledBy(cells), read: cells.refused ? null : read, own: ownRead }
    })
  }

  async function findParties(
    context: CommandContext,
    batch: LockedBatch,
    readers: readonly CellReader[],
  ): Promise<Record<string, FoundParty>[]> {
    const found: Record<string, FoundParty>[] = readers.map(() => ({}))
    for (const [prefix, role] of Object.entries(spec.parties)) {
      const references = readers.map(cells => referenceOf(prefix, cells))
      const resolved = await resolveParties(context.tx, batch.options.numbering, references)
      for (const [at, cells] of readers.entries()) {
        const empty = Object.values(references[at]!).every(part => part === null)
        if (empty && spec.optional?.includes(prefix)) continue
        takeParty(cells, prefix, role, references[at]!, resolved[at]!, found[at]!)
      }
    }
    return found
  }

  /** Enters one row by itself; a refusal undoes only this and becomes the row's problems. */
  async function enterRow(
    context: CommandContext,
    batch: LockedBatch,
    candidate: Candidate<Input>,
  ): Promise<Entered | null> {
    const { row, cells, read } = candidate
    if (!read) return null
    const { value, reasons } = await attemptRow(context, () =>
      enterWithOwn(withMark(context, markOf(batch, row)), batch, read.input, candidate.own),
    )
    complainOf(cells, reasons)
    return value
  }

  async function enterWithOwn(
    context: CommandContext,
    batch: LockedBatch,
    input: Input,
    ownRead: OwnValuesRead | null,
  ): Promise<Entered> {
    const entered = await spec.enter(context, input, batch)
    if (!own || !ownRead) return entered
    const isNew = entered.isNew ?? entered.made.includes(entered.recordId)
    const { notes, undo } = await enterOwn(
      context,
      batch,
      { kind: own, id: entered.recordId, isNew },
      ownRead,
    )
    return {
      ...entered,
      undo: { ...entered.undo, ...undo },
      notes: [...(entered.notes ?? []), ...notes],
    }
  }

  /** Enters rows, together where the kind can; none is left half done. */
  async function enterRows(
    context: CommandContext,
    batch: LockedBatch,
    ready: readonly Candidate<Input>[],
  ): Promise<Map<Candidate<Input>, Entered | null>> {
    const answers = new Map<Candidate<Input>, Entered | null>()
    const rows = ready.flatMap(({ read, row }) =>
      read ? [{ input: read.input, mark: markOf(batch, row) }] : [],
    )
    const together = spec.enterMany
      ? await attemptTogether(context, () => spec.enterMany!(context, rows, batch))
      : null
    let at = 0
    for (const candidate of ready) {
      if (!candidate.read) answers.set(candidate, null)
      else if (together) {
        const { value, reasons } = together[at++]!
        complainOf(candidate.cells, reasons)
        answers.set(candidate, value)
      } else answers.set(candidate, await enterRow(context, batch, candidate))
    }
    return answers
  }

  function complainOf(cells: CellReader, reasons: Reasons): void {
    for (const { code, field, message } of reasons) {
      const column =
        spec.fieldOf?.[field ?? ''] ?? (field && (byName.has(field) || cells.mapped(field)) ? field : '')
      cells.complain(column, code, message ?? spec.refusals[code] ?? code, 'error')
    }
  }

  /** Enters each row once: a twin has its turn only when the row it repeats was refused. */
  async function enterOnce(
    context: CommandContext,
    batch: LockedBatch,
    all: readonly Candidate<Input>[],
    seen: Map<string, number>,
  ): Promise<Map<Candidate<Input>, Entered | null>> {
    const ready = all.filter(({ cells }) => !cells.refused)
    const first = ready.filter(({ read, row }) => {
      if (read?.key === undefined) return true
      if (seen.has(read.key)) return false
      seen.set(read.key, row.line)
      return true
    })
    const entered = await enterRows(context, batch, first)
    // A row that was refused does not keep a later one with the same key out.
    const release = ({ read, row }: Candidate<Input>) => {
      if (read?.key !== undefined && seen.get(read.key) === row.line) seen.delete(read.key)
    }
    for (const [candidate, answer] of entered) if (!answer) release(candidate)
    for (const candidate of ready.filter(one => !entered.has(one))) {
      refuseTwins(candidate, seen)
      if (candidate.cells.refused) continue
      const answer = await enterRow(context, batch, candidate)
      entered.set(candidate, answer)
      if (!answer) release(candidate)
    }
    return entered
  }

  return {
    name: spec.name,
    fields: spec.fields,
    permission: spec.permission,
    approve: spec.approve,
    ...(spec.approveOf ? { approveOf: spec.approveOf } : {}),
    needs(batch) {
      const unnamed = needed.some(prefix => !isReferenced(prefix, batch.mapping))
      return [
        ...(unnamed ? [{ code: 'party_columns_must_be_mapped', field: 'mapping' }] : []),
        ...(spec.needs?.(batch) ?? []),
      ]
    },
    rehearse(batch) {
      const seen = new Map<string, number>()
      return {
        async plan(context, rows) {
          const trial = rehearsalOf(context, batch)
          await sql`savepoint import_trial`.execute(context.tx)
          const all = await candidates(trial, batch, rows)
          const entered = await enterOnce(trial, batch, all, seen)
          await sql`rollback to savepoint import_trial`.execute(context.tx)
          return all.map(candidate => plannedRow(candidate, entered.get(candidate) ?? null))
        },
      }
    },
    async apply(context, batch, rows, planned) {
      const taken = rows.filter(row => {
        const plan = planned.get(row.rowNo)
        return plan && plan.outcome !== 'refused' && plan.outcome !== 'skipped'
      })
      const undo: Undo[] = []
      const results: RowResult[] = []
      const numbers: { rowNo: number; sourceNo: string; recordId: Id }[] = []
      const all = await candidates(context, batch, taken)
      const standing = all.filter(candidate => sameParties(candidate, planned.get(candidate.row.rowNo)!))
      const answers = await enterRows(context, batch, standing)
      for (const candidate of all) {
        const { rowNo } = candidate.row
        const entered = answers.get(candidate)
        if (entered) {
          undo.push({ rowNo, recordId: entered.recordId, made: [...entered.made], ...entered.undo })
          results.push({ rowNo, state: 'applied', recordId: entered.recordId, problem: null })
          const { sourceNo } = candidate.read ?? {}
          if (sourceNo) numbers.push({ rowNo, sourceNo, recordId: entered.recordId })
        } else {
          const fault = candidate.cells.problems.find(problem => problem.weight === 'error')
          results.push({ rowNo, state: 'conflict', recordId: null, problem: fault ?? MOVED })
        }
      }
      if (spec.sourceKind) await keepSourceNos(context, batch, spec.sourceKind, numbers)
      await keepTakenOver(
        context,
        batch,
        undo.flatMap(one => one.made as Id[]),
      )
      return { undo, results }
    },
    async revert(context, batch, undo) {
      const mark = markOf(batch, null)
      const together = spec.leaveMany
        ? await attemptTogether(context, () =>
            spec.leaveMany!(
              context,
              undo.map(one => ({ undo: one, mark })),
              batch,
            ),
          )
        : null
      const results: RowResult[] = []
      for (const [at, one] of undo.entries()) {
        const { reasons } =
          together?.[at] ?? (await attemptRow(context, () => leave(withMark(context, mark), one, batch)))
        results.push(leftResult(one, reasons))
      }
      return results
    },
    ...(spec.booksYen ? { booksYen: spec.booksYen } : {}),
  }

  async function leave(context: CommandContext, undo: Undo, batch: LockedBatch): Promise<void> {
    const recordId = undo.recordId as Id
    const isNew = (undo.made as Id[]).includes(recordId) || undo.madePerson === true
    if (own && isNew) await leaveOwn(context, recordId, undo.ownValues ?? null)
    await spec.leave(context, undo, batch)
  }

  function leftResult({ rowNo }: Undo, reasons: Reasons): RowResult {
    if (reasons.length === 0) return { rowNo, state: 'reverted', problem: null }
    const said = reasons.map(({ code, message }) => message ?? spec.refusals[code]).filter(Boolean)
    return {
      rowNo,
      state: 'kept',
      problem: keptBecause(said.join('　') || '取込後に使われているため、登録を残しました。'),
    }
  }
}

function takeParty(
  cells: CellReader,
  prefix: string,
  role: RoleOfReference | null,
  reference: PartyReference,
  resolved: Resolved,
  found: Record<string, FoundParty>,
): void {
  if (!resolved.ok) {
    const part =
      reference[resolved.part] === null ? firstMapped(prefix, cells) : fieldOfPart(prefix, resolved.part)
    cells.complain(part, 'party_must_be_found', resolved.message, 'error')
    return
  }
  found[prefix] = resolved.party
  if (resolved.note)
    cells.complain(fieldOfPart(prefix, 'number'), 'number_was_read_without_its_zeros', resolved.note, 'note')
  if (role !== null && !resolved.party.roles.includes(role))
    cells.complain(
      firstMapped(prefix, cells),
      'party_must_have_the_role',
      `${resolved.party.partyNo} ${resolved.party.legalName} は${roleWords[role]}として登録されていません。`,
      'error',
    )
}

function firstMapped(prefix: string, cells: CellReader): string {
  return [`${prefix}Number`, `${prefix}CorporateNumber`, prefix].find(field => cells.mapped(field)) ?? prefix
}

function refuseTwins(
  { cells, read, row }: { cells: CellReader; read: { key?: string } | null; row: StagedRow },
  seen: Map<string, number>,
): void {
  if (read?.key === undefined || cells.refused) return
  const earlier = seen.get(read.key)
  if (earlier === undefined) seen.set(read.key, row.line)
  else
    cells.complain(
      '',
      'row_must_stand_once',
      `${earlier}行目と同じ内容です。どちらかの行を削除してください。`,
      'error',
    )
}

function plannedRow(
  { row, cells, parties, called, read }: Candidate<unknown>,
  entered: Entered | null,
): PlannedRow {
  const [main] = Object.values(parties)
  return {
    rowNo: row.rowNo,
    line: row.line,
    name: (read?.label ?? main?.legalName ?? called).slice(0, 150),
    outcome: entered === null ? 'refused' : (entered.outcome ?? 'new'),
    recordId: null,
    partyId: main?.id ?? null,
    refs: Object.fromEntries(Object.entries(parties).map(([prefix, party]) => [prefix, party.id])),
    mergedIntoRow: null,
    problems: [...cells.problems, ...(entered?.notes ?? []).map(note => cells.placed(note))],
  }
}

function sameParties({ parties }: Candidate<unknown>, plan: PlannedRow): boolean {
  return Object.entries(parties).every(([prefix, party]) => plan.refs[prefix] === party.id)
}

/** The same rules as in the run, with nobody yet who approved: whatever they write is rolled back. */
function rehearsalOf(context: CommandContext, batch: LockedBatch): CommandContext {
  if (context.approval) return context
  return {
    ...context,
    record: async () => {},
    approval: { changeRequestId: newId(), requestedBy: batch.opened_by, approvedBy: NOBODY },
  }
}
