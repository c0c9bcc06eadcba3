import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { isCorporateNumber } from '../../names/index.ts'
import { type Company, currentCompany, insertCompanyVersion } from '../company.ts'
import { companyFields } from '../company-fields.ts'
import { type CompanySettings, changeCompanySettings, newsRules } from '../contract.ts'

/** A new version of the settings. Whatever loosens a control (export limit, tolerance, contact hours, thresholds, searches of news) waits for a second administrator. */
export const changeCompany = defineCommand(changeCompanySettings, {
  async critical(context, input) {
    const company = await lockCompany(context, input.version)
    refuseAll(problemsOf(input.settings), 'invalid')
    const changed = changedFields(company.settings, input.settings)
    refuseUnless(changed.length > 0, 'settings_must_differ', { kind: 'invalid' })
    if (!loosens(company.settings, input.settings)) return null
    return {
      subject: { kind: 'company', id: company.id },
      summary: `会社設定の変更　${changed.map(field => companyFields[field].label.ja).join('、')}`,
      readSet: [{ table: 'company', id: company.id, version: company.version }],
      items: changed.map(field => ({
        field,
        label: companyFields[field].label.ja,
        old: said(company.settings, field),
        new: said(input.settings, field),
      })),
      evidenceRequired: false,
      approve: 'access.approveCompany',
    }
  },
  async run(context, input) {
    const { tx, actor, now } = context
    const company = await lockCompany(context, input.version)
    const changed = changedFields(company.settings, input.settings)
    const version = company.version + 1
    await insertCompanyVersion(tx, now, actor.id, version, input.settings)
    await tx.updateTable('company').set({ row_version: version }).where('id', '=', company.id).execute()
    await context.record({
      verb: 'company_settings_changed',
      subjects: [{ kind: 'company', id: company.id }],
      before: pick(company.settings, changed),
      after: pick(input.settings, changed),
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { version }
  },
})

async function lockCompany({ tx }: CommandContext, version: number): Promise<Company> {
  await tx.selectFrom('company').select('id').forUpdate().execute()
  const company = found(await currentCompany(tx), 'company')
  refuseUnless(company.version === version, 'record_must_be_unchanged')
  return company
}

/** What the form shows at its fields: a check digit that is wrong, a T number of somebody else (JR §1.2), a registration without an end. */
export function problemsOf(settings: CompanySettings): Reason[] {
  const reasons: Reason[] = []
  if (settings.corporateNumber && !isCorporateNumber(settings.corporateNumber))
    reasons.push({ code: 'corporate_number_must_be_valid', field: 'settings.corporateNumber' })
  if (
    settings.invoiceRegNo &&
    settings.corporateNumber &&
    settings.invoiceRegNo !== `T${settings.corporateNumber}`
  )
    reasons.push({ code: 'invoice_number_must_match', field: 'settings.invoiceRegNo' })
  if (settings.moneyLenderRegNo && !settings.moneyLenderValidTo)
    reasons.push({ code: 'money_lender_must_have_an_end', field: 'settings.moneyLenderValidTo' })
  const purposes = settings.kycPurposes
  if (
    new Set(purposes.map(one => one.code)).size < purposes.length ||
    new Set(purposes.map(one => one.label.normalize('NFKC'))).size < purposes.length
  )
    reasons.push({ code: 'purposes_must_differ', field: 'settings.kycPurposes' })
  if (new Set(settings.claimTypes.map(one => one.code)).size < settings.claimTypes.length)
    reasons.push({ code: 'claim_types_must_differ', field: 'settings.claimTypes' })
  if (settings.opensAt >= settings.closesAt)
    reasons.push({ code: 'company_must_open_before_it_closes', field: 'settings.closesAt' })
  const { contactFrom, contactTo } = settings
  if (contactFrom < LAWFUL_CONTACT.from || contactTo > LAWFUL_CONTACT.to || contactFrom >= contactTo)
    reasons.push({
      code: 'contact_hours_must_be_within_the_law',
      field: contactFrom < LAWFUL_CONTACT.from ? 'settings.contactFrom' : 'settings.contactTo',
    })
  return reasons
}

/** FF §7: no contact 21:00–08:00; 貸金業法 21条 and its 施行規則 19条 say the same of lenders. */
const LAWFUL_CONTACT = { from: '08:00', to: '21:00' }

function changedFields(old: CompanySettings, next: CompanySettings): (keyof CompanySettings)[] {
  const names = Object.keys(companyFields) as (keyof CompanySettings)[]
  return names.filter(name => JSON.stringify(old[name]) !== JSON.stringify(next[name]))
}

function loosens(old: CompanySettings, next: CompanySettings): boolean {
  return (
    next.exportRowLimit > old.exportRowLimit ||
    next.toleranceYen > old.toleranceYen ||
    next.contactFrom < old.contactFrom ||
    next.contactTo > old.contactTo ||
    (old.contactDays === 'business_days' && next.contactDays === 'every_day') ||
    next.faceMatchMinPpm < old.faceMatchMinPpm ||
    next.assetIncomeOverYen > old.assetIncomeOverYen ||
    next.virtualRestMonths < old.virtualRestMonths ||
    newsRules.indexOf(next.adverseMediaRule) < newsRules.indexOf(old.adverseMediaRule) ||
    newsRules.indexOf(next.creditEventRule) < newsRules.indexOf(old.creditEventRule)
  )
}

/** A setting as requests and the history say it: lists by their words. */
function said(settings: CompanySettings, name: keyof CompanySettings): Json {
  if (name === 'kycPurposes') return settings.kycPurposes.map(one => one.label)
  if (name === 'claimTypes') return settings.claimTypes.map(one => `${one.code} ${one.label}`)
  return settings[name]
}

function pick(settings: CompanySettings, names: readonly (keyof CompanySettings)[]): Json {
  return Object.fromEntries(names.map(name => [name, said(settings, name)]))
}
