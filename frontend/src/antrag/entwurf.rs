//! What is kept on the device: the answers of an application before it is sent, and the receipt
//! afterwards.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use shared::{angaben::Angaben, befund::Ort};

use crate::json;

/// An application that is being filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entwurf {
    pub angaben: Angaben,
    /// Pages that were left with 'Weiter'; see [`seite_key`].
    pub besucht: BTreeSet<String>,
    /// When pages with a Bedenkzeit were opened first, in milliseconds since 1970.
    pub bedenkzeit: BTreeMap<String, u64>,
    /// Where the server keeps the uploaded files.
    pub ablage: Option<Ablage>,
    /// Bytes of the uploaded files, by their id.
    pub groessen: BTreeMap<String, u64>,
    /// The link over which somebody else fills in a part; its token is the secret.
    pub link: Option<Ablage>,
    /// Ids of the files that came over it.
    pub fremde: BTreeSet<String>,
    /// A submit whose answer has not come yet.
    pub sendung: Option<Sendung>,
    /// Answers that were given elsewhere and carried over, as they came, by path.
    pub uebernommen: BTreeMap<String, String>,
}

/// A holder of uploads on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ablage {
    pub id: String,
    pub token: String,
}

impl Ablage {
    /// `{id, token}`
    pub fn to_json(&self) -> Value {
        let Ablage { id, token } = self;
        json::object([("id", Value::from(id.as_str())), ("token", Value::from(token.as_str()))])
    }
}

/// A submit of which it is not known whether it has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sendung {
    /// The idempotency key: whoever sends it twice gets one receipt.
    pub schluessel: String,
    /// What was sent under the key, oldest first: one of them may have arrived.
    pub inhalte: Vec<String>,
}

/// Begins the keys on this device; another number where the shape of what is stored changes.
const VERSION: &str = "portal.1";

/// Where the draft of an application is kept, by the application's id.
pub fn storage_key(antrag: &str) -> String {
    format!("{VERSION}.entwurf.{antrag}")
}

/// Where the link that was opened is kept, until the tab is closed.
pub const LINK_KEY: &str = "portal.1.link";

/// Where the receipt of an application is kept, by the application's id.
pub fn quittung_key(antrag: &str) -> String {
    format!("{VERSION}.quittung.{antrag}")
}

/// A page of a particular entry, as one text: `name`, `name@personen[1].`
pub fn seite_key(seite: &str, praefix: &str) -> String {
    match praefix {
        "" => seite.to_owned(),
        praefix => format!("{seite}@{praefix}"),
    }
}

/// As [`seite_key`], of where a Befund can be mended.
pub fn ort_key(ort: &Ort) -> String {
    seite_key(ort.seite, &ort.praefix)
}

impl Entwurf {
    pub fn is_empty(&self) -> bool {
        *self == Entwurf::default()
    }

    /// The text that is stored.
    pub fn encode(&self) -> String {
        let zahlen = |zahlen: &BTreeMap<String, u64>| {
            let mut json = Map::new();
            for (name, zahl) in zahlen {
                json.insert(name.clone(), Value::from(*zahl));
            }
            Value::Object(json)
        };
        let mut json = json::object([
            ("angaben", self.angaben.to_json(|_, text| Value::from(text))),
            ("besucht", json::list(&self.besucht)),
            ("bedenkzeit", zahlen(&self.bedenkzeit)),
            ("groessen", zahlen(&self.groessen)),
        ]);
        if let Some(ablage) = &self.ablage {
            json["ablage"] = ablage.to_json();
        }
        if let Some(link) = &self.link {
            json["link"] = link.to_json();
        }
        if !self.fremde.is_empty() {
            json["fremde"] = json::list(&self.fremde);
        }
        if !self.uebernommen.is_empty() {
            let mut uebernommen = Map::new();
            for (pfad, text) in &self.uebernommen {
                uebernommen.insert(pfad.clone(), Value::from(text.as_str()));
            }
            json["uebernommen"] = Value::Object(uebernommen);
        }
        if let Some(Sendung { schluessel, inhalte }) = &self.sendung {
            json["sendung"] = json::object([
                ("schluessel", Value::from(schluessel.as_str())),
                ("inhalte", json::list(inhalte)),
            ]);
        }
        json::write(&json)
    }

