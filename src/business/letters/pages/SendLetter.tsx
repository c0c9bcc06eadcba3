import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import {
  Card,
  FieldInput,
  FormSection,
  FormShell,
  Loaded,
  Notice,
  Stack,
  useSay,
  yenText,
} from '../../../ui/index.ts'
import { ContactPerson } from '../../communications/web.tsx'
import { listReceivables } from '../../receivables/contract.ts'
import { listTemplates, previewLetter, sendLetter } from '../contract.ts'
import type { LetterChannel } from '../tables.ts'
import './letters.css'

const channels = [
  { value: 'post', label: '郵便' },
  { value: 'email', label: 'メール' },
  { value: 'fax', label: 'FAX' },
]

/** Chooses words, person and claims, shows the letter as it will go out, and records that it went. */
export function SendLetter({ partyId, onClose }: { partyId: string; onClose: () => void }) {
  const say = useSay()
  const [templateId, setTemplate] = useState<string | null>(null)
  const [personId, setPerson] = useState<string | null>(null)
  const [channel, setChannel] = useState<string | null>('post')
  const [receivableIds, setClaims] = useState<readonly string[]>([])
  const templates = useApi(listTemplates, {})
  const [asClient, asDebtor] = [
    useApi(listReceivables, { clientId: partyId, limit: 100 }),
    useApi(listReceivables, { debtorId: partyId, limit: 100 }),
  ]
  const usable = (templates.state === 'ready' ? templates.value.rows : []).filter(row =>
    row.versions.some(version => version.state === 'in_force'),
  )
  const claims = [asClient, asDebtor]
    .flatMap(list => (list.state === 'ready' ? list.value.rows : []))
    .filter(row => (row.openYen ?? 0) > 0)
  const preview = useApi(
    previewLetter,
    {
      partyId,
      templateId: templateId ?? partyId,
      channel: channel as LetterChannel,
      ...(personId ? { personId } : {}),
      receivableId: [...receivableIds],
    },
    { enabled: templateId !== null },
  )
  const send = useCommand(sendLetter, {
    onDone: () => {
      say.done('書状の送付を記録しました。')
      onClose()
    },
  })
  const shown = templateId !== null && preview.state === 'ready' ? preview.value : null
  return (
    <FormShell
      label="書状の作成"
      loading={false}
      submitError={send.problem}
      submitting={send.running}
      submitLabel="このとおりに送ったことを記録する"
      submitDisabledReason={
        templateId === null
          ? '文面を選んでください。'
          : shown === null
            ? 'プレビューを確かめてください。'
            : (shown.hindrances[0] ?? null)
      }
      onSubmit={() =>
        shown &&
        templateId &&
        send.run({
          partyId,
          templateId,
          personId,
          channel: channel as LetterChannel,
          receivableIds: [...receivableIds],
          previewHash: shown.previewHash,
        })
      }
      onCancel={onClose}
      dirty={templateId !== null}
      draft={{ state: 'off' }}
      footnote="送付は接触履歴にも残ります。プレビューの後に内容が変わると、記録できません。"
    >
      <FormSection title="書状">
        <FieldInput
          field={{
            name: 'templateId',
            type: 'choice',
            label: '文面',
            required: true,
            options: usable.map(row => ({ value: row.id, label: row.name, detail: row.code })),
            help: '承認された文面だけを選べます。',
          }}
          value={templateId}
          onChange={setTemplate}
        />
        <FieldInput
          field={{ name: 'channel', type: 'choice', label: '手段', required: true, options: channels }}
          value={channel}
          onChange={setChannel}
        />
        <ContactPerson partyId={partyId} value={personId} onChange={setPerson} />
        <FieldInput
          field={{
            name: 'receivableIds',
            type: 'multi',
            label: '対象の債権',
            width: 'full',
            options: claims.map(row => ({
              value: row.id,
              label: `${row.receivableNo}　${row.invoiceNo}　${row.payableOn}　${yenText(row.openYen ?? 0)}`,
            })),
          }}
          value={receivableIds}
          onChange={setClaims}
        />
      </FormSection>
      {templateId !== null && (
        <Card title="プレビュー" note={shown ? `第${shown.version}版　承認 ${shown.approvedBy}` : undefined}>
          <Loaded from={preview} rows={6}>
            {letter => (
              <Stack>
                {letter.hindrances.length > 0 && (
                  <Notice tone="warning" title="まだ送れません">
                    {letter.hindrances.map(sentence => (
                      <p key={sentence}>{sentence}</p>
                    ))}
                  </Notice>
                )}
                <p>
                  <strong>{letter.subject}</strong>
                </p>
                <p className="letters-words">{letter.body}</p>
              </Stack>
            )}
          </Loaded>
        </Card>
      )}
    </FormShell>
  )
}
