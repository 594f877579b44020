//! clamd's protocol (`man clamd`, section COMMANDS): `INSTREAM` with chunks, answers ended by NUL.

use std::io::{self, Read, Write};

/// Bytes of a chunk.
const STUECK: usize = 64 * 1024;
/// Bytes of an answer that are read.
const ANTWORT_MAX: usize = 4096;

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Urteil {
    /// Nothing found.
    Sauber,
    /// The name of the signature that was found.
    Befallen(String),
}

/// Why there is no [`Urteil`]. The file stays in quarantine.
#[derive(Debug, thiserror::Error)]
pub enum Scanfehler {
    /// Nobody answers at the address.
    #[error("der Virenscanner antwortet nicht ({})", .0.kind())]
    NichtErreicht(io::Error),
    /// It broke off.
    #[error("der Virenscanner hat die Verbindung abgebrochen ({})", .0.kind())]
    Abgebrochen(io::Error),
    /// clamd's own words.
    #[error("der Virenscanner meldet: {0}")]
    Antwort(String),
    /// It does not find what every scanner must find.
    #[error("der Virenscanner erkennt die EICAR-Testdatei nicht; seine Signaturen fehlen")]
    Blind,
}

/// Has `bytes` scanned over a fresh connection.
///
/// # Errors
/// If the connection fails or clamd says anything but that the file is clean or infected.
pub fn scan(verbindung: &mut (impl Read + Write), bytes: &[u8]) -> Result<Urteil, Scanfehler> {
    // clamd breaks off where a file is too large for it, but says so first: its word is read even
    // when ours could not be said to the end.
    let gesendet = send(verbindung, bytes);
    let antwort = read_antwort(verbindung);
    let antwort = match (gesendet, antwort) {
        (_, Ok(antwort)) if !antwort.is_empty() => antwort,
        (Err(error), _) | (Ok(()), Err(error)) => return Err(Scanfehler::Abgebrochen(error)),
        (Ok(()), Ok(_)) => {
            return Err(Scanfehler::Abgebrochen(io::ErrorKind::UnexpectedEof.into()));
        }
    };
    if antwort == "stream: OK" {
        return Ok(Urteil::Sauber);
    }
    match antwort.strip_prefix("stream: ").and_then(|rest| rest.strip_suffix(" FOUND")) {
        Some(fund) => Ok(Urteil::Befallen(fund.to_owned())),
        None => Err(Scanfehler::Antwort(antwort)),
    }
}

/// Program and signatures, as clamd names them: `ClamAV 1.4.6/27500/Sun Nov 22 …`.
///
/// # Errors
/// If the connection fails.
pub fn version(verbindung: &mut (impl Read + Write)) -> Result<String, Scanfehler> {
    verbindung.write_all(b"zVERSION\0").map_err(Scanfehler::Abgebrochen)?;
    read_antwort(verbindung).map_err(Scanfehler::Abgebrochen)
}

fn send(verbindung: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    verbindung.write_all(b"zINSTREAM\0")?;
    for stueck in bytes.chunks(STUECK) {
        let laenge = u32::try_from(stueck.len()).expect("a chunk is small");
        verbindung.write_all(&laenge.to_be_bytes())?;
        verbindung.write_all(stueck)?;
    }
    verbindung.write_all(&0_u32.to_be_bytes())?;
    verbindung.flush()
}

fn read_antwort(verbindung: &mut impl Read) -> io::Result<String> {
    let mut antwort = Vec::new();
    let mut puffer = [0; 256];
    loop {
        let gelesen = match verbindung.read(&mut puffer) {
            Ok(gelesen) => gelesen,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // What was said before the connection broke still counts, if it is whole.
            Err(error) => return Err(error),
        };
        let stueck = &puffer[..gelesen];
        match stueck.iter().position(|&byte| byte == 0) {
            Some(ende) => {
                antwort.extend_from_slice(&stueck[..ende]);
                return Ok(String::from_utf8_lossy(&antwort).into_owned());
            }
            None if gelesen == 0 || ANTWORT_MAX < antwort.len() => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            None => antwort.extend_from_slice(stueck),
        }
    }
}

