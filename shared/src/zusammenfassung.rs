//! The answers as people read them: for the check-answers page, the PDF and the caseworker.

use crate::{
    angaben::{Angaben, Herkunft, View},
    befund::Ort,
    formular::{Datenfeld, Datentyp, Feldgruppe, Formular, Inhalt, Seite},
    texte::Texte,
    werte::{Datum, Dezimal, Euro, Ganzzahl, Teildatum, Wert},
};

/// The answers of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teil {
    pub titel: String,
    /// Title of the line of the task list that the page belongs to.
    pub schritt: String,
    /// Where they can be changed.
    pub ort: Ort,
    /// Who gave them: the applicant, or somebody else who filled in a part.
    pub herkunft: Herkunft,
    pub zeilen: Vec<Zeile>,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zeile {
    /// Path of the answer.
    pub pfad: String,
    /// The entry that it belongs to: `Person 2`; empty outside of groups.
    pub eintrag: String,
    pub label: String,
    /// Empty where there is no answer.
    pub antwort: String,
}

/// All that was asked and what was answered, page by page. Pages without a question are left out.
pub fn zusammenfassung(
    formular: &'static Formular,
    angaben: &Angaben,
    stichtag: Datum,
    texte: &Texte,
) -> Vec<Teil> {
    let asked = formular.prune(angaben, stichtag);
    let schreiber = Schreiber { formular, asked: &asked, stichtag, texte };
    let mut teile = Vec::new();
    for ort in formular.seiten(&asked, stichtag) {
        let mut zeilen = Vec::new();
        let eintrag = match ort.abschnitt.je {
            Some(gruppe) => schreiber.eintrag(gruppe, &ort.praefix),
            None => String::new(),
        };
        schreiber.inhalt(ort.seite.inhalt, &ort.praefix, &eintrag, &mut zeilen);
        if !zeilen.is_empty() {
            let schritt = format!("schritt.{}", ort.schritt.id);
            teile.push(Teil {
                titel: seitentitel(ort.seite, texte).to_owned(),
                schritt: texte.get(&schritt, ort.schritt.titel).to_owned(),
                ort: Ort { seite: ort.seite.id, praefix: ort.praefix },
                herkunft: formular
                    .zulieferung
                    .filter(|_| formular.is_zugeliefert(ort.schritt, &asked, stichtag))
                    .map_or(Herkunft::Eingabe, |it| it.herkunft),
                zeilen,
            });
        }
    }
    teile
}

/// Title of a page in the language of `texte`.
pub fn seitentitel<'a>(seite: &Seite, texte: &'a Texte) -> &'a str {
    texte.get(&format!("seite.{}.titel", seite.id), seite.titel)
}

/// What the entry of a group at `praefix` (`personen[1].`) is called: by what was answered about it,
/// else by its number: `Person 2`.
pub fn entry_name(gruppe: &Feldgruppe, angaben: &Angaben, praefix: &str, texte: &Texte) -> String {
    let own = gruppe.name.map(|name| name(&View::new(angaben).unter(praefix)));
    own.filter(|it| !it.is_empty()).unwrap_or_else(|| {
        let index = praefix.rsplit_once('[').and_then(|(_, rest)| rest.split_once(']'));
        let nummer = index.and_then(|(it, _)| it.parse::<usize>().ok()).map_or(1, |it| it + 1);
        let name = texte.get(&format!("gruppe.{}.eintrag", gruppe.id), gruppe.eintrag);
        format!("{name} {nummer}")
    })
}

/// What can be chosen where a question asks for an entry of a group (`personen[1]`): the codes of the
/// entries that are there, each with what the entry is called. `None` for other questions, and as
/// long as no entry is there.
pub fn eintraege(
    formular: &Formular,
    feld: &Datenfeld,
    angaben: &Angaben,
    texte: &Texte,
) -> Option<Vec<(&'static str, String)>> {
    let Datentyp::Auswahl(liste) = feld.datentyp else { return None };
    let (id, _) = liste.eintraege.first()?.0.strip_suffix(']')?.split_once('[')?;
    let mut gruppen = formular.abschnitte.iter().filter_map(|it| it.je);
    let gruppe = gruppen.find(|it| it.id == id)?;
    let entries: Vec<_> = liste
        .eintraege
        .iter()
        .filter(|(code, _)| angaben.has_any(code))
        .map(|(code, _)| (*code, entry_name(gruppe, angaben, &format!("{code}."), texte)))
        .collect();
    (!entries.is_empty()).then_some(entries)
}

/// Label of a Feld in the language of `texte`.
pub fn label<'a>(feld: &Datenfeld, texte: &'a Texte) -> &'a str {
    texte.get(&format!("label.{}", feld.key), feld.label)
}

/// An answer as people read it: codes by their meaning, dates as `TT.MM.JJJJ`. What cannot be read
/// is shown as it was typed.
pub fn antwort(feld: &Datenfeld, text: &str, texte: &Texte) -> String {
    let text = text.trim();
    let ja_nein = |ja: bool| match ja {
        true => texte.get("ui.ja", "Ja").to_owned(),
        false => texte.get("ui.nein", "Nein").to_owned(),
    };
    let read = match feld.datentyp {
        Datentyp::Datum => Datum::read(text).map(|it| it.to_string()),
        Datentyp::Teildatum => Teildatum::read(text).map(|it| it.to_string()),
        Datentyp::Ganzzahl => Ganzzahl::read(text).map(|it| it.0.to_string()),
        Datentyp::Euro => Euro::read(text).map(|it| format!("{} €", thousands(it.0))),
        Datentyp::Dezimal => Dezimal::read(text)
            .map(|it| format!("{},{:02}", thousands(it.hundertstel / 100), it.hundertstel % 100)),
        Datentyp::JaNein => bool::read(text).map(ja_nein),
        Datentyp::Bestaetigung => Some(ja_nein(text == "true")),
        Datentyp::Auswahl(liste) => liste
            .text(text)
            .map(|deutsch| texte.get(&format!("code.{}.{text}", liste.id), deutsch).to_owned()),
        _ => None,
    };
    read.unwrap_or_else(|| text.to_owned())
}

