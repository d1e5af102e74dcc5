//! The client-side rate limiter of the adaptive mode: after a throttle the rate is reduced and grows again along a
//! cubic curve (CUBIC, RFC 9438), slowly near the rate that was throttled and faster away from it.

use std::time::Duration;

/// Growth of the curve.
const SCALE: f64 = 0.4;
/// The factor by which a throttle reduces the rate.
const BETA: f64 = 0.7;
/// Weight of the newest measurement.
const SMOOTHING: f64 = 0.8;
/// The lowest rate, in requests a second.
const MIN_RATE: f64 = 0.5;
/// Length of a measurement, in seconds.
const WINDOW: f64 = 0.5;

/// Limits the rate of requests once a service has throttled one. Times are measured from any fixed moment and must not
/// decrease.
#[derive(Clone, Debug, Default)]
pub struct RateLimiter {
    throttled: Option<Throttled>,
    bucket: Bucket,
    meter: Meter,
}

/// The curve since the last throttle.
#[derive(Clone, Copy, Debug)]
struct Throttled {
    at: f64,
    /// The rate that was too high.
    max: f64,
    /// How long the curve takes to return to it, in seconds.
    back: f64,
}

impl RateLimiter {
    /// A limiter that allows everything until the first throttle.
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests to send at `now`. `None`: allowed. Otherwise request it again after that time.
    pub fn acquire(&mut self, now: Duration) -> Option<Duration> {
        self.throttled?;
        self.bucket.take(now.as_secs_f64())
    }

    /// Records a response that arrived at `now`.
    pub fn record(&mut self, now: Duration, throttled: bool) {
        let now = now.as_secs_f64();
        let measured = self.meter.count(now);
        let rate = match (self.throttled, throttled) {
            (None, false) => return,
            (Some(Throttled { at, max, back }), false) => SCALE * (now - at - back).powi(3) + max,
            (before, true) => {
                let max = if before.is_some() {
                    measured.min(self.bucket.rate)
                } else {
                    measured
                };
                self.throttled = Some(Throttled {
                    at: now,
                    max,
                    back: (max * (1.0 - BETA) / SCALE).cbrt(),
                });
                max * BETA
            }
        };
        self.bucket.set_rate(now, rate.min(2.0 * measured));
    }

    /// The present limit, in requests per second; `None`: there is none yet.
    pub fn rate(&self) -> Option<f64> {
        self.throttled.map(|_| self.bucket.rate)
    }
}

/// A token bucket with a capacity of one second.
#[derive(Clone, Debug, Default)]
struct Bucket {
    rate: f64,
    capacity: f64,
    tokens: f64,
    filled_at: f64,
}

impl Bucket {
    fn fill(&mut self, now: f64) {
        self.tokens =
            (self.tokens + (now - self.filled_at).max(0.0) * self.rate).min(self.capacity);
        self.filled_at = now;
    }

    fn set_rate(&mut self, now: f64, rate: f64) {
        self.fill(now);
        self.rate = rate.max(MIN_RATE);
        self.capacity = rate.max(1.0);
        self.tokens = self.tokens.min(self.capacity);
    }

    fn take(&mut self, now: f64) -> Option<Duration> {
        self.fill(now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        // Never zero, so that a caller that waits for this time does not loop because of a rounding error.
        Some(Duration::from_secs_f64((1.0 - self.tokens) / self.rate) + Duration::from_millis(1))
    }
}

/// The rate of responses, smoothed over windows of half a second.
#[derive(Clone, Debug, Default)]
struct Meter {
    rate: f64,
    count: f64,
    /// Start of the current window; `None` before the first response.
    window: Option<f64>,
}

impl Meter {
    fn count(&mut self, now: f64) -> f64 {
        let window = (now / WINDOW).floor() * WINDOW;
        let began = *self.window.get_or_insert(window);
        self.count += 1.0;
        if window > began {
            self.rate = self.count / (window - began) * SMOOTHING + self.rate * (1.0 - SMOOTHING);
            self.count = 0.0;
            self.window = Some(window);
        }
        self.rate
    }
}
