//! What the employer states: the Erklärung zum Beschäftigungsverhältnis (EzB) of the Bundesagentur
//! für Arbeit, BA047549, Stand 02/2024, fields 10 to 59.

use crate::{
    angaben::Herkunft,
    antraege::beschaeftigungserlaubnis::{
        formular::{IST_LINK, IST_TITEL},
        listen::{Arbeitsort, Arbeitszeit, Entgelteinheit, Gleichwertigkeit, Qualifikation},
    },
    formular::{Bedingung, DURCH_REGEL, Feld, Feldgruppe, feld},
    recht::{Norm, arbzg, aufenthg, burlg, milog},
    werte::{Absatz, Bestaetigung, Code, Datum, Dezimal, Ganzzahl, Nummer, Text},
};

/// § 39 Abs. 4 AufenthG: the employer informs the Bundesagentur für Arbeit.
const EZB: Norm = aufenthg("§ 39 Abs. 4");

pub static FIRMA: Feld<Text> = Feld::new("arbeitgeber.firma", "Firma")
    .norm(EZB)
    .pflicht()
    .max(150)
    .autocomplete("organization");

pub static KONTAKTPERSON: Feld<Text> =
    Feld::new("arbeitgeber.kontaktperson", "Kontaktperson").norm(EZB).pflicht();

pub static FAX: Feld<Text> = Feld::new("arbeitgeber.fax", "Telefax").norm(EZB);

pub static BETRIEBSNUMMER: Feld<Nummer> = Feld::new("arbeitgeber.betriebsnummer", "Betriebsnummer")
    .hilfe("8 Ziffern. Die Firma kennt sie. Sie steht auch auf der Lohnabrechnung.")
    .norm(EZB)
    .pflicht()
    .fehlt(DURCH_REGEL);

pub static NEUGRUENDUNG: Feld<bool> = Feld::new("arbeitgeber.neugruendung", "Neu gegründet")
    .frage("Wurde das Unternehmen in den letzten 24 Monaten gegründet?")
    .norm(EZB)
    .pflicht();

pub static BEGINN: Feld<Datum> = Feld::new("beschaeftigung.beginn", "Beginn")
    .frage("Wann soll die Arbeit beginnen?")
    .norm(EZB)
    .pflicht();

pub static BEFRISTET: Feld<bool> = Feld::new("beschaeftigung.befristet", "Befristet")
    .frage("Ist der Vertrag befristet?")
    .norm(EZB)
    .pflicht();

pub static BIS: Feld<Datum> =
    Feld::new("beschaeftigung.bis", "befristet bis").norm(EZB).wenn(BEFRISTET.ja()).pflicht();

pub static UEBERLASSUNG: Feld<bool> = Feld::new("beschaeftigung.ueberlassung", "Leiharbeit")
    .frage("Ist es Leiharbeit, also Arbeit bei anderen Firmen?")
    .norm(aufenthg("§ 40 Abs. 1 Nr. 2"))
    .wenn(IST_TITEL)
    .pflicht();

pub static ARBEITSORT: Feld<Code<Arbeitsort>> =
    Feld::new("beschaeftigung.ort", "Arbeitsort").frage("Wo wird gearbeitet?").norm(EZB).pflicht();

pub static BERUF: Feld<Text> =
    Feld::new("beschaeftigung.beruf", "Beruf").frage("Welcher Beruf ist es?").norm(EZB).pflicht();

pub static TAETIGKEIT: Feld<Absatz> = Feld::new("beschaeftigung.taetigkeit", "Tätigkeit")
    .frage("Was ist bei der Arbeit zu tun?")
    .norm(EZB)
    .pflicht()
    .max(2000);

pub static KLDB: Feld<Nummer> =
    Feld::new("beschaeftigung.kldb", "Schlüssel des Berufs (KldB 2010)")
        .hilfe("5 Ziffern. Lassen Sie das Feld leer, wenn Sie ihn nicht kennen.")
        .norm(EZB);

pub static QUALIFIKATION_ART: Feld<Code<Qualifikation>> =
    Feld::new("", "Qualifikation").key("qualifikation.art").norm(EZB).pflicht();

