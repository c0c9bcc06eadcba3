import type { Generated } from 'kysely'

export const accountUsages = ['payout', 'remit_from', 'collection', 'virtual', 'fee'] as const
export type AccountUsage = (typeof accountUsages)[number]
export const verificationMethods = ['document', 'small_deposit_test', 'bank_api'] as const
export type VerificationMethod = (typeof verificationMethods)[number]
export const callbackNumbers = ['company', 'phone', 'mobile'] as const
export type CallbackNumber = (typeof callbackNumbers)[number]
export const callbackResults = ['confirmed', 'denied', 'not_reached'] as const
export type CallbackResult = (typeof callbackResults)[number]
export type HolderMatch = 'equal' | 'equal_normalised' | 'different' | 'unknown'

declare module '../../platform/database/database.ts' {
  interface Tables {
    bank_account: {
      id: string
      row_version: Generated<number>
      seen_no: Generated<number>
      party_id: string | null
      usage: AccountUsage
      bank_code: string
      bank_name: string
      branch_code: string
      branch_name: string
      account_type: '1' | '2' | '4' | '9'
      account_no_sealed: string
      account_no_last: string
      account_hash: string
      yucho_symbol: string | null
      yucho_number: string | null
      holder_kana: string
      holder_name: string
      holder_match: HolderMatch
      verification: VerificationMethod | null
      verification_result: Generated<'pending' | 'confirmed' | 'failed' | 'returned'>
      verified_on: string | null
      verified_by: string | null
      verification_approved_by: string | null
      cooling_until: string | null
      callback_required: Generated<boolean>
      /** When it was asked for; null: when it was registered. */
      asked_at: string | null
      released_on: string | null
      blocked_at: string | null
      block_reason: string | null
      valid_from: string
      valid_to: string | null
      replaces: string | null
      registered_by: string
      recorded_at: string
    }
    account_callback: {
      id: string
      account_id: string
      called_at: string
      called_by: string
      person_id: string | null
      number_of: CallbackNumber
      number_sealed: string
      number_last: string
      result: CallbackResult
      note: string | null
      recorded_at: string
    }
    deposit_test: {
      id: string
      account_id: string
      sent_yen: number
      sent_on: string
      sent_by: string
      answered_yen: number | null
      answered_on: string | null
      answered_by: string | null
    }
  }
}
