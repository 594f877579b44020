//! The order in which the entries of a long list are offered.

/// Sorts as German and English readers expect: `Ägypten` beside `Afghanistan`, capitals or not.
/// What is no name of a thing (`staatenlos`, `ungeklärt`) comes last, as it begins small.
pub fn sort_key(text: &str) -> (bool, String) {
    let is_name = text.starts_with(|it: char| it.is_ascii_uppercase() || !it.is_ascii());
    // Not with the tables of Unicode: they weigh more than the lists.
    let folded = text
        .chars()
        .map(|it| match it {
            'À'..='Å' | 'à'..='å' => 'a',
            'Ç' | 'ç' => 'c',
            'È'..='Ë' | 'è'..='ë' => 'e',
            'Ì'..='Ï' | 'ì'..='ï' => 'i',
            'Ñ' | 'ñ' => 'n',
            'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' => 'o',
            'Ù'..='Ü' | 'ù'..='ü' => 'u',
            it => it.to_ascii_lowercase(),
        })
        .collect();
    (!is_name, folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_stand_where_people_look_for_them() {
        let mut namen =
            ["staatenlos", "Zypern", "Österreich", "Oman", "Ägypten", "Afghanistan", "Palau"];
        namen.sort_by_key(|it| sort_key(it));
        assert_eq!(
            namen,
            ["Afghanistan", "Ägypten", "Oman", "Österreich", "Palau", "Zypern", "staatenlos"]
        );
    }
}
