//! What a Behörde sets for its own: places it is responsible for, and wordings with a version.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    angaben::Angaben,
    din91379::{self, Datentyp, is_word, upper},
    formular::{Datenfeld, Datentyp as Typ, Einstellungen, Formular, Inhalt, Kontext},
    recht::Gueltigkeit,
    texte::Texte,
    werte::{Datum, Wert},
};

/// The postcodes of a Behörde and of its neighbours. Empty: nothing is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verzeichnis {
    gebiete: BTreeMap<String, Gebiet>,
}

/// A postcode.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gebiet {
    /// Names of places; empty: any.
    orte: Vec<String>,
    /// Who is responsible there, if it is not this Behörde.
    behoerde: Option<String>,
}

/// What a [`Verzeichnis`] says of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zustaendigkeit<'a> {
    /// This Behörde, or nobody has said.
    Eigene,
    /// Another one, by name where it is known.
    Andere(Option<&'a str>),
}

impl Verzeichnis {
    /// Reads `{"12345": {"orte": ["Musterstadt"]}, "12399": {"orte": […], "behoerde": "Landkreis
    /// Muster"}}`. `null` is the empty one.
    pub fn from_json(json: &Value) -> Option<Verzeichnis> {
        if json.is_null() {
            return Some(Verzeichnis::default());
        }
        let mut gebiete = BTreeMap::new();
        for (plz, gebiet) in json.as_object()? {
            let known = ["orte", "behoerde"];
            if !crate::bausteine::is_plz(plz)
                || !gebiet.as_object()?.keys().all(|it| known.contains(&it.as_str()))
            {
                return None;
            }
            let orte = match gebiet.get("orte") {
                None => Vec::new(),
                Some(orte) => orte
                    .as_array()?
                    .iter()
                    .map(|it| it.as_str().map(str::to_owned))
                    .collect::<Option<_>>()?,
            };
            let behoerde = match gebiet.get("behoerde") {
                None => None,
                Some(name) => Some(text(name)?),
            };
            gebiete.insert(plz.clone(), Gebiet { orte, behoerde });
        }
        Some(Verzeichnis { gebiete })
    }

    /// Whether place and postcode can belong together: of a postcode that is not in the Verzeichnis
    /// nothing is known.
    pub fn fits(&self, plz: &str, ort: &str) -> bool {
        let ort = upper(ort.trim());
        self.gebiete.get(plz).is_none_or(|it| {
            it.orte.is_empty() || it.orte.iter().any(|name| is_place(&upper(name), &ort))
        })
    }

    /// Who is responsible for whoever lives there.
    pub fn zustaendig(&self, plz: &str) -> Zustaendigkeit<'_> {
        match self.gebiete.get(plz) {
            _ if self.gebiete.is_empty() => Zustaendigkeit::Eigene,
            None => Zustaendigkeit::Andere(None),
            Some(Gebiet { behoerde: None, .. }) => Zustaendigkeit::Eigene,
            Some(Gebiet { behoerde: Some(name), .. }) => Zustaendigkeit::Andere(Some(name)),
        }
    }
}

/// `BIELEFELD` is also `BIELEFELD-MITTE` and `BIELEFELD (MITTE)`, but not `BIELEFELDERLAND`.
fn is_place(name: &str, ort: &str) -> bool {
    ort.strip_prefix(name).is_some_and(|rest| !rest.starts_with(is_word))
}

/// Texts that a Behörde supplies in place of those of a declaration, with a version that travels with
/// the application: the wording of a Bekenntnis or of a Belehrung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Textblock {
    /// Key of the Feld that holds the version.
    feld: String,
    version: String,
    gueltig: (Datum, Option<Datum>),
    /// By key, as in the files of other languages.
    texte: BTreeMap<String, String>,
}

