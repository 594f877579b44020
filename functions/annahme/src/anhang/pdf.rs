//! PDF: read from front to back, names and streams only (ISO 32000-2 §7.2, §7.3, §7.5.7).

use std::{borrow::Cow, collections::BTreeSet};

use super::{Beanstandung, contains};

/// Bytes that all object streams of a file may have when they are unpacked.
const ENTPACKT_MAX: usize = 32_000_000;

/// Names that make a PDF do something, or carry other files.
const AKTIV: [&[u8]; 7] =
    [b"JS", b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"XFA", b"RichMedia"];

/// A password is told first, since nothing else can be read then.
pub fn inspect(bytes: &[u8]) -> Result<(), Beanstandung> {
    let ende = &bytes[bytes.len().saturating_sub(1024)..];
    if !contains(ende, b"%%EOF") {
        return Err(Beanstandung::Beschaedigt);
    }
    let mut sieb = Sieb { entpackt_rest: ENTPACKT_MAX, ..Sieb::default() };
    let gelesen = sieb.datei(bytes);
    let oeffnet_aktion = sieb.beim_oeffnen.iter().any(|objekt| sieb.aktionen.contains(objekt));
    if sieb.has_passwort {
        Err(Beanstandung::Passwort)
    } else if sieb.is_aktiv || oeffnet_aktion {
        Err(Beanstandung::Aktiv)
    } else if gelesen.is_none() || !sieb.has_objekte {
        Err(Beanstandung::Beschaedigt)
    } else {
        Ok(())
    }
}

/// What was found so far.
#[derive(Default)]
struct Sieb {
    has_objekte: bool,
    has_passwort: bool,
    is_aktiv: bool,
    /// Numbers of the objects that are run at opening.
    beim_oeffnen: BTreeSet<u32>,
    /// Numbers of objects that are actions which do more than turn to a page, or other things that
    /// have an /S.
    aktionen: BTreeSet<u32>,
    entpackt_rest: usize,
}

