import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { words } from '../../../ui/index.ts'
import { findBanks } from '../contract.ts'

interface BankChoiceProps {
  label: string
  value: string
  onChange: (code: string) => void
  /** Given: branches of this bank. */
  bankCode?: string
}

/** A required choice: banks and branches found by code, name or reading. */
export function BankChoice({ label, value, onChange, bankCode }: BankChoiceProps) {
  const [text, setText] = useState('')
  const branches = bankCode !== undefined
  const wanted = text.trim() || value
  const found = useApi(
    findBanks,
    { text: wanted || '-', ...(branches ? { bankCode } : {}) },
    { enabled: wanted !== '' && (!branches || bankCode !== '') },
  )
  const rows = found.state === 'ready' ? found.value.rows : []
  const id = branches ? 'branch-choice' : 'bank-choice'
  return (
    <div className="ui-field ui-field-medium">
      <div className="ui-field-label">
        <label htmlFor={id}>{label}</label>
        <span className="ui-required">{words.form.required}</span>
      </div>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setText }}
        value={value || undefined}
        placeholder="コード・名称・カナで検索"
        onChange={onChange}
        disabled={branches && bankCode === ''}
        options={rows.map(row => ({ value: row.code, label: `${row.code}　${row.name}` }))}
        notFoundContent={wanted ? '該当がありません' : '入力すると候補が出ます'}
        style={{ width: '100%' }}
      />
    </div>
  )
}
