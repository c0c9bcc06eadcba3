import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { policyOf } from './commands.ts'
import { contactFacts } from './contact-facts.ts'
import type {
  CommunicationRow,
  CommunicationShown,
  checkContact,
  listCommunications,
  listPlans,
  listPromises,
} from './contract.ts'
import { contactRuleLabels } from './labels.ts'
import { linksShown } from './links-shown.ts'
import { inReach } from './reach.ts'
import { RESTRICTED } from './record.ts'
import { recordingsOf } from './recordings/queries.ts'
import { brokenRules, type ContactRule } from './rules/contact-rules.ts'
import './tables.ts'

const UNKNOWN = '（不明）'
const startOfDay = (day: string) => `${day}T00:00:00+09:00`

type Found = Awaited<ReturnType<ReturnType<typeof inReach>['execute']>>[number]

export async function list(
  keys: SubjectKeys,
  context: QueryContext,
  input: z.output<typeof listCommunications.input>,
): Promise<Seen<{ rows: CommunicationRow[]; next: string | null }>> {
  const { actor, today } = context
  let asked = inReach(context)
    .where('k.superseded_at', 'is', null)
    .orderBy('k.occurred_at', 'desc')
    .orderBy('k.id', 'desc')
    .limit(input.limit + 1)
  if (input.partyId) asked = asked.where('k.party_id', 'in', sameCompany(input.partyId))
  if (input.personId) asked = asked.where('k.person_id', '=', input.personId)
  if (input.relatedId)
    asked = asked.where(
      'k.root_id',
      'in',
      context.db
        .selectFrom('communication_link')
        .select('communication_id')
        .where('record_id', '=', input.relatedId),
    )
  if (input.whose === 'mine') asked = asked.where('k.handled_by', '=', actor.id)
  if (input.whose === 'team')
    asked = asked.where(
      sql<boolean>`k.handled_by in (select staff_id from role_grant where role = any(${[...actor.roles]}::text[])
        and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date))`,
    )
  if (input.channel.length) asked = asked.where('k.channel', 'in', input.channel)
  if (input.direction) asked = asked.where('k.direction', '=', input.direction)
  if (input.category.length) asked = asked.where('k.category', 'in', input.category)
  if (input.policyCheck.length) asked = asked.where('k.policy_check', 'in', input.policyCheck)
  if (input.from) asked = asked.where('k.occurred_at', '>=', startOfDay(input.from))
  if (input.to) asked = asked.where('k.occurred_at', '<', startOfDay(addDays(input.to, 1)))
  if (input.after) {
    const [at, id] = readMark(input.after, 2)
    asked = asked.where(sql<boolean>`(k.occurred_at, k.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const shown = await toRows(keys, context, page)
  return {
    body: {
      rows: shown.rows,
      next: rows.length > input.limit && last ? markOf([last.occurred_at, last.id]) : null,
    },
    seen: shown.seen,
  }
}

async function toRows(
  keys: SubjectKeys,
  { db }: QueryContext,
  found: readonly Found[],
): Promise<{ rows: CommunicationRow[]; seen: number[] }> {
  const names = await staffNames(
    db,
    found.flatMap(row => row.handled_by ?? []),
  )
  const promises = found.length
    ? await db
        .selectFrom('payment_promise as m')
        .leftJoin('receivable as r', 'r.id', 'm.receivable_id')
        .selectAll('m')
        .select(['r.receivable_no', 'r.seen_no'])
        .where(
          'm.communication_id',
          'in',
          found.map(row => row.root_id),
        )
        .execute()
    : []
  const open = (sealed: string | null) => (sealed === null ? null : keys.open(db, sealed))
  const rows = await Promise.all(
    found.map(async row => {
      const promise = promises.find(one => one.communication_id === row.root_id)
      return {
        id: row.root_id,
        communicationNo: row.communication_no,
        versionNo: row.version_no,
        party: { id: row.party_id, partyNo: row.party_no, name: row.party_name },
        person: row.person_id ? { id: row.person_id, name: `${row.family_name} ${row.given_name}` } : null,
        channel: row.channel,
        direction: row.direction,
        occurredAt: row.occurred_at,
        timeKnown: row.time_known,
        durationS: row.duration_s,
        reached: row.reached,
        category: row.category,
        subCategory: row.sub_category,
        priority: row.priority,
        subject: await open(row.subject_sealed),
        summary: await open(row.summary_sealed),
        disclosureScope: row.disclosure_scope,
        policyCheck: row.policy_check,
        policyRules: row.policy_rules.map(code => contactRuleLabels[code as ContactRule] ?? code),
        handledBy: row.handled_by ? (names.get(row.handled_by) ?? UNKNOWN) : (row.handler_name ?? UNKNOWN),
        imported: row.source === 'import',
        promise: promise
          ? {
              id: promise.id,
              dueOn: promise.due_on,
              amountYen: promise.amount_yen,
              outcome: promise.outcome,
              receivable: promise.receivable_id
                ? { id: promise.receivable_id, receivableNo: promise.receivable_no ?? '' }
                : null,
            }
          : null,
      }
    }),
  )
  const seen = found.flatMap(row => [
    row.seen_no,
    row.party_seen_no,
    ...(row.person_seen_no === null ? [] : [row.person_seen_no]),
  ])
  return { rows, seen: [...seen, ...promises.flatMap(one => one.seen_no ?? [])] }
}

export async function open(
  keys: SubjectKeys,
  context: QueryContext,
  communicationId: Id,
): Promise<Seen<CommunicationShown>> {
  const { db, actor } = context
  const all = await inReach(context)
    .where('k.root_id', '=', communicationId)
    .orderBy('k.version_no', 'desc')
    .execute()
  const newest = found(all[0], 'communication')
  // Once somebody has put the newest version under wraps, the earlier ones tell nothing either.
  found(newest.superseded_at === null ? newest : null, 'communication')
  const [shown, links, names] = await Promise.all([
    toRows(keys, context, [newest]),
    linksShown(context, communicationId),
    staffNames(
      db,
      all.map(row => row.recorded_by),
    ),
  ])
  const masked = actor.reach === 'assigned'
  const words = (sealed: string | null) => (sealed === null || masked ? null : keys.open(db, sealed))
  const earlier = all.slice(1)
  const recordings = await recordingsOf(context, communicationId)
  return {
    body: {
      ...shown.rows[0]!,
      body: await words(newest.body_sealed),
      agreedPoints: await words(newest.agreed_sealed),
      masked,
      recordedAt: newest.recorded_at,
      recordedBy: names.get(newest.recorded_by) ?? UNKNOWN,
      recordings: recordings.rows,
      recordingsHidden: recordings.hidden,
      related: links.rows,
      earlier: await Promise.all(
        earlier.map(async (row, at) => ({
          versionNo: row.version_no,
          recordedAt: row.recorded_at,
          recordedBy: names.get(row.recorded_by) ?? UNKNOWN,
          supersededBecause: all[at]?.correction_reason ?? '',
          channel: row.channel,
          direction: row.direction,
          occurredAt: row.occurred_at,
          category: row.category,
          subject: await words(row.subject_sealed),
          summary: await words(row.summary_sealed),
          body: await words(row.body_sealed),
          agreedPoints: await words(row.agreed_sealed),
        })),
      ),
    },
    seen: [...shown.seen, ...links.seen, ...recordings.seen, ...earlier.map(row => row.seen_no)],
  }
}

export async function check(
  context: QueryContext,
  input: z.output<typeof checkContact.input>,
): Promise<Seen<z.input<typeof checkContact.output>>> {
  const { db, now, today } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', input.partyId).executeTakeFirst(),
    'party',
  )
  const whom = { partyId: input.partyId, personId: input.personId ?? null, receivableIds: input.receivableId }
  const facts = await contactFacts(db, whom, today)
  const { channel, category, direction } = input
  const at = input.at ? new Date(input.at) : now
  const broken = brokenRules({ channel, category, direction, at, timeKnown: true }, facts)
  return { body: { ...policyOf(broken), contactWindow: facts.contactWindow }, seen: [] }
}

export async function plans(
  keys: SubjectKeys,
  context: QueryContext,
  input: z.output<typeof listPlans.input>,
): Promise<Seen<z.input<typeof listPlans.output>>> {
  const { db, actor } = context
  let asked = db
    .selectFrom('contact_plan as c')
    .innerJoin('party as p', 'p.id', 'c.party_id')
    .leftJoin('person as who', 'who.id', 'c.person_id')
    .selectAll('c')
    .select([
      'p.seen_no as party_seen_no',
      'who.family_name',
      'who.given_name',
      'who.seen_no as person_seen_no',
    ])
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
    .where('c.state', '=', 'planned')
    .orderBy('c.planned_at')
    .limit(100)
  if (actor.reach !== 'all')
    asked = asked.where('c.party_id', 'in', partiesInReach(context).select('party.id'))
  if (input.partyId) asked = asked.where('c.party_id', 'in', sameCompany(input.partyId))
  if (input.mine) asked = asked.where('c.owner_id', '=', actor.id)
  const rows = await asked.execute()
  const names = await staffNames(
    db,
    rows.map(row => row.owner_id),
  )
  return {
    body: {
      rows: await Promise.all(
        rows.map(async row => ({
          id: row.id,
          rowVersion: row.row_version,
          party: { id: row.party_id, name: row.party_name },
          person: row.person_id ? { id: row.person_id, name: `${row.family_name} ${row.given_name}` } : null,
          channel: row.channel,
          plannedAt: row.planned_at,
          purpose: await keys.open(db, row.purpose_sealed),
          owner: names.get(row.owner_id) ?? UNKNOWN,
          mine: row.owner_id === actor.id,
        })),
      ),
    },
    seen: rows.flatMap(row => [
      row.seen_no,
      row.party_seen_no,
      ...(row.person_seen_no === null ? [] : [row.person_seen_no]),
    ]),
  }
}

export async function promises(
  context: QueryContext,
  { partyId }: z.output<typeof listPromises.input>,
): Promise<Seen<z.input<typeof listPromises.output>>> {
  const party = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const rows = await context.db
    .selectFrom('payment_promise as m')
    .leftJoin('receivable as r', 'r.id', 'm.receivable_id')
    .leftJoin('communication as k', join =>
      join.onRef('k.root_id', '=', 'm.communication_id').on('k.superseded_at', 'is', null),
    )
    .selectAll('m')
    .select(['r.receivable_no', 'r.seen_no'])
    .where('m.party_id', 'in', sameCompany(partyId))
    .where(eb =>
      mayDo(context.actor, RESTRICTED)
        ? eb.val(true)
        : eb.or([eb('k.id', 'is', null), eb('k.disclosure_scope', '=', 'all')]),
    )
    .orderBy('m.due_on', 'desc')
    .orderBy('m.id')
    .limit(50)
    .execute()
  return {
    body: {
      rows: rows.map(row => ({
        id: row.id,
        promisedOn: row.promised_on,
        dueOn: row.due_on,
        amountYen: row.amount_yen,
        outcome: row.outcome,
        receivable: row.receivable_id
          ? { id: row.receivable_id, receivableNo: row.receivable_no ?? '' }
          : null,
      })),
    },
    seen: [party.seen_no, ...rows.flatMap(row => row.seen_no ?? [])],
  }
}
