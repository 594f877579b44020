//! A date typed as three numbers, kept as one text: `1990-3-7` while it is typed, `1990-03-07`
//! when the input is left. Parts that are not there yet are empty: `-3-7`, `1990`.

/// Year, month and day as typed.
pub fn split_parts(text: &str) -> [String; 3] {
    let mut teile = text.splitn(3, '-').map(str::to_owned);
    [(); 3].map(|()| teile.next().unwrap_or_default())
}

/// One text out of year, month and day. A whole date in one part (`7.3.1990`) is taken apart.
pub fn join_parts(teile: [&str; 3]) -> String {
    for teil in teile {
        let mut zahlen = teil.trim().split(['.', '/']);
        if let (Some(tag), Some(monat), Some(jahr)) = (zahlen.next(), zahlen.next(), zahlen.next())
        {
            return join_parts([jahr, monat, tag]);
        }
    }
    let teile = teile.map(|teil| teil.trim().replace('-', ""));
    teile.join("-").trim_end_matches('-').to_owned()
}

/// Month and day with two digits, as a date is written in data.
pub fn pad(text: &str) -> String {
    let [jahr, monat, tag] = split_parts(text);
    let two = |teil: String| {
        let is_digit = teil.len() == 1 && teil.bytes().all(|it| it.is_ascii_digit());
        if is_digit { format!("0{teil}") } else { teil }
    };
    let (monat, tag) = (two(monat), two(tag));
    join_parts([&jahr, &monat, &tag])
}

#[cfg(test)]
mod tests {
    use shared::werte::{Datum, KeinDatum, Teildatum};

    use super::*;

    #[track_caller]
    fn check(teile: [&str; 3], text: &str, padded: &str) {
        assert_eq!(join_parts(teile), text);
        assert_eq!(split_parts(text).each_ref().map(String::as_str), teile);
        assert_eq!(pad(text), padded);
    }

    #[test]
    fn parts_are_kept_as_typed_and_padded_afterwards() {
        check(["1990", "3", "7"], "1990-3-7", "1990-03-07");
        check(["1990", "12", "31"], "1990-12-31", "1990-12-31");
        check(["1990", "3", ""], "1990-3", "1990-03");
        check(["1990", "", ""], "1990", "1990");
        check(["", "", "7"], "--7", "--07");
        check(["", "0", ""], "-0", "-00");
        check(["", "", ""], "", "");
        check(["1990", "", "7"], "1990--7", "1990--07");
        check(["90", "März", "1."], "90-März-1.", "90-März-1.");
    }

    #[test]
    fn a_date_pasted_into_one_part_is_taken_apart() {
        for teile in [["", "", "7.3.1990"], ["07.03.1990", "", ""], ["1", " 7/3/1990 ", "2"]] {
            assert_eq!(pad(&join_parts(teile)), "1990-03-07");
        }
    }

    #[test]
    fn what_is_typed_reads_as_the_date_that_is_meant() {
        let tag = Datum::new(1990, 3, 7);
        assert_eq!(pad("1990-3-7").parse::<Datum>(), Ok(tag));
        assert_eq!(pad("1990-3-7").parse::<Teildatum>(), Ok(Teildatum::Tag(tag)));
        assert_eq!(pad("1990-3").parse::<Teildatum>(), Ok(Teildatum::JahrMonat(1990, 3)));
        assert_eq!(pad("1990").parse::<Teildatum>(), Ok(Teildatum::Jahr(1990)));
        assert_eq!(pad("1990-2-31").parse::<Datum>(), Err(KeinDatum::GibtEsNicht));
        for text in ["1990--7", "-3-7", "--7", "1990-März-7", "90-3-7"] {
            assert_eq!(pad(text).parse::<Teildatum>(), Err(KeinDatum::Form), "{text}");
            assert_eq!(pad(text).parse::<Datum>(), Err(KeinDatum::Form), "{text}");
        }
    }
}
