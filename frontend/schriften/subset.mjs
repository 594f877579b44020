// Cuts Fira Sans down to what a form in Germany needs: node subset.mjs OUTPUT-FOLDER
//
// Two files per weight. `latein` is enough for German and English text; a browser fetches
// `erweitert` only when a page holds one of its characters, for example in a name. Together they
// have what DIN 91379 asks for, as far as the font has it: Latin with its extensions, the
// combining marks, and the norm's punctuation.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const subsetFont = require("subset-font");

const SCHNITTE = { 400: "FiraSans-Regular", 600: "FiraSans-SemiBold" };

// `erweitert` has the plain letters, too: a letter and its combining mark must come from one file,
// or the browser takes both from another font. `latein` goes first where the two overlap.
// Ranges as in CSS: xtask writes the same text into `unicode-range`.
const BEREICHE = {
  latein: "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2212",
  erweitert: "U+0041-005A,U+0061-007A,U+0100-0130,U+0132-0151,U+0154-024F,U+0250-036F,U+1E00-1EFF,U+2020-2021,U+2030,U+2070-208E,U+20A0-20AB,U+20AD-20C0,U+2113,U+2122,U+2190-2193,U+2248,U+2260,U+2264-2265,U+2C60-2C7F,U+A720-A7FF",
};

function characters(ranges) {
  return ranges
    .split(",")
    .flatMap((range) => {
      const [first, last = first] = range.slice(2).split("-").map((hex) => parseInt(hex, 16));
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    })
    .map((code) => String.fromCodePoint(code))
    .join("");
}

const out = process.argv[2];
await mkdir(out, { recursive: true });
const faces = [];
for (const [weight, name] of Object.entries(SCHNITTE)) {
  const path = require.resolve(`@kern-ux/native/dist/fonts/fira-sans/${name}.woff2`);
  const font = await readFile(path);
  for (const [part, range] of Object.entries(BEREICHE)) {
    const file = `fira-sans-${weight}-${part}.woff2`;
    const subset = await subsetFont(font, characters(range), {
      targetFormat: "woff2",
      keepFeatures: ["calt", "case", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum"],
      // Copyright, licence and where to read it stay in the file.
      preserveNameIds: [0, 13, 14],
    });
    await writeFile(join(out, file), subset);
    faces.push({ file, weight: Number(weight), range });
  }
}
await writeFile(join(out, "schnitte.json"), JSON.stringify(faces, null, 2));
