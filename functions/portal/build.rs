//! Embeds the built site. `PORTAL_WEB_DIR` names its folder, else it is `target/web`; each file
//! may lie beside itself compressed as `.br` and `.gz`.

use std::{
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=PORTAL_WEB_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    let dir = match env::var_os("PORTAL_WEB_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/web"),
    };
    // A folder that is not there yet counts as changed each time, which is what we want.
    println!("cargo::rerun-if-changed={}", dir.display());

    let mut paths = Vec::new();
    if dir.is_dir() {
        list(&dir, &mut paths)?;
    } else if env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        return Err("the site is not built: run `cargo xtask build --only web` first".into());
    }
    paths.sort();

    let mut table = String::from("&[\n");
    for path in &paths {
        write_file(&mut table, &dir, path)?;
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("dateien.rs"), table)?;
    Ok(())
}

fn list(dir: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => list(&path, paths)?,
            Some("br" | "gz") => {}
            _ => paths.push(path.canonicalize()?),
        }
    }
    Ok(())
}

fn write_file(table: &mut String, dir: &Path, path: &Path) -> Result<(), Box<dyn Error>> {
    let name = path.strip_prefix(dir.canonicalize()?)?.to_str().ok_or("a name is not UTF-8")?;
    let bytes = fs::read(path)?;
    let hash = Sha256::digest(&bytes);
    let stand: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(table, "Datei {{ pfad: {:?}, stand: {stand:?},", format!("/{name}"))?;
    writeln!(table, "medientyp: {:?},", medientyp(name)?)?;
    let stile =
        if name.ends_with(".html") { stile(std::str::from_utf8(&bytes)?) } else { String::new() };
    writeln!(table, "stile: {stile:?},")?;
    writeln!(table, "roh: include_bytes!({path:?}),")?;
    for extension in ["br", "gz"] {
        let packed = path.with_file_name(format!(
            "{}.{extension}",
            path.file_name().ok_or("a listed file has a name")?.display()
        ));
        match packed.is_file() {
            true => writeln!(table, "{extension}: Some(include_bytes!({packed:?})),")?,
            false => writeln!(table, "{extension}: None,")?,
        }
    }
    writeln!(table, "}},")?;
    Ok(())
}

/// What a Content-Security-Policy has to allow for the styles that stand in a page itself:
/// ` 'sha256-…'` for each.
fn stile(html: &str) -> String {
    let styles = html.split("<style>").skip(1).filter_map(|it| it.split("</style>").next());
    styles.map(|css| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(css)))).collect()
}

fn medientyp(name: &str) -> Result<&'static str, String> {
    Ok(match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => return Err(format!("{name}: no media type is known for this kind of file")),
    })
}
