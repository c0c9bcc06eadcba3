import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listCreditReviews } from './contract.ts'
import {
  basisKindLabels,
  basisSourceLabels,
  creditReviewStateLabels,
  outcomeLabels,
  subjectRoleLabels,
} from './labels.ts'

export const lists = [
  listExport(
    'assessment.reviews',
    '与信審査',
    listCreditReviews,
    [
      { key: 'reviewNo', title: '番号', value: row => row.reviewNo },
      { key: 'party', title: '会社', value: row => row.party.name },
      { key: 'partyNo', title: '会社の番号', value: row => row.party.partyNo },
      { key: 'role', title: '対象', value: row => subjectRoleLabels[row.subjectRole] },
      { key: 'state', title: '状態', value: row => creditReviewStateLabels[row.state] },
      { key: 'outcome', title: '結論', value: row => outcomeLabels[row.outcome] },
      { key: 'recommended', title: '推奨限度額', kind: 'yen', value: row => row.recommendedYen },
      { key: 'conditions', title: '条件', value: row => row.conditions },
      { key: 'assessedOn', title: '査定日', kind: 'date', value: row => row.assessedOn },
      { key: 'reviewDueOn', title: '次回見直し', kind: 'date', value: row => row.reviewDueOn },
      { key: 'assessedBy', title: '審査担当', value: row => row.assessedBy },
      { key: 'decidedBy', title: '決定者', value: row => row.decidedBy },
      { key: 'decidedOn', title: '決定日', kind: 'date', value: row => row.decidedOn },
      {
        key: 'basis',
        title: '根拠',
        value: row =>
          row.basis
            .map(one => `${basisKindLabels[one.kind]}（${basisSourceLabels[one.source]}）${one.note}`)
            .join('／'),
      },
      { key: 'sources', title: '出所の数', kind: 'number', value: row => row.sources },
      { key: 'grounds', title: '判断の理由', value: row => row.grounds },
    ],
    {},
    ownExportColumns('credit_review'),
  ),
]
