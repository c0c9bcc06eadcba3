import { todayInTokyo } from '../../../platform/dates/today.ts'
import { a4Sections, type Section } from '../../../platform/pdf.ts'
import type { Recipient } from '../compose.ts'

/** One letter as it is printed. */
export interface SheetLetter {
  id: string
  letterNo: string
  sentAt: string
  subject: string
  body: string
  recipient: Recipient | null
  partyName: string
  companyName: string
  senderName: string
}

/** Points from millimetres. */
const mm = (length: number) => (length * 72) / 25.4
/** Where the window of a long envelope no. 3 (長形3号) lies on a sheet folded in three: 20 mm from the left, 12 mm from above, 90 by 45 mm. */
const WINDOW = { x: mm(22), y: mm(16), width: mm(84) }
const BELOW_THE_WINDOW = mm(50)

const day = (at: string) => {
  const [year, month, of] = todayInTokyo(new Date(at)).split('-').map(Number)
  return `${year}年${month}月${of}日`
}
const postal = (code: string) => `〒${code.replace(/^(\d{3})(\d{4})$/, '$1-$2')}`

/** The lines in the window of the envelope: address, company and, where one is named, the person. */
export function addressLines({ postalCode, address, partyName, personName }: Recipient): string[] {
  return [
    ...(postalCode ? [postal(postalCode)] : []),
    ...(address ? [address] : []),
    personName ? partyName : `${partyName} 御中`,
    ...(personName ? [`${personName} 様`] : []),
  ]
}

function section(letter: SheetLetter, foot: string): Section {
  const lines = letter.recipient ? addressLines(letter.recipient) : [`${letter.partyName} 御中`]
  return {
    id: letter.id,
    foot,
    content: [
      {
        absolutePosition: { x: WINDOW.x, y: WINDOW.y },
        columns: [{ width: WINDOW.width, stack: lines.map(text => ({ text })) }],
      },
      {
        margin: [0, 0, 0, 0],
        alignment: 'right',
        stack: [day(letter.sentAt), letter.letterNo, letter.companyName, `担当 ${letter.senderName}`],
      },
      {
        text: letter.subject,
        fontSize: 13,
        bold: true,
        alignment: 'center',
        margin: [0, BELOW_THE_WINDOW, 0, 14],
      },
      { text: letter.body, lineHeight: 1.6 },
    ],
  }
}

/** A copy of one letter for the files. */
export function copySheet(letter: SheetLetter, foot: string): Promise<Buffer> {
  return a4Sections(letter.letterNo, [section(letter, foot)])
}

/** Letters for window envelopes; in front of several a list of what is packed. */
export function printSheets(
  batchNo: string,
  letters: readonly SheetLetter[],
  printed: string,
): Promise<Buffer> {
  const sections = letters.map(letter => section(letter, letter.letterNo))
  if (letters.length === 1) return a4Sections(batchNo, sections)
  return a4Sections(batchNo, sections, pagesOf => ({
    id: 'packing-list',
    foot: batchNo,
    content: [
      { text: '発送一覧', fontSize: 15, bold: true },
      { text: `${batchNo}　${letters.length}通　${printed}`, margin: [0, 2, 0, 10] },
      {
        layout: 'lightHorizontalLines',
        fontSize: 9,
        table: {
          headerRows: 1,
          widths: [20, 62, '*', '*', 30, 40],
          body: [
            ['', '番号', '宛先', '件名', '枚数', '封入'].map(text => ({ text, bold: true })),
            ...letters.map((letter, at) => [
              String(at + 1),
              letter.letterNo,
              (letter.recipient ? addressLines(letter.recipient) : [letter.partyName]).join('\n'),
              letter.subject,
              String(pagesOf.get(letter.id) ?? ''),
              '□',
            ]),
          ],
        },
      },
    ],
  }))
}