/// What the dictionary before a stream says about it.
#[derive(Default)]
struct Woerterbuch {
    is_objstm: bool,
    filter: Filter,
    has_predictor: bool,
    laenge: Option<usize>,
    anzahl: Option<usize>,
    erstes: Option<usize>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    Keiner,
    Flate,
    Anderer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Zeichen<'a> {
    Name(Cow<'a, [u8]>),
    /// A number or a keyword.
    Wort(&'a [u8]),
    WoerterbuchAuf,
    WoerterbuchZu,
    ListeAuf,
    ListeZu,
    Text,
}

impl Sieb {
    /// Reads a file. `None` if a text in it never ends.
    fn datei(&mut self, bytes: &[u8]) -> Option<()> {
        let mut leser = Leser { bytes, stelle: 0 };
        let mut objekt = 0;
        // The last two words, which stand before `obj`.
        let mut worte: [&[u8]; 2] = [b"", b""];
        let mut buch = Woerterbuch::default();
        let mut tiefe = 0_u32;
        while let Some(zeichen) = leser.next()? {
            match zeichen {
                Zeichen::WoerterbuchAuf => tiefe += 1,
                Zeichen::WoerterbuchZu => tiefe = tiefe.saturating_sub(1),
                Zeichen::Name(name) => {
                    self.name(&name, objekt, &leser)?;
                    if tiefe == 1 {
                        buch.add(&name, &leser)?;
                    } else if *name == *b"Predictor" {
                        buch.has_predictor = true;
                    }
                }
                Zeichen::Wort(b"obj") => {
                    self.has_objekte = true;
                    objekt = zahl(worte[0])?;
                    buch = Woerterbuch::default();
                    tiefe = 0;
                }
                Zeichen::Wort(b"stream") => {
                    let inhalt = leser.stream(buch.laenge)?;
                    if buch.is_objstm {
                        self.objektstrom(&buch, inhalt)?;
                    }
                }
                Zeichen::Wort(wort) => worte = [worte[1], wort],
                Zeichen::ListeAuf | Zeichen::ListeZu | Zeichen::Text => {}
            }
        }
        Some(())
    }

    /// An object stream hides objects from everyone who does not unpack it. One that we cannot
    /// unpack may hide anything.
    fn objektstrom(&mut self, buch: &Woerterbuch, inhalt: &[u8]) -> Option<()> {
        let entpackt = match buch.filter {
            _ if buch.has_predictor => None,
            Filter::Keiner => Some(Cow::Borrowed(inhalt)),
            Filter::Flate => {
                let grenze = self.entpackt_rest;
                match miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(inhalt, grenze) {
                    Ok(entpackt) => Some(Cow::Owned(entpackt)),
                    Err(fehler)
                        if fehler.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput =>
                    {
                        None
                    }
                    // Damaged, or behind a password.
                    Err(_) => return None,
                }
            }
            Filter::Anderer => None,
        };
        let Some(entpackt) = entpackt else {
            self.is_aktiv = true;
            return Some(());
        };
        self.entpackt_rest = self.entpackt_rest.saturating_sub(entpackt.len());
        let kopf = entpackt.get(..buch.erstes?)?;
        let mut zahlen =
            kopf.split(|byte| byte.is_ascii_whitespace()).filter(|wort| !wort.is_empty()).map(zahl);
        let mut objekte: Vec<(u32, usize)> = Vec::new();
        for _ in 0..buch.anzahl?.min(kopf.len()) {
            let (nummer, versatz) = (zahlen.next()??, zahlen.next()??);
            objekte.push((nummer, buch.erstes?.checked_add(versatz as usize)?));
        }
        objekte.sort_by_key(|(_, anfang)| *anfang);
        let enden: Vec<usize> = objekte.iter().skip(1).map(|(_, anfang)| *anfang).collect();
        for (i, (nummer, anfang)) in objekte.into_iter().enumerate() {
            let ende = enden.get(i).copied().unwrap_or(entpackt.len());
            let mut leser = Leser { bytes: entpackt.get(anfang..ende)?, stelle: 0 };
            while let Some(zeichen) = leser.next()? {
                if let Zeichen::Name(name) = zeichen {
                    self.name(&name, nummer, &leser)?;
                }
            }
        }
        Some(())
    }

    fn name(&mut self, name: &[u8], objekt: u32, leser: &Leser<'_>) -> Option<()> {
        match name {
            b"Encrypt" => self.has_passwort = true,
            b"OpenAction" => self.open_action(leser.clone())?,
            b"S" => {
                let wert = leser.clone().next()?;
                if !matches!(wert, Some(Zeichen::Name(name)) if is_harmlos(&name)) {
                    self.aktionen.insert(objekt);
                }
            }
            _ if AKTIV.contains(&name) => self.is_aktiv = true,
            _ => {}
        }
        Some(())
    }

    fn open_action(&mut self, mut leser: Leser<'_>) -> Option<()> {
        match leser.next()? {
            // A page to turn to.
            Some(Zeichen::ListeAuf) | None => {}
            Some(Zeichen::WoerterbuchAuf) => {
                let mut tiefe = 1_u32;
                let mut is_harmlose_art = false;
                while let Some(zeichen) = leser.next()? {
                    match zeichen {
                        Zeichen::WoerterbuchAuf => tiefe += 1,
                        Zeichen::WoerterbuchZu => tiefe -= 1,
                        Zeichen::Name(name) if *name == *b"S" && tiefe == 1 => {
                            let art = leser.clone().next()?;
                            is_harmlose_art =
                                matches!(art, Some(Zeichen::Name(art)) if is_harmlos(&art));
                        }
                        _ => {}
                    }
                    if tiefe == 0 {
                        break;
                    }
                }
                self.is_aktiv |= !is_harmlose_art;
            }
            Some(Zeichen::Wort(wort)) => {
                self.beim_oeffnen.extend(zahl(wort));
            }
            Some(_) => self.is_aktiv = true,
        }
        Some(())
    }
}

impl Woerterbuch {
    fn add(&mut self, name: &[u8], leser: &Leser<'_>) -> Option<()> {
        let mut leser = leser.clone();
        let wert = leser.next()?;
        let als_zahl = match &wert {
            Some(Zeichen::Wort(wort)) => zahl(wort),
            _ => None,
        };
        match name {
            b"Type" => {
                self.is_objstm |= matches!(&wert, Some(Zeichen::Name(typ)) if **typ == *b"ObjStm");
            }
            b"Filter" => self.filter = read_filter(wert, &mut leser)?,
            b"N" => self.anzahl = als_zahl.map(|zahl| zahl as usize),
            b"First" => self.erstes = als_zahl.map(|zahl| zahl as usize),
            b"Length" => {
                // A reference begins with a number, too.
                let is_verweis = matches!(leser.next()?, Some(Zeichen::Wort(_)));
                self.laenge = als_zahl.filter(|_| !is_verweis).map(|zahl| zahl as usize);
            }
            _ => {}
        }
        Some(())
    }
}

fn read_filter(wert: Option<Zeichen<'_>>, leser: &mut Leser<'_>) -> Option<Filter> {
    let one = |name: &[u8]| match name {
        b"FlateDecode" => Filter::Flate,
        _ => Filter::Anderer,
    };
    Some(match wert {
        Some(Zeichen::Name(name)) => one(&name),
        Some(Zeichen::ListeAuf) => match (leser.next()?, leser.next()?) {
            (Some(Zeichen::ListeZu), _) => Filter::Keiner,
            (Some(Zeichen::Name(name)), Some(Zeichen::ListeZu)) => one(&name),
            _ => Filter::Anderer,
        },
        _ => Filter::Anderer,
    })
}

/// Actions that turn pages.
fn is_harmlos(art: &[u8]) -> bool {
    matches!(art, b"GoTo" | b"Named")
}

fn zahl(wort: &[u8]) -> Option<u32> {
    std::str::from_utf8(wort).ok()?.parse().ok()
}

/// Parts a PDF into its tokens. `None` instead of a token: a text never ends.
#[derive(Clone)]
struct Leser<'a> {
    bytes: &'a [u8],
    stelle: usize,
}

impl<'a> Leser<'a> {
    fn next(&mut self) -> Option<Option<Zeichen<'a>>> {
        loop {
            let Some(&byte) = self.bytes.get(self.stelle) else { return Some(None) };
            let anfang = self.stelle;
            self.stelle += 1;
            let zeichen = match byte {
                b'%' => {
                    self.skip_while(|byte| !matches!(byte, b'\r' | b'\n'));
                    continue;
                }
                _ if is_leerraum(byte) => continue,
                b'(' => {
                    self.text()?;
                    Zeichen::Text
                }
                b'<' if self.bytes.get(self.stelle) == Some(&b'<') => {
                    self.stelle += 1;
                    Zeichen::WoerterbuchAuf
                }
                b'<' => {
                    self.skip_while(|byte| byte != b'>');
                    self.bytes.get(self.stelle)?;
                    self.stelle += 1;
                    Zeichen::Text
                }
                b'>' if self.bytes.get(self.stelle) == Some(&b'>') => {
                    self.stelle += 1;
                    Zeichen::WoerterbuchZu
                }
                b'[' => Zeichen::ListeAuf,
                b']' => Zeichen::ListeZu,
                b'>' | b')' | b'{' | b'}' => continue,
                b'/' => {
                    self.skip_while(is_regulaer);
                    Zeichen::Name(name(&self.bytes[anfang + 1..self.stelle]))
                }
                _ => {
                    self.skip_while(is_regulaer);
                    Zeichen::Wort(&self.bytes[anfang..self.stelle])
                }
            };
            return Some(Some(zeichen));
        }
    }

