// KERN's CSS, composed of the parts that our pages use: `node kern.mjs <file>`. All that a part says stays, so
// that dark mode, forced colours and print do; what is left out are whole components, the utility classes, and
// icons that no source names. A class that a source names, KERN has, and neither the result nor our own CSS has, is an
// error.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

const names = [...read(join(core, "utilities/_icons.scss")).matchAll(/^\s*['"]?([a-z-]+)['"]?\s*:\s*\$[a-z-]+\s*,/gm)].map((it) => it[1]);
const icons = names.filter((name) => sources.includes(`"${name}"`) || sources.includes(`kern-icon--${name}`));
if (icons.length < 5 || names.length < icons.length) throw new Error(`KERN's icons are listed otherwise now: ${names}`);

// The map is changed before the first part reads it.
const ICONS = `@use "sass:list"; @use "sass:map"; @use "utilities/icons";
$kept: ();
@each $name in (${icons.map((name) => `"${name}"`)}) { $kept: map.set($kept, $name, map.get(icons.$icons, $name)); }
icons.$icons: $kept;`;
const importer = {
  canonicalize: (url) => (url === "own-icons" ? new URL("own:icons") : null),
  load: () => ({ contents: ICONS, syntax: "scss" }),
};
const scss = ['@use "own-icons";', ...PARTS.map((part, index) => `@use "${part}" as part${index};`)].join("\n");
const { css } = sass.compileString(scss, { style: "compressed", loadPaths: [core], importers: [importer], logger: sass.Logger.silent });

const { version } = JSON.parse(readFileSync(join(kern, "package.json"), "utf8"));
const banner = `/* Parts of KERN UX ${version}, unchanged, EUPL-1.2: /lizenzen/kern-ux.txt */\n`;

const classes = (text) => new Set([...text.matchAll(/\.(kern-[\w-]+)/g)].map((it) => it[1]));
const own = readdirSync(here).filter((name) => name.endsWith(".css")).map((name) => read(join(here, name)));
const [there, all] = [classes(css + own.join("\n")), classes(readFileSync(join(kern, "dist/kern.min.css"), "utf8"))];
const lost = new Set([...sources.matchAll(/kern-[\w-]*\w/g)].map((it) => it[0]).filter((it) => all.has(it) && !there.has(it)));
if (lost.size) throw new Error(`frontend/style/kern.mjs leaves out what the pages use: ${[...lost].join(", ")}`);
writeFileSync(process.argv[2], banner + css);
