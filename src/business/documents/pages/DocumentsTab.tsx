import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, mapLoadable } from '../../../ui/index.ts'
import { type DocumentRow, listDocuments } from '../contract.ts'
import { AddDocumentDialog } from './AddDocumentDialog.tsx'
import { DocumentTable } from './DocumentTable.tsx'
import { EvidenceInput } from './EvidenceInput.tsx'

/** The documents of one record, and a place to add some. */
export default function DocumentsTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<string[]>([])
  const [adding, setAdding] = useState(false)
  const whyNot = useWhyNot()
  const page = useApi(listDocuments, { recordId, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <>
      <DocumentTable
        rows={mapLoadable(page, body => body.rows as readonly DocumentRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
      />
      {whyNot('documents.add') === null && (
        <Card
          title="書類を追加"
          actions={
            <ActionButton kind="primary" disabledReason={null} onClick={() => setAdding(true)}>
              検索項目も入力して登録
            </ActionButton>
          }
        >
          <EvidenceInput
            record={{ kind: 'party', id: recordId }}
            value={[]}
            onChange={() => {}}
            docKind="other"
          />
        </Card>
      )}
      {adding && (
        <AddDocumentDialog record={{ kind: 'party', id: recordId }} onClose={() => setAdding(false)} />
      )}
    </>
  )
}
