import type { Generated } from 'kysely'

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Waits for its turn → ready until it expires; or failed. */
export const exportStates = ['waiting', 'ready', 'failed', 'expired'] as const
export type ExportState = (typeof exportStates)[number]

declare module '../../platform/database/database.ts' {
  interface Tables {
    list_export: {
      id: string
      row_version: Generated<number>
      export_no: Generated<string>
      list: string
      list_label: string
      format: ExportFormat
      columns: string[]
      filters_sealed: string
      state: Generated<ExportState>
      row_count: number | null
      /** Rows when it was asked for; null where a second person approved it. */
      rows_asked: number | null
      size_bytes: number | null
      failure: string | null
      requested_by: string
      requested_at: string
      approved_by: string | null
      change_request_id: string | null
      ready_at: string | null
      expires_at: string | null
    }
    list_export_file: { export_id: string; content_sealed: Buffer; seen_nos: number[] }
    list_view: {
      id: string
      row_version: Generated<number>
      list: string
      name: string
      address: string
      columns: string[]
      shared: boolean
      kept_by: string
      kept_at: string
    }
  }
}
