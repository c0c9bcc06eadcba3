import { z } from 'zod'
import { command, id, pageInput, pageOf, query } from '../../../platform/http/contract.ts'
import { LARGEST_FILE_BYTES } from '../files/file-table.ts'

export const inboxRefusals = {
  file_must_wait: 'このファイルは処理済みです。',
  document_must_be_of_the_file: '登録した書類の内容が、このファイルと異なります。',
  archive_must_hold_files: '圧縮ファイルに保存できるファイルがありません。',
} as const

export const linkRules = ['party_number', 'corporate_number', 'source_number'] as const

const BODY_LIMIT = Math.ceil((LARGEST_FILE_BYTES * 4) / 3) + 10_000

export const receiveArchive = query({
  name: 'imports.receiveArchive',
  method: 'POST',
  path: '/api/document-inbox/archives',
  summary:
    'Takes a zip archive of documents: each file is judged by its content, sealed and queued with whom its name seems to mean; files that may not be kept are named. Hostile archives are refused as a whole.',
  permission: 'imports.prepare',
  sight: null,
  bodyLimit: BODY_LIMIT,
  input: z.object({ fileName: z.string().min(1).max(255), contentBase64: z.base64() }),
  output: z.object({
    received: z.number().int(),
    proposed: z.number().int(),
    refused: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
  refusals: inboxRefusals,
})

const inboxRow = z.object({
  id,
  archiveName: z.string(),
  path: z.string(),
  mime: z.string(),
  sizeBytes: z.number().int(),
  proposed: z.object({ id, partyNo: z.string(), legalName: z.string(), rule: z.enum(linkRules) }).nullable(),
  receivedBy: z.string(),
  receivedAt: z.string(),
})
export type InboxRow = z.infer<typeof inboxRow>

export const listInbox = query({
  name: 'imports.listInbox',
  path: '/api/document-inbox',
  summary: 'Received files which nobody has linked yet, in the order they came.',
  permission: 'imports.prepare',
  sight: 'list',
  input: z.object({ ...pageInput, proposed: z.enum(['yes', 'no']).optional() }),
  output: pageOf(inboxRow),
})

export const readInbox = query({
  name: 'imports.readInbox',
  path: '/api/document-inbox/:fileId/file',
  summary: 'A received file, to see whose it is.',
  permission: 'imports.prepare',
  sight: 'download',
  input: z.object({ fileId: id }),
  output: z.unknown(),
})

export const handInbox = query({
  name: 'imports.handInbox',
  method: 'POST',
  path: '/api/document-inbox/:fileId/hand',
  summary:
    'Hands a received file to a customer: it is sealed anew under the key of that customer, as an upload which the document command takes.',
  permission: 'documents.add',
  sight: null,
  input: z.object({ fileId: id, partyId: id }),
  output: z.object({ uploadId: id }),
  refusals: inboxRefusals,
})

export const settleInbox = command({
  name: 'imports.settleInbox',
  path: '/api/document-inbox/:fileId/settle',
  summary:
    'Ends the waiting of a received file: linked as a document of the same content, or left out with a reason.',
  permission: 'imports.prepare',
  input: z.object({
    fileId: id,
    documentId: id.nullable(),
    leftOutReason: z.string().trim().min(5).max(500).nullish(),
  }),
  output: z.object({ id }),
  refusals: inboxRefusals,
})