pub static QUALIFIKATIONEN: Feldgruppe = Feldgruppe::new(
    "qualifikation.art",
    "Welche Qualifikation gibt es für diese Arbeit?",
    "Qualifikation",
    &[feld(&QUALIFIKATION_ART)],
)
.norm(EZB)
.anzahl(1, 4)
.wenn(IST_TITEL)
.skalar("")
.kurz();

const HAT_HOCHSCHULE: Bedingung =
    Bedingung::Alle(&[IST_TITEL, Bedingung::Enthaelt("qualifikation.art", "", "HOCHSCHULE")]);
const HAT_AUSBILDUNG: Bedingung =
    Bedingung::Alle(&[IST_TITEL, Bedingung::Enthaelt("qualifikation.art", "", "AUSBILDUNG")]);
const HAT_SONSTIGE: Bedingung =
    Bedingung::Alle(&[IST_TITEL, Bedingung::Enthaelt("qualifikation.art", "", "SONSTIGE")]);

pub static STUDIENGANG: Feld<Text> =
    Feld::new("qualifikation.hochschule.studiengang", "Studiengang")
        .norm(EZB)
        .wenn(HAT_HOCHSCHULE)
        .pflicht();

pub static STUDIUM_ORT: Feld<Text> =
    Feld::new("qualifikation.hochschule.ort", "Ort und Staat des Studiums")
        .norm(EZB)
        .wenn(HAT_HOCHSCHULE)
        .pflicht();

pub static STUDIUM_ANERKANNT: Feld<bool> =
    Feld::new("qualifikation.hochschule.anerkannt", "Abschluss anerkannt")
        .frage("Ist ein Abschluss aus dem Ausland anerkannt oder vergleichbar?")
        .norm(EZB)
        .wenn(HAT_HOCHSCHULE);

pub static STUDIUM_NACHWEIS: Feld<Text> =
    Feld::new("qualifikation.hochschule.nachweis", "Form des Nachweises")
        .norm(EZB)
        .wenn(HAT_HOCHSCHULE);

pub static BERUFSABSCHLUSS: Feld<Text> =
    Feld::new("qualifikation.ausbildung.bezeichnung", "Berufsabschluss")
        .norm(EZB)
        .wenn(HAT_AUSBILDUNG)
        .pflicht();

pub static BERUFSABSCHLUSS_ORT: Feld<Text> =
    Feld::new("qualifikation.ausbildung.ort", "Ort und Staat der Ausbildung")
        .norm(EZB)
        .wenn(HAT_AUSBILDUNG)
        .pflicht();

pub static BERUFSABSCHLUSS_GLEICHWERTIG: Feld<Code<Gleichwertigkeit>> =
    Feld::new("qualifikation.ausbildung.gleichwertig", "Abschluss gleichwertig")
        .frage("Ist ein Abschluss aus dem Ausland gleichwertig?")
        .norm(EZB)
        .wenn(HAT_AUSBILDUNG);

pub static BERUFSABSCHLUSS_NACHWEIS: Feld<Text> =
    Feld::new("qualifikation.ausbildung.nachweis", "Form des Nachweises der Ausbildung")
        .norm(EZB)
        .wenn(HAT_AUSBILDUNG);

pub static QUALIFIKATION_SONSTIGE: Feld<Absatz> =
    Feld::new("qualifikation.sonstige", "Andere Qualifikationen")
        .norm(EZB)
        .wenn(HAT_SONSTIGE)
        .pflicht()
        .max(1000);

pub static KEINE_AUSBILDUNG_NOETIG: Feld<bool> =
    Feld::new("qualifikation.keineAusbildungNoetig", "Arbeit ohne Ausbildung möglich")
        .frage("Kann man die Arbeit auch ohne Ausbildung machen?")
        .norm(EZB)
        .wenn(IST_TITEL);

pub static BERUFSERLAUBNIS_NOETIG: Feld<bool> =
    Feld::new("berufserlaubnis.noetig", "Erlaubnis für den Beruf nötig")
        .frage("Braucht man für diesen Beruf eine Erlaubnis, zum Beispiel in der Pflege?")
        .norm(EZB);

