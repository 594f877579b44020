//! The words of the user interface: key and German text in one table. Other languages stand in
//! `shared/texte/<language>.json` under `ui.<key>`; a test compares the two.
//!
//! What is asked, and how, stands in the declarations of `shared` and not here.

use std::{ops::Deref, rc::Rc};

use shared::texte::Texte as Sprachdatei;

/// A text of the user interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uitext {
    /// `ui.weiter`
    pub key: &'static str,
    pub deutsch: &'static str,
}

/// The texts of the language that somebody reads. Cheap to clone; equal if it is the same file.
#[derive(Clone, Debug)]
pub struct Texte(Rc<Sprachdatei>);

impl Default for Texte {
    fn default() -> Texte {
        Texte::new(Sprachdatei::deutsch())
    }
}

impl PartialEq for Texte {
    fn eq(&self, other: &Texte) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Texte {
    type Target = Sprachdatei;

    fn deref(&self) -> &Sprachdatei {
        &self.0
    }
}

impl Texte {
    pub fn new(datei: Sprachdatei) -> Texte {
        Texte(Rc::new(datei))
    }

    pub fn get(&self, text: Uitext) -> &str {
        self.0.get(text.key, text.deutsch)
    }

    /// As [`Texte::get`], with `{name}` replaced.
    pub fn fill(&self, text: Uitext, parameter: &[(&str, &str)]) -> String {
        let mut filled = self.get(text).to_owned();
        for (name, wert) in parameter {
            filled = filled.replace(&format!("{{{name}}}"), wert);
        }
        filled
    }

    /// The text of a declaration: `key` is its key in other languages.
    pub fn von<'a>(&'a self, key: &str, deutsch: &'a str) -> &'a str {
        self.0.get(key, deutsch)
    }

