//! An application as a [`Dokument`]: all that was asked, answered and explained, and what was found.

use chrono::{DateTime, Utc};
use shared::{
    angaben::{Antrag, Herkunft},
    befund::Befund,
    formular::{Formular, Hinweisart, Inhalt, Seitenart},
    texte::Texte,
    werte::Datum,
    zusammenfassung::{Teil, Zeile, zusammenfassung},
};

use crate::{Abschnitt, Block, Dokument, Tabelle};

/// What is printed of an application.
pub struct Ausdruck<'a> {
    pub formular: &'static Formular,
    pub antrag: &'a Antrag,
    /// The findings that travel along.
    pub hinweise: &'a [Befund],
    /// The files, in the order of the answers.
    pub dateien: &'a [Datei<'a>],
    /// Name of the Behörde.
    pub behoerde: &'a str,
    /// Number of the application.
    pub nummer: &'a str,
    /// Label and value below the title: number, time of receipt, checksum.
    pub kopf: Vec<(String, String)>,
    /// Day of sending in Germany.
    pub stichtag: Datum,
    /// German, in the wordings that were on the screen.
    pub texte: &'a Texte,
    /// Goes into the metadata.
    pub erstellt: DateTime<Utc>,
}

/// A file that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Datei<'a> {
    /// Code of its kind: `NV_LOHN`
    pub typ: &'a str,
    /// As its owner calls it.
    pub name: &'a str,
    /// In bytes.
    pub groesse: u64,
    /// Of its contents.
    pub sha256: [u8; 32],
}

/// It is for the Behörde and for the applicant's own files, so it is in German and has no
/// Zugangscode.
pub fn dokument(ausdruck: &Ausdruck<'_>) -> Dokument {
    let Ausdruck { formular, antrag, stichtag, texte, .. } = *ausdruck;
    let mut abschnitte = Vec::new();
    let mut schritt = String::new();
    let mut is_gesagt = false;
    for teil in zusammenfassung(formular, antrag.angaben(), stichtag, texte) {
        if schritt != teil.schritt {
            schritt.clone_from(&teil.schritt);
            if teil.titel != teil.schritt {
                let titel = teil.schritt.clone();
                abschnitte.push(Abschnitt { titel, ebene: 1, bloecke: Vec::new() });
            }
        }
        let is_fremd = teil.herkunft == Herkunft::Arbeitgeber;
        seite(ausdruck, teil, &mut abschnitte);
        // Said once, where the part begins.
        if is_fremd && !std::mem::replace(&mut is_gesagt, true) {
            let letzter = abschnitte.last_mut().expect("was pushed on the lines above");
            letzter.bloecke.insert(0, Block::Absatz(VOM_ARBEITGEBER.to_owned()));
        }
    }
    abschnitte.extend(dateien(ausdruck));
    abschnitte.extend(hinweise(ausdruck, texte));
    abschnitte.push(Abschnitt {
        titel: "Wie es weitergeht".to_owned(),
        ebene: 1,
        bloecke: vec![Block::Liste(formular.danach.iter().map(|&satz| satz.to_owned()).collect())],
    });
    Dokument {
        titel: formular.titel.to_owned(),
        sprache: "de".to_owned(),
        behoerde: ausdruck.behoerde.to_owned(),
        kennung: format!("Vorgang {}", ausdruck.nummer),
        kopf: ausdruck.kopf.clone(),
        abschnitte,
        fuss: ausdruck.behoerde.to_owned(),
        seitenzahl: "Seite {seite} von {seiten}".to_owned(),
        erstellt: ausdruck.erstellt,
    }
}

/// Above the answers of an employer who filled in the part over the link.
const VOM_ARBEITGEBER: &str = "Ab hier bis zur Erklärung des Arbeitgebers hat der Arbeitgeber die Angaben selbst online gemacht und bestätigt.";

/// The answers of a page; those of its entries stand below headings of their own.
fn seite(ausdruck: &Ausdruck<'_>, teil: Teil, abschnitte: &mut Vec<Abschnitt>) {
    let ebene = if teil.titel == teil.schritt { 1 } else { 2 };
    let mut bloecke = erklaertes(ausdruck, &teil);
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
fn erklaertes(ausdruck: &Ausdruck<'_>, teil: &Teil) -> Vec<Block> {
    let angaben = ausdruck.antrag.angaben();
    let seiten = ausdruck.formular.seiten(angaben, ausdruck.stichtag);
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
        if !hinweis.wenn.holds(angaben, &ort.praefix, ausdruck.stichtag) {
            continue;
        }
        let deutsch = hinweis.text.join("\n");
        let text = ausdruck.texte.get(&format!("hinweis.{}", hinweis.id), &deutsch).to_owned();
        bloecke.push(match hinweis.art {
            Hinweisart::Text => Block::Absatz(text),
            Hinweisart::Info => Block::Hinweis { titel: "Hinweis".to_owned(), text },
            Hinweisart::Warnung => Block::Hinweis { titel: "Wichtig".to_owned(), text },
            Hinweisart::Merkblatt => Block::Hinweis { titel: "Merkblatt".to_owned(), text },
        });
    }
    bloecke
}

fn dateien(ausdruck: &Ausdruck<'_>) -> Option<Abschnitt> {
    let zeilen: Vec<Vec<String>> = ausdruck
        .dateien
        .iter()
        .enumerate()
        .map(|(i, datei)| {
            let art = ausdruck.formular.nachweisart(datei.typ).map_or("Nachweis", |it| it.name);
            let groesse = format!("{} kB", datei.groesse.div_ceil(1000));
            let sha256 = datei.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
            vec![(i + 1).to_string(), art.to_owned(), datei.name.to_owned(), groesse, sha256]
        })
        .collect();
    let kopf =
        ["Nr.", "Nachweis", "Datei", "Größe", "Prüfsumme (SHA-256)"].map(str::to_owned).to_vec();
    (!zeilen.is_empty()).then(|| Abschnitt {
        titel: "Hochgeladene Dateien".to_owned(),
        ebene: 1,
        bloecke: vec![Block::Tabelle(Tabelle { kopf, zeilen })],
    })
}

fn hinweise(ausdruck: &Ausdruck<'_>, texte: &Texte) -> Option<Abschnitt> {
    let bloecke: Vec<Block> = ausdruck
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
