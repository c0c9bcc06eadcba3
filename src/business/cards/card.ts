import { Refusal } from '../../platform/commands/refusal.ts'
import type { QueryContract } from '../../platform/http/contract.ts'
import type { FileAnswer, QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { a4Sheet, factTable, sectionTitle, sheetTable } from '../../platform/pdf.ts'
import type { Reading } from '../../platform/reading.ts'
import { accountsOfParty } from '../accounts/contract.ts'
import { accountTypeLabels, resultLabels, usageLabels } from '../accounts/labels.ts'
import { listAlerts } from '../alerts/contract.ts'
import { severityLabels } from '../alerts/labels.ts'
import { creditFileOfParty } from '../assessment/contract.ts'
import { listContracts } from '../contracts/contract.ts'
import { contractKindLabels, contractStateLabels } from '../contracts/labels.ts'
import { limitsOfParty } from '../credit/contract.ts'
import { limitKindLabels, limitStateLabels } from '../credit/labels.ts'
import { kycOfParty } from '../kyc/contract.ts'
import { methodLabels, ratingLabels, reviewStateLabels } from '../kyc/labels.ts'
import { openParty } from '../parties/contract.ts'
import { kindLabels, roleLabels, stageLabels, statusLabels } from '../parties/labels.ts'
import { peopleOfParty } from '../people/contract.ts'
import { personRoleLabels } from '../people/labels.ts'
import { listReceivables } from '../receivables/contract.ts'
import { receivableStateLabels } from '../receivables/labels.ts'
import { screeningOfParty } from '../screening/contract.ts'
import { stateLabels as screeningStateLabels, subjectKindLabels } from '../screening/labels.ts'
import { creditSection } from './credit-section.ts'

const CLAIMS_SHOWN = 40

const yen = (value: number | null | undefined) =>
  value === null || value === undefined ? '－' : `¥${value.toLocaleString('ja-JP')}`
const text = (value: string | null | undefined) => value ?? '－'
const postal = (code: string | null) => code && `〒${code.slice(0, 3)}-${code.slice(3)}`
const period = (from: string | null, to: string | null) => `${from ?? ''} ～ ${to ?? ''}`.trim()

/** A section which this person may not see is left out and said at the end of the sheet. */
class CardAsk {
  readonly seen = new Set<number>()
  readonly hidden: string[] = []
  readonly #reading: Reading
  readonly #context: QueryContext

  constructor(reading: Reading, context: QueryContext) {
    this.#reading = reading
    this.#context = context
  }

  async section<C extends QueryContract>(
    title: string,
    contract: C,
    input: object,
    content: (body: C['output']['_output']) => object[],
  ): Promise<object[]> {
    try {
      const { body, seen } = await this.#reading.ask(this.#context, contract, input)
      for (const no of seen) this.seen.add(no)
      return title === '' ? content(body) : [sectionTitle(title), ...content(body)]
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'forbidden') throw error
      this.hidden.push(title)
      return []
    }
  }
}

