//! The addresses of the applicants' pages: a small router on the browser's history.

use std::fmt;

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adresse {
    Start,
    /// A page about an application.
    Antrag {
        /// Id of the form.
        antrag: String,
        ziel: Ziel,
    },
    /// A page of the Quick-Check.
    Check(Checkziel),
    /// "Stand meines Antrags"
    Stand,
    Auskunft(Auskunft),
    /// There is no such page.
    Unbekannt,
}

/// A page of the Quick-Check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checkziel {
    /// What it is good for.
    Einstieg,
    Seite {
        seite: String,
        /// Whether it was opened from the result, to go back there.
        aendern: bool,
    },
    Ergebnis,
}

/// A page about one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ziel {
    /// What it is about and what one needs.
    Einstieg,
    /// The task list.
    Aufgaben,
    Seite(Seitenziel),
    /// The receipt.
    Fertig,
}

/// A page of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seitenziel {
    pub seite: String,
    /// The entry that it asks about, with a full stop: `personen[1].`; else empty.
    pub praefix: String,
    /// Whether it was opened from the summary, to go back there.
    pub aendern: bool,
    /// The element to go to, if not the heading.
    pub anker: String,
}

/// Pages that only tell something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auskunft {
    Datenschutz,
    Barrierefreiheit,
    Impressum,
    Hilfe,
}

const AUSKUENFTE: [(&str, Auskunft); 4] = [
    ("datenschutz", Auskunft::Datenschutz),
    ("barrierefreiheit", Auskunft::Barrierefreiheit),
    ("impressum", Auskunft::Impressum),
    ("hilfe", Auskunft::Hilfe),
];

impl Adresse {
    /// Reads a path with its query and fragment: `/antrag/x/name?aendern=1#f-vornamen`.
    pub fn read(url: &str) -> Adresse {
        let (url, anker) = url.split_once('#').unwrap_or((url, ""));
        let (pfad, query) = url.split_once('?').unwrap_or((url, ""));
        let teile: Vec<&str> = pfad.split('/').filter(|it| !it.is_empty()).collect();
        match teile[..] {
            [] | ["index.html"] => Adresse::Start,
            ["status"] => Adresse::Stand,
            ["quick-check"] => Adresse::Check(Checkziel::Einstieg),
            ["quick-check", "ergebnis"] => Adresse::Check(Checkziel::Ergebnis),
            ["quick-check", seite] => Adresse::Check(Checkziel::Seite {
                seite: seite.to_owned(),
                aendern: query.split('&').any(|it| it == "aendern=1"),
            }),
            ["antrag", antrag] => Adresse::antrag(antrag, Ziel::Einstieg),
            ["antrag", antrag, "aufgaben"] => Adresse::antrag(antrag, Ziel::Aufgaben),
            ["antrag", antrag, "fertig"] => Adresse::antrag(antrag, Ziel::Fertig),
            ["antrag", antrag, seite] => {
                let mut ziel = Seitenziel {
                    seite: seite.to_owned(),
                    anker: anker.to_owned(),
                    ..Seitenziel::default()
                };
                for paar in query.split('&') {
                    match paar.split_once('=') {
                        Some(("fuer", entry)) => ziel.praefix = read_praefix(entry),
                        Some(("aendern", _)) => ziel.aendern = true,
                        _ => {}
                    }
                }
                Adresse::antrag(antrag, Ziel::Seite(ziel))
            }
            [name] => AUSKUENFTE
                .iter()
                .find(|(it, _)| *it == name)
                .map_or(Adresse::Unbekannt, |(_, auskunft)| Adresse::Auskunft(*auskunft)),
            _ => Adresse::Unbekannt,
        }
    }

    pub fn antrag(antrag: &str, ziel: Ziel) -> Adresse {
        Adresse::Antrag { antrag: antrag.to_owned(), ziel }
    }
}

impl Checkziel {
    /// A page in its turn.
    pub fn seite(seite: &str) -> Checkziel {
        Checkziel::Seite { seite: seite.to_owned(), aendern: false }
    }
}

/// `personen.1` → `personen[1].`; empty where it is not such an entry.
fn read_praefix(entry: &str) -> String {
    match entry.rsplit_once('.') {
        Some((gruppe, index)) if index.parse::<usize>().is_ok() => format!("{gruppe}[{index}]."),
        _ => String::new(),
    }
}

