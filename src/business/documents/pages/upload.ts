import { call } from '../../../platform/http/client.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { uploadFile } from '../contract.ts'

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
