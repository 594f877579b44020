//! Whether an uploaded file is what it must be, judged by its contents alone.
//!
//! PDF, JPEG and PNG are taken. Refused are files that are two things at once, PDF files with a
//! password, and PDF files that do something when they are opened. It is a first sieve: it reads a
//! PDF from front to back, object streams included, and does not follow its tables as a reader
//! would. A virus scanner is the second sieve.

mod bild;
mod pdf;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medientyp {
    /// `application/pdf`
    Pdf,
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
}

impl Medientyp {
    /// As in HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Medientyp::Pdf => "application/pdf",
            Medientyp::Jpeg => "image/jpeg",
            Medientyp::Png => "image/png",
        }
    }

    /// For names of files, without a full stop.
    pub fn endung(self) -> &'static str {
        match self {
            Medientyp::Pdf => "pdf",
            Medientyp::Jpeg => "jpg",
            Medientyp::Png => "png",
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beanstandung {
    /// It has no contents.
    Leer,
    /// It begins like one of ours, but does not go on like it.
    Beschaedigt,
    /// It is something else.
    Format,
    /// A PDF that only opens with a password.
    Passwort,
    /// A PDF that does something by itself or carries other files.
    Aktiv,
    /// It can also be read as something else.
    Zwitter,
    /// A picture that is small as a file and huge when it is unpacked.
    Bombe,
}

/// Looks at a whole file.
///
/// # Errors
/// The first reason not to take it.
pub fn inspect(bytes: &[u8]) -> Result<Medientyp, Beanstandung> {
    let medientyp = match bytes {
        [] => return Err(Beanstandung::Leer),
        [0xff, 0xd8, 0xff, ..] => Medientyp::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Medientyp::Png,
        [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => Medientyp::Pdf,
        _ => return Err(Beanstandung::Format),
    };
    // Readers of archives begin at the end and do not mind what stands before.
    let ende = &bytes[bytes.len().saturating_sub(ZIP_ENDE)..];
    if contains(ende, b"PK\x05\x06") {
        return Err(Beanstandung::Zwitter);
    }
    // Readers of PDF look for its beginning in the first kilobyte.
    let anfang = &bytes[..bytes.len().min(1024)];
    if medientyp != Medientyp::Pdf && contains(anfang, b"%PDF-") {
        return Err(Beanstandung::Zwitter);
    }
    match medientyp {
        Medientyp::Jpeg => bild::inspect_jpeg(bytes)?,
        Medientyp::Png => bild::inspect_png(bytes)?,
        Medientyp::Pdf => pdf::inspect(bytes)?,
    }
    Ok(medientyp)
}

/// The end record of a ZIP archive with the longest comment.
const ZIP_ENDE: usize = 22 + u16::MAX as usize;

fn contains(bytes: &[u8], gesucht: &[u8]) -> bool {
    memchr::memmem::find(bytes, gesucht).is_some()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture of one point.
    pub(crate) const PNG: &[u8] =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\
        \0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";

    /// As short as its parts can be: no decoder is asked here.
    pub(crate) fn jpeg() -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
        bytes.extend(b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0");
        bytes.extend(b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\xff\0\x34\xff\xd0\x56\xff\xd9");
        bytes
    }

    /// A PDF with these objects.
    pub(crate) fn pdf(objekte: &str) -> Vec<u8> {
        format!(
            "%PDF-1.7\n%\u{e4}\u{f6}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n{objekte}\n\
             trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
        )
        .into_bytes()
    }

    fn objstm(inhalt: &str, filter: &str) -> Vec<u8> {
        let inhalt = format!("7 0 {inhalt}");
        let bytes = match filter {
            "/FlateDecode" => miniz_oxide::deflate::compress_to_vec_zlib(inhalt.as_bytes(), 6),
            _ => inhalt.into_bytes(),
        };
        let filter = if filter.is_empty() { String::new() } else { format!("/Filter {filter}") };
        let mut datei = pdf(&format!(
            "5 0 obj\n<< /Type /ObjStm /N 1 /First 4 {filter} /Length {} >>\nstream\n@\nendstream\nendobj",
            bytes.len()
        ));
        let stelle = datei.iter().position(|&byte| byte == b'@').unwrap();
        datei.splice(stelle..=stelle, bytes);
        datei
    }

    #[track_caller]
    fn check(bytes: &[u8], erwartet: Result<Medientyp, Beanstandung>) {
        assert_eq!(inspect(bytes), erwartet);
    }

    #[test]
    fn what_we_take_is_known_by_its_contents() {
        check(PNG, Ok(Medientyp::Png));
        check(&jpeg(), Ok(Medientyp::Jpeg));
        check(&pdf(""), Ok(Medientyp::Pdf));
        check(b"", Err(Beanstandung::Leer));
        check(b"MZ\x90\0", Err(Beanstandung::Format));
        check(b"PK\x03\x04 a document", Err(Beanstandung::Format));
        check(b"GIF89a", Err(Beanstandung::Format));
        check(b"<html>", Err(Beanstandung::Format));
        // What phones of one maker write: their browsers turn it into JPEG when they are asked to.
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Err(Beanstandung::Format));
        check(b"%PDF-9.0\n%%EOF", Err(Beanstandung::Format));
        check(b"\n%PDF-1.7\n%%EOF", Err(Beanstandung::Format));
    }

    #[test]
    fn half_files_are_damaged() {
        for ganz in [PNG.to_vec(), jpeg(), pdf("")] {
            for ende in [9, ganz.len() / 2, ganz.len() - 9] {
                let ausgang = inspect(&ganz[..ende]);
                assert!(
                    matches!(ausgang, Err(Beanstandung::Beschaedigt)),
                    "{ausgang:?} of {ende} bytes"
                );
            }
        }
        check(b"%PDF-1.7\nno object\n%%EOF", Err(Beanstandung::Beschaedigt));
    }

    #[test]
    fn what_is_two_things_is_refused() {
        let with = |mut bytes: Vec<u8>, anhang: &[u8]| {
            bytes.extend(anhang);
            bytes
        };
        check(&with(PNG.to_vec(), b"more"), Err(Beanstandung::Zwitter));
        check(&with(jpeg(), &pdf("")), Err(Beanstandung::Zwitter));
        for bytes in [PNG.to_vec(), jpeg(), pdf("")] {
            check(&with(bytes, b"PK\x05\x06 and so on"), Err(Beanstandung::Zwitter));
        }
        // A PDF in a comment at the beginning of a picture.
        let mut bild = jpeg();
        bild.splice(2..2, b"\xff\xfe\0\x0a%PDF-1.7".iter().copied());
        check(&bild, Err(Beanstandung::Zwitter));
        // What cameras leave behind a picture does no harm.
        check(&with(jpeg(), b"SEFHe\0\0\0 and so on SEFT"), Ok(Medientyp::Jpeg));
    }

    #[test]
    fn pictures_that_explode_are_refused() {
        for (breite, hoehe, erwartet) in [
            (7_700, 7_700, Ok(Medientyp::Png)),
            (65_535, 65_535, Err(Beanstandung::Bombe)),
            (u32::MAX, u32::MAX, Err(Beanstandung::Bombe)),
            (0, 1, Err(Beanstandung::Beschaedigt)),
        ] {
            let mut png = PNG.to_vec();
            png[16..20].copy_from_slice(&u32::to_be_bytes(breite));
            png[20..24].copy_from_slice(&u32::to_be_bytes(hoehe));
            check(&png, erwartet);
        }
        for (breite, hoehe, erwartet) in [
            (16_320, 12_240, Ok(Medientyp::Jpeg)),
            (u16::MAX, u16::MAX, Err(Beanstandung::Bombe)),
            (0, 1, Err(Beanstandung::Beschaedigt)),
        ] {
            let mut bild = jpeg();
            let sof = bild.windows(2).position(|marke| marke == [0xff, 0xc0]).unwrap();
            bild[sof + 5..sof + 7].copy_from_slice(&u16::to_be_bytes(hoehe));
            bild[sof + 7..sof + 9].copy_from_slice(&u16::to_be_bytes(breite));
            check(&bild, erwartet);
        }
    }

    #[test]
    fn pdf_with_a_password_is_refused() {
        check(
            &pdf("3 0 obj << /Filter /Standard >> endobj trailer << /Encrypt 3 0 R >>"),
            Err(Beanstandung::Passwort),
        );
        // First of all, since nothing else in it can be read.
        check(
            &pdf("3 0 obj << /JS (\u{fc}) /Encrypt 3 0 R >> endobj"),
            Err(Beanstandung::Passwort),
        );
        check(&pdf("3 0 obj << /Title (/Encrypt) >> endobj % /Encrypt"), Ok(Medientyp::Pdf));
    }

    #[test]
    fn active_pdf_is_refused() {
        let aktiv = Err(Beanstandung::Aktiv);
        for objekt in [
            "<< /S /JavaScript >>",
            "<< /JS (app.alert) >>",
            "<< /J#53 (app.alert) >>",
            "<< /#4aavaScript 4 0 R >>",
            "<< /S/Launch/F(calc.exe) >>",
            "<< /Type /EmbeddedFile >>",
            "<< /Names << /EmbeddedFiles 4 0 R >> >>",
            "<< /AcroForm << /XFA [] >> >>",
            "<< /Subtype /RichMedia >>",
            "<< /OpenAction << /S /URI /URI (https://example.invalid) >> >>",
            "<< /OpenAction << /Next 4 0 R /S /SubmitForm >> >>",
            "<< /OpenAction 7 0 R >> << /S /URI >>",
        ] {
            check(&pdf(&format!("7 0 obj {objekt} endobj")), aktiv);
            check(&objstm(objekt, ""), aktiv);
            check(&objstm(objekt, "/FlateDecode"), aktiv);
        }
        for filter in ["/LZWDecode", "[/ASCIIHexDecode /FlateDecode]", "7 0 R"] {
            check(&objstm("<< >>", filter), aktiv);
        }
        check(&objstm("<< >>", "/FlateDecode /DecodeParms << /Predictor 12 >>"), aktiv);
    }

    #[test]
    fn harmless_pdf_is_taken() {
        for objekt in [
            "<< /OpenAction [3 0 R /Fit] >>",
            "<< /OpenAction << /S /GoTo /D [3 0 R /Fit] >> >>",
            "<< /OpenAction 8 0 R >> endobj 8 0 obj << /D [3 0 R /Fit] /S /GoTo >>",
            "<< /Type /StructElem /S /P >>",
            "<< /A << /S /URI /URI (https://example.invalid) >> >>",
            "<< /Title (a \\( b \\) \\\\) /Id <4a53> /JSX 1 /Launching 2 >>",
            "(/JS /Launch)",
            "<< /Length 9 >> stream\n/JS (app)\nendstream",
            "<< /Length 6 0 R >> stream\r\n/JS (app\nendstream",
        ] {
            check(&pdf(&format!("3 0 obj {objekt} endobj")), Ok(Medientyp::Pdf));
        }
        check(&objstm("<< /Type /Page >>", "/FlateDecode"), Ok(Medientyp::Pdf));
    }

    #[test]
    fn text_hides_nothing_behind_it() {
        let aktiv = Err(Beanstandung::Aktiv);
        check(&pdf("3 0 obj << /Title (>> stream) /JS 1 0 R >> endobj"), aktiv);
        check(&pdf("3 0 obj << /Title <3e> /JS 1 0 R >> endobj"), aktiv);
        check(&pdf("3 0 obj << >> % stream\n/JS 1 0 R endobj"), aktiv);
        check(&pdf("3 0 obj << /Title (never ends /JS >> endobj"), Err(Beanstandung::Beschaedigt));
    }

    #[test]
    fn an_object_stream_that_never_ends_is_refused() {
        let nullen = " ".repeat(33_000_000);
        check(&objstm(&nullen, "/FlateDecode"), Err(Beanstandung::Aktiv));
    }

    proptest! {
        /// Whatever arrives, it is judged and nothing panics.
        #[test]
        fn every_file_is_judged(stelle: usize, bytes in prop::collection::vec(any::<u8>(), 0..64), art in 0..4usize) {
            let mit_strom = pdf("3 0 obj << /A (b) /C [<64>] >> stream\nx\nendstream endobj");
            let mut datei = vec![PNG.to_vec(), jpeg(), mit_strom, Vec::new()].swap_remove(art);
            let stelle = stelle % (datei.len() + 1);
            let ende = (stelle + bytes.len()).min(datei.len());
            datei.splice(stelle..ende, bytes);
            let _ = inspect(&datei);
        }
    }
}
