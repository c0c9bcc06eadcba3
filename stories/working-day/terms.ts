import { approve, CLIENT, type Day, daysAfter, scan } from './day.ts'

/** 与信枠 of the client and of the debtor: asked for by the reviewer, granted by the approver. */
export async function grantLimit(day: Day, of: 'client' | 'debtor'): Promise<string> {
  const partyId = of === 'client' ? day.clientId : day.debtorId
  const desk = await day.stage.desk('reviewer')
  await desk.open(`/parties/${partyId}?tab=limits`)
  await desk.press('枠の設定・改定を申請')
  if (of === 'debtor') await desk.sees('売掛先枠')
  await desk.fill('限度額', of === 'client' ? '12000000' : '1500万')
  await desk.fill('開始日', day.today)
  await desk.fill('査定日', day.today)
  await desk.fill('見直し期日', daysAfter(day, 180))
  await desk.fill('根拠', '直近2期の決算書と過去12か月の入金実績（遅延なし）')
  await desk.because('新規取引の与信審査による')
  await desk.look(`limit-${of}`)
  await desk.press('申請する')
  const request = await desk.requested()
  await approve(day, 'approver', request, `limit-request-${of}`)
  await desk.open(`/parties/${partyId}?tab=limits`)
  await desk.sees(of === 'client' ? '12,000,000' : '15,000,000')
  await desk.look(`limits-${of}`)
  return desk.reads()
}

/** 口座: registered from the bankbook, verified by two. */
export async function verifyAccount(day: Day): Promise<string> {
  const desk = await day.stage.desk('operations')
  await desk.open(`/parties/${day.clientId}?tab=accounts`)
  await desk.press('口座を登録・変更')
  await desk.find('金融機関', '0005', '0005')
  await desk.find('支店', '001', '001')
  await desk.fill('口座番号', '7654321')
  await desk.fill('口座名義（カナ）', CLIENT.holder)
  await desk.look('account')
  await desk.press('登録する')
  await desk.page.waitForURL(/tab=accounts/)
  await desk.press('確認を申請')
  await desk.fill('確認日', day.today)
  await desk.attach(scan('通帳の写し'))
  await desk.because('通帳の写しで名義と番号を確認')
  await desk.look('account-verify')
  await desk.press('承認を申請する')
  const request = await desk.requested()
  await approve(day, 'compliance', request, 'account-request')
  await desk.open(`/parties/${day.clientId}?tab=accounts`)
  await desk.sees('確認済')
  await desk.look('accounts')
  return desk.reads()
}

/** 契約: drafted, checked, sent, signed, and executed by two. */
export async function executeContract(day: Day): Promise<string> {
  const desk = await day.stage.desk('sales')
  await desk.open(`/parties/${day.clientId}?tab=contracts`)
  await desk.press('契約を作成')
  await desk.look('contract-draft')
  await desk.press('下書きを作成する')
  day.contractId = await desk.record('contracts')
  for (const step of ['社内確認へ回す', '社内確認を完了する', '相手方に送付した']) {
    await desk.press(step)
    await desk.confirm('進める')
  }
  await desk.press('締結を申請')
  await desk.fill('締結日', day.today)
  await desk.fill('発効日', day.today)
  await desk.attach(scan('署名済みの基本契約書'))
  await desk.because('電子契約の署名が完了')
  await desk.look('contract-execute')
  await desk.press('承認を申請する')
  const request = await desk.requested()
  await approve(day, 'approver', request, 'contract-request')
  await desk.open(`/contracts/${day.contractId}`)
  await desk.sees('締結')
  await desk.look('contract')
  return desk.reads()
}
