import { useEffect, useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { Notice, Stack, UiLink } from '../../../ui/index.ts'
import { similarParties } from '../contract.ts'
import { ReasonLines, ScoreTag } from './ReasonLines.tsx'

const SETTLE_MS = 450
const FIELDS = [
  'legalName',
  'legalNameKana',
  'corporateNumber',
  'invoiceRegNo',
  'postalCode',
  'address',
  'phone',
] as const

/** Warns while a party is being typed: records that may be the same company, with the reasons. Says nothing when there are none. */
export default function SimilarPanel({ typed }: { typed: Readonly<Record<string, unknown>> }) {
  const now = JSON.stringify(
    Object.fromEntries(FIELDS.map(field => [field, typeof typed[field] === 'string' ? typed[field] : ''])),
  )
  const settled = useSettled(now)
  const input = JSON.parse(settled) as Record<(typeof FIELDS)[number], string>
  const enough = [input.legalName, input.corporateNumber, input.phone].some(text => text.trim().length >= 2)
  const answer = useApi(similarParties, input, { enabled: enough })
  if (!enough || answer.state !== 'ready' || answer.value.rows.length === 0) return null
  const { rows } = answer.value
  return (
    <Notice tone="warning" live title={`同じ会社がすでに登録されている可能性があります（${rows.length}件）`}>
      <Stack>
        {rows.map(row => (
          <div key={row.id}>
            <UiLink href={`/parties/${row.id}`}>{row.legalName}</UiLink>
            {'　'}
            <span className="ui-faint">
              {[row.partyNo, row.corporateNumber, row.address].filter(Boolean).join('　')}
            </span>
            {'　'}
            <ScoreTag decision={row.decision} score={row.score} />
            <br />
            <ReasonLines reasons={row.reasons} guard={row.guard} most={4} />
          </div>
        ))}
      </Stack>
    </Notice>
  )
}

/** The value once it has stood still for a moment, so that not every keystroke asks the server. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
