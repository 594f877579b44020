//! What the server says about the town: `GET /api/konfiguration`.

use serde_json::Value;
use shared::{
    einstellungen::{Textblock, Verzeichnis},
    formular::{Bedarfsprofil, Einstellungen, Kontext},
    werte::Datum,
};

use crate::texte::{self, Texte};

/// Where the town's settings are kept, so that the next page shows them at once.
pub const KONFIGURATION_KEY: &str = "portal.1.konfiguration";

/// The town's settings. Whatever is missing is empty, so that nobody is held up by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Konfiguration {
    /// Today in Germany.
    pub heute: Datum,
    pub behoerde: Behoerde,
    pub einstellungen: Einstellungen,
    /// How long the pages with a Bedenkzeit stay open, in seconds.
    pub belehrung_sekunden: u64,
    pub grenzen: Grenzen,
    /// Ids of the applications that are offered; `None`: all.
    pub antraege: Option<Vec<String>>,
}

/// Who answers for the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behoerde {
    pub name: String,
    /// `Rathausplatz 1`, `12345 Musterstadt`
    pub anschrift: Vec<String>,
    pub telefon: String,
    pub email: String,
}

/// Limits of uploads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grenzen {
    /// Megabytes of one file.
    pub datei_mb: u64,
    /// Number of files.
    pub dateien: u64,
    /// Megabytes of all files.
    pub summe_mb: u64,
}

impl Konfiguration {
    /// What holds until the server has said more.
    pub fn new(heute: Datum) -> Konfiguration {
        Konfiguration {
            heute,
            behoerde: Behoerde::default(),
            einstellungen: Einstellungen::default(),
            belehrung_sekunden: 60,
            grenzen: Grenzen { datei_mb: 10, dateien: 20, summe_mb: 50 },
            antraege: None,
        }
    }

    /// Reads the server's answer.
    pub fn read(json: &Value, heute: Datum) -> Konfiguration {
        let sonst = Konfiguration::new(heute);
        let text = |json: &Value, name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let zahl = |json: &Value, sonst: u64| json.as_u64().unwrap_or(sonst);
        let behoerde = &json["behoerde"];
        let anschrift = &behoerde["anschrift"];
        let zeile = |a: &str, b: &str| {
            let zeile = format!("{} {}", text(anschrift, a), text(anschrift, b));
            zeile.trim().to_owned()
        };
        let mut zeilen = vec![zeile("strasse", "hausnummer"), zeile("plz", "ort")];
        zeilen.retain(|it| !it.is_empty());
        let grenzen = &json["grenzen"];
        Konfiguration {
            heute: json["heute"].as_str().and_then(|it| it.parse().ok()).unwrap_or(heute),
            behoerde: Behoerde {
                name: text(behoerde, "name"),
                anschrift: zeilen,
                telefon: text(behoerde, "telefon"),
                email: text(behoerde, "email"),
            },
            einstellungen: Einstellungen {
                bedarfsprofil: Bedarfsprofil::from_json(&json["bedarfsprofil"]),
                eid: json["eid"] == true,
                verzeichnis: Verzeichnis::from_json(&json["verzeichnis"]).unwrap_or_default(),
                textbloecke: Textblock::list_from_json(&json["textbloecke"]).unwrap_or_default(),
                // Deadlines are the caseworker's.
                land: None,
            },
            belehrung_sekunden: zahl(&json["belehrungSekunden"], sonst.belehrung_sekunden),
            grenzen: Grenzen {
                datei_mb: zahl(&grenzen["dateiMb"], sonst.grenzen.datei_mb),
                dateien: zahl(&grenzen["dateien"], sonst.grenzen.dateien),
                summe_mb: zahl(&grenzen["summeMb"], sonst.grenzen.summe_mb),
            },
            antraege: json["antraege"]
                .as_array()
                .map(|ids| ids.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()),
        }
    }

    /// What checks need to know.
    pub fn kontext(&self) -> Kontext<'_> {
        Kontext { stichtag: self.heute, einstellungen: &self.einstellungen }
    }

    /// Name of the town or office; in general words while it is not known.
    pub fn town<'a>(&'a self, texte: &'a Texte) -> &'a str {
        match self.behoerde.name.as_str() {
            "" => texte.get(texte::IHRE_BEHOERDE),
            name => name,
        }
    }

    /// Whether an application is offered.
    pub fn offers(&self, antrag: &str) -> bool {
        self.antraege.as_ref().is_none_or(|ids| ids.iter().any(|it| it == antrag))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_missing_holds_nobody_up() {
        let heute = Datum::new(2026, 11, 23);
        assert_eq!(Konfiguration::read(&json!({}), heute), Konfiguration::new(heute));
        assert_eq!(Konfiguration::read(&json!("?"), heute), Konfiguration::new(heute));
    }

    #[test]
    fn the_servers_answer_is_read() {
        let json = json!({
            "heute": "2026-11-24",
            "behoerde": {
                "name": "Stadt Musterstadt",
                "anschrift": {"strasse": "Rathausplatz", "hausnummer": "1", "plz": "12345", "ort": "Musterstadt"},
                "telefon": "+49 123", "email": "amt@example.invalid",
            },
            "bedarfsprofil": {"kurz": ["281.50", "140.75"], "lang": ["563", "390"]},
            "belehrungSekunden": 5, "eid": true,
            "grenzen": {"dateiMb": 1, "dateien": 2, "summeMb": 3}, "antraege": ["x"],
        });
        let it = Konfiguration::read(&json, Datum::new(2026, 11, 23));
        assert_eq!(it.heute, Datum::new(2026, 11, 24));
        assert_eq!(it.behoerde.anschrift, ["Rathausplatz 1", "12345 Musterstadt"]);
        assert!(it.einstellungen.eid && it.einstellungen.bedarfsprofil.is_some());
        assert_eq!(it.grenzen, Grenzen { datei_mb: 1, dateien: 2, summe_mb: 3 });
        assert!(it.offers("x") && !it.offers("y"));
    }
}
