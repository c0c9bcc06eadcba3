import { z } from 'zod'
import { changeReason, command, id, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { LARGEST_FILE_BYTES } from './files/file-table.ts'
import { batchStates, outcomes, rowStates } from './tables.ts'

export const importRefusals = {
  file_must_not_be_imported_already: 'このファイルはすでに取り込まれています。',
  mapping_must_fit_the_file: '列の割当ての数がファイルの列数と一致しません。',
  mapped_fields_must_be_unique: '同じ項目が2つの列に割り当てられています。',
  mapped_fields_must_exist: '割り当てた項目が見つかりません。',
  name_column_must_be_mapped: '「正式名称（商号）」の列を割り当ててください。',
  batch_must_be_in_preparation: 'この取込は準備中ではありません。',
  batch_must_be_rehearsed: '試し取込が終わってから承認を申請してください。',
  batch_must_hold_rows_to_take: '取り込める行がありません。',
  batch_must_be_applied: '取込が完了したものだけを取り消せます。',
  batch_must_have_failed: '中断した取込だけを再開できます。',
} as const

const options = z.object({
  role: z.enum(['client', 'debtor']).default('client'),
  unreadable: z.enum(['refuse', 'leave_empty']).default('refuse'),
  existing: z.enum(['fill', 'overwrite']).default('fill'),
})

export const openBatch = command({
  name: 'imports.openBatch',
  path: '/api/imports/open',
  summary:
    'Reads a CSV or XLSX file, stages its rows encrypted and guesses the mapping; changes nothing in the register.',
  permission: 'imports.prepare',
  bodyLimit: Math.ceil((LARGEST_FILE_BYTES * 4) / 3) + 10_000,
  input: z.object({
    fileName: z.string().min(1).max(255),
    contentBase64: z.base64(),
    templateId: id.nullish(),
  }),
  output: z.object({ id, batchNo: z.string(), rowCount: z.number().int() }),
  refusals: importRefusals,
})

export const rehearseBatch = command({
  name: 'imports.rehearseBatch',
  path: '/api/imports/:batchId/rehearse',
  summary:
    'Sets the mapping and options and rehearses in the background: what each row would do, and its problems.',
  permission: 'imports.prepare',
  input: z.object({
    batchId: id,
    mapping: z.array(z.string().max(40).nullable()).min(1).max(300),
    options: options.prefault({}),
    saveAs: z.string().trim().min(1).max(100).nullish(),
  }),
  output: z.object({ id }),
  refusals: importRefusals,
})

export const applyBatch = command({
  name: 'imports.applyBatch',
  path: '/api/imports/:batchId/apply',
  summary:
    'Asks to take the rehearsed batch into the register; one change request for all, run in chunks after approval.',
  permission: 'imports.prepare',
  critical: 'always',
  input: z.object({ batchId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: importRefusals,
})

export const revertBatch = command({
  name: 'imports.revertBatch',
  path: '/api/imports/:batchId/revert',
  summary:
    'Asks to undo an applied batch, updates included; what was edited or used since stays and is listed.',
  permission: 'imports.prepare',
  critical: 'always',
  input: z.object({ batchId: id, change: changeReason }),
  output: z.object({ id }),
  refusals: importRefusals,
})

export const discardBatch = command({
  name: 'imports.discardBatch',
  path: '/api/imports/:batchId/discard',
  summary: 'Ends a batch that was not applied and deletes its staged rows.',
  permission: 'imports.prepare',
  input: z.object({ batchId: id }),
  output: z.object({ id }),
  refusals: importRefusals,
})

export const resumeBatch = command({
  name: 'imports.resumeBatch',
  path: '/api/imports/:batchId/resume',
  summary:
    'Goes on with an approved batch which stopped at an error; chunks already applied are not applied again.',
  permission: 'imports.prepare',
  input: z.object({ batchId: id }),
  output: z.object({ id }),
  refusals: importRefusals,
})

const person = z.object({ id, name: z.string() })
const counts = z.object({
  new: z.number().int(),
  update: z.number().int(),
  merged: z.number().int(),
  refused: z.number().int(),
  problems: z.number().int(),
  renamed: z.number().int(),
})

const batchRow = z.object({
  id,
  batchNo: z.string(),
  fileName: z.string(),
  rowCount: z.number().int(),
  state: z.enum(batchStates),
  counts: counts.nullable(),
  openedBy: person,
  openedAt: z.string(),
  endedAt: z.string().nullable(),
})
export type BatchRow = z.infer<typeof batchRow>

export const listBatches = query({
  name: 'imports.listBatches',
  path: '/api/imports',
  summary: 'Imports, newest first.',
  permission: 'imports.read',
  sight: 'list',
  input: z.object({ ...pageInput }),
  output: pageOf(batchRow),
})

const batch = batchRow.extend({
  rowVersion: z.number().int(),
  sizeBytes: z.number().int(),
  fileKind: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  header: z.array(z.string()),
  mapping: z.array(z.string().nullable()),
  options,
  failure: z.string().nullable(),
  changeRequestId: id.nullable(),
  pendingRequestId: id.nullable(),
  rowsDone: z.number().int(),
  /** The first rows as they stand in the file, for the eye; empty once discarded. */
  sample: z.array(z.array(z.string())),
  fields: z.array(z.object({ name: z.string(), label: z.string(), required: z.boolean() })),
  rowStates: z.record(z.enum(rowStates), z.number().int()),
})
export type Batch = z.infer<typeof batch>

export const openImport = query({
  name: 'imports.openImport',
  path: '/api/imports/:batchId',
  summary: 'One import with its mapping, counts and progress.',
  permission: 'imports.read',
  sight: 'open',
  input: z.object({ batchId: id }),
  output: batch,
})

const problem = z.object({
  code: z.string(),
  column: z.number().int().nullable(),
  heading: z.string().nullable(),
  message: z.string(),
  weight: z.enum(['error', 'warning', 'note']),
})

const importRow = z.object({
  rowNo: z.number().int(),
  line: z.number().int(),
  name: z.string(),
  outcome: z.enum(outcomes),
  state: z.enum(rowStates),
  party: z.object({ id, partyNo: z.string(), legalName: z.string() }).nullable(),
  mergedIntoLine: z.number().int().nullable(),
  problems: z.array(problem),
})
export type ImportRow = z.infer<typeof importRow>

export const listImportRows = query({
  name: 'imports.listImportRows',
  path: '/api/imports/:batchId/rows',
  summary: 'Rows of an import in the order of the file, by outcome, state, or only those with problems.',
  permission: 'imports.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    batchId: id,
    outcome: z.enum(outcomes).optional(),
    state: z.enum(rowStates).optional(),
    withProblems: z.stringbool().default(false),
  }),
  output: pageOf(importRow),
})

export const listTemplates = query({
  name: 'imports.listTemplates',
  path: '/api/import-templates',
  summary: 'Saved mappings of columns.',
  permission: 'imports.read',
  sight: null,
  input: z.object({}),
  output: z.object({ rows: z.array(z.object({ id, name: z.string() })) }),
})
