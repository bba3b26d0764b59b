const LONGEST = 150;

/**
 * A name that can be written into a header and saved by anybody: the last part of a path, without control characters,
 * characters that turn the reading direction, or what Windows takes amiss, and with the extension that goes with what
 * the bytes are: `invoice.pdf.exe` that is a PDF is saved as `invoice.pdf.exe.pdf`.
 */
export function safeFileName(given: string, extension: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const cleaned = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const name = Array.from(cleaned || 'evidence')
    .slice(0, LONGEST)
    .join('');
  return hasExtension(name, extension) ? name : `${name}.${extension}`;
}

/** Extensions that mean the same. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpeg', 'jpe', 'jfif'],
  tif: ['tiff'],
  heic: ['heif'],
  mp4: ['m4v'],
  txt: ['text', 'log', 'md'],
};

function hasExtension(name: string, extension: string): boolean {
  const own = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return own !== undefined && (own === extension || (SAME[extension] ?? []).includes(own));
}

/** Content-Disposition (RFC 6266) with the name in full (RFC 8187), and in ASCII for who knows no better. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
}

/** encodeURIComponent leaves four characters that RFC 8187 (attr-char) does not. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
