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
import { authenticities, confidentialities, docKinds, readingFields, receivedVias } from './tables.ts'

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
  class_must_be_lowered_by_compliance:
    '機密区分を下げると見られる人が増えます。コンプライアンス担当に依頼してください。',
  expiry_must_follow_issue: '有効期限は、発行日より後の日にしてください。',
  time_stamp_must_have_its_time:
    'タイムスタンプがある書類には、その日時を入力してください。ない書類では空欄にしてください。',
  time_stamp_is_the_tokens:
    'タイムスタンプのファイルが登録されているため、その日時と区分は変えられません。新しいタイムスタンプを登録してください。',
  time_stamp_needs_its_kind:
    'タイムスタンプのファイルを付けるときは、真実性の確保を「送る側のタイムスタンプ」か「受け取った側のタイムスタンプ」にしてください。',
  text_version_is_of_a_consent: '文面の版は、同意書だけに入力します。',
  counterparty_must_be_known: '取引先の会社が見つかりません。登録済みの会社を指定してください。',
  document_must_differ: '登録されている内容と同じです。',
  document_must_stand: 'この書類は抹消されています。抹消を取り消してからやり直してください。',
  document_must_be_struck: 'この書類は抹消されていません。',
  document_must_not_be_held: 'この書類は保全中のため抹消できません。保全を解除してからやり直してください。',
  document_must_be_held: 'この書類は保全されていません。',
  compliance_class_must_stay: 'コンプライアンス限りの区分は、付けることも外すこともできません。',
  document_must_not_be_quarantined:
    'マイナンバーと思われる番号が見つかったため、この版はコンプライアンス担当だけが開けます。番号を隠した版の登録を依頼してください。',
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

/** What a paper is found by, and how it came (data dictionary, group 11); left out: unknown. */
const particulars = {
  transactionDate: isoDate.nullish(),
  amountYen: dealYen.min(-1_000_000_000_000).nullish(),
  counterparty: z.string().trim().max(150).nullish(),
  /** The company it was done with, where it is one of ours. */
  counterpartyId: id.nullish(),
  expiresOn: isoDate.nullish(),
  /** The day of a certificate. */
  validOn: isoDate.nullish(),
  receivedVia: z.enum(receivedVias).nullish(),
  receivedOn: isoDate.nullish(),
  timestampAt: z.iso.datetime({ offset: true }).nullish(),
  /** Of a consent: which text was agreed to. */
  textVersion: z.string().trim().min(1).max(50).nullish(),
}

export const proposeCounterparties = query({
  name: 'documents.proposeCounterparties',
  path: '/api/document-counterparties',
  summary:
    'Registered companies a name printed on a paper may stand for, those of the same name in any spelling first.',
  permission: 'documents.add',
  sight: 'search',
  input: z.object({
    name: z.string().trim().min(1).max(150),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        partyNo: z.string(),
        name: z.string(),
        place: z.string().nullable(),
        /** The name is the same but for its spelling. */
        sameName: z.boolean(),
      }),
    ),
  }),
})
export type CounterpartyProposal = z.output<(typeof proposeCounterparties)['output']>['rows'][number]

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
    ...particulars,
    /** A token that was sent for this upload; its time is the paper's. */
    timeStampUploadId: id.optional(),
    authenticity: z.enum(authenticities).default('history_system'),
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

