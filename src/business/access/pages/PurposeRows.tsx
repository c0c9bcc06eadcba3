import { ActionButton, FieldInput, FormSection } from '../../../ui/index.ts'
import { companyFields } from '../company-fields.ts'
import type { KycPurpose } from '../contract.ts'

interface PurposeRowsProps {
  purposes: readonly KycPurpose[]
  onChange: (purposes: KycPurpose[]) => void
  readOnly: boolean
}

/** The company's 取引の目的, one a row; a new one gets a code of its own, which stays when its words change. */
export function PurposeRows({ purposes, onChange, readOnly }: PurposeRowsProps) {
  const { label, help } = companyFields.kycPurposes
  return (
    <FormSection title={label.ja} hint={help}>
      <div style={{ gridColumn: '1 / -1', display: 'grid', gap: 10 }}>
        {purposes.map((one, at) => (
          <div key={one.code} className="ui-row" style={{ alignItems: 'end' }}>
            <div style={{ width: 480 }}>
              <FieldInput
                field={{
                  name: `settings.kycPurposes.${at}.label`,
                  type: 'text',
                  label: `取引の目的 ${at + 1}`,
                  required: true,
                  maxLength: 60,
                }}
                value={one.label}
                onChange={text =>
                  onChange(purposes.map((known, place) => (place === at ? { ...known, label: text } : known)))
                }
                readOnly={readOnly}
              />
            </div>
            {!readOnly && (
              <ActionButton
                size="small"
                kind="quiet"
                label={`「${one.label || `取引の目的 ${at + 1}`}」を一覧から外す`}
                disabledReason={purposes.length > 1 ? null : '取引の目的を1つ以上残してください。'}
                onClick={() => onChange(purposes.filter(known => known !== one))}
              >
                外す
              </ActionButton>
            )}
          </div>
        ))}
        {!readOnly && (
          <div>
            <ActionButton
              disabledReason={purposes.length < 50 ? null : '取引の目的は50件までです。'}
              onClick={() =>
                onChange([...purposes, { code: `p_${crypto.randomUUID().slice(0, 8)}`, label: '' }])
              }
            >
              取引の目的を加える
            </ActionButton>
          </div>
        )}
      </div>
    </FormSection>
  )
}
