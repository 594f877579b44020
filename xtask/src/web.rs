//! The site: the two programs for the browser, the pages around them, KERN, fonts and texts, with
//! names made from their contents, compressed, in `target/web/`.

mod licences;
mod programs;
mod site;

use std::{fs, path::Path, sync::OnceLock};

use anyhow::{Context, Result};

use crate::{
    command, fonts,
    npm::Packages,
    place::{output, root},
    toolchain::Toolchain,
};
pub use site::Hash;
use site::Site;

/// The programs that run in the browser, each with the folder of its page.
const PROGRAMS: [(&str, &str); 2] = [("antrag", "index.html"), ("amt", "amt/index.html")];

/// Builds the site; leaves `target/web/` alone if nothing that goes into it has changed.
pub fn build(toolchain: &Toolchain) -> Result<()> {
    let packages = Packages::install("frontend")?;
    let programs = programs::build(toolchain)?;
    let prerendered = programs::prerender()?;
    let fonts = fonts(&packages)?;
    let licences = licences::collect(&packages)?;

    let sources = Sources { programs, prerendered, fonts, licences, kern: kern(&packages)? };
    let stamp = sources.stamp()?;
    let stamp_file = output("web.stamp");
    if output("web").is_dir() && fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    command::step("site", || {
        let site = sources.lay_out()?;
        site.print_sizes();
        site.write(&output("web"))?;
        Ok(fs::write(&stamp_file, stamp)?)
    })
}

/// What tells this program from one built later. Asked once: `cargo test` may put another in its
/// place while it runs.
fn us() -> &'static str {
    static US: OnceLock<String> = OnceLock::new();
    US.get_or_init(|| {
        let us = std::env::current_exe().and_then(fs::metadata);
        us.map(|us| format!("{:?} {}", us.modified().ok(), us.len())).unwrap_or_default()
    })
}

/// All that goes into the site and is not read from `frontend/html`, `frontend/style` and
/// `shared/texte` directly.
struct Sources {
    programs: Vec<programs::Program>,
    prerendered: Vec<(String, String)>,
    fonts: Vec<Font>,
    licences: Vec<(String, String)>,
    kern: Vec<u8>,
}

/// One file of a font and where it is used.
struct Font {
    file: String,
    bytes: Vec<u8>,
    weight: u64,
    range: String,
}

impl Sources {
    /// Changes with everything that goes into the site, and with us who make it.
    fn stamp(&self) -> Result<String> {
        let mut hash = Hash::default();
        hash.add(us().as_bytes());
        self.programs.iter().for_each(|program| hash.add(&program.wasm));
        self.prerendered.iter().for_each(|(_, html)| hash.add(html.as_bytes()));
        for font in &self.fonts {
            hash.add(font.range.as_bytes());
            hash.add(&font.bytes);
        }
        self.licences.iter().for_each(|(_, text)| hash.add(text.as_bytes()));
        hash.add(&self.kern);
        for folder in ["frontend/html", "frontend/style", "shared/texte"] {
            for (name, bytes) in read_folder(&root().join(folder))? {
                hash.add(name.as_bytes());
                hash.add(&bytes);
            }
        }
        Ok(hash.hex())
    }

    fn lay_out(&self) -> Result<Site> {
        let mut site = Site::default();
        let stile = self.lay_out_styles(&mut site)?;
        let texte = lay_out_texts(&mut site)?;
        for (name, text) in &self.licences {
            site.add(&format!("lizenzen/{name}"), text.as_bytes());
        }
        let programs = self
            .programs
            .iter()
            .map(|program| Ok((program.name, program.lay_out(&mut site, &texte)?)))
            .collect::<Result<Vec<_>>>()?;

        for (name, bytes) in read_folder(&root().join("frontend/html"))? {
            if !name.ends_with(".html") {
                site.add(&name, &bytes);
                continue;
            }
            let template =
                String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
            let program = PROGRAMS
                .iter()
                .find(|(_, page)| *page == name)
                .and_then(|(program, _)| programs.iter().find(|(name, _)| name == program))
                .map_or("", |(_, html)| html.as_str());
            let fill = |page: &str| {
                template
                    .replace("{{stile}}", &stile)
                    .replace("{{programm}}", program)
                    .replace("{{inhalt}}", self.prerendered(page))
            };
            match name.as_str() {
                // The start page comes with its text; the others show the shell until the
                // program runs.
                "index.html" => {
                    site.add("index.html", fill("start").as_bytes());
                    site.add("seite.html", fill("seite").as_bytes());
                }
                "amt/index.html" => site.add(&name, fill("amt").as_bytes()),
                _ => site.add(&name, fill("").as_bytes()),
            }
        }
        Ok(site)
    }