/// `1234567` → `1.234.567`
pub fn thousands(zahl: i64) -> String {
    let digits = zahl.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if zahl < 0 { format!("-{text}") } else { text }
}

struct Schreiber<'a> {
    formular: &'static Formular,
    asked: &'a Angaben,
    stichtag: Datum,
    texte: &'a Texte,
}

impl Schreiber<'_> {
    /// What the entry at `praefix` is called: by its name, else by its number.
    fn eintrag(&self, gruppe: &Feldgruppe, praefix: &str) -> String {
        entry_name(gruppe, self.asked, praefix, self.texte)
    }

    fn inhalt(
        &self,
        inhalt: &'static [Inhalt],
        praefix: &str,
        eintrag: &str,
        zeilen: &mut Vec<Zeile>,
    ) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) if feld.wenn.holds(self.asked, praefix, self.stichtag) => {
                    zeilen.extend(self.zeile(feld, praefix, eintrag));
                }
                Inhalt::Gruppe(gruppe) if gruppe.wenn.holds(self.asked, praefix, self.stichtag) => {
                    self.gruppe(gruppe, praefix, eintrag, zeilen);
                }
                Inhalt::Baustein(below, baustein) => {
                    let praefix = format!("{praefix}{below}");
                    if baustein.wenn.holds(self.asked, &praefix, self.stichtag) {
                        self.inhalt(baustein.inhalt, &praefix, eintrag, zeilen);
                    }
                }
                _ => {}
            }
        }
    }

    fn gruppe(
        &self,
        gruppe: &'static Feldgruppe,
        praefix: &str,
        eintrag: &str,
        zeilen: &mut Vec<Zeile>,
    ) {
        let pfad = format!("{praefix}{}", gruppe.id);
        let titel = self.texte.get(&format!("gruppe.{}.titel", gruppe.id), gruppe.titel);
        let anzahl = self.asked.anzahl(&pfad);
        // What nobody was asked is no answer either.
        if gruppe.inhalt.iter().all(is_abgeleitet) {
            return;
        }
        if gruppe.kurz {
            // Lines of one question are one answer.
            let mut lines = Vec::new();
            for index in 0..anzahl {
                self.inhalt(gruppe.inhalt, &format!("{pfad}[{index}]."), "", &mut lines);
            }
            let antworten: Vec<String> =
                lines.into_iter().map(|it| it.antwort).filter(|it| !it.is_empty()).collect();
            zeilen.push(Zeile {
                pfad,
                eintrag: eintrag.to_owned(),
                label: titel.to_owned(),
                antwort: antworten.join("\n"),
            });
            return;
        }
        if anzahl == 0 {
            let keine = self.texte.get("ui.keine", "keine").to_owned();
            zeilen.push(Zeile {
                pfad: pfad.clone(),
                eintrag: eintrag.to_owned(),
                label: titel.to_owned(),
                antwort: keine,
            });
        }
        for index in 0..anzahl {
            let own = self.eintrag(gruppe, &format!("{pfad}[{index}]."));
            let eintrag = if eintrag.is_empty() { own } else { format!("{eintrag}, {own}") };
            self.inhalt(gruppe.inhalt, &format!("{pfad}[{index}]."), &eintrag, zeilen);
        }
    }

    /// An answer; an entry that was chosen by what it is called.
    fn antwort(&self, feld: &Datenfeld, text: &str) -> String {
        let entries = eintraege(self.formular, feld, self.asked, self.texte);
        let chosen = entries.into_iter().flatten().find(|(code, _)| *code == text);
        chosen.map_or_else(|| antwort(feld, text, self.texte), |(_, name)| name)
    }

    fn zeile(&self, feld: &'static Datenfeld, praefix: &str, eintrag: &str) -> Option<Zeile> {
        let pfad = match feld.id {
            "" => praefix.trim_end_matches('.').to_owned(),
            id => format!("{praefix}{id}"),
        };
        let text = self.asked.text(&pfad);
        let is_box = matches!(feld.datentyp, Datentyp::Bestaetigung);
        // What nobody was asked is shown where there is an answer; a box that is not ticked says
        // nothing.
        let is_shown = match feld.herkunft {
            // Of what was computed only the version of a wording is worth a line.
            Herkunft::Abgeleitet => !feld.vorgabe.is_empty() && text.is_some(),
            _ if is_box => text == Some("true"),
            Herkunft::Eid | Herkunft::Arbeitgeber => text.is_some(),
            _ => true,
        };
        is_shown.then(|| Zeile {
            pfad,
            eintrag: eintrag.to_owned(),
            label: label(feld, self.texte).to_owned(),
            antwort: text.map(|it| self.antwort(feld, it)).unwrap_or_default(),
        })
    }
}

fn is_abgeleitet(inhalt: &Inhalt) -> bool {
    match inhalt {
        Inhalt::Feld(feld) => feld.herkunft == Herkunft::Abgeleitet,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1.234.567");
        assert_eq!(thousands(-1500), "-1.500");
    }
}
