import { call } from '../../../platform/http/client.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { uploadFile } from '../contract.ts'
import { uploadTimeStamp } from '../stamps/contract.ts'

/** Sends one file; answers the upload's id for the command that takes it. */
export async function sendFile(
  file: File,
  record: { kind: string; id: string },
): Promise<{ uploadId: string; seenElsewhere: boolean }> {
  return call(uploadFile, { fileName: file.name, record, contentBase64: await base64Of(file) })
}

export const acceptedEndings = [
  '.pdf',
  '.png',
  '.jpg',
  '.jpeg',
  '.heic',
  '.tif',
  '.tiff',
  '.xlsx',
  '.docx',
  '.csv',
  '.txt',
  '.xml',
  '.eml',
]

/** Tokens are a few kilobytes; with long chains some tens. */
export const LARGEST_TOKEN_BYTES = 250_000
export const tokenEndings = ['.tst', '.tsr']

/** Sends a time-stamp token for the file it is about; refused when it is about another. */
export async function sendTimeStamp(
  file: File,
  of: { uploadId: string } | { documentId: string; versionNo: number },
): Promise<{ uploadId: string }> {
  return call(uploadTimeStamp, { fileName: file.name, contentBase64: await base64Of(file), of })
}
