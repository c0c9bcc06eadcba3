import { useState } from 'react'
import { useSession } from '../../../platform/web/session.ts'
import { Card, FieldInput, KeyValue, Stack } from '../../../ui/index.ts'
import { ExportButton } from './ExportButton.tsx'

/** The lists of the house itself, with what one must be allowed to read them. */
const LISTS = [
  { list: 'access.staff', label: 'ユーザーと役割', reads: 'access.readStaff', dated: false },
  { list: 'access.signIns', label: 'ログイン記録', reads: 'access.readSignInLog', dated: true },
  { list: 'audit.events', label: '監査証跡', reads: 'audit.read', dated: true },
] as const

/** Takes the staff, the sign-ins and the trail out, the last two of a period; for auditors and administrators. */
export function TrailExports() {
  const { permissions } = useSession()
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const period = { from: from ?? undefined, to: to ?? undefined }
  return (
    <Card title="社員・ログイン・監査証跡を出力" note="期間はログイン記録と監査証跡に掛かります">
      <Stack>
        <div className="ui-row">
          <FieldInput
            field={{ name: 'from', type: 'date', label: '期間の始まり' }}
            value={from}
            onChange={setFrom}
          />
          <FieldInput
            field={{ name: 'to', type: 'date', label: '期間の終わり' }}
            value={to}
            onChange={setTo}
          />
        </div>
        <KeyValue
          items={[
            ...LISTS.filter(one => permissions.has(one.reads)).map(({ list, label, dated }) => ({
              key: list,
              label,
              value: <ExportButton list={list} filters={dated ? period : {}} shown={null} />,
            })),
          ]}
        />
      </Stack>
    </Card>
  )
}
