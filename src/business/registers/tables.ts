import type { Generated } from 'kysely'

export const registerSources = ['corporate_number', 'invoice_issuer', 'gbizinfo'] as const
export type RegisterSource = (typeof registerSources)[number]

export interface RegisterLoadTable {
  id: string
  seen_no: Generated<number>
  file_name: string
  file_hash: string
  rows: number
  added: number
  changed: number
  past: number
  problems: number
  problem_rows: Generated<{ line: number; column: string; message: string }[]>
  newest_update_on: string | null
  loaded_by: string
  loaded_at: string
  compared_at: string | null
}

export interface CorporateRegisterTable {
  corporate_number: string
  load_id: string
  sequence_no: number
  process: string
  updated_on: string
  changed_on: string | null
  name: string
  name_core: string
  kana: string | null
  name_en: string | null
  kind: string
  pref: string | null
  city: string | null
  street: string | null
  post_code: string | null
  abroad: string | null
  closed_on: string | null
  close_cause: string | null
  successor: string | null
  change_cause: string | null
  name_has_image: boolean
  hidden: boolean
}

export interface RegisterSettingTable {
  source: RegisterSource
  row_version: Generated<number>
  enabled: boolean
  base_url: string
  key_sealed: string | null
  key_last: string | null
  changed_by: string
  changed_at: string
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    register_load: RegisterLoadTable
    corporate_register: CorporateRegisterTable
    register_setting: RegisterSettingTable
  }
}
