import type { Generated } from 'kysely'
import type { Json } from '../../platform/trail/canonical.ts'

export const customKinds = [
  'party',
  'person',
  'bank_account',
  'credit_review',
  'contract',
  'receivable',
  'application',
  'inquiry',
  'incident',
] as const
export type CustomKind = (typeof customKinds)[number]

export const customTypes = [
  'text',
  'number',
  'yen',
  'date',
  'choice',
  'multiChoice',
  'staff',
  'file',
] as const
export type CustomType = (typeof customTypes)[number]

export interface CustomChoice {
  /** Stays for ever; the label may change. */
  value: string
  label: string
  /** No longer offered; records keep it. */
  retired: boolean
}

export const markKinds = ['status', 'tag'] as const
export type MarkKind = (typeof markKinds)[number]

export const markColours = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
  'grey',
] as const
export type MarkColour = (typeof markColours)[number]

/** A heading of a form with the fields under it, in order; custom fields as `custom.c1`. */
export interface LayoutSection {
  key: string
  title: string
  fields: string[]
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    custom_field: {
      id: string
      row_version: Generated<number>
      key: Generated<string>
      record_kind: CustomKind
      label: string
      field_type: CustomType
      choices: CustomChoice[]
      help: string | null
      example: string | null
      why: string | null
      position: number
      is_required: boolean
      is_sensitive: boolean
      is_critical: boolean
      is_searchable: boolean
      is_transferable: boolean
      is_in_list: boolean
      defined_by: string
      defined_at: string
      retired_at: string | null
      retired_by: string | null
    }
    record_custom: {
      id: string
      row_version: Generated<number>
      record_kind: CustomKind
      plain: Record<string, Json>
      sealed: Record<string, string>
      recorded_at: string
    }
    mark: {
      id: string
      row_version: Generated<number>
      record_kind: CustomKind
      mark_kind: MarkKind
      label: string
      colour: MarkColour
      needs_reason: boolean
      position: number
      defined_by: string
      defined_at: string
      retired_at: string | null
      retired_by: string | null
    }
    record_mark: {
      record_id: string
      mark_id: string
      mark_kind: MarkKind
      set_by: string
      set_at: string
    }
    form_layout: {
      id: string
      row_version: Generated<number>
      record_kind: CustomKind
      sections: LayoutSection[] | null
      changed_by: string
      changed_at: string
    }
    custom_key: { of_id: string; key: string; record_id: string }
  }
}
