import { Select } from 'antd'
import { ScrollBox } from '../../../ui/index.ts'
import type { Batch } from '../contract.ts'

interface MappingTableProps {
  header: readonly string[]
  sample: Batch['sample']
  fields: Batch['fields']
  mapping: readonly (string | null)[]
  onChange: (mapping: readonly (string | null)[]) => void
}

const SAMPLES = 3

/** Each column of the file, the item it fills, and its first values. */
export function MappingTable({ header, sample, fields, mapping, onChange }: MappingTableProps) {
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
          {header.map((heading, at) => {
            const field = fields.find(one => one.name === mapping[at])
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the column's position is what it is
              <tr key={at} data-same={true}>
                <th scope="row">{heading || `（見出しなし・${at + 1}列目）`}</th>
                <td>
                  <Select
                    aria-label={`${heading || `${at + 1}列目`}を取り込む項目`}
                    value={mapping[at] ?? ''}
                    onChange={name =>
                      onChange(mapping.map((known, column) => (column === at ? name || null : known)))
                    }
                    showSearch
                    optionFilterProp="label"
                    style={{ width: 260 }}
                    options={[
                      { value: '', label: '（取り込まない）' },
                      ...fields.map(one => ({
                        value: one.name,
                        label: one.required ? `${one.label}（必須）` : one.label,
                        disabled: mapping.some((known, column) => column !== at && known === one.name),
                      })),
                    ]}
                  />
                  {field?.help && <p className="ui-faint">{field.help}</p>}
                </td>
                <td>
                  {sample
                    .map(row => row[at])
                    .filter(Boolean)
                    .slice(0, SAMPLES)
                    .join('　／　')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}
