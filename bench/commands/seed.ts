import { sql } from 'kysely'
import type { Program } from '../../src/app/program.ts'
import { systemActor } from '../../src/business/access/index.ts'
import { newId } from '../../src/platform/ids/uuid.ts'

const PAIRS = 256

/** Makes clients that may sell and debtors that may be bought, and `count` claims of them, approved and held under their limits. */
export async function seedDeals(program: Program, staffId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  const other = systemActor('setup', []).id
  const terms = JSON.stringify({
    transactionKind: 'purchase',
    legalKind: 'two_party',
    collectionRoute: 'client_remits',
    receivableKinds: ['invoice'],
    advancePpm: 900_000,
    feePpm: 47_500,
    feeBase: 'purchased',
    feeMethod: 'flat',
    feePeriodDays: null,
    feeMinimumYen: 0,
    charges: [],
    retentionAbsorbs: 'dilution_then_credit',
    paymentTerm: { closeDay: 31, monthOffset: 1, payDay: 31, holidayRoll: 'following' },
    remitRule: { kind: 'days_after_due', days: 1, unit: 'business', holidayRoll: 'following' },
    graceDays: 0,
    lateRatePpm: 146_000,
    dayCount: 'act_365',
    applicationOrder: 'costs_first',
    penalties: [],
    recourse: 'dilution_only',
    payoutAfter: 'contract',
    antisocialClause: true,
    privacyNoticeVersion: '',
    eDeliveryConsent: false,
  })
  await program.db.transaction().execute(async tx => {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(tx)
    await run(sql`create temporary table pair on commit drop as
      select n, gen_random_uuid() as client, gen_random_uuid() as debtor, gen_random_uuid() as contract from generate_series(1, ${PAIRS}::int) n`)
    await run(sql`insert into party (id, party_kind, legal_name, legal_form, legal_form_position, roles, stage, owner_staff_id, registered_at)
      select p.id, 'corporation', '株式会社負荷' || p.n, '株式会社', 'prefix', array[p.role], 'active', ${staffId}::uuid, now()
      from (select n, client as id, 'client' as role from pair union all select n, debtor, 'debtor' from pair) p`)
    await run(sql`insert into party_identity (party_id, identity_id)
      select client, client from pair union all select debtor, debtor from pair`)
    await run(sql`insert into contract (id, party_id, contract_kind, state, signed_on, effective_on, drafted_by, drafted_at, executed_by,
        execution_approved_by)
      select contract, client, 'master', 'executed', '2026-01-01', '2026-01-01', ${staffId}::uuid, now(), ${staffId}::uuid, ${other}::uuid from pair`)
    await run(sql`insert into contract_version (contract_id, version, terms, recorded_by, recorded_at)
      select contract, 1, ${terms}::jsonb, ${staffId}::uuid, now() from pair`)
    await run(sql`insert into bank_account (id, party_id, usage, bank_code, bank_name, branch_code, branch_name, account_type,
        account_no_sealed, account_no_last, account_hash, holder_kana, holder_name, holder_match, verification, verification_result,
        verified_on, verified_by, verification_approved_by, valid_from, registered_by, recorded_at)
      select gen_random_uuid(), client, 'payout', '0001', 'みずほ', '001', '東京', '1', 'none', '001', 'hash' || n, 'ﾌｶ', '負荷', 'equal',
        'document', 'confirmed', '2026-01-01', ${staffId}::uuid, ${other}::uuid, '2026-01-01', ${staffId}::uuid, now() from pair`)
    await run(sql`insert into kyc_case (id, party_id, trigger, method_code, purpose, risk_rating, rating_factors, state, opened_by,
        opened_at, completed_on, completed_by, approved_by, next_review_on)
      select gen_random_uuid(), client, 'onboarding', 'corp_shown', '売却', 'low', '{}', 'completed', ${staffId}::uuid, now(),
        '2026-01-01', ${staffId}::uuid, ${other}::uuid, '2999-12-31' from pair`)
    await run(sql`insert into screening_case (id, subject_kind, subject_id, subject_name, snapshot_sealed, subject_hash, trigger, scope,
        lists, engine_version, policy_version, searched_at, job_key, hit_count, state, next_due_on)
      select gen_random_uuid(), 'party', s.id, '', '', '', 'created', '{}', '[]', 1, '1', now(), s.id::text, 0, 'cleared', '2999-12-31'
      from (select client as id from pair union all select debtor from pair) s`)
    await run(sql`insert into credit_limit (id, limit_kind, subject_id, term, limit_yen, in_force_from, review_due_on, assessed_on, grounds,
        requested_by, approved_by, granted_at)
      select gen_random_uuid(), l.kind, l.id, 'permanent', 1000000000000, '2026-01-01', '2999-12-31', '2026-01-01', '負荷試験のための枠',
        ${staffId}::uuid, ${other}::uuid, now()
      from (select client as id, 'client' as kind from pair union all select debtor, 'debtor' from pair) l`)
    await run(sql`insert into receivable (id, receivable_no, client_id, debtor_id, contract_id, receivable_kind, invoice_no, number_key,
        number_tail, issued_on, due_on, due_on_rolled, payable_on, face_yen, assignment_restriction, duplicate_result,
        duplicate_checked_at, state, state_on, advance_yen, registered_by, registered_at, approved_by)
      select c.id, 'R-B-' || c.at, p.client, p.debtor, p.contract, 'invoice', 'B-' || c.at, 'B' || c.at, right('00' || c.at, 3),
        current_date - 10, current_date + 60, current_date + 60, current_date + 61, 1000000, 'none', 'clear', now(), 'approved',
        current_date, 900000, ${staffId}::uuid, now(), ${other}::uuid
      from unnest(${ids}::uuid[]) with ordinality as c(id, at) join pair p on p.n = c.at % ${PAIRS}::int + 1`)
    await run(sql`insert into credit_exposure (receivable_id, client_id, debtor_id, state, amount_yen, started_at, changed_at)
      select id, client_id, debtor_id, 'committed', 900000, now(), now() from receivable`)
    await run(sql`insert into credit_pair_total (client_id, debtor_id, committed_yen, paid_yen)
      select client_id, debtor_id, sum(amount_yen), 0 from credit_exposure group by 1, 2`)
    await program.executor
      .context(tx, systemActor('setup', program.permissions), 'bench')
      .record({ verb: 'bench_seeded', subjects: [] })
  })
  // What the seeded parties would wait for is no part of the load.
  await sql`delete from screening_queue`.execute(program.db)
  await sql`delete from party_candidate_due`.execute(program.db)
  return ids
}
