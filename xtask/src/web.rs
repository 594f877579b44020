//! The site: the programs for the browser, the pages around them, KERN, fonts and texts, with names
//! made from their contents, compressed, in `target/web/`. Which page has which program: [`pages`].

pub mod costs;
mod licences;
mod pages;
mod programs;
mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context, Result};
use shared::antraege::{ANTRAEGE, einbuergerung::QUICKCHECK};

use crate::{
    command, fonts,
    npm::Packages,
    place::{output, root},
    toolchain::Toolchain,
};
use pages::{Languages, Page, pages};
use programs::Prerendered;
pub use site::Hash;
use site::Site;

/// Builds the site; leaves `target/web/` alone if nothing that goes into it has changed.
pub fn build(toolchain: &Toolchain) -> Result<()> {
    let packages = Packages::install("frontend")?;
    let pages = pages();
    let programs = programs::build(toolchain, &pages)?;
    let prerendered = programs::prerender(&pages, &languages()?)?;
    let fonts = fonts(&packages)?;
    let licences = licences::collect(&packages)?;

    let styles = styles(&pages, &prerendered)?;
    let sources = Sources { pages, programs, prerendered, fonts, licences, styles };
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

/// All that goes into the site and is not read from `frontend/vorlage.html`, `frontend/html`,
/// `frontend/style` and `shared/texte` directly.
struct Sources {
    pages: Vec<Page>,
    programs: Vec<programs::Program>,
    prerendered: Prerendered,
    fonts: Vec<Font>,
    licences: Vec<(String, String)>,
    styles: Styles,
}

/// All CSS, without the faces of fonts.
struct Styles {
    kern: Vec<u8>,
    eigene: Vec<u8>,
    /// What an entrance needs of both, by its `content`.
    entrances: BTreeMap<&'static str, String>,
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
        self.prerendered.values().for_each(|html| hash.add(html.as_bytes()));
        for font in &self.fonts {
            hash.add(font.range.as_bytes());
            hash.add(&font.bytes);
        }
        self.licences.iter().for_each(|(_, text)| hash.add(text.as_bytes()));
        hash.add(&self.styles.kern);
        hash.add(&self.styles.eigene);
        self.styles.entrances.values().for_each(|css| hash.add(css.as_bytes()));
        hash.add(template()?.as_bytes());
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
        let faces = self.lay_out_fonts(&mut site);
        let kern = site.add_hashed("kern.css", &self.styles.kern);
        let mut own = faces.clone().into_bytes();
        own.extend(&self.styles.eigene);
        let own = site.add_hashed("portal.css", &own);
        let link = |media| {
            [&kern, &own]
                .map(|path| format!("<link rel=\"stylesheet\" href=\"{path}\"{media}>"))
                .concat()
        };
        let stile = link("");
        let texte = Texts::read()?;
        for (name, text) in &self.licences {
            site.add(&format!("lizenzen/{name}"), text.as_bytes());
        }
        for (name, bytes) in read_folder(&root().join("frontend/html"))? {
            match name.ends_with(".html") {
                true => {
                    site.add(&name, text(&name, bytes)?.replace("{{stile}}", &stile).as_bytes())
                }
                false => site.add(&name, &bytes),
            }
        }

        let programs = self
            .programs
            .iter()
            .map(|program| Ok((program.name, program.lay_out(&mut site)?)))
            .collect::<Result<BTreeMap<_, _>>>()?;
        let template = template()?;
        for page in &self.pages {
            // Before the program, so that it finds them.
            let languages = match page.languages {
                Languages::None => String::new(),
                Languages::Texts => texte.lay_out(&mut site, page.program),
                Languages::Pages => self.lay_out_languages(&mut site, page),
            };
            let own_stile = page.content.and_then(|it| self.styles.entrances.get(it));
            let own_stile = own_stile.map(|css| {
                // Its start script lets those of all pages count: until then nothing waits for them.
                format!("<style>{faces}{css}</style>{}", link(" media=\"not all\""))
            });
            let html = template
                .replace("{{titel}}", page.title)
                .replace("{{stile}}", own_stile.as_ref().unwrap_or(&stile))
                .replace(
                    "{{programm}}",
                    &(languages + &programs[page.program].html(page.is_of_use())),
                )
                .replace("{{inhalt}}", self.prerendered(page, "de"));
            site.add(&page.file, html.as_bytes());
        }
        Ok(site)
    }

    fn prerendered(&self, page: &Page, language: &str) -> &str {
        let html = page.content.and_then(|it| self.prerendered.get(&(it, language.to_owned())));
        html.map_or("", String::as_str)
    }

    /// A page in the other languages, and the `<meta>` elements that tell its program where they
    /// are.
    fn lay_out_languages(&self, site: &mut Site, page: &Page) -> String {
        let mut metas = String::new();
        let of_page = self.prerendered.iter().filter(|((it, _), _)| Some(*it) == page.content);
        for ((content, language), html) in of_page.filter(|((_, language), _)| language != "de") {
            let path = site.add_hashed(&format!("{content}-{language}.html"), html.as_bytes());
            metas.push_str(&format!("<meta name=\"{content}-{language}\" content=\"{path}\">"));
        }
        metas
    }

    /// Adds the fonts, and gives the CSS that tells where they are.
    fn lay_out_fonts(&self, site: &mut Site) -> String {
        let mut faces = String::new();
        // A face that is declared later comes first where ranges overlap.
        for font in self.fonts.iter().rev() {
            let path = site.add_hashed(&font.file, &font.bytes);
            faces.push_str(&format!(
                "@font-face {{ font-family: \"Fira Sans\"; font-style: normal; font-weight: {}; \
                 font-display: swap; src: url(\"{path}\") format(\"woff2\"); unicode-range: {}; }}\n",
                font.weight, font.range
            ));
        }
        faces
    }
}

