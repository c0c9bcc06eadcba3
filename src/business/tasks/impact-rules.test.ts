import { describe, expect, it } from 'vitest'
import { commandsWithImpact, impactOf } from '../approvals/index.ts'
import { changeWords, decideImpact, type ImpactFacts, impactRules } from './impact-rules.ts'

const client: ImpactFacts = {
  isClient: true,
  hasContract: true,
  hasLimit: true,
  hasAccount: true,
  hasInvoiceNo: true,
  openKycCase: null,
  listsLoaded: true,
  foundHarmless: false,
}
const rule = (
  command: string,
  impact: Parameters<typeof decideImpact>[1],
  facts: Partial<ImpactFacts> = {},
) => decideImpact(command, impact, { ...client, ...facts }).rule

describe('what follows from an item a change touches', () => {
  it('is a task in plain words, for the person in charge or the role', () => {
    expect(decideImpact('parties.renameParty', 'kyc', client)).toEqual({
      outcome: 'opened',
      rule: 'task_must_follow',
      title: '商号変更に伴う本人確認の見直し',
      role: 'operations',
      ownersWork: true,
    })
    expect(decideImpact('reconciliation.recordInsolvency', 'credit', client)).toMatchObject({
      title: '倒産の記録に伴う与信枠の見直し',
      role: 'reviewer',
      ownersWork: false,
    })
  })

  it('is nothing where the request itself was that work', () => {
    expect(rule('credit.grantLimit', 'credit')).toBe('change_is_that_work')
    expect(rule('kyc.completeCase', 'kyc')).toBe('change_is_that_work')
    expect(rule('resolution.mergeParties', 'credit')).toBe('change_is_that_work')
    expect(rule('resolution.unmergeParties', 'credit')).toBe('task_must_follow')
  })

  it('is the search the program makes by itself, as long as it has lists to search', () => {
    expect(rule('parties.renameParty', 'screening')).toBe('screening_searches_by_itself')
    expect(rule('parties.renameParty', 'screening', { listsLoaded: false })).toBe('task_must_follow')
    expect(rule('resolution.unmergeParties', 'screening')).toBe('task_must_follow')
  })

  it('is the check of identity that is under way, not a twin of it', () => {
    expect(decideImpact('parties.renameParty', 'kyc', { ...client, openKycCase: 'k' })).toMatchObject({
      outcome: 'linked',
      rule: 'kyc_case_is_under_way',
      kind: 'kyc_case',
      id: 'k',
    })
  })

  it('is the comparison of owners that watches holdings by itself', () => {
    expect(rule('ownership.recordHolding', 'kyc')).toBe('owners_are_compared_by_themselves')
  })

  it('is nothing where there is nothing to look at again', () => {
    expect(rule('parties.renameParty', 'kyc', { isClient: false })).toBe('identity_is_checked_of_clients')
    expect(rule('parties.renameParty', 'contract', { hasContract: false })).toBe('no_contract_stands')
    expect(rule('parties.renameParty', 'bank', { hasAccount: false })).toBe('no_account_is_registered')
    expect(rule('parties.renameParty', 'invoice_check', { hasInvoiceNo: false })).toBe(
      'no_invoice_number_is_registered',
    )
    expect(rule('ownership.recordHolding', 'credit', { hasLimit: false })).toBe('no_limit_stands')
    expect(rule('screening.decideCase', 'credit', { foundHarmless: true })).toBe('finding_was_harmless')
    expect(rule('screening.decideCase', 'credit')).toBe('task_must_follow')
  })

  it('is told in words for every command of the table and by every rule', () => {
    for (const command of commandsWithImpact) {
      expect(changeWords[command], command).toBeDefined()
      for (const impact of impactOf(command)) expect(rule(command, impact)).toBeTruthy()
    }
    expect(impactRules.every(one => one.sentence.endsWith('。') && one.source)).toBe(true)
    expect(new Set(impactRules.map(one => one.code)).size).toBe(impactRules.length)
  })
})
