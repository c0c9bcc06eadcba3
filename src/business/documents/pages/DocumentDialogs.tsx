import { useState } from 'react'
import { problemOfError, useCommand } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { ConfirmAction, FileDrop, type Problem, tokyoMinute } from '../../../ui/index.ts'
import {
  addVersion,
  correctDocument,
  type DocumentShown,
  holdDocument,
  LARGEST_FILE_BYTES,
  releaseDocument,
  restoreDocument,
  strikeDocument,
} from '../contract.ts'
import { PaperFields, paperInput, type TypedPaper, unfilledOf } from './PaperFields.tsx'
import { acceptedEndings, sendFile } from './upload.ts'

interface DialogProps {
  document: DocumentShown
  onClose: () => void
}

export type DocumentAct = 'correct' | 'version' | keyof typeof turns

const turns = {
  strike: {
    contract: strikeDocument,
    title: '書類を抹消します',
    what: '一覧と証憑の選択肢から外れます。ファイル・版・履歴は残り、「抹消した書類」の絞り込みで表示できます。抹消は取り消せます。',
    label: '抹消する',
    danger: true,
  },
  restore: {
    contract: restoreDocument,
    title: '抹消を取り消します',
    what: '書類が一覧に戻り、証憑として選べるようになります。',
    label: '抹消を取り消す',
    danger: false,
  },
  hold: {
    contract: holdDocument,
    title: '書類を保全します',
    what: '訴訟・照会などのため、解除するまで抹消も廃棄もできなくなります。',
    label: '保全する',
    danger: false,
  },
  release: {
    contract: releaseDocument,
    title: '保全を解除します',
    what: '抹消と、保存期間の終わりの廃棄ができるようになります。',
    label: '保全を解除する',
    danger: false,
  },
} as const

export function DocumentDialog({ act, ...props }: DialogProps & { act: DocumentAct }) {
  if (act === 'correct') return <CorrectDialog {...props} />
  if (act === 'version') return <VersionDialog {...props} />
  return <TurnDialog turn={act} {...props} />
}

function TurnDialog({ turn, document, onClose }: DialogProps & { turn: keyof typeof turns }) {
  const { contract, title, what, label, danger } = turns[turn]
  const command = useCommand(contract, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={title}
      what={what}
      confirmLabel={label}
      danger={danger}
      reason="required"
      running={command.running}
      problem={command.problem}
      onConfirm={reason => command.run({ documentId: document.id, reason })}
      onClose={onClose}
    />
  )
}

function CorrectDialog({ document, onClose }: DialogProps) {
  const { permissions } = useSession()
  const [typed, setTyped] = useState<TypedPaper>({
    ...document,
    counterparty: document.counterparty ?? '',
    textVersion: document.textVersion ?? '',
    timestampAt: document.timestampAt ? tokyoMinute(document.timestampAt) : '',
  })
  const command = useCommand(correctDocument, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title="書類の項目を訂正します"
      what="ファイルは変わりません。訂正前の値・訂正した人・理由は履歴に残ります。"
      confirmLabel="訂正する"
      reason="required"
      running={command.running}
      problem={command.problem}
      unfilled={unfilledOf(typed)}
      onConfirm={reason =>
        command.run({
          documentId: document.id,
          rowVersion: document.rowVersion,
          ...paperInput(typed),
          reason,
        })
      }
      onClose={onClose}
    >
      <PaperFields
        typed={typed}
        onChange={part => setTyped({ ...typed, ...part })}
        mayHide={permissions.has('documents.readCompliance')}
        keepsClass
        {...(permissions.has('documents.lowerClass') ? {} : { lowest: document.confidentiality })}
      />
    </ConfirmAction>
  )
}

function VersionDialog({ document, onClose }: DialogProps) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const command = useCommand(addVersion, { onDone: onClose })
  const file = files[0]
  const record = document.links[0]
  const send = async (reason: string) => {
    if (!file || !record) return
    setRefused(null)
    setSending(true)
    try {
      const { uploadId } = await sendFile(file, { kind: record.kind, id: record.id })
      command.run({ documentId: document.id, uploadId, reason })
    } catch (error) {
      setRefused(problemOfError(error as Error))
    } finally {
      setSending(false)
    }
  }
  return (
    <ConfirmAction
      open
      title="新しい版を登録します"
      what={`第${(document.versions[0]?.versionNo ?? 0) + 1}版になります。以前の版はそのまま読めます。`}
      confirmLabel="登録する"
      reason="required"
      running={command.running || sending}
      problem={refused ?? command.problem}
      unfilled={file ? null : '新しい版のファイルを選んでください。'}
      onConfirm={reason => void send(reason)}
      onClose={onClose}
    >
      <FileDrop
        label="新しい版のファイル"
        accept={acceptedEndings}
        maxBytes={LARGEST_FILE_BYTES}
        many={false}
        files={files}
        onChange={setFiles}
      />
    </ConfirmAction>
  )
}
