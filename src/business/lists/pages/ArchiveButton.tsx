import { ArrowDownOutlined, ArrowUpOutlined, FileZipOutlined } from '@ant-design/icons'
import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { ActionButton, FieldInput, Loaded, Notice, Reasons, Stack } from '../../../ui/index.ts'
import { describeList } from '../contract.ts'
import { type Conditions, plainConditions } from './plain-conditions.ts'
import { missingOfExport, useExportRequest } from './use-export-request.tsx'

interface ArchiveButtonProps {
  list: string
  filters: Conditions
  /** What the button says: ダウンロードの求め. */
  label: string
}

/** Takes out what stands behind the rows of a list as one ZIP, with an index whose columns and order are chosen. */
export function ArchiveButton(props: ArchiveButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<FileZipOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        title={`${props.label}（原本と索引のZIP）`}
        width={620}
        destroyOnHidden
      >
        <ArchiveForm {...props} />
      </Modal>
    </>
  )
}

function ArchiveForm({ list, filters }: ArchiveButtonProps) {
  const described = useApi(describeList, { list })
  return (
    <Loaded from={described} rows={5}>
      {value =>
        value.archiveColumns ? (
          <Form list={list} filters={filters} {...value} columns={value.archiveColumns} />
        ) : (
          <Notice tone="warning" title="原本を取り出す権限がありません" />
        )
      }
    </Loaded>
  )
}

interface Column {
  key: string
  title: string
}

function Form({
  list,
  filters,
  columns,
  rowLimit,
  rowsTaken,
}: {
  list: string
  filters: Conditions
  columns: readonly Column[]
  rowLimit: number
  rowsTaken: number
}) {
  const [chosen, setChosen] = useState<readonly string[]>(columns.map(column => column.key))
  const [reasonText, setReasonText] = useState('')
  const { request, after } = useExportRequest(rowLimit)
  if (after) return after
  const missing = missingOfExport(chosen, '索引の列を1つ以上選んでください。', reasonText)
  return (
    <Stack>
      {request.problem && (
        <Notice tone="danger" live title={request.problem.title}>
          <Reasons reasons={request.problem.reasons} />
        </Notice>
      )}
      <p>
        今の絞り込みで見つかる書類のすべてを、最新の版の原本・索引・訂正と抹消の履歴のZIPにします。抹消した書類も含みます。権限のない書類は除き、件数を注記に残します。
      </p>
      <ColumnOrder columns={columns} chosen={chosen} onChange={setChosen} />
      <FieldInput
        field={{
          name: 'reasonText',
          type: 'text',
          label: '使う目的',
          required: true,
          maxLength: 200,
          example: '税務調査でのダウンロードの求め',
          help: `24時間に出力する書類の合計が${rowLimit.toLocaleString('ja-JP')}件を超えると、もう一人の承認が必要です（出力済み ${rowsTaken.toLocaleString('ja-JP')}件）。ファイルは3日後に削除されます。`,
        }}
        value={reasonText}
        onChange={setReasonText}
      />
      <div>
        <ActionButton
          kind="primary"
          disabledReason={missing}
          running={request.running}
          onClick={() =>
            request.run({
              list,
              format: 'zip',
              columns: [...chosen],
              filters: plainConditions(filters),
              change: { reasonCode: 'system', reasonText: reasonText.trim(), evidence: [] },
            })
          }
        >
          ZIPを作る
        </ActionButton>
      </div>
    </Stack>
  )
}

/** Which columns the index has, in the order in which they are asked for. */
function ColumnOrder({
  columns,
  chosen,
  onChange,
}: {
  columns: readonly Column[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) {
  const title = (key: string) => columns.find(column => column.key === key)?.title ?? key
  const move = (at: number, by: -1 | 1) => {
    const next = [...chosen]
    ;[next[at], next[at + by]] = [next[at + by]!, next[at]!]
    onChange(next)
  }
  const left = columns.filter(column => !chosen.includes(column.key)).map(column => column.key)
  return (
    <fieldset className="ui-columns lists-order">
      <legend className="ui-field-label">索引の列と順番</legend>
      <ul>
        {[...chosen, ...left].map((key, at) => (
          <li key={key}>
            <Checkbox
              checked={at < chosen.length}
              onChange={() =>
                onChange(at < chosen.length ? chosen.filter(one => one !== key) : [...chosen, key])
              }
            >
              {title(key)}
            </Checkbox>
            {at < chosen.length && (
              <span className="ui-columns-move">
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined aria-hidden="true" />}
                  aria-label={`${title(key)}を上へ`}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined aria-hidden="true" />}
                  aria-label={`${title(key)}を下へ`}
                  disabled={at === chosen.length - 1}
                  onClick={() => move(at, 1)}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