    fn skip_while(&mut self, gilt: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.stelle..];
        self.stelle += rest.iter().position(|&byte| !gilt(byte)).unwrap_or(rest.len());
    }

    /// A text in brackets, which may have brackets in it.
    fn text(&mut self) -> Option<()> {
        let mut tiefe = 1;
        while tiefe > 0 {
            match self.bytes.get(self.stelle)? {
                b'\\' => self.stelle += 1,
                b'(' => tiefe += 1,
                b')' => tiefe -= 1,
                _ => {}
            }
            self.stelle += 1;
        }
        Some(())
    }

    /// The contents of a stream, whose keyword was just read.
    fn stream(&mut self, laenge: Option<usize>) -> Option<&'a [u8]> {
        for ende in [b'\r', b'\n'] {
            if self.bytes.get(self.stelle) == Some(&ende) {
                self.stelle += 1;
            }
        }
        let rest = &self.bytes[self.stelle..];
        let is_ende = |laenge: &usize| {
            rest.get(*laenge..)
                .is_some_and(|danach| danach.trim_ascii_start().starts_with(b"endstream"))
        };
        let laenge = match laenge.filter(is_ende) {
            Some(laenge) => laenge,
            None => memchr::memmem::find(rest, b"endstream")?,
        };
        self.stelle += laenge;
        rest.get(..laenge)
    }
}

/// `J#53` is `JS`.
fn name(roh: &[u8]) -> Cow<'_, [u8]> {
    if !roh.contains(&b'#') {
        return Cow::Borrowed(roh);
    }
    let mut name = Vec::with_capacity(roh.len());
    let mut rest = roh;
    while let [byte, danach @ ..] = rest {
        let ziffern = danach
            .get(..2)
            .filter(|ziffern| *byte == b'#' && ziffern.iter().all(u8::is_ascii_hexdigit));
        let hex = ziffern
            .and_then(|ziffern| u8::from_str_radix(std::str::from_utf8(ziffern).ok()?, 16).ok());
        match hex {
            Some(hex) => {
                name.push(hex);
                rest = &danach[2..];
            }
            None => {
                name.push(*byte);
                rest = danach;
            }
        }
    }
    Cow::Owned(name)
}

fn is_leerraum(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regulaer(byte: u8) -> bool {
    !is_leerraum(byte)
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
