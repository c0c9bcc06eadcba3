import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { activateWords, newTemplate, retireTemplate, type TemplateShown, writeWords } from '../contract.ts'
import { letterKindLabels } from '../labels.ts'
import { placeholders } from '../rules/words.ts'
import type { LetterKind } from '../tables.ts'

interface Words {
  subject: string
  body: string
  note: string
}

const unfilledOf = (words: Words) =>
  words.subject.trim() === ''
    ? '件名を入力してください。'
    : words.body.trim() === ''
      ? '本文を入力してください。'
      : words.note.trim().length < 2
        ? '変更のメモを入力してください。'
        : null

function WordFields({ words, set }: { words: Words; set: (part: Partial<Words>) => void }) {
  return (
    <>
      <FieldInput
        field={{
          name: 'subject',
          type: 'text',
          label: '件名',
          required: true,
          width: 'full',
          maxLength: 200,
        }}
        value={words.subject}
        onChange={subject => set({ subject })}
      />
      <FieldInput
        field={{
          name: 'body',
          type: 'longText',
          label: '本文',
          required: true,
          width: 'full',
          rows: 12,
          maxLength: 10_000,
          help: `次の項目は、送るときに差し込まれます：${Object.entries(placeholders)
            .map(([name, what]) => `{${name}} ${what}`)
            .join('、')}`,
          example: '{宛名} 御中　下記のご請求について、{支払期日} までのお支払いをお願いいたします。',
        }}
        value={words.body}
        onChange={body => set({ body })}
      />
      <p className="ui-field-full ui-faint">
        差し込みの項目：
        {Object.keys(placeholders)
          .map(name => `{${name}}`)
          .join('　')}
      </p>
      <FieldInput
        field={{
          name: 'note',
          type: 'text',
          label: '変更のメモ',
          required: true,
          width: 'full',
          maxLength: 500,
          example: '振込先の案内を追加',
        }}
        value={words.note}
        onChange={note => set({ note })}
      />
    </>
  )
}

export function NewTemplate({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<string | null>('reminder')
  const [words, setWords] = useState<Words>({ subject: '', body: '', note: '最初の版' })
  const create = useCommand(newTemplate, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title="書状の文面を作成します"
      what="下書きになります。別の担当者の承認を受けるまで、書状には使えません。"
      confirmLabel="作成する"
      reason="none"
      running={create.running}
      problem={create.problem}
      unfilled={
        code.trim() === ''
          ? 'コードを入力してください。'
          : name.trim() === ''
            ? '名称を入力してください。'
            : unfilledOf(words)
      }
      onConfirm={() =>
        create.run({ code: code.trim(), name: name.trim(), kind: kind as LetterKind, ...words })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'code',
          type: 'code',
          label: 'コード',
          required: true,
          example: 'REMIND-1',
          maxLength: 20,
        }}
        value={code}
        onChange={value => setCode(value.toUpperCase())}
      />
      <FieldInput
        field={{
          name: 'name',
          type: 'text',
          label: '名称',
          required: true,
          example: '支払のご案内',
          maxLength: 100,
        }}
        value={name}
        onChange={setName}
      />
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '種類',
          required: true,
          options: Object.entries(letterKindLabels).map(([value, label]) => ({ value, label })),
          why: '督促・催告は、支払についての連絡として規則を確かめます。',
        }}
        value={kind}
        onChange={setKind}
      />
      <WordFields words={words} set={part => setWords({ ...words, ...part })} />
    </ConfirmAction>
  )
}

interface TemplateProps {
  template: TemplateShown
  onClose: () => void
}

export function WriteWords({ template, onClose }: TemplateProps) {
  const stands = template.versions.find(one => one.state === 'draft') ?? template.versions[0]
  const [words, setWords] = useState<Words>({
    subject: stands?.subject ?? '',
    body: stands?.body ?? '',
    note: '',
  })
  const write = useCommand(writeWords, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title={`${template.name} の文面を改訂します`}
      what="下書きになります。承認されるまでは、使用中の文面がそのまま使われます。"
      confirmLabel="保存する"
      reason="none"
      running={write.running}
      problem={write.problem}
      unfilled={unfilledOf(words)}
      onConfirm={() => write.run({ templateId: template.id, rowVersion: template.rowVersion, ...words })}
      onClose={onClose}
    >
      <WordFields words={words} set={part => setWords({ ...words, ...part })} />
    </ConfirmAction>
  )
}

export function ActivateWords({ template, onClose }: TemplateProps) {
  const follow = useFollow()
  const draft = template.versions.find(one => one.state === 'draft')
  const activate = useCommand(activateWords, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  if (!draft) return null
  return (
    <ConfirmAction
      open
      title={`${template.name} 第${draft.version}版の使用開始を申請します`}
      what="文面を書いた人と別の担当者が承認すると、この版で書状を送れるようになります。"
      confirmLabel="承認を申請する"
      reason="required"
      running={activate.running}
      problem={activate.problem}
      onConfirm={reasonText =>
        activate.run({
          versionId: draft.id,
          rowVersion: draft.rowVersion,
          change: { reasonCode: 'review', reasonText, evidence: [] },
        })
      }
      onClose={onClose}
    />
  )
}

export function RetireTemplate({ template, onClose }: TemplateProps) {
  const retire = useCommand(retireTemplate, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${template.name} の使用を終えます`}
      what="すぐに使えなくなります。送付済みの書状はそのまま残ります。"
      confirmLabel="使用を終える"
      danger
      reason="required"
      running={retire.running}
      problem={retire.problem}
      onConfirm={reason => retire.run({ templateId: template.id, rowVersion: template.rowVersion, reason })}
      onClose={onClose}
    />
  )
}