export const correctDocument = command({
  name: 'documents.correctDocument',
  path: '/api/documents/:documentId/correct',
  summary: 'Corrects what a document is found by or how it came, with a reason; what is left out stays.',
  permission: 'documents.correct',
  input: z.object({
    documentId: id,
    rowVersion: z.number().int().min(1),
    docKind: z.enum(docKinds).optional(),
    title: z.string().trim().min(1).max(200).optional(),
    ...particulars,
    authenticity: z.enum(authenticities).optional(),
    confidentiality: z.enum(confidentialities).optional(),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: documentRefusals,
})

const turn = (what: string, path: string, summary: string, permission: string) =>
  command({
    name: `documents.${what}`,
    path: `/api/documents/:documentId/${path}`,
    summary,
    permission,
    input: z.object({ documentId: id, reason: z.string().trim().min(5).max(500) }),
    output: z.object({ id }),
    refusals: documentRefusals,
  })

export const strikeDocument = turn(
  'strikeDocument',
  'strike',
  'Takes a document filed by mistake out of the lists, with a reason; file, versions and history stay.',
  'documents.strike',
)
export const restoreDocument = turn(
  'restoreDocument',
  'restore',
  'Puts a struck document back.',
  'documents.strike',
)
export const holdDocument = turn(
  'holdDocument',
  'hold',
  'Keeps a document for a dispute or an inquiry: it can neither be struck nor disposed of.',
  'documents.hold',
)
export const releaseDocument = turn(
  'releaseDocument',
  'release',
  'Ends the hold on a document.',
  'documents.hold',
)

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
  receivedVia: z.enum(receivedVias).nullable(),
  receivedOn: z.string(),
  validOn: z.string().nullable(),
  corrected: z.boolean(),
  struck: z.boolean(),
  legalHold: z.boolean(),
  /** An individual number was found in it: compliance alone opens it. */
  quarantined: z.boolean(),
  /** Its retention is over and its content was destroyed; number, kind and days stay. */
  disposed: z.boolean(),
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
    receivedVia: z.enum(receivedVias).optional(),
    /** Struck documents are shown only when asked for. */
    struck: z.stringbool().default(false),
  }),
  output: pageOf(documentRow),
})

const act = z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable()

export const openDocument = query({
  name: 'documents.openDocument',
  path: '/api/documents/:documentId',
  summary:
    'One document: what it is found by, how it came and what proves it, how long it is kept, what was done to it, its versions and records.',
  permission: 'documents.read',
  sight: 'open',
  input: z.object({ documentId: id }),
  output: documentRow.extend({
    rowVersion: z.number().int(),
    counterpartyParty: z.object({ id, name: z.string() }).nullable(),
    electronic: z.boolean().nullable(),
    authenticity: z.enum(authenticities),
    timestampAt: z.string().nullable(),
    textVersion: z.string().nullable(),
    /** Null: not known yet; `retentionBasis` says from which day it counts. */
    retentionUntil: z.string().nullable(),
    retentionBasis: z.string(),
    /** What no longer holds of the paper, as sentences. */
    findings: z.array(z.string()),
    correction: act,
    strike: act,
    hold: act,
    quarantine: act,
    /** Time-stamp tokens: their imprint is the hash of the version's file, or they would not stand here. */
    timeStamps: z.array(
      z.object({
        id,
        versionNo: z.number().int(),
        stampedBy: z.enum(['sender', 'ours']),
        fileName: z.string(),
        stampedAt: z.string(),
        serial: z.string(),
        policy: z.string(),
        algorithm: z.string(),
        digest: z.string(),
        authority: z.string(),
        chain: z.array(
          z.object({
            subject: z.string(),
            issuer: z.string(),
            serial: z.string(),
            validFrom: z.string(),
            validTo: z.string(),
          }),
        ),
        /** No list of trusted authorities is kept: the chain is shown, not verified. */
        chainVerified: z.literal(false),
        signature: z.enum(['matches', 'not_checked']),
        addedBy: z.string(),
        addedAt: z.string(),
      }),
    ),
    /** Versions up to this one stay closed. */
    closedVersions: z.number().int(),
    /** What machines read from it: proposals with their confidence, and who accepted or refused each. */
    readings: z.array(
      z.object({
        id,
        rowVersion: z.number().int(),
        versionNo: z.number().int(),
        field: z.enum(readingFields),
        /** In words; null once its subject was disposed of. */
        value: z.string().nullable(),
        confidencePpm: z.number().int(),
        source: z.string(),
        state: z.enum(['proposed', 'accepted', 'refused']),
        proposedBy: z.string(),
        proposedAt: z.string(),
        confirmedBy: z.string().nullable(),
        confirmedAt: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    links: z.array(z.object({ kind: z.string(), id, name: z.string().nullable() })),
  }),
})
export type DocumentShown = z.output<(typeof openDocument)['output']>

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
