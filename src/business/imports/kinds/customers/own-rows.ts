import type { CommandContext } from '../../../../platform/commands/command.ts'
import type { Db, Tx } from '../../../../platform/database/database.ts'
import type { IsoDate } from '../../../../platform/dates/iso-date.ts'
import type { Id } from '../../../../platform/ids/uuid.ts'
import type { Json } from '../../../../platform/trail/canonical.ts'
import {
  type CustomField,
  changeValuesOfMany,
  keepFirstOfMany,
  marksOf,
  plainValuesOf,
  setMarksOfMany,
  wordsOfMany,
} from '../../../customization/index.ts'
import {
  addPlacesOfMany,
  hasBranch,
  type PlacesMade,
  placesOfMany,
  type StandingPlaces,
} from '../../../parties/index.ts'
import { issuerLabels } from '../../../parties/labels.ts'
import { type LockedBatch, placeOf, subjectOf } from '../../batch.ts'
import type { BatchOptions, RowProblem } from '../../tables.ts'
import type { PlannedRow } from '../import-kind.ts'
import type { OwnColumns } from '../own-columns.ts'
import { keepTakenOver } from '../taken-over.ts'
import type { OwnRead } from './read-own.ts'
import type { ReadRow } from './read-row.ts'

/** What undoes the part of a row that stands beside the basics. */
export type OwnUndo = {
  before: Record<string, Json>
  after: Record<string, Json>
  added: Id[]
  removed: Id[]
  places: PlacesMade | null
}

interface Standing {
  values: Record<string, Json>
  statusId: Id | null
  tagIds: Id[]
  places: StandingPlaces | undefined
}

/** What a row would change of what stands, and what it would not and why. */
interface OwnChange {
  before: Record<string, Json>
  after: Record<string, Json>
  add: Id[]
  remove: Id[]
  branch: OwnRead['branch']
  codes: { issuer: OwnRead['codes'][number]['issuer']; value: string; endsId: Id | null }[]
  notes: RowProblem[]
}

const saysSomething = (read: OwnRead | null): read is OwnRead =>
  read !== null &&
  (Object.keys(read.values).length > 0 ||
    read.statusId !== null ||
    read.tagIds.length > 0 ||
    read.branch !== null ||
    read.codes.length > 0)

const isEmpty = (change: OwnChange) =>
  Object.keys(change.after).length + change.add.length + change.remove.length + change.codes.length === 0 &&
  change.branch === null

/** `fill` puts values only where nothing stands, `overwrite` replaces them; tags, branches and codes are added, none is taken off. Pure. */
function changeOf(
  read: OwnRead,
  standing: Standing,
  how: BatchOptions['existing'],
  today: IsoDate,
): OwnChange {
  const change: OwnChange = { before: {}, after: {}, add: [], remove: [], branch: null, codes: [], notes: [] }
  const note = (heading: string, message: string) =>
    change.notes.push({ code: 'standing_value_stays', column: null, heading, message, weight: 'note' })
  for (const [key, value] of Object.entries(read.values)) {
    const old = standing.values[key] ?? null
    if (value === null || JSON.stringify(old) === JSON.stringify(value)) continue
    if (old !== null && how === 'fill') continue
    change.before[key] = old
    change.after[key] = value
  }
  if (
    read.statusId &&
    read.statusId !== standing.statusId &&
    (standing.statusId === null || how === 'overwrite')
  ) {
    change.add.push(read.statusId)
    if (standing.statusId) change.remove.push(standing.statusId)
  }
  change.add.push(...read.tagIds.filter(id => !standing.tagIds.includes(id)))
  if (read.branch && hasBranch(standing.places, read.branch.values.name))
    note('支店・営業所名', `「${read.branch.values.name}」は登録済みの支店・営業所のため、変更しません。`)
  else change.branch = read.branch
  for (const { issuer, value } of read.codes) {
    const known = standing.places?.codes.get(issuer)
    if (known?.value === value) continue
    const mayEnd = known !== undefined && how === 'overwrite' && (known.validFrom ?? '') < today
    if (known === undefined || mayEnd) change.codes.push({ issuer, value, endsId: known?.id ?? null })
    else
      note(issuerLabels[issuer], `登録済みの「${known.value}」と異なります。登録済みのコードのまま残します。`)
  }
  return change
}

