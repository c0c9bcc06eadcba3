import type { Company } from '../../../../bench/generate/company.ts'
import type { DemoParty, DemoPartyRole } from './demo-types.ts'

/** The ledger record of a generated company. */
export function partyOf(
  key: string,
  company: Company,
  roles: DemoPartyRole[],
  stage: DemoParty['stage'],
  story: string | null,
): DemoParty {
  const isClient = roles.includes('client')
  return {
    key,
    roles,
    partyKind: company.partyKind,
    stage,
    legalName: company.legalName,
    basics: {
      legalNameKana: company.legalNameKana,
      legalNameEn: company.legalNameEn,
      tradeName: company.tradeName,
      corporateNumber: company.corporateNumber,
      invoiceRegNo: company.invoiceRegNo,
      industryCode: company.industryCode,
      businessSummary: company.businessSummary,
      establishedOn: company.establishedOn,
      capitalYen: company.capitalYen,
      employees: company.employees,
      annualSalesYen: company.annualSalesYen,
      fiscalYearEnd: company.fiscalYearEnd,
      postalCode: company.headOffice.postalCode,
      address: company.headOffice.original,
      phone: company.phone,
      website: company.website,
      emailDomain: company.emailDomain,
    },
    legalForm: company.legalForm,
    legalFormPosition: company.legalFormPosition,
    formerNames: company.formerNames,
    branches: company.branches,
    people: isClient
      ? company.people
      : company.people.filter(row => row.role === 'representative' || row.role === 'contact'),
    account:
      isClient && stage !== 'prospect'
        ? { ...company.bankAccount, verification: null, verifiedOn: null }
        : null,
    owner: 'sales',
    isReal: false,
    story,
  }
}
