//! What stands at the top of the PDF.

use chrono::DateTime;
use druck::{
    Dokument,
    antrag::{Ausdruck, Datei},
};

use super::Auftrag;
use crate::antraege::hex;

/// All that was asked and answered, with number, time of receipt and checksum.
pub fn dokument(auftrag: &Auftrag<'_>) -> Dokument {
    let nummer = auftrag.nummer.to_string();
    let eingang = auftrag.jetzt.in_germany().format("%d.%m.%Y, %H:%M Uhr").to_string();
    let dateien: Vec<Datei<'_>> = auftrag
        .dateien
        .iter()
        .map(|datei| Datei {
            typ: &datei.typ,
            name: &datei.name,
            groesse: datei.groesse,
            sha256: datei.sha256,
        })
        .collect();
    let texte = auftrag.konfiguration.einstellungen.texte_of(auftrag.antrag.angaben());
    druck::antrag::dokument(&Ausdruck {
        formular: auftrag.formular,
        antrag: auftrag.antrag,
        hinweise: auftrag.hinweise,
        dateien: &dateien,
        behoerde: &auftrag.konfiguration.behoerde.name,
        nummer: &nummer,
        kopf: vec![
            ("Vorgangsnummer".to_owned(), nummer.clone()),
            ("Eingegangen am".to_owned(), eingang),
            ("Prüfsumme (SHA-256)".to_owned(), hex(auftrag.pruefsumme)),
        ],
        stichtag: auftrag.stichtag,
        texte: &texte,
        erstellt: DateTime::from_timestamp_millis(auftrag.jetzt.millis()).unwrap_or_default(),
    })
}
