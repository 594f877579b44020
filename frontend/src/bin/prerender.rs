//! Prints what stands on a page before its program runs: `prerender <page> [<file of texts>]`.
//! A page is `start`, `quickcheck` (its first page), `seite` (any other page, still loading) or the
//! id of an application (its first page). Without a file such as `shared/texte/en.json` it is German.

use std::{error::Error, fs, path::Path, process::ExitCode};

use frontend::{
    texte::Texte,
    vorschau::{Seite, Vorschau, Vorschauprops},
};
use shared::{antraege, texte::Texte as Sprachdatei};
use yew::LocalServerRenderer;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let page = args.next().unwrap_or_default();
    let html = args.next().map_or_else(|| Ok(Texte::default()), |it| read_texts(Path::new(&it)));
    match html.and_then(|texte| render(&page, texte)) {
        Ok(html) => {
            println!("{html}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("prerender: {error}");
            ExitCode::FAILURE
        }
    }
}

fn render(page: &str, texte: Texte) -> Result<String, Box<dyn Error>> {
    let seite = match page {
        "start" => Seite::Start,
        "quickcheck" => Seite::Check,
        "seite" => Seite::Rahmen,
        id => Seite::Einstieg(antraege::find(id).ok_or_else(|| {
            format!("`{id}` is not a page; it can be start, quickcheck, seite or the id of an application")
        })?),
    };
    let props = Vorschauprops { seite, texte };
    let renderer = LocalServerRenderer::<Vorschau>::with_props(props).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(runtime.block_on(tokio::task::LocalSet::new().run_until(renderer.render())))
}

fn read_texts(path: &Path) -> Result<Texte, Box<dyn Error>> {
    let json = serde_json::from_str(&fs::read_to_string(path)?)?;
    let tag = path.file_stem().unwrap_or_default().to_string_lossy();
    let datei = Sprachdatei::from_json(&tag, &json).ok_or("the file is no object of texts")?;
    Ok(Texte::new(datei))
}