    fn prerendered(&self, page: &str) -> &str {
        let found = self.prerendered.iter().find(|(name, _)| name == page);
        found.map_or("", |(_, html)| html)
    }

    /// KERN's CSS whole and unchanged, ours beside it.
    fn lay_out_styles(&self, site: &mut Site) -> Result<String> {
        let mut own = String::new();
        // A face that is declared later comes first where ranges overlap.
        for font in self.fonts.iter().rev() {
            let path = site.add_hashed(&font.file, &font.bytes);
            own.push_str(&format!(
                "@font-face {{ font-family: \"Fira Sans\"; font-style: normal; font-weight: {}; \
                 font-display: swap; src: url(\"{path}\") format(\"woff2\"); unicode-range: {}; }}\n",
                font.weight, font.range
            ));
        }
        for (name, bytes) in read_folder(&root().join("frontend/style"))? {
            own.push_str(
                std::str::from_utf8(&bytes)
                    .with_context(|| format!("frontend/style/{name} is not UTF-8"))?,
            );
        }
        let kern = site.add_hashed("kern.css", &self.kern);
        let own = site.add_hashed("portal.css", own.as_bytes());
        Ok(format!(
            "<link rel=\"stylesheet\" href=\"{kern}\"><link rel=\"stylesheet\" href=\"{own}\">"
        ))
    }
}

/// The texts in other languages, and the `<meta>` elements that tell the program where they are:
/// `<meta name="texte-en" content="/assets/texte-en-….json">`.
fn lay_out_texts(site: &mut Site) -> Result<String> {
    let mut metas = String::new();
    for (name, bytes) in read_folder(&root().join("shared/texte"))? {
        let Some(language) = name.strip_suffix(".json") else { continue };
        let texts: serde_json::Value = serde_json::from_slice(&bytes)
            .with_context(|| format!("shared/texte/{name} is not JSON"))?;
        let path = site.add_hashed(&format!("texte-{language}.json"), texts.to_string().as_bytes());
        metas.push_str(&format!("<meta name=\"texte-{language}\" content=\"{path}\">"));
    }
    Ok(metas)
}

fn kern(packages: &Packages) -> Result<Vec<u8>> {
    packages.read("@kern-ux/native/dist/kern.min.css")
}

/// The faces of Fira Sans, as the script lists them.
fn fonts(packages: &Packages) -> Result<Vec<Font>> {
    let dir = fonts::make(packages, "frontend/schriften/subset.mjs")?;
    let faces: serde_json::Value = serde_json::from_slice(&fs::read(dir.join("schnitte.json"))?)?;
    let faces = faces.as_array().context("schnitte.json is no list")?;
    faces
        .iter()
        .map(|face| {
            let file = face["file"].as_str().context("a face without file")?.to_owned();
            let bytes = fs::read(dir.join(&file))?;
            let weight = face["weight"].as_u64().context("a face without weight")?;
            let range = face["range"].as_str().context("a face without range")?.to_owned();
            Ok(Font { file, bytes, weight, range })
        })
        .collect()
}

/// All files below `dir`, with their names relative to it, sorted. Nothing if it is not there.
fn read_folder(dir: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    read_below(dir, "", &mut files)?;
    files.sort();
    return Ok(files);

    fn read_below(dir: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
        if !dir.is_dir() {
            return Ok(());
        }
        for entry in fs::read_dir(dir)? {
            let path = entry?.path();
            let name = path.file_name().expect("a listed file has a name").to_string_lossy();
            let name = format!("{prefix}{name}");
            match path.is_dir() {
                true => read_below(&path, &format!("{name}/"), files)?,
                false => files.push((name, fs::read(&path)?)),
            }
        }
        Ok(())
    }
}