pub static BERUFSERLAUBNIS_WELCHE: Feld<Text> =
    Feld::new("berufserlaubnis.welche", "Welche Erlaubnis")
        .frage("Welche Erlaubnis ist das?")
        .norm(EZB)
        .wenn(BERUFSERLAUBNIS_NOETIG.ja())
        .pflicht()
        .fehlt("BE_ERLAUBNIS_BERUF")
        .max(300);

pub static ARBEITSZEIT_ART: Feld<Code<Arbeitszeit>> =
    Feld::new("arbeitszeit.art", "Arbeitszeit").norm(EZB).pflicht();

pub static STUNDEN: Feld<Dezimal> = Feld::new("arbeitszeit.stunden", "Stunden in der Woche")
    .hilfe("Zum Beispiel: 38,5")
    .norm(arbzg("§ 3"))
    .pflicht()
    .fehlt("BE_STUNDEN")
    .falsch("BE_STUNDEN");

pub static TAGE_PRO_WOCHE: Feld<Ganzzahl> =
    Feld::new("arbeitszeit.tageProWoche", "Arbeitstage in der Woche")
        .norm(burlg("§ 3"))
        .zwischen(1, 6);

pub static UEBERSTUNDEN: Feld<bool> = Feld::new("ueberstunden.pflicht", "Überstunden")
    .frage("Sind Überstunden Pflicht?")
    .norm(EZB)
    .pflicht();

pub static UEBERSTUNDEN_UMFANG: Feld<Text> =
    Feld::new("ueberstunden.umfang", "Wie viele Überstunden")
        .norm(EZB)
        .wenn(UEBERSTUNDEN.ja())
        .pflicht();

pub static UEBERSTUNDEN_AUSGLEICH: Feld<Text> =
    Feld::new("ueberstunden.ausgleich", "Ausgleich der Überstunden")
        .hilfe("Zum Beispiel: Freizeit oder Geld")
        .norm(EZB)
        .wenn(UEBERSTUNDEN.ja())
        .pflicht();

pub static URLAUB: Feld<Ganzzahl> = Feld::new("urlaub.tage", "Urlaub in Arbeitstagen im Jahr")
    .norm(burlg("§ 3"))
    .zwischen(0, 60)
    .pflicht()
    .fehlt(DURCH_REGEL);

pub static TARIF_GEBUNDEN: Feld<bool> = Feld::new("tarif.gebunden", "Tarifgebunden")
    .frage("Ist der Arbeitgeber an einen Tarifvertrag gebunden?")
    .norm(EZB)
    .pflicht();

pub static TARIF_ANGEWENDET: Feld<bool> = Feld::new("tarif.angewendet", "Arbeit nach Tarif")
    .frage("Gilt der Tarifvertrag für diese Arbeit?")
    .norm(EZB)
    .wenn(TARIF_GEBUNDEN.ja())
    .pflicht();

const NACH_TARIF: Bedingung = Bedingung::Alle(&[
    Bedingung::Gleich("tarif.gebunden", "true"),
    Bedingung::Gleich("tarif.angewendet", "true"),
]);

pub static TARIF_NAME: Feld<Text> =
    Feld::new("tarif.name", "Tarifvertrag").norm(EZB).wenn(NACH_TARIF).pflicht().fehlt("BE_TARIF");

pub static TARIF_GRUPPE: Feld<Text> =
    Feld::new("tarif.gruppe", "Entgeltgruppe").norm(EZB).wenn(NACH_TARIF).pflicht();

pub static ENTGELT_EINHEIT: Feld<Code<Entgelteinheit>> =
    Feld::new("entgelt.einheit", "Lohn je Stunde oder Monat")
        .frage("Wird der Lohn für die Stunde oder für den Monat angegeben?")
        .norm(EZB)
        .pflicht();

pub static ENTGELT_BETRAG: Feld<Dezimal> = Feld::new("entgelt.betrag", "Lohn in Euro (brutto)")
    .hilfe("Brutto heißt: vor dem Abzug von Steuern und Versicherung.")
    .norm(milog("§ 1"))
    .pflicht()
    .fehlt("BE_LOHN_FEHLT")
    .zwischen(0, 99_999);

pub static GELDWERT_ART: Feld<Text> =
    Feld::new("art", "Art der Leistung").key("geldwert.art").norm(EZB).pflicht();

