//! What a Befund says: code, Schwere and German text with its `{parameter}`.

use super::{Schwere, Vorlage};

/// All Vorlagen. The codes are part of the outside surface: they never change their meaning.
pub static VORLAGEN: &[Vorlage] = &[
    Vorlage {
        code: "REQ",
        schwere: Schwere::Sperre,
        text: "Bitte füllen Sie das Feld „{label}“ aus.",
    },
    Vorlage {
        code: "CHOICE",
        schwere: Schwere::Sperre,
        text: "Bitte wählen Sie bei „{label}“ eine Antwort aus.",
    },
    Vorlage {
        code: "CONFIRM",
        schwere: Schwere::Sperre,
        text: "Bitte bestätigen Sie: „{label}“. Ohne diese Bestätigung können Sie nicht weitermachen.",
    },
    Vorlage {
        code: "LEN_MAX",
        schwere: Schwere::Sperre,
        text: "„{label}“ ist zu lang. Es sind höchstens {max} Zeichen möglich.",
    },
    Vorlage {
        code: "LEN_MIN",
        schwere: Schwere::Sperre,
        text: "„{label}“ ist zu kurz. Bitte geben Sie mindestens {min} Zeichen ein.",
    },
    Vorlage {
        code: "CHARSET",
        schwere: Schwere::Sperre,
        text: "Das Zeichen „{zeichen}“ in „{label}“ können wir nicht übertragen. Bitte schreiben Sie mit lateinischen Buchstaben, so wie in Ihrem Pass.",
    },
    Vorlage {
        code: "NAME_ZIFFER",
        schwere: Schwere::Hinweis,
        text: "In „{label}“ steht eine Ziffer oder ein ungewöhnliches Zeichen („{zeichen}“). Bitte prüfen Sie, ob das so in Ihrem Pass steht.",
    },
    Vorlage {
        code: "NAME_BEIDE_FEHLEN",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie mindestens einen Namen an: Vorname oder Familienname.",
    },
    Vorlage {
        code: "NAME_HAEKCHEN",
        schwere: Schwere::Sperre,
        text: "Sie haben „{label}“ ausgefüllt und gleichzeitig „habe ich nicht“ angekreuzt. Bitte entscheiden Sie sich für eines von beiden.",
    },
    Vorlage {
        code: "NUM_FORMAT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie bei „{label}“ nur Zahlen ein.",
    },
    Vorlage {
        code: "NUM_RANGE",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie bei „{label}“ eine Zahl zwischen {min} und {max} ein.",
    },
    Vorlage {
        code: "MAX_ITEMS",
        schwere: Schwere::Sperre,
        text: "Sie können hier höchstens {max} Einträge machen.",
    },
    Vorlage {
        code: "CODE_UNBEKANNT",
        schwere: Schwere::Sperre,
        text: "Bitte wählen Sie bei „{label}“ einen Eintrag aus der Liste.",
    },
    Vorlage {
        code: "CODE_HISTORISCH",
        schwere: Schwere::Sperre,
        text: "Den Staat „{wert}“ gibt es heute nicht mehr. Bitte wählen Sie Ihre heutige Staatsangehörigkeit. Frühere Staatsangehörigkeiten können Sie weiter unten angeben.",
    },
    Vorlage {
        code: "CODE_DOPPELT",
        schwere: Schwere::Sperre,
        text: "Sie haben „{wert}“ zweimal angegeben. Bitte löschen Sie einen der beiden Einträge.",
    },
    Vorlage {
        code: "CODE_EXKLUSIV",
        schwere: Schwere::Sperre,
        text: "„{wert}“ kann nicht zusammen mit einer anderen Staatsangehörigkeit angegeben werden.",
    },
    Vorlage {
        code: "DATE_FORMAT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie das Datum so ein: TT.MM.JJJJ, zum Beispiel 07.03.1990.",
    },
    Vorlage {
        code: "DATE_GIBTS_NICHT",
        schwere: Schwere::Sperre,
        text: "Den Tag {wert} gibt es nicht. Bitte prüfen Sie Tag und Monat.",
    },
    Vorlage {
        code: "DATE_ZUKUNFT",
        schwere: Schwere::Sperre,
        text: "„{label}“ liegt in der Zukunft. Bitte prüfen Sie das Datum.",
    },
    Vorlage {
        code: "DATE_VERGANGEN",
        schwere: Schwere::Sperre,
        text: "„{label}“ liegt in der Vergangenheit. Bitte geben Sie ein Datum ab heute an.",
    },
    Vorlage {
        code: "DATE_REIHENFOLGE",
        schwere: Schwere::Sperre,
        text: "„{labelBis}“ liegt vor „{labelVon}“. Bitte prüfen Sie beide Daten.",
    },
    Vorlage {
        code: "DATE_VOR_GEBURT",
        schwere: Schwere::Sperre,
        text: "„{label}“ liegt vor dem Geburtsdatum. Bitte prüfen Sie beide Daten.",
    },
    Vorlage {
        code: "DATE_ALTER_120",
        schwere: Schwere::Sperre,
        text: "Das Geburtsdatum liegt mehr als 120 Jahre zurück. Bitte prüfen Sie das Jahr.",
    },
    Vorlage {
        code: "GEBURT_TEIL",
        schwere: Schwere::Hinweis,
        text: "Das Geburtsdatum ist nicht vollständig bekannt. Das ist in Ordnung. Wir zeigen der Behörde, welcher Teil fehlt.",
    },
    Vorlage {
        code: "ALTER_UNSICHER",
        schwere: Schwere::Hinweis,
        text: "Das genaue Alter ist nicht bekannt. Die Behörde prüft, was das für den Antrag bedeutet.",
    },
    Vorlage {
        code: "PERIODE_UEBERLAPPT",
        schwere: Schwere::Sperre,
        text: "Die Zeiträume {a} und {b} überschneiden sich. Bitte ändern Sie einen der beiden Zeiträume.",
    },
    Vorlage {
        code: "PERIODE_LUECKE",
        schwere: Schwere::Hinweis,
        text: "Zwischen {a} und {b} fehlt eine Angabe. Bitte ergänzen Sie, wo Sie in dieser Zeit waren, oder schreiben Sie kurz, warum die Angabe fehlt.",
    },
    Vorlage {
        code: "PERIODE_MEHRFACH_OFFEN",
        schwere: Schwere::Sperre,
        text: "Nur ein Zeitraum darf bis heute dauern. Bitte tragen Sie bei den anderen ein Enddatum ein.",
    },
    Vorlage {
        code: "PLZ",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie eine deutsche Postleitzahl mit 5 Ziffern ein, zum Beispiel 33602.",
    },
    Vorlage {
        code: "PLZ_ORT",
        schwere: Schwere::Hinweis,
        text: "Die Postleitzahl {plz} und der Ort „{ort}“ passen nach unserem Verzeichnis nicht zusammen. Bitte prüfen Sie beides.",
    },
    Vorlage {
        code: "HAUSNUMMER",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie die Hausnummer als Zahl ein (höchstens 4 Ziffern). Buchstaben wie „a“ gehören in das Feld daneben.",
    },
    Vorlage {
        code: "NICHT_ZUSTAENDIG",
        schwere: Schwere::Hinweis,
        text: "Nach Ihrer Adresse ist wahrscheinlich eine andere Behörde zuständig: {behoerde}. Sie können den Antrag trotzdem vorbereiten.",
    },
    Vorlage {
        code: "EMAIL",
        schwere: Schwere::Sperre,
        text: "Bitte prüfen Sie die E-Mail-Adresse. Sie muss ein @ enthalten, zum Beispiel name@beispiel.de.",
    },
    Vorlage {
        code: "TELEFON",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie die Telefonnummer mit Vorwahl ein, zum Beispiel +49 521 123456.",
    },
    Vorlage {
        code: "KONTAKT_FEHLT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an, damit wir Sie erreichen können.",
    },
    Vorlage {
        code: "AUSLANDSANSCHRIFT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie die Adresse im Ausland in 2 bis 5 Zeilen ein. Jede Zeile darf höchstens 35 Zeichen haben.",
    },
    Vorlage {
        code: "AZR_FORMAT",
        schwere: Schwere::Sperre,
        text: "Die AZR-Nummer hat 12 Ziffern und beginnt mit einem Datum (Jahr, Monat, Tag). Sie finden sie zum Beispiel auf der Duldung, der Aufenthaltsgestattung oder in Briefen der Behörde.",
    },
    Vorlage {
        code: "EAT_FORMAT",
        schwere: Schwere::Sperre,
        text: "Die Nummer Ihrer Aufenthaltskarte hat 9 Zeichen (Buchstaben und Ziffern). Sie steht oben rechts auf der Karte, zum Beispiel Y701001V3.",
    },
    Vorlage {
        code: "EAT_PRUEFZIFFER",
        schwere: Schwere::Sperre,
        text: "Die Nummer Ihrer Aufenthaltskarte stimmt nicht. Bitte vergleichen Sie jedes Zeichen. Der Buchstabe O kommt nicht vor, nur die Ziffer 0.",
    },
    Vorlage {
        code: "PASS_FORMAT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie die Passnummer so ein, wie sie im Pass steht: nur Buchstaben A bis Z und Ziffern, 5 bis 20 Zeichen.",
    },
    Vorlage {
        code: "PASS_ABGELAUFEN",
        schwere: Schwere::Hinweis,
        text: "Der Pass ist seit dem {datum} abgelaufen. Bitte beantragen Sie einen neuen Pass und laden Sie ihn später hoch.",
    },
    Vorlage {
        code: "PASS_DATEN",
        schwere: Schwere::Sperre,
        text: "Das Ende der Gültigkeit des Passes liegt vor dem Tag der Ausstellung. Bitte prüfen Sie beide Daten.",
    },
    Vorlage {
        code: "BNR_FORMAT",
        schwere: Schwere::Sperre,
        text: "Die Betriebsnummer hat 8 Ziffern. Sie finden sie in der Meldung zur Sozialversicherung oder fragen Sie die Lohnbuchhaltung.",
    },
    Vorlage {
        code: "BNR_PRUEFZIFFER",
        schwere: Schwere::Sperre,
        text: "Die Betriebsnummer {wert} stimmt nicht (die letzte Ziffer passt nicht). Bitte prüfen Sie die Nummer.",
    },
    Vorlage {
        code: "KLDB_FORMAT",
        schwere: Schwere::Sperre,
        text: "Bitte wählen Sie einen Beruf aus der Liste. Der Berufsschlüssel hat 5 Ziffern.",
    },
    Vorlage {
        code: "UP_FEHLT",
        schwere: Schwere::Sperre,
        text: "Es fehlt noch: {nachweis}. Bitte laden Sie das Dokument hoch oder wählen Sie „reiche ich nach“.",
    },
    Vorlage {
        code: "UP_FEHLT_NACHREICHEN",
        schwere: Schwere::Hinweis,
        text: "Sie haben „{nachweis}“ noch nicht hochgeladen. Die Behörde kann erst entscheiden, wenn das Dokument da ist.",
    },
    Vorlage {
        code: "UP_TYP",
        schwere: Schwere::Sperre,
        text: "Die Datei „{datei}“ hat ein Format, das wir nicht annehmen. Möglich sind PDF, JPG und PNG.",
    },
    Vorlage {
        code: "UP_GROESSE",
        schwere: Schwere::Sperre,
        text: "Die Datei „{datei}“ ist zu groß ({mb} MB). Möglich sind höchstens {max} MB pro Datei.",
    },
    Vorlage {
        code: "UP_SUMME",
        schwere: Schwere::Sperre,
        text: "Alle Dateien zusammen sind zu groß ({mb} MB). Möglich sind höchstens {max} MB.",
    },
    Vorlage {
        code: "UP_VIRUS",
        schwere: Schwere::Sperre,
        text: "Die Datei „{datei}“ wurde abgelehnt, weil sie ein Sicherheitsrisiko enthält. Bitte erstellen Sie eine neue Kopie.",
    },
    Vorlage {
        code: "UP_PASSWORT",
        schwere: Schwere::Sperre,
        text: "Die Datei „{datei}“ ist mit einem Passwort geschützt. Bitte laden Sie eine Kopie ohne Passwort hoch.",
    },
    Vorlage {
        code: "UP_LEER",
        schwere: Schwere::Sperre,
        text: "Die Datei „{datei}“ ist leer oder beschädigt. Bitte laden Sie sie noch einmal hoch.",
    },
    Vorlage {
        code: "UP_SEITEN",
        schwere: Schwere::Hinweis,
        text: "Die Datei „{datei}“ hat {seiten} Seiten. Bitte laden Sie jedes Dokument einzeln hoch, nicht alles in einer Datei.",
    },
    Vorlage {
        code: "UP_AUFLOESUNG",
        schwere: Schwere::Hinweis,
        text: "Das Bild „{datei}“ ist unscharf oder sehr klein. Bitte fotografieren Sie das Dokument noch einmal bei gutem Licht.",
    },
    Vorlage {
        code: "ERKL_RICHTIG",
        schwere: Schwere::Sperre,
        text: "Bitte bestätigen Sie, dass Ihre Angaben richtig und vollständig sind.",
    },
    Vorlage {
        code: "ERKL_DATENSCHUTZ",
        schwere: Schwere::Sperre,
        text: "Bitte bestätigen Sie, dass Sie die Hinweise zum Datenschutz gelesen haben.",
    },
    Vorlage {
        code: "KONTROLLE_OFFEN",
        schwere: Schwere::Sperre,
        text: "Bitte sehen Sie sich die Zusammenfassung bis zum Ende an, bevor Sie absenden.",
    },
    Vorlage {
        code: "EB_ALTER_VERTRETUNG",
        schwere: Schwere::Sperre,
        text: "Personen unter 16 Jahren können den Antrag nicht selbst stellen. Bitte wählen Sie „Ich stelle den Antrag für mein Kind“.",
    },
    Vorlage {
        code: "EB_SORGE_ZUSTIMMUNG",
        schwere: Schwere::Sperre,
        text: "Sie haben das gemeinsame Sorgerecht angegeben. Bitte tragen Sie auch den anderen Elternteil ein. Er muss zustimmen.",
    },
    Vorlage {
        code: "EB_KIND_VOLLJAEHRIG",
        schwere: Schwere::Sperre,
        text: "{name} ist volljährig und kann nicht als Kind mit eingebürgert werden. {name} muss einen eigenen Antrag stellen.",
    },
    Vorlage {
        code: "EB_KIND_SCHON_DEUTSCH",
        schwere: Schwere::Hinweis,
        text: "{name} ist vielleicht schon durch Geburt deutsch. Bitte fragen Sie beim Standesamt nach, bevor Sie die Gebühr zahlen.",
    },
    Vorlage {
        code: "EB_DEUTSCH",
        schwere: Schwere::Sperre,
        text: "Sie haben „deutsch“ als Staatsangehörigkeit angegeben. Wer schon deutsch ist, kann nicht eingebürgert werden. Einen Nachweis bekommen Sie mit dem Staatsangehörigkeitsausweis.",
    },
    Vorlage {
        code: "EB_TITEL_REICHT_NICHT",
        schwere: Schwere::Hinweis,
        text: "Mit Ihrem Aufenthaltstitel ({titel}) haben Sie keinen Anspruch auf Einbürgerung. Die Behörde kann nur in Ausnahmefällen zustimmen.",
    },
    Vorlage {
        code: "EB_TITEL_ABGELAUFEN",
        schwere: Schwere::Hinweis,
        text: "Ihr Aufenthaltstitel ist am {datum} abgelaufen. Bitte laden Sie die Fiktionsbescheinigung hoch oder verlängern Sie den Titel.",
    },
    Vorlage {
        code: "EB_EINREISE_ZEITEN",
        schwere: Schwere::Sperre,
        text: "Ihre erste Aufenthaltszeit beginnt am {a}, das ist vor Ihrer ersten Einreise am {b}. Bitte prüfen Sie beide Daten.",
    },
    Vorlage {
        code: "EB_ZEITEN_BIS_HEUTE",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie auch Ihre jetzige Aufenthaltszeit an. Sie muss bis heute dauern.",
    },
    Vorlage {
        code: "EB_AUFENTHALT_KURZ",
        schwere: Schwere::Hinweis,
        text: "Sie leben nach Ihren Angaben noch keine {jahre} Jahre rechtmäßig in Deutschland. Der früheste Tag ist der {datum}.",
    },
    Vorlage {
        code: "EB_AUSLAND_LANG",
        schwere: Schwere::Hinweis,
        text: "Sie waren vom {a} bis {b} länger als 6 Monate im Ausland. Hatten Sie vorher eine Erlaubnis der Ausländerbehörde? Bitte laden Sie sie hoch.",
    },
    Vorlage {
        code: "EB_AUSLAND_AUSSERHALB",
        schwere: Schwere::Sperre,
        text: "Der Auslandsaufenthalt vom {a} bis {b} liegt vor Ihrer ersten Einreise. Bitte löschen oder ändern Sie ihn.",
    },
    Vorlage {
        code: "EB_EHE_DATUM",
        schwere: Schwere::Sperre,
        text: "Bei „verheiratet“ oder „in eingetragener Lebenspartnerschaft“ brauchen wir das Datum. Bitte geben Sie an, seit wann.",
    },
    Vorlage {
        code: "EB_MEHREHE",
        schwere: Schwere::Hinweis,
        text: "Wer mit mehreren Personen gleichzeitig verheiratet ist, kann nicht eingebürgert werden. Bitte sprechen Sie vorher mit der Behörde.",
    },
    Vorlage {
        code: "EB_VOLLZEIT_MONATE",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie eine Zahl zwischen 0 und 24 an. Gemeint sind Monate mit Vollzeit-Arbeit in den letzten 24 Monaten.",
    },
    Vorlage {
        code: "EB_LEISTUNG_WIDERSPRUCH",
        schwere: Schwere::Sperre,
        text: "Sie haben „keine Leistungen vom Jobcenter oder Sozialamt“ angekreuzt, aber weiter unten {leistung} angegeben. Bitte ändern Sie eine der beiden Angaben.",
    },
    Vorlage {
        code: "EB_SPRACHE_NIVEAU",
        schwere: Schwere::Hinweis,
        text: "Ihr Nachweis hat das Niveau {niveau}. Für die Einbürgerung brauchen Sie in der Regel B1.",
    },
    Vorlage {
        code: "EB_TEST_PUNKTE",
        schwere: Schwere::Sperre,
        text: "Der Test hat 33 Fragen. Bitte geben Sie eine Zahl zwischen 0 und 33 ein.",
    },
    Vorlage {
        code: "EB_TEST_NICHT_BESTANDEN",
        schwere: Schwere::Hinweis,
        text: "Der Einbürgerungstest ist erst mit 17 richtigen Antworten bestanden. Sie haben {punkte} angegeben.",
    },
    Vorlage {
        code: "EB_STRAFE_DETAIL",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie zu jeder Verurteilung die Höhe der Strafe an (Tagessätze oder Monate).",
    },
    Vorlage {
        code: "EB_STRAFE_JA_OHNE",
        schwere: Schwere::Sperre,
        text: "Sie haben „Ja, ich wurde verurteilt“ angekreuzt. Bitte tragen Sie mindestens eine Verurteilung ein.",
    },
    Vorlage {
        code: "EB_STRAFE_NEIN_MIT",
        schwere: Schwere::Sperre,
        text: "Sie haben „Nein“ angekreuzt, aber eine Verurteilung eingetragen. Bitte ändern Sie eine der beiden Angaben.",
    },
    Vorlage {
        code: "EB_BEKENNTNIS_FEHLT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie das Bekenntnis vollständig ab. Lesen Sie jeden Punkt und setzen Sie jedes Häkchen selbst.",
    },
    Vorlage {
        code: "EB_SPERRFRIST",
        schwere: Schwere::Hinweis,
        text: "Nach einer zurückgenommenen Einbürgerung oder falschen Angaben ist eine Einbürgerung 10 Jahre lang nicht möglich. Der früheste Tag ist der {datum}.",
    },
    Vorlage {
        code: "EB_GEBUEHR_KIND",
        schwere: Schwere::Hinweis,
        text: "Die ermäßigte Gebühr von 51 Euro gilt nur für Kinder ohne eigenes Einkommen. Für {name} haben Sie eigenes Einkommen angegeben.",
    },
    Vorlage {
        code: "VE_ALTER",
        schwere: Schwere::Sperre,
        text: "Sie müssen mindestens 18 Jahre alt sein, um eine Verpflichtungserklärung abzugeben.",
    },
    Vorlage {
        code: "VE_GASTGEBER_TITEL",
        schwere: Schwere::Sperre,
        text: "Mit einer {titel} können Sie keine Verpflichtungserklärung abgeben. Bitte wenden Sie sich an die Ausländerbehörde.",
    },
    Vorlage {
        code: "VE_TITEL_ENDET",
        schwere: Schwere::Hinweis,
        text: "Ihr Aufenthaltstitel endet am {a}, der Besuch soll bis {b} dauern. Ihr Titel muss länger gültig sein als der Besuch.",
    },
    Vorlage {
        code: "VE_LEISTUNGSBEZUG",
        schwere: Schwere::Hinweis,
        text: "Wer Grundsicherungsgeld oder Sozialhilfe bekommt, kann die Kosten in der Regel nicht übernehmen. Die Behörde wird wahrscheinlich ablehnen. Die Gebühr fällt trotzdem an.",
    },
    Vorlage {
        code: "VE_DAUER_C",
        schwere: Schwere::Sperre,
        text: "Ein Besuch mit Schengen-Visum darf höchstens 90 Tage dauern. Bitte ändern Sie die Dauer oder wählen Sie ein nationales Visum.",
    },
    Vorlage {
        code: "VE_EINREISE_FRUEH",
        schwere: Schwere::Sperre,
        text: "Der Tag der Einreise liegt in der Vergangenheit. Bitte geben Sie einen Tag ab heute an.",
    },
    Vorlage {
        code: "VE_EINREISE_SPAET",
        schwere: Schwere::Hinweis,
        text: "Die Einreise liegt mehr als 6 Monate in der Zukunft. Die Verpflichtungserklärung soll nicht älter als 6 Monate sein, wenn das Visum beantragt wird.",
    },
    Vorlage {
        code: "VE_BEGLEITPERSON_ALTER",
        schwere: Schwere::Sperre,
        text: "{name} ist volljährig. Auf derselben Erklärung können nur die Ehefrau, der Ehemann oder minderjährige Kinder des Gastes stehen. Für {name} brauchen Sie eine eigene Erklärung.",
    },
    Vorlage {
        code: "VE_BEGLEITPERSON_EHE",
        schwere: Schwere::Sperre,
        text: "Es ist nur eine Ehepartnerin oder ein Ehepartner möglich.",
    },
    Vorlage {
        code: "VE_GAST_GLEICH_GASTGEBER",
        schwere: Schwere::Sperre,
        text: "Der Gast und der Verpflichtungsgeber haben denselben Namen und dasselbe Geburtsdatum. Bitte prüfen Sie die Angaben.",
    },
    Vorlage {
        code: "VE_EINKUNFT_MONATE",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie das Netto-Einkommen für mindestens 3 aufeinander folgende Monate an (höchstens 7).",
    },
    Vorlage {
        code: "VE_EINKUNFT_GANZZAHL",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie ganze Euro ohne Komma ein.",
    },
    Vorlage {
        code: "VE_UNTERHALT_MAX",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie eine Zahl zwischen 0 und 5 an. Mehr als 5 Personen werden nach dem Gesetz nicht berücksichtigt.",
    },
    Vorlage {
        code: "VE_NACHWEIS_ALT",
        schwere: Schwere::Hinweis,
        text: "Der Nachweis „{nachweis}“ ist älter als 6 Monate. Bitte laden Sie einen neueren hoch.",
    },
    Vorlage {
        code: "VE_BONITAET_GERING",
        schwere: Schwere::Hinweis,
        text: "Nach Ihren Angaben reicht das Einkommen wahrscheinlich nicht aus. Es fehlen ungefähr {fehlbetrag} Euro im Monat. Sie können zusätzliche Sicherheiten angeben, zum Beispiel ein Sparbuch mit Sperrvermerk.",
    },
    Vorlage {
        code: "VE_BELEHRUNG_EINZELN",
        schwere: Schwere::Sperre,
        text: "Bitte lesen Sie jeden der {anzahl} Hinweise und bestätigen Sie ihn einzeln. Es fehlen noch {fehlend}.",
    },
    Vorlage {
        code: "VE_BEDENKZEIT",
        schwere: Schwere::Sperre,
        text: "Bitte lesen Sie die Hinweise in Ruhe. Sie können die Erklärung in {sekunden} Sekunden abgeben.",
    },
    Vorlage {
        code: "VE_EID_FEHLT",
        schwere: Schwere::Sperre,
        text: "Für die elektronische Abgabe müssen Sie sich mit dem Online-Ausweis anmelden. Ohne Online-Ausweis können Sie die Angaben vorbereiten und einen Termin vereinbaren.",
    },
    Vorlage {
        code: "VE_EID_ABWEICHUNG",
        schwere: Schwere::Sperre,
        text: "Der Name oder das Geburtsdatum aus Ihrem Ausweis stimmt nicht mit Ihren Angaben überein. Bitte prüfen Sie Ihre Angaben.",
    },
    Vorlage {
        code: "VE_FIRMA_VERTRETUNG",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie mindestens eine Person an, die für die Organisation unterschreiben darf.",
    },
    Vorlage {
        code: "VE_GESAMTSCHULDNER",
        schwere: Schwere::Sperre,
        text: "Wenn mehrere Personen die Kosten übernehmen, braucht jede Person eine eigene Erklärung mit eigener Unterschrift. Bitte geben Sie für jede Person alle Angaben ein.",
    },
    Vorlage {
        code: "VE_NR_VERGEBEN",
        schwere: Schwere::Sperre,
        text: "Die Vordrucknummer {nr} ist schon verwendet (Status: {status}). Bitte nehmen Sie den nächsten Vordruck.",
    },
    Vorlage {
        code: "VE_NR_UNBEKANNT",
        schwere: Schwere::Sperre,
        text: "Die Vordrucknummer {nr} gehört nicht zum Bestand dieser Dienststelle.",
    },
    Vorlage {
        code: "VE_VIERAUGEN",
        schwere: Schwere::Sperre,
        text: "Diese Buchung muss eine zweite Person bestätigen. Sie selbst können sie nicht freigeben.",
    },
    Vorlage {
        code: "BE_NICHT_NOETIG",
        schwere: Schwere::Hinweis,
        text: "Mit Ihrem Aufenthaltstitel dürfen Sie schon arbeiten. Sie brauchen wahrscheinlich keinen Antrag. Bitte sehen Sie auf Ihrer Karte oder dem Zusatzblatt nach.",
    },
    Vorlage {
        code: "BE_60B",
        schwere: Schwere::Hinweis,
        text: "Auf Ihrer Duldung steht „für Personen mit ungeklärter Identität“. Damit darf die Behörde keine Arbeit erlauben. Sprechen Sie mit einer Beratungsstelle, wie Sie den Zusatz beenden können.",
    },
    Vorlage {
        code: "BE_WARTEZEIT",
        schwere: Schwere::Hinweis,
        text: "Sie können voraussichtlich erst ab dem {datum} arbeiten. Sie dürfen den Antrag trotzdem schon stellen.",
    },
    Vorlage {
        code: "BE_SICHERER_STAAT",
        schwere: Schwere::Hinweis,
        text: "Für Menschen aus Ihrem Herkunftsland ist Arbeit während des Asylverfahrens in der Regel verboten. Bitte lassen Sie sich beraten.",
    },
    Vorlage {
        code: "BE_STATUS_ABGELAUFEN",
        schwere: Schwere::Hinweis,
        text: "Ihr Dokument ist am {datum} abgelaufen. Bitte verlängern Sie es zuerst oder laden Sie die Verlängerung hoch.",
    },
    Vorlage {
        code: "BE_BEGINN_VERGANGEN",
        schwere: Schwere::Sperre,
        text: "Der Beginn der Arbeit liegt in der Vergangenheit. Sie dürfen erst arbeiten, wenn die Erlaubnis da ist. Bitte geben Sie einen neuen Tag an.",
    },
    Vorlage {
        code: "BE_BEGINN_KNAPP",
        schwere: Schwere::Hinweis,
        text: "Der Beginn ist schon in {tage} Tagen. Die Prüfung dauert meistens länger, weil die Bundesagentur für Arbeit bis zu 2 Wochen Zeit hat.",
    },
    Vorlage {
        code: "BE_BEFRISTUNG",
        schwere: Schwere::Sperre,
        text: "Das Ende des Arbeitsvertrags liegt vor dem Beginn. Bitte prüfen Sie beide Daten.",
    },
    Vorlage {
        code: "BE_STUNDEN",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie Wochenstunden zwischen 0,5 und 48 an, zum Beispiel 38,5.",
    },
    Vorlage {
        code: "BE_STUNDEN_JUGEND",
        schwere: Schwere::Sperre,
        text: "Unter 18 Jahren sind höchstens 40 Stunden in der Woche erlaubt.",
    },
    Vorlage {
        code: "BE_MINDESTLOHN",
        schwere: Schwere::Hinweis,
        text: "Der Lohn liegt mit {stunde} Euro pro Stunde unter dem gesetzlichen Mindestlohn von {mindestlohn} Euro. Bitte prüfen Sie Lohn und Stunden.",
    },
    Vorlage {
        code: "BE_LOHN_FEHLT",
        schwere: Schwere::Sperre,
        text: "Bitte geben Sie den Lohn pro Stunde oder pro Monat an (brutto).",
    },
    Vorlage {
        code: "BE_MINIJOB",
        schwere: Schwere::Hinweis,
        text: "Sie haben „geringfügig“ gewählt, aber einen Monatslohn von {betrag} Euro angegeben. Die Grenze für Minijobs liegt bei {grenze} Euro.",
    },
    Vorlage {
        code: "BE_URLAUB",
        schwere: Schwere::Sperre,
        text: "Der gesetzliche Mindesturlaub bei {tage} Arbeitstagen in der Woche ist {min} Tage im Jahr. Bitte prüfen Sie die Angabe.",
    },
    Vorlage {
        code: "BE_LEIHARBEIT",
        schwere: Schwere::Hinweis,
        text: "Sie sollen an andere Firmen überlassen werden (Leiharbeit). Dafür darf die Bundesagentur für Arbeit bei einem Aufenthaltstitel nicht zustimmen.",
    },
    Vorlage {
        code: "BE_TARIF",
        schwere: Schwere::Sperre,
        text: "Sie haben „tarifgebunden: Ja“ gewählt. Bitte nennen Sie den Tarifvertrag.",
    },
    Vorlage {
        code: "BE_ERLAUBNIS_BERUF",
        schwere: Schwere::Sperre,
        text: "Für diesen Beruf brauchen Sie eine Berufserlaubnis. Bitte nennen Sie die Erlaubnis und laden Sie den Nachweis hoch.",
    },
    Vorlage {
        code: "BE_AG_ERKLAERUNG",
        schwere: Schwere::Sperre,
        text: "Der Arbeitgeber hat seinen Teil noch nicht bestätigt. Bitte schicken Sie ihm den Link oder laden Sie die unterschriebene Erklärung hoch.",
    },
    Vorlage {
        code: "BE_AG_VERTRAG",
        schwere: Schwere::Hinweis,
        text: "Die Angaben des Arbeitgebers weichen von Ihren Angaben ab: {felder}. Bitte klären Sie das mit Ihrem Arbeitgeber.",
    },
    Vorlage {
        code: "BE_AUSBILDUNG_SCHULE",
        schwere: Schwere::Hinweis,
        text: "Schulische Ausbildungen brauchen oft keine Beschäftigungserlaubnis. Bitte prüfen Sie, ob es einen Ausbildungsvertrag mit einem Betrieb gibt.",
    },
    Vorlage {
        code: "BE_SELBSTAENDIG",
        schwere: Schwere::Sperre,
        text: "Dieser Antrag gilt nur für Arbeit als Arbeitnehmerin oder Arbeitnehmer. Für eine selbstständige Tätigkeit wenden Sie sich bitte an die Ausländerbehörde.",
    },
];
