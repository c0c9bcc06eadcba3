import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  isoDate,
  pageInput,
  pageOf,
  query,
  yen,
} from '../../platform/http/contract.ts'
import { LARGEST_FILE_BYTES } from './files/file-table.ts'
import { batchStates, importKinds, outcomes, rowStates } from './tables.ts'

export const importRefusals = {
  file_must_not_be_imported_already: 'このファイルはすでに取り込まれています。',
  mapping_must_fit_the_file: '列の割当ての数がファイルの列数と一致しません。',
  mapped_fields_must_be_unique: '同じ項目が2つの列に割り当てられています。',
  mapped_fields_must_exist: '割り当てた項目が見つかりません。',
  required_columns_must_be_mapped: '必須の項目の列を割り当ててください。',
  party_columns_must_be_mapped:
    '会社を特定する列（元の管理番号・取引先番号・法人番号・法人名のいずれか）を割り当ててください。',
  cut_over_day_must_be_given: '移行の基準日を入力してください。',
  cut_over_day_must_not_be_ahead: '移行の基準日は今日以前の日付にしてください。',
  batch_must_be_in_preparation: 'この取込は準備中ではありません。',
  batch_must_be_rehearsed: '試し取込が終わってから承認を申請してください。',
  batch_must_hold_rows_to_take: '取り込める行がありません。',
  batch_must_be_applied: '承認を受けて始まった取込だけを取り消せます。',
  batch_must_not_be_disposed_of:
    '取り込んだ記録の一部が廃棄済みで、取込の内容も破棄されたため、実行も取消もできません。',
  batch_must_have_stopped: '中断・停止した取込だけを再開できます。',
  batch_must_be_running: '実行中の取込だけを停止できます。',
} as const

const options = z.object({
  role: z.enum(['client', 'debtor']).default('client'),
  unreadable: z.enum(['refuse', 'leave_empty']).default('refuse'),
  existing: z.enum(['fill', 'overwrite']).default('fill'),
  numbering: z.string().trim().min(1).max(50).default('旧システム'),
  cutOverOn: isoDate.nullable().default(null),
  cleaning: z.array(z.string().max(40)).max(30).default([]),
  control: z
    .object({
      rows: z.number().int().min(0).nullable().default(null),
      yen: z.record(z.string().max(40), yen).default({}),
    })
    .prefault({}),
})

const kind = z.enum(importKinds)

/** Where in a file the table lies; what is left out is guessed. */
const tableChoice = {
  kind: kind.nullish(),
  sheet: z.string().max(100).nullish(),
  headingLine: z.number().int().min(1).max(1_048_576).nullish(),
}

const FILE_BODY_LIMIT = Math.ceil((LARGEST_FILE_BYTES * 4) / 3) + 10_000

const file = { fileName: z.string().min(1).max(255), contentBase64: z.base64() }

export const openBatch = command({
  name: 'imports.openBatch',
  path: '/api/imports/open',
  summary:
    'Reads one table of a CSV or XLSX file, stages its rows encrypted and guesses the mapping; changes nothing in the register.',
  permission: 'imports.prepare',
  bodyLimit: FILE_BODY_LIMIT,
  input: z.object({ ...file, ...tableChoice, templateId: id.nullish() }),
  output: z.object({ id, batchNo: z.string(), rowCount: z.number().int() }),
  refusals: importRefusals,
})

const sheetSeen = z.object({
  name: z.string().nullable(),
  hidden: z.boolean(),
  /** The first rows as they stand in the file, for the eye. */
  top: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
  /** Guessed; null where no row can hold the headings, with the reason. */
  headingLine: z.number().int().nullable(),
  kind: kind.nullable(),
  knownHeadings: z.number().int(),
  problem: z.string().nullable(),
})
export type SheetSeen = z.infer<typeof sheetSeen>