async function standingOf(db: Db | Tx, partyIds: readonly Id[], lock = false): Promise<(id: Id) => Standing> {
  const ids = [...new Set(partyIds)]
  const values = await plainValuesOf(db, ids, { lock })
  const marks = await marksOf(db, ids)
  const places = await placesOfMany(db, ids)
  return id => ({
    values: values.get(id) ?? {},
    statusId: marks.get(id)?.find(mark => mark.markKind === 'status')?.id ?? null,
    tagIds: (marks.get(id) ?? []).filter(mark => mark.markKind === 'tag').map(mark => mark.id),
    places: places.get(id),
  })
}

const howOf = (outcome: PlannedRow['outcome'], batch: LockedBatch) =>
  outcome === 'update' ? batch.options.existing : 'fill'

/** Says of rows which go into registered records what stays as it is, and which critical values would be replaced. */
export async function noteOwn(
  context: CommandContext,
  batch: LockedBatch,
  rows: readonly ReadRow[],
  planned: readonly PlannedRow[],
): Promise<void> {
  const asked = planned.flatMap((plan, at) => {
    const read = rows[at]!.own
    return plan.partyId && saysSomething(read) && ['update', 'merged'].includes(plan.outcome)
      ? [{ plan, read, partyId: plan.partyId }]
      : []
  })
  if (asked.length === 0) return
  const standing = await standingOf(
    context.tx,
    asked.map(one => one.partyId),
  )
  const changes = asked.map(({ plan, read, partyId }) =>
    changeOf(read, standing(partyId), howOf(plan.outcome, batch), context.today),
  )
  const guarded = await guardedOf(context.tx, batch.own, changes)
  for (const [at, { plan }] of asked.entries()) {
    plan.problems.push(...changes[at]!.notes)
    for (const { field, old, now } of guarded[at]!) {
      const column = batch.mapping.indexOf(`custom.${field.key}`)
      plan.problems.push({
        code: field.critical ? 'critical_value_will_change' : 'required_value_will_change',
        column: column + 1,
        heading: batch.header[column] ?? field.label,
        message: `${field.critical ? '重要な' : '必須の'}自社項目「${field.label}」が「${old}」から「${now}」に変わります。`,
        weight: 'note',
        change: { label: field.label, old, new: now },
      })
    }
  }
}

/** The values of critical and of required fields each change replaces, in words: those a second person sees by themselves. */
async function guardedOf(
  db: Db | Tx,
  own: OwnColumns,
  changes: readonly OwnChange[],
): Promise<{ field: CustomField; old: string; now: string }[][]> {
  const fields = own.fields.filter(field => field.critical || field.required)
  const found = changes.map(({ before, after }) =>
    fields.filter(field => field.key in after && (before[field.key] ?? null) !== null),
  )
  if (found.every(one => one.length === 0)) return found.map(() => [])
  const words = await wordsOfMany(
    db,
    fields,
    changes.flatMap(({ before, after }) => [before, after]),
  )
  return found.map((list, at) =>
    list.map(field => ({
      field,
      old: String(words[at * 2]![`custom.${field.key}`] ?? ''),
      now: String(words[at * 2 + 1]![`custom.${field.key}`] ?? ''),
    })),
  )
}

/** What new records get beside the basics, as their event says it. */
export async function wordsOfNew(
  { tx }: CommandContext,
  batch: LockedBatch,
  rows: readonly ReadRow[],
): Promise<Record<string, Json>[]> {
  if (!rows.some(row => saysSomething(row.own))) return rows.map(() => ({}))
  const words = await wordsOfMany(
    tx,
    batch.own.fields,
    rows.map(row => row.own?.values ?? {}),
  )
  const label = new Map([...batch.own.statuses, ...batch.own.tags].map(mark => [mark.id, mark.label]))
  return rows.map(({ own }, at) => ({
    ...words[at]!,
    ...(own?.statusId ? { 'mark.status': label.get(own.statusId) ?? null } : {}),
    ...(own?.tagIds.length ? { 'mark.tags': own.tagIds.map(id => label.get(id) ?? '') } : {}),
  }))
}

