import { addDocumentCommand, FileStore, receiveUpload } from '../../business/documents/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { StaffKey } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { textPdf } from './text-pdf.ts'

export interface DemoPdf {
  /** Fixed, so that a start that is taken up again does not file it twice. */
  key: string
  partyId: Id
  docKind: 'invoice' | 'contract' | 'consent' | 'statement' | 'registry' | 'id' | 'screening_evidence'
  title: string
  lines: readonly string[]
  amountYen?: number
  transactionDate?: string
  counterparty?: string
}

/** Files a small PDF with a party, as the screens do: the upload first, then the document that takes it. */
export async function filePdf(seeding: Seeding, by: StaffKey, pdf: DemoPdf): Promise<Id> {
  const { program, staff } = seeding
  const actor = staff.get(by)
  if (!actor) throw new Error(`the demo has no ${by}`)
  const filed = await filedEarlier(seeding, actor.id, pdf.key)
  if (filed) return filed
  const store = new FileStore(program.config.filesDir, program.keys)
  const record = { kind: 'party', id: pdf.partyId }
  const now = program.clock.now()
  const { body } = await receiveUpload(
    { store, records: program.records },
    { db: program.db, actor, now, today: seeding.demo.today, requestId: 'demo' },
    {
      fileName: `${pdf.title}.pdf`,
      record,
      contentBase64: textPdf([pdf.title, '', ...pdf.lines]).toString('base64'),
    },
  )
  const { docKind, title, amountYen, transactionDate, counterparty } = pdf
  const document: { id: Id } = await seeding.run(
    by,
    addDocumentCommand,
    {
      uploadId: body.uploadId,
      docKind,
      title,
      amountYen,
      transactionDate,
      counterparty,
      links: [record],
    },
    `document-${pdf.key}`,
  )
  return document.id
}

/** An upload has no key of its own; the document made of it does, and answers for both. */
async function filedEarlier({ program }: Seeding, actorId: Id, key: string): Promise<Id | null> {
  const run = await program.db
    .selectFrom('command_run')
    .select('answer')
    .where('actor_id', '=', actorId)
    .where('command', '=', addDocumentCommand.contract.name)
    .where('key', '=', `demo-document-${key}`)
    .executeTakeFirst()
  return run?.answer ? JSON.parse(run.answer).id : null
}