    /// A text about an application: `titel`, `worum` …
    pub fn antrag<'a>(&'a self, id: &str, name: &str, deutsch: &'a str) -> &'a str {
        self.von(&format!("formular.{id}.{name}"), deutsch)
    }
}

/// The languages that can be chosen: BCP 47 tag and its own name. A language is offered if the
/// site has a file for it.
pub const SPRACHEN: [(&str, &str); 3] =
    [("de", "Deutsch"), ("en", "English"), (LEICHT, "Leichte Sprache")];

/// Tag of German in Leichte Sprache. It has the texts of the start page, of the Quick-Check and of
/// what stands before an application; the rest stays as it is.
pub const LEICHT: &str = "de-x-leicht";

macro_rules! texte {
    ($($name:ident = $key:literal, $text:literal;)*) => {
        $(pub const $name: Uitext = Uitext { key: concat!("ui.", $key), deutsch: $text };)*

        /// All of them, for the test that looks for gaps.
        pub static ALLE: &[Uitext] = &[$($name),*];
    };
}

/// Names of the months, January first.
pub const MONATE: [Uitext; 12] = [
    JANUAR, FEBRUAR, MAERZ, APRIL, MAI, JUNI, JULI, AUGUST, SEPTEMBER, OKTOBER, NOVEMBER, DEZEMBER,
];

texte! {
    // Frame
    PORTAL = "portal", "Anträge an die Ausländerbehörde";
    SPRUNG = "sprung", "Zum Inhalt springen";
    SPRACHE = "sprache", "Sprache";
    NAVIGATION = "navigation", "Über diese Seite";
    LAEDT = "laedt", "Die Seite wird geladen …";
    SPRACHE_FEHLT = "spracheFehlt", "Die Texte konnten nicht geladen werden. Bitte prüfen Sie Ihre Internetverbindung.";
    KEIN_SPEICHER = "keinSpeicher", "Ihr Browser speichert auf diesem Gerät nichts. Bitte lassen Sie diese Seite offen, bis Sie den Antrag abgesendet haben. Sonst gehen Ihre Angaben verloren.";
    IHRE_BEHOERDE = "ihreBehoerde", "Ihre Behörde";
    JA = "ja", "Ja";
    NEIN = "nein", "Nein";
    KEINE = "keine", "keine";
    FEHLER_TITEL = "fehlerTitel", "Fehler";

    // Start page
    START_TITEL = "start.titel", "Anträge an die Ausländerbehörde";
    START_WORUM = "start.worum", "Hier stellen Sie Ihren Antrag online. Sie beantworten einfache Fragen. Wir prüfen Ihre Antworten gleich und sagen Ihnen, was noch fehlt.";
    START_ANTRAEGE = "start.antraege", "Welchen Antrag möchten Sie stellen?";
    START_ANFANGEN = "start.anfangen", "Zum Antrag";
    START_SO_GEHT_ES = "start.soGehtEs", "So geht es";
    START_SCHRITT_1 = "start.schritt1", "Sie füllen den Antrag aus. Sie können jederzeit aufhören und auf diesem Gerät weitermachen.";
    START_SCHRITT_2 = "start.schritt2", "Sie laden Ihre Nachweise hoch, zum Beispiel als Foto mit dem Handy.";
    START_SCHRITT_3 = "start.schritt3", "Sie prüfen alles und senden den Antrag ab. Dann bekommen Sie sofort eine Vorgangsnummer.";
    START_SCHRITT_4 = "start.schritt4", "Mit der Vorgangsnummer und Ihrem Zugangscode sehen Sie immer, wie weit Ihr Antrag ist.";
    START_BRAUCHEN = "start.brauchen", "Das brauchen Sie";
    START_BRAUCHEN_1 = "start.brauchen1", "Ihren Ausweis oder Pass";
    START_BRAUCHEN_2 = "start.brauchen2", "Ihre Nachweise als Foto oder als PDF-Datei";
    START_BRAUCHEN_3 = "start.brauchen3", "Eine E-Mail-Adresse oder eine Telefonnummer";
    START_STAND = "start.stand", "Sie haben schon einen Antrag gestellt?";
    START_STAND_LINK = "start.standLink", "Stand meines Antrags";
    START_STAND_TEXT = "start.standText", "Sehen Sie nach, wie weit Ihr Antrag ist. Sie brauchen dafür Ihre Vorgangsnummer und Ihren Zugangscode.";

    START_CHECK = "start.check", "Quick-Check Einbürgerung";
    START_CHECK_TEXT = "start.checkText", "Kommt die Einbürgerung für Sie in Frage? Beantworten Sie höchstens 20 Fragen. Der Check ist anonym, und wir speichern nichts.";
    START_CHECK_LINK = "start.checkLink", "Zum Quick-Check";
    LEICHT_NICHT_HIER = "leichtNichtHier", "Diese Seite gibt es noch nicht in Leichter Sprache.";

    // Quick-Check
    QC_PUNKT_1 = "qc.punkt1", "Höchstens 20 Fragen, ungefähr 5 Minuten.";
    QC_PUNKT_2 = "qc.punkt2", "Sie müssen keinen Namen angeben. Ihre Antworten bleiben in diesem Browser-Fenster. Wir bekommen sie nicht.";
    QC_PUNKT_3 = "qc.punkt3", "Sie können bei jeder Frage „Das weiß ich nicht“ wählen.";
    QC_PUNKT_4 = "qc.punkt4", "Am Ende können Sie den Antrag mit Ihren Antworten beginnen.";
    QC_BEGINNEN = "qc.beginnen", "Quick-Check beginnen";
    QC_FORTSETZEN = "qc.fortsetzen", "Quick-Check fortsetzen";
    QC_KEINE_ENTSCHEIDUNG = "qc.keineEntscheidung", "Das Ergebnis ist keine Entscheidung";
    QC_KEINE_ENTSCHEIDUNG_TEXT = "qc.keineEntscheidungText", "Der Quick-Check gibt nur eine erste Auskunft. Über die Einbürgerung entscheidet allein die Behörde. Sie dürfen den Antrag mit jedem Ergebnis stellen.";
    QC_FRAGE_VON = "qc.frageVon", "Frage {nr} von {alle}";
    QC_NUR_HIER = "qc.nurHier", "Ihre Antworten sind nur in diesem Browser-Fenster. Wenn Sie es schließen, sind sie weg.";
    QC_LOESCHEN = "qc.loeschen", "Antworten löschen";
    QC_LOESCHEN_FRAGE = "qc.loeschenFrage", "Möchten Sie alle Antworten löschen?";
    QC_LOESCHEN_TEXT = "qc.loeschenText", "Ihre Antworten aus dem Quick-Check sind dann weg. Einen Antrag, den Sie schon begonnen haben, löschen Sie damit nicht.";
    QC_GELOESCHT = "qc.geloescht", "Alle Antworten sind gelöscht.";
    QC_FEHLT_TEXT = "qc.fehltText", "Nach Ihren Antworten fragen wir das nicht. Gehen Sie einfach weiter.";
    QC_KEINE_ANTWORTEN = "qc.keineAntworten", "Sie haben noch keine Fragen beantwortet.";
    QC_UNVOLLSTAENDIG = "qc.unvollstaendig", "Es sind noch Fragen offen. Danach sehen Sie Ihr Ergebnis.";
    QC_ERGEBNIS = "qc.ergebnis", "Ihr Ergebnis";
    QC_FRUEHESTENS = "qc.fruehestens", "Frühester Tag";
    QC_KEIN_TAG = "qc.keinTag", "Diesen Tag können wir nicht ausrechnen.";
    QC_WEG = "qc.weg", "Ihr Weg";
    QC_VOM = "qc.vom", "Berechnet am";
    QC_HINDERNISSE = "qc.hindernisse", "Was noch im Weg steht ({anzahl})";
    QC_OFFENE = "qc.offene", "Was noch offen ist ({anzahl})";
    QC_ERFUELLTE = "qc.erfuellte", "Was wahrscheinlich passt ({anzahl})";
    QC_HINWEISE = "qc.hinweise", "Was Sie noch wissen sollten ({anzahl})";
    QC_WEGE = "qc.wege", "Diese Wege kommen in Frage";
    QC_STAND_HINDERNIS = "qc.stand.hindernis", "Steht im Weg";
    QC_STAND_OFFEN = "qc.stand.offen", "Noch offen";
    QC_STAND_ERFUELLT = "qc.stand.erfuellt", "Passt wahrscheinlich";
    QC_STAND_HINWEIS = "qc.stand.hinweis", "Hinweis";
    QC_IHRE_ANTWORT = "qc.ihreAntwort", "Ihre Antwort";
    QC_NORM = "qc.norm", "Rechtsgrundlage";
    QC_WEITER = "qc.weiter", "So geht es weiter";
    QC_WEITER_ANTRAG = "qc.weiterAntrag", "Antrag beginnen";
    QC_ANTRAG = "qc.antrag", "Antrag mit diesen Antworten beginnen";
    QC_ANTRAG_TEXT = "qc.antragText", "Ihre Antworten stehen dann schon im Antrag. Sie müssen nichts zweimal eingeben und können alles ändern. Der Antrag wird auf diesem Gerät gespeichert, bis Sie ihn absenden oder löschen.";
    QC_ANTRAG_DA = "qc.antragDa", "Sie haben den Antrag auf diesem Gerät schon begonnen. Was dort steht, bleibt. Wir ergänzen nur, was noch fehlt.";
    QC_GESCHEITERT = "qc.gescheitert", "Ihr Browser speichert auf diesem Gerät nichts. Deshalb können wir die Antworten nicht übernehmen. Bitte benutzen Sie kein privates Fenster.";
    QC_WEITER_SPEICHERN = "qc.weiterSpeichern", "Ergebnis aufheben";
    QC_DRUCKEN_TEXT = "qc.druckenText", "Sie können das Ergebnis drucken oder als PDF speichern. Nehmen Sie es zur Beratung mit.";
    QC_DRUCKEN = "qc.drucken", "Drucken oder als PDF speichern";
    QC_WEITER_BERATUNG = "qc.weiterBeratung", "Sich beraten lassen";
    QC_BERATUNG = "qc.beratung", "Diese Stellen helfen Ihnen kostenlos und vertraulich:";
    QC_BERATUNG_1 = "qc.beratung1", "Migrationsberatung für erwachsene Zuwanderer (MBE)";
    QC_BERATUNG_2 = "qc.beratung2", "Jugendmigrationsdienste (JMD) für Menschen bis 27 Jahre";
    QC_BERATUNG_3 = "qc.beratung3", "Ihre Staatsangehörigkeitsbehörde. Dort können Sie vor dem Antrag einen Termin zur Beratung bekommen.";
    QC_BERATUNG_LINK = "qc.beratungLink", "Beratung in Ihrer Nähe suchen (BAMF-NAvI)";
    UEBERNOMMEN = "uebernommen", "Aus dem Quick-Check übernommen. Sie können die Antwort ändern.";
    UEBERNOMMEN_KURZ = "uebernommen.kurz", "aus dem Quick-Check";
    UEBERNOMMEN_TITEL = "uebernommen.titel", "Ihre Antworten aus dem Quick-Check sind schon eingetragen";
    UEBERNOMMEN_TEXT = "uebernommen.text", "Diese Antworten sind gekennzeichnet. Bitte prüfen Sie sie, wenn Sie die Schritte ausfüllen. Sie können alle ändern.";

    // Times as a picture
    ZEITLEISTE = "zeitleiste", "Ihre Zeiten als Bild";
    ZEITLEISTE_BILD = "zeitleiste.bild", "Zeitleiste. Alles, was sie zeigt, steht in der Tabelle darunter.";
    ZEITLEISTE_ZEICHEN = "zeitleiste.zeichen", "Zeichen";
    ZEITLEISTE_ZEIT = "zeitleiste.zeit", "Zeit";
    ZEITLEISTE_WAS = "zeitleiste.was", "Was war?";
    ZEITLEISTE_ZAEHLT = "zeitleiste.zaehlt", "Was heißt das?";
    ZEITLEISTE_VON_BIS = "zeitleiste.vonBis", "{von} bis {bis}";
    ZEITLEISTE_HEUTE = "zeitleiste.heute", "heute";
    ZEITLEISTE_JA = "zeitleiste.ja", "zählt";
    ZEITLEISTE_OFFEN = "zeitleiste.offen", "zählt vielleicht";
    ZEITLEISTE_NEIN = "zeitleiste.nein", "zählt nicht";

    // First page of an application
    EINSTIEG_BEREITHALTEN = "einstieg.bereithalten", "Bitte legen Sie bereit";
    EINSTIEG_DAUER = "einstieg.dauer", "So lange dauert es";
    EINSTIEG_GEBUEHR = "einstieg.gebuehr", "Das kostet es";
    EINSTIEG_DANACH = "einstieg.danach", "So geht es nach dem Absenden weiter";
    EINSTIEG_SPEICHERN = "einstieg.speichern", "Ihre Angaben bleiben auf diesem Gerät, bis Sie den Antrag absenden oder löschen. Benutzen Sie bitte keinen fremden Computer.";
    EINSTIEG_START = "einstieg.start", "Antrag beginnen";
    EINSTIEG_WEITER = "einstieg.weiter", "Weiter ausfüllen";
    EINSTIEG_QUITTUNG = "einstieg.quittung", "Sie haben diesen Antrag schon einmal abgesendet";
    EINSTIEG_QUITTUNG_TEXT = "einstieg.quittungText", "Auf diesem Gerät ist noch eine Bestätigung mit Vorgangsnummer und Zugangscode gespeichert.";
    EINSTIEG_QUITTUNG_LINK = "einstieg.quittungLink", "Bestätigung ansehen";
    EINSTIEG_ANGEBOT = "einstieg.angebot", "Ihre Behörde bietet diesen Antrag zurzeit nicht online an. Bitte wenden Sie sich direkt an die Behörde.";

    // Task list
    AUFGABEN_TITEL = "aufgaben.titel", "Ihr Antrag";
    AUFGABEN_TEXT = "aufgaben.text", "Füllen Sie die Schritte der Reihe nach aus. Sie können jederzeit aufhören. Ihre Angaben bleiben auf diesem Gerät gespeichert.";
    AUFGABEN_FERTIG_VON = "aufgaben.fertigVon", "{fertig} von {alle} Schritten sind fertig";
    STATUS_OFFEN = "aufgaben.offen", "Noch nicht begonnen";
    STATUS_TEIL = "aufgaben.teil", "Unvollständig";
    STATUS_FERTIG = "aufgaben.fertig", "Fertig";
    STATUS_FEHLER = "aufgaben.fehler", "Fehler";
    STATUS_GESPERRT = "aufgaben.gesperrt", "Noch nicht möglich";
    AUFGABEN_GESPERRT = "aufgaben.gesperrtText", "Den letzten Schritt können Sie öffnen, wenn alle anderen Schritte fertig sind.";
    AUFGABEN_WEITER = "aufgaben.weiter", "Weiter ausfüllen";
    AUFGABEN_BEGINNEN = "aufgaben.beginnen", "Mit dem ersten Schritt beginnen";
    LOESCHEN = "loeschen", "Antrag löschen";
    LOESCHEN_FRAGE = "loeschen.frage", "Möchten Sie diesen Antrag löschen?";
    LOESCHEN_TEXT = "loeschen.text", "Alle Angaben und Dateien zu diesem Antrag werden gelöscht. Das können Sie nicht rückgängig machen.";
    ABBRECHEN = "abbrechen", "Abbrechen";
    SCHLIESSEN = "schliessen", "Schließen";

    // Pages
    SCHRITT_VON = "seite.schritt", "Schritt {nr} von {alle}: {titel}";
    ZURUECK = "zurueck", "Zurück";
    UEBERSICHT = "uebersicht", "Alle Schritte";
    WEITER = "weiter", "Weiter";
    SPEICHERN = "speichern", "Speichern und zur Prüfung";
    GESPEICHERT = "gespeichert", "Ihre Angaben sind auf diesem Gerät gespeichert.";
    FREIWILLIG = "freiwillig", "(freiwillig)";
    BITTE_WAEHLEN = "bitteWaehlen", "Bitte wählen";
    TAG = "tag", "Tag";
    MONAT = "monat", "Monat";
    JAHR = "jahr", "Jahr";
    EIN_FEHLER = "fehler.einer", "Bitte ändern Sie eine Angabe";
    MEHR_FEHLER = "fehler.mehrere", "Bitte ändern Sie {anzahl} Angaben";
    WARNUNG = "warnung", "Bitte prüfen Sie diese Angaben";
    WARNUNG_TEXT = "warnung.text", "Ist alles richtig? Dann gehen Sie einfach weiter. Die Behörde sieht diesen Hinweis.";
    HINWEIS = "hinweis", "Hinweis";
    WICHTIG = "wichtig", "Wichtig";
    MERKBLATT = "merkblatt", "Merkblatt zum Lesen und Ausdrucken";
    NUR_SO = "nurSo", "So geht es bei Ihrer Behörde:";

    // Groups
    HINZUFUEGEN = "gruppe.hinzufuegen", "{eintrag} hinzufügen";
    ENTFERNEN = "gruppe.entfernen", "{eintrag} löschen";
    ENTFERNT = "gruppe.entfernt", "{eintrag} ist gelöscht.";
    RUECKGAENGIG = "rueckgaengig", "Rückgängig machen";
    WIEDER_DA = "wiederDa", "Der Eintrag ist wieder da.";

    // Proofs
    NACHWEIS_NOETIG = "nachweis.noetig", "Wird gebraucht";
    NACHWEIS_HILFREICH = "nachweis.hilfreich", "Freiwillig";
    NACHWEIS_DA = "nachweis.da", "Hochgeladen";
    NACHWEIS_SPAETER = "nachweis.spaeter", "Reiche ich nach";
    NACHWEIS_WAEHLEN = "nachweis.waehlen", "Dateien auswählen oder fotografieren";
    NACHWEIS_GRENZEN = "nachweis.grenzen", "PDF, JPG oder PNG. Höchstens {mb} MB für eine Datei.";
    NACHWEIS_NACHREICHEN = "nachweis.nachreichen", "Ich reiche es nach";
    NACHWEIS_DATEIEN = "nachweis.dateien", "Hochgeladene Dateien";
    NACHWEIS_LAEDT = "nachweis.laedt", "{datei} wird hochgeladen";
    NACHWEIS_GELADEN = "nachweis.geladen", "{datei} ist hochgeladen.";
    NACHWEIS_GELOESCHT = "nachweis.geloescht", "{datei} ist gelöscht.";
    NACHWEIS_LOESCHEN = "nachweis.loeschen", "{datei} löschen";
    NACHWEIS_AUSGESTELLT = "nachweis.ausgestellt", "Tag der Ausstellung";
    NACHWEIS_ANZAHL = "nachweis.anzahl", "Sie haben schon {max} Dateien hochgeladen. Mehr sind nicht möglich.";
    NACHWEIS_NETZ = "nachweis.netz", "{datei} konnte nicht hochgeladen werden. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.";
    NACHWEIS_SERVER = "nachweis.server", "{datei} konnte nicht hochgeladen werden. Bitte versuchen Sie es später noch einmal.";
    NACHWEIS_WEG = "nachweis.weg", "Ihre hochgeladenen Dateien sind nicht mehr da. Wir löschen sie nach 30 Tagen ohne Antrag. Bitte laden Sie die Dateien noch einmal hoch.";
    NACHWEIS_WARTEN = "nachweis.warten", "Bitte warten Sie, bis alle Dateien hochgeladen sind.";
    NACHWEIS_KEINE = "nachweis.keine", "nicht hochgeladen";
    NACHWEIS_WIRD_GEPRUEFT = "nachweis.wirdGeprueft", "Wir prüfen die Datei auf Viren.";
    NACHWEIS_ABGELEHNT = "nachweis.abgelehnt", "Abgelehnt";
    NACHWEIS_BEFALLEN = "nachweis.befallen", "Die Datei „{datei}“ enthält einen Virus. Wir nehmen sie nicht an. Bitte löschen Sie die Datei hier und laden Sie eine andere hoch, zum Beispiel ein neues Foto von dem Papier.";
    NACHWEIS_LEER = "nachweis.leer", "Nach Ihren Angaben brauchen wir keine Nachweise.";

    // Bedenkzeit
    BEDENKZEIT_REST = "bedenkzeit.rest", "Bitte lesen Sie in Ruhe. Sie können in {sekunden} Sekunden weitermachen.";
    BEDENKZEIT_UM = "bedenkzeit.um", "Sie können jetzt weitermachen.";

    // Auskunft
    AUSKUNFT_FEHLT = "auskunft.fehlt", "Dafür fehlen noch Angaben, oder Ihre Behörde bietet diese Rechnung nicht an. Gehen Sie einfach weiter.";
    AUSKUNFT_RECHNUNG = "auskunft.rechnung", "So haben wir gerechnet";
    AUSKUNFT_NORM = "auskunft.norm", "Rechtsgrundlage: {norm}";

    // Summary and sending
    AENDERN = "aendern", "Ändern";
    KEINE_ANGABE = "keineAngabe", "keine Angabe";
    ABSENDEN = "absenden", "Antrag absenden";
    NOCH_EINMAL = "absenden.nochEinmal", "Noch einmal senden";
    SENDET = "absenden.sendet", "Ihr Antrag wird gesendet. Bitte warten Sie.";
    UNKLAR_TITEL = "absenden.unklar", "Wir wissen nicht, ob Ihr Antrag angekommen ist";
    UNKLAR_TEXT = "absenden.unklarText", "Die Verbindung ist abgebrochen. Ihre Angaben sind nicht verloren. Bitte senden Sie noch einmal. Ihr Antrag wird nicht doppelt angelegt.";
    ABGELEHNT_TITEL = "absenden.abgelehnt", "Ihr Antrag konnte nicht angenommen werden";
    ABGELEHNT_TEXT = "absenden.abgelehntText", "Bitte versuchen Sie es später noch einmal. Ihre Angaben sind auf diesem Gerät gespeichert.";
    ABSENDEN_HINWEISE = "absenden.hinweise", "Diese Hinweise sieht die Behörde";

    // Receipt
    FERTIG_TITEL = "fertig.titel", "Ihr Antrag ist angekommen";
    FERTIG_TEXT = "fertig.text", "Bitte schreiben Sie die Vorgangsnummer und den Zugangscode auf oder drucken Sie diese Seite aus. Der Zugangscode wird nur hier gezeigt.";
    FERTIG_DATEN = "fertig.daten", "Ihre Bestätigung";
    VORGANGSNUMMER = "vorgangsnummer", "Vorgangsnummer";
    ZUGANGSCODE = "zugangscode", "Zugangscode";
    EINGEGANGEN = "eingegangen", "Eingegangen";
    PRUEFSUMME = "pruefsumme", "Prüfsumme";
    PRUEFSUMME_HILFE = "pruefsumme.hilfe", "Mit der Prüfsumme kann man später beweisen, was genau angekommen ist.";
    ANTRAG = "antrag", "Antrag";
    BEHOERDE = "behoerde", "Behörde";
    FERTIG_DANACH = "fertig.danach", "So geht es weiter";
    DRUCKEN = "drucken", "Seite drucken";
    PDF = "pdf", "Als PDF speichern";
    PDF_LAEDT = "pdf.laedt", "Die PDF-Datei wird geladen.";
    PDF_FEHLER = "pdf.fehler", "Die PDF-Datei konnte nicht geladen werden. Bitte versuchen Sie es später noch einmal.";
    FERTIG_ALT = "fertig.alt", "Ihr Antrag war schon vorher angekommen. Was Sie danach geändert haben, ist nicht dabei. Bitte teilen Sie der Behörde diese Änderungen mit.";
    FERTIG_LOESCHEN = "fertig.loeschen", "Bestätigung löschen";
    FERTIG_LOESCHEN_TEXT = "fertig.loeschenText", "Vorgangsnummer und Zugangscode bleiben auf diesem Gerät sichtbar, bis Sie die Bestätigung löschen. Löschen Sie sie, wenn auch andere das Gerät benutzen.";
    FERTIG_LOESCHEN_FRAGE = "fertig.loeschenFrage", "Möchten Sie die Bestätigung löschen?";
    FERTIG_LOESCHEN_WARNUNG = "fertig.loeschenWarnung", "Haben Sie Vorgangsnummer und Zugangscode aufgeschrieben? Wir können den Zugangscode nicht noch einmal zeigen. Ihr Antrag selbst bleibt bei der Behörde.";
    FERTIG_NICHTS = "fertig.nichts", "Auf diesem Gerät ist keine Bestätigung gespeichert.";

    // State of an application
    STAND_TITEL = "stand.titel", "Stand meines Antrags";
    STAND_TEXT = "stand.text", "Geben Sie die beiden Nummern von Ihrer Bestätigung ein.";
    STAND_NUMMER_HILFE = "stand.nummerHilfe", "12 Zeichen, zum Beispiel VE-7K4M-9HXD-3F";
    STAND_CODE_HILFE = "stand.codeHilfe", "12 Zeichen, zum Beispiel 7K4M-9QXD-2H6T";
    STAND_NUMMER_FALSCH = "stand.nummerFalsch", "Diese Vorgangsnummer gibt es so nicht. Bitte vergleichen Sie jedes Zeichen mit Ihrer Bestätigung.";
    STAND_CODE_FALSCH = "stand.codeFalsch", "Der Zugangscode hat 12 Zeichen. Bitte vergleichen Sie jedes Zeichen mit Ihrer Bestätigung.";
    STAND_SEHEN = "stand.sehen", "Stand ansehen";
    STAND_LAEDT = "stand.laedt", "Der Stand wird geladen.";
    STAND_UNBEKANNT = "stand.unbekannt", "Wir haben keinen Antrag mit diesen Nummern gefunden. Bitte prüfen Sie Vorgangsnummer und Zugangscode.";
    STAND_ZU_OFT = "stand.zuOft", "Sie haben es zu oft versucht. Bitte warten Sie 15 Minuten und versuchen Sie es dann noch einmal.";
    STAND_NETZ = "stand.netz", "Der Stand konnte nicht geladen werden. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.";
    STAND_ZUSTAND = "stand.zustand", "Stand";
    STAND_ZUSTELLUNG = "stand.zustellung", "Weitergabe an die Behörde";
    STAND_EREIGNISSE = "stand.ereignisse", "Was bisher passiert ist";
    STAND_ZEIT = "stand.zeit", "Zeit";
    STAND_EREIGNIS = "stand.ereignis", "Ereignis";
    STAND_ANDERER = "stand.anderer", "Anderen Antrag ansehen";
    STAND_FRAGE = "stand.frage", "Die Behörde fragt Sie";
    STAND_ANHOERUNG = "stand.anhoerung", "Die Behörde will Ihren Antrag ablehnen";
    STAND_ANHOERUNG_TEXT = "stand.anhoerungText", "Bitte lesen Sie die Mitteilung. Sie können vor der Entscheidung etwas dazu sagen.";
    STAND_FRIST = "stand.frist", "Bitte antworten Sie bis zum {datum}.";
    STAND_MITTEILUNGEN = "stand.mitteilungen", "Nachrichten der Behörde";
    STAND_VON = "stand.von", "Von {autor} am {zeit}";
    STAND_DOKUMENT = "stand.dokument", "{name} herunterladen";
    STAND_DOKUMENT_FEHLER = "stand.dokumentFehler", "Das Dokument konnte nicht geladen werden. Bitte versuchen Sie es noch einmal.";
    STAND_BEANTWORTET = "stand.beantwortet", "Sie haben geantwortet.";
    STAND_GESENDET = "stand.gesendet", "Was Sie gesendet haben";
    STAND_GESENDET_DA = "stand.gesendetDa", "Die Behörde hat es bekommen.";
    STAND_GESENDET_WARTET = "stand.gesendetWartet", "Es ist bei uns eingegangen und wird an die Behörde übertragen.";
    STAND_DANKE = "stand.danke", "Ihre Nachricht ist eingegangen. Wir geben sie an die Behörde weiter.";
    STAND_NACHREICHEN = "stand.nachreichen", "Unterlagen nachreichen oder der Behörde schreiben";
    STAND_RUECKNAHME = "stand.ruecknahme", "Antrag zurücknehmen";
    STAND_RUECKNAHME_TEXT = "stand.ruecknahmeText", "Wenn Sie den Antrag zurücknehmen, wird er nicht weiter bearbeitet. Das kann Geld kosten. Sie können es nicht rückgängig machen.";
    STAND_RUECKNAHME_JA = "stand.ruecknahmeJa", "Ja, ich nehme meinen Antrag zurück.";
    STAND_RUECKNAHME_KNOPF = "stand.ruecknahmeKnopf", "Antrag jetzt zurücknehmen";
    STAND_RUECKNAHME_FEHLT = "stand.ruecknahmeFehlt", "Bitte bestätigen Sie zuerst, dass Sie den Antrag zurücknehmen wollen.";
    ANTWORT_TEXT = "antwort.text", "Ihre Antwort";
    ANTWORT_DATEIEN = "antwort.dateien", "Dateien hinzufügen";
    ANTWORT_DATEIEN_HILFE = "antwort.dateienHilfe", "PDF, JPG oder PNG. Sie können mehrere Dateien wählen.";
    ANTWORT_ENTFERNEN = "antwort.entfernen", "{datei} entfernen";
    ANTWORT_SENDEN = "antwort.senden", "Antwort senden";
    ANTWORT_SENDET = "antwort.sendet", "Ihre Antwort wird gesendet.";
    ANTWORT_LEER = "antwort.leer", "Bitte schreiben Sie eine Antwort oder wählen Sie eine Datei.";
    ANTWORT_NETZ = "antwort.netz", "Ihre Antwort konnte nicht gesendet werden. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.";
    MITTEILUNG_130102 = "mitteilung.130102", "Frage";
    MITTEILUNG_130104 = "mitteilung.130104", "Neuer Stand";
    MITTEILUNG_130105 = "mitteilung.130105", "Ihr Termin";
    MITTEILUNG_130107 = "mitteilung.130107", "Antwort auf Ihre Rücknahme";
    MITTEILUNG_130109 = "mitteilung.130109", "Eine andere Behörde ist zuständig";
    MITTEILUNG_130110 = "mitteilung.130110", "Geplante Ablehnung";
    ZUSTAND_ANHOERUNG = "zustand.anhoerung", "Die Behörde will Ihren Antrag ablehnen. Sie können etwas dazu sagen.";
    ZUSTAND_ANTWORT_EINGEGANGEN = "zustand.antwort_eingegangen", "Ihre Antwort ist eingegangen. Die Behörde prüft weiter.";
    ZUSTAND_PRUEFUNG_ABGESCHLOSSEN = "zustand.pruefung_abgeschlossen", "Die Behörde hat die Prüfung abgeschlossen. Die Entscheidung steht bevor.";
    ZUSTAND_RUECKNAHME_ERKLAERT = "zustand.ruecknahme_erklaert", "Sie haben den Antrag zurückgenommen. Die Behörde hat es noch nicht bestätigt.";
    ZUSTAND_ZURUECKGENOMMEN = "zustand.zurueckgenommen", "Der Antrag ist zurückgenommen.";
    ZUSTAND_UNZUSTAENDIG = "zustand.unzustaendig", "Diese Behörde ist nicht zuständig. Bitte lesen Sie die Nachricht der Behörde.";
    ZUSTAND_EINGEGANGEN = "zustand.eingegangen", "Ihr Antrag ist bei uns angekommen.";
    ZUSTAND_IN_PRUEFUNG = "zustand.in_pruefung", "Die Behörde prüft Ihren Antrag.";
    ZUSTAND_RUECKFRAGE = "zustand.rueckfrage", "Die Behörde hat eine Frage an Sie.";
    ZUSTAND_ENTSCHIEDEN = "zustand.entschieden", "Die Behörde hat über Ihren Antrag entschieden.";
    ZUSTELLUNG_WARTET = "zustellung.wartet", "Wird an die Behörde weitergegeben. Ihr Antrag ist sicher gespeichert.";
    ZUSTELLUNG_DA = "zustellung.da", "Die Behörde hat Ihren Antrag bekommen.";
    ZUSTELLUNG_VIRUS = "zustellung.virus", "Eine Datei enthält einen Virus. So kann die Behörde den Antrag nicht bekommen. Bitte stellen Sie den Antrag noch einmal mit einer anderen Datei.";
    ZUSTELLUNG_PROBLEM = "zustellung.problem", "Bei der Weitergabe gibt es ein Problem. Die Behörde kümmert sich darum. Sie müssen nichts tun.";
    ZIEL_FACHVERFAHREN = "ziel.fachverfahren", "Sachbearbeitung";
    ZIEL_DMS = "ziel.dms", "Elektronische Akte";

    // Not found
    FEHLT_TITEL = "fehlt.titel", "Diese Seite gibt es nicht";
    FEHLT_TEXT = "fehlt.text", "Vielleicht ist die Adresse falsch geschrieben. Ihre Angaben sind nicht verloren.";
    FEHLT_SEITE = "fehlt.seite", "Diese Seite gehört nicht zu Ihrem Antrag";
    FEHLT_SEITE_TEXT = "fehlt.seiteText", "Nach Ihren Antworten fragen wir das nicht. Gehen Sie bitte zurück zu allen Schritten.";
    ZUR_STARTSEITE = "zurStartseite", "Zur Startseite";

    // Footer and pages that tell something
    DATENSCHUTZ = "datenschutz", "Datenschutz";
    BARRIEREFREIHEIT = "barrierefreiheit", "Barrierefreiheit";
    IMPRESSUM = "impressum", "Impressum";
    HILFE = "hilfe", "Hilfe";
    LIZENZEN = "lizenzen", "Lizenzen";
    KONTAKT = "kontakt", "So erreichen Sie uns";
    TELEFON = "telefon", "Telefon";
    EMAIL = "email", "E-Mail";

    DS_LINK = "ds.link", "Hinweise zum Datenschutz lesen";
    DS_WER = "ds.wer", "Wer ist verantwortlich?";
    DS_WER_TEXT = "ds.werText", "Verantwortlich für Ihre Daten ist die Behörde, an die Sie den Antrag senden.";
    DS_GERAET = "ds.geraet", "Was auf Ihrem Gerät gespeichert wird";
    DS_GERAET_1 = "ds.geraet1", "Beim Ausfüllen speichert Ihr Browser Ihre Angaben auf Ihrem Gerät. Niemand sonst kann sie lesen, wenn er Ihr Gerät nicht benutzt.";
    DS_GERAET_2 = "ds.geraet2", "Nach dem Absenden werden die Angaben auf dem Gerät gelöscht. Nur die Bestätigung bleibt, bis Sie sie löschen.";
    DS_GERAET_3 = "ds.geraet3", "Auch Ihre Sprache wird gespeichert. Wir benutzen keine Cookies auf diesen Seiten und keine Werkzeuge, die Sie verfolgen.";
    DS_GERAET_4 = "ds.geraet4", "Ihre Antworten im Quick-Check bleiben nur in Ihrem Browser-Fenster. Wir bekommen sie nicht.";
    DS_SERVER = "ds.server", "Was wir auf dem Server speichern";
    DS_SERVER_1 = "ds.server1", "Dateien, die Sie hochladen: verschlüsselt. Ohne Antrag löschen wir sie 30 Tage nach der letzten Änderung.";
    DS_SERVER_2 = "ds.server2", "Ihren Antrag, wenn Sie ihn absenden: verschlüsselt. Wir geben ihn an die zuständige Behörde weiter. Dort kommt er in die Akte.";
    DS_SERVER_3 = "ds.server3", "Wie lange die Behörde die Akte aufbewahrt, steht in den Gesetzen und Vorschriften, die für die Behörde gelten. Fragen Sie bitte die Behörde.";
    DS_GRUND = "ds.grund", "Warum wir das dürfen";
    DS_GRUND_TEXT = "ds.grundText", "Die Behörde braucht Ihre Angaben, um über Ihren Antrag zu entscheiden. Das erlauben Artikel 6 Absatz 1 Buchstabe e der Datenschutz-Grundverordnung und § 86 des Aufenthaltsgesetzes, bei der Einbürgerung § 31 des Staatsangehörigkeitsgesetzes.";
    DS_RECHTE = "ds.rechte", "Ihre Rechte";
    DS_RECHTE_1 = "ds.rechte1", "Sie können fragen, welche Daten die Behörde über Sie hat.";
    DS_RECHTE_2 = "ds.rechte2", "Falsche Daten muss die Behörde ändern.";
    DS_RECHTE_3 = "ds.rechte3", "In manchen Fällen muss die Behörde Daten löschen oder darf sie nicht mehr benutzen.";
    DS_RECHTE_4 = "ds.rechte4", "Sie können sich bei der Datenschutzbehörde Ihres Bundeslandes beschweren.";

    BF_TEXT = "bf.text", "Alle Menschen sollen dieses Portal benutzen können. Es soll die Regeln der BITV 2.0 und der WCAG 2.2 (Stufe AA) erfüllen.";
    BF_WAS = "bf.was", "Was wir dafür tun";
    BF_WAS_1 = "bf.was1", "Sie können alles mit der Tastatur bedienen.";
    BF_WAS_2 = "bf.was2", "Jedes Feld hat eine Beschriftung, die ein Screenreader vorliest. Fehler stehen beim Feld und oben auf der Seite.";
    BF_WAS_3 = "bf.was3", "Sie können die Schrift vergrößern und eine dunkle Darstellung benutzen.";
    BF_WAS_4 = "bf.was4", "Die Texte sind in einfacher Sprache geschrieben.";
    BF_NICHT = "bf.nicht", "Was noch fehlt";
    BF_NICHT_1 = "bf.nicht1", "Die Fragen der Anträge gibt es noch nicht in Leichter Sprache. Es gibt noch keine Videos in Gebärdensprache.";
    BF_NICHT_2 = "bf.nicht2", "Eine unabhängige Stelle hat das Portal noch nicht geprüft.";
    BF_MELDEN = "bf.melden", "Sie haben ein Problem?";
    BF_MELDEN_TEXT = "bf.meldenText", "Bitte schreiben Sie uns oder rufen Sie uns an. Bekommen Sie keine gute Antwort? Dann können Sie sich an die Schlichtungsstelle oder Überwachungsstelle Ihres Bundeslandes wenden.";

    IM_ANBIETER = "im.anbieter", "Anbieter";
    IM_FEHLT = "im.fehlt", "Die Angaben zur Behörde konnten nicht geladen werden. Bitte laden Sie die Seite neu.";
    IM_SOFTWARE = "im.software", "Software";
    IM_SOFTWARE_TEXT = "im.softwareText", "Dieses Portal ist freie Software unter der European Union Public Licence 1.2.";

    HI_AUFHOEREN = "hi.aufhoeren", "Kann ich aufhören und später weitermachen?";
    HI_AUFHOEREN_TEXT = "hi.aufhoerenText", "Ja. Ihre Angaben bleiben auf diesem Gerät. Öffnen Sie die Seite später im gleichen Browser wieder. In einem privaten Fenster geht das nicht.";
    HI_DATEI = "hi.datei", "Welche Dateien kann ich hochladen?";
    HI_DATEI_TEXT = "hi.dateiText", "Sie können PDF, JPG und PNG hochladen. Ein gutes Foto mit dem Handy reicht: Legen Sie das Dokument flach hin und achten Sie auf gutes Licht.";
    HI_FALSCH = "hi.falsch", "Ich habe etwas falsch ausgefüllt";
    HI_FALSCH_TEXT = "hi.falschText", "Vor dem Absenden können Sie alles ändern. Haben Sie den Antrag schon abgesendet? Dann schreiben Sie bitte der Behörde und nennen Sie Ihre Vorgangsnummer.";
    HI_VERLOREN = "hi.verloren", "Ich habe meinen Zugangscode verloren";
    HI_VERLOREN_TEXT = "hi.verlorenText", "Wir können den Zugangscode nicht noch einmal zeigen. Ihr Antrag wird trotzdem bearbeitet. Fragen Sie die Behörde mit Ihrer Vorgangsnummer.";
    HI_SPRACHE = "hi.sprache", "Ich verstehe eine Frage nicht";
    HI_SPRACHE_TEXT = "hi.spracheText", "Oben auf jeder Seite können Sie die Sprache wechseln. Ihre Antworten bleiben dabei erhalten. Sie können auch die Behörde oder eine Beratungsstelle fragen.";

    JANUAR = "monat.1", "Januar";
    FEBRUAR = "monat.2", "Februar";
    MAERZ = "monat.3", "März";
    APRIL = "monat.4", "April";
    MAI = "monat.5", "Mai";
    JUNI = "monat.6", "Juni";
    JULI = "monat.7", "Juli";
    AUGUST = "monat.8", "August";
    SEPTEMBER = "monat.9", "September";
    OKTOBER = "monat.10", "Oktober";
    NOVEMBER = "monat.11", "November";
    DEZEMBER = "monat.12", "Dezember";

    // A part that somebody else fills in
    LINK_ANLEGEN = "link.anlegen", "Link erstellen";
    LINK_DA = "link.da", "Der Link ist da. Schicken Sie ihn jetzt an Ihren Arbeitgeber.";
    LINK_LABEL = "link.label", "Link für Ihren Arbeitgeber";
    LINK_HILFE = "link.hilfe", "Nur Ihr Arbeitgeber soll diesen Link bekommen. Wer ihn hat, kann den Teil des Arbeitgebers einmal ausfüllen.";
    LINK_KOPIEREN = "link.kopieren", "Link kopieren";
    LINK_KOPIERT = "link.kopiert", "Der Link ist kopiert.";
    LINK_MARKIERT = "link.markiert", "Der Link konnte nicht kopiert werden. Bitte kopieren Sie ihn aus dem Feld.";
    LINK_MAIL = "link.mail", "E-Mail schreiben";
    LINK_MAIL_BETREFF = "link.mailBetreff", "Erklärung zum Beschäftigungsverhältnis";
    LINK_MAIL_TEXT = "link.mailText", "Guten Tag, für meine Beschäftigungserlaubnis braucht die Ausländerbehörde Angaben von Ihnen. Bitte füllen Sie sie über diesen Link aus: {link}";
    LINK_LADEN = "link.laden", "Stand neu laden";
    LINK_NEU = "link.neu", "Neuen Link erstellen";
    LINK_NEU_FRAGE = "link.neuFrage", "Neuen Link erstellen?";
    LINK_NEU_WARNUNG = "link.neuWarnung", "Der alte Link gilt dann sofort nicht mehr. Schicken Sie den neuen Link an Ihren Arbeitgeber.";
    LINK_KORREKTUR = "link.korrektur", "Zur Korrektur zurückgeben";
    LINK_KORREKTUR_FRAGE = "link.korrekturFrage", "Soll Ihr Arbeitgeber etwas ändern?";
    LINK_KORREKTUR_WARNUNG = "link.korrekturWarnung", "Sie bekommen einen neuen Link für Ihren Arbeitgeber. Seine Angaben bleiben dort stehen, aber er muss sie neu bestätigen.";
    LINK_WEG = "link.weg", "Link zurückziehen";
    LINK_WEG_FRAGE = "link.wegFrage", "Link zurückziehen?";
    LINK_WEG_WARNUNG = "link.wegWarnung", "Der Link gilt dann sofort nicht mehr. Was Ihr Arbeitgeber schon gesendet hat, wird gelöscht.";
    LINK_WEG_DA = "link.wegDa", "Der Link ist zurückgezogen.";
    LINK_FEHLER = "link.fehler", "Das hat nicht geklappt. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.";
    LINK_GESENDET = "link.gesendet", "Der Link wurde noch nicht geöffnet";
    LINK_GEOEFFNET = "link.geoeffnet", "Ihr Arbeitgeber hat den Link geöffnet";
    LINK_AUSGEFUELLT = "link.ausgefuellt", "Ihr Arbeitgeber hat seinen Teil ausgefüllt";
    LINK_ABGELAUFEN = "link.abgelaufen", "Der Link ist abgelaufen";
    LINK_UNBEKANNT = "link.unbekannt", "Der Stand wird geladen";
    LINK_WARTET_TEXT = "link.wartetText", "Sie können inzwischen die anderen Fragen beantworten. Hier sehen Sie, wenn Ihr Arbeitgeber fertig ist.";
    LINK_AUSGEFUELLT_TEXT = "link.ausgefuelltText", "Seine Angaben sehen Sie vor dem Absenden. Sie können sie nicht ändern.";
    LINK_ABGELAUFEN_TEXT = "link.abgelaufenText", "Bitte erstellen Sie einen neuen Link und schicken Sie ihn an Ihren Arbeitgeber.";
    LINK_AM = "link.am", "Link erstellt am";
    LINK_GEOEFFNET_AM = "link.geoeffnetAm", "Geöffnet am";
    LINK_AUSGEFUELLT_AM = "link.ausgefuelltAm", "Ausgefüllt am";
    LINK_BIS = "link.bis", "Gilt bis";
    LINK_HERKUNFT = "link.herkunft", "Vom Arbeitgeber";
    AG_FUER = "ag.fuer", "Es geht um: {person}";
    AG_SENDEN = "ag.senden", "Verbindlich bestätigen und senden";
    AG_OHNE = "ag.ohne", "Der Link ist nicht vollständig";
    AG_OHNE_TEXT = "ag.ohneText", "Bitte öffnen Sie den Link genau so, wie Sie ihn bekommen haben.";
    AG_NETZ = "ag.netz", "Der Link konnte nicht geöffnet werden";
    AG_NETZ_TEXT = "ag.netzText", "Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.";
    AG_NOCHMAL = "ag.nochmal", "Noch einmal versuchen";
    AG_ABGELAUFEN = "ag.abgelaufen", "Dieser Link ist abgelaufen";
    AG_BENUTZT = "ag.benutzt", "Diese Erklärung ist schon gesendet";
    AG_BENUTZT_TEXT = "ag.benutztText", "Über diesen Link wurde die Erklärung schon gesendet. Sie müssen nichts mehr tun. Wenn etwas nicht stimmt, fragen Sie die Person nach einem neuen Link.";
    AG_UNGUELTIG = "ag.ungueltig", "Dieser Link gilt nicht";
    AG_NEU_TEXT = "ag.neuText", "Bitte fragen Sie die Person, die bei Ihnen arbeiten möchte, nach einem neuen Link.";
    AG_FERTIG = "ag.fertig", "Ihre Erklärung ist gesendet";
    AG_FERTIG_TEXT = "ag.fertigText", "Bitte speichern oder drucken Sie Ihre Bestätigung jetzt. Der Link gilt nicht mehr.";
    AG_NUMMER = "ag.nummer", "Nummer Ihrer Bestätigung";
    AG_PERSON = "ag.person", "Für";
    AG_BESTAETIGT_AM = "ag.bestaetigtAm", "Bestätigt am";
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    };

