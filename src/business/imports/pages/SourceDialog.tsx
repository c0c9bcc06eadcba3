import { Modal } from 'antd'
import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { ActionButton, FieldInput, Notice, Reasons, Stack } from '../../../ui/index.ts'
import { listBatches } from '../contract.ts'
import { kindLabels, mediumLabels, sourceStatusLabels, targetLabels } from '../labels.ts'
import { changeSource, type MigrationSource, recordSource } from '../source-contract.ts'

type Typed = Pick<
  MigrationSource,
  | 'name'
  | 'owner'
  | 'medium'
  | 'place'
  | 'rowCount'
  | 'periodFrom'
  | 'periodTo'
  | 'sensitive'
  | 'target'
  | 'status'
  | 'note'
  | 'batchIds'
>

const nothing: Typed = {
  name: '',
  owner: '',
  medium: 'excel',
  place: null,
  rowCount: null,
  periodFrom: null,
  periodTo: null,
  sensitive: false,
  target: 'customers',
  status: 'found',
  note: null,
  batchIds: [],
}

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

interface SourceDialogProps {
  /** Null: a new one. */
  source: MigrationSource | null
  onClose: () => void
}

/** One source of the move: what it is, whose, how much, and where it goes. */
export function SourceDialog({ source, onClose }: SourceDialogProps) {
  const [typed, setTyped] = useState<Typed>(source ? pick(source) : nothing)
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part })
  const record = useCommand(recordSource, { onDone: onClose })
  const change = useCommand(changeSource, { onDone: onClose })
  const batches = useApi(listBatches, { limit: 100 })
  const runs = batches.state === 'ready' ? batches.value.rows.filter(run => run.state !== 'discarded') : []
  const problem = record.problem ?? change.problem
  const missing =
    typed.name.trim() === '' || typed.owner.trim() === '' ? '移行元と所管を入力してください。' : null
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      width={760}
      title={source ? `${source.sourceNo}　${source.name}` : '移行元を追加'}
      destroyOnHidden
    >
      <Stack>
        {problem && (
          <Notice tone="danger" live title={problem.title}>
            <Reasons reasons={problem.reasons} />
          </Notice>
        )}
        <div className="imports-fields">
          <FieldInput
            field={{
              name: 'name',
              type: 'text',
              label: '移行元',
              required: true,
              maxLength: 100,
              example: '営業1課の顧客台帳.xlsx',
            }}
            value={typed.name}
            onChange={name => set({ name })}
          />
          <FieldInput
            field={{ name: 'owner', type: 'text', label: '所管（部署・人）', required: true, maxLength: 100 }}
            value={typed.owner}
            onChange={owner => set({ owner })}
          />
          <FieldInput
            field={{ name: 'medium', type: 'choice', label: '媒体', options: options(mediumLabels) }}
            value={typed.medium}
            onChange={value => value && set({ medium: value as Typed['medium'] })}
          />
          <FieldInput
            field={{ name: 'target', type: 'choice', label: '移行先', options: options(targetLabels) }}
            value={typed.target}
            onChange={value => value && set({ target: value as Typed['target'] })}
          />
          <FieldInput
            field={{ name: 'rowCount', type: 'number', label: '件数', unit: '件' }}
            value={typed.rowCount}
            onChange={rowCount => set({ rowCount })}
          />
          <FieldInput
            field={{ name: 'place', type: 'text', label: '保管場所', maxLength: 300 }}
            value={typed.place ?? ''}
            onChange={place => set({ place: place || null })}
          />
          <FieldInput
            field={{ name: 'periodFrom', type: 'date', label: '期間（はじめ）' }}
            value={typed.periodFrom}
            onChange={periodFrom => set({ periodFrom })}
          />
          <FieldInput
            field={{ name: 'periodTo', type: 'date', label: '期間（おわり）' }}
            value={typed.periodTo}
            onChange={periodTo => set({ periodTo })}
          />
          <FieldInput
            field={{
              name: 'sensitive',
              type: 'bool',
              label: '要配慮個人情報',
              sentence: '本人確認書類・病歴・犯罪歴などを含む',
            }}
            value={typed.sensitive}
            onChange={sensitive => set({ sensitive })}
          />
          <FieldInput
            field={{ name: 'status', type: 'choice', label: '状況', options: options(sourceStatusLabels) }}
            value={typed.status}
            onChange={value => value && set({ status: value as Typed['status'] })}
          />
        </div>
        <FieldInput
          field={{
            name: 'batchIds',
            type: 'multi',
            label: 'この移行元の取込',
            options: runs.map(run => ({
              value: run.id,
              label: `${run.batchNo} ${run.fileName}`,
              detail: kindLabels[run.kind],
            })),
          }}
          value={typed.batchIds}
          onChange={batchIds => set({ batchIds: [...batchIds] })}
        />
        <FieldInput
          field={{
            name: 'note',
            type: 'longText',
            label: '備考',
            rows: 2,
            maxLength: 1000,
            help: '移行しないときは、その理由を書きます。',
          }}
          value={typed.note ?? ''}
          onChange={note => set({ note: note || null })}
        />
        <div>
          <ActionButton
            kind="primary"
            disabledReason={missing}
            running={record.running || change.running}
            onClick={() =>
              source
                ? change.run({ sourceId: source.id, rowVersion: source.rowVersion, ...typed })
                : record.run(typed)
            }
          >
            保存
          </ActionButton>
        </div>
      </Stack>
    </Modal>
  )
}

function pick(source: MigrationSource): Typed {
  const known = Object.keys(nothing) as (keyof Typed)[]
  return Object.fromEntries(known.map(name => [name, source[name]])) as unknown as Typed
}
