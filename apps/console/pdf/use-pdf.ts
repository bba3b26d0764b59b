import { useState } from 'react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { useFormat } from '../messages/format.js';
import { useLanguage, useWord } from '../messages/language.js';
import { saveAs } from './save-as.js';

/** The case file that is shown, as a document of its own. What draws it is loaded when it is first asked for. */
export function usePdf(): { readonly busy: boolean; save(file: CaseFile): void } {
  const [busy, work] = useState(false);
  const words = { ...useLanguage(), word: useWord(), format: useFormat() };
  return {
    busy,
    save(file) {
      work(true);
      void import('./case-file-pdf.js')
        .then(({ caseFilePdf }) => caseFilePdf(file, words))
        .then((pdf) => saveAs(`${file.orderId}-${file.dispute}-r${file.revision}.pdf`, pdf))
        .finally(() => work(false));
    },
  };
}
