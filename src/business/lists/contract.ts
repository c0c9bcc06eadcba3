import { z } from 'zod'
import { changeReason, command, id, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { exportFormats, exportStates } from './tables.ts'

export const listRefusals = {
  list_must_be_known: 'この一覧は出力できません。',
  columns_must_be_of_the_list: '選んだ列はこの一覧にありません。',
  columns_must_be_chosen: '出力する列を1つ以上選んでください。',
  format_must_be_of_the_list: 'この一覧は、この形式では出力できません。',
  export_must_be_own: '出力したファイルは、出力した本人だけが受け取れます。',
  export_must_be_ready: 'ファイルはまだできていないか、保存期限を過ぎて削除されています。',
  view_must_be_own: '他の人が保存した表示は変更できません。',
  view_name_must_be_free: '同じ名前の共有の表示がすでにあります。',
} as const

/** Conditions of a list as they stand in its query: texts, each once or several times. */
const filters = z.record(
  z.string().max(60),
  z.union([z.string().max(300), z.array(z.string().max(300)).max(200)]),
)

const column = z.object({ key: z.string(), title: z.string() })

export const describeList = query({
  name: 'lists.describeList',
  path: '/api/lists/:list',
  summary:
    'The columns of a list that may be exported, from how many rows within a day a second person must approve, and how many the person has taken out already.',
  permission: 'lists.export',
  sight: null,
  input: z.object({ list: z.string().max(100) }),
  output: z.object({
    label: z.string(),
    columns: z.array(column),
    /** The columns of the index where the files behind the rows can be taken out as a ZIP too; else null. */
    archiveColumns: z.array(column).nullable(),
    rowLimit: z.number().int(),
    /** Without a second person, in the last 24 hours. */
    rowsTaken: z.number().int(),
  }),
  refusals: listRefusals,
})

export const requestExport = command({
  name: 'lists.requestExport',
  path: '/api/exports',
  summary:
    'Exports a list under its conditions with the chosen columns in their order, as the person sees it, or as a ZIP the files behind its rows with an index; more rows within a day than the company allows need a second person. The file is made in the background, kept sealed and removed after its last day.',
  permission: 'lists.export',
  critical: 'sometimes',
  input: z.object({
    list: z.string().max(100),
    format: z.enum(exportFormats),
    columns: z.array(z.string().max(60)).min(1).max(100),
    filters: filters.default({}),
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals: listRefusals,
})

const exportRow = z.object({
  id,
  exportNo: z.string(),
  listLabel: z.string(),
  format: z.enum(exportFormats),
  state: z.enum(exportStates),
  rowCount: z.number().int().nullable(),
  sizeBytes: z.number().int().nullable(),
  /** SHA-256 of the file. */
  fileHash: z.string().nullable(),
  /** What was left out of it. */
  note: z.string().nullable(),
  /** How far a file that is being made has come; null where it is made at once. */
  progress: z.object({ rowsDone: z.number().int(), rowsTotal: z.number().int() }).nullable(),
  failure: z.string().nullable(),
  requestedBy: z.object({ id, name: z.string() }),
  requestedAt: z.string(),
  approvedBy: z.object({ id, name: z.string() }).nullable(),
  expiresAt: z.string().nullable(),
  /** The columns and conditions with which it was asked for; conditions are null once their key is gone. */
  scope: z.object({ columns: z.array(z.string()), conditions: z.string().nullable() }),
  /** Why; null of exports of before it was kept. */
  purpose: z.string().nullable(),
  /** Whether the person who asks may fetch the file. */
  mine: z.boolean(),
})
export type ExportRow = z.infer<typeof exportRow>

export const listExports = query({
  name: 'lists.listExports',
  path: '/api/exports',
  summary: 'Exports, newest first: the own ones, and everybody’s for those who oversee them.',
  permission: 'lists.export',
  sight: null,
  input: z.object({ ...pageInput }),
  output: pageOf(exportRow),
})

export const openExport = query({
  name: 'lists.openExport',
  path: '/api/exports/:exportId',
  summary: 'One export with its state.',
  permission: 'lists.export',
  sight: null,
  input: z.object({ exportId: id }),
  output: exportRow,
})

export const downloadExport = query({
  name: 'lists.downloadExport',
  path: '/api/exports/:exportId/file',
  summary: 'The file of an export, for the person who asked for it, until its last day.',
  permission: 'lists.export',
  sight: 'export',
  input: z.object({ exportId: id }),
  output: z.unknown(),
  refusals: listRefusals,
})

export const discardExport = command({
  name: 'lists.discardExport',
  path: '/api/exports/:exportId/discard',
  summary: 'Removes the file of an own export before its last day.',
  permission: 'lists.export',
  input: z.object({ exportId: id }),
  output: z.object({ id }),
  refusals: listRefusals,
})

const view = z.object({
  id,
  name: z.string(),
  address: z.string(),
  columns: z.array(z.string()),
  shared: z.boolean(),
  own: z.boolean(),
  keptBy: z.string(),
})
export type ListView = z.infer<typeof view>

export const listViews = query({
  name: 'lists.listViews',
  path: '/api/lists/:list/views',
  summary: 'Views of a list kept by name: the own ones and those shared with the house.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ list: z.string().max(100) }),
  output: z.object({ views: z.array(view), mayShare: z.boolean() }),
})

export const keepView = command({
  name: 'lists.keepView',
  path: '/api/lists/:list/keep-view',
  summary: 'Keeps conditions, order and columns of a list by name; an own view of the name is replaced.',
  permission: 'lists.keepViews',
  input: z.object({
    list: z.string().max(100),
    name: z.string().trim().min(1).max(40),
    address: z
      .string()
      .max(2000)
      .regex(/^\/(?:[^/\s\\][^\s\\]*)?$/),
    columns: z.array(z.string().max(60)).max(100).default([]),
    shared: z.boolean().default(false),
  }),
  output: z.object({ id }),
  refusals: listRefusals,
})

export const removeView = command({
  name: 'lists.removeView',
  path: '/api/list-views/:viewId/remove',
  summary: 'Removes a view that one kept; shared ones also by whoever oversees them.',
  permission: 'lists.keepViews',
  input: z.object({ viewId: id }),
  output: z.object({ id }),
  refusals: listRefusals,
})
