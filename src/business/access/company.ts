import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type CompanySettings, companyShape } from './contract.ts'
import type { CompanyVersionTable } from './tables.ts'
import './tables.ts'

export interface Company {
  id: Id
  version: number
  mode: 'demo' | 'company'
  settings: CompanySettings
}

/** The own company with the settings in force; null before set-up. */
export async function currentCompany(db: Db | Tx): Promise<Company | null> {
  const row = await db
    .selectFrom('company')
    .innerJoin('company_version', 'company_version.version', 'company.row_version')
    .selectAll('company_version')
    .select(['company.id', 'company.mode'])
    .executeTakeFirst()
  return row ? { id: row.id, version: row.version, mode: row.mode, settings: settingsOf(row) } : null
}

export type Thresholds = Pick<CompanySettings, 'faceMatchMinPpm' | 'assetIncomeOverYen' | 'virtualRestMonths'>

/** The company's settings in force; what the program proposes before set-up. */
export async function settingsInForce(db: Db | Tx): Promise<CompanySettings> {
  return (await currentCompany(db))?.settings ?? companyShape.parse({ legalName: '未設定' })
}

export async function thresholdsInForce(db: Db | Tx): Promise<Thresholds> {
  const { faceMatchMinPpm, assetIncomeOverYen, virtualRestMonths } = await settingsInForce(db)
  return { faceMatchMinPpm, assetIncomeOverYen, virtualRestMonths }
}

/** How many days people have for what an approved change touches, as the settings in force say. */
export async function daysForTasks(db: Db | Tx): Promise<number> {
  const settings = (await currentCompany(db))?.settings ?? companyShape.parse({ legalName: '未設定' })
  return settings.impactTaskDays
}

function settingsOf(row: Selectable<CompanyVersionTable>): CompanySettings {
  return {
    legalName: row.legal_name,
    corporateNumber: row.corporate_number,
    invoiceRegNo: row.invoice_reg_no,
    moneyLenderRegNo: row.money_lender_reg_no,
    moneyLenderValidTo: row.money_lender_valid_to,
    amlRegime: row.aml_regime,
    originatorCode: row.originator_code,
    taxAmountBasis: row.tax_amount_basis,
    bankCutOff: row.bank_cut_off,
    bankHolidays: row.bank_holidays,
    transferFeesYen: row.transfer_fees_yen.map(Number),
    exportRowLimit: row.export_row_limit,
    toleranceYen: row.tolerance_yen,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    closedDays: row.closed_days,
    contactFrom: row.contact_from,
    contactTo: row.contact_to,
    contactDays: row.contact_days,
    faceMatchMinPpm: row.face_match_min_ppm,
    assetIncomeOverYen: row.asset_income_over_yen,
    virtualRestMonths: row.virtual_rest_months,
    impactTaskDays: row.impact_task_days,
    kycPurposes: row.kyc_purposes,
    adverseMediaRule: row.adverse_media_rule,
    creditEventRule: row.credit_event_rule,
    claimTypes: row.claim_types,
  }
}

/** Adds a version of the settings; the caller moves the company's row to it and records the event. */
export async function insertCompanyVersion(
  tx: Tx,
  now: Date,
  by: Id,
  version: number,
  settings: CompanySettings,
): Promise<void> {
  await tx
    .insertInto('company_version')
    .values({
      version,
      legal_name: settings.legalName,
      corporate_number: settings.corporateNumber,
      invoice_reg_no: settings.invoiceRegNo,
      money_lender_reg_no: settings.moneyLenderRegNo,
      money_lender_valid_to: settings.moneyLenderValidTo,
      aml_regime: settings.amlRegime,
      originator_code: settings.originatorCode,
      tax_amount_basis: settings.taxAmountBasis,
      bank_cut_off: settings.bankCutOff,
      bank_holidays: settings.bankHolidays,
      transfer_fees_yen: sql`${settings.transferFeesYen}::bigint[]` as never,
      export_row_limit: settings.exportRowLimit,
      tolerance_yen: settings.toleranceYen,
      opens_at: settings.opensAt,
      closes_at: settings.closesAt,
      closed_days: sql`${settings.closedDays}::text[]` as never,
      contact_from: settings.contactFrom,
      contact_to: settings.contactTo,
      contact_days: settings.contactDays,
      face_match_min_ppm: settings.faceMatchMinPpm,
      asset_income_over_yen: settings.assetIncomeOverYen,
      virtual_rest_months: settings.virtualRestMonths,
      impact_task_days: settings.impactTaskDays,
      kyc_purposes: JSON.stringify(settings.kycPurposes),
      adverse_media_rule: settings.adverseMediaRule,
      credit_event_rule: settings.creditEventRule,
      claim_types: JSON.stringify(settings.claimTypes),
      recorded_by: by,
      recorded_at: now.toISOString(),
    })
    .execute()
}
