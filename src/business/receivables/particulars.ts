import type { Selectable } from 'kysely'
import type { Db, Tables, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { visibleClasses } from '../documents/index.ts'
import type { ParticularsShown } from './particulars-contract.ts'
import { particularsOf } from './particulars-of.ts'
import { openRecord, seenIn } from './queries.ts'
import type { Receivable } from './records.ts'
import { type LimitationEvent, limitationOn, toritekiLimitOn } from './rules/legal-dates.ts'
import { type ClaimFacts, particularsFindings } from './rules/particulars.ts'
import './tables.ts'

/** Two years for care claims, five for all others (JR §6.9, 介護保険法200条). */
export const LIMITATION_YEARS = { care: 2, other: 5 } as const

/** What the rules need of the claim itself, with the client's number as we know it. */
export async function claimFacts(db: Db | Tx, row: Receivable): Promise<ClaimFacts> {
  const client = await db
    .selectFrom('party')
    .select('invoice_reg_no')
    .where('id', '=', row.client_id)
    .executeTakeFirstOrThrow()
  return {
    receivableKind: row.receivable_kind,
    dueOn: row.due_on,
    faceYen: row.face_yen,
    clientRegNo: client.invoice_reg_no,
  }
}

/** The day at whose end a bought claim lapses, by what was recorded of it and not withdrawn (JR §6.9). */
export async function limitationOf(db: Db | Tx, row: Receivable): Promise<IsoDate> {
  const events = await db
    .selectFrom('limitation_event')
    .select(['event_kind', 'happened_on', 'months'])
    .where('receivable_id', '=', row.id)
    .where('withdrawn_at', 'is', null)
    .orderBy('happened_on')
    .orderBy('id')
    .execute()
  return limitationByEvents(row, events)
}

/** The same by events already read, oldest first. */
export function limitationByEvents(
  row: Pick<Receivable, 'due_on'> & { receivable_kind: string },
  events: readonly Pick<Selectable<Tables['limitation_event']>, 'event_kind' | 'happened_on' | 'months'>[],
): IsoDate {
  const told = events.map(
    ({ event_kind, happened_on, months }): LimitationEvent =>
      event_kind === 'negotiation_agreed'
        ? { kind: event_kind, on: happened_on, months: months ?? 12 }
        : { kind: event_kind, on: happened_on },
  )
  return limitationOn(row.due_on, told, LIMITATION_YEARS[row.receivable_kind === 'care' ? 'care' : 'other'])
}

export async function openClaimParticulars(context: QueryContext, id: Id): Promise<Seen<ParticularsShown>> {
  const { db } = context
  const row = await openRecord(context, id)
  const [stored, events, facts] = await Promise.all([
    db.selectFrom('receivable_particulars').selectAll().where('receivable_id', '=', id).executeTakeFirst(),
    db
      .selectFrom('limitation_event')
      .selectAll()
      .where('receivable_id', '=', id)
      .orderBy('happened_on', 'desc')
      .orderBy('id', 'desc')
      .execute(),
    claimFacts(db, row),
  ])
  const said = particularsOf(stored)
  const documents = await documentsOf(
    context,
    events.flatMap(event => event.document_ids),
  )
  const people = [stored?.recorded_by, ...events.map(event => event.recorded_by)].filter(
    person => person !== undefined,
  )
  const names = await staffNames(db, people)
  const name = (person: Id) => names.get(person) ?? '（不明）'
  return {
    body: {
      ...said,
      rowVersion: stored?.row_version ?? 0,
      taxes: said.taxes as ParticularsShown['taxes'],
      toritekiLimitOn: said.toritekiFlag && said.receivedOn ? toritekiLimitOn(said.receivedOn) : null,
      recordedBy: stored ? name(stored.recorded_by) : null,
      recordedAt: stored?.recorded_at ?? null,
      findings: stored ? particularsFindings(said, facts) : [],
      limitationOn: row.purchase_id === null ? null : await limitationOf(db, row),
      limitationEvents: events.map(event => ({
        id: event.id,
        kind: event.event_kind,
        on: event.happened_on,
        months: event.months,
        documents: event.document_ids.flatMap(one => {
          const document = documents.get(one)
          return document ? [{ id: one, title: document.title }] : []
        }),
        recordedBy: name(event.recorded_by),
        withdrawnReason: event.withdrawn_reason,
      })),
    },
    seen: [...seenIn([row]), ...[...documents.values()].map(document => document.seen_no)],
  }
}

async function documentsOf(context: QueryContext, ids: readonly Id[]) {
  if (ids.length === 0) return new Map<Id, { title: string; seen_no: number }>()
  const rows = await context.db
    .selectFrom('document')
    .select(['id', 'title', 'seen_no'])
    .where('id', 'in', [...new Set(ids)])
    .where('confidentiality', 'in', visibleClasses(context))
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}