    use super::*;

    /// The texts of the user interface in a language file.
    fn datei(sprache: &str) -> BTreeMap<String, String> {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/texte/{sprache}.json"));
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let texte = json.as_object().unwrap().iter();
        texte
            .filter(|(key, _)| key.starts_with("ui."))
            .map(|(key, text)| (key.clone(), text.as_str().unwrap().to_owned()))
            .collect()
    }

    fn parameter(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0).collect()
    }

    /// What is said in Leichte Sprache: what stands on the start page and in the Quick-Check, and
    /// around them.
    fn is_leicht(text: &Uitext) -> bool {
        const RAHMEN: [Uitext; 36] = [
            PORTAL,
            SPRUNG,
            SPRACHE,
            NAVIGATION,
            LAEDT,
            SPRACHE_FEHLT,
            KEIN_SPEICHER,
            IHRE_BEHOERDE,
            JA,
            NEIN,
            FEHLER_TITEL,
            LEICHT_NICHT_HIER,
            ZURUECK,
            WEITER,
            FREIWILLIG,
            BITTE_WAEHLEN,
            TAG,
            MONAT,
            JAHR,
            EIN_FEHLER,
            MEHR_FEHLER,
            HINZUFUEGEN,
            ENTFERNEN,
            ENTFERNT,
            RUECKGAENGIG,
            WIEDER_DA,
            ABBRECHEN,
            SCHLIESSEN,
            AENDERN,
            FEHLT_SEITE,
            HILFE,
            STAND_TITEL,
            DATENSCHUTZ,
            BARRIEREFREIHEIT,
            IMPRESSUM,
            LIZENZEN,
        ];
        let is_page = |name| text.key.starts_with(name);
        is_page("ui.start.") || is_page("ui.qc.") || RAHMEN.contains(text)
    }

    #[test]
    fn every_language_has_all_texts_and_no_others() {
        for (sprache, _) in SPRACHEN.iter().filter(|it| it.0 != "de") {
            let datei = datei(sprache);
            for text in ALLE {
                let Some(other) = datei.get(text.key) else {
                    let is_missing = *sprache != LEICHT || is_leicht(text);
                    assert!(!is_missing, "{sprache}: {} is missing", text.key);
                    continue;
                };
                assert_eq!(parameter(other), parameter(text.deutsch), "{}", text.key);
            }
            for key in datei.keys() {
                assert!(ALLE.iter().any(|it| it.key == key), "nobody says {key}");
            }
        }
    }

    #[test]
    fn examples_are_as_they_should_be_typed() {
        let example = |text: Uitext| text.deutsch.rsplit(' ').next().unwrap();
        assert!(
            example(STAND_NUMMER_HILFE).parse::<shared::vorgangsnummer::Vorgangsnummer>().is_ok()
        );
        assert!(example(STAND_CODE_HILFE).parse::<shared::vorgangsnummer::Zugangscode>().is_ok());
    }

    #[test]
    fn keys_are_unique() {
        let keys: BTreeSet<&str> = ALLE.iter().map(|it| it.key).collect();
        assert_eq!(keys.len(), ALLE.len());
    }
}
