import { listExport } from '../../platform/list-export.ts'
import { listLimits } from './contract.ts'
import { limitKindLabels, limitStateLabels, termLabels } from './labels.ts'

export const lists = [
  listExport('credit.limits', '与信枠', listLimits, [
    { key: 'limitNo', title: '番号', value: row => row.limitNo },
    { key: 'subject', title: '対象', value: row => row.subject.name },
    { key: 'partyNo', title: '対象の番号', value: row => row.subject.partyNo },
    { key: 'second', title: '売掛先', value: row => row.secondSubject?.name },
    { key: 'kind', title: '種別', value: row => limitKindLabels[row.limitKind] },
    { key: 'term', title: '期間', value: row => termLabels[row.term] },
    { key: 'state', title: '状態', value: row => limitStateLabels[row.state] },
    { key: 'limit', title: '限度額', kind: 'yen', value: row => row.limitYen },
    { key: 'exposure', title: '与信残高', kind: 'yen', value: row => row.exposureYen },
    { key: 'committed', title: '予約額', kind: 'yen', value: row => row.committedYen },
    { key: 'exceeded', title: '超過額', kind: 'yen', value: row => row.exceededYen },
    {
      key: 'breachApprovedBy',
      title: '超過の承認者',
      value: row => row.breaches.find(one => one.replacedOn === null)?.approvedBy,
    },
    {
      key: 'breachUntil',
      title: '超過の解消期限',
      kind: 'date',
      value: row => row.breaches.find(one => one.replacedOn === null)?.acceptedUntil,
    },
    { key: 'from', title: '開始日', kind: 'date', value: row => row.inForceFrom },
    { key: 'to', title: '終了日', kind: 'date', value: row => row.inForceTo },
    { key: 'reviewDueOn', title: '見直し期日', kind: 'date', value: row => row.reviewDueOn },
    { key: 'assessedOn', title: '査定日', kind: 'date', value: row => row.assessedOn },
    { key: 'grounds', title: '根拠', value: row => row.grounds },
    { key: 'review', title: '審査', value: row => row.review?.reviewNo },
    { key: 'requestedBy', title: '申請者', value: row => row.requestedBy.name },
    { key: 'approvedBy', title: '承認者', value: row => row.approvedBy?.name },
    { key: 'authorityLevel', title: '決裁権限', value: row => row.authorityLevel },
  ]),
]
