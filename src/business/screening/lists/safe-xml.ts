import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { ListFileError } from './list-entry.ts'

/** An element as the parser gives it: children and attributes (with the prefix `@`) by name, text under `#text`. */
export type XmlElement = { [name: string]: unknown }

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Parses XML without any document type: a DOCTYPE or ENTITY is refused, so nothing outside is fetched and nothing expands.
 * @throws ListFileError naming line and column when the text is not well-formed.
 */
export function parseXml(file: string, text: string): XmlElement {
  const forbidden = /<!(?:DOCTYPE|ENTITY)/iu.exec(text)
  if (forbidden)
    throw new ListFileError(
      file,
      'declares a document type or entity, which no published list does; refused',
      placeOf(text, forbidden.index),
    )
  const checked = XMLValidator.validate(text)
  if (checked !== true) {
    throw new ListFileError(file, `is not well-formed XML: ${checked.err.msg}`, {
      line: checked.err.line,
      column: checked.err.col,
    })
  }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    removeNSPrefix: true,
    trimValues: true,
  })
  try {
    return parser.parse(text) as XmlElement
  } catch (error) {
    throw new ListFileError(
      file,
      `cannot be read safely: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** Child elements of a name, none, one or many, as a list. */
export function children(parent: unknown, name: string): XmlElement[] {
  const found = (parent as XmlElement | undefined)?.[name]
  if (found === undefined || found === null) return []
  return (Array.isArray(found) ? found : [found]) as XmlElement[]
}

/** Text of a child element, character references decoded and blanks squeezed; empty when absent. */
export function textOf(parent: unknown, name: string): string {
  return plainText(children(parent, name)[0])
}

/** Texts of all children of a name, blank ones left out. */
export function textsOf(parent: unknown, name: string): string[] {
  return children(parent, name)
    .map(plainText)
    .filter(text => text !== '')
}

/** Value of an attribute; empty when absent. */
export function attribute(element: XmlElement, name: string): string {
  return plainText(element[`@${name}`])
}

function plainText(node: unknown): string {
  const raw = typeof node === 'object' && node !== null ? (node as XmlElement)['#text'] : node
  if (raw === undefined || raw === null) return ''
  return decodeReferences(String(raw)).replace(/\s+/gu, ' ').trim()
}

function decodeReferences(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/giu, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole
    const code =
      name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function placeOf(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: before[before.length - 1]!.length + 1 }
}
