import type { Tone } from '../../src/ui/index.ts'

export interface Customer {
  code: string
  name: string
  status: { tone: Tone; word: string }
  risk: string
  limitYen: number
  usedYen: number
  kycDueOn: string
  place: string
  owner: string
  note: string
}

const names = [
  '株式会社髙橋電設工業',
  '有限会社まるは水産加工センター',
  '合同会社グリーンフィールド・ロジスティクス・ジャパン',
  '山﨑鉄工所',
  '社会福祉法人あおぞら会',
  '株式会社北関東リネンサプライ',
  '東和建設株式会社',
  '渡邊内装',
  '株式会社エヌ・ケイ・システム開発',
  '医療法人社団さくら会 みなとクリニック',
  '有限会社斉藤運送',
  '株式会社ﾊﾟﾜｰｽﾀｯﾌ大阪',
]
const statuses: readonly { tone: Tone; word: string }[] = [
  { tone: 'success', word: '取引中' },
  { tone: 'success', word: '取引中' },
  { tone: 'warning', word: '確認期限間近' },
  { tone: 'danger', word: '取引停止' },
  { tone: 'waiting', word: '承認待ち' },
  { tone: 'neutral', word: '見込み' },
]
const places = [
  '東京都江東区',
  '北海道釧路市',
  '神奈川県横浜市港北区',
  '埼玉県川口市',
  '大阪府東大阪市',
  '福岡県福岡市博多区',
]
const owners = ['佐々木', '小笠原', '李', '長谷川', '勅使河原']

/** Seventy made-up customers, the same at every start. */
export const customers: readonly Customer[] = Array.from({ length: 70 }, (_, at) => {
  const limitYen = ((at * 7) % 13) * 2_500_000 + 3_000_000
  return {
    code: `C-${String(at * 37 + 123).padStart(6, '0')}`,
    name: `${names[at % names.length]!}${at >= names.length ? `　第${Math.floor(at / names.length) + 1}` : ''}`,
    status: statuses[at % statuses.length]!,
    risk: ['低', '中', '高'][at % 3]!,
    limitYen,
    usedYen: Math.round((limitYen * ((at * 29) % 112)) / 100),
    kycDueOn: `2027-${String((at % 12) + 1).padStart(2, '0')}-${String(((at * 5) % 27) + 1).padStart(2, '0')}`,
    place: places[at % places.length]!,
    owner: owners[at % owners.length]!,
    note: '代表者変更の届け出あり。登記簿の写しを来週受け取る予定。',
  }
})
