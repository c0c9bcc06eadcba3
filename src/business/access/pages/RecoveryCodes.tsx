import { Button } from 'antd'
import { useState } from 'react'
import { ActionButton, Notice } from '../../../ui/index.ts'

/** The codes for a lost telephone, shown this once: copied, printed or written down before going on. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false)
  const [copyRefused, setCopyRefused] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'))
      setKept(true)
    } catch {
      // A browser may forbid the clipboard; the codes can still be printed or written down.
      setCopyRefused(true)
    }
  }
  const print = () => {
    window.print()
    setKept(true)
  }
  return (
    <section aria-label="リカバリーコード">
      <Notice tone="warning" title="リカバリーコードを保管してください" live>
        <p>
          スマートフォンを失くしたときに使う、1回限りのコードです。この画面を閉じると二度と表示されません。
        </p>
      </Notice>
      <ul className="recovery-codes">
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        <Button onClick={() => void copy()}>コピーする</Button>
        <Button onClick={print}>印刷する</Button>
        <Button onClick={() => setKept(true)}>書き写した</Button>
        <ActionButton
          kind="primary"
          disabledReason={kept ? null : '先にコピー・印刷するか書き写して、保管してください。'}
          onClick={onDone}
        >
          保管しました。続ける
        </ActionButton>
      </div>
      {copyRefused && (
        <Notice
          tone="warning"
          title="ブラウザーがコピーを許可していません。印刷するか、書き写してください。"
          live
        />
      )}
    </section>
  )
}
