//! How long to wait before the next call, by the rule of Smithy's specification of waiters. The random number is an
//! argument.

use std::time::Duration;

/// The maximum time between two calls, unless the minimum is longer.
const MAX_DELAY: Duration = Duration::from_secs(120);

/// The wait after so many calls (1, 2, …): with `random` (0..1) between `least` and `least` × 2^(calls - 1), at most
/// 120 s. If it would leave less than `least` before the end, it ends `least` before the end, so that there is time for
/// the last call. `None`: there is no time for another call.
pub(crate) fn delay(
    least: Duration,
    calls: u32,
    remaining: Duration,
    random: f64,
) -> Option<Duration> {
    let latest = remaining
        .checked_sub(least)
        .filter(|latest| !latest.is_zero())?;
    let doubled = 1_u32
        .checked_shl(calls.saturating_sub(1))
        .unwrap_or(u32::MAX);
    let most = least.saturating_mul(doubled).min(MAX_DELAY.max(least));
    let jitter = most.saturating_sub(least).mul_f64(random.clamp(0.0, 1.0));
    Some(latest.min(least + jitter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn doubles_up_to_two_minutes_and_takes_any_time_in_between() {
        let day = s(86_400);
        for (calls, most) in [
            (1, 30),
            (2, 60),
            (3, 120),
            (4, 120),
            (40, 120),
            (u32::MAX, 120),
        ] {
            assert_eq!(delay(s(30), calls, day, 0.0), Some(s(30)), "{calls}");
            assert_eq!(delay(s(30), calls, day, 1.0), Some(s(most)), "{calls}");
            assert_eq!(delay(s(30), calls, day, 0.5), Some(s((30 + most) / 2)));
        }
        // A waiter may have a delay of more than two minutes.
        assert_eq!(delay(s(300), 5, day, 1.0), Some(s(300)));
    }

    #[test]
    fn the_last_call_fits_into_what_remains() {
        assert_eq!(delay(s(30), 3, s(150), 1.0), Some(s(120)));
        assert_eq!(delay(s(30), 3, s(149), 1.0), Some(s(119)));
        assert_eq!(delay(s(30), 3, s(31), 0.0), Some(s(1)));
        assert_eq!(delay(s(30), 3, s(30), 0.0), None);
        assert_eq!(delay(s(30), 1, s(0), 0.0), None);
        assert_eq!(delay(s(0), 1, s(0), 0.0), None);
    }
}
