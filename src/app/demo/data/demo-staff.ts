import { addMonths } from '../../../../bench/generate/calendar.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { DemoRole, DemoStaff, StaffKey } from './demo-types.ts'

const STAFF: readonly (readonly [key: StaffKey, name: string, kana: string, team: string])[] = [
  ['sales', '佐々木 美咲', 'ササキ ミサキ', '営業部'],
  ['reviewer', '高橋 健一', 'タカハシ ケンイチ', '審査部'],
  ['approver', '渡辺 誠', 'ワタナベ マコト', '審査部'],
  ['operations', '小林 直美', 'コバヤシ ナオミ', '業務部'],
  ['collector', '加藤 剛', 'カトウ ツヨシ', '債権管理部'],
  ['compliance', '斎藤 由美', 'サイトウ ユミ', 'コンプライアンス部'],
  ['accounting', '松本 浩二', 'マツモト コウジ', '経理部'],
  ['manager', '中村 隆', 'ナカムラ タカシ', '営業部'],
  ['auditor', '山口 恵子', 'ヤマグチ ケイコ', '内部監査室'],
  ['administrator', '清水 学', 'シミズ マナブ', '情報システム部'],
  ['administrator2', '森 京子', 'モリ キョウコ', '情報システム部'],
  ['contractor', '岡本 翔太', 'オカモト ショウタ', '業務委託（督促代行）'],
]

/** The twelve people of the demo company; the contractor sees the late clients only and leaves in three months. */
export function demoStaff(today: IsoDate, lateClients: readonly string[]): DemoStaff[] {
  return STAFF.map(([key, name, kana, team]) => {
    const role: DemoRole = key === 'administrator2' ? 'administrator' : key
    const contractor = role === 'contractor'
    return {
      key,
      name,
      kana,
      email: `${key}@demo.example`,
      roles: [role],
      team,
      endsOn: contractor ? addMonths(today, 3) : null,
      assignedParties: contractor ? [...lateClients] : [],
    }
  })
}
