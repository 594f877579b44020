//! What is confirmed before sending.

use crate::{
    formular::Feld,
    recht::{aufenthg, dsgvo, ozg},
    werte::Bestaetigung,
};

pub static ERKLAERUNG_RICHTIG: Feld<Bestaetigung> =
    Feld::new("erklaerung.richtig", "Meine Angaben sind richtig und vollständig.")
        .norm(aufenthg("§ 82 Abs. 1, § 95 Abs. 2 Nr. 2"))
        .pflicht()
        .fehlt("ERKL_RICHTIG");

pub static ERKLAERUNG_DATENSCHUTZ: Feld<Bestaetigung> =
    Feld::new("erklaerung.datenschutz", "Ich habe die Hinweise zum Datenschutz gelesen.")
        .norm(dsgvo("Art. 13"))
        .pflicht()
        .fehlt("ERKL_DATENSCHUTZ");

/// § 9a Abs. 2 OZG: the whole is looked at before it is sent.
pub static GEPRUEFT: Feld<Bestaetigung> =
    Feld::new("zusammenfassung.geprueft", "Ich habe die Zusammenfassung bis zum Ende gelesen.")
        .norm(ozg("§ 9a Abs. 2"))
        .pflicht()
        .fehlt("KONTROLLE_OFFEN");
