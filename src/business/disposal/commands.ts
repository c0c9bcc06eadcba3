import { sql } from 'kysely'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
  type RecordRef,
} from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { markOfErased } from '../../platform/trail/erasures.ts'
import { visibleClasses } from '../documents/index.ts'
import { policyInForce } from '../policy/index.ts'
import { proposeDisposal } from './contract.ts'
import { eraseScope, eraseTrail, filesOf } from './erasure/erase.ts'
import { hindranceSentences, ruleLabel, subjectKindLabels } from './labels.ts'
import { judge } from './other-facts.ts'
import { disposalReasons, type Judged } from './rules/retention.ts'
import { type Scope, scopeOf } from './scope.ts'
import { headOf, type Subject, subjectsOf } from './subject.ts'
import type { DisposalScope, SubjectKind } from './tables.ts'

/** While it is only asked for there is no request of its own to leave out. */
const NO_REQUEST = '00000000-0000-0000-0000-000000000000'

/** Always two people; carried out, everything happens in one transaction. Files and certificate follow by the clock (`finish.ts`). */
export const propose = defineCommand(proposeDisposal, {
  async critical(context, input): Promise<CriticalChange> {
    const { subject, judged, members } = await decide(context, input.subjectKind, input.subjectId)
    const retention = ruleLabel(judged.rule)
    const scope = await scopeOf(context.tx, subject, NO_REQUEST)
    return {
      subject: { kind: subject.kind, id: subject.id },
      related: members.filter(member => member.id !== subject.id).map(({ kind, id }) => ({ kind, id })),
      // Only numbers: the request is kept, and nothing of what is destroyed may stand in it.
      summary: `廃棄　${subjectKindLabels[subject.kind]} ${subject.number}`,
      readSet: members.map(member => ({ table: member.kind, id: member.id, version: member.rowVersion })),
      items: [
        {
          field: 'subject',
          label: '対象',
          old: members.map(member => member.number).join('、'),
          new: '廃棄済み',
        },
        { field: 'goesWithIt', label: '一緒に廃棄するもの', old: null, new: goesWith(scope) },
        { field: 'retention', label: '保存区分', old: null, new: retention },
        { field: 'until', label: '保存期間の最終日', old: null, new: judged.until },
      ],
      evidenceRequired: false,
      approve: 'disposal.approve',
      // Not under the key it asks to destroy.
      dataSubjectId: context.actor.id,
    }
  },
  async run(context, input) {
    const { tx, now, today, keys, approval } = context
    refuseUnless(approval !== null, 'disposal_must_need_two')
    const { subject, judged } = await decide(context, input.subjectKind, input.subjectId)
    const at = now.toISOString()
    const scope = await scopeOf(tx, subject, approval.changeRequestId)
    const numbers = await numbersOf(context, scope)
    const id = newId()
    const { disposal_no: disposalNo } = await tx
      .insertInto('disposal')
      .values({
        id,
        subject_kind: subject.kind,
        subject_id: subject.id,
        retention_class: judged.rule,
        due_on: judged.until,
        legal_hold_checked_at: at,
        change_request_id: approval.changeRequestId,
        proposed_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        reason: input.change.reasonText,
        executed_at: at,
        certificate_document_id: null,
      })
      .returning('disposal_no')
      .executeTakeFirstOrThrow()
    const files = await filesOf(tx, scope)
    await noteWhatGoes(context, id, scope, files)
    const tables = await eraseScope(tx, { disposalId: id, at, today }, scope)
    const subjects = keyHolders(scope)
    const keysDestroyed = await keys.destroy(tx, subjects, at)
    const emptied = await eraseTrail(tx, id, scope.records, approval.changeRequestId)
    const rows = Object.values(tables).reduce((sum, one) => sum + one, 0)
    const said: DisposalScope = { ...numbers, files: files.length, events: emptied.length, tables }
    await tx
      .updateTable('disposal')
      .set({
        scope: JSON.stringify(said) as never,
        rows,
        keys_destroyed: keysDestroyed,
      })
      .where('id', '=', id)
      .execute()
    await context.record({
      verb: 'disposal_executed',
      subjects: [{ kind: 'disposal', id }, ...refsOf(scope)],
      facts: {
        summary: `廃棄 ${disposalNo}　${subject.number}`,
        retentionClass: judged.rule,
        retentionUntil: judged.until,
        rows,
        keysDestroyed,
        files: files.length,
        erasedEvents: emptied.length,
        erasedTexts: markOfErased(emptied),
      },
      reason: input.change.reasonText,
    })
    for (const one of subjects) keys.forget(one)
    return { id, disposalNo, rows, keysDestroyed }
  },
})

