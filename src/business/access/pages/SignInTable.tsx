import type { ReactNode } from 'react'
import { DateTimeText, ScrollBox, StatusTag } from '../../../ui/index.ts'
import type { StaffDetail } from '../contract.ts'
import './access-table.css'

type OpenSignIn = StaffDetail['signIns'][number]

/** Open sign-ins, one row each: device, address, since when, last used. */
export function SignInTable({
  signIns,
  action,
}: {
  signIns: readonly OpenSignIn[]
  action?: (signIn: OpenSignIn) => ReactNode
}) {
  return (
    <ScrollBox label="ログイン中の端末">
      <table className="access-table">
        <thead>
          <tr>
            <th scope="col">端末</th>
            <th scope="col">接続元</th>
            <th scope="col">ログイン</th>
            <th scope="col">最後の操作</th>
            <th scope="col">
              <span className="ui-hidden">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {signIns.map(signIn => (
            <tr key={signIn.id}>
              <th scope="row">{signIn.device}</th>
              <td>{signIn.ip || '不明'}</td>
              <td>
                <DateTimeText at={signIn.startedAt} />
              </td>
              <td>
                <DateTimeText at={signIn.lastActiveAt} />
              </td>
              <td>{signIn.current ? <StatusTag tone="accent" word="この端末" /> : action?.(signIn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
