import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { problemOfError, useCommand } from '../../../platform/web/api.ts'
import { useNow, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  KeyValue,
  type Problem,
  Stack,
  StatusTag,
  sayBytes,
} from '../../../ui/index.ts'
import type { CommunicationShown } from '../contract.ts'
import { recordingKindLabels } from '../labels.ts'
import { attachRecording, playRecording } from '../recordings/contract.ts'
import { dayOf } from './contact-words.tsx'
import { freshRecording, RecordingFields, sendRecordings, unfilledRecording } from './RecordingFields.tsx'

/** The sound and the written words of a communication, for whoever may hear them. */
export function RecordingsCard({ shown }: { shown: CommunicationShown }) {
  const [adding, setAdding] = useState(false)
  const why = useWhyNot()('communications.record')
  return (
    <Card
      title="録音・文字起こし"
      note="聞いた人・読んだ人は閲覧記録に残ります"
      actions={
        <ActionButton disabledReason={why} onClick={() => setAdding(true)}>
          録音・文字起こしを追加
        </ActionButton>
      }
    >
      {shown.recordingsHidden > 0 && (
        <p>{`${shown.recordingsHidden}件あります（聞く・読む権限がありません）。`}</p>
      )}
      {shown.recordings.length + shown.recordingsHidden === 0 && <p className="ui-faint">ありません。</p>}
      <Stack>
        {shown.recordings.map(recording => {
          const href = addressOf(playRecording, { recordingId: recording.id })
          return (
            <section key={recording.id} aria-label={recordingKindLabels[recording.kind]}>
              <KeyValue
                items={[
                  {
                    key: 'file',
                    label: recordingKindLabels[recording.kind],
                    wide: true,
                    value: (
                      <>
                        {recording.kind === 'recording' && (
                          <>
                            {/* biome-ignore lint/a11y/useMediaCaption: the written words of a call are a file of their own beside it. */}
                            <audio
                              controls
                              preload="none"
                              src={href}
                              aria-label={`${recording.fileName}を再生`}
                            />
                            <br />
                          </>
                        )}
                        <a className="ui-link" href={href} target="_blank" rel="noreferrer">
                          {recording.fileName}
                        </a>
                      </>
                    ),
                    note: sayBytes(recording.sizeBytes),
                  },
                  {
                    key: 'consent',
                    label: '録音することの告知',
                    value: (
                      <StatusTag
                        tone={recording.consentGiven ? 'success' : 'warning'}
                        word={recording.consentGiven ? '伝えた' : '伝えていない'}
                      />
                    ),
                    ...(recording.consentHow ? { note: recording.consentHow } : {}),
                  },
                  {
                    key: 'until',
                    label: '保存期限',
                    value: <DateText date={recording.retainUntil} />,
                    ...(recording.pastItsTime ? { note: '期限を過ぎています' } : {}),
                  },
                  { key: 'by', label: '追加した人', value: recording.addedBy },
                ]}
              />
            </section>
          )
        })}
      </Stack>
      {adding && <AddRecording shown={shown} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function AddRecording({ shown, onClose }: { shown: CommunicationShown; onClose: () => void }) {
  const now = useNow()
  const [typed, setTyped] = useState(() => freshRecording(dayOf(now())))
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const attach = useCommand(attachRecording, { onDone: onClose })
  const send = async () => {
    setRefused(null)
    setSending(true)
    try {
      for (const recording of await sendRecordings(shown.party.id, typed))
        attach.run({ communicationId: shown.id, recording })
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
      title="録音・文字起こしを追加します"
      what="ファイルは暗号化して保存されます。追加した後は差し替えられません。"
      confirmLabel="追加する"
      reason="none"
      running={attach.running || sending}
      problem={refused ?? attach.problem}
      unfilled={
        typed.sound.length + typed.words.length === 0
          ? '録音か文字起こしのファイルを選んでください。'
          : typed.sound.length + typed.words.length > 1
            ? '1つずつ追加してください。'
            : unfilledRecording(typed)
      }
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <RecordingFields typed={typed} onChange={setTyped} />
    </ConfirmAction>
  )
}
