import { listExport, onlyWith } from '../../platform/list-export.ts'
import { listStaff, signInLog } from './contract.ts'
import { attemptKindLabels, outcomeLabels, roleLabels, staffStateLabels } from './labels.ts'

const TRAIL_EXPORT = 'lists.exportTrail'

/** 2026-11-27T04:05:06.000Z as 2026-11-27 13:05:06, Tokyo. */
const inTokyo = (at: string | null) =>
  at === null ? null : new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** 社員 and ログイン記録, for auditors and administrators. */
export const lists = [
  onlyWith(
    TRAIL_EXPORT,
    listExport('access.staff', 'ユーザーと役割', listStaff, [
      { key: 'name', title: '氏名', value: row => row.name },
      { key: 'email', title: 'メールアドレス', value: row => row.email },
      { key: 'roles', title: '役割', value: row => row.roles.map(role => roleLabels[role]).join('・') },
      { key: 'state', title: '状態', value: row => staffStateLabels[row.state] },
      {
        key: 'secondFactor',
        title: '二段階認証',
        value: row => (row.secondFactor === 'on' ? '設定済み' : '未設定'),
      },
      { key: 'lastSignedInAt', title: '最終ログイン', value: row => inTokyo(row.lastSignedInAt) },
      { key: 'endsOn', title: '利用期限', kind: 'date', value: row => row.endsOn },
    ]),
  ),
  onlyWith(
    TRAIL_EXPORT,
    listExport('access.signIns', 'ログイン記録', signInLog, [
      { key: 'at', title: '日時', value: row => inTokyo(row.at) },
      { key: 'person', title: 'ユーザー', value: row => row.person?.name ?? '（登録のないアドレス）' },
      { key: 'kind', title: '方法', value: row => attemptKindLabels[row.kind] },
      { key: 'outcome', title: '結果', value: row => outcomeLabels[row.outcome] },
      { key: 'ip', title: '接続元', value: row => row.ip },
      { key: 'device', title: '端末', value: row => row.device },
    ]),
  ),
]
