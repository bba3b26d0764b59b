import fc from 'fast-check';
import { contentDisposition, safeFileName } from './file-name.js';

describe('The name that a file is saved under', () => {
  it.each([
    ['bill-of-lading.pdf', 'pdf', 'bill-of-lading.pdf'],
    ['Foto 1.JPEG', 'jpg', 'Foto 1.JPEG'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['C:\\Windows\\System32\\drivers.png', 'png', 'drivers.png'],
    ['..', 'png', 'evidence.png'],
    ['', 'png', 'evidence.png'],
    ['.htaccess', 'txt', 'htaccess.txt'],
    ['a\r\nSet-Cookie: b=c.png', 'png', 'aSet-Cookie_ b=c.png'],
    ['invoice.pdf.exe', 'pdf', 'invoice.pdf.exe.pdf'],
    ['page.html', 'gif', 'page.html.gif'],
    // It reads as exe.jpg would, and is a program.
    ['photo\u202Egpj.exe', 'exe', 'photogpj.exe'],
    ['质检报告.pdf', 'pdf', '质检报告.pdf'],
    ['a\0b.txt', 'txt', 'ab.txt'],
    ['\uD800.txt', 'txt', '\uFFFD.txt'],
  ])('%j, %s → %j', (given, extension, saved) => {
    expect(safeFileName(given, extension)).toBe(saved);
  });

  it('is never long', () => {
    expect(safeFileName('x'.repeat(10_000), 'png')).toBe(`${'x'.repeat(150)}.png`);
  });

  it('says itself in a header, in full and in ASCII', () => {
    expect(contentDisposition('attachment', `Prüfung "3" 'neu' 质.pdf`)).toBe(
      `attachment; filename="Prufung _3_ 'neu' _.pdf"; ` +
        `filename*=UTF-8''Pr%C3%BCfung%20%223%22%20%27neu%27%20%E8%B4%A8.pdf`,
    );
  });

  it('is harmless in a header and on a disk, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeFileName(given, 'pdf');
        expect(name).not.toMatch(/[/\\\p{Cc}<>:"|?*]|^\.|^\.\.$/u);
        expect(name.toLowerCase()).toMatch(/\.pdf$/);
        expect(contentDisposition('inline', name)).toMatch(
          /^inline; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
