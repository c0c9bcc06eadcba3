import { describe, expect, it } from 'vitest'
import type { CreditFileDue } from '../assessment/index.ts'
import { creditFileRules } from './credit-file-rules.ts'
import type { AlertFacts } from './rules.ts'

const TODAY = '2026-11-24'
const found = (facts: Partial<AlertFacts>) =>
  creditFileRules.flatMap(rule =>
    rule.find({ today: TODAY, creditFile: [], guarantees: [], ...facts } as never),
  )
const due = (what: CreditFileDue['what'], dueOn: string): CreditFileDue => ({
  what,
  id: 'x1',
  no: 'NO-1',
  partyId: 'p1',
  partyName: '株式会社甲',
  dueOn,
})

describe('what runs out in a credit file', () => {
  it.each([
    ['collateral', TODAY, 'warning', '株式会社甲 の担保 NO-1 は期限 2026-11-24 までに更新が必要です'],
    ['collateral', '2026-11-23', 'critical', '株式会社甲 の担保 NO-1 は期限 2026-11-23 を過ぎています'],
    ['guarantee', '2026-12-01', 'warning', '株式会社甲 の保証 NO-1 は期限 2026-12-01 までに更新が必要です'],
    [
      'review',
      '2026-12-01',
      'warning',
      '株式会社甲 の与信審査 NO-1 は見直し期日 2026-12-01 が近づいています',
    ],
    ['review', '2026-11-01', 'critical', '株式会社甲 の与信審査 NO-1 は見直し期日 2026-11-01 を過ぎています'],
    ['watch', '2026-12-01', 'warning', '株式会社甲 の監視区分は 2026-12-01 に見直す予定です'],
    ['watch', '2026-11-01', 'critical', '株式会社甲 の監視区分は 2026-11-01 に見直す予定でした'],
    [
      'report',
      '2026-01-01',
      'warning',
      '株式会社甲 の信用調査レポート（NO-1）が古くなっています（2026-01-01 に有効日数を超過）。取り直してください',
    ],
  ] as const)('%s on %s is a %s for the reviewers', (what, day, severity, sentence) => {
    const [alert] = found({ creditFile: [due(what, day)] })
    expect(alert).toMatchObject({ severity, sentence, dueOn: day, ownerRole: 'reviewer', partyId: 'p1' })
  })

  it('is told anew when its day moves, and not twice for the same day', () => {
    const key = (day: string) => found({ creditFile: [due('collateral', day)] })[0]?.dedupeKey
    expect(key('2026-12-01')).toBe(key('2026-12-01'))
    expect(key('2026-12-01')).not.toBe(key('2026-12-02'))
  })

  it('a personal guarantee is critical and due for compliance three days after it was recorded', () => {
    const guarantee = {
      id: 'g1',
      guaranteeNo: 'GU-000001',
      partyId: 'p1',
      partyName: '株式会社甲',
      recordedAt: '2026-11-20T23:30:00+09:00',
    }
    expect(found({ guarantees: [guarantee] })[0]).toMatchObject({
      severity: 'critical',
      ownerRole: 'compliance',
      dueOn: '2026-11-23',
      subject: { kind: 'guarantee', id: 'g1' },
    })
  })
})