impl Textblock {
    /// Reads `[{"feld": "eb.bekenntnis.textVersion", "version": "…", "gueltigAb": "JJJJ-MM-TT",
    /// "gueltigBis"?: "JJJJ-MM-TT", "texte": {"label.eb.bekenntnis.fdgo.a": "…"}}]`. `null` is the
    /// empty list.
    ///
    /// Whether the keys mean something is asked with [`Textblock::is_known`].
    pub fn list_from_json(json: &Value) -> Option<Vec<Textblock>> {
        if json.is_null() {
            return Some(Vec::new());
        }
        json.as_array()?.iter().map(Textblock::from_json).collect()
    }

    fn from_json(json: &Value) -> Option<Textblock> {
        let known = ["feld", "version", "gueltigAb", "gueltigBis", "texte"];
        if !json.as_object()?.keys().all(|it| known.contains(&it.as_str())) {
            return None;
        }
        let datum = |name: &str| json[name].as_str().and_then(Datum::read);
        let bis = match json.get("gueltigBis") {
            None => None,
            Some(_) => Some(datum("gueltigBis")?),
        };
        let mut texte = BTreeMap::new();
        for (key, wording) in json["texte"].as_object()? {
            texte.insert(key.clone(), text(wording)?);
        }
        Some(Textblock {
            feld: json["feld"].as_str()?.to_owned(),
            version: text(&json["version"])?,
            gueltig: (datum("gueltigAb")?, bis),
            texte,
        })
    }

    /// Whether these forms have the Feld with the version and all texts, and whether a message can
    /// carry the version.
    pub fn is_known(&self, formulare: &[&Formular]) -> bool {
        let is_feld = formulare.iter().any(|formular| {
            let mut found = false;
            formular.for_each_inhalt(|_, inhalt| {
                if let Inhalt::Feld(feld) = inhalt {
                    let fits =
                        i64::try_from(self.version.chars().count()).is_ok_and(|it| it <= feld.max);
                    found |= feld.key == self.feld && !feld.vorgabe.is_empty() && fits;
                }
            });
            found
        });
        let has_text = |key: &String| {
            formulare.iter().any(|it| it.texte().iter().any(|(other, _)| other == key))
        };
        is_feld && self.texte.keys().all(has_text)
    }

    /// What the Feld with the version has to hold.
    pub fn version(&self) -> &str {
        &self.version
    }

    fn holds_on(&self, stichtag: Datum) -> bool {
        let (ab, bis) = self.gueltig;
        Gueltigkeit { ab: Some(ab), bis }.holds_on(stichtag)
    }
}

impl Einstellungen {
    /// The wording that the Behörde has set for this day: of those that hold, the one that began
    /// last.
    pub fn textblock(&self, feld: &str, stichtag: Datum) -> Option<&Textblock> {
        let of_feld = self.textbloecke.iter().filter(|it| it.feld == feld);
        of_feld.filter(|it| it.holds_on(stichtag)).max_by_key(|it| it.gueltig.0)
    }

    /// What a Feld that nobody is asked for holds on this day: a version, or what the declaration
    /// says.
    pub fn vorgabe<'a>(&'a self, feld: &Datenfeld, stichtag: Datum) -> &'a str {
        self.textblock(feld.key, stichtag).map_or(feld.vorgabe, Textblock::version)
    }

    /// Whether the answer is the version of the day. Where the Behörde has set none, any is.
    pub fn is_current(&self, feld: &Datenfeld, answer: Option<&str>, stichtag: Datum) -> bool {
        self.textblock(feld.key, stichtag).is_none_or(|it| answer == Some(it.version()))
    }

    /// Puts the wordings of the day in the place of others.
    pub fn apply_to(&self, texte: &mut Texte, stichtag: Datum) {
        let current = |it: &&Textblock| self.textblock(&it.feld, stichtag) == Some(*it);
        for block in self.textbloecke.iter().filter(current) {
            texte.replace(&block.texte);
        }
    }

    /// The German texts in the wordings whose versions are in these answers, old ones too.
    pub fn texte_of(&self, angaben: &Angaben) -> Texte {
        let mut texte = Texte::deutsch();
        let last = |path: &str| path.rsplit('.').next().map(str::to_owned);
        for block in &self.textbloecke {
            let feld = last(&block.feld);
            if angaben.iter().any(|(pfad, text)| text == block.version && last(pfad) == feld) {
                texte.replace(&block.texte);
            }
        }
        texte
    }
}