    /// Reads what was stored; what cannot be read is no draft.
    pub fn decode(text: &str) -> Entwurf {
        let json = json::parse(text).unwrap_or_default();
        let text = |json: &Value, name: &str| json[name].as_str().map(str::to_owned);
        let texte = |json: &Value| -> Vec<String> {
            let texte = json.as_array().into_iter().flatten();
            texte.filter_map(|it| it.as_str().map(str::to_owned)).collect()
        };
        let zahlen = |json: &Value| -> BTreeMap<String, u64> {
            let mut zahlen = BTreeMap::new();
            for (name, zahl) in json.as_object().into_iter().flatten() {
                if let Some(zahl) = zahl.as_u64() {
                    zahlen.insert(name.clone(), zahl);
                }
            }
            zahlen
        };
        // Entry by entry: to collect them all would sort, which is code for each type.
        let menge = |json: &Value| -> BTreeSet<String> {
            let mut menge = BTreeSet::new();
            for text in texte(json) {
                menge.insert(text);
            }
            menge
        };
        let mut uebernommen = BTreeMap::new();
        for (pfad, wert) in json["uebernommen"].as_object().into_iter().flatten() {
            if let Some(wert) = wert.as_str() {
                uebernommen.insert(pfad.clone(), wert.to_owned());
            }
        }
        let ablage = &json["ablage"];
        let sendung = &json["sendung"];
        Entwurf {
            angaben: Angaben::from_json(&json["angaben"]).unwrap_or_default(),
            besucht: menge(&json["besucht"]),
            bedenkzeit: zahlen(&json["bedenkzeit"]),
            ablage: text(ablage, "id")
                .zip(text(ablage, "token"))
                .map(|(id, token)| Ablage { id, token }),
            link: text(&json["link"], "id")
                .zip(text(&json["link"], "token"))
                .map(|(id, token)| Ablage { id, token }),
            fremde: menge(&json["fremde"]),
            groessen: zahlen(&json["groessen"]),
            uebernommen,
            sendung: text(sendung, "schluessel")
                .map(|schluessel| Sendung { schluessel, inhalte: texte(&sendung["inhalte"]) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let mut entwurf = Entwurf::default();
        assert_eq!(Entwurf::decode(&entwurf.encode()), entwurf);
        assert!(entwurf.is_empty());

        // As typed, blanks and leading zeros included.
        entwurf.angaben.set("a.b", " 007 ");
        entwurf.angaben.set("zeilen[2]", "x");
        entwurf.angaben.push_entry("leer");
        entwurf.angaben.push_entry("kinder");
        entwurf.angaben.push_entry("kinder");
        entwurf.angaben.set("kinder[1].name", "Łucja „Ł“ \\ \n");
        entwurf.besucht.insert(seite_key("name", "personen[1]."));
        entwurf.bedenkzeit.insert("seite".to_owned(), 1_795_000_000_000);
        entwurf.groessen.insert("d1".to_owned(), 12);
        entwurf.uebernommen.insert("a.b".to_owned(), " 007 ".to_owned());
        entwurf.ablage = Some(Ablage { id: "i".to_owned(), token: "t".to_owned() });
        entwurf.link = Some(Ablage { id: "l".to_owned(), token: "g".to_owned() });
        entwurf.fremde.insert("d9".to_owned());
        entwurf.sendung =
            Some(Sendung { schluessel: "s".to_owned(), inhalte: vec!["{}".to_owned()] });
        assert_eq!(Entwurf::decode(&entwurf.encode()), entwurf);
    }

    #[test]
    fn what_cannot_be_read_is_no_draft() {
        for text in ["", "{", "[]", "null", r#"{"angaben": [1], "besucht": 3, "ablage": "x"}"#] {
            assert!(Entwurf::decode(text).is_empty(), "{text}");
        }
    }
}
