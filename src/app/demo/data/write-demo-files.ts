import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeLedgerCsv, writeLedgerXlsx } from '../../../../bench/generate/ledger-files.ts'
import { demoLedgerEntries } from './demo-ledger.ts'

/** Writes files/demo-ledger.csv (CP932, as Excel on Windows saves it) and files/demo-ledger.xlsx anew. */
export async function writeDemoFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const entries = demoLedgerEntries()
  await writeLedgerCsv(`${folder}/demo-ledger.csv`, entries, { encoding: 'cp932', headings: 'japanese' })
  await writeLedgerXlsx(`${folder}/demo-ledger.xlsx`, entries, { headings: 'japanese' })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeDemoFiles(fileURLToPath(new URL('files', import.meta.url)))
