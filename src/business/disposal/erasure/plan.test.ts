import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import { dealData, masterData, removedRows } from './plan.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** Tables about the house itself, public lists, derived figures and the trail, which has its own way of losing words. */
const NOT_ABOUT_CUSTOMERS =
  /^(approval_authority|assessment_rule|audit_|book_proof|command_run|company|computed_|corporate_register|custom_field|desk_item|disposal|form_layout|further_approval|import_batch|import_template|letter_template|list_|mark$|migration_source|plan$|plan_version|policy_|quality_|register_|schema_|sign_in_|staff_|stage_rule|statement_file|subject_key|view_event|watch_list_version)/
/** Columns of parties and people are read from the description of their fields. */
const DESCRIBED = /^(party|person)\.[a-z_]+$/
/** Codes, kinds and versions without a closed list in the database; names of agencies, law and rules; fingerprints; and ids. */
const KEPT = [
  'alert.dedupe_key',
  'alert.kind',
  'alert.owner_role',
  'alert.rule_code',
  'alert.subject_kind',
  'application.clock_hours',
  'application.clock_policy',
  'application.clock_starts',
  'assignment_notice.delivered_time',
  'assignment_notice.fixed_date_kind',
  'assignment_registration.claim_type_code',
  'assignment_registration.claim_type_label',
  'bank_line.kind',
  'change_impact.linked_kind',
  'change_impact.rule_code',
  'change_request.approve_permission',
  'change_request.approve_role',
  'change_request.command',
  'change_request.object_kind',
  'change_request.read_set',
  'change_request.reason_code',
  'change_request_approval.role',
  'change_review.owner_role',
  'change_review.rule_code',
  'claim_take_back.clause',
  'communication.policy_rules',
  'communication_link.record_kind',
  'communication_recording.mime',
  'contract_signing.antisocial_clause_version',
  'contract_signing.sign_provider',
  'contract_version.terms',
  'credit_limit.authority_level',
  'credit_score.components',
  'credit_score.model_version',
  'credit_score.provider_name',
  'credit_score.reason_codes',
  'document.text_version',
  'document_inbox.mime',
  'document_link.object_kind',
  'document_reading.source',
  'document_time_stamp.authority',
  'document_time_stamp.chain',
  'document_time_stamp.policy',
  'document_time_stamp.serial',
  'document_version.mime',
  'external_report.provider_name',
  'field_value.field',
  'field_value.record_kind',
  'incident.breach_grounds',
  'inquiry.sla_policy',
  'journal.event_kind',
  'kyc_case.method_code',
  'kyc_case.purpose_code',
  'kyc_case.purpose_label',
  'kyc_case.rating_factors',
  'kyc_document.kind',
  'ledger_entry.account_code',
  'ledger_entry.reversed_kind',
  'letter_mail.fault',
  'letter_mail.message_id',
  'match_proposal.allocations',
  'panel_sending.accept_channel',
  'panel_sending.shared',
  'party_identifier.issuer_name',
  'party_overlay.field',
  'penalty.clause',
  'planned_change.command',
  'planned_change.permission',
  'planned_change.reason_code',
  'planned_change.record_kind',
  'purchase.charges',
  'quote.answer_channel',
  'quote.charges',
  'receivable.number_key',
  'receivable.number_tail',
  'receivable_particulars.taxes',
  'receivable_step.to_state',
  'record_change.reason_code',
  'record_change.record_kind',
  'record_custom.record_kind',
  'screening_case.job_key',
  'screening_case.lists',
  'screening_case.policy_version',
  'screening_case.scope',
  'screening_hit.entry_id',
  'screening_hit.list_id',
  'screening_media_search.keyword_set_version',
  'screening_media_search.provider',
  'screening_media_search.scope',
  'screening_past_result.provider',
  'screening_past_result.scope',
  'screening_past_result.source',
  'set_off.basis',
  'task.owner_key',
  'task.owner_role',
]

test('every column that can hold words about a customer is blanked, removed, or kept by name', async () => {
  const { rows } = await sql<{ table: string; column: string; closed: boolean }>`
    select c.table_name as table, c.column_name as column, exists (
      select from pg_constraint k where k.contype = 'c' and k.conrelid = format('%I', c.table_name)::regclass
        and pg_get_constraintdef(k.oid) ~ ('\\(' || c.column_name || ' = ANY \\(ARRAY')) as closed
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and (c.data_type in ('text', 'jsonb', 'json', 'bytea') or c.udt_name = '_text')
    order by 1, 2`.execute(world.db)
  const blanked = new Set(
    [...masterData, ...dealData].flatMap(({ table, blank }) =>
      Object.keys(blank).map(column => `${table}.${column}`),
    ),
  )
  const removed = new Set(removedRows.map(({ table }) => table))
  const left = rows
    .filter(({ table, closed }) => !closed && !NOT_ABOUT_CUSTOMERS.test(table) && !removed.has(table))
    // Numbers given here, keyed hashes, and what goes with its key.
    .filter(({ column }) => !/(_no|_hash|_sealed)$/.test(column))
    .map(({ table, column }) => `${table}.${column}`)
    .filter(name => !blanked.has(name) && !DESCRIBED.test(name))
  expect(left).toEqual(KEPT)
})

test('every blanked column is there', async () => {
  const { rows } = await sql<{ name: string }>`select table_name || '.' || column_name as name
    from information_schema.columns where table_schema = 'public'`.execute(world.db)
  const known = new Set(rows.map(row => row.name))
  const unknown = [...masterData, ...dealData].flatMap(({ table, by, blank }) =>
    [by, ...Object.keys(blank)].map(column => `${table}.${column}`).filter(name => !known.has(name)),
  )
  expect(unknown).toEqual([])
})
