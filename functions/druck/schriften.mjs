// Makes the fonts of the PDF: subsets of Noto Sans, written to the directory that is named.
//
// What stays: all of DIN 91379 with its combining marks, Greek, Cyrillic, and the letters of Arabic, Persian
// and Dari. Anything else is printed as its code point.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import subsetFont from 'subset-font';

const LATEIN = [
  [0x20, 0x7e], [0xa0, 0x24f], [0x259, 0x259], [0x268, 0x268], [0x292, 0x292], [0x2b0, 0x2ff], [0x300, 0x36f],
  [0x370, 0x3ff], [0x400, 0x45f], [0x490, 0x491], [0x4b0, 0x4b1], [0x1d48, 0x1d48], [0x1d57, 0x1d57],
  [0x1e00, 0x1eff], [0x2000, 0x206f], [0x2070, 0x209c], [0x20a0, 0x20bf], [0x2116, 0x2116], [0x2122, 0x2122],
  [0x2212, 0x2212],
];
const MATHEMATIK = [[0x221e, 0x221e], [0x2264, 0x2265]];
const ARABISCH = [[0x20, 0x20], [0x600, 0x6ff], [0x200c, 0x200f]];

const SCHRIFTEN = [
  ['NotoSans-Regular.ttf', 'noto-sans/400Regular/NotoSans_400Regular.ttf', LATEIN],
  ['NotoSans-SemiBold.ttf', 'noto-sans/600SemiBold/NotoSans_600SemiBold.ttf', LATEIN],
  ['NotoSansMath-Regular.ttf', 'noto-sans-math/400Regular/NotoSansMath_400Regular.ttf', MATHEMATIK],
  ['NotoSansArabic-Regular.ttf', 'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf', ARABISCH],
];

const ziel = process.argv[2];
if (!ziel) {
  console.error('usage: node schriften.mjs DIRECTORY');
  process.exit(2);
}
const paket = (datei) => new URL(`node_modules/@expo-google-fonts/${datei}`, import.meta.url);
await mkdir(ziel, { recursive: true });
for (const [name, quelle, bereiche] of SCHRIFTEN) {
  const text = bereiche
    .flatMap(([von, bis]) => Array.from({ length: bis - von + 1 }, (_, at) => String.fromCodePoint(von + at)))
    .join('');
  const schrift = await subsetFont(await readFile(paket(quelle)), text, {
    targetFormat: 'sfnt',
    noHinting: true,
    dropTables: ['gasp', 'meta', 'STAT'],
  });
  await writeFile(join(ziel, name), schrift);
  console.log(`${name} ${schrift.length}`);
}
for (const name of ['noto-sans', 'noto-sans-math', 'noto-sans-arabic']) {
  await copyFile(paket(`${name}/LICENSE_FONT`), join(ziel, `OFL-${name}.txt`));
}
