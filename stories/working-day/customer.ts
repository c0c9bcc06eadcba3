import { approve, CLIENT, type Day, DEBTOR, daysAfter, PEOPLE, REPRESENTATIVE, scan } from './day.ts'

/** Registers the customer; what was typed survives a closed tab. */
export async function registerCustomer(day: Day): Promise<{ typedBefore: string; title: string }> {
  const desk = await day.stage.desk('sales')
  await desk.goTo('顧客')
  await desk.press('顧客を登録')
  await desk.fill('正式名称（商号）', CLIENT.name)
  await desk.fill('フリガナ', CLIENT.kana)
  await desk.sees('下書き保存済み')
  await desk.page.reload()
  await desk.page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some(input => input.value.includes('青葉')),
  )
  const typedBefore = await desk.field('正式名称（商号）').inputValue()
  await desk.fill('電話番号', '０７６（２６３）４５６７')
  await desk.fill('所在地', '石川県金沢市広岡二丁目13番37号')
  await desk.look('register')
  await desk.press('登録する')
  day.clientId = await desk.record('parties')
  await desk.sees('基本情報を変更')
  return { typedBefore, title: await desk.heading() }
}

/** Registers who owes the claims. */
export async function registerDebtor(day: Day): Promise<string> {
  const desk = await day.stage.desk('sales')
  await desk.goTo('売掛先')
  await desk.press('売掛先を登録')
  await desk.fill('正式名称（商号）', DEBTOR)
  await desk.fill('フリガナ', 'ホクリクセイキハンバイ')
  await desk.press('登録する')
  day.debtorId = await desk.record('parties')
  await desk.sees('基本情報を変更')
  return desk.heading()
}

/** The representative and the beneficial owner. */
export async function addRepresentative(day: Day): Promise<string> {
  const desk = await day.stage.desk('sales')
  for (const person of PEOPLE) {
    await desk.open(`/parties/${day.clientId}?tab=people`)
    await desk.press('関係者を追加')
    await desk.choose('役割', person.role)
    if (person.basis) await desk.choose('支配の根拠', person.basis)
    else await desk.fill('役職', '代表取締役')
    await desk.fill('就任日', '平成30年4月1日')
    await desk.fill('姓', person.family)
    await desk.fill('名', person.given)
    await desk.fill('セイ', person.familyKana)
    await desk.fill('メイ', person.givenKana)
    await desk.fill('生年月日', person.born)
    if (person === REPRESENTATIVE) await desk.look('representative')
    await desk.press('追加する')
    await desk.page.waitForURL(/tab=people/)
    await desk.page
      .getByRole('cell', { name: `${person.family} ${person.given}` })
      .first()
      .waitFor()
  }
  await desk.look('people')
  return desk.reads()
}

/** 本人確認 is opened; the page says what is still missing. */
export async function openIdentityCheck(day: Day): Promise<string> {
  const desk = await day.stage.desk('reviewer')
  await desk.open(`/parties/${day.clientId}?tab=kyc`)
  await desk.press('本人確認を開始')
  await desk.choose('確認方法', '法人・登記情報提供サービス')
  await desk.choose('取引の目的', '売掛債権の資金化')
  await desk.look('kyc-open')
  await desk.press('開始する')
  await desk.page.waitForURL(/tab=kyc/)
  await desk.sees('完了までに必要なこと')
  await desk.look('kyc-missing')
  return desk.reads()
}

/** The papers are seen and noted, and two people complete the check. */
export async function completeIdentityCheck(day: Day): Promise<string> {
  const desk = await day.stage.desk('reviewer')
  await desk.open(`/parties/${day.clientId}?tab=kyc`)
  await desk.press('書類を記録')
  await desk.choose('書類', '登記事項証明書')
  await desk.fill('書類の番号', '1234-56-789012')
  await desk.fill('発行日', daysAfter(day, -7))
  await desk.fill('確認日', day.today)
  await desk.look('kyc-document')
  await desk.confirm('記録する')
  await desk.press('完了を申請')
  await desk.fill('完了日', day.today)
  await desk.attach(scan('登記事項証明書の写し'))
  await desk.because('登記情報と申告内容が一致')
  await desk.press('承認を申請する')
  const request = await desk.requested()
  await approve(day, 'compliance', request, 'kyc-request')
  await desk.open(`/parties/${day.clientId}?tab=kyc`)
  await desk.sees('見直し期限')
  await desk.look('kyc-completed')
  return desk.reads()
}

/** The representative resembles a listed person: judged different with evidence, cleared by a second person. */
export async function clearHit(day: Day): Promise<{ before: string; after: string }> {
  const desk = await day.stage.desk('compliance')
  await desk.goTo('反社・制裁')
  await desk.reloadsUntil(`${REPRESENTATIVE.family} ${REPRESENTATIVE.given}`)
  await desk.look('screening-waiting')
  await desk.page
    .getByRole('link', { name: `${REPRESENTATIVE.family} ${REPRESENTATIVE.given}` })
    .first()
    .click()
  await desk.sees('照合の内容')
  const before = await desk.reads()
  await desk.look('screening-hit')
  const hits = await desk.scope.getByRole('button', { name: 'この候補を判断' }).count()
  for (let at = 0; at < hits; at += 1) {
    await desk.scope.getByRole('button', { name: 'この候補を判断' }).nth(at).click()
    await desk.choose('判断', '別人・別法人')
    await desk.attach(scan(`同名別人の確認メモ ${at + 1}`))
    await desk.because('生年（1981年と1947年）が異なり、別人')
    await desk.confirm('判断を記録する')
  }
  await desk.press('照合結果を申請')
  await desk.attach(scan('照合結果の記録'))
  await desk.because('すべての候補が別人。運転免許証で生年月日を確認')
  await desk.look('screening-decide')
  await desk.press('承認を申請する')
  const request = await desk.requested()
  await approve(day, 'manager', request, 'screening-request')
  await desk.open(`/parties/${day.clientId}?tab=screening`)
  const after = await desk.reads()
  await desk.look('screening-cleared')
  return { before, after }
}
