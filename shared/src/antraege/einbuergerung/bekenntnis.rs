//! The wording of the Bekenntnis: blocks of text with a version, valid for a time. An authority that
//! has another wording supplies it in its file of texts (`label.eb.bekenntnis…`).

use crate::{recht::Gueltigkeit, werte::Datum};

/// A wording of the Bekenntnis.
pub struct Bekenntnistext {
    /// Stored with the Bekenntnis: `de-2026-01`.
    pub version: &'static str,
    pub gueltig: Gueltigkeit,
    /// § 10 Abs. 1 Satz 1 Nr. 1 StAG with § 4 Abs. 2 BVerfSchG, each to be ticked on its own.
    pub punkte: [&'static str; 8],
    /// § 10 Abs. 1 Satz 1 Nr. 1a StAG.
    pub verantwortung: &'static str,
    /// § 10 Abs. 1 Satz 1 Nr. 1 Buchstabe a bis c StAG.
    pub bestrebungen: &'static str,
}

/// The wording in force.
pub const AKTUELL: Bekenntnistext = Bekenntnistext {
    version: "de-2026-01",
    gueltig: Gueltigkeit::ab(Datum::new(2026, 1, 1)),
    punkte: [
        "Ich bekenne mich zum Recht des Volkes, die Staatsgewalt in Wahlen und Abstimmungen und durch \
         besondere Organe der Gesetzgebung, der vollziehenden Gewalt und der Rechtsprechung auszuüben \
         und die Volksvertretung in allgemeiner, unmittelbarer, freier, gleicher und geheimer Wahl zu \
         wählen.",
        "Ich bekenne mich zur Bindung der Gesetzgebung an die verfassungsmäßige Ordnung und zur Bindung \
         der vollziehenden Gewalt und der Rechtsprechung an Gesetz und Recht.",
        "Ich bekenne mich zum Recht auf Bildung und Ausübung einer parlamentarischen Opposition.",
        "Ich bekenne mich zur Ablösbarkeit der Regierung und zu ihrer Verantwortlichkeit gegenüber der \
         Volksvertretung.",
        "Ich bekenne mich zur Unabhängigkeit der Gerichte.",
        "Ich bekenne mich zum Ausschluss jeder Gewalt- und Willkürherrschaft.",
        "Ich bekenne mich zu den im Grundgesetz konkretisierten Menschenrechten.",
        "Mir ist bewusst: Antisemitisch, rassistisch oder sonst menschenverachtend motivierte \
         Handlungen sind mit der Menschenwürdegarantie des Grundgesetzes unvereinbar und verstoßen \
         gegen die freiheitliche demokratische Grundordnung.",
    ],
    verantwortung: "Ich bekenne mich zur besonderen historischen Verantwortung Deutschlands für die \
                    nationalsozialistische Unrechtsherrschaft und ihre Folgen, insbesondere für den \
                    Schutz jüdischen Lebens, sowie zum friedlichen Zusammenleben der Völker und dem \
                    Verbot der Führung eines Angriffskrieges.",
    bestrebungen: "Ich verfolge oder unterstütze keine Bestrebungen gegen die freiheitliche \
                   demokratische Grundordnung, den Bestand oder die Sicherheit des Bundes oder eines \
                   Landes, und keine, die Verfassungsorgane ungesetzlich beeinträchtigen oder durch \
                   Gewalt auswärtige Belange Deutschlands gefährden. Das habe ich auch früher nicht \
                   getan.",
};

/// All wordings, the newest last.
pub static TEXTE: &[Bekenntnistext] = &[AKTUELL];

/// The wording that holds on this day.
pub fn text_am(stichtag: Datum) -> Option<&'static Bekenntnistext> {
    TEXTE.iter().rev().find(|it| it.gueltig.holds_on(stichtag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_depends_on_the_day() {
        assert_eq!(text_am(Datum::new(2026, 1, 1)).unwrap().version, "de-2026-01");
        assert!(text_am(Datum::new(2025, 12, 31)).is_none());
    }
}
