//! What the Quick-Check says, in German at level B1. Keys in other languages: `quickcheck.<Code>` and
//! `quickcheck.<Code>.aendern`.

use crate::recht::{Norm, asylg, einbtestv, gg, hauslg, stag};

/// A sentence of the Quick-Check.
#[derive(Debug)]
pub struct Text {
    pub code: &'static str,
    pub norm: Norm,
    pub satz: &'static str,
    /// What would change it, or what to do next; may be empty.
    pub aendern: &'static str,
}

/// Looks a code up.
///
/// # Panics
/// On a code without a text; a test walks over all codes.
pub fn text(code: &str) -> &'static Text {
    TEXTE.iter().find(|it| it.code == code).expect("every code of the Quick-Check has a text")
}

macro_rules! texte {
    ($($code:literal, $norm:expr, $satz:literal, $aendern:literal;)*) => {
        /// All texts: results, titles of conditions (`B_…`), ways, met conditions (`OK_…`), open
        /// points (`OP_…`), obstacles (`N_…`) and Hinweise (`H_…`).
        pub static TEXTE: &[Text] =
            &[$(Text { code: $code, norm: $norm, satz: $satz, aendern: $aendern }),*];
    };
}

texte! {
    "LIKELY", stag("§ 10"),
        "Nach Ihren Angaben sind die Voraussetzungen wahrscheinlich erfüllt.",
        "Sie können den Antrag jetzt stellen. Entscheiden wird die Behörde.";
    "POSSIBLE_OPEN_POINTS", stag("§ 10"),
        "Eine Einbürgerung ist vielleicht möglich. Einige Punkte sind noch offen.",
        "Klären Sie die offenen Punkte, oder stellen Sie den Antrag. Die Behörde prüft dann alles.";
    "NOT_YET", stag("§ 10"),
        "Nach Ihren Angaben ist eine Einbürgerung zurzeit wahrscheinlich noch nicht möglich.",
        "Unten steht, was noch fehlt. Sie dürfen den Antrag trotzdem stellen. Auch eine Ablehnung kostet Geld.";
    "OTHER_ROUTE", stag("§§ 4, 5, 15"),
        "Für Sie passt wahrscheinlich ein anderer Weg besser.",
        "Fragen Sie bei der Staatsangehörigkeitsbehörde nach diesem Weg.";

    "B_abstammung", stag("§§ 4, 5, 7, 13, 15"), "Deutsche Eltern oder anderer Weg", "";
    "B_wohnort", stag("§§ 13, 14"), "Wohnort", "";
    "B_alter", stag("§ 34"), "Alter", "";
    "B_staatenlos", stag("§ 8"), "Staatenlosigkeit", "";
    "B_aufenthalt", stag("§ 10 Abs. 1 Satz 1"), "Zeit in Deutschland", "";
    "B_titel", stag("§ 10 Abs. 1 Satz 1 Nr. 2"), "Aufenthaltstitel", "";
    "B_identitaet", stag("§ 10 Abs. 1 Satz 1"), "Identität", "";
    "B_lebensunterhalt", stag("§ 10 Abs. 1 Satz 1 Nr. 3"), "Lebensunterhalt", "";
    "B_sprache", stag("§ 10 Abs. 1 Satz 1 Nr. 6"), "Deutsch", "";
    "B_test", stag("§ 10 Abs. 1 Satz 1 Nr. 7"), "Einbürgerungstest", "";
    "B_strafen", stag("§ 12a"), "Strafen", "";
    "B_verfahren", stag("§ 12a Abs. 3"), "Laufende Verfahren", "";
    "B_bekenntnis", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a"), "Bekenntnis", "";
    "B_mehrehe", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"), "Ehe", "";
    "B_sperrfrist", stag("§ 35a"), "Sperrfrist", "";

    "P10_1", stag("§ 10 Abs. 1"), "Einbürgerung nach 5 Jahren in Deutschland.", "";
    "P9_1", stag("§ 9 Abs. 1"),
        "Einbürgerung für Ehepartnerinnen und Ehepartner von Deutschen, nach 3 Jahren in Deutschland und 2 Jahren Ehe.", "";
    "R_P4_1_FESTSTELLUNG", stag("§ 4 Abs. 1, § 30"),
        "Wer eine deutsche Mutter oder einen deutschen Vater hat, ist oft schon durch die Geburt deutsch.",
        "Beantragen Sie die Feststellung oder den Staatsangehörigkeitsausweis. Das kostet 51 Euro.";
    "R_P5_ERKLAERUNG", stag("§ 5"),
        "Früher waren manche Kinder deutscher Mütter oder Väter ausgeschlossen. Dann reicht vielleicht eine Erklärung.",
        "Fragen Sie bald danach: Dieses Recht gilt nur bis August 2031.";
    "R_ART116_2", gg("Art. 116 Abs. 2"),
        "Wurde Ihrer Familie die Staatsangehörigkeit in der NS-Zeit entzogen? Dann haben Sie ein eigenes Recht. Es kostet nichts.",
        "Wenden Sie sich an die Staatsangehörigkeitsbehörde, im Ausland an die deutsche Botschaft.";
    "R_P15", stag("§ 15"),
        "Für Familien, die in der NS-Zeit verfolgt wurden, gibt es einen weiteren Weg: ohne Sprachtest, ohne Mindestzeit und kostenlos.",
        "Wenden Sie sich an die Staatsangehörigkeitsbehörde, im Ausland an die deutsche Botschaft.";
    "R_P7", stag("§ 7"),
        "Wer als Spätaussiedler kommt, wird mit der Bescheinigung deutsch.",
        "Fragen Sie beim Bundesverwaltungsamt nach der Bescheinigung.";
    "R_P4_3", stag("§ 4 Abs. 3"),
        "Vielleicht sind Sie schon durch die Geburt in Deutschland deutsch.",
        "Fragen Sie beim Standesamt nach, das Ihre Geburtsurkunde ausgestellt hat.";
    "R_P13", stag("§ 13"),
        "Für frühere Deutsche, die im Ausland leben, gibt es einen eigenen Weg.",
        "Zuständig ist das Bundesverwaltungsamt. Die deutsche Botschaft hilft.";
    "R_P14", stag("§ 14"),
        "Wer im Ausland lebt, kann nur in besonderen Fällen eingebürgert werden.",
        "Zuständig ist das Bundesverwaltungsamt. Die deutsche Botschaft hilft.";
    "H_BVA_AUSLANDSVERTRETUNG", stag("§§ 13, 14"),
        "Der Antrag geht über die deutsche Botschaft oder das Konsulat an das Bundesverwaltungsamt.", "";

    "H_VERTRETUNG_DURCH_SORGEBERECHTIGTE", stag("§ 34 Satz 2"),
        "Für ein Kind unter 16 Jahren stellen die Eltern den Antrag. Es kann mit den Eltern zusammen eingebürgert werden.",
        "Bekenntnis und Test braucht das Kind nicht.";
    "H_EHEMALIG_DEUTSCH", stag("§ 8"),
        "Für frühere Deutsche gibt es Erleichterungen.",
        "Sagen Sie der Behörde, dass Sie früher deutsch waren.";
    "H_STAATENLOS_GEBURT", stag("§ 8"),
        "Für Staatenlose, die hier geboren und jünger als 21 sind, gibt es ein eigenes Gesetz mit leichteren Regeln.",
        "Sagen Sie der Behörde, dass Sie staatenlos und hier geboren sind.";
    "H_HEIMATLOS_P21_HAUSLG", hauslg("§ 21"),
        "Für heimatlose Ausländer gibt es ein eigenes Recht nach 7 Jahren. Es kostet 51 Euro.", "";
    "H_P12B_2_ANRECHNUNG", stag("§ 12b Abs. 2"),
        "Die Zeit vor Ihrem langen Auslandsaufenthalt kann die Behörde anrechnen, höchstens 3 Jahre.",
        "Bitten Sie im Antrag darum.";
    "H_P10_3_VERKUERZUNG", stag("§ 10 Abs. 3"),
        "Bis zum 29. Oktober 2025 kann die Behörde die Zeit auf 3 Jahre verkürzen, wenn Sie sich besonders gut integriert haben und sehr gut Deutsch sprechen (C1).",
        "Legen Sie Nachweise darüber vor.";
    "H_P8_ERMESSEN", stag("§ 8"),
        "Ohne Anspruch kann die Behörde in besonderen Fällen trotzdem zustimmen.",
        "Fragen Sie die Behörde, bevor Sie den Antrag stellen.";
    "H_P8_2_HAERTE", stag("§ 8 Abs. 2"),
        "In Härtefällen kann die Behörde vom eigenen Lebensunterhalt absehen.",
        "Fragen Sie die Behörde, bevor Sie den Antrag stellen.";
    "H_NACHWEIS_AUSNAHME_A", stag("§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe a"),
        "Für Gastarbeiter und Vertragsarbeiter gilt eine Ausnahme. Sie brauchen einen Nachweis darüber.",
        "Suchen Sie Unterlagen über die Einreise und die Arbeit von damals.";
    "H_NACHWEIS_AUSNAHME_B", stag("§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe b"),
        "Wer Vollzeit arbeitet und das in 20 der letzten 24 Monate getan hat, für den gilt eine Ausnahme. Sie brauchen einen Nachweis darüber.",
        "Bitten Sie Ihren Arbeitgeber um eine Bestätigung.";
    "H_NACHWEIS_AUSNAHME_C", stag("§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe c"),
        "Für die Familie von Menschen, die so lange Vollzeit arbeiten, gilt eine Ausnahme. Sie brauchen einen Nachweis darüber.",
        "Bitten Sie den Arbeitgeber Ihres Ehepartners um eine Bestätigung.";

    "OK_AUFENTHALT", stag("§ 10 Abs. 1 Satz 1"), "Sie leben nach Ihren Angaben lange genug in Deutschland.", "";
    "OK_TITEL", stag("§ 10 Abs. 1 Satz 1 Nr. 2"), "Ihr Aufenthaltstitel reicht nach Ihren Angaben aus.", "";
    "OK_IDENTITAET", stag("§ 10 Abs. 1 Satz 1"), "Ihre Identität ist nach Ihren Angaben geklärt.", "";
    "OK_LEBENSUNTERHALT", stag("§ 10 Abs. 1 Satz 1 Nr. 3"), "Ihr Lebensunterhalt ist nach Ihren Angaben gesichert, oder es gilt eine Ausnahme.", "";
    "OK_SPRACHE", stag("§ 10 Abs. 1 Satz 1 Nr. 6"), "Ihr Nachweis über Deutsch reicht nach Ihren Angaben aus.", "";
    "OK_TEST", stag("§ 10 Abs. 1 Satz 1 Nr. 7"), "Sie brauchen keinen Test mehr.", "";
    "OK_STRAFEN", stag("§ 12a Abs. 1"), "Strafen stehen nach Ihren Angaben nicht im Weg.", "";
    "OK_VERFAHREN", stag("§ 12a Abs. 3"), "Nach Ihren Angaben läuft kein Verfahren.", "";
    "OK_BEKENNTNIS", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a"), "Sie können das Bekenntnis abgeben.", "";
    "OK_MEHREHE", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"), "Hier steht nach Ihren Angaben nichts im Weg.", "";
    "OK_SPERRFRIST", stag("§ 35a"), "Nach Ihren Angaben gibt es keine Sperrfrist.", "";

    "OP_ABSTAMMUNG", stag("§§ 4, 5"),
        "Sie wissen nicht, ob ein Elternteil deutsch ist oder war.",
        "Fragen Sie in Ihrer Familie nach. Vielleicht sind Sie schon deutsch.";
    "OP_WOHNORT", stag("§ 10 Abs. 1 Satz 1"),
        "Es ist offen, wo Sie dauerhaft leben.",
        "Für diesen Weg müssen Sie in Deutschland leben.";
    "OP_ALTER_UNSICHER", stag("§ 34"),
        "Wir wissen nicht sicher, ob Sie schon 16 Jahre alt sind.",
        "Die Behörde prüft Ihr Geburtsdatum. Eine Geburtsurkunde hilft.";
    "OP_STAATENLOS", stag("§ 8"),
        "Es ist offen, ob Sie staatenlos sind.",
        "Fragen Sie die Ausländerbehörde. Für Staatenlose gibt es leichtere Regeln.";
    "OP_AUFENTHALT_UNBEKANNT", stag("§ 10 Abs. 1 Satz 1"),
        "Wir wissen nicht, seit wann Sie mit Erlaubnis hier leben. Nötig sind meist 5 Jahre.",
        "Die Daten stehen auf Ihren Karten. Die Ausländerbehörde hilft auch.";
    "OP_ABWESENHEIT_UNBEKANNT", stag("§ 12b Abs. 1, 2"),
        "Es ist offen, ob Sie einmal länger als 6 Monate im Ausland waren.",
        "Sehen Sie in Ihren Pass: Die Stempel zeigen, wann Sie im Ausland waren.";
    "OP_ABH_FRIST_NACHWEISEN", stag("§ 12b Abs. 1 Satz 2"),
        "Sie waren länger als 6 Monate im Ausland und hatten dafür eine Erlaubnis.",
        "Legen Sie das Schreiben der Ausländerbehörde vor.";
    "OP_ABWESENHEIT_HAELFTE", stag("§ 12b Abs. 1 Satz 5"),
        "Vielleicht waren Sie mehr als die Hälfte der Zeit im Ausland. Dann prüft die Behörde, ob Sie hier gelebt haben.",
        "Schreiben Sie alle Reisen mit Anfang und Ende auf.";
    "OP_P55_3_ASYLG", asylg("§ 55 Abs. 3"),
        "Zeit mit einer Aufenthaltsgestattung zählt, wenn Sie danach anerkannt wurden.",
        "Legen Sie den Bescheid über die Anerkennung vor.";
    "OP_EHE", stag("§ 9 Abs. 1"),
        "Es ist offen, ob Sie mit einer deutschen Person verheiratet sind. Dann reichen 3 Jahre.",
        "Sehen Sie in die Eheurkunde und in den Ausweis Ihres Ehepartners.";
    "OP_FIKTION", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        "Mit einer Fiktionsbescheinigung allein ist der Titel noch offen.",
        "Warten Sie auf den neuen Aufenthaltstitel, oder fragen Sie die Ausländerbehörde.";
    "OP_TITEL_UNBEKANNT", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        "Wir wissen nicht, welchen Aufenthaltstitel Sie haben.",
        "Der Titel steht auf der Karte. Die Ausländerbehörde hilft auch.";
    "OP_IDENTITAET", stag("§ 10 Abs. 1 Satz 1"),
        "Ihre Identität muss noch geklärt werden.",
        "Beantragen Sie einen neuen Pass, oder sammeln Sie andere Nachweise, zum Beispiel die Geburtsurkunde.";
    "OP_LEBENSUNTERHALT", stag("§ 10 Abs. 1 Satz 1 Nr. 3"),
        "Es ist offen, ob Ihr Einkommen auf Dauer reicht. Die Behörde rechnet das aus.",
        "Sammeln Sie Nachweise über Ihr Einkommen, zum Beispiel Lohnabrechnungen oder Steuerbescheide.";
    "OP_SPRACHE", stag("§ 10 Abs. 1 Satz 1 Nr. 6, Abs. 4"),
        "Es fehlt ein Nachweis über Deutsch (B1).",
        "Machen Sie eine Prüfung, zum Beispiel an der Volkshochschule.";
    "OP_SPRACHE_AUSNAHME", stag("§ 10 Abs. 4a, 6"),
        "Für die Sprache kommt eine Ausnahme in Frage. Die Behörde prüft sie.",
        "Legen Sie Nachweise vor: über Ihre Mühe, oder ein ärztliches Attest.";
    "OP_TEST", einbtestv("§§ 1, 2"),
        "Es fehlt der Einbürgerungstest.",
        "Melden Sie sich zum Test an, zum Beispiel an der Volkshochschule. Er kostet 25 Euro.";
    "OP_TEST_AUSNAHME", stag("§ 10 Abs. 6"),
        "Für den Test kommt eine Ausnahme in Frage. Die Behörde prüft sie.",
        "Legen Sie Nachweise vor, zum Beispiel ein ärztliches Attest.";
    "OP_STRAFE_GERINGFUEGIG", stag("§ 12a Abs. 1 Satz 3"),
        "Ihre Strafen liegen ein wenig über der Grenze von 90 Tagessätzen. Die Behörde entscheidet, ob das geringfügig ist.",
        "Strafen werden nach einigen Jahren aus dem Register gelöscht. Dann zählen sie nicht mehr.";
    "OP_STRAFE_UNBEKANNT", stag("§ 12a"),
        "Es ist offen, ob und wie Sie verurteilt wurden.",
        "Beim Bundesamt für Justiz können Sie sehen, was im Register steht.";
    "OP_P12A_3_AUSSETZUNG", stag("§ 12a Abs. 3"),
        "Solange ein Verfahren läuft, entscheidet die Behörde nicht.",
        "Warten Sie auf das Ende des Verfahrens, oder stellen Sie den Antrag und warten dann.";
    "OP_VERFAHREN_UNBEKANNT", stag("§ 12a Abs. 3"),
        "Es ist offen, ob ein Verfahren gegen Sie läuft.",
        "Wenn Sie Post von Polizei oder Gericht haben, fragen Sie dort nach.";
    "OP_P11_ABWENDUNG", stag("§ 11 Satz 1 Nr. 1"),
        "Sie haben früher etwas anderes unterstützt. Die Behörde prüft, ob Sie sich davon abgewandt haben.",
        "Schreiben Sie auf, was war und was sich geändert hat.";
    "OP_BEKENNTNIS", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a"),
        "Es ist offen, ob Sie das Bekenntnis abgeben können.",
        "Lesen Sie den Text in Ruhe. Fragen Sie bei einer Beratung, wenn Sie etwas nicht verstehen.";
    "OP_MEHREHE", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"),
        "Es ist offen, ob mehrere Ehen gleichzeitig bestehen.",
        "Klären Sie das mit den Urkunden über Ihre Ehen.";
    "OP_SPERRFRIST", stag("§ 35a"),
        "Es ist offen, ob eine Sperrfrist von 10 Jahren läuft.",
        "Sehen Sie in den Bescheid der Behörde.";

    "N_AUFENTHALT", stag("§ 10 Abs. 1 Satz 1"),
        "Für diesen Weg müssen Sie mit einer Erlaubnis in Deutschland leben.",
        "Fragen Sie die Ausländerbehörde nach einem Aufenthaltstitel.";
    "N_AUFENTHALTSDAUER", stag("§ 10 Abs. 1 Satz 1, § 9 Abs. 1"),
        "Sie leben noch nicht lange genug mit Erlaubnis in Deutschland.",
        "Das ändert sich mit der Zeit. Unten steht der früheste Tag.";
    "N_TITEL", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        "Mit diesem Aufenthaltstitel gibt es keinen Anspruch auf Einbürgerung.",
        "Fragen Sie die Ausländerbehörde, ob Sie einen anderen Titel bekommen können.";
    "N_KEIN_TITEL", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        "Für die Einbürgerung brauchen Sie einen Aufenthaltstitel.",
        "Fragen Sie die Ausländerbehörde, ob Sie einen Titel bekommen können.";
    "N_IDENTITAET", stag("§ 10 Abs. 1 Satz 1"),
        "Ohne geklärte Identität ist keine Einbürgerung möglich.",
        "Sammeln Sie Nachweise: Pass, Geburtsurkunde oder andere Urkunden. Eine Beratungsstelle hilft.";
    "N_LEBENSUNTERHALT", stag("§ 10 Abs. 1 Satz 1 Nr. 3"),
        "Sie müssen für sich und Ihre Familie ohne Leistungen vom Jobcenter oder Sozialamt leben können.",
        "Das ändert sich, wenn Ihr Einkommen reicht, oder nach 20 Monaten Vollzeit in 24 Monaten.";
    "N_STRAFE", stag("§ 12a Abs. 1"),
        "Ihre Strafen liegen über der Grenze, die außer Betracht bleibt.",
        "Strafen werden nach einigen Jahren aus dem Register gelöscht. Dann zählen sie nicht mehr.";
    "N_STRAFE_BEWAEHRUNG", stag("§ 12a Abs. 1 Satz 1 Nr. 3"),
        "Eine Freiheitsstrafe steht im Weg, solange sie nicht erlassen ist.",
        "Nach dem Ende der Bewährung kann das Gericht die Strafe erlassen.";
    "N_STRAFE_P12A_1_S2", stag("§ 12a Abs. 1 Satz 2"),
        "Bei antisemitischen, rassistischen oder sonst menschenverachtenden Taten zählt jede Strafe.",
        "Strafen werden nach einigen Jahren aus dem Register gelöscht. Dann zählen sie nicht mehr.";
    "N_BEKENNTNIS", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a"),
        "Ohne das Bekenntnis ist keine Einbürgerung möglich.",
        "Lesen Sie den Text in Ruhe. Fragen Sie bei einer Beratung, wenn Sie etwas nicht verstehen.";
    "N_P11_3A", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"),
        "Wer mit mehreren Personen gleichzeitig verheiratet ist, kann nicht eingebürgert werden.",
        "Sprechen Sie mit der Behörde.";
    "N_P35A", stag("§ 35a"),
        "Nach einer zurückgenommenen Einbürgerung oder falschen Angaben ist 10 Jahre lang keine Einbürgerung möglich.",
        "Unten steht der Tag, an dem die Frist endet.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_whole() {
        let mut codes = BTreeSet::new();
        for text in TEXTE {
            assert!(codes.insert(text.code), "{} twice", text.code);
            if !text.code.starts_with("B_") {
                assert!(text.satz.ends_with('.'), "{}", text.code);
            }
            let is_open = text.code.starts_with("OP_") || text.code.starts_with("N_");
            assert!(
                !is_open || text.aendern.ends_with('.'),
                "{}: what would change it?",
                text.code
            );
        }
    }
}
