import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listApplications } from './contract.ts'
import { applicationStateLabels, channelText, clockLabels, formLabels } from './labels.ts'

const minute = (at: string | null | undefined) =>
  at ? new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') : ''

export const lists = [
  listExport(
    'applications',
    '申込',
    listApplications,
    [
      { key: 'applicationNo', title: '番号', value: row => row.applicationNo },
      { key: 'state', title: '状態', value: row => applicationStateLabels[row.state] },
      { key: 'client', title: '利用者', value: row => row.client.name },
      { key: 'plan', title: '商品', value: row => row.plan && `${row.plan.code} 第${row.plan.version}版` },
      { key: 'requested', title: '希望額', kind: 'yen', value: row => row.requestedYen },
      { key: 'neededBy', title: '希望日', kind: 'date', value: row => row.neededBy },
      { key: 'clock', title: '期限の種類', value: row => (row.clock ? clockLabels[row.clock.what] : '') },
      { key: 'due', title: '期限', value: row => minute(row.clock?.dueAt) },
      {
        key: 'left',
        title: '残り時間（営業・分）',
        kind: 'number',
        value: row => row.clock?.minutesLeft ?? null,
      },
      { key: 'owed', title: '未提出の書類', kind: 'number', value: row => row.itemsOwed },
      { key: 'claims', title: '債権', kind: 'number', value: row => row.claims },
      { key: 'claimsYen', title: '債権の額面', kind: 'yen', value: row => row.claimsYen },
      { key: 'net', title: '見積の手取額', kind: 'yen', value: row => row.netYen },
      { key: 'owner', title: '担当者', value: row => row.owner.name },
      { key: 'channel', title: '受付手段', value: row => channelText(row.channel) },
      { key: 'form', title: '形式', value: row => formLabels[row.form] },
      { key: 'submitted', title: '受付日時', value: row => minute(row.submittedAt) },
    ],
    {},
    ownExportColumns('application'),
  ),
]
