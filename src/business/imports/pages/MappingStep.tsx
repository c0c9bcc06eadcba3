import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi, useCommand } from '../../../platform/web/api.ts'
import type { Problem } from '../../../platform/web/problem.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, FieldInput, Loaded, Notice, Reasons, Stack } from '../../../ui/index.ts'
import { type Batch, guessColumns, listTemplates, rehearseBatch } from '../contract.ts'
import { kindLabels } from '../labels.ts'
import { importKinds } from '../tables.ts'
import { CleaningCard } from './CleaningCard.tsx'
import { ControlCard } from './ControlCard.tsx'
import { ImportOptions } from './ImportOptions.tsx'
import { MappingTable } from './MappingTable.tsx'

interface Choice {
  kind: Batch['kind']
  mapping: readonly (string | null)[]
  options: Batch['options']
}

/** Step 2: what the table is about, which column goes where (guessed, editable), cleaning and control figures, then rehearse. */
export function MappingStep({ batch, onSent }: { batch: Batch; onSent: () => void }) {
  const [choice, setChoice] = useState<Choice>({
    kind: batch.kind,
    mapping: batch.mapping,
    options: batch.options,
  })
  const [saveAs, setSaveAs] = useState('')
  const [failed, setFailed] = useState<Problem | null>(null)
  const whyNot = useWhyNot()
  const columns = useApi(guessColumns, { batchId: batch.id, kind: choice.kind })
  const rehearse = useCommand(rehearseBatch, { onDone: onSent })
  /** The guess for another kind, or what a template remembers. */
  const guess = async (kind: Batch['kind'], templateId?: string) => {
    try {
      const { mapping, options } = await call(guessColumns, { batchId: batch.id, kind, templateId })
      setFailed(null)
      setChoice({ kind, mapping, options: { ...choice.options, ...keptOf(options) } })
    } catch (error) {
      setFailed(problemOfError(error))
    }
  }
  const problem = rehearse.problem ?? failed
  return (
    <Loaded from={columns} rows={8}>
      {({ fields, permission, needsCutOver }) => {
        const missing = fields.find(field => field.required && !choice.mapping.includes(field.name))
        const disabledReason =
          whyNot('imports.prepare') ??
          (permission ? whyNot(permission) : null) ??
          (missing ? `「${missing.label}」の列を割り当ててください。` : null) ??
          (needsCutOver && !choice.options.cutOverOn ? '移行の基準日を入力してください。' : null)
        const unused = batch.header.filter((heading, at) => heading !== '' && !choice.mapping[at])
        return (
          <Stack>
            {problem && (
              <Notice tone="danger" live title={problem.title}>
                <Reasons reasons={problem.reasons} />
              </Notice>
            )}
            {permission && whyNot(permission) && (
              <Notice tone="warning" title="この種類の取込は、あなたの役割では進められません">
                種類が違うときは選び直してください。合っているときは、権限のある担当者が同じファイルを読み込んでください。
              </Notice>
            )}
            {disabledReason !== null && !(permission && whyNot(permission)) && (
              <Notice tone="accent" title={`試し取込の前に：${disabledReason}`} />
            )}
            <Card
              title="列の割当て"
              note={unused.length > 0 ? `取り込まない列：${unused.join('、')}` : '全ての列を取り込みます'}
              actions={
                <ActionButton
                  kind="primary"
                  disabledReason={disabledReason}
                  running={rehearse.running}
                  onClick={() =>
                    rehearse.run({
                      batchId: batch.id,
                      kind: choice.kind,
                      mapping: [...choice.mapping],
                      options: { ...choice.options, control: controlOf(choice) },
                      saveAs: saveAs.trim() || null,
                    })
                  }
                >
                  試し取込をする
                </ActionButton>
              }
            >
              <Stack>
                <KindAndTemplate choice={choice} onGuess={guess} />
                <MappingTable
                  header={batch.header}
                  sample={batch.sample}
                  fields={fields}
                  mapping={choice.mapping}
                  onChange={mapping => setChoice({ ...choice, mapping })}
                />
              </Stack>
            </Card>
            <ImportOptions
              kind={choice.kind}
              needsCutOver={needsCutOver}
              options={choice.options}
              onChange={options => setChoice({ ...choice, options })}
            >
              <FieldInput
                field={{
                  name: 'saveAs',
                  type: 'text',
                  label: '割当てを保存する名前',
                  maxLength: 100,
                  example: '旧システムの顧客一覧',
                  help: '入力すると、割当てと整形の設定を次の取込で選べます。同じ名前があれば置き換えます。',
                }}
                value={saveAs}
                onChange={setSaveAs}
              />
            </ImportOptions>
            <CleaningCard
              batchId={batch.id}
              kind={choice.kind}
              mapping={choice.mapping}
              chosen={choice.options.cleaning}
              onChange={cleaning => setChoice({ ...choice, options: { ...choice.options, cleaning } })}
            />
            <ControlCard
              fields={fields.filter(field => field.type === 'yen' && choice.mapping.includes(field.name))}
              control={choice.options.control}
              onChange={control => setChoice({ ...choice, options: { ...choice.options, control } })}
            />
          </Stack>
        )
      }}
    </Loaded>
  )
}

/** Control figures of columns which are not read any more would be refused by nobody, and compared with nothing. */
function controlOf({ mapping, options }: Choice): Batch['options']['control'] {
  const yen = Object.entries(options.control.yen).filter(([field]) => mapping.includes(field))
  return { ...options.control, yen: Object.fromEntries(yen) }
}

function keptOf(options: Partial<Batch['options']> | null): Partial<Batch['options']> {
  const { cutOverOn: _, control: __, ...kept } = options ?? {}
  return kept
}

function KindAndTemplate({
  choice,
  onGuess,
}: {
  choice: Choice
  onGuess: (kind: Batch['kind'], templateId?: string) => Promise<void>
}) {
  const templates = useApi(listTemplates, {})
  const known = templates.state === 'ready' ? templates.value.rows : []
  return (
    <div className="imports-fields">
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '表の種類',
          help: '変えると、見出しから列の割当てをもう一度推測します。',
          options: importKinds.map(name => ({ value: name, label: kindLabels[name] })),
        }}
        value={choice.kind}
        onChange={kind => kind && void onGuess(kind as Batch['kind'])}
      />
      {known.length > 0 && (
        <FieldInput
          field={{
            name: 'templateId',
            type: 'choice',
            label: 'テンプレート',
            help: '保存した割当てと整形の設定を使います。種類もテンプレートのものになります。',
            options: known.map(({ id, name, kind }) => ({
              value: id,
              label: name,
              detail: kindLabels[kind],
            })),
          }}
          value={null}
          onChange={id => {
            const template = known.find(one => one.id === id)
            if (template) void onGuess(template.kind, template.id)
          }}
        />
      )}
    </div>
  )
}
