import type { ReactNode } from 'react'
import { Card, FieldInput } from '../../../ui/index.ts'
import type { Batch } from '../contract.ts'

interface ImportOptionsProps {
  kind: Batch['kind']
  needsCutOver: boolean
  options: Batch['options']
  onChange: (options: Batch['options']) => void
  children: ReactNode
}

/** How the rows are taken; only what means something for the kind is asked. */
export function ImportOptions({ kind, needsCutOver, options, onChange, children }: ImportOptionsProps) {
  const set = (part: Partial<Batch['options']>) => onChange({ ...options, ...part })
  return (
    <Card title="取込の方法">
      <div className="imports-fields">
        {needsCutOver && (
          <FieldInput
            field={{
              name: 'cutOverOn',
              type: 'date',
              required: true,
              label: '移行の基準日',
              help: 'この日の終わりの残高として計上します。今日以前の日付です。',
              why: '残高は日付がなければ意味を持たず、移行元の試算表と円単位で突合できません。',
            }}
            value={options.cutOverOn}
            onChange={cutOverOn => set({ cutOverOn })}
          />
        )}
        {kind === 'customers' && (
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
            onChange={role => role && set({ role: role as typeof options.role })}
          />
        )}
        {kind === 'customers' && (
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
            onChange={value => value && set({ existing: value as typeof options.existing })}
          />
        )}
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
          onChange={value => value && set({ unreadable: value as typeof options.unreadable })}
        />
        <FieldInput
          field={{
            name: 'numbering',
            type: 'text',
            label: '番号の出所',
            maxLength: 50,
            help: 'ファイルの管理番号を付けた仕組みの名前です。同じ名前で取り込んだファイルどうしが番号で結び付きます。',
            example: '旧システム',
          }}
          value={options.numbering}
          onChange={numbering => set({ numbering })}
        />
        {children}
      </div>
    </Card>
  )
}
