import { fileURLToPath } from 'node:url'

const font = (weight: string) =>
  fileURLToPath(
    new URL(
      `../../node_modules/@expo-google-fonts/biz-udpgothic/${weight}/BIZUDPGothic_${weight}.ttf`,
      import.meta.url,
    ),
  )

export interface Sheet {
  title: string
  /** Under the title: as of when, for whom, by whom. */
  detail: string
  content: readonly object[]
  /** Stands on each page beside its number; who printed it. */
  foot?: string
  landscape?: boolean
}

/** An A4 sheet in Japanese with a title, a foot and page numbers. Nothing in it is fetched from elsewhere, and no file read but the fonts. */
export async function a4Sheet({
  title,
  detail,
  content,
  foot = '',
  landscape = false,
}: Sheet): Promise<Buffer> {
  const definition = {
    pageSize: 'A4',
    pageOrientation: landscape ? 'landscape' : 'portrait',
    pageMargins: [40, 44, 40, 44],
    defaultStyle: { font: 'Gothic', fontSize: 9, lineHeight: 1.25 },
    info: { title },
    footer: (page: number, pages: number) => ({
      columns: [
        { text: foot, alignment: 'left' },
        { text: `${page} / ${pages}`, alignment: 'right' },
      ],
      margin: [40, 8, 40, 0],
      fontSize: 7.5,
    }),
    content: [
      { text: title, fontSize: 16, bold: true },
      { text: detail, margin: [0, 0, 0, 8], color: '#444444' },
      ...content,
    ],
  }
  return made(definition)
}

async function made(definition: object): Promise<Buffer> {
  const { default: pdfmake } = await import('pdfmake')
  const [normal, bold] = [font('400Regular'), font('700Bold')]
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(path => path === normal || path === bold)
  pdfmake.setFonts({ Gothic: { normal, bold, italics: normal, bolditalics: bold } })
  return pdfmake.createPdf(definition as never).getBuffer()
}

/** A part of a print that begins on a page of its own and counts its pages by itself. */
export interface Section {
  id: string
  content: readonly object[]
  foot: string
}

const SIDE = 57

/**
 * Several letters in one file: each begins on a new page with its own page numbers. It is laid out twice: the first time says on which page each
 * begins, which `first` may put into a list in front of them.
 */
export async function a4Sections(
  title: string,
  sections: readonly Section[],
  first?: (pagesOf: ReadonlyMap<string, number>) => Section,
): Promise<Buffer> {
  const all = (pagesOf: ReadonlyMap<string, number>) => [...(first ? [first(pagesOf)] : []), ...sections]
  const begins = new Map<string, number>()
  let pages = 0
  const known = () => {
    const order = all(new Map()).map(({ id }) => ({ id, at: begins.get(id) ?? 1 }))
    return new Map(order.map(({ id, at }, n) => [id, (order[n + 1]?.at ?? pages + 1) - at]))
  }
  const layOut = (isLast: boolean) => {
    const pagesOf = isLast ? known() : new Map<string, number>()
    const parts = all(pagesOf)
    return made({
      pageSize: 'A4',
      pageMargins: [SIDE, 48, SIDE, 48],
      defaultStyle: { font: 'Gothic', fontSize: 10.5, lineHeight: 1.3 },
      info: { title },
      footer: (page: number, count: number) => {
        pages = count
        const part = parts.findLast(({ id }) => (begins.get(id) ?? 1) <= page)
        const from = part ? (begins.get(part.id) ?? 1) : 1
        return {
          columns: [
            { text: part?.foot ?? '', alignment: 'left' },
            { text: `${page - from + 1} / ${(part && pagesOf.get(part.id)) ?? count}`, alignment: 'right' },
          ],
          margin: [SIDE, 12, SIDE, 0],
          fontSize: 7.5,
        }
      },
      pageBreakBefore: (node: { id?: string; pageNumbers?: number[] }) => {
        if (node.id && node.pageNumbers?.[0]) begins.set(node.id, node.pageNumbers[0])
        return false
      },
      // A line without height marks where a part begins: only lines are told on which page they came to stand.
      content: parts.flatMap(({ id, content }, at) => [
        // A line that breaks the page is not asked about; the one behind it is.
        ...(at > 0 ? [{ text: ' ', fontSize: 0.1, pageBreak: 'before' }] : []),
        { id, text: ' ', fontSize: 0.1 },
        ...content,
      ]),
    })
  }
  await layOut(false)
  return layOut(true)
}

export const sectionTitle = (text: string) => ({ text, fontSize: 11, bold: true, margin: [0, 10, 0, 3] })

/** Rows under bold headings; an empty table says so. */
export function sheetTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly (number | '*' | 'auto')[],
) {
  return {
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      widths: [...widths],
      body: [
        head.map(text => ({ text, bold: true })),
        ...(rows.length ? rows.map(row => [...row]) : [head.map((_, at) => (at === 0 ? 'なし' : ''))]),
      ],
    },
  }
}

/** Labels and values, two pairs a line. */
export function factTable(facts: readonly (readonly [label: string, value: string])[]) {
  const cells = facts.map(([label, value]) => [{ text: label, color: '#555555' }, value || '－'])
  const lines: unknown[][] = []
  for (let at = 0; at < cells.length; at += 2) lines.push([...cells[at]!, ...(cells[at + 1] ?? ['', ''])])
  return { layout: 'lightHorizontalLines', table: { headerRows: 0, widths: [82, '*', 82, '*'], body: lines } }
}
