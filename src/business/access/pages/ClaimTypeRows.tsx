import { ActionButton, FieldInput, FormSection } from '../../../ui/index.ts'
import { companyFields } from '../company-fields.ts'
import type { ClaimNature, ClaimType } from '../contract.ts'
import { claimNatureLabels } from '../labels.ts'

interface ClaimTypeRowsProps {
  types: readonly ClaimType[]
  onChange: (types: ClaimType[]) => void
  readOnly: boolean
}

const natures = Object.entries(claimNatureLabels).map(([value, label]) => ({ value, label }))

/** The company's 債権の種類コード, one a row with its legal nature. */
export function ClaimTypeRows({ types, onChange, readOnly }: ClaimTypeRowsProps) {
  const { label, help } = companyFields.claimTypes
  const change = (at: number, part: Partial<ClaimType>) =>
    onChange(types.map((known, place) => (place === at ? { ...known, ...part } : known)))
  const name = (at: number, part: string) => `settings.claimTypes.${at}.${part}`
  return (
    <FormSection title={label.ja} hint={help}>
      <div style={{ gridColumn: '1 / -1', display: 'grid', gap: 10 }}>
        {types.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
          <div key={at} className="ui-row" style={{ alignItems: 'end' }}>
            <FieldInput
              field={{ name: name(at, 'code'), type: 'code', label: `コード ${at + 1}`, required: true }}
              value={one.code}
              onChange={code => change(at, { code })}
              readOnly={readOnly}
            />
            <div style={{ width: 260 }}>
              <FieldInput
                field={{
                  name: name(at, 'label'),
                  type: 'text',
                  label: `名称 ${at + 1}`,
                  required: true,
                  maxLength: 60,
                }}
                value={one.label}
                onChange={text => change(at, { label: text })}
                readOnly={readOnly}
              />
            </div>
            <FieldInput
              field={{
                name: name(at, 'nature'),
                type: 'choice',
                label: `法的性質 ${at + 1}`,
                required: true,
                options: natures,
              }}
              value={one.nature}
              onChange={nature => change(at, { nature: nature as ClaimNature })}
              readOnly={readOnly}
            />
            {!readOnly && (
              <ActionButton
                size="small"
                kind="quiet"
                label={`債権の種類 ${one.code} を一覧から外す`}
                disabledReason={null}
                onClick={() => onChange(types.filter((_, place) => place !== at))}
              >
                外す
              </ActionButton>
            )}
          </div>
        ))}
        {!readOnly && (
          <div>
            <ActionButton
              disabledReason={types.length < 50 ? null : '債権の種類コードは50件までです。'}
              onClick={() => onChange([...types, { code: '', label: '', nature: 'price_of_goods' }])}
            >
              債権の種類コードを加える
            </ActionButton>
          </div>
        )}
      </div>
    </FormSection>
  )
}
