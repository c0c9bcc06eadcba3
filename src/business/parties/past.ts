import { call } from '../../platform/http/client.ts'
import type { OfferedPast, PastFact } from '../../platform/web/page.ts'
import { listCustomFields } from '../customization/contract.ts'
import { openParty } from './contract.ts'
import { type PartyFieldName, partyFields } from './fields.ts'
import { branchKindLabels, issuerLabels } from './labels.ts'
import { sayValue } from './pages/say-value.ts'
import { placesOfParty } from './places-contract.ts'

const further = [
  ['roles', '役割'],
  ['stage', '段階'],
  ['status', '状態'],
] as const

/** Basic items and names of a party on a past day; each value can be put back through the form that changes it today. */
export const partyPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'basics',
    title: '基本情報',
    order: 10,
    permission: 'parties.read',
    async facts(partyId, { asOf, known }, signal) {
      const party = await call(openParty, { partyId, asOf, known }, { signal })
      const values = party as unknown as Record<string, unknown>
      const basics = (Object.keys(partyFields) as PartyFieldName[]).map(
        (name): PastFact => ({
          key: name,
          label: partyFields[name].label.ja,
          value: name === 'ownerStaffId' ? party.owner.name : sayValue(name, values[name]),
          ...restoreOf(partyId, name, asOf, party.legalName),
        }),
      )
      const { fields } = await call(listCustomFields, { recordKind: 'party' }, { signal })
      const custom = fields.flatMap((field): PastFact[] => {
        const held = party.customValues.find(value => value.key === field.key)
        return held
          ? [
              {
                key: `custom.${field.key}`,
                label: field.label,
                value: held.text || '（空欄）',
                ...(held.masked
                  ? {}
                  : { restoreHref: `/parties/${partyId}/edit?asOf=${asOf}&restore=custom.${field.key}` }),
              },
            ]
          : []
      })
      return [
        ...basics,
        ...custom,
        ...further.map(([key, label]) => ({ key, label, value: sayValue(key, values[key]) })),
      ]
    },
  },
  {
    on: 'party',
    key: 'branches',
    title: '支店・外部コード',
    order: 30,
    permission: 'parties.read',
    async facts(partyId, { asOf }, signal) {
      const { branches, identifiers } = await call(placesOfParty, { partyId, asOf }, { signal })
      return [
        ...branches.map(branch => ({
          key: `branch:${branch.id}`,
          label: branchKindLabels[branch.kind],
          value: [branch.name, branch.address].filter(Boolean).join('　'),
        })),
        ...identifiers.map(code => ({
          key: `code:${code.id}`,
          label: code.issuerName ?? issuerLabels[code.issuer],
          value: code.value,
        })),
      ]
    },
  },
  {
    on: 'party',
    key: 'names',
    title: 'それまでの名称',
    order: 20,
    permission: 'parties.read',
    async facts(partyId, { asOf, known }, signal) {
      const party = await call(openParty, { partyId, asOf, known }, { signal })
      return party.names.map(name => ({
        key: `${name.kind}:${name.name}:${name.validFrom ?? ''}`,
        label: [name.validFrom ?? '登録時', name.validTo ?? asOf].join(' 〜 '),
        value: name.name,
      }))
    },
  },
]

function restoreOf(
  partyId: string,
  name: PartyFieldName,
  asOf: string,
  legalName: string,
): { restoreHref?: string } {
  if (name === 'partyKind') return {}
  return {
    restoreHref:
      name === 'legalName'
        ? `/parties/${partyId}/rename?restore=${encodeURIComponent(legalName)}`
        : `/parties/${partyId}/edit?asOf=${asOf}&restore=${name}`,
  }
}
