import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Tx } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { daysForTasks, systemActor } from '../access/index.ts'
import { type Impact, impactOf, settleImpact } from '../approvals/index.ts'
import { decideImpact, type ImpactDecision, type ImpactFacts } from './impact-rules.ts'
import { impactOutcomeLabels } from './labels.ts'
import { insertTask } from './records.ts'
import { impactOutcomes } from './tables.ts'

const AT_ONCE = 50
const NOT_IN_FORCE = '適用されなかったため、確認は不要です'

/**
 * Follows up applied changes, oldest first: decides each item they touch by the rules and opens a task where one is needed. A change that
 * takes effect later is met once it has; one that was taken back or failed leaves nothing to do. Each request is locked, so that no
 * second process opens a twin. Returns how many were followed.
 */
export async function openImpactTasks({ db, executor, permissions }: Services): Promise<number> {
  return db.transaction().execute(async tx => {
    const requests = await requestsToFollow(tx)
    if (requests.length === 0) return 0
    const context = executor.context(tx, systemActor('schedule', permissions), 'impact')
    const days = await daysForTasks(tx)
    for (const request of requests) {
      const summary = request.inForce ? await follow(context, request, days) : NOT_IN_FORCE
      await settleImpact(context, request.id)
      await context.record({
        verb: 'change_impact_followed',
        subjects: [{ kind: 'change_request', id: request.id }],
        facts: { summary: `${request.changeNo}　${summary}` },
      })
    }
    return requests.length
  })
}

/** An applied request whose impact nobody has followed up yet. */
interface AppliedRequest {
  id: Id
  changeNo: string
  command: string
  objectId: Id
  relatedIds: Id[]
  /** False when its change was planned for a day and taken back, or failed, before it. */
  inForce: boolean
}

/** Locks applied requests that are to be followed up, oldest first, but those whose day has not come; one another process is at is left to it. */
async function requestsToFollow(tx: Tx): Promise<AppliedRequest[]> {
  const { rows } = await sql<AppliedRequest>`
    select r.id, r.change_no as "changeNo", r.command, r.object_id as "objectId", r.related_ids as "relatedIds",
      not exists (select from planned_change p where p.change_request_id = r.id)
        or exists (select from planned_change p where p.change_request_id = r.id and p.state = 'applied') as "inForce"
    from change_request r
    where r.state = 'applied' and r.impact_settled_at is null
      and not exists (select from planned_change p where p.change_request_id = r.id and p.state = 'planned')
    order by r.applied_at, r.id limit ${AT_ONCE} for update of r skip locked`.execute(tx)
  return rows
}

/** Decides every item of a request; answers in words what came of them. */
async function follow(context: CommandContext, request: AppliedRequest, days: number): Promise<string> {
  const { tx, now } = context
  const partyId = await partyOf(tx, request)
  const facts = await factsOf(tx, request, partyId)
  const counts = { opened: 0, linked: 0, skipped: 0 }
  for (const impact of impactOf(request.command)) {
    const decision = decideImpact(request.command, impact, facts)
    counts[decision.outcome]++
    const taskId =
      decision.outcome === 'opened' ? await open(context, request, partyId, impact, decision, days) : null
    await tx
      .insertInto('change_impact')
      .values({
        change_request_id: request.id,
        impact,
        outcome: decision.outcome,
        rule_code: decision.rule,
        sentence: decision.outcome === 'opened' ? decision.title : decision.sentence,
        task_id: taskId,
        linked_kind: decision.outcome === 'linked' ? decision.kind : null,
        linked_id: decision.outcome === 'linked' ? decision.id : null,
        decided_at: now.toISOString(),
      })
      .execute()
  }
  return impactOutcomes
    .flatMap(outcome => (counts[outcome] ? [`${impactOutcomeLabels[outcome]} ${counts[outcome]}件`] : []))
    .join('、')
}

