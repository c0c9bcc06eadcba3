import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { ReceivableKind } from '../../contracts/contract.ts'
import { parseInvoiceRegNo } from '../../names/index.ts'
import { checkInvoiceTax, type TaxRow } from './invoice-tax.ts'
import { toritekiFindings } from './legal-dates.ts'

/** What invoice and delivery say of a claim (data dictionary, group 8); null: not known. */
export interface Particulars {
  transactionFrom: IsoDate | null
  transactionTo: IsoDate | null
  acceptedOn: IsoDate | null
  receivedOn: IsoDate | null
  issuerRegNo: string | null
  taxes: TaxRow[]
  toritekiFlag: boolean | null
  disputeYen: Yen | null
}

export const noParticulars: Particulars = {
  transactionFrom: null,
  transactionTo: null,
  acceptedOn: null,
  receivedOn: null,
  issuerRegNo: null,
  taxes: [],
  toritekiFlag: null,
  disputeYen: null,
}

export interface ClaimFacts {
  receivableKind: ReceivableKind
  dueOn: IsoDate
  faceYen: Yen
  /** The client's number as it is registered with us; null where we do not know one. */
  clientRegNo: string | null
}

export interface ParticularsFinding {
  rule: string
  sentence: string
  source: string
}

/** What of it does not agree or is missing; nothing of it stops a claim by itself, people judge. Pure. */
export function particularsFindings(said: Particulars, claim: ClaimFacts): ParticularsFinding[] {
  const findings: ParticularsFinding[] = checkInvoiceTax(said.taxes)
    .filter(check => !check.accepted)
    .map(({ rule, sentence, source }) => ({ rule, sentence, source }))
  const total = said.taxes.reduce(
    (sum, row) => sum + row.baseYen + (row.basis === 'excluding_tax' ? row.taxYen : 0),
    0,
  )
  if (said.taxes.length > 0 && total !== claim.faceYen)
    findings.push({
      rule: 'rates_add_up_to_the_face',
      sentence: `税率ごとの金額の合計${yenWords(total)}が額面${yenWords(claim.faceYen)}と${yenWords(Math.abs(total - claim.faceYen))}違います。`,
      source: 'JR §5.2',
    })
  if (said.issuerRegNo && parseInvoiceRegNo(said.issuerRegNo).issues.length > 0)
    findings.push({
      rule: 'issuer_number_checks',
      sentence: `請求書の登録番号（${said.issuerRegNo}）は検査用数字が合いません。読み違いか、実在しない番号です。`,
      source: 'JR §1.2',
    })
  if (said.issuerRegNo && claim.clientRegNo && said.issuerRegNo !== claim.clientRegNo)
    findings.push({
      rule: 'issuer_is_the_client',
      sentence: `請求書の登録番号（${said.issuerRegNo}）が利用者の登録番号（${claim.clientRegNo}）と違います。`,
      source: 'JR §1.2',
    })
  if (said.taxes.length > 0 && said.issuerRegNo === null && claim.clientRegNo)
    findings.push({
      rule: 'issuer_number_is_printed',
      sentence: `利用者は登録事業者（${claim.clientRegNo}）ですが、請求書の登録番号が記録されていません。`,
      source: 'JR §5.2',
    })
  const needsAcceptance = claim.receivableKind === 'purchase_order' || claim.receivableKind === 'contract'
  if (needsAcceptance && said.acceptedOn === null)
    findings.push({
      rule: 'acceptance_is_known',
      sentence: '注文書・請負の債権ですが、検収日が記録されていません。',
      source: 'DD 8',
    })
  if (said.toritekiFlag && said.receivedOn !== null)
    for (const { rule, sentence, source } of toritekiFindings({
      toritekiFlag: true,
      receivedOn: said.receivedOn,
      dueOn: claim.dueOn,
      transferFeeDeducted: false,
    }))
      findings.push({ rule, sentence, source })
  return findings
}

const yenWords = (value: Yen) => `${value.toLocaleString('ja-JP')}円`
