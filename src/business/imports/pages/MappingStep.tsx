import { Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, FieldInput, Notice, Reasons, ScrollBox, Stack } from '../../../ui/index.ts'
import { type Batch, rehearseBatch } from '../contract.ts'

/** Step 2: which column goes where (guessed, editable), what to do with what is there, then rehearse. */
export function MappingStep({ batch, onSent }: { batch: Batch; onSent: () => void }) {
  const [mapping, setMapping] = useState<readonly (string | null)[]>(batch.mapping)
  const [options, setOptions] = useState(batch.options)
  const [saveAs, setSaveAs] = useState('')
  const why = useWhyNot()('imports.prepare')
  const rehearse = useCommand(rehearseBatch, { onDone: onSent })
  const missing = mapping.includes('legalName') ? null : '「正式名称（商号）」の列を割り当ててください。'
  const unused = batch.header.filter((heading, at) => heading !== '' && mapping[at] === null)
  return (
    <Stack>
      {rehearse.problem && (
        <Notice tone="danger" live title={rehearse.problem.title}>
          <Reasons reasons={rehearse.problem.reasons} />
        </Notice>
      )}
      <Card
        title="列の割当て"
        note={unused.length > 0 ? `取り込まない列：${unused.join('、')}` : '全ての列を取り込みます'}
        actions={
          <ActionButton
            kind="primary"
            disabledReason={why ?? missing}
            running={rehearse.running}
            onClick={() =>
              rehearse.run({
                batchId: batch.id,
                mapping: [...mapping],
                options,
                saveAs: saveAs.trim() || null,
              })
            }
          >
            試し取込をする
          </ActionButton>
        }
      >
        <MappingTable batch={batch} mapping={mapping} onChange={setMapping} />
      </Card>
      <Card title="取込の方法">
        <Stack narrow>
          <FieldInput
            field={{
              name: 'role',
              type: 'choice',
              label: '役割',
              options: [
                { value: 'client', label: '利用者（顧客）' },
                { value: 'debtor', label: '売掛先' },
              ],
            }}
            value={options.role}
            onChange={role => role && setOptions({ ...options, role: role as typeof options.role })}
          />
          <FieldInput
            field={{
              name: 'unreadable',
              type: 'choice',
              label: '読み取れない項目がある行',
              options: [
                { value: 'refuse', label: 'その行を取り込まない' },
                { value: 'leave_empty', label: 'その項目だけ空欄にして取り込む' },
              ],
            }}
            value={options.unreadable}
            onChange={value =>
              value && setOptions({ ...options, unreadable: value as typeof options.unreadable })
            }
          />
          <FieldInput
            field={{
              name: 'existing',
              type: 'choice',
              label: '法人番号が同じ記録がある行',
              options: [
                { value: 'fill', label: '空いている項目だけ補う' },
                { value: 'overwrite', label: 'ファイルの値で置き換える（商号を含む）' },
              ],
            }}
            value={options.existing}
            onChange={value =>
              value && setOptions({ ...options, existing: value as typeof options.existing })
            }
          />
          <FieldInput
            field={{
              name: 'saveAs',
              type: 'text',
              label: '割当てを保存する名前',
              maxLength: 100,
              example: '旧システムの顧客一覧',
              help: '入力すると、次の取込で同じ割当てを選べます。',
            }}
            value={saveAs}
            onChange={setSaveAs}
          />
        </Stack>
      </Card>
    </Stack>
  )
}

interface MappingTableProps {
  batch: Batch
  mapping: readonly (string | null)[]
  onChange: (mapping: readonly (string | null)[]) => void
}

function MappingTable({ batch, mapping, onChange }: MappingTableProps) {
  return (
    <ScrollBox label="列の割当て">
      <table className="ui-compare">
        <caption className="ui-hidden">列の割当て</caption>
        <thead>
          <tr>
            <th scope="col">ファイルの見出し</th>
            <th scope="col">取り込む項目</th>
            <th scope="col">最初の行の値</th>
          </tr>
        </thead>
        <tbody>
          {batch.header.map((heading, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the column's position is what it is
            <tr key={at} data-same={true}>
              <th scope="row">{heading || `（見出しなし・${at + 1}列目）`}</th>
              <td>
                <Select
                  aria-label={`${heading || `${at + 1}列目`}を取り込む項目`}
                  value={mapping[at] ?? ''}
                  onChange={field =>
                    onChange(mapping.map((known, column) => (column === at ? field || null : known)))
                  }
                  showSearch
                  optionFilterProp="label"
                  style={{ width: 260 }}
                  options={[
                    { value: '', label: '（取り込まない）' },
                    ...batch.fields.map(field => ({
                      value: field.name,
                      label: field.required ? `${field.label}（必須）` : field.label,
                      disabled: mapping.some((known, column) => column !== at && known === field.name),
                    })),
                  ]}
                />
              </td>
              <td>
                {batch.sample
                  .map(row => row[at])
                  .filter(Boolean)
                  .slice(0, 3)
                  .join('　／　')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
