//! The faults of an XTA server, and whose turn they are.

use crate::{
    ausgang::{Ausgang, Grund},
    client::bounded,
    xml::Knoten,
    zusteller::xta::umschlag::{SOAP, XTA},
};

/// The message id is taken: the server has the message.
pub const VERGEBEN: u16 = 9024;
/// The server knows no message of that id.
pub const UNBEKANNT: u16 = 9070;

/// A SOAP fault.
pub struct XtaFehler {
    /// Of the list `urn:de:xta:webservice:codeliste:fehlernummer`, if it is one of XTA's own.
    pub nummer: Option<u16>,
    /// What the server says.
    pub text: Option<String>,
    /// Whether SOAP itself calls it the fault of the receiver.
    is_receiver: bool,
}

/// Whose turn an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fehlerart {
    /// The same may succeed later.
    Spaeter,
    /// Account, certificate or parameters are wrong.
    Betreiber,
    /// The message itself is refused.
    Nachricht,
    /// The server does not say why.
    Unbestimmt,
}

impl XtaFehler {
    /// Reads `Fault` of SOAP 1.2.
    pub fn read(fault: &Knoten) -> XtaFehler {
        let detail = fault.kind(SOAP, "Detail");
        let error_code = detail.and_then(|detail| detail.find(XTA, "errorCode"));
        let of_code = |name| error_code.and_then(|code| code.kind("", name));
        let nummer = of_code("code").and_then(|code| code.text.parse().ok());
        let reason = fault.kind(SOAP, "Reason").and_then(|reason| reason.kind(SOAP, "Text"));
        let value = fault.kind(SOAP, "Code").and_then(|code| code.kind(SOAP, "Value"));
        let mut zeilen: Vec<&str> = Vec::new();
        for knoten in [of_code("name"), reason].into_iter().flatten() {
            if !zeilen.contains(&knoten.text.as_str()) {
                zeilen.push(&knoten.text);
            }
        }
        XtaFehler {
            nummer,
            text: bounded(&zeilen.join("\n")),
            is_receiver: value.is_some_and(|value| value.text.ends_with("Receiver")),
        }
    }

    /// What the fault means; `sends` says whether the message may have been taken. `grund` is that
    /// of the HTTP answer.
    pub fn outcome(self, grund: Grund, sends: bool) -> Ausgang {
        let art = self.art();
        let code = match self.nummer {
            Some(nummer) => format!("xta-{nummer}"),
            None => format!("soap-{}", if self.is_receiver { "receiver" } else { "sender" }),
        };
        let grund = Grund { code, text: self.text, ..grund };
        match (art, sends) {
            (Fehlerart::Betreiber, _) => Ausgang::Betreiber(grund),
            (Fehlerart::Spaeter, true) => Ausgang::Unklar(grund),
            (Fehlerart::Spaeter, false) => Ausgang::Verschoben(grund),
            (Fehlerart::Nachricht | Fehlerart::Unbestimmt, true) => Ausgang::Abgelehnt(grund),
            // Nobody refuses a question for good: the operator has to look at it.
            (Fehlerart::Nachricht | Fehlerart::Unbestimmt, false) => Ausgang::Betreiber(grund),
        }
    }

    /// Whether the account, the certificate or their rights are refused.
    pub fn is_zugang(&self) -> bool {
        matches!(self.nummer, Some(9010..=9014))
    }

    /// Whether the server surely has not taken the message and never will as it is.
    pub fn is_final(&self) -> bool {
        self.art() == Fehlerart::Nachricht
    }

    fn art(&self) -> Fehlerart {
        match self.nummer {
            // Expired, locked, no account, not booked, other certificate; parameters; 9081: the
            // service is offered in another way only.
            Some(9010..=9022 | 9081) => Fehlerart::Betreiber,
            // Too large, schema, encoding, profile, malware.
            Some(9023 | 9050..=9052 | 9060) => Fehlerart::Nachricht,
            // The server, its directory, the way on.
            Some(9030..=9032) => Fehlerart::Spaeter,
            Some(_) => Fehlerart::Unbestimmt,
            None if self.is_receiver => Fehlerart::Spaeter,
            None => Fehlerart::Betreiber,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_turn() {
        let check = |nummern: &[u16], sends: &str, asks: &str| {
            for nummer in nummern {
                let fehler = || XtaFehler { nummer: Some(*nummer), text: None, is_receiver: true };
                assert_eq!(fehler().outcome(Grund::new(""), true).as_str(), sends, "{nummer}");
                assert_eq!(fehler().outcome(Grund::new(""), false).as_str(), asks, "{nummer}");
            }
        };
        check(&[9010, 9011, 9012, 9013, 9014, 9020, 9021, 9022, 9081], "betreiber", "betreiber");
        check(&[9023, 9050, 9051, 9052, 9060, 9000, 9080, 9100, 9101], "abgelehnt", "betreiber");
        check(&[9030, 9031, 9032], "unklar", "verschoben");
    }
}
