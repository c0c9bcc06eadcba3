import { Button } from 'antd'
import { useState } from 'react'
import { DoorShell, FieldInput, Notice, type TextField } from '../../src/ui/index.ts'

const email: TextField = { name: 'email', label: 'メールアドレス', type: 'email', required: true }

export function DoorPage() {
  const [text, setText] = useState('')
  return (
    <DoorShell
      brand="台帳"
      title="サインイン"
      hint="会社から招待されたメールアドレスを入力してください。"
      below="困ったときは管理者に連絡してください。"
    >
      <Notice tone="danger" title="メールアドレスかパスワードが違います" live />
      <FieldInput field={email} value={text} onChange={setText} />
      <Button type="primary" block>
        次へ
      </Button>
    </DoorShell>
  )
}
