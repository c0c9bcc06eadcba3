import type { Generated } from 'kysely'

export interface AuditEventTable {
  id: string
  at: string
  actor_id: string
  verb: string
  canonical_text: string
  content_hash: Buffer
}

export interface ViewEventTable {
  id: string
  at: string
  actor_id: string
  kind: 'open' | 'list' | 'search' | 'export' | 'download' | 'unmask'
  seen: number[]
  canonical_text: string
  content_hash: Buffer
}

export interface AuditUnsealedTable {
  event_id: string
  kind: 'event' | 'view'
  at: string
  content_hash: Buffer
  xact: Generated<string>
}

export interface AuditBlockTable {
  block: number
  merkle_root: Buffer
  previous_root: Buffer
  root: Buffer
  leaf_count: number
  sealed_at: string
  signature: Buffer
}

export interface AuditLeafTable {
  block: number
  position: number
  event_id: string
  kind: 'event' | 'view'
  at: string
  content_hash: Buffer
}

declare module '../database/database.ts' {
  interface Tables {
    audit_event: AuditEventTable
    audit_event_subject: { subject_id: string; event_id: string }
    view_event: ViewEventTable
    audit_unsealed: AuditUnsealedTable
    audit_block: AuditBlockTable
    audit_leaf: AuditLeafTable
  }
}
