import { describe, expect, it } from 'vitest'
import { type AlertFacts, findAlerts } from './rules.ts'

const none: AlertFacts = {
  now: new Date('2026-11-24T10:00:00+09:00'),
  today: '2026-11-24',
  limits: [],
  overdue: [],
  waitingRequests: [],
  sharedAccounts: [],
  unidentified: [],
  kyc: [],
  changes: [],
  hits: [],
  repayments: [],
  creditFile: [],
  guarantees: [],
  blockedContacts: [],
  inquiries: [],
  incidents: [],
  applications: [],
  limitations: [],
  contractNotices: [],
  papers: [],
  quarantined: [],
  news: [],
  books: null,
  oldestUnsealedAt: null,
}
const found = (facts: Partial<AlertFacts>) => findAlerts({ ...none, ...facts })
const limit = (limitYen: number, exposureYen: number) => ({
  id: 'l1',
  limitNo: 'L-000001',
  partyId: 'p1',
  partyName: '株式会社甲',
  limitYen,
  exposureYen,
  ownerId: 's1',
})

describe('alert rules', () => {
  it('no facts, no alerts', () => {
    expect(found({})).toEqual([])
  })

  it.each([
    ['2026-11-22', []],
    ['2026-11-21', ['warning']],
    ['2026-11-18', ['warning']],
    ['2026-11-17', ['critical']],
  ])('a reserve released on %s and not asked for raises %j', (day, severities) => {
    const due = {
      id: 'd1',
      dueNo: 'PD-000001',
      what: '留保金の返還',
      partyId: 'p1',
      partyName: '株式会社甲',
      leftYen: 100_000,
      decidedAt: `${day}T09:00:00+09:00`,
    }
    const raised = found({ repayments: [due] })
    expect(raised.map(alert => alert.severity)).toEqual(severities)
    expect(raised.every(alert => alert.ownerRole === 'operations')).toBe(true)
  })

  it.each([
    [10_000_000, 7_999_999, []],
    [10_000_000, 8_000_000, ['warning']],
    [10_000_000, 10_000_000, ['warning']],
    [10_000_000, 10_000_001, ['critical']],
    [0, 0, []],
    [0, 1, ['critical']],
  ])('a limit of %d yen drawn to %d yen raises %j', (limitYen, exposureYen, severities) => {
    expect(found({ limits: [limit(limitYen, exposureYen)] }).map(alert => alert.severity)).toEqual(severities)
  })

  it('an overdue claim names claim, day and open yen, is due the day after, and becomes critical after 30 days', () => {
    const claim = {
      id: 'r1',
      receivableNo: 'R-2026-000001',
      clientId: 'p1',
      clientName: '株式会社甲',
      payableOn: '2026-10-25',
      openYen: 1_234_567,
    }
    const [alert] = found({ overdue: [claim] })
    expect(alert).toMatchObject({
      severity: 'warning',
      ownerRole: 'collector',
      dueOn: '2026-10-26',
      sentence: '株式会社甲 の債権 R-2026-000001 は回収期日 2026-10-25 を過ぎて 1,234,567円 が未回収です',
    })
    expect(found({ overdue: [{ ...claim, payableOn: '2026-10-24' }] })[0]?.severity).toBe('critical')
  })

  it('a request is late after 24 hours, not at 24 hours', () => {
    const request = { id: 'c1', changeNo: 'CR-000001', summary: '商号変更', subjectPartyId: null }
    expect(found({ waitingRequests: [{ ...request, requestedAt: '2026-11-23T01:00:00Z' }] })).toEqual([])
    const late = found({ waitingRequests: [{ ...request, requestedAt: '2026-11-23T00:59:59Z' }] })
    expect(late.map(alert => alert.dedupeKey)).toEqual(['approval_waiting:c1'])
  })

  it('an account of two companies is told on both, each naming the other', () => {
    const alerts = found({
      sharedAccounts: [
        {
          key: 'k',
          lastDigits: '567',
          parties: [
            { id: 'p1', name: '甲' },
            { id: 'p2', name: '乙' },
          ],
        },
      ],
    })
    expect(alerts.map(alert => [alert.partyId, alert.sentence])).toEqual([
      ['p1', '甲 の口座（末尾 567）は 乙 でも使われています'],
      ['p2', '乙 の口座（末尾 567）は 甲 でも使われています'],
    ])
  })

  it.each([
    ['2026-12-25', []],
    ['2026-12-24', ['warning']],
    ['2026-11-24', ['warning']],
    ['2026-11-23', ['critical']],
  ])('a customer to be checked by %s raises %j', (dueOn, severities) => {
    const alerts = found({ kyc: [{ partyId: 'p1', partyName: '甲', dueOn, ownerId: 's1' }] })
    expect(alerts.map(alert => alert.severity)).toEqual(severities)
  })

  it.each([
    ['2027-05-23', 'warning'],
    ['2026-12-25', 'warning'],
    ['2026-12-24', 'critical'],
    ['2026-11-23', 'critical'],
  ])('a claim that lapses on %s is %s to the collectors, due on that day', (limitationOn, severity) => {
    const claim = {
      id: 'r1',
      receivableNo: 'R-2021-000001',
      clientId: 'p1',
      clientName: '甲',
      openYen: 1_000,
      limitationOn,
    }
    const [alert] = found({ limitations: [claim] })
    expect(alert).toMatchObject({ severity, ownerRole: 'collector', dueOn: limitationOn })
    expect(alert?.sentence).toContain(limitationOn < '2026-11-24' ? '完成しています' : '完成します')
  })

  it.each([
    ['automatic', '2026-12-01', 'warning', '自動更新を止めるための申し出期限は 2026-12-01 です'],
    ['by_agreement', '2026-11-23', 'critical', '更新するための申し出期限は 2026-11-23 でした'],
  ] as const)(
    'a contract renewed %s with notice by %s is %s to whoever is in charge',
    (renewal, noticeBy, severity, says) => {
      const contract = {
        id: 'c1',
        contractNo: 'CT-000001',
        partyId: 'p1',
        partyName: '甲',
        ownerId: 's1',
        renewal,
        endsOn: '2026-12-31',
        noticeBy,
      }
      const [alert] = found({ contractNotices: [contract] })
      expect(alert).toMatchObject({ severity, ownerId: 's1', ownerRole: 'sales', dueOn: noticeBy })
      expect(alert?.sentence).toContain(says)
    },
  )

  it.each([
    ['2026-12-24', 'warning', 'に切れます'],
    ['2026-11-23', 'critical', 'に切れました'],
  ])('a paper that expires on %s is %s to whoever is in charge', (expiresOn, severity, says) => {
    const paper = {
      id: 'd1',
      docNo: 'DOC-000001',
      kindWord: '本人確認書類',
      partyId: 'p1',
      partyName: '甲',
      ownerId: 's1',
      expiresOn,
    }
    const [alert] = found({ papers: [paper] })
    expect(alert).toMatchObject({ severity, ownerId: 's1', ownerRole: 'operations', dueOn: expiresOn })
    expect(alert?.sentence).toContain(`${expiresOn} ${says}`)
  })

  it.each([
    ['never made', { never: 2, firstDueOn: null }, false, 'warning', '2026-12-08', '未検索 2'],
    ['late', { overdue: 1, firstDueOn: '2026-11-20' }, false, 'warning', '2026-11-20', '期日超過 1'],
    ['near', { dueSoon: 1, firstDueOn: '2026-12-01' }, false, 'warning', '2026-12-01', '期日間近 1'],
    [
      'missing where it stops',
      { never: 1, firstDueOn: null },
      true,
      'critical',
      '2026-11-24',
      '停止されます',
    ],
  ] as const)('a search of news that is %s goes to compliance', (_, part, stops, severity, dueOn, says) => {
    const due = { partyId: 'p1', partyName: '株式会社甲', ownerId: 's1', never: 0, overdue: 0, dueSoon: 0 }
    const [alert] = found({ news: [{ ...due, ...part, stops }] })
    expect(alert).toMatchObject({ kind: 'news_due', severity, ownerRole: 'compliance', dueOn })
    expect(alert?.sentence).toContain(says)
  })

  it('speaks of books that differ, at once and until a proof finds them equal', () => {
    const books = { proofId: 'b1', count: 2, first: '残高（R-000001）', provedAt: '2026-11-23T17:00:00Z' }
    expect(found({ books })[0]).toMatchObject({
      kind: 'books_differ',
      severity: 'critical',
      ownerRole: 'accounting',
      dueOn: '2026-11-24',
      dedupeKey: 'books_differ',
    })
    expect(found({ books: null })).toEqual([])
  })

  it('the trail may be unsealed for 60 seconds, not for longer', () => {
    expect(found({ oldestUnsealedAt: '2026-11-24T00:59:00Z' })).toEqual([])
    expect(found({ oldestUnsealedAt: '2026-11-24T00:58:59.999Z' })[0]?.ruleCode).toBe(
      'trail_must_be_sealed_within_a_minute',
    )
  })

  it('a deposit nobody knows is due three days after it came', () => {
    const deposit = { id: 'd1', paymentNo: 'R-0000001', receivedOn: '2026-11-20', amountYen: 500_000 }
    expect(found({ unidentified: [deposit] })[0]).toMatchObject({ severity: 'warning', dueOn: '2026-11-23' })
  })
})
