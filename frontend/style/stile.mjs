// All CSS of the site: `node stile.mjs <folder> [<page.html> …]`. KERN's CSS is composed of the parts that our pages
// use. All that a part says stays, so that dark mode, forced colours and print do; what is left out are whole
// components, the utility classes, and icons that no source names. A class that a source names, KERN has, and neither
// the result nor our own CSS has, is an error. Writes into the folder:
// - kern.css and eigene.css: KERN's and our own for all pages
// - <page>.css for each page given: both in one, as far as that page needs them

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import * as sass from "sass";

/** In the order of KERN's own `core/index.scss`. */
const PARTS = [
  "global",
  "tokens",
  "layers",
  "components/icon",
  "components/accordion",
  "components/alert",
  "components/badge",
  "components/button",
  "components/card",
  "components/check",
  "components/checkbox",
  "components/dialog",
  "components/description-list",
  "components/fieldset",
  "components/input",
  "components/input-group",
  "components/loader",
  "components/progress",
  "components/radio",
  "components/select",
  "components/summary",
  "components/table",
  "components/task-list",
  "typography",
  "layout/grid",
];

const here = dirname(fileURLToPath(import.meta.url));
const kern = dirname(createRequire(import.meta.url).resolve("@kern-ux/native/package.json"));
const core = join(kern, "src/scss/core");

/** All that our pages are made of. */
const sources = ["../src", "../html", "../vorlage.html", "."].map((it) => read(join(here, it))).join("\n");
/** Our own CSS by file, in the order in which it is read. */
const own = readdirSync(here).filter((name) => name.endsWith(".css")).sort().map((name) => read(join(here, name)));

/** The text of a file, or of all files below a folder, this one apart. */
function read(path) {
  if (path === fileURLToPath(import.meta.url)) return "";
  try {
    return readdirSync(path).map((name) => read(join(path, name))).join("\n");
  } catch (error) {
    if (error.code !== "ENOTDIR") throw error;
    return readFileSync(path, "utf8");
  }
}

const { version } = JSON.parse(readFileSync(join(kern, "package.json"), "utf8"));
const banner = `/* Parts of KERN UX ${version}, unchanged, EUPL-1.2: /lizenzen/kern-ux.txt */\n`;
const names = [...read(join(core, "utilities/_icons.scss")).matchAll(/^\s*['"]?([a-z-]+)['"]?\s*:\s*\$[a-z-]+\s*,/gm)].map((it) => it[1]);
const all = classes(readFileSync(join(kern, "dist/kern.min.css"), "utf8"));

const [folder, ...pages] = process.argv.slice(2);
writeFileSync(join(folder, "kern.css"), compose(PARTS, sources));
writeFileSync(join(folder, "eigene.css"), compress(own.join("\n")));
const ofPart = pages.length ? classesOfParts() : new Map();
for (const page of pages) {
  const text = read(page);
  const named = new Set([...text.matchAll(/[a-z][\w-]*/g)].map((it) => it[0]));
  // A component is needed where a class is named that no other part has.
  const isOnly = (part, name) => PARTS.every((it) => (it === part) === ofPart.get(it).has(name));
  const isNeeded = (part) => !part.startsWith("components/") || [...named].some((name) => isOnly(part, name));
  const parts = PARTS.filter((part) => part === "components/icon" || isNeeded(part));
  const files = own.filter((css) => [...classes(css, /\.(?!kern-)([a-z][\w-]*)/g)].some((name) => named.has(name)));
  writeFileSync(join(folder, `${basename(page, ".html")}.css`), compose(parts, text) + compress(files.join("\n")));
}

/** KERN's CSS for what a text names. */
function compose(parts, text) {
  // The arrow of a select is drawn by KERN itself.
  const components = parts.filter((part) => part.startsWith("components/")).map((part) => read(join(core, part.replace("/", "/_") + ".scss")));
  const drawn = new Set([...components.join("\n").matchAll(/icons\.\$icons,\s*["']([a-z-]+)["']/g)].map((it) => it[1]));
  const icons = names.filter((name) => drawn.has(name) || text.includes(`"${name}"`) || text.includes(`kern-icon--${name}`));
  if (icons.length < 2 || names.length < icons.length) throw new Error(`KERN's icons are listed otherwise now: ${names}`);
  const css = compile(parts, icons);
  const there = classes(css + own.join("\n"));
  const lost = [...text.matchAll(/kern-[\w-]*\w/g)].map((it) => it[0]).filter((it) => all.has(it) && !there.has(it));
  if (lost.length) throw new Error(`frontend/style/stile.mjs leaves out what the pages use: ${[...new Set(lost)].join(", ")}`);
  return banner + css;
}

/** Which classes each part has, from one run. */
function classesOfParts() {
  const scss = PARTS.map((part) => `/*! part */ @include meta.load-css("${part}");`);
  const [, ...css] = translate(['@use "sass:meta";', ...scss].join("\n"), []).split("/*! part */");
  return new Map(PARTS.map((part, index) => [part, classes(css[index])]));
}

function compile(parts, icons) {
  return translate(parts.map((part, index) => `@use "${part}" as part${index};`).join("\n"), icons);
}

/** SCSS as CSS, with these icons alone. */
function translate(scss, icons) {
  // The map is changed before the first part reads it.
  const kept = `@use "sass:list"; @use "sass:map"; @use "utilities/icons";
$kept: ();
@each $name in (${icons.map((name) => `"${name}",`).join(" ")}) { $kept: map.set($kept, $name, map.get(icons.$icons, $name)); }
icons.$icons: $kept;`;
  const importer = {
    canonicalize: (url) => (url === "own-icons" ? new URL("own:icons") : null),
    load: () => ({ contents: kept, syntax: "scss" }),
  };
  const options = { style: "compressed", loadPaths: [core], importers: [importer], logger: sass.Logger.silent };
  return sass.compileString(`@use "own-icons";\n${scss}`, options).css;
}

function compress(css) {
  return sass.compileString(css, { syntax: "css", style: "compressed", charset: false }).css;
}

/** The classes that CSS has rules for. */
function classes(css, pattern = /\.(kern-[\w-]+)/g) {
  return new Set([...css.matchAll(pattern)].map((it) => it[1]));
}
