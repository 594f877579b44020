//! Why a delivery did not succeed and what to do, in words for caseworkers. Beside the partner's
//! own words, not instead of them.

/// Begins the code of what was given up after days.
const AUFGEGEBEN: &str = "aufgegeben-";

/// What happened, and the next step, each a whole sentence.
pub(crate) fn explain(code: &str) -> (String, &'static str) {
    let (code, is_aufgegeben) = match code.strip_prefix(AUFGEGEBEN) {
        Some(code) => (code, true),
        None => (code, false),
    };
    let (was, tun) = words(code);
    match is_aufgegeben {
        true => (format!("{was} Nach vielen Versuchen wurde die Zustellung angehalten."), tun),
        false => (was.to_owned(), tun),
    }
}

fn words(code: &str) -> (&'static str, &'static str) {
    match code {
        "nicht-erreichbar" => ("Der Empfänger nahm keine Verbindung an.", BETRIEB),
        "name-unbekannt" => ("Die Adresse des Empfängers ist im Netz nicht bekannt.", BETRIEB),
        "zertifikat" => ("Mit dem Empfänger kam keine sichere Verbindung zustande.", BETRIEB),
        "nicht-erlaubt" => ("Das Portal darf den Empfänger nicht aufrufen.", BETRIEB),
        "nicht-eingerichtet" => ("Für dieses Ziel ist kein Empfänger eingerichtet.", BETRIEB),
        "zeitablauf" => ("Der Empfänger antwortete nicht rechtzeitig.", WARTEN),
        "antwort-verloren" => ("Die Antwort des Empfängers ging verloren.", WARTEN),
        "antwort-unlesbar" => ("Die Antwort des Empfängers war nicht zu lesen.", BETRIEB),
        "angehalten" => ("Die Zustellung war zu groß für einen Durchgang.", WARTEN),
        "widerspruch" => (
            "Der Empfänger sagt einmal, dass er die Nachricht hat, und einmal, dass er sie nicht hat.",
            "Bitte sehen Sie beim Empfänger nach, ob der Antrag dort liegt, und senden Sie dann \
             erneut.",
        ),
        "anderer-inhalt" => (
            "Beim Empfänger liegt unter derselben Kennung schon etwas anderes.",
            "Bitte klären Sie mit dem Empfänger, was dort liegt. Erneut senden hilft nicht.",
        ),
        "aktenplan" => (
            "Der Aktenplan sagt nicht, wohin der Vorgang gehört.",
            "Bitte lassen Sie den Betrieb den Aktenplan ergänzen, und senden Sie dann erneut.",
        ),
        ablage::BEFALLEN => (
            "In einer Datei wurde Schadsoftware gefunden. Die Datei ist gelöscht, und was mit ihr \
             gesendet wurde, verlässt das Portal nicht.",
            "Bitte bitten Sie die antragstellende Person, noch einmal ohne diese Datei zu senden.",
        ),
        "ablage" => (
            "Der Antrag ließ sich aus dem Speicher des Portals nicht lesen.",
            "Bitte verständigen Sie sofort den Betrieb des Portals.",
        ),
        "http-400" | "http-422" => (
            "Der Empfänger hat den Inhalt geprüft und abgelehnt.",
            "Bitte lesen Sie den Wortlaut des Empfängers. Beheben Sie die Ursache dort, oder \
             erfassen Sie den Antrag von Hand. Senden Sie erneut, wenn die Ursache behoben ist.",
        ),
        "http-401" | "http-403" | "http-407" => {
            ("Der Empfänger hat die Anmeldung des Portals abgelehnt.", BETRIEB)
        }
        "http-404" | "http-405" | "http-410" => {
            ("Unter der eingestellten Adresse gibt es den Dienst nicht.", BETRIEB)
        }
        "http-409" => (
            "Der Empfänger meldet, dass es die Nachricht schon gibt.",
            "Bitte sehen Sie beim Empfänger nach, ob der Antrag dort liegt.",
        ),
        "http-413" => (
            "Die Nachricht ist dem Empfänger zu groß.",
            "Bitte lassen Sie die Grenze beim Empfänger erhöhen und senden Sie dann erneut, oder \
             übernehmen Sie die Anlagen von Hand.",
        ),
        "http-415" => ("Der Empfänger nimmt dieses Format nicht an.", BETRIEB),
        "http-429" => ("Der Empfänger war überlastet.", WARTEN),
        code if code.starts_with("http-3") => {
            ("Der Empfänger verweist auf eine andere Adresse.", BETRIEB)
        }
        code if code.starts_with("http-5") => ("Beim Empfänger gab es eine Störung.", WARTEN),
        _ => (
            "Der Empfänger hat die Zustellung nicht angenommen.",
            "Bitte lesen Sie den Wortlaut des Empfängers, beheben Sie die Ursache und senden Sie \
             dann erneut.",
        ),
    }
}

/// The operator's turn.
const BETRIEB: &str =
    "Bitte verständigen Sie den Betrieb des Portals, und senden Sie danach erneut.";
/// Nobody's turn yet.
const WARTEN: &str =
    "Bitte fragen Sie beim Empfänger nach, ob die Störung behoben ist, und senden Sie dann erneut.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_whole_sentences() {
        for code in [
            ablage::BEFALLEN,
            "http-422",
            "http-413",
            "aufgegeben-zeitablauf",
            "xta-9050",
            "",
            "http-302",
        ] {
            let (was, tun) = explain(code);
            for satz in [was.as_str(), tun] {
                assert!(satz.ends_with('.') && satz.len() > 20, "{code}: {satz}");
            }
        }
        assert!(
            explain("aufgegeben-http-500").0.starts_with("Beim Empfänger gab es eine Störung.")
        );
        assert!(explain("aufgegeben-http-500").0.contains("angehalten"));
    }
}