/** Gives records registered in the same transaction what their rows say beside the basics; answers what was made of branches and codes. */
export async function keepOwnOfNew(
  context: CommandContext,
  batch: LockedBatch,
  made: readonly { row: ReadRow; partyId: Id }[],
): Promise<Map<number, PlacesMade>> {
  const given = made.flatMap(({ row, partyId }) =>
    saysSomething(row.own) ? [{ row, partyId, read: row.own }] : [],
  )
  if (given.length === 0) return new Map()
  const record = (partyId: Id) => ({ kind: 'party' as const, id: partyId })
  await keepFirstOfMany(
    context,
    batch.own.fields,
    given.map(({ partyId, read }) => ({
      record: record(partyId),
      values: Object.fromEntries(Object.entries(read.values).filter(([, value]) => value !== null)),
    })),
  )
  await setMarksOfMany(
    context,
    [...batch.own.statuses, ...batch.own.tags],
    given.map(({ partyId, read }) => ({
      record: record(partyId),
      add: [...(read.statusId ? [read.statusId] : []), ...read.tagIds],
      remove: [],
      reason: reasonOf(batch),
    })),
    { areNew: true },
  )
  const places = await addPlaces(
    context,
    batch,
    given.map(({ row, partyId, read }) => ({
      row,
      partyId,
      branch: read.branch,
      codes: read.codes.map(code => ({ ...code, endsId: null })),
    })),
  )
  return new Map(given.map(({ row }, at) => [row.rowNo, places[at]!]))
}

const reasonOf = (batch: LockedBatch) => `取込 ${batch.batch_no}`

async function addPlaces(
  context: CommandContext,
  batch: LockedBatch,
  many: readonly { row: ReadRow; partyId: Id; branch: OwnChange['branch']; codes: OwnChange['codes'] }[],
): Promise<PlacesMade[]> {
  const places = await addPlacesOfMany(
    context,
    many.map(({ row, partyId, branch, codes }) => ({
      partyId,
      branch,
      codes,
      subjects: [subjectOf(batch)],
      facts: placeOf(batch, row),
      reason: reasonOf(batch),
    })),
  )
  await keepTakenOver(
    context,
    batch,
    places.flatMap(one => [...(one.branchId ? [one.branchId] : []), ...one.codes.map(code => code.id)]),
  )
  return places
}

/** Said of a row of which some values were left alone: which, what stands now, and what to do. */
function movedSince(batch: LockedBatch, moved: readonly { field: CustomField; old: string }[]): RowProblem {
  const said = moved.map(({ field, old }) => `「${field.label}」（今の値「${old}」）`).join('')
  return {
    code: 'critical_value_must_be_seen_by_two',
    column: batch.mapping.indexOf(`custom.${moved[0]!.field.key}`) + 1,
    heading: moved.map(({ field }) => field.label).join('・'),
    message: `試し取込の後に${said}が変わったため、そのまま残しました。変えるときは顧客の画面で変更するか、試し取込からやり直してください。`,
    weight: 'note',
  }
}

/**
 * Changes locked records by what their rows say beside the basics; a record stands once in a call. A critical or required value is replaced only as the
 * second person saw it: what stands now and what comes are those of the rehearsal.
 */
export async function changeOwn(
  context: CommandContext,
  batch: LockedBatch,
  wave: readonly { row: ReadRow; partyId: Id; outcome: PlannedRow['outcome']; seen: readonly RowProblem[] }[],
): Promise<{ undo: Map<number, OwnUndo>; notes: Map<number, RowProblem> }> {
  const undo = new Map<number, OwnUndo>()
  const notes = new Map<number, RowProblem>()
  const given = wave.flatMap(one => (saysSomething(one.row.own) ? [{ ...one, read: one.row.own }] : []))
  if (given.length === 0) return { undo, notes }
  const standing = await standingOf(
    context.tx,
    given.map(one => one.partyId),
    true,
  )
  const changes = given.map(({ read, partyId, outcome }) =>
    changeOf(read, standing(partyId), howOf(outcome, batch), context.today),
  )
  const guarded = await guardedOf(context.tx, batch.own, changes)
  for (const [at, { row, seen }] of given.entries()) {
    const moved = guarded[at]!.filter(
      ({ field, old, now }) =>
        !seen.some(({ change }) => change?.label === field.label && change.old === old && change.new === now),
    )
    for (const { field } of moved) {
      delete changes[at]!.before[field.key]
      delete changes[at]!.after[field.key]
    }
    if (moved.length > 0) notes.set(row.rowNo, movedSince(batch, moved))
  }
  const about = given.map(({ row, partyId }, at) => ({
    ...changes[at]!,
    row,
    partyId,
    record: { kind: 'party' as const, id: partyId },
    subjects: [subjectOf(batch)],
    facts: placeOf(batch, row),
    reason: reasonOf(batch),
  }))
  const changed = about.filter(one => !isEmpty(one))
  await changeValuesOfMany(context, batch.own.fields, changed)
  await setMarksOfMany(context, [...batch.own.statuses, ...batch.own.tags], changed)
  const places = await addPlaces(context, batch, changed)
  for (const [at, { row, before, after, add, remove }] of changed.entries())
    undo.set(row.rowNo, { before, after, added: add, removed: remove, places: places[at]! })
  return { undo, notes }
}
