import { DownloadOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { ActionButton, FieldInput, Loaded, Notice, Reasons, Stack } from '../../../ui/index.ts'
import { describeList } from '../contract.ts'
import { formatLabels } from '../labels.ts'
import type { ExportFormat } from '../tables.ts'
import { type Conditions, plainConditions } from './plain-conditions.ts'
import { missingOfExport, useExportRequest } from './use-export-request.tsx'

/** What stands behind the rows is taken out by a button of its own. */
const TABLES = ['xlsx', 'csv'] as const

interface ExportButtonProps {
  list: string
  filters: Conditions
  /** Keys of the columns on the screen; null: those chosen at first. */
  shown: readonly string[] | null
}

/** Takes a list out as a file: which columns, which format, why. */
export function ExportButton(props: ExportButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<DownloadOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        出力
      </Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        title="一覧を出力します"
        width={620}
        destroyOnHidden
      >
        <ExportForm {...props} />
      </Modal>
    </>
  )
}

function ExportForm({ list, filters, shown }: ExportButtonProps) {
  const described = useApi(describeList, { list })
  return (
    <Loaded from={described} rows={5}>
      {value => <Form list={list} filters={filters} shown={shown} described={value} />}
    </Loaded>
  )
}

interface FormProps extends ExportButtonProps {
  described: {
    label: string
    columns: readonly { key: string; title: string }[]
    rowLimit: number
    rowsTaken: number
  }
}

function Form({ list, filters, shown, described }: FormProps) {
  const known = described.columns.map(column => column.key)
  const first = shown?.filter(key => known.includes(key)) ?? []
  const [columns, setColumns] = useState<readonly string[]>(first.length > 0 ? first : known)
  const [format, setFormat] = useState<ExportFormat>('xlsx')
  const [reasonText, setReasonText] = useState('')
  const { request, after } = useExportRequest(described.rowLimit)
  if (after) return after
  const missing = missingOfExport(columns, '列を1つ以上選んでください。', reasonText)
  return (
    <Stack>
      {request.problem && (
        <Notice tone="danger" live title={request.problem.title}>
          <Reasons reasons={request.problem.reasons} />
        </Notice>
      )}
      <p>
        「{described.label}
        」を今の絞り込みの条件で出力します。見えない項目は伏せたまま出力されます。出力した人・日時・対象の記録が残ります。
      </p>
      <FieldInput
        field={{
          name: 'columns',
          type: 'multi',
          label: '列',
          required: true,
          options: described.columns.map(({ key, title }) => ({ value: key, label: title })),
        }}
        value={columns}
        onChange={setColumns}
      />
      <FieldInput
        field={{
          name: 'format',
          type: 'choice',
          label: '形式',
          options: TABLES.map(value => ({ value, label: formatLabels[value] })),
        }}
        value={format}
        onChange={value => value && setFormat(value as ExportFormat)}
      />
      <FieldInput
        field={{
          name: 'reasonText',
          type: 'text',
          label: '使う目的',
          required: true,
          maxLength: 200,
          help: `24時間に出力する行の合計が${described.rowLimit.toLocaleString('ja-JP')}行を超えると、もう一人の承認が必要です（この一覧で出力済み ${described.rowsTaken.toLocaleString('ja-JP')}行）。ファイルは3日後に削除されます。`,
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
              format,
              columns: described.columns.map(column => column.key).filter(key => columns.includes(key)),
              filters: plainConditions(filters),
              change: { reasonCode: 'system', reasonText: reasonText.trim(), evidence: [] },
            })
          }
        >
          出力する
        </ActionButton>
      </div>
    </Stack>
  )
}
