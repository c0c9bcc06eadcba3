/** True when the bytes are valid UTF-8 beyond ASCII: the trace of a bank file that an editor saved anew. */
export function isUtf8WithKana(bytes: Uint8Array): boolean {
  if (!bytes.some(byte => byte >= 0x80)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
