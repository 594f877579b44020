//! The files of a site before they are written: names made from contents, and compression.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::Path,
};

use anyhow::{Context, Result};
use flate2::{Compression, read::GzEncoder};
use sha2::{Digest, Sha256};

/// A site by path, without a leading slash.
#[derive(Debug, Default)]
pub struct Site {
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
struct File {
    raw: Vec<u8>,
    /// Brotli and gzip; `None` where compressing again gains nothing.
    packed: Option<(Vec<u8>, Vec<u8>)>,
}

impl Site {
    /// Adds a file under its own name.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        let packed = (!path.ends_with(".woff2") && !path.ends_with(".png")).then(|| pack(bytes));
        self.files.insert(path.to_owned(), File { raw: bytes.to_owned(), packed });
    }

    /// Adds a file to `assets/` under a name that changes with its contents, and gives the path
    /// under which it is served: `kern.css` becomes `/assets/kern-3f2a….css`.
    pub fn add_hashed(&mut self, name: &str, bytes: &[u8]) -> String {
        let (stem, extension) = name.rsplit_once('.').expect("an asset's name has an extension");
        let mut hash = Hash::default();
        hash.add(bytes);
        let path = format!("assets/{stem}-{}.{extension}", hash.hex());
        self.add(&path, bytes);
        format!("/{path}")
    }

    /// Prints what goes over the wire, largest first.
    pub fn print_sizes(&self) {
        let mut sizes: Vec<_> = self
            .files
            .iter()
            .map(|(path, file)| {
                (file.packed.as_ref().map_or(file.raw.len(), |it| it.0.len()), path)
            })
            .collect();
        sizes.sort_by(|a, b| b.cmp(a));
        for (size, path) in sizes.iter().take(8) {
            eprintln!("   {:>7.1} kB  {path}", *size as f64 / 1000.0);
        }
    }

    /// Puts the site in the place of what is at `dir`.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let new = dir.with_extension(format!("new-{}", std::process::id()));
        for (path, file) in &self.files {
            let path = new.join(path);
            fs::create_dir_all(path.parent().expect("a file lies in a folder"))?;
            fs::write(&path, &file.raw)
                .with_context(|| format!("cannot write {}", path.display()))?;
            if let Some((br, gz)) = &file.packed {
                let mut packed = path.into_os_string();
                packed.push(".br");
                fs::write(&packed, br)?;
                let name = packed.to_string_lossy().replace(".br", ".gz");
                fs::write(name, gz)?;
            }
        }
        if dir.is_dir() {
            fs::remove_dir_all(dir)?;
        }
        fs::rename(&new, dir).with_context(|| format!("cannot write {}", dir.display()))
    }
}

/// A short hash of several pieces, each apart from the next.
#[derive(Default)]
pub struct Hash(Sha256);

impl Hash {
    /// Adds a piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// 12 hex digits: enough to tell versions of a file apart.
    pub fn hex(self) -> String {
        self.0.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn pack(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut br = Vec::new();
    // Quality 11 and a window of 4 MB: the best there is; it is done once.
    let mut writer = brotli::CompressorWriter::new(&mut br, 1 << 16, 11, 22);
    writer.write_all(bytes).and_then(|()| writer.flush()).expect("a Vec takes everything");
    drop(writer);
    let mut gz = Vec::new();
    GzEncoder::new(bytes, Compression::best())
        .read_to_end(&mut gz)
        .expect("a slice gives everything");
    (br, gz)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_follows_the_contents() {
        let mut site = Site::default();
        let one = site.add_hashed("a.css", b"1");
        assert_eq!(site.add_hashed("a.css", b"1"), one);
        assert_ne!(site.add_hashed("a.css", b"2"), one);
        assert!(one.starts_with("/assets/a-") && one.ends_with(".css"));
    }

    #[test]
    fn packed_forms_hold_the_same_bytes() {
        let text = "Verpflichtungserklärung ".repeat(100);
        let (br, gz) = pack(text.as_bytes());
        let mut from_br = String::new();
        brotli::Decompressor::new(&br[..], 4096).read_to_string(&mut from_br).unwrap();
        let mut from_gz = String::new();
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut from_gz).unwrap();
        assert_eq!((from_br, from_gz), (text.clone(), text));
    }
}
