import type { CommandContext } from '../../../../platform/commands/command.ts'
import type { Id } from '../../../../platform/ids/uuid.ts'
import type { Json } from '../../../../platform/trail/canonical.ts'
import {
  changeValuesOfMany,
  customFieldsOf,
  dropEmptyValues,
  marksDefined,
  marksOf,
  plainValuesOf,
  setMarksOfMany,
} from '../../../customization/index.ts'
import { type PlacesMade, takeOutPlacesOfMany } from '../../../parties/index.ts'
import { type LockedBatch, subjectOf } from '../../batch.ts'
import type { OwnUndo } from './own-rows.ts'

const backOf = (batch: LockedBatch) => ({
  subjects: [subjectOf(batch)],
  facts: { summary: `取込 ${batch.batch_no} の取消` },
  reason: `取込 ${batch.batch_no} の取消`,
})

/**
 * Puts own values, marks, branches and codes of records back to what stood before; a record stands once in a call. What people changed since
 * stays; answers the rows of which something stayed.
 */
export async function revertOwn(
  context: CommandContext,
  batch: LockedBatch,
  many: readonly { rowNo: number; partyId: Id; own: OwnUndo }[],
): Promise<Set<number>> {
  const kept = new Set<number>()
  if (many.length === 0) return kept
  const { tx } = context
  const ids = many.map(one => one.partyId)
  const values = await plainValuesOf(tx, ids, { lock: true })
  // Fields and marks retired since are put back all the same.
  const fields = await customFieldsOf(tx, 'party')
  const marks = await marksDefined(tx, 'party')
  const standing = await marksOf(tx, ids)
  const back = many.map(({ rowNo, partyId, own }) => {
    const now = values.get(partyId) ?? {}
    const before: Record<string, Json> = {}
    const after: Record<string, Json> = {}
    for (const [key, value] of Object.entries(own.after)) {
      if (JSON.stringify(now[key] ?? null) !== JSON.stringify(value)) kept.add(rowNo)
      else {
        before[key] = value
        after[key] = own.before[key] ?? null
      }
    }
    const holds = (id: Id) => (standing.get(partyId) ?? []).some(mark => mark.id === id)
    const remove = own.added.filter(holds)
    if (remove.length < own.added.length) kept.add(rowNo)
    const hasStatus = (standing.get(partyId) ?? []).some(
      mark => mark.markKind === 'status' && !remove.includes(mark.id),
    )
    const isStatus = (id: Id) => marks.some(mark => mark.id === id && mark.markKind === 'status')
    const add = own.removed.filter(id => !holds(id) && !(isStatus(id) && hasStatus))
    return { record: { kind: 'party' as const, id: partyId }, before, after, add, remove, ...backOf(batch) }
  })
  await changeValuesOfMany(context, fields, back, 'custom_values_reverted')
  await dropEmptyValues(tx, ids)
  await setMarksOfMany(context, marks, back)
  const stayed = await takeOutPlaces(
    context,
    batch,
    many.flatMap(({ partyId, own }) => (own.places ? [{ partyId, made: own.places }] : [])),
  )
  for (const { rowNo, partyId } of many) if (stayed.has(partyId)) kept.add(rowNo)
  return kept
}

/** Takes the branches and codes of rows out again; answers the parties of which something stayed. */
export function takeOutPlaces(
  context: CommandContext,
  batch: LockedBatch,
  many: readonly { partyId: Id; made: PlacesMade }[],
): Promise<Set<Id>> {
  return takeOutPlacesOfMany(
    context,
    many.map(one => ({ ...one, ...backOf(batch) })),
  )
}