/// Tags of the other languages, each with its file of texts.
fn languages() -> Result<Vec<(String, PathBuf)>> {
    let dir = root().join("shared/texte");
    let languages = read_folder(&dir)?
        .into_iter()
        .filter_map(|(name, _)| Some((name.strip_suffix(".json")?.to_owned(), dir.join(&name))));
    Ok(languages.collect())
}

/// The texts in other languages, whole, and which of them only some forms need.
struct Texts {
    languages: Vec<(String, serde_json::Map<String, serde_json::Value>)>,
    /// Ids of the forms that a key belongs to.
    forms: BTreeMap<String, BTreeSet<&'static str>>,
}

impl Texts {
    fn read() -> Result<Texts> {
        let read = |(language, path): (String, PathBuf)| {
            let texts = serde_json::from_slice(&fs::read(&path)?)
                .with_context(|| format!("{} is no object of texts", path.display()))?;
            Ok((language, texts))
        };
        let mut forms: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for form in ANTRAEGE.iter().copied().chain([&QUICKCHECK]) {
            for (key, _) in form.texte() {
                forms.entry(key).or_default().insert(form.id);
            }
        }
        let languages = languages()?.into_iter().map(read).collect::<Result<_>>()?;
        Ok(Texts { languages, forms })
    }

    /// Adds what a program needs, and gives the `<meta>` elements that tell it where that is:
    /// `<meta name="texte-en" content="/assets/texte-en-….json">`. One file for each language and
    /// application: nobody loads what another one asks.
    fn lay_out(&self, site: &mut Site, program: &str) -> String {
        let is_form = self.forms.values().any(|it| it.contains(program));
        let needs = |key: &str| match self.forms.get(key) {
            // What every application is called stands on pages outside of it, too.
            _ if key.starts_with("formular.") && key.ends_with(".titel") => true,
            Some(forms) => forms.contains(program),
            None => is_form || key.starts_with("ui."),
        };
        let mut metas = String::new();
        for (language, texts) in &self.languages {
            let needed: serde_json::Map<_, _> = texts
                .iter()
                .filter(|(key, _)| needs(key))
                .map(|(key, text)| (key.clone(), text.clone()))
                .collect();
            let name = format!("texte-{language}-{program}.json");
            let path =
                site.add_hashed(&name, serde_json::Value::Object(needed).to_string().as_bytes());
            metas.push_str(&format!("<meta name=\"texte-{language}\" content=\"{path}\">"));
        }
        metas
    }
}

/// What all pages are made of.
fn template() -> Result<String> {
    fs::read_to_string(root().join("frontend/vorlage.html")).context("cannot read the template")
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))
}

/// KERN's CSS, composed of the parts that our pages use, and our own.
fn styles(pages: &[Page], prerendered: &Prerendered) -> Result<Styles> {
    let dir = output("stile");
    fs::create_dir_all(&dir)?;
    let mut node = command::node();
    node.arg(root().join("frontend/style/stile.mjs")).arg(&dir);
    let entrances = pages.iter().filter(|it| it.is_entrance).filter_map(|it| it.content);
    for content in entrances.clone() {
        // In every language, and what the template adds.
        let mut html = template()?;
        let of_page = prerendered.iter().filter(|((it, _), _)| *it == content);
        of_page.for_each(|(_, text)| html.push_str(text));
        let file = dir.join(format!("{content}.html"));
        fs::write(&file, html)?;
        node.arg(file);
    }
    command::run(&mut node)?;
    let read = |name: &str| {
        let file = dir.join(name).with_extension("css");
        fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let entrances = entrances.map(|it| Ok((it, text(it, read(it)?)?)));
    Ok(Styles {
        kern: read("kern")?,
        eigene: read("eigene")?,
        entrances: entrances.collect::<Result<_>>()?,
    })
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