impl fmt::Display for Adresse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Adresse::Start => f.write_str("/"),
            Adresse::Stand => f.write_str("/status"),
            Adresse::Check(Checkziel::Einstieg) => f.write_str("/quick-check"),
            Adresse::Check(Checkziel::Ergebnis) => f.write_str("/quick-check/ergebnis"),
            Adresse::Check(Checkziel::Seite { seite, aendern: false }) => {
                write!(f, "/quick-check/{seite}")
            }
            Adresse::Check(Checkziel::Seite { seite, aendern: true }) => {
                write!(f, "/quick-check/{seite}?aendern=1")
            }
            Adresse::Unbekannt => f.write_str("/nicht-gefunden"),
            Adresse::Auskunft(auskunft) => {
                let name = AUSKUENFTE.iter().find(|(_, it)| it == auskunft).map_or("", |it| it.0);
                write!(f, "/{name}")
            }
            Adresse::Antrag { antrag, ziel } => {
                write!(f, "/antrag/{antrag}")?;
                match ziel {
                    Ziel::Einstieg => Ok(()),
                    Ziel::Aufgaben => f.write_str("/aufgaben"),
                    Ziel::Fertig => f.write_str("/fertig"),
                    Ziel::Seite(seite) => write!(f, "/{seite}"),
                }
            }
        }
    }
}

impl fmt::Display for Seitenziel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.seite)?;
        let mut trenner = '?';
        if !self.praefix.is_empty() {
            let entry = self.praefix.trim_end_matches("].");
            write!(f, "?fuer={}", entry.replace('[', "."))?;
            trenner = '&';
        }
        if self.aendern {
            write!(f, "{trenner}aendern=1")?;
        }
        if !self.anker.is_empty() {
            write!(f, "#{}", self.anker)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, adresse: &Adresse) {
        assert_eq!(Adresse::read(url), *adresse);
        assert_eq!(adresse.to_string(), url);
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        check("/", &Adresse::Start);
        check("/status", &Adresse::Stand);
        check("/quick-check", &Adresse::Check(Checkziel::Einstieg));
        check("/quick-check/ergebnis", &Adresse::Check(Checkziel::Ergebnis));
        check("/quick-check/qc-ehe", &Adresse::Check(Checkziel::seite("qc-ehe")));
        let aendern = Checkziel::Seite { seite: "qc-ehe".to_owned(), aendern: true };
        check("/quick-check/qc-ehe?aendern=1", &Adresse::Check(aendern));
        check("/hilfe", &Adresse::Auskunft(Auskunft::Hilfe));
        check("/antrag/x", &Adresse::antrag("x", Ziel::Einstieg));
        check("/antrag/x/aufgaben", &Adresse::antrag("x", Ziel::Aufgaben));
        check("/antrag/x/fertig", &Adresse::antrag("x", Ziel::Fertig));
        let seite = |praefix: &str, aendern, anker: &str| {
            let (seite, praefix, anker) = ("name".to_owned(), praefix.to_owned(), anker.to_owned());
            Adresse::antrag("x", Ziel::Seite(Seitenziel { seite, praefix, aendern, anker }))
        };
        check("/antrag/x/name", &seite("", false, ""));
        check("/antrag/x/name?aendern=1", &seite("", true, ""));
        check("/antrag/x/name?fuer=personen.12", &seite("personen[12].", false, ""));
        check(
            "/antrag/x/name?fuer=personen.0&aendern=1#f-ort",
            &seite("personen[0].", true, "f-ort"),
        );
    }

    #[test]
    fn what_is_no_address_leads_nowhere() {
        for url in ["/nichts", "/antrag", "/antrag/x/y/z", "/status/mehr", "/amt/vorgang/1"] {
            assert_eq!(Adresse::read(url), Adresse::Unbekannt, "{url}");
        }
        let Adresse::Antrag { ziel: Ziel::Seite(seite), .. } =
            Adresse::read("/antrag/x/name?fuer=personen&sprache=en")
        else {
            panic!("a page")
        };
        assert_eq!(seite.praefix, "");
    }
}
