import { DESTROYED } from '../../../platform/crypto/subject-keys.ts'
import type { Scope } from '../scope.ts'

/** What stands where something was destroyed: in names, and in texts with a least length. */
export const WORD = '廃棄済み'
export const TEXT = '（廃棄済み）'
/** Stands for the row's own id, where a column must differ from row to row. */
export const OWN_ID = '$id'

/** Rows of one table that go with a disposal: which, and what their columns hold afterwards. Columns which hold nothing stay empty. */
export interface Erased {
  table: string
  /** The column by which rows are found, and the ids to look for. */
  by: string
  of: keyof Scope
  /** Column → what it holds afterwards; null empties it, arrays and objects are written as PostgreSQL reads them. */
  blank: Readonly<Record<string, string | null>>
}

/** Rows that follow from others and hold keys of names, numbers and values: they are removed. */
export interface Removed {
  table: string
  by: string
  of: keyof Scope
}

const to = (value: string | null, ...columns: string[]) =>
  Object.fromEntries(columns.map(one => [one, value]))
const empty = (...columns: string[]) => to(null, ...columns)
const text = (...columns: string[]) => to(TEXT, ...columns)
const word = (...columns: string[]) => to(WORD, ...columns)
const rows = (table: string, by: string, of: keyof Scope, blank: Erased['blank']): Erased => ({
  table,
  by,
  of,
  blank,
})

/** The master data of companies and people, and what was checked and said about them. */
export const masterData: readonly Erased[] = [
  rows('party_name', 'party_id', 'parties', { ...word('name'), ...empty('kana') }),
  rows('party_identifier', 'party_id', 'parties', word('value')),
  rows('party_branch', 'party_id', 'parties', {
    ...word('name'),
    ...empty('name_kana', 'postal_code', 'address', 'phone', 'phone_display'),
  }),
  rows('party_assignment', 'party_id', 'parties', text('reason', 'ended_reason')),
  rows('party_judgement', 'party_id', 'parties', {
    ...text('reason', 'withdrawn_reason'),
    ...empty('reasons', 'facts'),
  }),
  rows('party_judgement', 'other_party_id', 'parties', {
    ...text('reason', 'withdrawn_reason'),
    ...empty('reasons', 'facts'),
  }),
  rows('party_merge', 'id', 'merges', {
    ...to('{}', 'choices', 'values_at_merge'),
    ...text('reason', 'undone_reason'),
  }),
  rows('party_person', 'party_id', 'parties', {
    ...empty('title', 'department', 'contact_window'),
    ...text('do_not_contact_reason'),
  }),
  rows('party_person', 'person_id', 'people', {
    ...empty('title', 'department', 'contact_window'),
    ...text('do_not_contact_reason'),
  }),
  rows('tie_proposal', 'first_id', 'parties', text('decision_reason')),
  rows('tie_proposal', 'second_id', 'parties', text('decision_reason')),
  rows('control_exclusion', 'party_id', 'parties', text('reason', 'ended_reason')),
  rows('control_exclusion', 'person_id', 'people', text('reason', 'ended_reason')),
  rows('record_custom', 'id', 'records', to('{}', 'plain', 'sealed')),
  rows('field_value', 'record_id', 'records', empty('value', 'value_sealed')),
  rows('record_change', 'record_id', 'records', text('reason_text')),
  rows('planned_change', 'record_id', 'records', {
    ...text('summary', 'reason_text', 'end_reason'),
    ...to('[]', 'items'),
    ...to(DESTROYED, 'input_sealed'),
  }),
  rows('change_request', 'id', 'requests', {
    ...text('summary', 'reason_text'),
    ...to('[]', 'items'),
    ...empty('decision_comment', 'answer'),
    ...to(DESTROYED, 'input_sealed'),
  }),
  rows('change_impact', 'change_request_id', 'requests', text('sentence')),
  rows('task', 'party_id', 'parties', { ...word('title'), ...text('note', 'outcome') }),
  rows('task', 'origin_id', 'records', { ...word('title'), ...text('note', 'outcome') }),
  rows('change_request_approval', 'request_id', 'requests', empty('comment')),
  rows('alert', 'party_id', 'parties', text('sentence', 'outcome', 'snoozed_reason')),
  rows('change_review', 'party_id', 'parties', {
    ...text('sentence', 'outcome_reason'),
    ...to(OWN_ID, 'facts_key'),
    ...to('[]', 'differences'),
  }),
  rows('watch_status', 'party_id', 'parties', text('reason')),
  rows('kyc_case', 'party_id', 'parties', {
    ...word('purpose'),
    ...empty('business_content', 'mail_tracking'),
    ...text('exception_reason'),
  }),
  rows('kyc_document', 'case_id', 'kycCases', empty('issuer', 'number_last')),
  rows('kyc_document', 'person_id', 'people', empty('issuer', 'number_last')),
  rows('kyc_electronic_check', 'case_id', 'kycCases', empty('provider')),
  ...(['parties', 'people'] as const).flatMap(of => [
    rows('screening_case', 'subject_id', of, {
      ...word('subject_name'),
      ...to('', 'subject_hash'),
      ...text('verdict_reason', 'conditions'),
    }),
    rows('screening_hit', 'subject_id', of, {
      ...word('subject_name', 'matched_name'),
      ...to('', 'subject_hash'),
      ...to('{}', 'entry'),
      ...text('judgement_reason'),
    }),
    rows('screening_media_search', 'subject_id', of, {
      ...text('conditions'),
      ...empty('query_id'),
      ...to('[]', 'evidence'),
    }),
    rows('screening_past_result', 'subject_id', of, empty('checked_by', 'evidence_name')),
  ]),
  rows('credit_limit', 'id', 'limits', text('grounds', 'suspended_reason')),
  rows('credit_review', 'party_id', 'parties', {
    ...text('conditions', 'grounds', 'withdrawn_reason'),
    ...to('[]', 'basis'),
  }),
  rows('credit_score', 'party_id', 'parties', text('override_reason', 'retracted_reason')),
  rows('external_report', 'party_id', 'parties', {
    ...text('summary', 'retracted_reason'),
    ...empty('rating', 'bankruptcy_forecast'),
  }),
  rows('limit_breach', 'limit_id', 'limits', text('cause')),
  rows('limit_override', 'client_id', 'parties', text('reason', 'revoked_reason')),
  rows('limit_override', 'debtor_id', 'parties', text('reason', 'revoked_reason')),
  rows('collateral', 'party_id', 'parties', {
    ...text('description', 'end_reason'),
    ...empty('registered_no'),
  }),
  rows('guarantee', 'party_id', 'parties', text('end_reason', 'judgement_reason')),
  rows('guarantee', 'guarantor_party_id', 'parties', text('end_reason', 'judgement_reason')),
  rows('guarantee', 'guarantor_person_id', 'people', text('end_reason', 'judgement_reason')),
  rows('incident', 'id', 'incidents', { ...word('title'), ...empty('court', 'court_case_no') }),
  rows('communication', 'party_id', 'parties', {
    ...word('handler_name'),
    ...text('correction_reason'),
    ...empty('sub_category'),
  }),
  rows('communication_recording', 'party_id', 'parties', {
    ...word('original_file_name'),
    ...text('consent_how'),
    ...to('', 'content_hash', 'stored_path'),
  }),
  rows('contact_plan', 'party_id', 'parties', text('ended_reason')),
]

