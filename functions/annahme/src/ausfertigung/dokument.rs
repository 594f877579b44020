//! The PDF: all that was asked, answered and explained, and what was found.

use chrono::DateTime;
use druck::{Abschnitt, Block, Dokument, Tabelle};
use shared::{
    formular::{Hinweisart, Inhalt, Seitenart},
    texte::Texte,
    zusammenfassung::{Teil, Zeile, zusammenfassung},
};

use super::{Auftrag, bezeichnung};
use crate::antraege::hex;

/// It is for the Behörde and for the applicant's own files, so it is in German and has no
/// Zugangscode.
pub fn dokument(auftrag: &Auftrag<'_>) -> Dokument {
    let texte = Texte::deutsch();
    let teile =
        zusammenfassung(auftrag.formular, auftrag.antrag.angaben(), auftrag.stichtag, &texte);
    let mut abschnitte = Vec::new();
    let mut schritt = String::new();
    for teil in teile {
        if schritt != teil.schritt {
            schritt.clone_from(&teil.schritt);
            if teil.titel != teil.schritt {
                let titel = teil.schritt.clone();
                abschnitte.push(Abschnitt { titel, ebene: 1, bloecke: Vec::new() });
            }
        }
        seite(auftrag, teil, &mut abschnitte);
    }
    abschnitte.extend(anlagen(auftrag));
    abschnitte.extend(hinweise(auftrag, &texte));
    abschnitte.push(Abschnitt {
        titel: "Wie es weitergeht".to_owned(),
        ebene: 1,
        bloecke: vec![Block::Liste(
            auftrag.formular.danach.iter().map(|&satz| satz.to_owned()).collect(),
        )],
    });
    let eingang = auftrag.jetzt.in_germany().format("%d.%m.%Y, %H:%M Uhr").to_string();
    Dokument {
        titel: auftrag.formular.titel.to_owned(),
        sprache: "de".to_owned(),
        behoerde: auftrag.konfiguration.behoerde.name.clone(),
        kennung: format!("Vorgang {}", auftrag.nummer),
        kopf: vec![
            ("Vorgangsnummer".to_owned(), auftrag.nummer.to_string()),
            ("Eingegangen am".to_owned(), eingang),
            ("Prüfsumme (SHA-256)".to_owned(), hex(auftrag.pruefsumme)),
        ],
        abschnitte,
        fuss: auftrag.konfiguration.behoerde.name.clone(),
        seitenzahl: "Seite {seite} von {seiten}".to_owned(),
        erstellt: DateTime::from_timestamp_millis(auftrag.jetzt.millis()).unwrap_or_default(),
    }
}

/// The answers of a page; those of its entries stand below headings of their own.
fn seite(auftrag: &Auftrag<'_>, teil: Teil, abschnitte: &mut Vec<Abschnitt>) {
    let ebene = if teil.titel == teil.schritt { 1 } else { 2 };
    let mut bloecke = erklaertes(auftrag, &teil);
    let (eigene, uebrige): (Vec<Zeile>, Vec<Zeile>) =
        teil.zeilen.into_iter().partition(|zeile| zeile.eintrag.is_empty());
    if !eigene.is_empty() {
        bloecke.push(antworten(eigene));
    }
    abschnitte.push(Abschnitt { titel: teil.titel, ebene, bloecke });
    let mut uebrige = uebrige.into_iter().peekable();
    while let Some(erste) = uebrige.next() {
        let titel = erste.eintrag.clone();
        let mut zeilen = vec![erste];
        while let Some(zeile) = uebrige.next_if(|zeile| zeile.eintrag == titel) {
            zeilen.push(zeile);
        }
        abschnitte.push(Abschnitt { titel, ebene: ebene + 1, bloecke: vec![antworten(zeilen)] });
    }
}

fn antworten(zeilen: Vec<Zeile>) -> Block {
    let antwort = |zeile: Zeile| match zeile.antwort.as_str() {
        "" => (zeile.label, "keine Angabe".to_owned()),
        _ => (zeile.label, zeile.antwort),
    };
    Block::Antworten(zeilen.into_iter().map(antwort).collect())
}

/// What was explained on a page that must be read before going on (§ 68 Abs. 2 Satz 2 AufenthG).
fn erklaertes(auftrag: &Auftrag<'_>, teil: &Teil) -> Vec<Block> {
    let angaben = auftrag.antrag.angaben();
    let seiten = auftrag.formular.seiten(angaben, auftrag.stichtag);
    let ort = seiten.iter().find(|ort| {
        ort.seite.art == Seitenart::Bedenkzeit
            && ort.seite.id == teil.ort.seite
            && ort.praefix == teil.ort.praefix
    });
    let Some(ort) = ort else { return Vec::new() };
    let mut bloecke = Vec::new();
    if !ort.seite.einleitung.is_empty() {
        bloecke.push(Block::Absatz(ort.seite.einleitung.to_owned()));
    }
    for inhalt in ort.seite.inhalt {
        let Inhalt::Hinweis(hinweis) = inhalt else { continue };
        if !hinweis.wenn.holds(angaben, &ort.praefix, auftrag.stichtag) {
            continue;
        }
        let text = hinweis.text.join("\n");
        bloecke.push(match hinweis.art {
            Hinweisart::Text => Block::Absatz(text),
            Hinweisart::Info => Block::Hinweis { titel: "Hinweis".to_owned(), text },
            Hinweisart::Warnung => Block::Hinweis { titel: "Wichtig".to_owned(), text },
        });
    }
    bloecke
}

fn anlagen(auftrag: &Auftrag<'_>) -> Option<Abschnitt> {
    let zeilen: Vec<Vec<String>> = auftrag
        .dateien
        .iter()
        .enumerate()
        .map(|(i, datei)| {
            vec![
                (i + 1).to_string(),
                bezeichnung(auftrag.formular, &datei.anlage.typ).to_owned(),
                datei.anlage.name.clone(),
                format!("{} kB", datei.anlage.groesse.div_ceil(1000)),
            ]
        })
        .collect();
    let kopf = ["Nr.", "Nachweis", "Datei", "Größe"].map(str::to_owned).to_vec();
    (!zeilen.is_empty()).then(|| Abschnitt {
        titel: "Hochgeladene Dateien".to_owned(),
        ebene: 1,
        bloecke: vec![Block::Tabelle(Tabelle { kopf, zeilen })],
    })
}

fn hinweise(auftrag: &Auftrag<'_>, texte: &Texte) -> Option<Abschnitt> {
    let bloecke: Vec<Block> = auftrag
        .hinweise
        .iter()
        .map(|befund| Block::Hinweis {
            titel: "Bitte beachten".to_owned(),
            text: befund.text(texte),
        })
        .collect();
    (!bloecke.is_empty()).then(|| Abschnitt {
        titel: "Hinweise zu Ihren Angaben".to_owned(),
        ebene: 1,
        bloecke,
    })
}
