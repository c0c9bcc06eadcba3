import { addressOf } from '../../../platform/http/client.ts'
import {
  Card,
  DateTimeText,
  EmptyState,
  KeyValue,
  percentText,
  ScrollBox,
  Stack,
  UiLink,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { securityLabels } from '../../plans/labels.ts'
import { type ApplicationShown, type PricedShown, printQuote, type QuoteShown } from '../contract.ts'
import { channelLabels } from '../labels.ts'
import type { ApplicationChannel } from '../tables.ts'
import { QuoteStateTag } from './application-words.tsx'

/** Every quote, newest first, with the price of each claim and the client's answer. */
export function QuotesTab({ application }: { application: ApplicationShown }) {
  if (application.quotes.length === 0)
    return (
      <Card title="見積">
        <EmptyState
          title="見積はまだありません"
          hint="審査が済むと、契約の条件で1円単位まで計算した見積を提示できます。買取の計算と同じ規則です。"
        />
      </Card>
    )
  return (
    <Stack>
      {application.quotes.map(quote => (
        <QuoteCard key={quote.id} quote={quote} />
      ))}
    </Stack>
  )
}

function QuoteCard({ quote }: { quote: QuoteShown }) {
  return (
    <Card
      title={`見積 ${quote.quoteNo}`}
      note={<QuoteStateTag state={quote.state} />}
      actions={
        <a
          className="ui-link"
          href={addressOf(printQuote, { quoteId: quote.id })}
          target="_blank"
          rel="noreferrer"
        >
          見積書（PDF）
        </a>
      }
    >
      <PricedClaims priced={quote} />
      <KeyValue
        items={[
          {
            key: 'contract',
            label: '契約',
            value: <UiLink href={`/contracts/${quote.contract.id}`}>{quote.contract.contractNo}</UiLink>,
          },
          {
            key: 'issued',
            label: '提示',
            value: quote.issuedBy.name,
            note: <DateTimeText at={quote.issuedAt} />,
          },
          { key: 'expires', label: '有効期限', value: <DateTimeText at={quote.expiresAt} /> },
          {
            key: 'plan',
            label: '商品',
            value: quote.plan ? (
              <UiLink href={`/plans/${quote.plan.planId}`}>
                {quote.plan.name}　第{quote.plan.version}版
              </UiLink>
            ) : (
              '商品によらない'
            ),
          },
          {
            key: 'security',
            label: '担保・保証人',
            value: `${securityLabels[quote.collateralRequired as 'none']}・${securityLabels[quote.guarantorRequired as 'none']}`,
          },
          {
            key: 'answer',
            label: '利用者の回答',
            value: quote.answeredOn
              ? `${quote.answeredOn}　${quote.answeredBy ?? '（廃棄済）'}（${channelLabels[quote.answerChannel as ApplicationChannel] ?? ''}）`
              : '',
            ...(quote.answerRecordedBy ? { note: `記録 ${quote.answerRecordedBy.name}` } : {}),
          },
          {
            key: 'proof',
            label: '裏付け',
            value: quote.answerDocuments.length ? (
              <EvidenceList ids={quote.answerDocuments.map(document => document.id)} />
            ) : (
              ''
            ),
          },
        ]}
      />
    </Card>
  )
}

/** The price of each claim and of all, as the purchase would reckon it. */
export function PricedClaims({ priced }: { priced: PricedShown }) {
  return (
    <>
      <ScrollBox label="債権ごとの見積">
        <table className="ui-lines">
          <thead>
            <tr>
              <th scope="col">債権</th>
              <th scope="col">売掛先</th>
              <th scope="col" data-number>
                額面
              </th>
              <th scope="col" data-number>
                買取額
              </th>
              <th scope="col" data-number>
                留保金
              </th>
              <th scope="col" data-number>
                手数料
              </th>
              <th scope="col" data-number>
                日数
              </th>
            </tr>
          </thead>
          <tbody>
            {priced.lines.map(line => (
              <tr key={line.receivableId}>
                <th scope="row">{line.receivableNo}</th>
                <td>{line.debtorName}</td>
                <td data-number>
                  <Yen value={line.faceYen} />
                </td>
                <td data-number>
                  <Yen value={line.purchasedYen} />
                </td>
                <td data-number>
                  <Yen value={line.reserveYen} />
                </td>
                <td data-number>
                  <Yen value={line.feeYen} />
                </td>
                <td data-number>{line.days}日</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <KeyValue
        items={[
          { key: 'purchased', label: '買取額', value: yenText(priced.purchasedYen) },
          { key: 'reserve', label: '留保金', value: yenText(priced.reserveYen) },
          { key: 'fee', label: '手数料（非課税）', value: yenText(priced.feeYen) },
          {
            key: 'charges',
            label: '費用・消費税',
            value: `${yenText(priced.chargesYen)}・${yenText(priced.taxYen)}`,
          },
          { key: 'net', label: '手取額', value: <Yen value={priced.netYen} strong /> },
          {
            key: 'annualised',
            label: '実質年率換算',
            value: priced.annualisedPpm === null ? '' : percentText(priced.annualisedPpm, 1),
          },
        ]}
      />
    </>
  )
}
