import { expect, it } from 'vitest'
import { guessKind } from './mapping.ts'

it.each([
  [['顧客コード', '限度額', '開始日', '期限', '根拠', '査定日'], 'limits'],
  // A required column is not there yet: what the table is about is plain all the same.
  [['顧客コード', '限度額', '開始日', '期限', '根拠'], 'limits'],
  [['顧客コード', '契約番号', '契約日', '掛目', '手数料率', '満了日'], 'contracts'],
  [['会社名', '氏名', '役割', '生年月日'], 'people'],
  [['管理番号', '法人名', '代表者', '設立年月日'], 'customers'],
  [['相手先', '備考'], 'customers'],
  [['a', 'b'], 'customers'],
])('a table headed %j is about %s', (header, kind) => expect(guessKind(header)).toBe(kind))
