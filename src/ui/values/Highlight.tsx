/** A piece of a text; `hit` where it matched the search. */
export interface TextPart {
  text: string
  hit: boolean
}

/** A passage with its hits marked, as the server cut it. */
export function Highlight({ parts }: { parts: readonly TextPart[] }) {
  return (
    <span>
      {parts.map((part, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other identity
        part.hit ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
      )}
    </span>
  )
}
