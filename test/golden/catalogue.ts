import { writeFileSync } from 'node:fs';
import { eventCatalogue } from '../../libs/domain/catalogue/catalogue.js';
import { recordedExamples } from './examples.js';

/** `npm run catalogue`. */
writeFileSync('docs/event-catalogue.md', eventCatalogue(recordedExamples()));
process.stdout.write('Wrote docs/event-catalogue.md.\n');
