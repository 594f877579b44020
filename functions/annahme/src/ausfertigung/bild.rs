//! A PNG as a page of a PDF. Fachverfahren take PDF and JPEG; a JPEG would change the evidence, a
//! PDF carries every point of it.

use std::io::Cursor;

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};
use png::{ColorType, Decoder, Limits, Transformations};

/// Points of an interlaced picture, which must be unpacked as a whole.
const PUNKTE_MAX: u64 = 12_000_000;
/// Bytes of one line that is unpacked.
const SPEICHER_MAX: usize = 8_000_000;
/// A4 in points of 1/72 inch, without a margin of 36.
const SATZSPIEGEL: (f64, f64) = (523.0, 770.0);

/// `None` if the picture cannot be read. Transparent places become white.
pub fn pdf_from_png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: SPEICHER_MAX });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (breite, hoehe) = (reader.info().width, reader.info().height);
    let (farben, _) = reader.output_color_type();
    let mut packer = Packer::new();
    if reader.info().interlaced {
        if PUNKTE_MAX < u64::from(breite) * u64::from(hoehe) {
            return None;
        }
        let mut puffer = vec![0; reader.output_buffer_size()?];
        let rahmen = reader.next_frame(&mut puffer).ok()?;
        for zeile in puffer.chunks_exact(rahmen.line_size).take(hoehe as usize) {
            packer.add(&deckend(zeile, farben));
        }
    } else {
        let mut zeilen = 0;
        while let Some(zeile) = reader.next_row().ok()? {
            packer.add(&deckend(zeile.data(), farben));
            zeilen += 1;
        }
        if zeilen != hoehe {
            return None;
        }
    }
    let farbraum = match farben {
        ColorType::Grayscale | ColorType::GrayscaleAlpha => "DeviceGray",
        _ => "DeviceRGB",
    };
    Some(write(breite, hoehe, farbraum, &packer.finish()))
}

/// A line on white ground.
fn deckend(zeile: &[u8], farben: ColorType) -> Vec<u8> {
    let kanaele = match farben {
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgba => 4,
        _ => return zeile.to_vec(),
    };
    let mut deckend = Vec::with_capacity(zeile.len());
    for punkt in zeile.chunks_exact(kanaele) {
        let [farben @ .., deckung] = punkt else { continue };
        let deckung = u32::from(*deckung);
        deckend.extend(farben.iter().map(|&farbe| {
            let gemischt = u32::from(farbe) * deckung + 255 * (255 - deckung);
            u8::try_from(gemischt / 255).unwrap_or(u8::MAX)
        }));
    }
    deckend
}

/// Packs line by line, so that a large picture never lies unpacked in memory.
struct Packer {
    deflate: Box<CompressorOxide>,
    gepackt: Vec<u8>,
}

impl Packer {
    fn new() -> Packer {
        // Fast is enough: it is packed once and read hardly ever.
        let flags = create_comp_flags_from_zip_params(2, 15, 0);
        Packer { deflate: Box::new(CompressorOxide::new(flags)), gepackt: Vec::new() }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.flush(bytes, TDEFLFlush::None);
    }

    fn finish(mut self) -> Vec<u8> {
        self.flush(&[], TDEFLFlush::Finish);
        self.gepackt
    }

    fn flush(&mut self, bytes: &[u8], flush: TDEFLFlush) {
        compress_to_output(&mut self.deflate, bytes, flush, |stueck| {
            self.gepackt.extend_from_slice(stueck);
            true
        });
    }
}

