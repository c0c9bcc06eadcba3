import { call } from '../../../platform/http/client.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { FieldInput, FileDrop, FormSection } from '../../../ui/index.ts'
import { LARGEST_FILE_BYTES } from '../../documents/contract.ts'
import { uploadRecording } from '../recordings/contract.ts'
import type { RecordingKind } from '../tables.ts'

/** What stands in the form of a recording and its written words. */
export interface TypedRecording {
  sound: readonly File[]
  words: readonly File[]
  consent: 'given' | 'not_given'
  consentHow: string
  retainUntil: string | null
}

const KEPT_YEARS = 7

/** Kept as long as the record of the transaction itself, unless somebody says otherwise. */
export function freshRecording(today: string): TypedRecording {
  const [year, ...rest] = today.split('-')
  const day = rest.join('-') === '02-29' ? '02-28' : rest.join('-')
  return {
    sound: [],
    words: [],
    consent: 'given',
    consentHow: '',
    retainUntil: `${Number(year) + KEPT_YEARS}-${day}`,
  }
}

const isChosen = ({ sound, words }: TypedRecording) => sound.length + words.length > 0

/** What of it cannot be sent yet, as a sentence; null where nothing is attached. */
export function unfilledRecording(typed: TypedRecording): string | null {
  if (!isChosen(typed)) return null
  if (typed.consent === 'given' && typed.consentHow.trim().length < 2)
    return '録音することをどのように伝えたかを入力してください。'
  return typed.retainUntil === null ? '録音の保存期限を入力してください。' : null
}

/** Sends the chosen files; answers what the command takes. */
export async function sendRecordings(partyId: string, typed: TypedRecording) {
  const files = [
    ...typed.sound.map(file => ({ kind: 'recording' as const, file })),
    ...typed.words.map(file => ({ kind: 'transcript' as const, file })),
  ]
  const sent: Attached[] = []
  for (const { kind, file } of files) {
    const contentBase64 = await base64Of(file)
    const { uploadId } = await call(uploadRecording, { partyId, kind, fileName: file.name, contentBase64 })
    sent.push({
      uploadId,
      kind,
      consentGiven: typed.consent === 'given',
      consentHow: typed.consentHow.trim() || null,
      retainUntil: typed.retainUntil ?? '',
    })
  }
  return sent
}

interface Attached {
  uploadId: string
  kind: RecordingKind
  consentGiven: boolean
  consentHow: string | null
  retainUntil: string
}

export function RecordingFields({
  typed,
  onChange,
}: {
  typed: TypedRecording
  onChange: (typed: TypedRecording) => void
}) {
  const set = (part: Partial<TypedRecording>) => onChange({ ...typed, ...part })
  return (
    <FormSection title="録音・文字起こし">
      <div>
        <span className="ui-field-label" id="recording-sound">
          録音のファイル
        </span>
        <FileDrop
          labelledBy="recording-sound"
          accept={['.mp3', '.wav', '.m4a', '.ogg']}
          maxBytes={LARGEST_FILE_BYTES}
          many={false}
          files={typed.sound}
          onChange={sound => set({ sound })}
        />
      </div>
      <div>
        <span className="ui-field-label" id="recording-words">
          文字起こしのファイル
        </span>
        <FileDrop
          labelledBy="recording-words"
          accept={['.txt', '.pdf']}
          maxBytes={LARGEST_FILE_BYTES}
          many={false}
          files={typed.words}
          onChange={words => set({ words })}
        />
      </div>
      {isChosen(typed) && (
        <>
          <FieldInput
            field={{
              name: 'consentGiven',
              type: 'choice',
              label: '録音することの告知',
              required: true,
              options: [
                { value: 'given', label: '伝えた' },
                { value: 'not_given', label: '伝えていない' },
              ],
            }}
            value={typed.consent}
            onChange={consent => consent && set({ consent: consent as TypedRecording['consent'] })}
          />
          <FieldInput
            field={{
              name: 'consentHow',
              type: 'text',
              label: typed.consent === 'given' ? '伝えた方法' : '伝えていない事情',
              required: typed.consent === 'given',
              maxLength: 300,
              example: '通話の初めの自動音声',
            }}
            value={typed.consentHow}
            onChange={consentHow => set({ consentHow })}
          />
          <FieldInput
            field={{ name: 'retainUntil', type: 'date', label: '保存期限', required: true }}
            value={typed.retainUntil}
            onChange={retainUntil => set({ retainUntil })}
          />
        </>
      )}
    </FormSection>
  )
}