/** 顧客カード: the whole customer on A4, as this person sees it on the screen. Refuses a company out of reach. */
export async function cardOf(reading: Reading, context: QueryContext, partyId: Id): Promise<FileAnswer> {
  const ask = new CardAsk(reading, context)
  const { body: party, seen } = await reading.ask(context, openParty, { partyId })
  for (const no of seen) ask.seen.add(no)
  const of = { partyId: party.id }
  const sections = [
    sectionTitle('基本情報'),
    factTable([
      ['番号', party.partyNo],
      ['区分', kindLabels[party.partyKind]],
      ['法人番号', text(party.corporateNumber)],
      ['登録番号', text(party.invoiceRegNo)],
      ['フリガナ', text(party.legalNameKana)],
      ['屋号・通称', text(party.tradeName)],
      ['役割', party.roles.map(role => roleLabels[role]).join('・')],
      ['段階・状態', `${stageLabels[party.stage]}・${statusLabels[party.status]}`],
      ['所在地', [postal(party.postalCode), party.address].filter(Boolean).join(' ')],
      ['電話', text(party.phone)],
      ['設立', text(party.establishedOn)],
      ['資本金', yen(party.capitalYen)],
      ['従業員', party.employees === null ? '－' : `${party.employees.toLocaleString('ja-JP')}名`],
      ['年商', yen(party.annualSalesYen)],
      ['決算月日', text(party.fiscalYearEnd)],
      ['事業の内容', text(party.businessSummary)],
      ['担当者', party.owner.name],
      ['必須項目', `${party.completeness.percent}%（不足 ${party.completeness.missingNow.length}項目）`],
    ]),
    ...formerNames(party.names),
    ...(await ask.section('関係者', peopleOfParty, of, ({ people }) => [
      sheetTable(
        ['氏名', '役割', '役職', '就任', '退任', '連絡'],
        people.map(one => [
          one.name,
          personRoleLabels[one.role],
          text(one.title),
          text(one.validFrom),
          text(one.validTo),
          one.doNotContact ? '連絡しない' : text(one.contactWindow),
        ]),
        ['*', 90, 90, 62, 62, 90],
      ),
    ])),
    ...(await ask.section('口座（番号は末尾のみ）', accountsOfParty, of, ({ accounts }) => [
      sheetTable(
        ['用途', '銀行・支店', '種目', '番号', '名義', '確認'],
        accounts
          .filter(one => one.validTo === null)
          .map(one => [
            usageLabels[one.usage],
            `${one.bankName} ${one.branchName}`,
            accountTypeLabels[one.accountType] ?? one.accountType,
            `***${one.accountNoLast}`,
            one.holderKana,
            `${resultLabels[one.verificationResult] ?? one.verificationResult} ${one.verifiedOn ?? ''}`,
          ]),
        [50, '*', 36, 50, 110, 96],
      ),
    ])),
    ...(await ask.section('本人確認', kycOfParty, of, ({ reviewState, nextReviewOn, cases }) => [
      { text: `${reviewStateLabels[reviewState]}　次回期限 ${text(nextReviewOn)}`, margin: [0, 0, 0, 2] },
      sheetTable(
        ['番号', '確認日', '方法', 'リスク', '確認者', '承認者'],
        cases.map(one => [
          one.caseNo,
          text(one.completedOn),
          methodLabels[one.methodCode],
          ratingLabels[one.riskRating],
          text(one.completedBy ?? one.openedBy),
          text(one.approvedBy),
        ]),
        [56, 62, '*', 40, 70, 70],
      ),
    ])),
    ...(await ask.section('反社・制裁の照合', screeningOfParty, of, ({ subjects }) => [
      sheetTable(
        ['対象', '種類', '結果', '照合日', '次回期限'],
        subjects.map(one => [
          one.name,
          subjectKindLabels[one.subjectKind],
          one.current ? screeningStateLabels[one.current.state] : '未照合',
          one.current?.searchedAt.slice(0, 10) ?? '－',
          text(one.current?.nextDueOn),
        ]),
        ['*', 80, 90, 70, 70],
      ),
    ])),
    ...(await ask.section('審査', creditFileOfParty, of, creditSection)),
    ...(await ask.section('与信', limitsOfParty, of, ({ limits }) => [
      sheetTable(
        ['番号', '種別', '限度額', '残高', '予約', '期間', '状態'],
        limits.map(one => [
          one.limitNo,
          limitKindLabels[one.limitKind],
          yen(one.limitYen),
          yen(one.exposureYen),
          yen(one.committedYen),
          period(one.inForceFrom, one.inForceTo),
          limitStateLabels[one.state],
        ]),
        [52, 76, 74, 74, 64, '*', 44],
      ),
    ])),
    ...(await ask.section('契約', listContracts, { ...of, limit: 50 }, ({ rows }) => [
      sheetTable(
        ['番号', '種類', '状態', '掛目', '手数料', '期間'],
        rows.map(one => [
          one.contractNo,
          contractKindLabels[one.contractKind],
          contractStateLabels[one.state],
          `${one.advancePpm / 10_000}%`,
          `${one.feePpm / 10_000}%`,
          period(one.effectiveOn, one.endsOn),
        ]),
        [56, '*', 70, 44, 44, 130],
      ),
    ])),
    ...(await ask.section(
      '債権（新しい順）',
      listReceivables,
      { ...of, limit: CLAIMS_SHOWN },
      ({ rows, next }) => [
        sheetTable(
          ['番号', '利用者', '売掛先', '期日', '買取額', '未回収', '状態'],
          rows.map(one => [
            one.receivableNo,
            one.clientName,
            one.debtorName,
            one.payableOn,
            yen(one.purchasedYen),
            yen(one.openYen),
            `${receivableStateLabels[one.state]}${one.daysPastDue > 0 ? `（${one.daysPastDue}日遅延）` : ''}`,
          ]),
          [52, '*', '*', 54, 66, 66, 70],
        ),
        ...(next === null ? [] : [{ text: `ほかにもあります（${CLAIMS_SHOWN}件まで表示）`, fontSize: 8 }]),
      ],
    )),
    ...(await ask.section('対応中のアラート', listAlerts, { ...of, limit: 50 }, ({ rows }) => [
      sheetTable(
        ['期限', '重さ', '内容', '担当'],
        rows
          .filter(one => one.state !== 'resolved')
          .map(one => [one.dueOn, severityLabels[one.severity], one.sentence, one.owner?.name ?? '未定']),
        [70, 44, '*', 80],
      ),
    ])),
    ...(ask.hidden.length > 0
      ? [
          {
            text: `表示の権限がないため省いた項目：${ask.hidden.join('、')}`,
            fontSize: 8,
            margin: [0, 8, 0, 0],
          },
        ]
      : []),
  ]
  const content = await a4Sheet({
    title: `顧客カード　${party.legalName}`,
    detail: `${party.partyNo}　${context.today} 現在`,
    foot: `取扱注意　出力 ${context.actor.name} ${context.today}`,
    content: sections,
  })
  return {
    file: {
      name: `顧客カード_${party.partyNo}_${context.today}.pdf`,
      mime: 'application/pdf',
      content,
      inline: true,
    },
    seen: [...ask.seen],
  }
}

function formerNames(
  names: readonly { name: string; validFrom: string | null; validTo: string | null }[],
): object[] {
  const former = names.filter(one => one.validTo !== null)
  if (former.length === 0) return []
  return [
    sectionTitle('旧商号'),
    sheetTable(
      ['名称', '期間'],
      former.map(one => [one.name, period(one.validFrom, one.validTo)]),
      ['*', 160],
    ),
  ]
}
