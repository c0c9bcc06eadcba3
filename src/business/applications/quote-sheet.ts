import { found } from '../../platform/commands/refusal.ts'
import type { FileAnswer, QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { a4Sheet, factTable, sectionTitle } from '../../platform/pdf.ts'
import { currentCompany, staffNames } from '../access/index.ts'
import { securityLabels } from '../plans/labels.ts'
import { quoteStateLabels } from './labels.ts'
import { one } from './open-application.ts'
import { seenOf } from './queries.ts'
import { quotesOf } from './quotes-shown.ts'
import type { QuoteState } from './tables.ts'

const HOUR_MS = 3_600_000

const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`
const percent = (ppm: number) => `${(ppm / 10_000).toLocaleString('ja-JP', { maximumFractionDigits: 2 })}%`
const minute = (at: string) =>
  new Date(Date.parse(at) + 9 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')
const taxLabels: Readonly<Record<string, string>> = {
  non_taxable: '非課税',
  taxable_10: '課税10%',
  outside: '不課税',
}

/** What the sheet says of a quote that may no longer be accepted, so that a copy of it deceives nobody; empty while it may. */
export function invalidWords(state: QuoteState, expiresAt: string, now: Date): string {
  if (state === 'offered' && Date.parse(expiresAt) < now.getTime()) return '有効期限が過ぎた見積です。'
  return state === 'offered' || state === 'accepted'
    ? ''
    : `この見積は現在有効ではありません（${quoteStateLabels[state]}）。`
}

/** 見積書: one quote on A4 for the client, in the figures that were issued; nothing is reckoned anew. Refuses what is out of reach. */
export async function quoteSheet(context: QueryContext, quoteId: Id): Promise<FileAnswer> {
  const { db, now } = context
  const { application_id } = found(
    await db.selectFrom('quote').select('application_id').where('id', '=', quoteId).executeTakeFirst(),
    'quote',
  )
  const application = await one(context, application_id)
  const { rows, shown, seen } = await quotesOf(context, application_id)
  const at = rows.findIndex(row => row.id === quoteId)
  const [row, quote] = [found(rows[at], 'quote'), found(shown[at], 'quote')]
  const company = await currentCompany(db)
  const names = await staffNames(db, [row.issued_by])
  const invalid = invalidWords(quote.state, quote.expiresAt, now)
  const own = company?.settings
  const borne = quote.charges.filter(charge => charge.borneBy === 'client')
  const content = await a4Sheet({
    title: '見積書',
    detail: `見積番号 ${quote.quoteNo}　見積日 ${quote.quotedOn}　申込番号 ${application.application_no}`,
    foot: `出力 ${context.actor.name} ${context.today}`,
    content: [
      ...(invalid ? [{ text: invalid, bold: true, color: '#b42318', margin: [0, 0, 0, 6] }] : []),
      {
        columns: [
          { text: `${application.party_name}　御中`, fontSize: 12, bold: true },
          {
            stack: [
              own?.legalName ?? '',
              ...(own?.invoiceRegNo ? [`登録番号 ${own.invoiceRegNo}`] : []),
              `担当 ${names.get(row.issued_by) ?? ''}`,
            ],
            alignment: 'right',
          },
        ],
        margin: [0, 4, 0, 8],
      },
      { text: '下記のとおり、債権の買取についてお見積りいたします。', margin: [0, 0, 0, 4] },
      { text: `お受取額　${yen(quote.netYen)}`, fontSize: 14, bold: true, margin: [0, 2, 0, 2] },
      { text: `有効期限　${minute(quote.expiresAt)}`, margin: [0, 0, 0, 4] },
      sectionTitle('金額'),
      amountTable(
        ['項目', '金額', '説明'],
        [
          ['買取額', yen(quote.purchasedYen), '買い取る債権の額'],
          ['手数料', `－${yen(quote.feeYen)}`, '非課税'],
          ['買取代金', yen(quote.priceYen), '買取額から手数料を引いた額'],
          ...borne.map(charge => [
            charge.kind,
            `－${yen(charge.amountYen)}`,
            taxLabels[charge.taxCategory] ?? '',
          ]),
          ...(quote.taxYen > 0 ? [['消費税', `－${yen(quote.taxYen)}`, '課税の費用に対するもの']] : []),
          ...(quote.reserveYen > 0
            ? [['留保金', `－${yen(quote.reserveYen)}`, '回収の後、契約に従いお支払いする分']]
            : []),
          ['お受取額', yen(quote.netYen), '契約の締結後にお支払いする額'],
        ],
        { widths: [120, 110, '*'], amounts: [1] },
      ),
      sectionTitle('債権ごとの内訳'),
      amountTable(
        ['債権番号', '売掛先', '額面', '買取額', '留保金', '手数料', '日数'],
        quote.lines.map(line => [
          line.receivableNo,
          line.debtorName,
          yen(line.faceYen),
          yen(line.purchasedYen),
          yen(line.reserveYen),
          yen(line.feeYen),
          `${line.days}日`,
        ]),
        { widths: [92, '*', 62, 62, 54, 52, 30], amounts: [2, 3, 4, 5, 6] },
      ),
      sectionTitle('条件'),
      factTable([
        ['契約', quote.contract.contractNo],
        ['商品', quote.plan ? `${quote.plan.name}（第${quote.plan.version}版）` : '－'],
        ['担保', securityLabels[quote.collateralRequired as 'none']],
        ['保証人', securityLabels[quote.guarantorRequired as 'none']],
        ['実質年率換算', quote.annualisedPpm === null ? '－' : percent(quote.annualisedPpm)],
        ['件数', `${quote.lines.length}件`],
      ]),
      {
        text: '実質年率換算は、手数料を回収期日までの日数で年率に直した参考値です。日数は見積日から回収期日までです。債権の内容や契約の条件が変わったときは、改めてお見積りします。',
        fontSize: 8,
        margin: [0, 8, 0, 0],
      },
    ],
  })
  return {
    file: {
      name: `見積書_${quote.quoteNo}.pdf`,
      mime: 'application/pdf',
      content,
      inline: true,
    },
    seen: [...new Set([...seenOf(application), ...seen])],
  }
}

/** Rows under bold headings, the columns named in `amounts` set flush right; widths in points, `*` takes what is left. */
function amountTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { widths, amounts }: { widths: readonly (number | '*')[]; amounts: readonly number[] },
) {
  const line = (cells: readonly string[], bold: boolean) =>
    cells.map((text, at) => ({ text, bold, ...(amounts.includes(at) ? { alignment: 'right' } : {}) }))
  return {
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      widths: [...widths],
      body: [line(head, true), ...rows.map(cells => line(cells, false))],
    },
  }
}
