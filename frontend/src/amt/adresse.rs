//! The addresses of the caseworkers' pages.

use std::fmt;

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adresse {
    Liste(Filter),
    /// A case, by its Vorgangsnummer.
    Vorgang(String),
    Betrieb,
    /// The register of laws.
    Recht,
    /// Messages that fit no case.
    Rueckmeldungen,
}

/// What the work list shows; empty values do not filter. Names and values as in the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub suche: String,
    pub antrag: String,
    pub zustellung: String,
    pub von: String,
    pub bis: String,
    /// Cursor of the page; empty: the first.
    pub seite_nach: String,
}

impl Filter {
    const NAMEN: [&str; 6] = ["suche", "antrag", "zustellung", "von", "bis", "seite_nach"];

    fn werte(&self) -> [&str; 6] {
        [&self.suche, &self.antrag, &self.zustellung, &self.von, &self.bis, &self.seite_nach]
    }

    fn wert(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "suche" => &mut self.suche,
            "antrag" => &mut self.antrag,
            "zustellung" => &mut self.zustellung,
            "von" => &mut self.von,
            "bis" => &mut self.bis,
            "seite_nach" => &mut self.seite_nach,
            _ => return None,
        })
    }

    /// `suche=VE&von=2026-11-01`, percent-encoded.
    pub fn query(&self) -> String {
        let paare = Filter::NAMEN.iter().zip(self.werte()).filter(|(_, wert)| !wert.is_empty());
        let paare: Vec<String> =
            paare.map(|(name, wert)| format!("{name}={}", encode(wert))).collect();
        paare.join("&")
    }

    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        self.werte().iter().take(5).all(|it| it.is_empty())
    }
}

impl Adresse {
    /// Reads a path with its query: `/amt?suche=VE`
    pub fn read(url: &str) -> Adresse {
        let url = url.split_once('#').map_or(url, |it| it.0);
        let (pfad, query) = url.split_once('?').unwrap_or((url, ""));
        let teile: Vec<&str> = pfad.split('/').filter(|it| !it.is_empty()).collect();
        match teile[..] {
            ["amt", "vorgang", nummer] => Adresse::Vorgang(decode(nummer)),
            ["amt", "betrieb"] => Adresse::Betrieb,
            ["amt", "recht"] => Adresse::Recht,
            ["amt", "rueckmeldungen"] => Adresse::Rueckmeldungen,
            _ => {
                let mut filter = Filter::default();
                for (name, wert) in query.split('&').filter_map(|it| it.split_once('=')) {
                    if let Some(feld) = filter.wert(name) {
                        *feld = decode(wert);
                    }
                }
                Adresse::Liste(filter)
            }
        }
    }
}

impl fmt::Display for Adresse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Adresse::Liste(filter) => match filter.query().as_str() {
                "" => f.write_str("/amt"),
                query => write!(f, "/amt?{query}"),
            },
            Adresse::Vorgang(nummer) => write!(f, "/amt/vorgang/{}", encode(nummer)),
            Adresse::Betrieb => f.write_str("/amt/betrieb"),
            Adresse::Recht => f.write_str("/amt/recht"),
            Adresse::Rueckmeldungen => f.write_str("/amt/rueckmeldungen"),
        }
    }
}

/// Percent-encoding of everything but letters, digits and `-._~` (RFC 3986).
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let decoded = match byte {
            b'%' => {
                let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else {
                    break;
                };
                u8::try_from(high * 16 + low).unwrap_or(b'?')
            }
            b'+' => b' ',
            byte => byte,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
        check("/amt", &Adresse::Liste(Filter::default()));
        check("/amt/betrieb", &Adresse::Betrieb);
        check("/amt/recht", &Adresse::Recht);
        check("/amt/rueckmeldungen", &Adresse::Rueckmeldungen);
        check("/amt/vorgang/VE-7K4M-9HXD-3F", &Adresse::Vorgang("VE-7K4M-9HXD-3F".to_owned()));
        let filter = Filter {
            suche: "Łódź & Co".to_owned(),
            von: "2026-11-01".to_owned(),
            ..Filter::default()
        };
        check("/amt?suche=%C5%81%C3%B3d%C5%BA%20%26%20Co&von=2026-11-01", &Adresse::Liste(filter));
    }
}
