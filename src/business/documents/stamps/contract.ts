import { z } from 'zod'
import { command, id, query } from '../../../platform/http/contract.ts'
import { documentRefusals } from '../contract.ts'

export const stampRefusals = {
  ...documentRefusals,
  time_stamp_must_be_readable: 'タイムスタンプのファイルとして読めません。',
  time_stamp_must_match_the_paper:
    'このタイムスタンプは、この書類のファイルのものではありません（ハッシュ値が不一致）。書類とタイムスタンプの組み合わせを確かめてください。',
  time_stamp_must_be_whole:
    'タイムスタンプの署名が、含まれている証明書と合いません。壊れているか、改ざんされています。受け取り直してください。',
  time_stamp_must_be_of_this_paper:
    'このタイムスタンプは、別の書類のために登録されたものです。もう一度添付してください。',
} as const

const LARGEST_TOKEN_CHARACTERS = 400_000

export const uploadTimeStamp = query({
  name: 'documents.uploadTimeStamp',
  method: 'POST',
  path: '/api/time-stamp-uploads',
  summary:
    'Takes a time-stamp token (RFC 3161) for a paper that waits as an upload, or for a version that is filed; refused unless its imprint is the hash of that file.',
  permission: 'documents.add',
  sight: null,
  bodyLimit: LARGEST_TOKEN_CHARACTERS + 10_000,
  input: z.object({
    fileName: z.string().min(1).max(255),
    contentBase64: z.base64().max(LARGEST_TOKEN_CHARACTERS),
    of: z.union([
      z.object({ uploadId: id }),
      z.object({ documentId: id, versionNo: z.number().int().min(1) }),
    ]),
  }),
  output: z.object({
    uploadId: id,
    stampedAt: z.string(),
    serial: z.string(),
    algorithm: z.string(),
    digest: z.string(),
    authority: z.string(),
    signature: z.enum(['matches', 'not_checked']),
  }),
  refusals: stampRefusals,
})

export const stampDocument = command({
  name: 'documents.stampDocument',
  path: '/api/documents/:documentId/time-stamp',
  summary:
    'Files a time-stamp token with the version it was compared with; the paper counts as time-stamped from then on, with the time of the token.',
  permission: 'documents.correct',
  input: z.object({
    documentId: id,
    rowVersion: z.number().int().min(1),
    uploadId: id,
    stampedBy: z.enum(['sender', 'ours']),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: stampRefusals,
})

export const downloadTimeStamp = query({
  name: 'documents.downloadTimeStamp',
  path: '/api/document-time-stamps/:stampId/file',
  summary: 'The token as it came.',
  permission: 'documents.download',
  sight: 'download',
  input: z.object({ stampId: id }),
  output: z.unknown(),
  refusals: stampRefusals,
})
