//! A form of the browser binding as `multipart/form-data`.
//!
//! Without a charset servers read the text as ISO-8859-1, so it is named twice: in the field
//! `_charset_` in front (RFC 7578 § 4.6) and at each part. A `filename` stays ASCII, since nothing
//! cures that.

use std::fmt::Write as _;

use ablage::{AblageError, zufall};

/// A form on its way.
pub(super) struct Formular {
    /// Names and texts.
    felder: Vec<(String, String)>,
    eigenschaften: usize,
    /// File name, media type and bytes.
    inhalt: Option<(String, String, Vec<u8>)>,
}

impl Formular {
    pub fn new(aktion: &str) -> Formular {
        let felder = [("_charset_", "UTF-8"), ("cmisaction", aktion), ("succinct", "true")];
        let felder = felder.map(|(name, text)| (name.to_owned(), text.to_owned()));
        Formular { felder: felder.into(), eigenschaften: 0, inhalt: None }
    }

    pub fn property(mut self, id: &str, wert: &str) -> Formular {
        let n = self.eigenschaften;
        self.eigenschaften += 1;
        self.felder.push((format!("propertyId[{n}]"), id.to_owned()));
        self.felder.push((format!("propertyValue[{n}]"), wert.to_owned()));
        self
    }

    /// A property with many values.
    pub fn list(mut self, id: &str, werte: &[&str]) -> Formular {
        let n = self.eigenschaften;
        self.eigenschaften += 1;
        self.felder.push((format!("propertyId[{n}]"), id.to_owned()));
        for (index, wert) in werte.iter().enumerate() {
            self.felder.push((format!("propertyValue[{n}][{index}]"), (*wert).to_owned()));
        }
        self
    }

    /// What is no property.
    pub fn control(mut self, name: &str, wert: &str) -> Formular {
        self.felder.push((name.to_owned(), wert.to_owned()));
        self
    }

    pub fn content(mut self, name: &str, medientyp: &str, inhalt: Vec<u8>) -> Formular {
        let is_einfach = |zeichen: char| zeichen.is_ascii_alphanumeric() || "-_.".contains(zeichen);
        let name =
            name.chars().map(|zeichen| if is_einfach(zeichen) { zeichen } else { '_' }).collect();
        self.inhalt = Some((name, medientyp.to_owned(), inhalt));
        self
    }

    /// Media type and body.
    pub fn finish(self) -> Result<(String, Vec<u8>), AblageError> {
        // 128 random bits stand in no text by chance, and nobody can know them before.
        let grenze = format!("{:032x}", u128::from_be_bytes(zufall::bytes()?));
        Ok((format!("multipart/form-data; boundary={grenze}"), self.write(&grenze)))
    }

    fn write(self, grenze: &str) -> Vec<u8> {
        let mut text = String::new();
        for (name, wert) in &self.felder {
            write!(
                text,
                "--{grenze}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\n{wert}\r\n"
            )
            .expect("a String takes everything");
        }
        let mut body = text.into_bytes();
        if let Some((name, medientyp, inhalt)) = self.inhalt {
            body.reserve_exact(inhalt.len() + 512);
            body.extend(
                format!(
                    "--{grenze}\r\nContent-Disposition: form-data; name=\"content\"; \
                     filename=\"{name}\"\r\nContent-Type: {medientyp}\r\n\r\n"
                )
                .into_bytes(),
            );
            body.extend(inhalt);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{grenze}--\r\n").into_bytes());
        body
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_form_names_its_charset_first() {
        let formular = Formular::new("createDocument")
            .property("cmis:name", "01_Antrag Müller.pdf")
            .content("01_Antrag Müller.pdf", "application/pdf", b"%PDF".to_vec());
        let text = String::from_utf8(formular.write("xx")).unwrap().replace("\r\n", "\n");
        expect![[r#"
            --xx
            Content-Disposition: form-data; name="_charset_"
            Content-Type: text/plain; charset=utf-8

            UTF-8
            --xx
            Content-Disposition: form-data; name="cmisaction"
            Content-Type: text/plain; charset=utf-8

            createDocument
            --xx
            Content-Disposition: form-data; name="succinct"
            Content-Type: text/plain; charset=utf-8

            true
            --xx
            Content-Disposition: form-data; name="propertyId[0]"
            Content-Type: text/plain; charset=utf-8

            cmis:name
            --xx
            Content-Disposition: form-data; name="propertyValue[0]"
            Content-Type: text/plain; charset=utf-8

            01_Antrag Müller.pdf
            --xx
            Content-Disposition: form-data; name="content"; filename="01_Antrag_M_ller.pdf"
            Content-Type: application/pdf

            %PDF
            --xx--
        "#]]
        .assert_eq(&text);
    }
}
