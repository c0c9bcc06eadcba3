import { CLIENT, type Day, daysAfter } from './day.ts'

/** The claim nobody paid shows up as an alert with an owner and a deadline; the collector takes it from there. */
export async function takeAlert(day: Day): Promise<{ alert: string; claim: string }> {
  const desk = await day.stage.desk('collector')
  await desk.sees('回収期日')
  await desk.look('home')
  await desk.goTo('アラート')
  await desk.look('alerts')
  await desk.search('青葉メタル', CLIENT.name)
  await desk.page.getByRole('tab', { name: 'アラート' }).click()
  const row = desk.page.getByRole('row').filter({ hasText: '未対応' }).first()
  await row.waitFor()
  // biome-ignore lint/performance/useDomNodeTextContent: what a person reads, cell by cell
  const said = await row.innerText()
  await desk.look('alerts-of-customer')
  await row.getByRole('button', { name: '引き受ける' }).click()
  const mine = desk.page.getByRole('row').filter({ hasText: '対応中' }).first()
  await mine.waitFor()
  await mine.getByRole('link').first().click()
  await desk.page.waitForURL(/\/(receivables|collections)\//)
  await desk.sees('INV-2026-0467')
  return { alert: said, claim: await desk.reads() }
}

/** The collector opens the case, notes the call, and a promise. */
export async function collect(day: Day): Promise<string> {
  const desk = await day.stage.desk('collector')
  await desk.goTo('回収')
  await desk.press('案件を更新')
  await desk.page
    .getByText(/新しい案件/)
    .first()
    .waitFor()
  await desk.look('overdue')
  await desk.page.getByRole('row').filter({ hasText: CLIENT.name }).getByRole('link').first().click()
  await desk.sees('今日までの遅延損害金')
  await desk.press('連絡を記録')
  await desk.fill('次の対応日', daysAfter(day, 3))
  await desk.because('代表者と話す。売掛先からの入金は済んでおり、3日以内に送金するとのこと')
  await desk.look('contact')
  await desk.confirm('記録する')
  await desk.press('支払約束を記録')
  await desk.fill('約束の期日', daysAfter(day, 3))
  await desk.confirm('記録する')
  await desk.sees('期日前')
  await desk.look('case')
  return desk.reads()
}
