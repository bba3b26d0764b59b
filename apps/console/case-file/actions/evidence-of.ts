/** What a file's evidence says of it: its name, size and type, and the hash that the engine keeps. */
export async function evidenceOf(file: File): Promise<{
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly fileName: string;
}> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sha256, size: file.size, mediaType: file.type || 'application/octet-stream', fileName: file.name };
}
