import { useEffect, useRef, useState } from 'react';
import { ActionIcon, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
// Vite gives the file's address (`?url`), which is no export of the file.
// oxlint-disable-next-line import/default
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { ProblemNotice } from '../design/problem-notice.js';
import { plain } from '../design/party-text.js';
import { useMessages } from '../messages/language.js';
import styles from './evidence-viewer.module.css';

GlobalWorkerOptions.workerSrc = workerAddress;

/** A PDF drawn page by page by a worker of our own: nothing in it runs, nothing is fetched for it. */
export function PdfPages({ blob }: { readonly blob: Blob }) {
  const t = useMessages();
  const [page, turn] = useState(1);
  const { data: document, error } = useQuery({
    queryKey: ['pdf', blob],
    queryFn: async () =>
      getDocument({
        data: new Uint8Array(await blob.arrayBuffer()),
        // The content security policy evaluates nothing and knows no fonts but ours: letters are drawn as shapes.
        disableFontFace: true,
        enableXfa: false,
        useWasm: false,
        standardFontDataUrl: '/assets/pdf/standard_fonts/',
        cMapUrl: '/assets/pdf/cmaps/',
      }).promise,
    gcTime: 0,
    retry: false,
  });
  if (error !== null) return <ProblemNotice error={error} />;
  if (document === undefined) return <Loader aria-label={t('evidence.loading')} />;
  return (
    <div>
      <Page document={document} number={page} />
      {document.numPages > 1 && (
        <div className={styles.turn}>
          <ActionIcon
            variant="default"
            aria-label={t('evidence.previous')}
            disabled={page === 1}
            onClick={() => turn(page - 1)}
          >
            <IconChevronLeft size="1rem" aria-hidden />
          </ActionIcon>
          {t('evidence.page', { page, pages: document.numPages })}
          <ActionIcon
            variant="default"
            aria-label={t('evidence.next')}
            disabled={page === document.numPages}
            onClick={() => turn(page + 1)}
          >
            <IconChevronRight size="1rem" aria-hidden />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}

function Page({ document, number }: { readonly document: PDFDocumentProxy; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, read] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    void draw(document, number, canvas.current, stop.signal).then((found) => {
      if (!stop.signal.aborted) read(found);
    });
    return () => stop.abort();
  }, [document, number]);
  // What a screen reader reads is the page's own text.
  return <canvas ref={canvas} className={styles.page} role="img" aria-label={text} />;
}

const SCALE = 1.6;

async function draw(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement | null,
  signal: AbortSignal,
): Promise<string> {
  const page = await document.getPage(number);
  if (canvas === null || signal.aborted) return '';
  const viewport = page.getViewport({ scale: SCALE });
  Object.assign(canvas, { width: viewport.width, height: viewport.height });
  const task = page.render({ canvas, viewport });
  signal.addEventListener('abort', () => task.cancel(), { once: true });
  await task.promise.catch(() => undefined);
  const { items } = await page.getTextContent();
  return plain(items.map((item) => ('str' in item ? item.str : '')).join(' '));
}
