import type { Fault } from '../../../kernel/problem.js';
import type { PolicyParameters } from '../parameters.js';

/** RFC 6838, in lower case and without parameters, as a sniffer names it. */
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** What a browser may run when it shows it: markup, scripts, archives of web pages. */
const RUNS_SCRIPT =
  /(^text\/(html|xml|xsl|javascript|ecmascript|vbscript|cache-manifest)$)|(\+xml$)|(^application\/(xml|xml-dtd|xslt|javascript|ecmascript|x-javascript|wasm|hta|x-shockwave-flash|java-archive|x-java-applet|xhtml)$)|(^(message|multipart)\/)|(script)/;

/** What parties may hand in (rule 26), and nothing that attacks its reader. */
export function evidenceFaults({ evidenceKinds, evidenceLimits }: PolicyParameters): Fault[] {
  const { maxFileBytes, maxPartyBytes, mediaTypes } = evidenceLimits;
  const fault = (code: string, at: string, message: string, facts?: Fault['facts']): Fault => ({
    code: `POLICY.${code}`,
    message,
    rule: 26,
    pointer: `/parameters/${at}`,
    ...(facts === undefined ? {} : { facts }),
  });
  return [
    ...(evidenceKinds.length === 0
      ? [fault('NO_EVIDENCE_KIND', 'evidenceKinds', 'No evidence could be given.')]
      : []),
    ...(mediaTypes.length === 0
      ? [fault('NO_MEDIA_TYPE', 'evidenceLimits/mediaTypes', 'No file could be submitted.')]
      : []),
    ...(maxFileBytes === 0
      ? [fault('FILE_LIMIT_OF_ZERO', 'evidenceLimits/maxFileBytes', 'No file could be submitted.')]
      : []),
    ...(maxFileBytes > maxPartyBytes
      ? [
          fault(
            'FILE_ABOVE_PARTY_LIMIT',
            'evidenceLimits/maxFileBytes',
            'One file may be larger than all files of a party together.',
            { maxFileBytes, maxPartyBytes },
          ),
        ]
      : []),
    ...mediaTypes.flatMap((mediaType, index) => {
      const at = `evidenceLimits/mediaTypes/${index}`;
      if (!MEDIA_TYPE.test(mediaType)) {
        return [
          fault('MEDIA_TYPE_MALFORMED', at, `“${mediaType}” is no media type in lower case.`, { mediaType }),
        ];
      }
      return RUNS_SCRIPT.test(mediaType)
        ? [
            fault('MEDIA_TYPE_RUNS_SCRIPT', at, `“${mediaType}” may run script in its reader’s browser.`, {
              mediaType,
            }),
          ]
        : [];
    }),
  ];
}
