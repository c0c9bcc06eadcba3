import iconv from 'iconv-lite'
import { approve, type Day } from './day.ts'

/** A ledger as it comes out of an old system: Shift_JIS, headings of their own, and seven kinds of dirt. A-007 is a customer who has moved since. */
const LEDGER = [
  '顧客コード,会社名,ﾌﾘｶﾞﾅ,法人番号,郵便,本社住所,TEL,設立,代表取締役,備考',
  'A-001,（株）星雲工作所,ｾｲｳﾝｺｳｻｸｼｮ,,９２０－０８５６,石川県金沢市昭和町１２番３号,076(255)0101,昭和58年4月1日,能登 一郎,',
  'A-002,㈱星雲工作所,セイウンコウサクショ,,920-0856,石川県金沢市昭和町12-3,０７６－２５５－０１０１,S58.4.1,能登 一郎,重複?',
  'A-007,幸栄物流㈱,ｺｳｴｲﾌﾞﾂﾘｭｳ,,,大阪府大阪市北区梅田１丁目１番３号,,,,',
  'A-003,有限会社 白峰塗装,シラミネトソウ,,920-2501,石川県白山市白峰ハ１５７,076-259-2345,平成7年10月2日,林 花子,',
  'A-004,株式会社高瀬電装,タカセデンソウ,1234567890123,930-0001,富山県富山市明輪町1-1,076-432-1111,1999/13/45,高瀬 進,番号不明',
  'A-005,,カナダケ,,930-0002,富山県富山市新富町1-2,,,,',
  'A-006,合同会社 海風物流,ウミカゼブツリュウ,,918-8001,福井県福井市つくも1-5-8,0776-35-0000,令和2年6月15日,南 太郎,"=HYPERLINK(""x"")"',
]

export interface ImportedLedger {
  /** What the page says before and after, for the reader of the test. */
  rehearsal: string
  result: string
}

/** File → mapping → problems → rehearsal → approval by another person → applied. */
export async function importDirtyLedger(day: Day): Promise<ImportedLedger> {
  const desk = await day.stage.desk('operations')
  await desk.goTo('移行・取込')
  await desk.press('ファイルを読み込む')
  await desk.page.locator('input[type=file]').setInputFiles({
    name: '旧システム顧客一覧.csv',
    mimeType: 'text/csv',
    buffer: iconv.encode(`${LEDGER.join('\r\n')}\r\n`, 'cp932'),
  })
  await desk.look('import-file')
  await desk.press('読み込む')
  await desk.record('imports')
  await desk.sees('取り込まない列：備考')
  await desk.choose('読み取れない項目がある行', 'その項目だけ空欄にして取り込む')
  await desk.look('import-mapping')
  await desk.press('試し取込をする')
  await desk.sees('取り込むとこうなります')
  await desk.sees('法人名（商号）が空です')
  const rehearsal = await desk.reads()
  await desk.look('import-rehearsal')
  await desk.press('取込の承認を申請')
  await desk.because('旧システムの顧客一覧を移行する（7行、うち1行は名称が空）')
  await desk.press('申請する')
  const batch = await desk.requested()
  await approve(day, 'approver', batch, 'import-approval')
  await desk.goTo('移行・取込')
  await desk.page.getByRole('link', { name: '旧システム顧客一覧.csv' }).first().click()
  await desk.sees('取込済')
  const result = await desk.reads()
  await desk.look('import-applied')
  return { rehearsal, result }
}

/** The two spellings of one company found, compared, and made one by two people. */
export async function mergeDuplicates(day: Day): Promise<string> {
  const desk = await day.stage.desk('reviewer')
  await desk.goTo('名寄せ')
  await desk.reloadsUntil('幸栄物流㈱')
  await desk.page.getByText('幸栄物流㈱').first().click()
  await desk.sees('候補になった理由')
  await desk.look('merge-compare')
  await desk.press('統合を申請')
  await desk.because('旧システムは移転前の所在地のまま。登記の沿革で同じ会社と確認')
  await desk.press('承認を申請する')
  const request = await desk.requested()
  await approve(day, 'manager', request, 'merge-request')
  await desk.open(request)
  await desk.sees('適用済')
  await desk.page.getByRole('link', { name: '開く' }).first().click()
  await desk.sees('統合 2件')
  await desk.page.getByRole('tab', { name: '名寄せ' }).click()
  await desk.sees('幸栄物流㈱')
  await desk.look('merged')
  return desk.reads()
}
