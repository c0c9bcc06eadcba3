import { useState } from 'react'
import { problemOfError, useCommand } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { ConfirmAction, FileDrop, type Problem } from '../../../ui/index.ts'
import { addDocument, LARGEST_FILE_BYTES } from '../contract.ts'
import { isStamped, PaperFields, paperInput, type TypedPaper, unfilledOf } from './PaperFields.tsx'
import { acceptedEndings, LARGEST_TOKEN_BYTES, sendFile, sendTimeStamp, tokenEndings } from './upload.ts'

const empty: TypedPaper = {
  docKind: 'invoice',
  title: '',
  transactionDate: null,
  amountYen: null,
  counterparty: '',
  counterpartyParty: null,
  receivedVia: null,
  receivedOn: null,
  authenticity: 'history_system',
  timestampAt: '',
  validOn: null,
  expiresOn: null,
  textVersion: '',
  confidentiality: 'normal',
}

/** One file with everything it is found by. */
export function AddDocumentDialog({
  record,
  onClose,
}: {
  record: { kind: string; id: string }
  onClose: () => void
}) {
  const { permissions } = useSession()
  const [typed, setTyped] = useState(empty)
  const [files, setFiles] = useState<readonly File[]>([])
  const [tokens, setTokens] = useState<readonly File[]>([])
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const add = useCommand(addDocument, { onDone: onClose })
  const file = files[0]
  const send = async () => {
    if (!file) return
    setRefused(null)
    setSending(true)
    try {
      const { uploadId } = await sendFile(file, record)
      const token = isStamped(typed) ? tokens[0] : undefined
      const stamp = token && (await sendTimeStamp(token, { uploadId }))
      add.run({
        uploadId,
        links: [record],
        ...paperInput(typed),
        ...(stamp ? { timeStampUploadId: stamp.uploadId, timestampAt: null } : {}),
      })
    } catch (error) {
      setRefused(problemOfError(error as Error))
    } finally {
      setSending(false)
    }
  }
  return (
    <ConfirmAction
      open
      wide
      title="書類を登録します"
      what="ファイルはそのまま保存され、後から差し替えても以前の版が残ります。分からない項目は空欄にできます。"
      confirmLabel="登録する"
      reason="none"
      running={add.running || sending}
      problem={refused ?? add.problem}
      unfilled={file ? unfilledOf(typed, tokens.length > 0) : '登録するファイルを選んでください。'}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <FileDrop
        label="登録するファイル"
        accept={acceptedEndings}
        maxBytes={LARGEST_FILE_BYTES}
        many={false}
        files={files}
        onChange={setFiles}
      />
      <PaperFields
        typed={typed}
        onChange={part => setTyped({ ...typed, ...part })}
        mayHide={permissions.has('documents.readCompliance')}
        hasToken={tokens.length > 0}
        token={
          <FileDrop
            labelledBy="time-stamp-token"
            accept={tokenEndings}
            maxBytes={LARGEST_TOKEN_BYTES}
            many={false}
            files={tokens}
            onChange={setTokens}
          />
        }
      />
    </ConfirmAction>
  )
}
