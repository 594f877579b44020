//! The two things an applicant keeps: the Vorgangsnummer and the Zugangscode.
//! Both are read in the browser, too, so that a slip is told at once.

use std::{fmt, str::FromStr};

/// What a Vorgangsnummer is made of: no two of these are taken for each other
/// (missing are 0 1 2 5 8 and B I L O Q S U Z). 23 is a prime, which makes the check
/// character catch every single slip. In their order every letter has the value that it has in
/// the prefix, A to W: so two characters swapped between prefix and number are caught as well.
const ZEICHEN: &[u8; 23] = b"A3CDEFGH4JK6MN7P9RXTYVW";

/// Characters without the prefix: nine drawn, one computed. 23⁹ is a little more than 2⁴⁰.
const STELLEN: usize = 10;

/// The number of a Vorgang, such as `VE-7K4M-9HXD-3F`: two letters for the kind of
/// application, nine random characters and one that checks all the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vorgangsnummer {
    praefix: [u8; 2],
    stellen: [u8; STELLEN],
}

impl Vorgangsnummer {
    /// A number out of 64 random bits.
    ///
    /// # Panics
    /// If `praefix` is not two letters from A to W: it stands in the declaration of a form.
    pub fn new(praefix: &str, zufall: u64) -> Vorgangsnummer {
        let praefix = read_praefix(praefix.as_bytes())
            .expect("the prefix of an application is two letters from A to W");
        let mut stellen = [0; STELLEN];
        let mut rest = zufall;
        for stelle in &mut stellen[..STELLEN - 1] {
            *stelle = ZEICHEN[(rest % 23) as usize];
            rest /= 23;
        }
        let ohne_pruefzeichen = Vorgangsnummer { praefix, stellen };
        stellen[STELLEN - 1] = ohne_pruefzeichen.pruefzeichen();
        Vorgangsnummer { praefix, stellen }
    }

    /// The two letters in front, which name the kind of application.
    pub fn praefix(&self) -> &str {
        std::str::from_utf8(&self.praefix).expect("only ASCII letters are stored")
    }

    /// A sum weighted with the position, modulo the prime 23. One changed character and two
    /// swapped ones change it, whatever their distance.
    fn pruefzeichen(&self) -> u8 {
        let praefix = self.praefix.iter().map(|buchstabe| usize::from(buchstabe - b'A'));
        let stellen = self.stellen[..STELLEN - 1].iter().map(|&stelle| {
            ZEICHEN.iter().position(|&zeichen| zeichen == stelle).unwrap_or_default()
        });
        let summe: usize =
            praefix.chain(stellen).zip(2..).map(|(wert, gewicht)| wert * gewicht).sum();
        ZEICHEN[(23 - summe % 23) % 23]
    }
}

impl fmt::Display for Vorgangsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.praefix())?;
        for (i, &stelle) in self.stellen.iter().enumerate() {
            if i % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(stelle))?;
        }
        Ok(())
    }
}

/// The text is no Vorgangsnummer, most likely because of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeineVorgangsnummer;

impl fmt::Display for KeineVorgangsnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a Vorgangsnummer")
    }
}

impl std::error::Error for KeineVorgangsnummer {}

impl FromStr for Vorgangsnummer {
    type Err = KeineVorgangsnummer;

    /// Reads capitals and small letters, with hyphens and blanks wherever they are.
    fn from_str(text: &str) -> Result<Vorgangsnummer, KeineVorgangsnummer> {
        let gelesen: [u8; 2 + STELLEN] = read_grossbuchstaben(text).ok_or(KeineVorgangsnummer)?;
        let praefix = read_praefix(&gelesen[..2]).ok_or(KeineVorgangsnummer)?;
        let mut stellen = [0; STELLEN];
        stellen.copy_from_slice(&gelesen[2..]);
        if stellen.iter().any(|stelle| !ZEICHEN.contains(stelle)) {
            return Err(KeineVorgangsnummer);
        }
        let nummer = Vorgangsnummer { praefix, stellen };
        match nummer.pruefzeichen() == stellen[STELLEN - 1] {
            true => Ok(nummer),
            false => Err(KeineVorgangsnummer),
        }
    }
}

/// What a Zugangscode is written with: 32 characters, five bits each.
const CODE_ZEICHEN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The secret to a Vorgangsnummer, such as `7K4M-9QXD-2H6T`: 60 random bits.
/// It is shown to applicants once and appears in no Debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Zugangscode([u8; 12]);

impl Zugangscode {
    /// A code out of the lower 60 of 64 random bits.
    pub fn new(zufall: u64) -> Zugangscode {
        let mut rest = zufall;
        Zugangscode([(); 12].map(|()| {
            let zeichen = CODE_ZEICHEN[(rest % 32) as usize];
            rest /= 32;
            zeichen
        }))
    }

    /// The twelve characters without hyphens, for hashing.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As it is shown to its owner: `XXXX-XXXX-XXXX`.
    pub fn reveal(&self) -> String {
        let gruppen: Vec<String> =
            self.0.chunks(4).map(|vier| vier.iter().copied().map(char::from).collect()).collect();
        gruppen.join("-")
    }
}

impl fmt::Debug for Zugangscode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Zugangscode(…)")
    }
}

/// The text is no Zugangscode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeinZugangscode;

