/** How a stored field is described, once; forms, tables, import, export, audit diffs, masking and disposal read it. */
export interface FieldDescription {
  /** The property name in inputs and answers (camelCase of the data dictionary's name). */
  name: string
  /** Table and column; null for a field that is derived or lives in rows of its own. */
  column: string | null
  label: { ja: string; en: string }
  type: FieldType
  /** Under which heading forms, pages and the input guide show it; the slice names its sections. */
  section?: string
  /** Data dictionary, column src: where its value may come from. */
  sources?: readonly FieldSource[]
  help?: string
  example?: string
  /** Why it is asked; the form shows it and the input guide prints it. */
  why?: string
  choices?: readonly { value: string; label: string }[]
  maxLength?: number
  /** none: about a company; personal: about a living person; special: needs special care. */
  personal: 'none' | 'personal' | 'special'
  /** Stored encrypted under the data subject's key. */
  encrypted?: boolean
  /** A change of an existing value needs a second person. */
  critical?: boolean
  /** A change needs evidence, without a second person. */
  evidence?: boolean
  retention: RetentionClass
  /** Must be filled before the party reaches this stage. */
  requiredFrom?: 'prospect' | 'applied' | 'active'
  /** Required only of records which hold one of these values in that field: a corporate number only of corporations. */
  requiredWhen?: { field: string; in: readonly string[] }
  /** Headings under which an import recognises the field; the first is the export column. Empty: neither imported nor exported. */
  columns: readonly string[]
}

/**
 * Who may set a field: public register, invoice-issuer register, gBizINFO, read from a document, declared by the customer, our staff,
 * an external provider, a bank, the program.
 */
export type FieldSource = 'reg' | 'inv' | 'gbiz' | 'doc' | 'dec' | 'staff' | 'ext' | 'bank' | 'sys'

export type FieldType =
  | 'text'
  | 'longText'
  | 'kana'
  | 'yen'
  | 'number'
  | 'ppm'
  | 'date'
  | 'monthDay'
  | 'choice'
  | 'multiChoice'
  | 'boolean'
  | 'phone'
  | 'postalCode'
  | 'address'
  | 'corporateNumber'
  | 'invoiceRegNo'
  | 'email'
  | 'url'
  | 'file'
  /** Somebody of our own staff, by id. */
  | 'staff'

/** Data dictionary, group 14, retention_class. */
export type RetentionClass = 'relation_end_7y' | 'transaction_7y' | 'settled_5y' | 'rejected_1y' | 'audit_7y'
