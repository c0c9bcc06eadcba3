import { StatusTag } from '../../../ui/index.ts'
import type { DocumentRow } from '../contract.ts'

/** What was done to a document, in words. */
export function DocumentTags({
  document,
}: {
  document: Pick<DocumentRow, 'struck' | 'legalHold' | 'corrected' | 'quarantined' | 'disposed'>
}) {
  return (
    <>
      {document.disposed && <StatusTag tone="neutral" word="廃棄済み" />}{' '}
      {document.quarantined && <StatusTag tone="danger" word="隔離中" />}{' '}
      {document.struck && <StatusTag tone="danger" word="抹消" />}{' '}
      {document.legalHold && <StatusTag tone="warning" word="保全中" />}{' '}
      {document.corrected && <StatusTag tone="neutral" word="訂正あり" />}
    </>
  )
}