impl fmt::Display for KeinZugangscode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a Zugangscode")
    }
}

impl std::error::Error for KeinZugangscode {}

impl FromStr for Zugangscode {
    type Err = KeinZugangscode;

    /// Reads what people make of it: small letters, `O` for 0, `I` and `L` for 1, `U` for V.
    fn from_str(text: &str) -> Result<Zugangscode, KeinZugangscode> {
        let gelesen: [u8; 12] = read_grossbuchstaben(text).ok_or(KeinZugangscode)?;
        let gemeint = gelesen.map(|zeichen| match zeichen {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            b'U' => b'V',
            _ => zeichen,
        });
        match gemeint.iter().all(|zeichen| CODE_ZEICHEN.contains(zeichen)) {
            true => Ok(Zugangscode(gemeint)),
            false => Err(KeinZugangscode),
        }
    }
}

fn read_praefix(text: &[u8]) -> Option<[u8; 2]> {
    match *text {
        // Not up to Z: 23 letters, so that the check tells each from the others.
        [a @ b'A'..=b'W', b @ b'A'..=b'W'] => Some([a, b]),
        _ => None,
    }
}

/// Exactly `N` ASCII characters in capitals, without blanks and hyphens (also the long ones
/// that word processors make of them).
fn read_grossbuchstaben<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut gelesen = [0; N];
    let mut anzahl = 0;
    for zeichen in text.chars() {
        if zeichen.is_whitespace() || matches!(zeichen, '-' | '\u{2010}'..='\u{2014}') {
            continue;
        }
        *gelesen.get_mut(anzahl)? = u8::try_from(zeichen).ok()?.to_ascii_uppercase();
        anzahl += 1;
    }
    (anzahl == N).then_some(gelesen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_nummer(text: &str, expect: Option<&str>) {
        let gelesen = text.parse::<Vorgangsnummer>().ok().map(|nummer| nummer.to_string());
        assert_eq!(gelesen.as_deref(), expect);
    }

    #[test]
    fn reads_a_nummer_as_people_type_it() {
        let nummer = Vorgangsnummer::new("VE", 0x0123_4567_89ab_cdef).to_string();
        check_nummer(&nummer, Some(&nummer));
        check_nummer(&nummer.to_lowercase(), Some(&nummer));
        check_nummer(&nummer.replace('-', ""), Some(&nummer));
        check_nummer(&format!(" {} ", nummer.replace('-', " – ")), Some(&nummer));
        check_nummer(&nummer[1..], None);
        check_nummer(&format!("{nummer}3"), None);
        check_nummer("", None);
        check_nummer("VE-äöü4-9HXD-3F", None);
    }

    #[test]
    fn a_nummer_has_four_groups() {
        let nummer = Vorgangsnummer::new("EB", u64::MAX).to_string();
        let laengen: Vec<usize> = nummer.split('-').map(str::len).collect();
        assert_eq!(laengen, [2, 4, 4, 2]);
    }

    #[test]
    fn reads_a_code_as_people_type_it() {
        let code = "0101-VVVV-2H6T".parse::<Zugangscode>().unwrap();
        assert_eq!("oil1 uuvu 2h6t".parse::<Zugangscode>().unwrap().reveal(), "0111-VVVV-2H6T");
        assert_eq!(code.reveal(), "0101-VVVV-2H6T");
        assert!("0101-VVVV-2H6".parse::<Zugangscode>().is_err());
        assert!("0101-VVVV-2H6Ä".parse::<Zugangscode>().is_err());
    }

    #[test]
    fn a_code_is_not_in_debug_output() {
        let code = Zugangscode::new(0x0123_4567_89ab_cdef);
        assert!(!format!("{code:?}").contains(&code.reveal()[..4]));
    }

    proptest! {
        #[test]
        fn every_nummer_reads_back(zufall: u64, praefix in "[A-W]{2}") {
            let nummer = Vorgangsnummer::new(&praefix, zufall);
            prop_assert_eq!(nummer.to_string().parse(), Ok(nummer));
            prop_assert_eq!(nummer.praefix(), praefix);
        }

        #[test]
        fn every_code_reads_back(zufall: u64) {
            let code = Zugangscode::new(zufall);
            prop_assert_eq!(code.reveal().parse(), Ok(code));
        }

        /// All of them: each position with each other letter or digit, each two swapped.
        #[test]
        fn every_slip_is_caught(zufall: u64, praefix in "[A-W]{2}") {
            let nummer = Vorgangsnummer::new(&praefix, zufall).to_string().replace('-', "");
            for i in 0..nummer.len() {
                for anderes in ('A'..='Z').chain('0'..='9') {
                    let mut verschrieben: Vec<char> = nummer.chars().collect();
                    if verschrieben[i] != anderes {
                        verschrieben[i] = anderes;
                        let verschrieben: String = verschrieben.into_iter().collect();
                        prop_assert!(verschrieben.parse::<Vorgangsnummer>().is_err());
                    }
                }
                for j in 0..i {
                    let mut vertauscht: Vec<char> = nummer.chars().collect();
                    vertauscht.swap(i, j);
                    let vertauscht: String = vertauscht.into_iter().collect();
                    if vertauscht != nummer {
                        prop_assert!(vertauscht.parse::<Vorgangsnummer>().is_err());
                    }
                }
            }
        }
    }
}
