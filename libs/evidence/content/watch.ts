import { open } from 'node:fs/promises';
import { activeContentCheck } from './active-content.js';
import { activeObjects } from './pdf.js';
import { sniff, type MediaType, type Said } from './sniff.js';
import { textCheck } from './text.js';
import { archiveFault, holdsArchive, type ArchiveFault } from './zip.js';

/** What a file turned out to be. */
export type Judgement =
  | { readonly kind: 'harmless'; readonly type: MediaType }
  /** Of no form that is known. */
  | { readonly kind: 'unknown' }
  /** It is two things at once, or acts when it is opened; `what` in a few words. */
  | { readonly kind: 'harmful'; readonly type: MediaType; readonly what: string };

/** Looks at a file while it comes, and once more when it is there. */
export interface ContentWatch {
  see(chunk: Uint8Array): void;
  judge(path: string, said: Said): Promise<Judgement>;
}

const ARCHIVE_FAULTS: Readonly<Record<ArchiveFault, string>> = {
  MALFORMED: 'an archive that cannot be read',
  UNPACKS_TOO_LARGE: 'an archive that unpacks to far more than it is',
  ENCRYPTED: 'an encrypted archive',
  MACROS: 'macros',
};

export function contentWatch(): ContentWatch {
  const text = textCheck();
  const active = activeContentCheck();
  return {
    see(chunk) {
      text.see(chunk);
      active.see(chunk);
    },
    async judge(path, said) {
      const type = await sniff(path, text, said);
      if (type === undefined) return { kind: 'unknown' };
      const what = active.found() ?? (await harmIn(path, type));
      return what === undefined ? { kind: 'harmless', type } : { kind: 'harmful', type, what };
    },
  };
}

async function harmIn(path: string, { mediaType }: MediaType): Promise<string | undefined> {
  if (isArchive(mediaType)) {
    const fault = await archiveFault(path);
    return fault && ARCHIVE_FAULTS[fault];
  }
  if (await holdsArchive(path)) return 'an archive behind another file';
  if (mediaType === 'application/pdf') return activeObjects(path);
  return (await beginning(path)).includes('%PDF-') ? 'a PDF behind another file' : undefined;
}

/** Office documents, and whatever else a policy takes, that are ZIP archives. */
const isArchive = (mediaType: string): boolean =>
  /^application\/(zip|java-archive|epub\+zip|vnd\.(openxmlformats-officedocument|oasis\.opendocument|ms-[a-z]+\.[a-z.]*12).*)$/.test(
    mediaType,
  );

/** PDF readers take a file whose header stands within its first kibibyte. */
async function beginning(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1_024), 0, 1_024, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
