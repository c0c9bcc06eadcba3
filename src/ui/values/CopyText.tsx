import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { useEffect, useState } from 'react'
import { words } from '../labels.ts'
import './values.css'

/** A code or number one click away from the clipboard. */
export function CopyText({ text, shown = text }: { text: string; shown?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <span className="ui-copy">
      <span className="ui-code">{shown}</span>
      <button
        type="button"
        aria-label={`${text} ${words.states.copy}`}
        title={words.states.copy}
        onClick={() => void copy()}
      >
        {copied ? <CheckOutlined aria-hidden="true" /> : <CopyOutlined aria-hidden="true" />}
      </button>
      <span className="ui-hidden" role="status">
        {copied ? words.states.copied : ''}
      </span>
    </span>
  )
}