impl Formular {
    /// Takes back what was confirmed in another wording than that of the day: the ticks of its page
    /// and the version.
    pub fn renew(&self, angaben: &mut Angaben, kontext: Kontext<'_>) {
        let asked = self.prune(angaben, kontext.stichtag);
        for ort in self.seiten(&asked, kontext.stichtag) {
            let felder = || {
                ort.seite.inhalt.iter().filter_map(|it| match it {
                    Inhalt::Feld(feld) => Some((format!("{}{}", ort.praefix, feld.id), *feld)),
                    _ => None,
                })
            };
            let is_old = felder().any(|(pfad, feld)| {
                let vorgabe = kontext.einstellungen.vorgabe(feld, kontext.stichtag);
                !vorgabe.is_empty() && asked.text(&pfad).is_some_and(|it| it != vorgabe)
            });
            if !is_old {
                continue;
            }
            for (pfad, feld) in felder() {
                if !feld.vorgabe.is_empty() || matches!(feld.datentyp, Typ::Bestaetigung) {
                    angaben.set(&pfad, "");
                }
            }
        }
    }
}

/// A text that a person may read and a message can carry.
fn text(json: &Value) -> Option<String> {
    let text = din91379::normalize(json.as_str()?.trim());
    let fits = !text.is_empty() && din91379::first_invalid(&text, Datentyp::C).is_none();
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::antraege::{self, ANTRAEGE};

    #[track_caller]
    fn check_ort(plz: &str, ort: &str, fits: bool, zustaendig: Zustaendigkeit<'_>) {
        let json = json!({
            "33602": {"orte": ["Bielefeld"]},
            "33605": {},
            "33818": {"orte": ["Leopoldshöhe"], "behoerde": "Kreis Lippe"},
        });
        let verzeichnis = Verzeichnis::from_json(&json).unwrap();
        assert_eq!((verzeichnis.fits(plz, ort), verzeichnis.zustaendig(plz)), (fits, zustaendig));
        let nothing = Verzeichnis::default();
        assert_eq!(
            (nothing.fits(plz, ort), nothing.zustaendig(plz)),
            (true, Zustaendigkeit::Eigene)
        );
    }

    #[test]
    fn a_place_is_ours_or_of_others() {
        check_ort("33602", "Bielefeld", true, Zustaendigkeit::Eigene);
        check_ort("33602", " BIELEFELD-Mitte", true, Zustaendigkeit::Eigene);
        check_ort("33602", "Bielefelderland", false, Zustaendigkeit::Eigene);
        check_ort("33602", "Bochum", false, Zustaendigkeit::Eigene);
        check_ort("33605", "Irgendwo", true, Zustaendigkeit::Eigene);
        check_ort("33818", "Leopoldshöhe", true, Zustaendigkeit::Andere(Some("Kreis Lippe")));
        check_ort("44787", "Bochum", true, Zustaendigkeit::Andere(None));
    }

    #[test]
    fn a_setting_that_cannot_be_meant_is_refused() {
        let verzeichnis = |json: Value| Verzeichnis::from_json(&json);
        assert_eq!(verzeichnis(json!(null)), Some(Verzeichnis::default()));
        for falsch in [json!([]), json!({"1": {}}), json!({"33602": {"ort": "Bielefeld"}})] {
            assert_eq!(verzeichnis(falsch.clone()), None, "{falsch}");
        }
        let block = |feld: &str, key: &str, version: &str| {
            let texte = json!({ key: "Ich bekenne mich." });
            let block = json!({"feld": feld, "version": version, "gueltigAb": "2026-01-01", "texte": texte});
            let blocks = Textblock::list_from_json(&json!([block]));
            blocks.is_some_and(|it| it.iter().all(|it| it.is_known(ANTRAEGE)))
        };
        let (feld, key) = ("eb.bekenntnis.textVersion", "label.eb.bekenntnis.fdgo.a");
        assert!(block(feld, key, "stadt-1"));
        assert!(!block("eb.antrag.art", key, "stadt-1"));
        assert!(!block(feld, "label.gibtEsNicht", "stadt-1"));
        assert!(!block(feld, key, ""));
    }

    #[test]
    fn a_wording_holds_for_a_time_and_stays_with_its_version() {
        let block = |version: &str, ab: &str, bis: Option<&str>, text: &str| {
            let mut json = json!({
                "feld": "eb.bekenntnis.textVersion", "version": version, "gueltigAb": ab,
                "texte": {"label.eb.bekenntnis.fdgo.e": text},
            });
            if let Some(bis) = bis {
                json["gueltigBis"] = json!(bis);
            }
            json
        };
        let json = json!([
            block("stadt-1", "2026-01-01", None, "Eins."),
            block("stadt-2", "2026-07-01", Some("2026-12-31"), "Zwei."),
        ]);
        let textbloecke = Textblock::list_from_json(&json).unwrap();
        let einstellungen = Einstellungen { textbloecke, ..Einstellungen::default() };
        let einbuergerung = antraege::find("einbuergerung").unwrap();
        let version = |it: &&Datenfeld| it.key == "eb.bekenntnis.textVersion";
        let felder = einbuergerung.felder();
        let feld = felder.iter().copied().find(version).unwrap();
        let am = |tag: &str| {
            let tag = Datum::read(tag).unwrap();
            let mut texte = Texte::deutsch();
            einstellungen.apply_to(&mut texte, tag);
            let text = texte.get("label.eb.bekenntnis.fdgo.e", "Gesetz.").to_owned();
            (einstellungen.vorgabe(feld, tag).to_owned(), text)
        };
        let pair = |version: &str, text: &str| (version.to_owned(), text.to_owned());
        assert_eq!(am("2025-12-31"), pair(feld.vorgabe, "Gesetz."));
        assert_eq!(am("2026-06-30"), pair("stadt-1", "Eins."));
        assert_eq!(am("2026-07-01"), pair("stadt-2", "Zwei."));
        assert_eq!(am("2027-01-01"), pair("stadt-1", "Eins."));

        let mut angaben = Angaben::default();
        angaben.set("personen[0].bekenntnis.textVersion", "stadt-2");
        let texte = einstellungen.texte_of(&angaben);
        assert_eq!(texte.get("label.eb.bekenntnis.fdgo.e", "Gesetz."), "Zwei.");
    }

    #[test]
    fn another_wording_is_confirmed_anew() {
        let texte = json!({"label.belehrung.punkte[0]": "Ich bezahle."});
        let json = json!([{
            "feld": "belehrung.merkblattVersion", "version": "stadt-1", "gueltigAb": "2026-01-01",
            "texte": texte,
        }]);
        let textbloecke = Textblock::list_from_json(&json).unwrap();
        let einstellungen = Einstellungen { textbloecke, ..Einstellungen::default() };
        let kontext = Kontext { stichtag: Datum::new(2026, 11, 23), einstellungen: &einstellungen };
        let formular = antraege::find("verpflichtungserklaerung").unwrap();
        let check = |version: &str, expect: Option<&str>| {
            let mut angaben = Angaben::default();
            angaben.set("belehrung.punkte[0]", "true");
            angaben.set("belehrung.merkblattVersion", version);
            formular.renew(&mut angaben, kontext);
            assert_eq!(angaben.text("belehrung.punkte[0]"), expect);
        };
        check("stadt-1", Some("true"));
        check("2026-08", None);
    }
}
