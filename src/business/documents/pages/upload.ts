import { call } from '../../../platform/http/client.ts'
import { uploadFile } from '../contract.ts'

/** Sends one file; answers the upload's id for the command that takes it. */
export async function sendFile(
  file: File,
  record: { kind: string; id: string },
): Promise<{ uploadId: string; seenElsewhere: boolean }> {
  return call(uploadFile, { fileName: file.name, record, contentBase64: await base64Of(file) })
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(file)
  })
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
