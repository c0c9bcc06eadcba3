import type { Reason } from '../../../platform/commands/refusal.ts'

/** What a funder offers for one claim (data dictionary, group 13, quote). */
export interface OfferLine {
  receivableId: string
  eligibleYen: number
  purchasedYen: number
  advanceYen: number
  reserveYen: number
  feeYen: number
}

export interface LinesFacts {
  lines: readonly OfferLine[]
  totals: { purchasedYen: number; feeYen: number; reserveYen: number }
  /** The claims of the application, as they are called, with their faces. */
  claims: readonly { id: string; receivableNo: string; faceYen: number }[]
}

const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`

const sumNames = { purchasedYen: '買取額', feeYen: '手数料', reserveYen: '留保金' } as const

/** Everything against the lines of an offer: each is about one claim and adds up in itself (FF §4.2, A + R = P), and together they are the totals. */
export function linesReasons({ lines, totals, claims }: LinesFacts): Reason[] {
  const reasons: Reason[] = []
  for (const [at, line] of lines.entries()) {
    const claim = claims.find(one => one.id === line.receivableId)
    const no = (code: string, part: keyof OfferLine, sentence: string) =>
      reasons.push({
        code,
        field: `lines.${at}.${part}`,
        message: `${claim?.receivableNo ?? `${at + 1}件目`}：${sentence}`,
      })
    if (!claim) no('line_must_name_a_claim', 'receivableId', 'この申込の、買取前の債権ではありません。')
    if (lines.findIndex(other => other.receivableId === line.receivableId) < at)
      no('line_must_stand_once', 'receivableId', '同じ債権の内訳が2つあります。')
    if (claim && line.eligibleYen > claim.faceYen)
      no(
        'line_must_stay_within_the_claim',
        'eligibleYen',
        `対象額 ${yen(line.eligibleYen)} が額面 ${yen(claim.faceYen)} を超えています。`,
      )
    if (line.purchasedYen > line.eligibleYen)
      no(
        'line_must_stay_within_the_claim',
        'purchasedYen',
        `買取額 ${yen(line.purchasedYen)} が対象額 ${yen(line.eligibleYen)} を超えています。`,
      )
    if (line.advanceYen + line.reserveYen !== line.purchasedYen)
      no(
        'line_must_be_advance_and_reserve',
        'advanceYen',
        `前渡額 ${yen(line.advanceYen)} と留保金 ${yen(line.reserveYen)} の合計が、買取額 ${yen(line.purchasedYen)} と合いません。`,
      )
    if (line.feeYen > line.advanceYen)
      no(
        'line_must_leave_an_advance',
        'feeYen',
        `手数料 ${yen(line.feeYen)} が前渡額 ${yen(line.advanceYen)} を超えています。`,
      )
  }
  if (lines.length === 0) return reasons
  for (const key of Object.keys(sumNames) as (keyof typeof sumNames)[]) {
    const sum = lines.reduce((total, line) => total + line[key], 0)
    if (sum !== totals[key])
      reasons.push({
        code: 'lines_must_add_up',
        field: key,
        message: `${sumNames[key]}の内訳の合計 ${yen(sum)} が、回答の${sumNames[key]} ${yen(totals[key])} と合いません（差 ${yen(Math.abs(sum - totals[key]))}）。どちらかを直してください。`,
      })
  }
  return reasons
}
