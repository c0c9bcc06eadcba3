import type { Desk } from '../support/desk.ts'
import { approve, CLIENT, type Day, DEBTOR, daysAfter, scan } from './day.ts'

/** Another client of the demo, who will offer an invoice that is not his. */
const OTHER_CLIENT = '丸光電設株式会社'
const INVOICE = { no: 'INV-2026-0451', yen: '3300000' } as const

interface Offer {
  client: string
  invoiceNo: string
  faceYen: string
  issued: number
  due: number
}

async function typeOffer(day: Day, desk: Desk, offer: Offer): Promise<void> {
  await desk.goTo('債権')
  await desk.press('債権の申込を登録')
  await desk.find('顧客（利用者）', offer.client)
  await desk.find('売掛先', DEBTOR)
  await desk.fill('請求書番号', offer.invoiceNo)
  await desk.fill('発行日', daysAfter(day, offer.issued))
  await desk.fill('支払期日', daysAfter(day, offer.due))
  await desk.fill('額面（税込）', offer.faceYen)
}

const first: Offer = { client: CLIENT.name, invoiceNo: INVOICE.no, faceYen: INVOICE.yen, issued: -20, due: 6 }

/** Two claims are offered; nothing like them is known. */
export async function offerClaims(day: Day): Promise<string> {
  const desk = await day.stage.desk('sales')
  await typeOffer(day, desk, first)
  await desk.sees('同じ債権・似た債権は見つかっていません')
  await desk.choose('譲渡制限特約', 'なし')
  await desk.attach(scan(`請求書 ${INVOICE.no}`))
  await desk.look('offer')
  await desk.press('登録する')
  day.paidClaimId = await desk.record('receivables')
  await desk.sees('金額の流れ')
  const said = await desk.reads()
  const second = { ...first, invoiceNo: 'INV-2026-0467', faceYen: '1,650,000', issued: -12, due: 2 }
  await typeOffer(day, desk, second)
  await desk.choose('譲渡制限特約', 'なし')
  await desk.press('登録する')
  day.lateClaimId = await desk.record('receivables')
  await desk.sees('金額の流れ')
  return said
}

/** The same client offers the same invoice in full-width characters: warned while typing, refused when sent. */
export async function offerAgain(day: Day): Promise<{ warned: string; refused: string }> {
  const desk = await day.stage.desk('sales')
  await typeOffer(day, desk, { ...first, invoiceNo: 'ＩＮＶ２０２６－０４５１' })
  await desk.sees('この債権は既に登録されています')
  const warned = await desk.reads()
  await desk.look('offer-again-warned')
  await desk.press('登録する')
  await desk.sees('規則により実行できません')
  const refused = await desk.reads()
  await desk.look('offer-again-refused')
  await desk.open('/receivables')
  return { warned, refused }
}

/** Another client offers it: taken as suspect, and nothing may be done with it until two people have judged. */
export async function offerByAnother(day: Day): Promise<{ warned: string; suspect: string }> {
  const desk = await day.stage.desk('operations')
  await typeOffer(day, desk, { ...first, client: OTHER_CLIENT, invoiceNo: '請求書No.2026/0451' })
  await desk.sees('似た債権があります')
  const warned = await desk.reads()
  await desk.look('offer-by-another-warned')
  await desk.press('登録する')
  const suspectId = await desk.record('receivables')
  const judge = await day.stage.desk('reviewer')
  await judge.open(`/receivables/${suspectId}`)
  await judge.sees('二重譲渡の疑いがあります')
  const suspect = await judge.reads()
  await judge.look('suspect')
  await judge.press('疑いを判断')
  await judge.choose('判断', '同じ債権である（謝絶する）')
  await judge.because('請求書の写しが先に買い取る債権と同じもの。売掛先・金額・期日が一致')
  await judge.look('suspect-judge')
  await judge.press('承認を申請する')
  day.doubleRequest = await judge.requested()
  day.suspectId = suspectId
  return { warned, suspect }
}

/** Two people say the other client's offer is the same claim: it is rejected. */
export async function rejectDouble(day: Day): Promise<string> {
  await approve(day, 'compliance', day.doubleRequest, 'double-request')
  const desk = await day.stage.desk('operations')
  await desk.open(`/receivables/${day.suspectId}`)
  await desk.look('double-rejected')
  return desk.reads()
}

/** The reviewer verifies the claims of our client against the papers. */
export async function verifyClaims(day: Day): Promise<string> {
  const reviewer = await day.stage.desk('reviewer')
  for (const claim of [day.paidClaimId, day.lateClaimId]) {
    await reviewer.open(`/receivables/${claim}`)
    await reviewer.press('内容を確認')
    await reviewer.attach(scan(`納品書と入金履歴 ${claim.slice(-4)}`))
    if (claim === day.paidClaimId) await reviewer.look('verify')
    await reviewer.confirm('確認済みにする')
    await reviewer.sees('確認済')
  }
  return reviewer.reads()
}

/** The approver approves, operations buys both together. */
export async function buyClaims(day: Day): Promise<string> {
  const approver = await day.stage.desk('approver')
  for (const claim of [day.paidClaimId, day.lateClaimId]) {
    await approver.open(`/receivables/${claim}`)
    await approver.press('承認')
    await approver.because('契約条件・与信枠の範囲内')
    await approver.confirm('承認する')
    await approver.sees('承認済')
  }
  await approver.look('claim-approved')
  const desk = await day.stage.desk('operations')
  await desk.goTo('債権')
  for (const claim of [INVOICE.no, 'INV-2026-0467'])
    await desk.page
      .getByRole('row')
      .filter({ hasText: claim })
      .filter({ hasText: '承認済' })
      .getByRole('checkbox')
      .click()
  await desk.look('purchase-choose')
  await desk.press('選んだ債権を買い取る')
  await desk.look('purchase')
  await desk.confirm('買い取る')
  await desk.open(`/receivables/${day.paidClaimId}`)
  await desk.sees('買取済')
  await desk.look('purchased')
  return desk.reads()
}
