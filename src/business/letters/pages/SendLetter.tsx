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
  const [deliver, setDeliver] = useState<string | null>('mail')
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
  const byMail = channel === 'email' && deliver === 'mail'
  const send = useCommand(sendLetter, {
    onDone: () => {
      say.done(byMail ? '送信待ちに登録しました。' : '書状を作成しました。')
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
      submitLabel={
        byMail
          ? 'このとおりにメールで送る'
          : channel === 'post'
            ? 'このとおりに作成する'
            : 'このとおりに送ったことを記録する'
      }
      submitDisabledReason={
        templateId === null
          ? '文面を選んでください。'
          : shown === null
            ? 'プレビューを確かめてください。'
            : (shown.hindrances[0] ?? (byMail ? shown.mailHindrance : null))
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
          deliver: byMail ? 'mail' : 'by_hand',
          previewHash: shown.previewHash,
        })
      }
      onCancel={onClose}
      dirty={templateId !== null}
      draft={{ state: 'off' }}
      footnote="書状は接触履歴にも残ります。プレビューの後に宛先や内容が変わると、作成できません。"
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
        {channel === 'email' && (
          <FieldInput
            field={{
              name: 'deliver',
              type: 'choice',
              label: '送り方',
              required: true,
              options: [
                { value: 'mail', label: '台帳からメールで送る' },
                { value: 'by_hand', label: '別のメールソフトで送ったことを記録する' },
              ],
            }}
            value={deliver}
            onChange={setDeliver}
          />
        )}
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
                {byMail && letter.mailHindrance && (
                  <Notice tone="warning" title="メールで送れません">
                    {letter.mailHindrance}
                  </Notice>
                )}
                <p className="letters-words">
                  {channel === 'email'
                    ? `宛先　${letter.recipient.mailTo ?? '（メールアドレスなし）'}`
                    : [
                        letter.recipient.postalCode && `〒${letter.recipient.postalCode}`,
                        letter.recipient.address ?? '（住所の登録がありません。印刷できません）',
                        letter.recipient.personName
                          ? `${letter.recipient.partyName}\n${letter.recipient.personName} 様`
                          : `${letter.recipient.partyName} 御中`,
                      ]
                        .filter(Boolean)
                        .join('\n')}
                </p>
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
