import { z } from 'zod'
import { command, id, isoDate, query } from '../../platform/http/contract.ts'
import { importKinds } from './tables.ts'

export const sourceMedia = ['excel', 'csv', 'system', 'paper', 'mail', 'notes', 'other'] as const
export const sourceStatuses = ['found', 'surveyed', 'rehearsed', 'moved', 'left_out'] as const
/** Where a source goes: a kind of import, the files of records, or somewhere else that is said in the note. */
export const sourceTargets = [...importKinds, 'documents', 'other'] as const

export const sourceRefusals = {
  period_must_be_forward: '期間の終わりは始まりの日以後にしてください。',
  reason_for_leaving_out_must_be_given: '移行しない理由を備考に5文字以上で入力してください。',
  imports_must_exist: '選んだ取込が見つかりません。',
} as const

const given = {
  name: z.string().trim().min(1).max(100),
  owner: z.string().trim().min(1).max(100),
  medium: z.enum(sourceMedia),
  place: z.string().trim().max(300).nullable(),
  rowCount: z.number().int().min(0).max(2_000_000_000).nullable(),
  periodFrom: isoDate.nullable(),
  periodTo: isoDate.nullable(),
  sensitive: z.boolean(),
  target: z.enum(sourceTargets),
  status: z.enum(sourceStatuses),
  note: z.string().trim().max(1000).nullable(),
  batchIds: z.array(id).max(100).default([]),
}

export const recordSource = command({
  name: 'imports.recordSource',
  path: '/api/migration-sources/record',
  summary: 'Adds something that is to be moved in, with owner, medium, size, period and target.',
  permission: 'imports.prepare',
  input: z.object(given),
  output: z.object({ id, sourceNo: z.string() }),
  refusals: sourceRefusals,
})

export const changeSource = command({
  name: 'imports.changeSource',
  path: '/api/migration-sources/:sourceId/change',
  summary: 'Changes a source, its status and the imports that brought it.',
  permission: 'imports.prepare',
  input: z.object({ sourceId: id, rowVersion: z.number().int(), ...given }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: sourceRefusals,
})

const linked = z.object({
  id,
  batchNo: z.string(),
  fileName: z.string(),
  state: z.string(),
  rows: z.number().int(),
  taken: z.number().int().nullable(),
  refused: z.number().int().nullable(),
})

const source = z.object({
  id,
  rowVersion: z.number().int(),
  sourceNo: z.string(),
  ...given,
  batches: z.array(linked),
  recordedBy: z.string(),
  recordedAt: z.string(),
})
export type MigrationSource = z.output<typeof source>

export const listSources = query({
  name: 'imports.listSources',
  path: '/api/migration-sources',
  summary: 'Everything that is to be moved in, with its imports: the stock-taking before a move.',
  permission: 'imports.read',
  sight: 'list',
  input: z.object({}),
  output: z.object({ sources: z.array(source) }),
})

export const printSources = query({
  name: 'imports.printSources',
  path: '/api/migration-sources.pdf',
  summary: 'The migration plan as A4 sheets.',
  permission: 'imports.read',
  sight: 'export',
  input: z.object({}),
  output: z.unknown(),
})
