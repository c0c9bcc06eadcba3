import { Button } from 'antd'
import { useState } from 'react'
import { ActionButton, Notice } from '../../../ui/index.ts'

/** The codes for a lost telephone, shown this once: copied or printed before going on. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    setKept(true)
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
        <ActionButton
          kind="primary"
          disabledReason={kept ? null : '先にコピーするか印刷して、保管してください。'}
          onClick={onDone}
        >
          保管しました。続ける
        </ActionButton>
      </div>
    </section>
  )
}