export const lookIntoFile = query({
  name: 'imports.lookIntoFile',
  method: 'POST',
  path: '/api/imports/look',
  summary:
    'The sheets of a file with their first rows, the guessed row of headings and what each is about; keeps nothing.',
  permission: 'imports.prepare',
  sight: null,
  bodyLimit: FILE_BODY_LIMIT,
  input: z.object({ ...file, kind: kind.nullish() }),
  output: z.object({ encoding: z.string().nullable(), sheets: z.array(sheetSeen) }),
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
    kind: kind.nullish(),
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

export const stopBatch = command({
  name: 'imports.stopBatch',
  path: '/api/imports/:batchId/stop',
  summary:
    'Stops a rehearsal, a run or a revert after the chunk at work; it can be resumed, and what was taken reverted.',
  permission: 'imports.prepare',
  input: z.object({ batchId: id }),
  output: z.object({ id }),
  refusals: importRefusals,
})

export const resumeBatch = command({
  name: 'imports.resumeBatch',
  path: '/api/imports/:batchId/resume',
  summary:
    'Goes on with an approved batch which was stopped or failed; chunks already applied are not applied again.',
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
  skipped: z.number().int(),
  problems: z.number().int(),
  renamed: z.number().int(),
})

const batchRow = z.object({
  id,
  batchNo: z.string(),
  kind,
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

const fieldShown = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  required: z.boolean(),
  help: z.string().nullable(),
})

const batch = batchRow.extend({
  rowVersion: z.number().int(),
  sizeBytes: z.number().int(),
  fileKind: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  sheet: z.string().nullable(),
  headingLine: z.number().int(),
  header: z.array(z.string()),
  mapping: z.array(z.string().nullable()),
  options,
  sums: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      fileYen: z.number(),
      takenYen: z.number(),
      refusedYen: z.number(),
      unreadable: z.number().int(),
      booksYen: z.number().nullable(),
    }),
  ),
  /** What the source says it holds, compared. */
  control: z.array(
    z.object({ field: z.string(), label: z.string(), agrees: z.boolean(), sentence: z.string() }),
  ),
  startedAt: z.string().nullable(),
  failure: z.string().nullable(),
  changeRequestId: id.nullable(),
  pendingRequestId: id.nullable(),
  rowsDone: z.number().int(),
  /** The first rows as they stand in the file, for the eye; empty once discarded. */
  sample: z.array(z.array(z.string())),
  fields: z.array(fieldShown),
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

export const guessColumns = query({
  name: 'imports.guessColumns',
  path: '/api/imports/:batchId/columns',
  summary:
    'The fields of a kind of import, the mapping guessed for this batch or taken from a template, and what the kind asks for beside.',
  permission: 'imports.read',
  sight: null,
  input: z.object({ batchId: id, kind, templateId: id.optional() }),
  output: z.object({
    fields: z.array(fieldShown),
    mapping: z.array(z.string().nullable()),
    /** What its maker must be allowed beside preparing imports. */
    permission: z.string().nullable(),
    /** Whether its amounts stand at the end of a day that must be named. */
    needsCutOver: z.boolean(),
    /** Options kept with the template. */
    options: options.partial().nullable(),
  }),
})

export const previewCleaning = query({
  name: 'imports.previewCleaning',
  method: 'POST',
  path: '/api/imports/:batchId/cleaning',
  summary: 'What each cleaning rule would change in the staged rows: how many cells, with examples.',
  permission: 'imports.read',
  sight: 'open',
  input: z.object({ batchId: id, kind, mapping: z.array(z.string().max(40).nullable()).min(1).max(300) }),
  output: z.object({
    rules: z.array(
      z.object({
        code: z.string(),
        sentence: z.string(),
        recommended: z.boolean(),
        count: z.number().int(),
        samples: z.array(
          z.object({ line: z.number().int(), heading: z.string(), before: z.string(), after: z.string() }),
        ),
      }),
    ),
  }),
})

export const problemWorkbook = query({
  name: 'imports.problemWorkbook',
  path: '/api/imports/:batchId/problems.xlsx',
  summary:
    'The original rows as a workbook, problem cells coloured and commented, with what is wrong and what to do in a column; all rows or only those with problems.',
  permission: 'imports.read',
  sight: 'download',
  input: z.object({ batchId: id, all: z.stringbool().default(false) }),
  output: z.unknown(),
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
  recordId: id.nullable(),
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
  output: z.object({ rows: z.array(z.object({ id, name: z.string(), kind, savedAt: z.string() })) }),
})
