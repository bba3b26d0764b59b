import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Scan } from '../../../libs/evidence/uploads.js';

export class HandedInFileView {
  @ApiProperty({ description: 'Of the bytes: submit-evidence names it.' })
  sha256: string;

  @ApiProperty({ type: 'integer', description: 'Bytes.' })
  size: number;

  @ApiProperty({ example: 'image/jpeg', description: 'What the bytes are.' })
  mediaType: string;

  @ApiPropertyOptional({ description: 'The X-File-Name, as a name that can be saved anywhere.' })
  fileName?: string;

  @ApiProperty({ format: 'date-time', description: "By the machine's clock." })
  uploadedAt: string;

  @ApiProperty({
    enum: ['clean', 'unscanned', 'quarantined', 'infected'],
    description: 'quarantined: shown to nobody until the scanner has looked at it.',
  })
  scan: Scan['state'];

  @ApiProperty({ format: 'date-time', description: "By the machine's clock." })
  submitBefore: string;
}

export class HandedInFilesView {
  @ApiProperty({ type: [HandedInFileView] })
  items: HandedInFileView[];

  @ApiProperty({ type: 'integer', description: 'Of what is on record and what waits.' })
  usedBytes: number;

  @ApiProperty({ type: 'integer', description: 'Of all files of the caller to this order together.' })
  maxPartyBytes: number;

  @ApiProperty({ type: 'integer' })
  maxFileBytes: number;

  @ApiProperty({ type: [String] })
  mediaTypes: string[];
}
