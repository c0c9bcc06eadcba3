import { FieldInput, FormSection, inputOf } from '../../../ui/index.ts'
import { documentFields as fields } from '../fields.ts'
import {
  type Authenticity,
  type Confidentiality,
  confidentialities,
  type DocKind,
  type ReceivedVia,
} from '../tables.ts'

import { CounterpartyChoice } from './CounterpartyChoice.tsx'

/** What people type of a document, for a new one and for a correction. */
export interface TypedPaper {
  docKind: DocKind
  title: string
  transactionDate: string | null
  amountYen: number | null
  /** As printed; it stays beside the company chosen. */
  counterparty: string
  counterpartyParty: { id: string; name: string } | null
  receivedVia: ReceivedVia | null
  receivedOn: string | null
  authenticity: Authenticity
  /** As typed: 2026-11-12 10:15, Tokyo. */
  timestampAt: string
  validOn: string | null
  expiresOn: string | null
  textVersion: string
  confidentiality: Confidentiality
}

const STAMPED: readonly Authenticity[] = ['timestamped', 'timestamped_by_sender']
const DATED: readonly DocKind[] = ['registry', 'certificate', 'tax', 'id']

export const isStamped = (typed: TypedPaper) => STAMPED.includes(typed.authenticity)

/** What of it cannot be sent yet, as a sentence; a token says itself when it was made. */
export function unfilledOf(typed: TypedPaper, hasToken = false): string | null {
  if (isStamped(typed) && !hasToken && instantOf(typed.timestampAt) === null)
    return '「タイムスタンプの日時」を 2026-11-12 10:15 の形で入力してください。'
  return null
}

/** The typed values as the commands take them; empty texts are unknown. */
export function paperInput(typed: TypedPaper) {
  return {
    docKind: typed.docKind,
    transactionDate: typed.transactionDate,
    amountYen: typed.amountYen,
    counterparty: typed.counterparty.trim() || null,
    counterpartyId: typed.counterpartyParty?.id ?? null,
    receivedVia: typed.receivedVia,
    authenticity: typed.authenticity,
    timestampAt: isStamped(typed) ? instantOf(typed.timestampAt) : null,
    validOn: typed.validOn,
    expiresOn: typed.expiresOn,
    textVersion: typed.docKind === 'consent' ? typed.textVersion.trim() || null : null,
    confidentiality: typed.confidentiality,
    ...(typed.receivedOn ? { receivedOn: typed.receivedOn } : {}),
    ...(typed.title.trim() ? { title: typed.title.trim() } : {}),
  }
}

function instantOf(text: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text.trim())
  if (!found || Number.isNaN(Date.parse(`${found[1]}T${found[2]}:00+09:00`))) return null
  return `${found[1]}T${found[2]}:00+09:00`
}

/** What a paper is found by, how it came and what proves it; fields that do not belong to the kind are left out. */
export function PaperFields({
  typed,
  onChange,
  mayHide,
  keepsClass = false,
  lowest = 'normal',
  token,
  hasToken = false,
}: {
  typed: TypedPaper
  onChange: (part: Partial<TypedPaper>) => void
  /** Whether the person may file for compliance alone. */
  mayHide: boolean
  /** A paper for compliance alone stays one. */
  keepsClass?: boolean
  /** The class below which the person may not put it. */
  lowest?: Confidentiality
  /** Where a time-stamp token is chosen, for a new paper. */
  token?: React.ReactNode
  /** One is chosen: it says itself when it was made. */
  hasToken?: boolean
}) {
  const classes = fields.confidentiality.choices.filter(
    ({ value }) =>
      (value !== 'compliance' || (mayHide && !keepsClass) || typed.confidentiality === 'compliance') &&
      confidentialities.indexOf(value as Confidentiality) >= confidentialities.indexOf(lowest),
  )
  return (
    <>
      <FormSection title="検索項目">
        <FieldInput
          field={inputOf(fields.docKind, { required: true })}
          value={typed.docKind}
          onChange={docKind => docKind && onChange({ docKind: docKind as DocKind })}
        />
        <FieldInput
          field={inputOf(fields.title)}
          value={typed.title}
          onChange={title => onChange({ title })}
        />
        <FieldInput
          field={inputOf(fields.transactionDate)}
          value={typed.transactionDate}
          onChange={transactionDate => onChange({ transactionDate })}
        />
        <FieldInput
          field={inputOf(fields.amountYen)}
          value={typed.amountYen}
          onChange={amountYen => onChange({ amountYen })}
        />
        <FieldInput
          field={inputOf(fields.counterparty)}
          value={typed.counterparty}
          onChange={counterparty => onChange({ counterparty })}
        />
        <CounterpartyChoice
          printed={typed.counterparty}
          value={typed.counterpartyParty}
          onChange={counterpartyParty => onChange({ counterpartyParty })}
        />
      </FormSection>
      <FormSection title="受領と真実性">
        <FieldInput
          field={inputOf(fields.receivedVia)}
          value={typed.receivedVia}
          onChange={via => onChange({ receivedVia: via as ReceivedVia | null })}
        />
        <FieldInput
          field={inputOf(fields.receivedOn)}
          value={typed.receivedOn}
          onChange={receivedOn => onChange({ receivedOn })}
        />
        <FieldInput
          field={inputOf(fields.authenticity, { required: true })}
          value={typed.authenticity}
          onChange={value => value && onChange({ authenticity: value as Authenticity })}
        />
        {isStamped(typed) && (
          <>
            {token && (
              <div>
                <span className="ui-field-label" id="time-stamp-token">
                  タイムスタンプのファイル（日時は読み取ります）
                </span>
                {token}
              </div>
            )}
            {!hasToken && (
              <FieldInput
                field={inputOf(fields.timestampAt, { required: token === undefined })}
                value={typed.timestampAt}
                onChange={timestampAt => onChange({ timestampAt })}
              />
            )}
          </>
        )}
        {DATED.includes(typed.docKind) && (
          <FieldInput
            field={inputOf(fields.validOn)}
            value={typed.validOn}
            onChange={validOn => onChange({ validOn })}
          />
        )}
        <FieldInput
          field={inputOf(fields.expiresOn)}
          value={typed.expiresOn}
          onChange={expiresOn => onChange({ expiresOn })}
        />
        {typed.docKind === 'consent' && (
          <FieldInput
            field={inputOf(fields.textVersion)}
            value={typed.textVersion}
            onChange={textVersion => onChange({ textVersion })}
          />
        )}
        <FieldInput
          field={{ ...inputOf(fields.confidentiality, { required: true }), options: classes }}
          value={typed.confidentiality}
          onChange={value => value && onChange({ confidentiality: value as Confidentiality })}
        />
      </FormSection>
    </>
  )
}
