//! The order in which the entries of a long list are offered.

/// Sorts as German and English readers expect: `Ägypten` beside `Afghanistan`, capitals or not.
/// What is no name of a thing (`staatenlos`, `ungeklärt`) comes last, as it begins small.
pub fn sort_key(text: &str) -> (bool, String) {
    let is_name = text.chars().next().is_some_and(char::is_uppercase);
    let folded = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|it| match it {
            'à'..='å' => 'a',
            'ç' => 'c',
            'è'..='ë' => 'e',
            'ì'..='ï' => 'i',
            'ñ' => 'n',
            'ò'..='ö' | 'ø' => 'o',
            'ù'..='ü' => 'u',
            it => it,
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
