import type { Generated } from 'kysely'

/** A ZIP holds what stands behind the rows, with an index. */
export const exportFormats = ['csv', 'xlsx', 'zip'] as const
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
      /** SHA-256 of the file as it is fetched. */
      file_hash: Generated<string | null>
      /** What was left out, in words. */
      note: Generated<string | null>
      failure: string | null
      requested_by: string
      requested_at: string
      approved_by: string | null
      change_request_id: string | null
      ready_at: string | null
      expires_at: string | null
      /** Why; null of exports of before it was kept. */
      purpose: Generated<string | null>
    }
    /** Tables lie here, sealed; archives lie outside, sealed too, under this path. */
    list_export_file: {
      export_id: string
      content_sealed: Buffer | null
      stored_path: Generated<string | null>
      seen_nos: number[]
    }
    list_export_progress: { export_id: string; rows_done: number; rows_total: number }
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
