import { factTable, sheetTable } from '../../platform/pdf.ts'
import type { CreditFile } from '../assessment/contract.ts'
import {
  collateralKindLabels,
  guaranteeKindLabels,
  outcomeLabels,
  providerLabels,
  subjectRoleLabels,
  watchLabels,
} from '../assessment/labels.ts'

const REVIEWS_SHOWN = 3

const yen = (value: number | null) => (value === null ? '－' : `¥${value.toLocaleString('ja-JP')}`)

/** The credit file on the customer card: what binds today, and the last decisions. */
export function creditSection(file: CreditFile): object[] {
  const score = file.scores.find(one => one.counts)
  const report = file.reports.find(one => one.retracted === null)
  const decided = file.reviews.filter(one => one.state === 'decided').slice(0, REVIEWS_SHOWN)
  const security = [
    ...file.collateral
      .filter(one => one.standing)
      .map(one => [
        `担保　${collateralKindLabels[one.collateralKind]}`,
        one.collateralNo,
        yen(one.securedYen),
        one.expiresOn ?? '－',
      ]),
    ...file.guarantees
      .filter(one => one.standing)
      .map(one => [
        `保証　${guaranteeKindLabels[one.guaranteeKind]}${one.personal ? '（個人）' : ''}`,
        `${one.guaranteeNo} ${one.guarantor.name}`,
        yen(one.guaranteedYen),
        one.expiresOn ?? '－',
      ]),
  ]
  return [
    factTable([
      [
        '監視区分',
        [watchLabels[file.watch.state], file.watch.since, file.watch.reason].filter(Boolean).join('　'),
      ],
      [
        '評点',
        score
          ? `${score.providerName ?? providerLabels[score.provider]} ${score.score}／${score.scoreScale}点（${score.scoreDate}）`
          : '－',
      ],
      [
        '調査レポート',
        report
          ? [
              report.providerName ?? providerLabels[report.provider],
              report.reportDate,
              report.rating,
              report.bankruptcyForecast,
            ]
              .filter(Boolean)
              .join('　')
          : '－',
      ],
    ]),
    ...(decided.length > 0
      ? [
          sheetTable(
            ['審査', '対象', '結論', '推奨限度額', '査定日', '次回見直し', '担当'],
            decided.map(one => [
              one.reviewNo,
              subjectRoleLabels[one.subjectRole],
              outcomeLabels[one.outcome],
              yen(one.recommendedYen),
              one.assessedOn,
              one.reviewDueOn,
              one.assessedBy,
            ]),
            [62, 46, 66, '*', 60, 60, 70],
          ),
        ]
      : []),
    ...(security.length > 0
      ? [sheetTable(['担保・保証', '番号・保証人', '金額', '期限'], security, [130, '*', 90, 70])]
      : []),
  ]
}