fn write(breite: u32, hoehe: u32, farbraum: &str, punkte: &[u8]) -> Vec<u8> {
    let (b, h) = (f64::from(breite), f64::from(hoehe));
    // No larger than at 96 points an inch, and no larger than the page.
    let mass = (SATZSPIEGEL.0 / b).min(SATZSPIEGEL.1 / h).min(72.0 / 96.0);
    let (b, h) = (b * mass, h * mass);
    let inhalt = format!("q {b:.3} 0 0 {h:.3} 36 {:.3} cm /Bild Do Q", 806.0 - h);
    let objekte: [(String, &[u8]); 5] = [
        ("<< /Type /Catalog /Pages 2 0 R >>".to_owned(), b""),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(), b""),
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /XObject << /Bild 5 0 R >> >> >>"
                .to_owned(),
            b"",
        ),
        (format!("<< /Length {} >>", inhalt.len()), inhalt.as_bytes()),
        (
            format!(
                "<< /Type /XObject /Subtype /Image /Width {breite} /Height {hoehe} \
                 /ColorSpace /{farbraum} /BitsPerComponent 8 /Filter /FlateDecode /Length {} >>",
                punkte.len()
            ),
            punkte,
        ),
    ];
    let mut pdf = b"%PDF-1.7\n%\xe4\xf6\xfc\xdf\n".to_vec();
    let mut tabelle = "0000000000 65535 f \n".to_owned();
    for (i, (buch, strom)) in objekte.iter().enumerate() {
        tabelle.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{} 0 obj\n{buch}\n", i + 1).bytes());
        if !strom.is_empty() {
            pdf.extend(b"stream\n");
            pdf.extend(*strom);
            pdf.extend(b"\nendstream\n");
        }
        pdf.extend(b"endobj\n");
    }
    let anfang = pdf.len();
    pdf.extend(
        format!(
            "xref\n0 6\n{tabelle}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{anfang}\n%%EOF\n"
        )
        .bytes(),
    );
    pdf
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anhang::{Medientyp, inspect, tests::PNG};

    fn png(breite: u32, hoehe: u32, farben: ColorType, punkte: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, breite, hoehe);
        encoder.set_color(farben);
        if farben == ColorType::Indexed {
            encoder.set_palette(vec![1, 2, 3, 4, 5, 6]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(punkte).unwrap();
        writer.finish().unwrap();
        bytes
    }

    /// The points of the picture in a PDF of ours.
    fn punkte(pdf: &[u8]) -> Vec<u8> {
        let anfang = memchr::memmem::rfind(pdf, b"stream\n").unwrap();
        let ende = memchr::memmem::find(&pdf[..anfang], b"/Length");
        assert!(ende.is_some());
        let anfang = memchr::memmem::rfind(&pdf[..anfang - 4], b"stream\n").unwrap() + 7;
        miniz_oxide::inflate::decompress_to_vec_zlib(&pdf[anfang..]).unwrap()
    }

    #[track_caller]
    fn check(farben: ColorType, roh: &[u8], erwartet: &[u8]) {
        let pdf = pdf_from_png(&png(2, 1, farben, roh)).unwrap();
        assert_eq!(inspect(&pdf), Ok(Medientyp::Pdf));
        assert_eq!(punkte(&pdf), erwartet);
    }

    #[test]
    fn every_point_is_carried() {
        check(ColorType::Rgb, &[1, 2, 3, 4, 5, 6], &[1, 2, 3, 4, 5, 6]);
        check(ColorType::Grayscale, &[7, 8], &[7, 8]);
        check(ColorType::Indexed, &[1, 0], &[4, 5, 6, 1, 2, 3]);
        check(ColorType::Rgba, &[1, 2, 3, 255, 4, 5, 6, 0], &[1, 2, 3, 255, 255, 255]);
        check(ColorType::GrayscaleAlpha, &[0, 128, 9, 255], &[127, 9]);
    }

    #[test]
    fn what_is_no_picture_is_told() {
        assert!(pdf_from_png(PNG).is_some());
        assert!(pdf_from_png(&PNG[..PNG.len() - 30]).is_none());
        assert!(pdf_from_png(b"nothing").is_none());
        let mut falsch = PNG.to_vec();
        falsch[45] ^= 0xff;
        assert!(pdf_from_png(&falsch).is_none());
    }
}
