import { CloseOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import { words } from '../labels.ts'
import { endsWithOne, sayBytes } from './file-size.ts'
import '../fields/fields.css'

export interface FileDropProps {
  id?: string
  /** Id of the element that names it; give either this or `label`. */
  labelledBy?: string
  label?: string
  /** Endings with dot. */
  accept: readonly string[]
  maxBytes: number
  many: boolean
  files: readonly File[]
  onChange: (files: readonly File[]) => void
  /** Share sent, 0–1, by file name; absent: not being sent. */
  sending?: Readonly<Record<string, number>>
}

/** Files by drop, click or keyboard. Wrong kind and size are refused at once, in words; the rest is taken. */
export function FileDrop({ many, files, onChange, sending, ...box }: FileDropProps) {
  const [refused, setRefused] = useState<readonly string[]>([])
  const take = (offered: readonly File[]) => {
    const complaint = (file: File) => complaintAbout(file, box.accept, box.maxBytes)
    const good = offered.filter(file => complaint(file) === null)
    setRefused(offered.flatMap(file => complaint(file) ?? []))
    if (good.length > 0) onChange(many ? [...files, ...good] : good.slice(0, 1))
  }
  return (
    <div>
      <DropBox {...box} many={many} onTake={take} />
      <div role="alert">
        {refused.map(sentence => (
          <p key={sentence} className="ui-field-error">
            {sentence}
          </p>
        ))}
      </div>
      <ChosenFiles
        files={files}
        sending={sending ?? {}}
        onRemove={gone => onChange(files.filter(file => file !== gone))}
      />
    </div>
  )
}

type DropBoxProps = Omit<FileDropProps, 'files' | 'onChange' | 'sending'> & {
  onTake: (files: readonly File[]) => void
}

function DropBox({ id, labelledBy, label, accept, maxBytes, many, onTake }: DropBoxProps) {
  const ownId = useId()
  const [over, setOver] = useState(false)
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onTake([...event.dataTransfer.files])
  }
  const onDragOver = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <label
      className="ui-file-drop"
      data-over={over || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <span>
        <UploadOutlined aria-hidden="true" /> {words.actions.dropFile}
      </span>
      <span className="ui-faint">
        {accept.join(' ')}　{sayBytes(maxBytes)}
      </span>
      <input
        id={id ?? ownId}
        type="file"
        className="ui-hidden"
        accept={accept.join(',')}
        multiple={many}
        {...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': label })}
        onChange={event => {
          onTake([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </label>
  )
}

function ChosenFiles({
  files,
  sending,
  onRemove,
}: {
  files: readonly File[]
  sending: Readonly<Record<string, number>>
  onRemove: (file: File) => void
}) {
  if (files.length === 0) return null
  return (
    <ul className="ui-file-list">
      {files.map(file => {
        const share = sending[file.name]
        return (
          <li key={`${file.name}-${file.lastModified}-${file.size}`}>
            <PaperClipOutlined aria-hidden="true" />
            <span className="ui-file-name">{file.name}</span>
            <span className="ui-faint">{sayBytes(file.size)}</span>
            {share !== undefined && (
              <Progress
                percent={Math.round(share * 100)}
                size="small"
                style={{ width: 90 }}
                aria-label={`${file.name} ${words.actions.uploading}`}
              />
            )}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={words.actions.removeFile(file.name)}
              onClick={() => onRemove(file)}
            />
          </li>
        )
      })}
    </ul>
  )
}

function complaintAbout(file: File, accept: readonly string[], maxBytes: number): string | null {
  if (!endsWithOne(file.name, accept)) return words.actions.fileKind(file.name, accept.join(' '))
  return file.size > maxBytes ? words.actions.fileTooLarge(file.name, sayBytes(maxBytes)) : null
}
