import type { CommandContext } from '../../../../platform/commands/command.ts'
import type { Id } from '../../../../platform/ids/uuid.ts'
import type { Json } from '../../../../platform/trail/canonical.ts'
import { letGoOfParties } from '../../../alerts/index.ts'
import { letGoOfReviews } from '../../../changewatch/index.ts'
import { letGoOfTies } from '../../../groups/index.ts'
import { letGoOfOwnership } from '../../../ownership/index.ts'
import { changeManyParties, type PartyColumns, removeManyParties } from '../../../parties/index.ts'
import { removeManyRepresentatives } from '../../../people/index.ts'
import { letGoOfSubjects } from '../../../screening/index.ts'
import type { LockedBatch } from '../../batch.ts'
import type { RowResult } from '../../row-results.ts'
import { attempt, editedSince, keptBecause } from '../revert-tools.ts'
import type { CustomerUndo } from './apply.ts'
import { revertOwn, takeOutPlaces } from './revert-own.ts'

/**
 * Undoes rows of one chunk, last row first: items go back to what stood there before, new records are taken out again. What
 * somebody has edited or uses meanwhile stays, and the row says so.
 */
export async function revertCustomers(
  context: CommandContext,
  batch: LockedBatch,
  undo: CustomerUndo[],
): Promise<RowResult[]> {
  const changed = undo.filter(one => one.kind === 'change')
  const results: RowResult[] = []
  for (const wave of waves(changed)) results.push(...(await revertChanges(context, batch, wave)))
  const fresh = undo.filter(one => one.kind === 'new')
  results.push(...(await takeOut(context, batch, fresh)))
  return results
}

type Changed = Extract<CustomerUndo, { kind: 'change' }>
type Fresh = Extract<CustomerUndo, { kind: 'new' }>

/** Lots in which each record stands once, in the given order. */
function waves(changed: readonly Changed[]): Changed[][] {
  const lots: Changed[][] = []
  const nextLot = new Map<Id, number>()
  for (const one of changed) {
    const at = nextLot.get(one.partyId) ?? 0
    nextLot.set(one.partyId, at + 1)
    lots[at] = [...(lots[at] ?? []), one]
  }
  return lots
}

async function revertChanges(
  context: CommandContext,
  batch: LockedBatch,
  wave: readonly Changed[],
): Promise<RowResult[]> {
  const rows = await context.tx
    .selectFrom('party')
    .selectAll()
    .where(
      'id',
      'in',
      wave.map(one => one.partyId),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  const current = new Map(rows.map(row => [row.id, row]))
  const results: RowResult[] = []
  const changes: Parameters<typeof changeManyParties>[1][number][] = []
  for (const one of wave) {
    const party = current.get(one.partyId)
    if (!party) continue
    const now = party as never as Record<string, Json>
    const columns = Object.keys(one.after) as (keyof PartyColumns)[]
    const edited = columns.filter(column => (now[column] ?? null) !== (one.after[column] ?? null))
    const back = columns.filter(column => !edited.includes(column))
    if (back.length > 0)
      changes.push({
        partyId: one.partyId,
        rowVersion: party.row_version,
        kind: party.party_kind,
        before: pick(one.after, back),
        after: pick(one.before, back),
        subjects: [{ kind: 'import', id: batch.id }],
        facts: { summary: `取込 ${batch.batch_no} の取消` },
        reason: `取込 ${batch.batch_no} の取消`,
      })
    results.push({
      rowNo: one.rowNo,
      state: edited.length > 0 ? 'kept' : 'reverted',
      problem:
        edited.length > 0 ? keptBecause('取込後に変更された項目は、変更後の値のまま残しました。') : null,
    })
  }
  await changeManyParties(context, changes, 'party_change_reverted')
  const kept = await revertOwn(
    context,
    batch,
    wave.flatMap(({ rowNo, partyId, own }) => (own && current.has(partyId) ? [{ rowNo, partyId, own }] : [])),
  )
  for (const rowNo of kept)
    results.push({
      rowNo,
      state: 'kept',
      problem: keptBecause('取込後に変更された自社項目・状態・支店・コードは、変更後のまま残しました。'),
    })
  for (const one of wave)
    if (one.person && !(await attempt(context, () => removeManyRepresentatives(context, [one.person!]))))
      results.push({
        rowNo: one.rowNo,
        state: 'kept',
        problem: keptBecause('取込で登録した代表者は、他の記録で使われているため残しました。'),
      })
  return results
}

function pick(values: PartyColumns, columns: readonly (keyof PartyColumns)[]): PartyColumns {
  return Object.fromEntries(columns.map(column => [column, values[column] ?? null])) as PartyColumns
}

/** All at once where nothing stands against it, else one by one, so that one record in use does not keep the others. */
async function takeOut(
  context: CommandContext,
  batch: LockedBatch,
  fresh: readonly Fresh[],
): Promise<RowResult[]> {
  const edited = await editedSince(
    context,
    batch,
    fresh.map(one => one.partyId),
    ['part%', 'person%', 'custom_values%', 'record_marks%'],
  )
  const free = fresh.filter(one => !edited.has(one.partyId))
  const results: RowResult[] = fresh
    .filter(one => edited.has(one.partyId))
    .map(one => ({
      rowNo: one.rowNo,
      state: 'kept',
      problem: keptBecause('取込後に変更されたため、登録を残しました。'),
    }))
  if (await attempt(context, () => remove(context, batch, free)))
    return [...results, ...free.map(one => ({ rowNo: one.rowNo, state: 'reverted' as const, problem: null }))]
  for (const one of free) {
    const gone = await attempt(context, () => remove(context, batch, [one]))
    results.push({
      rowNo: one.rowNo,
      state: gone ? 'reverted' : 'kept',
      problem: gone
        ? null
        : keptBecause('他の記録（契約・債権・審査など）で使われているため、登録を残しました。'),
    })
  }
  return results
}

async function remove(context: CommandContext, batch: LockedBatch, fresh: readonly Fresh[]): Promise<void> {
  const ids = fresh.map(one => one.partyId)
  await letGoOfParties(context, ids)
  await letGoOfReviews(context, ids)
  await letGoOfTies(context, ids)
  await letGoOfOwnership(context, ids)
  await letGoOfSubjects(context, [...ids, ...fresh.flatMap(one => one.person?.personId ?? [])])
  await removeManyRepresentatives(
    context,
    fresh.flatMap(one => one.person ?? []),
  )
  await takeOutPlaces(
    context,
    batch,
    fresh.flatMap(({ partyId, places }) => (places ? [{ partyId, made: places }] : [])),
  )
  await removeManyParties(
    context,
    fresh.map(one => ({
      partyId: one.partyId,
      facts: { summary: `取込 ${batch.batch_no} の取消` },
      reason: `取込 ${batch.batch_no} の取消`,
    })),
  )
}
