import { Checkbox } from 'antd'
import { useApi } from '../../../platform/web/api.ts'
import { Card, Loaded } from '../../../ui/index.ts'
import { type Batch, previewCleaning } from '../contract.ts'

interface CleaningCardProps {
  batchId: string
  kind: Batch['kind']
  mapping: readonly (string | null)[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Each cleaning rule on its own switch, with how much of the file it would change and what that looks like. */
export function CleaningCard({ batchId, kind, mapping, chosen, onChange }: CleaningCardProps) {
  const preview = useApi(previewCleaning, { batchId, kind, mapping: [...mapping] })
  return (
    <Card
      title="整形の規則"
      note="ファイルの値をこの規則で整えてから読みます。元の値は修正用ブックに残ります"
    >
      <Loaded from={preview} rows={6}>
        {({ rules }) => (
          <ul className="imports-rules">
            {rules.map(({ code, sentence, count, samples }) => (
              <li key={code}>
                <Checkbox
                  checked={chosen.includes(code)}
                  onChange={event =>
                    onChange(
                      event.target.checked ? [...chosen, code] : chosen.filter(other => other !== code),
                    )
                  }
                >
                  {sentence}
                </Checkbox>
                <strong>{count === 0 ? '該当なし' : `${count.toLocaleString('ja-JP')}か所`}</strong>
                {samples.map(({ line, heading, before, after }) => (
                  <p key={`${line} ${heading} ${before}`}>
                    {line}行目 {heading}　<del>{before}</del> →{' '}
                    {after || (heading === '' ? '（行を除く）' : '（空欄）')}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  )
}
