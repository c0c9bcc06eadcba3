import { ZipArchive } from '../files/zip-entries.ts'

const LIMITS = {
  mostEntries: 2_000,
  mostUnpackedBytes: 300 * 1024 * 1024,
  largestRatio: 200,
  called: '圧縮ファイル',
}
const LONGEST_PATH = 300

export interface ArchivedFile {
  path: string
  content: Buffer
}

/**
 * The files of an archive, one at a time; folders and the notes of operating systems are passed over. Paths are words only: nothing is
 * ever written to them, so ../ leads nowhere. Refuses locked, damaged and endless archives as a whole.
 */
export async function* filesOf(fileName: string, bytes: Buffer): AsyncGenerator<ArchivedFile> {
  const archive = new ZipArchive(fileName, bytes, LIMITS)
  for (const entry of archive.entries) {
    const path = entry.name
      .replace(/\p{Cc}/gu, '')
      .replaceAll('\\', '/')
      .slice(-LONGEST_PATH)
    const name = path.split('/').at(-1) ?? ''
    if (
      name === '' ||
      name.startsWith('.') ||
      path.includes('__MACOSX/') ||
      /^(?:Thumbs\.db|desktop\.ini)$/i.test(name)
    )
      continue
    yield { path, content: await archive.read(entry) }
  }
}