/** For the second person: how much goes, in numbers. */
function goesWith({ parties, people, documents }: Scope): string {
  return `記録 ${parties.length}件、関係者 ${people.length}人、書類 ${documents.length}件`
}

interface Decided {
  subject: Subject
  judged: Judged
  /** All records of the company, or the record alone. */
  members: Subject[]
}

/** Locks the record, and all records of its company, and refuses with every rule that stands against it. */
async function decide(context: CommandContext, kind: SubjectKind, givenId: Id): Promise<Decided> {
  const { tx, today, approval } = context
  const id = await headOf(tx, kind, givenId)
  const ids =
    kind === 'party'
      ? (
          await tx.selectFrom('party_identity').select('party_id').where('identity_id', '=', id).execute()
        ).map(row => row.party_id)
      : [id]
  await sql`select 1 from ${sql.table(kind)} where id = any(${ids}::uuid[]) order by id for update`.execute(
    tx,
  )
  const members = [...(await subjectsOf(tx, kind, ids)).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const subject = found(members.find(member => member.id === id) ?? members[0], kind)
  if (kind === 'document') await refuseUnseen(context, id)
  refuseUnless(!members.some(member => member.disposed), 'record_must_not_be_disposed_of')
  const { retention } = await policyInForce(tx)
  const judged = found(
    (await judge(tx, kind, [id], retention, approval?.changeRequestId ?? null)).get(id),
    kind,
  )
  refuseAll(
    disposalReasons(judged, today, {
      ruleLabel: ruleLabel(judged.rule),
      sentenceOf: code => hindranceSentences[code],
    }),
  )
  return { subject, judged, members }
}

/** To whoever may not see its class a paper does not exist. */
async function refuseUnseen(context: CommandContext, documentId: Id): Promise<void> {
  const seen = await context.tx
    .selectFrom('document')
    .select('id')
    .where('id', '=', documentId)
    .where('confidentiality', 'in', visibleClasses(context))
    .executeTakeFirst()
  found(seen, 'document')
}

async function noteWhatGoes(
  { tx }: CommandContext,
  disposalId: Id,
  scope: Scope,
  files: string[],
): Promise<void> {
  const gone = refsOf(scope)
  await sql`insert into disposal_subject (subject_id, disposal_id, subject_kind)
    select u.id, ${disposalId}::uuid, u.kind from unnest(${gone.map(one => one.id)}::uuid[], ${gone.map(one => one.kind)}::text[]) as u(id, kind)`.execute(
    tx,
  )
  await sql`insert into disposal_file (stored_path, disposal_id)
    select u.path, ${disposalId}::uuid from unnest(${files}::text[]) as u(path) on conflict (stored_path) do nothing`.execute(
    tx,
  )
  await sql`delete from disposal_due where subject_id = any(${gone.map(one => one.id)}::uuid[])`.execute(tx)
}

function refsOf(scope: Scope): RecordRef[] {
  return [
    ...scope.parties.map(id => ({ kind: 'party', id })),
    ...scope.people.map(id => ({ kind: 'person', id })),
    ...scope.documents.map(id => ({ kind: 'document', id })),
  ]
}

/** Whose keys go: the subjects', those of incidents about nobody else, and of imports whose staged rows name them. */
function keyHolders(scope: Scope): Id[] {
  const papersAlone = scope.parties.length === 0 && scope.people.length === 0
  return papersAlone ? [] : [...new Set([...scope.records, ...scope.imports])]
}

async function numbersOf({ tx }: CommandContext, scope: Scope) {
  const numbers = async (kind: SubjectKind, ids: readonly Id[]) =>
    [...(await subjectsOf(tx, kind, ids)).values()].map(one => one.number).sort()
  return {
    parties: await numbers('party', scope.parties),
    people: await numbers('person', scope.people),
    documents: await numbers('document', scope.documents),
  }
}
