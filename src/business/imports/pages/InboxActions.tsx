import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { type BulkItem, useBulk } from '../../../platform/web/bulk.ts'
import { ActionButton, BulkDialog, FieldInput, LookupInput, type LookupValue } from '../../../ui/index.ts'
import { addDocument } from '../../documents/contract.ts'
import { docKindLabels } from '../../documents/labels.ts'
import { docKinds } from '../../documents/tables.ts'
import { searchParties } from '../../parties/contract.ts'
import { handInbox, type InboxRow, settleInbox } from '../inbox/contract.ts'

type DocKind = (typeof docKinds)[number]

interface InboxActionsProps {
  rows: readonly InboxRow[]
  /** Told which rows were refused or not reached; they stay chosen. */
  onDone: (left: readonly string[]) => void
}

/** Links the chosen files with the customer each seems to be about, or all with one, or leaves them out. */
export function InboxActions({ rows, onDone }: InboxActionsProps) {
  const [open, setOpen] = useState<'proposed' | 'one' | 'leave' | null>(null)
  const [docKind, setDocKind] = useState<DocKind>('other')
  const [party, setParty] = useState<LookupValue | null>(null)
  const bulk = useBulk(settleInbox)
  const links = rows.flatMap(row => {
    const partyId = open === 'one' ? party?.value : row.proposed?.id
    return partyId ? [{ row, partyId }] : []
  })
  const acted = open === 'leave' ? rows : open === 'one' ? rows : rows.filter(row => row.proposed)
  const close = () => {
    setOpen(null)
    if (bulk.outcomes) onDone(bulk.left)
    bulk.reset()
  }
  const linking = (): BulkItem<typeof settleInbox>[] =>
    links.map(({ row, partyId }) => ({
      key: row.id,
      name: row.path,
      input: async () => ({ fileId: row.id, documentId: await documentOf(row, partyId, docKind) }),
    }))
  const leaving = (reason: string): BulkItem<typeof settleInbox>[] =>
    rows.map(row => ({
      key: row.id,
      name: row.path,
      input: () => ({ fileId: row.id, documentId: null, leftOutReason: reason }),
    }))
  return (
    <>
      <ActionButton
        size="small"
        kind="primary"
        disabledReason={rows.some(row => row.proposed) ? null : '候補のあるファイルを選んでください。'}
        onClick={() => setOpen('proposed')}
      >
        候補のとおりに登録
      </ActionButton>
      <ActionButton size="small" disabledReason={null} onClick={() => setOpen('one')}>
        登録先を選ぶ
      </ActionButton>
      <ActionButton size="small" disabledReason={null} onClick={() => setOpen('leave')}>
        登録しない
      </ActionButton>
      <BulkDialog
        open={open !== null}
        title={open === 'leave' ? '選んだファイルを登録しません' : '選んだファイルを書類として登録します'}
        what={
          open === 'leave'
            ? '一覧から外し、理由を記録します。'
            : open === 'one'
              ? '選んだファイルを全て同じ取引先の書類にします。'
              : '各ファイルを候補の取引先の書類にします。候補のないファイルは残ります。'
        }
        names={acted.map(row => row.path)}
        confirmLabel={open === 'leave' ? '登録しない' : '登録する'}
        missing={open === 'one' && !party ? '登録先を選んでください。' : null}
        reason={open === 'leave' ? 'required' : 'none'}
        running={bulk.running}
        total={bulk.total}
        outcomes={bulk.outcomes}
        onStop={bulk.stop}
        onConfirm={reason => bulk.run(open === 'leave' ? leaving(reason) : linking())}
        onClose={close}
      >
        {open === 'one' && (
          <LookupInput
            field={{ name: 'party', type: 'lookup', label: '登録先', required: true }}
            value={party}
            onChange={setParty}
            find={async (text, signal) => {
              if (text.trim() === '') return []
              const found = await call(searchParties, { text, limit: 10 }, { signal })
              return found.rows.map(row => ({ value: row.id, label: row.legalName, detail: row.partyNo }))
            }}
          />
        )}
        {open !== 'leave' && (
          <FieldInput
            field={{
              name: 'docKind',
              type: 'choice',
              label: '書類の種類',
              options: docKinds.map(value => ({ value, label: docKindLabels[value] })),
            }}
            value={docKind}
            onChange={value => value && setDocKind(value as DocKind)}
          />
        )}
      </BulkDialog>
    </>
  )
}

/** Hands the file to the customer and makes a document of it. */
async function documentOf(row: InboxRow, partyId: string, docKind: DocKind): Promise<string> {
  const { uploadId } = await call(handInbox, { fileId: row.id, partyId })
  const { id } = await call(
    addDocument,
    {
      uploadId,
      docKind,
      title: row.path.split('/').at(-1)!.slice(0, 200),
      links: [{ kind: 'party', id: partyId }],
    },
    { idempotencyKey: crypto.randomUUID() },
  )
  return id
}
