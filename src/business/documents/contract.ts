import { z } from 'zod'
import {
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { confidentialities, docKinds } from './tables.ts'

export const documentRefusals = {
  file_must_not_be_empty: '空のファイルは保存できません。',
  file_must_be_harmless: 'このファイルは安全でないため保存できません。',
  file_content_must_match_its_name: 'ファイルの中身が拡張子と一致しません。',
  file_kind_must_be_accepted: 'この形式のファイルは保存できません。',
  file_must_not_be_too_large: 'ファイルが大きすぎます（上限30MB）。',
  upload_must_be_waiting: 'アップロードされたファイルが見つかりません。もう一度添付してください。',
  upload_must_be_of_the_same_subject:
    'アップロードしたファイルの対象者が、この書類の対象者と異なります。もう一度添付してください。',
  record_must_be_linkable: 'この記録には書類を追加できません。記録を開き直してやり直してください。',
  link_must_be_the_uploaded_record: '書類は、ファイルをアップロードした記録にだけ登録できます。',
  class_must_be_visible: 'コンプライアンス限りの書類は、コンプライアンス担当だけが登録できます。',
  document_must_be_disposed_of_no_more: 'この書類の個人情報は廃棄済みのため表示できません。',
} as const

export const LARGEST_FILE_BYTES = 30 * 1024 * 1024

export const uploadFile = query({
  name: 'documents.uploadFile',
  method: 'POST',
  path: '/api/uploads',
  summary:
    'Takes one file for a record this person may see, base64, encrypted at once under the key of whom it is about; a document command then takes it.',
  permission: 'documents.add',
  sight: null,
  bodyLimit: Math.ceil((LARGEST_FILE_BYTES * 4) / 3) + 10_000,
  input: z.object({
    fileName: z.string().min(1).max(255),
    record: z.object({ kind: z.string().min(1).max(40), id }),
    contentBase64: z.base64(),
  }),
  output: z.object({
    uploadId: id,
    mime: z.string(),
    sizeBytes: z.number().int(),
    seenElsewhere: z.boolean(),
  }),
  refusals: documentRefusals,
})

export const addDocument = command({
  name: 'documents.addDocument',
  path: '/api/documents/add',
  summary: 'Makes a document of an uploaded file and links it to records.',
  permission: 'documents.add',
  input: z.object({
    uploadId: id,
    docKind: z.enum(docKinds),
    title: z.string().trim().min(1).max(200).optional(),
    links: z
      .array(z.object({ kind: z.string().min(1).max(40), id }))
      .min(1)
      .max(20),
    transactionDate: isoDate.nullish(),
    amountYen: dealYen.min(-1_000_000_000_000).nullish(),
    counterparty: z.string().trim().max(150).nullish(),
    expiresOn: isoDate.nullish(),
    confidentiality: z.enum(confidentialities).default('normal'),
  }),
  output: z.object({ id, docNo: z.string() }),
  refusals: documentRefusals,
})

export const addVersion = command({
  name: 'documents.addVersion',
  path: '/api/documents/:documentId/add-version',
  summary: 'Adds a new version; earlier versions stay readable, with the reason for the new one.',
  permission: 'documents.add',
  input: z.object({ documentId: id, uploadId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id, versionNo: z.number().int() }),
  refusals: documentRefusals,
})

const documentRow = z.object({
  id,
  docNo: z.string(),
  docKind: z.enum(docKinds),
  title: z.string(),
  transactionDate: z.string().nullable(),
  amountYen: z.number().nullable(),
  counterparty: z.string().nullable(),
  expiresOn: z.string().nullable(),
  confidentiality: z.enum(confidentialities),
  registeredAt: z.string(),
  /** The records of a merged company it is linked to; empty unless asked by one, or for a company of one record. */
  recordNos: z.array(z.string()),
  versions: z.array(
    z.object({
      versionNo: z.number().int(),
      fileName: z.string(),
      mime: z.string(),
      sizeBytes: z.number().int(),
      addedBy: z.object({ id, name: z.string() }),
      addedAt: z.string(),
      reason: z.string().nullable(),
    }),
  ),
})
export type DocumentRow = z.infer<typeof documentRow>

export const listDocuments = query({
  name: 'documents.listDocuments',
  path: '/api/documents',
  summary:
    'Documents of one record, or all, by kind, date range, amount range and counterparty; an empty amount is searchable.',
  permission: 'documents.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    recordId: id.optional(),
    ids: listOf(id),
    docKind: z.enum(docKinds).optional(),
    from: isoDate.optional(),
    to: isoDate.optional(),
    amountFrom: z.coerce.number().int().optional(),
    amountTo: z.coerce.number().int().optional(),
    withoutAmount: z.stringbool().default(false),
    counterparty: z.string().trim().max(150).optional(),
  }),
  output: pageOf(documentRow),
})

export const downloadDocument = query({
  name: 'documents.downloadDocument',
  path: '/api/documents/:documentId/versions/:versionNo/file',
  summary: 'The file of one version, checked against its hash.',
  permission: 'documents.download',
  sight: 'download',
  input: z.object({ documentId: id, versionNo: z.coerce.number().int().min(1) }),
  output: z.unknown(),
  refusals: documentRefusals,
})
