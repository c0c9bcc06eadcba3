import type { QueryContext } from '../../platform/http/route.ts'
import { a4Sheet, sheetTable } from '../../platform/pdf.ts'
import type { QualityFigures } from './contract.ts'
import { groupLabels } from './labels.ts'
import { figures, items } from './queries.ts'

const OLDEST_SHOWN = 30

/** The monthly review of data quality as a PDF on A4, with every number's numerator and denominator. */
export async function reviewReport(context: QueryContext): Promise<{ content: Buffer; seen: number[] }> {
  const known = await figures(context)
  const oldest = await items(context, { limit: OLDEST_SHOWN, mine: false })
  const share = (one: QualityFigures['completeness']) =>
    `${one.percent === null ? '－' : `${one.percent.toFixed(1)}%`}（${one.numerator} / ${one.denominator}）`
  const content = await a4Sheet({
    title: 'データ品質 月次レビュー',
    detail: `${context.today} 作成`,
    content: [
      sheetTable(
        ['指標', '値（分子 / 分母）', '目標', '算式'],
        [
          [
            'データ完全性率',
            share(known.completeness),
            `${known.targets.completeness ?? '－'}%以上`,
            '必須項目がすべて有効な取引中の顧客 ÷ 取引中の顧客',
          ],
          ['項目別の完全性', share(known.byItem), '－', '入力済みの必須項目 ÷ 該当する必須項目'],
          [
            '重複登録率',
            share(known.duplicates),
            `${known.targets.duplicates ?? '－'}%以下`,
            '（記録数 − 実体数）÷ 記録数',
          ],
        ],
        [110, 140, 70, '*'],
      ),
      { text: '検査項目', fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
      sheetTable(
        ['区分', '検査', '例外', '対象', '期限超過'],
        known.checks.map(check => [
          groupLabels[check.group],
          check.label,
          String(check.broken),
          String(check.applicable),
          String(check.overdue),
        ]),
        [70, '*', 50, 50, 60],
      ),
      { text: `期限の近い例外（${OLDEST_SHOWN}件まで）`, fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
      sheetTable(
        ['顧客', '例外', '担当', '期限'],
        oldest.body.rows.map(row => [
          `${row.partyNo} ${row.partyName}`,
          row.label,
          row.owner,
          `${row.dueOn}${row.overdue ? '（超過）' : ''}`,
        ]),
        ['*', 150, 80, 90],
      ),
      { text: '確認者　　　　　　　　　　　　　　確認日　　　　　　　　　　　', margin: [0, 24, 0, 0] },
    ],
  })
  return { content, seen: oldest.seen }
}
