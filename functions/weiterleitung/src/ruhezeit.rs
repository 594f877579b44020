//! How long to leave a partner alone after a failure.

use std::time::Duration;

/// No pause of ours is longer …
pub(crate) const HOECHSTENS: Duration = Duration::from_secs(3600);
/// … but a partner may ask for a longer one, up to this.
const GEWUENSCHT_HOECHSTENS: Duration = Duration::from_secs(24 * 3600);

/// The pause after attempt number `versuch` (from 1): `erste`, doubled with each attempt, up to an
/// hour; up to a quarter less, so that not all come back at once. Never shorter than the partner
/// wished.
pub(crate) fn after(
    versuch: u32,
    erste: Duration,
    gewuenscht: Option<Duration>,
    zufall: u64,
) -> Duration {
    let faktor = 1_u32.checked_shl(versuch.saturating_sub(1)).unwrap_or(u32::MAX);
    let pause = erste.saturating_mul(faktor).min(HOECHSTENS.max(erste));
    let streuung = pause.as_millis() as u64 / 4;
    let pause = pause - Duration::from_millis(zufall % (streuung + 1));
    pause.max(gewuenscht.unwrap_or_default().min(GEWUENSCHT_HOECHSTENS))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn pauses_double_up_to_an_hour() {
        for (versuch, sekunden) in [(1, 60), (2, 120), (3, 240), (6, 1920), (7, 3600), (99, 3600)] {
            assert_eq!(after(versuch, MINUTE, None, 0).as_secs(), sekunden, "{versuch}");
        }
        assert_eq!(after(3, Duration::from_secs(5), None, 0).as_secs(), 20);
    }

    #[test]
    fn the_partners_wish_counts_within_reason() {
        assert_eq!(after(1, MINUTE, Some(MINUTE * 90), 0), MINUTE * 90);
        assert_eq!(after(7, MINUTE, Some(MINUTE), 0), HOECHSTENS);
        assert_eq!(after(1, MINUTE, Some(MINUTE * 99_999), 0), GEWUENSCHT_HOECHSTENS);
    }

    proptest! {
        #[test]
        fn chance_takes_a_quarter_at_most(versuch in 1..200_u32, zufall: u64) {
            let ganz = after(versuch, MINUTE, None, 0);
            let pause = after(versuch, MINUTE, None, zufall);
            prop_assert!(pause <= ganz && ganz * 3 / 4 <= pause);
        }
    }
}
