//! Pictures: whether they are whole, part by part, and not so large that a reader of theirs would
//! run out of memory. Nothing is decoded.

use super::{Beanstandung, contains};

/// Points of a JPEG: more than the cameras of phones make.
const JPEG_PUNKTE_MAX: u64 = 250_000_000;
/// Points of a PNG: more than a page scanned with 600 points an inch. It is unpacked here.
const PNG_PUNKTE_MAX: u64 = 60_000_000;

/// ITU-T T.81 Annex B: marker segments, then compressed data up to the marker EOI.
pub fn inspect_jpeg(bytes: &[u8]) -> Result<(), Beanstandung> {
    let (ende, punkte) = jpeg_ende(bytes).ok_or(Beanstandung::Beschaedigt)?;
    if JPEG_PUNKTE_MAX < punkte {
        return Err(Beanstandung::Bombe);
    }
    // Cameras leave data of their own behind the picture. Another document must not hide there.
    match contains(&bytes[ende..], b"%PDF-") {
        true => Err(Beanstandung::Zwitter),
        false => Ok(()),
    }
}

/// Where the picture ends, and how many points it has; `None` if it does not end.
fn jpeg_ende(bytes: &[u8]) -> Option<(usize, u64)> {
    let mut stelle = 2;
    let mut punkte = 0;
    let mut has_daten = false;
    loop {
        if *bytes.get(stelle)? != 0xff {
            return None;
        }
        let marker = *bytes.get(stelle + 1)?;
        match marker {
            // Fill bytes before a marker.
            0xff => stelle += 1,
            0xd9 => return (0 < punkte && has_daten).then_some((stelle + 2, punkte)),
            0x01 | 0xd0..=0xd7 => stelle += 2,
            0x00 | 0xd8 => return None,
            _ => {
                let laenge = usize::from(u16::from_be_bytes([
                    *bytes.get(stelle + 2)?,
                    *bytes.get(stelle + 3)?,
                ]));
                let segment = bytes.get(stelle + 4..stelle + 2 + laenge)?;
                // SOF: precision, lines, points in a line. No lines: they would come later (DNL).
                if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
                    let [_, h1, h2, b1, b2, ..] = *segment else { return None };
                    let seite = |hoch, tief| u64::from(u16::from_be_bytes([hoch, tief]));
                    // The largest counts, where there are several.
                    punkte = punkte.max(seite(h1, h2) * seite(b1, b2));
                }
                stelle += 2 + laenge;
                if marker == 0xda {
                    has_daten = true;
                    stelle = skip_daten(bytes, stelle)?;
                }
            }
        }
    }
}

/// Compressed data end at a marker; `FF 00` and restarts belong to them.
fn skip_daten(bytes: &[u8], ab: usize) -> Option<usize> {
    let mut stelle = ab;
    loop {
        stelle += memchr::memchr(0xff, bytes.get(stelle..)?)?;
        match *bytes.get(stelle + 1)? {
            0x00 | 0xd0..=0xd7 => stelle += 2,
            0xff => stelle += 1,
            _ => return Some(stelle),
        }
    }
}

/// PNG 5.3: chunks of length, type, data and checksum, from IHDR to IEND.
pub fn inspect_png(bytes: &[u8]) -> Result<(), Beanstandung> {
    let (ende, punkte) = png_ende(bytes).ok_or(Beanstandung::Beschaedigt)?;
    match ende == bytes.len() {
        true if PNG_PUNKTE_MAX < punkte => Err(Beanstandung::Bombe),
        true => Ok(()),
        false => Err(Beanstandung::Zwitter),
    }
}

/// Where the picture ends, and how many points it has; `None` if it does not end.
fn png_ende(bytes: &[u8]) -> Option<(usize, u64)> {
    let mut stelle = 8;
    let mut punkte = 0;
    let mut has_bild = false;
    loop {
        let laenge = u32::from_be_bytes(bytes.get(stelle..stelle + 4)?.try_into().ok()?);
        let typ = bytes.get(stelle + 4..stelle + 8)?;
        let ende = stelle.checked_add(12)?.checked_add(usize::try_from(laenge).ok()?)?;
        let daten = bytes.get(stelle + 8..ende - 4)?;
        bytes.get(ende - 4..ende)?;
        match typ {
            b"IHDR" if stelle == 8 => {
                let [b1, b2, b3, b4, h1, h2, h3, h4, ..] = *daten else { return None };
                let seite = |bytes| u64::from(u32::from_be_bytes(bytes));
                punkte = seite([b1, b2, b3, b4]).saturating_mul(seite([h1, h2, h3, h4]));
                if daten.len() != 13 || punkte == 0 {
                    return None;
                }
            }
            _ if stelle == 8 => return None,
            b"IDAT" => has_bild = true,
            b"IEND" => return has_bild.then_some((ende, punkte)),
            _ if !typ.iter().all(u8::is_ascii_alphabetic) => return None,
            _ => {}
        }
        stelle = ende;
    }
}
