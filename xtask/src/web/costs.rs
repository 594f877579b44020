//! What the pages cost in bytes, from the site as it was built.

use std::{fmt::Write, fs, path::Path};

use anyhow::{Context, Result};

use super::pages::pages;
use crate::place::output;

/// A table: which page needs which program, and what both weigh in kB (1000 bytes). Fonts apart,
/// and languages that nobody chose.
pub fn table() -> Result<String> {
    let site = output("web");
    let mut table = format!(
        "{:<48}  {:<24}  {:>9}  {:>9}  {:>9}\n",
        "page", "program", "WASM", "brotli", "page, br"
    );
    for page in pages() {
        let path = site.join(&page.file);
        let html =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let assets: Vec<&str> = assets(&html).collect();
        let mut alles = packed(&path)?;
        for asset in &assets {
            alles += packed(&site.join(asset))?;
        }
        let wasm = assets.iter().find(|it| it.ends_with(".wasm")).map(|it| site.join(it));
        let wasm = wasm.with_context(|| format!("{} names no program", page.file))?;
        let kilobytes = |bytes: u64| format!("{:.1}", bytes as f64 / 1000.0);
        writeln!(
            table,
            "{:<48}  {:<24}  {:>9}  {:>9}  {:>9}",
            page.file,
            page.program,
            kilobytes(fs::metadata(&wasm)?.len()),
            kilobytes(packed(&wasm)?),
            kilobytes(alles)
        )?;
    }
    Ok(table)
}

/// Paths of what a page loads at once.
fn assets(html: &str) -> impl Iterator<Item = &str> {
    ["href=\"/", "src=\"/"]
        .into_iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|it| it.starts_with("assets/"))
}

/// Bytes of a file as it goes over the line.
fn packed(path: &Path) -> Result<u64> {
    let mut br = path.as_os_str().to_owned();
    br.push(".br");
    let size = fs::metadata(&br).or_else(|_| fs::metadata(path));
    Ok(size.with_context(|| format!("cannot read {}", path.display()))?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_may_load_later_is_not_counted() {
        let html = r#"<meta name="texte-en" content="/assets/texte-en-1.json">
            <link rel="stylesheet" href="/assets/a-1.css"><script src="/assets/b-1.js"></script>
            <a href="/hilfe">Hilfe</a>"#;
        assert_eq!(assets(html).collect::<Vec<_>>(), ["assets/a-1.css", "assets/b-1.js"]);
    }
}
