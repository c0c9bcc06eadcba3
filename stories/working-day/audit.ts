import type { Day } from './day.ts'

export interface AuditorsView {
  history: string
  views: string
  refused: string
  trail: string
  /** What the auditor's buttons say instead of acting. */
  hindered: string
}

/** Who did, changed and saw what; and what was tried in vain. The auditor may do nothing. */
export async function audit(day: Day): Promise<AuditorsView> {
  const desk = await day.stage.desk('auditor')
  await desk.open(`/parties/${day.clientId}?tab=history`)
  await desk.sees('本人確認を完了')
  const older = desk.page.getByRole('button', { name: '以前の記録を読み込む' })
  while (await older.isVisible()) {
    await older.click()
    await desk.settled()
  }
  const history = await desk.reads()
  await desk.look('history')
  const hindered =
    (await desk.page.getByRole('button', { name: '基本情報を変更' }).getAttribute('aria-disabled')) ?? 'false'
  await desk.open(`/parties/${day.clientId}?tab=views`)
  await desk.page.getByRole('cell').first().waitFor()
  const views = await desk.reads()
  await desk.look('views')
  await desk.goTo('監査証跡')
  const trail = await desk.reads()
  await desk.look('trail')
  await desk.open('/audit?verb=attempt_refused')
  await desk.sees('操作が拒否された')
  const refused = await desk.reads()
  await desk.look('refused')
  return { history, views, refused, trail, hindered }
}