pub static GELDWERT_HOEHE: Feld<Text> =
    Feld::new("hoehe", "Wert der Leistung").key("geldwert.hoehe").norm(EZB).pflicht();

pub static GELDWERT: Feldgruppe = Feldgruppe::new(
    "entgelt.geldwert",
    "Leistungen neben dem Lohn",
    "Leistung",
    &[feld(&GELDWERT_ART), feld(&GELDWERT_HOEHE)],
)
.hilfe("Zum Beispiel Essen, Wohnung oder ein Auto.")
.norm(EZB)
.anzahl(0, 5);

pub static ENTGELT_VARIABEL: Feld<Text> = Feld::new("entgelt.variabel", "Lohn, der sich ändert")
    .hilfe("Zum Beispiel Provision oder Zuschläge: Art und Höhe.")
    .norm(EZB);

pub static SV_PFLICHT: Feld<bool> = Feld::new("sv.pflicht", "Sozialversicherungspflicht")
    .frage("Ist die Arbeit in Deutschland sozialversicherungspflichtig?")
    .norm(EZB)
    .wenn(IST_TITEL)
    .pflicht();

pub static SV_GRUND: Feld<Text> =
    Feld::new("sv.grund", "Grund der Befreiung").norm(EZB).wenn(SV_FREI).pflicht();

const SV_FREI: Bedingung = Bedingung::Alle(&[IST_TITEL, Bedingung::Gleich("sv.pflicht", "false")]);

pub static SV_DVKA: Feld<bool> = Feld::new("sv.dvka", "Ausnahmevereinbarung der DVKA")
    .frage("Gibt es eine Ausnahmevereinbarung der DVKA?")
    .norm(EZB)
    .wenn(SV_FREI)
    .pflicht();

pub static SV_DVKA_NACHWEIS: Feld<Text> =
    Feld::new("sv.dvkaNachweis", "Nachweis der Ausnahme").norm(EZB).wenn(SV_FREI);

pub static SV_ERGAENZUNG: Feld<Text> =
    Feld::new("sv.ergaenzung", "Ergänzende Angaben").norm(EZB).wenn(IST_TITEL).max(1000);

pub static ERKLAERUNG_ORT: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.ort", "Ort der Unterschrift").norm(EZB).pflicht();

pub static ERKLAERUNG_DATUM: Feld<Datum> =
    Feld::new("arbeitgeberErklaerung.datum", "Tag der Unterschrift")
        .bis_heute()
        .norm(EZB)
        .pflicht();

pub static ERKLAERUNG_BESTAETIGT: Feld<Bestaetigung> = Feld::new(
    "arbeitgeberErklaerung.bestaetigt",
    "Der Arbeitgeber hat diese Angaben unterschrieben oder bestätigt.",
)
.norm(EZB)
.pflicht()
.fehlt("BE_AG_ERKLAERUNG");

// What only an employer says who fills in the part over the link.

pub static ERKLAERUNG_NAME: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.name", "Bestätigt von").norm(EZB).wenn(IST_LINK);

pub static ERKLAERUNG_FUNKTION: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.funktion", "Funktion im Betrieb").norm(EZB).wenn(IST_LINK);

pub static ERKLAERUNG_NUMMER: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.nummer", "Nummer der Bestätigung")
        .norm(EZB)
        .wenn(IST_LINK)
        .herkunft(Herkunft::Arbeitgeber);

pub static ERKLAERUNG_BESTAETIGT_AM: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.bestaetigtAm", "Bestätigt am")
        .norm(EZB)
        .wenn(IST_LINK)
        .herkunft(Herkunft::Arbeitgeber);

/// EzB fields 3 and 4.
pub static VERTRAG_NAME: Feld<bool> =
    Feld::new("arbeitgeberErklaerung.nameStimmt", "Name wie im Vertrag").norm(EZB).wenn(IST_LINK);

/// EzB field 5.
pub static VERTRAG_GEBURT: Feld<Datum> =
    Feld::new("arbeitgeberErklaerung.geburtsdatum", "Geburtsdatum laut Vertrag")
        .norm(EZB)
        .wenn(IST_LINK);