async function open(
  context: CommandContext,
  request: AppliedRequest,
  partyId: Id | null,
  impact: Impact,
  { title, role, ownersWork }: Extract<ImpactDecision, { outcome: 'opened' }>,
  days: number,
): Promise<Id> {
  const owner = ownersWork && partyId ? await personInCharge(context, partyId) : null
  const { id } = await insertTask(context, {
    id: newId(),
    kind: impact,
    origin: 'change_request',
    origin_id: request.id,
    party_id: partyId,
    title,
    note: null,
    owner_staff_id: owner,
    owner_role: owner ? null : role,
    due_on: addDays(context.today, days),
  })
  return id
}

/** Who looks after the company, while they are here and handle tasks. */
async function personInCharge(context: CommandContext, partyId: Id): Promise<Id | null> {
  const { rows } = await sql<{ owner: Id }>`
    select p.owner_staff_id as owner from party_identity i join party p on p.id = i.identity_id where i.party_id = ${partyId}`.execute(
    context.tx,
  )
  const owner = rows[0]?.owner
  const actor = owner ? await context.loadActor(owner) : null
  return actor?.kind === 'person' && actor.permissions.has('tasks.handle') ? actor.id : null
}

/** The company a change is about: named by the request, else by the claim, purchase, contract, check or case it names. */
async function partyOf(tx: Tx, { objectId, relatedIds, command }: AppliedRequest): Promise<Id | null> {
  // A debtor that fails is looked at as a debtor; everything else about a claim is the client's.
  const side = ['reconciliation.recordInsolvency', 'collections.writeOff'].includes(command)
    ? sql.ref('r.debtor_id')
    : sql.ref('r.client_id')
  const { rows } = await sql<{ id: Id }>`
    with named as (select id, at from unnest(${[objectId, ...relatedIds]}::uuid[]) with ordinality as u(id, at))
    select f.id from (
      select p.id, 0 as far, n.at from named n join receivable r on r.id = n.id join party p on p.id = ${side}
      union all select p.id, 1, n.at from named n join party p on p.id = n.id
      union all select c.client_id, 2, n.at from named n join purchase c on c.id = n.id
      union all select c.party_id, 2, n.at from named n join contract c on c.id = n.id
      union all select k.party_id, 2, n.at from named n join kyc_case k on k.id = n.id
      union all select s.party_id, 3, n.at from named n join screening_case c on c.id = n.id
        join screening_subject s on s.subject_id = c.subject_id) f
    where f.id is not null order by f.far, f.at limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

async function factsOf(
  tx: Tx,
  { objectId, relatedIds }: AppliedRequest,
  partyId: Id | null,
): Promise<ImpactFacts> {
  const records = sql`array(select company_records(${partyId}))`
  const named = sql`any(${[objectId, ...relatedIds]}::uuid[])`
  const { rows } = await sql<ImpactFacts>`select
    exists (select from party p where p.id = any(${records}) and p.roles @> array['client']) as "isClient",
    exists (select from contract c where c.party_id = any(${records}) and c.state in ('executed', 'active', 'amended')) as "hasContract",
    exists (select from credit_limit l join party_identity i on i.identity_id in (l.company_id, l.second_company_id)
      where i.party_id = any(${records}) and l.revoked_at is null and l.superseded_at is null and not l.set_aside) as "hasLimit",
    exists (select from bank_account a where a.party_id = any(${records}) and a.valid_to is null) as "hasAccount",
    exists (select from party p where p.id = any(${records}) and p.invoice_reg_no is not null) as "hasInvoiceNo",
    (select k.id from kyc_case k where k.party_id = any(${records}) and k.state in ('in_progress', 'reopened')
      and k.superseded_at is null order by k.id desc limit 1) as "openKycCase",
    exists (select from watch_list_version w where w.superseded_at is null) as "listsLoaded",
    exists (select from screening_case c where c.id = ${named} and c.state = 'cleared')
      or exists (select from receivable r where r.id = ${objectId} and r.duplicate_result = 'judged_different') as "foundHarmless"`.execute(
    tx,
  )
  return rows[0]!
}
