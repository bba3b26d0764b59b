/** What a scanner says of a file. */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signature: string }
  /** It could not be asked, or could not say. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** Something that knows malware. */
export interface Scanner {
  /** Never rejects: what goes wrong is a verdict, too. */
  scan(bytes: AsyncIterable<Uint8Array>): Promise<Verdict>;
}
