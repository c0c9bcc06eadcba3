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
  const { default: pdfmake } = await import('pdfmake')
  const [normal, bold] = [font('400Regular'), font('700Bold')]
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(path => path === normal || path === bold)
  pdfmake.setFonts({ Gothic: { normal, bold, italics: normal, bolditalics: bold } })
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
  return pdfmake.createPdf(definition as never).getBuffer()
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