/// The file that every scanner must find (eicar.org). It is put together here, because a scanner
/// that looks at this program must not find it.
pub(crate) fn eicar() -> Vec<u8> {
    let umgekehrt = br"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X";
    umgekehrt.iter().rev().copied().collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Takes so many bytes, then fails; says the same whatever it is told.
    struct Gegenueber {
        nimmt: usize,
        antwort: Cursor<Vec<u8>>,
        gehoert: Vec<u8>,
    }

    impl Gegenueber {
        fn new(antwort: &[u8]) -> Gegenueber {
            Gegenueber {
                nimmt: usize::MAX,
                antwort: Cursor::new(antwort.to_vec()),
                gehoert: Vec::new(),
            }
        }
    }

    impl Write for Gegenueber {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let Some(rest) = self.nimmt.checked_sub(bytes.len()) else {
                return Err(io::ErrorKind::BrokenPipe.into());
            };
            self.nimmt = rest;
            self.gehoert.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Read for Gegenueber {
        fn read(&mut self, puffer: &mut [u8]) -> io::Result<usize> {
            // Byte by byte, as a network may.
            let laenge = puffer.len().min(1);
            self.antwort.read(&mut puffer[..laenge])
        }
    }

    #[test]
    fn only_the_exact_word_is_clean() {
        for (antwort, erwartet) in [
            (b"stream: OK\0".as_slice(), Ok(Urteil::Sauber)),
            (b"stream: Eicar FOUND\0", Ok(Urteil::Befallen("Eicar".to_owned()))),
            (b"stream: A B (x) FOUND\0", Ok(Urteil::Befallen("A B (x)".to_owned()))),
            (b"stream: OK \0", Err("der Virenscanner meldet: stream: OK ")),
            (b"OK\0", Err("der Virenscanner meldet: OK")),
            (
                b"INSTREAM size limit exceeded. ERROR\0",
                Err("der Virenscanner meldet: INSTREAM size limit exceeded. ERROR"),
            ),
            (b"stream: OK", Err("der Virenscanner hat die Verbindung abgebrochen")),
            (b"", Err("der Virenscanner hat die Verbindung abgebrochen")),
            (b"\0", Err("der Virenscanner hat die Verbindung abgebrochen")),
            (&[b'x'; 10_000], Err("der Virenscanner hat die Verbindung abgebrochen")),
        ] {
            match (scan(&mut Gegenueber::new(antwort), b"x"), erwartet) {
                (Ok(urteil), Ok(erwartet)) => assert_eq!(urteil, erwartet),
                (Err(error), Err(erwartet)) => {
                    assert!(error.to_string().starts_with(erwartet), "{error}");
                }
                (ausgang, _) => panic!("{ausgang:?}"),
            }
        }
    }

    #[test]
    fn every_byte_is_sent_in_chunks() {
        for laenge in [0, 1, STUECK, STUECK + 1, 3 * STUECK] {
            let bytes = vec![7; laenge];
            let mut gegenueber = Gegenueber::new(b"stream: OK\0");
            scan(&mut gegenueber, &bytes).unwrap();
            let mut rest = gegenueber.gehoert.strip_prefix(b"zINSTREAM\0").unwrap();
            let mut gehoert = Vec::new();
            loop {
                let (laenge, weiter) = rest.split_first_chunk().unwrap();
                let (stueck, weiter) = weiter.split_at(u32::from_be_bytes(*laenge) as usize);
                rest = weiter;
                gehoert.extend_from_slice(stueck);
                if stueck.is_empty() {
                    break;
                }
            }
            assert!(rest.is_empty());
            assert_eq!(gehoert, bytes);
        }
    }

    #[test]
    fn what_clamd_said_before_it_broke_off_counts() {
        let mut gegenueber = Gegenueber::new(b"INSTREAM size limit exceeded. ERROR\0");
        gegenueber.nimmt = 1000;
        let error = scan(&mut gegenueber, &vec![0; STUECK]).unwrap_err();
        assert!(matches!(error, Scanfehler::Antwort(_)), "{error}");
        let mut stumm = Gegenueber::new(b"");
        stumm.nimmt = 1000;
        let error = scan(&mut stumm, &vec![0; STUECK]).unwrap_err();
        assert!(matches!(error, Scanfehler::Abgebrochen(_)), "{error}");
    }

    #[test]
    fn the_test_file_is_the_one_of_eicar() {
        use sha2::{Digest as _, Sha256};
        let hash: String = Sha256::digest(eicar()).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
    }
}
