import { createHash } from 'node:crypto'
import { fromBER } from 'asn1js'
import {
  Certificate,
  ContentInfo,
  type RelativeDistinguishedNames,
  SignedData,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'

export const digestAlgorithms = ['sha256', 'sha384', 'sha512'] as const
export type DigestAlgorithm = (typeof digestAlgorithms)[number]

export interface StampCertificate {
  subject: string
  issuer: string
  serial: string
  validFrom: string
  validTo: string
}

/** What a time-stamp token says (RFC 3161, TSTInfo). */
export interface Stamp {
  stampedAt: string
  serial: string
  policy: string
  algorithm: DigestAlgorithm
  /** The hash that was stamped, hexadecimal. */
  digest: string
  authority: string
  chain: StampCertificate[]
}

export type ReadStamp = { ok: true; stamp: Stamp; signed: SignedData } | { ok: false; message: string }

const ALGORITHMS: Readonly<Record<string, DigestAlgorithm>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const NAME_PARTS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
}

/** Reads a token, by itself (.tst) or in the answer of an authority (.tsr); or says why it is none. */
export function readStamp(content: Buffer): ReadStamp {
  try {
    return read(content)
  } catch {
    return {
      ok: false,
      message:
        'タイムスタンプ（RFC 3161）のファイルとして読めません。.tst か .tsr のファイルを選んでください。',
    }
  }
}

function read(content: Buffer): ReadStamp {
  const { result, offset } = fromBER(new Uint8Array(content).buffer)
  if (offset !== content.length) throw new Error('something stands behind the token')
  const token = tokenOf(result)
  if (!token)
    return { ok: false, message: 'タイムスタンプ局が発行を断った応答です。トークンが入っていません。' }
  const signed = new SignedData({ schema: token.content })
  const eContent = signed.encapContentInfo.eContent
  if (signed.encapContentInfo.eContentType !== TST_INFO || !eContent) throw new Error('no time stamp')
  const info = TSTInfo.fromBER(eContent.getValue())
  const algorithm = ALGORITHMS[info.messageImprint.hashAlgorithm.algorithmId]
  if (!algorithm)
    return {
      ok: false,
      message: 'SHA-256・SHA-384・SHA-512以外のハッシュのタイムスタンプは、安全でないため登録できません。',
    }
  const chain = chainOf(signed)
  return {
    ok: true,
    signed,
    stamp: {
      stampedAt: info.genTime.toISOString(),
      serial: hex(info.serialNumber.valueBlock.valueHexView),
      policy: info.policy,
      algorithm,
      digest: hex(info.messageImprint.hashedMessage.valueBlock.valueHexView),
      authority: chain[0]?.subject ?? '証明書がトークンに含まれていません',
      chain,
    },
  }
}

/** The token of an authority's answer, or the token itself; null where the authority declined. */
function tokenOf(result: ReturnType<typeof fromBER>['result']): ContentInfo | null {
  let answer: TimeStampResp
  try {
    answer = new TimeStampResp({ schema: result })
  } catch {
    return new ContentInfo({ schema: result })
  }
  return answer.timeStampToken ?? null
}

/** The certificate that signed first, then each that issued the one before. */
function chainOf(signed: SignedData): StampCertificate[] {
  const all = (signed.certificates ?? []).filter(one => one instanceof Certificate)
  const isIssuer = (one: Certificate) => all.some(other => other !== one && other.issuer.isEqual(one.subject))
  const chain: Certificate[] = []
  let next = all.find(one => !isIssuer(one)) ?? all[0]
  while (next && !chain.includes(next)) {
    chain.push(next)
    const { issuer } = next
    next = all.find(one => !chain.includes(one) && one.subject.isEqual(issuer))
  }
  return chain.map(one => ({
    subject: nameOf(one.subject),
    issuer: nameOf(one.issuer),
    serial: hex(one.serialNumber.valueBlock.valueHexView),
    validFrom: one.notBefore.value.toISOString(),
    validTo: one.notAfter.value.toISOString(),
  }))
}

function nameOf(name: RelativeDistinguishedNames): string {
  const parts = name.typesAndValues.flatMap(({ type, value }) => {
    const part = NAME_PARTS[type]
    return part ? [`${part}=${String(value.valueBlock.value)}`] : []
  })
  return parts.toReversed().join('、').slice(0, 300)
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

export function digestOf(content: Buffer, algorithm: DigestAlgorithm): string {
  return createHash(algorithm).update(content).digest('hex')
}

/** Whether the signature is that of the certificate in the token; null where the token brings none. */
export async function signatureMatches(signed: SignedData, paper: Buffer): Promise<boolean | null> {
  if (!signed.certificates?.length) return null
  const data = new Uint8Array(paper).buffer
  try {
    return await signed.verify({ signer: 0, checkChain: false, data })
  } catch {
    return false
  }
}