/** Papers, deals and money: numbers, amounts and days stay as the books need them, words and names go. */
export const dealData: readonly Erased[] = [
  rows('document', 'id', 'documents', {
    ...word('title', 'counterparty'),
    ...text('hold_reason', 'struck_reason', 'correction_reason', 'quarantine_reason'),
    ...empty('amount_yen', 'counterparty_id'),
  }),
  rows('document_version', 'document_id', 'documents', {
    ...word('file_name', 'original_file_name'),
    ...text('reason'),
    ...to('', 'content_hash', 'stored_path'),
  }),
  rows('document_reading', 'document_id', 'documents', {
    ...text('decision_reason'),
    ...to(DESTROYED, 'value_sealed'),
  }),
  rows('document_time_stamp', 'document_id', 'documents', {
    ...word('original_file_name'),
    ...to('', 'content_hash', 'stored_path'),
    ...to('0'.repeat(64), 'digest'),
  }),
  rows('document_inbox', 'document_id', 'documents', {
    ...word('archive_name', 'path'),
    ...to('', 'content_hash', 'stored_path'),
  }),
  rows('document_inbox', 'proposed_party_id', 'parties', {
    ...word('archive_name', 'path'),
    ...text('left_out_reason'),
    ...to('', 'content_hash', 'stored_path'),
  }),
  rows('import_row', 'party_id', 'parties', {
    ...word('name'),
    ...to('[]', 'problems'),
    ...to('{}', 'refs'),
  }),
  rows('import_row', 'record_id', 'records', {
    ...word('name'),
    ...to('[]', 'problems'),
    ...to('{}', 'refs'),
  }),
  rows('bank_account', 'party_id', 'parties', {
    ...word('bank_name', 'branch_name', 'holder_name', 'holder_kana'),
    ...to('0000', 'bank_code'),
    ...to('000', 'branch_code', 'account_no_last'),
    ...to(OWN_ID, 'account_hash'),
    ...empty('yucho_symbol', 'yucho_number'),
    ...text('block_reason'),
  }),
  rows('account_callback', 'account_id', 'accounts', { ...to('', 'number_last'), ...empty('note') }),
  rows('account_callback', 'person_id', 'people', { ...to('', 'number_last'), ...empty('note') }),
  rows('contract', 'id', 'contracts', text('termination_reason')),
  rows('contract_version', 'contract_id', 'contracts', text('reason')),
  rows('contract_signing', 'contract_id', 'contracts', empty('envelope_id')),
  rows('application', 'id', 'applications', {
    ...empty('campaign'),
    ...word('previous_factor_name'),
    ...text('decision_reason'),
  }),
  rows('application_item', 'application_id', 'applications', { ...word('title'), ...text('note') }),
  rows('panel_sending', 'application_id', 'applications', text('decline_reason')),
  rows('receivable', 'id', 'claims', to('[]', 'findings')),
  rows('receivable', 'debtor_id', 'parties', empty('debtor_name_key')),
  rows('receivable_particulars', 'receivable_id', 'claims', empty('issuer_reg_no')),
  rows('receivable_step', 'receivable_id', 'claims', text('reason')),
  rows('duplicate_check', 'receivable_id', 'claims', { ...to('[]', 'matches'), ...text('verdict_reason') }),
  rows('assignment_notice', 'receivable_id', 'claims', {
    ...word('sent_to', 'delivered_to'),
    ...empty('department', 'post_no', 'trigger_text'),
  }),
  rows('collection_case', 'receivable_id', 'claims', text('next_action', 'dispute_reason')),
  rows('advanced_cost', 'receivable_id', 'claims', { ...word('payee'), ...text('reason', 'undo_reason') }),
  rows('claim_take_back', 'receivable_id', 'claims', text('reason', 'compliance_reason', 'undo_reason')),
  rows('debtor_insolvency', 'receivable_id', 'claims', text('reason')),
  rows('dilution', 'receivable_id', 'claims', text('reason')),
  rows('penalty', 'receivable_id', 'claims', text('reason', 'undo_reason')),
  rows('waiver', 'receivable_id', 'claims', text('reason')),
  rows('limitation_event', 'receivable_id', 'claims', text('withdrawn_reason')),
  rows('set_off', 'party_id', 'parties', text('reason', 'undo_reason')),
  rows('journal', 'id', 'journals', text('reason')),
  rows('payment_in', 'id', 'deposits', text('held_reason')),
  rows('bank_line', 'id', 'lines', {
    ...word('payer_kana'),
    ...to('', 'edi', 'bank_summary', 'payer_bank', 'payer_branch'),
  }),
  rows('match_proposal', 'payment_id', 'deposits', to('[]', 'reasons', 'alternatives')),
  rows('reconciliation_match', 'payment_id', 'deposits', { ...to('[]', 'reasons'), ...text('undo_reason') }),
  rows('payer_alias', 'party_id', 'parties', {
    ...word('sender_kana'),
    ...to(OWN_ID, 'sender_key'),
    ...to('', 'bank', 'branch'),
    ...text('disabled_reason'),
  }),
  rows('payment_out', 'party_id', 'parties', text('outcome_reason')),
  rows('payout_due', 'party_id', 'parties', text('cancelled_reason')),
]

/** Keys by which records are found and compared, tags, and what was derived from them. */
export const removedRows: readonly Removed[] = [
  { table: 'party_search_key', by: 'party_id', of: 'parties' },
  { table: 'person_former_key', by: 'person_id', of: 'people' },
  { table: 'custom_key', by: 'record_id', of: 'records' },
  { table: 'record_mark', by: 'record_id', of: 'records' },
  { table: 'tie_key', by: 'company_id', of: 'parties' },
  { table: 'party_candidate', by: 'party_id', of: 'parties' },
  { table: 'party_candidate', by: 'other_party_id', of: 'parties' },
  { table: 'party_register_check', by: 'party_id', of: 'parties' },
  { table: 'screening_queue', by: 'subject_id', of: 'records' },
  { table: 'import_source_no', by: 'record_id', of: 'records' },
  { table: 'document_upload', by: 'data_subject_id', of: 'records' },
  { table: 'document_upload', by: 'record_id', of: 'records' },
]
