import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { HoursRule } from '../access/index.ts'
import { type ApplicationChannel, applicationChannels, applicationForms } from '../plans/contract.ts'
import type { Charge } from '../receivables/index.ts'
import type { ItemKind, ItemState } from './rules/checklist.ts'
import type { ClockStarts } from './rules/clock.ts'
import type { SendingState, SharedItem } from './rules/panel.ts'
import type { StoredState } from './rules/states.ts'

export type { ApplicationChannel }
export { applicationChannels as channels, applicationForms as forms }
export const quoteStates = ['offered', 'accepted', 'declined', 'expired', 'withdrawn'] as const
export type QuoteState = (typeof quoteStates)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    application: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      application_no: string
      client_id: string
      plan_version_id: string | null
      /** Null only for an application taken over from papers that do not say. */
      channel: ApplicationChannel | null
      form: (typeof applicationForms)[number]
      campaign: string | null
      broker_id: string | null
      inquiry_id: string | null
      requested_yen: number
      needed_by: string | null
      previous_factor_name: string | null
      previous_factor_ended_on: string | null
      previous_factor_open_yen: number | null
      owner_id: string
      state: StoredState
      state_at: string
      clock_policy: string
      submitted_at: string | null
      clock_started_at: string | null
      decision_due: string | null
      funding_due: string | null
      /** The company's hours at the submission. */
      clock_hours: ColumnType<HoursRule | null, string | null, string | null>
      clock_starts: ColumnType<ClockStarts, string | undefined, string>
      paused_ms: Generated<number>
      paused_wall_ms: Generated<number>
      paused_since: string | null
      decided_at: string | null
      first_decision: 'quoted' | 'rejected' | null
      decision_reason: string | null
      decided_by: string | null
      drafted_by: string
      drafted_at: string
      ended_at: string | null
      next_due: ColumnType<string | null, never, never>
    }
    application_claim: {
      receivable_id: string
      application_id: string
      linked_by: string
      linked_at: string
    }
    application_item: {
      id: string
      application_id: string
      position: number
      item_kind: ItemKind
      title: string | null
      state: ItemState
      document_id: string | null
      note: string | null
      set_by: string
      set_at: string
    }
    quote: {
      id: string
      seen_no: Generated<number>
      quote_no: string
      application_id: string
      contract_id: string
      contract_version: number
      plan_version_id: string | null
      quoted_on: string
      state: QuoteState
      purchased_yen: number
      advance_yen: number
      reserve_yen: number
      fee_yen: number
      price_yen: number
      charges: JSONColumnType<Charge[], string, string>
      charges_yen: number
      tax_yen: number
      net_yen: number
      annualised_ppm: number | null
      collateral_required: Generated<'none' | 'optional' | 'required'>
      guarantor_required: Generated<'none' | 'optional' | 'required'>
      issued_by: string
      issued_at: string
      expires_at: string
      answered_on: string | null
      answered_by_sealed: string | null
      answer_channel: string | null
      answer_documents: Generated<string[]>
      answer_recorded_by: string | null
    }
    panel_sending: {
      id: string
      row_version: Generated<number>
      application_id: string
      funder_id: string
      consent_document_id: string
      shared: SharedItem[]
      sent_by: string
      sent_at: string
      state: SendingState
      answered_on: Generated<string | null>
      purchased_yen: Generated<number | null>
      fee_yen: Generated<number | null>
      charges_yen: Generated<number | null>
      reserve_yen: Generated<number | null>
      net_yen: ColumnType<number | null, never, never>
      expires_at: Generated<string | null>
      decline_reason: Generated<string | null>
      answer_document_ids: Generated<string[]>
      answer_recorded_by: Generated<string | null>
      answer_recorded_at: Generated<string | null>
      accepted_on: Generated<string | null>
      accepted_by_sealed: Generated<string | null>
      accept_channel: Generated<string | null>
      accept_document_ids: Generated<string[]>
      accept_recorded_by: Generated<string | null>
      closed_at: Generated<string | null>
    }
    panel_sending_line: {
      sending_id: string
      receivable_id: string
      eligible_yen: number
      purchased_yen: number
      advance_yen: number
      reserve_yen: number
      fee_yen: number
    }
    quote_line: {
      quote_id: string
      receivable_id: string
      face_yen: number
      eligible_yen: number
      purchased_yen: number
      advance_yen: number
      reserve_yen: number
      fee_yen: number
      days: number
    }
  }
}
