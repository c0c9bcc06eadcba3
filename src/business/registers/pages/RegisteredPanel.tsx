import { useEffect, useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { ActionButton, Loaded, Notice } from '../../../ui/index.ts'
import { lookUp, type RegisteredCompany } from '../contract.ts'
import { AskedSources } from './AskedSources.tsx'
import { CompanyCard } from './CompanyCard.tsx'

const PAUSE_MS = 500
const SHORTEST_NAME = 2

interface PanelProps {
  typed: Readonly<Record<string, unknown>>
  fill: (values: Readonly<Record<string, unknown>>) => void
}

/** While a company is being registered: what the registers say of the number or name, offered to be filled in by one press. */
export default function RegisteredPanel({ typed, fill }: PanelProps) {
  const question = useSettled(questionOf(typed))
  const answer = useApi(lookUp, question ?? {}, { enabled: question !== null })
  if (typed.partyKind === 'sole_proprietor' || question === null) return null
  return (
    <Loaded from={answer} rows={2}>
      {({ companies, gbiz, asked }) => {
        const [only] = companies
        return (
          <Notice
            tone={companies.length === 0 ? 'neutral' : 'accent'}
            title={
              companies.length === 0
                ? '公的登記では見つかっていません'
                : companies.length === 1
                  ? '公的登記に該当する法人があります'
                  : `公的登記に該当する法人が${companies.length}件あります`
            }
          >
            {companies.slice(0, 5).map(company => (
              <CompanyCard
                key={company.corporateNumber}
                company={company}
                action={
                  <ActionButton
                    disabledReason={null}
                    onClick={() => fill(filledBy(company, gbiz && only === company ? gbiz : null))}
                  >
                    登記の内容を入力する
                  </ActionButton>
                }
              />
            ))}
            {companies.length > 5 && <p>ほか{companies.length - 5}件。法人番号を入力すると1件に絞れます。</p>}
            <AskedSources asked={asked} />
          </Notice>
        )
      }}
    </Loaded>
  )
}

function questionOf(typed: PanelProps['typed']): { number: string } | { name: string } | null {
  const number = String(typed.corporateNumber ?? '').trim() || String(typed.invoiceRegNo ?? '').trim()
  if (number.length >= 12) return { number: number.slice(0, 40) }
  const name = String(typed.legalName ?? '').trim()
  return name.length >= SHORTEST_NAME ? { name: name.slice(0, 150) } : null
}

/** What somebody stopped typing a moment ago. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

function filledBy(
  company: RegisteredCompany,
  gbiz: { capitalYen: number | null; establishedOn: string | null; website: string | null } | null,
): Readonly<Record<string, unknown>> {
  const said = {
    legalName: company.name,
    legalNameKana: company.kana,
    legalNameEn: company.nameEn,
    corporateNumber: company.corporateNumber,
    address: company.address,
    postalCode: company.postalCode,
    capitalYen: gbiz?.capitalYen ?? null,
    establishedOn: gbiz?.establishedOn ?? null,
    website: gbiz?.website ?? null,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
}
