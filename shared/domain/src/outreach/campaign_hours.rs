//! The clock where a recipient is: the time zones of a country by its calling code, a time of the clock, and quiet hours.
//! A country with several zones counts as all of them: a message goes out when none of them is quiet.

use crate::access::tenants::TimeZone;
use crate::channels::prices::markets::Recipient;
use crate::time::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone as Rules};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Calling codes with the zones of their country: the westernmost and the easternmost with many people.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &[&str])] = &[
    ("1", &["America/New_York", "America/Los_Angeles"]), ("7", &["Europe/Moscow", "Asia/Vladivostok"]),
    ("20", &["Africa/Cairo"]), ("27", &["Africa/Johannesburg"]), ("30", &["Europe/Athens"]),
    ("31", &["Europe/Amsterdam"]), ("32", &["Europe/Brussels"]), ("33", &["Europe/Paris"]), ("34", &["Europe/Madrid"]),
    ("36", &["Europe/Budapest"]), ("39", &["Europe/Rome"]), ("40", &["Europe/Bucharest"]), ("41", &["Europe/Zurich"]),
    ("43", &["Europe/Vienna"]), ("44", &["Europe/London"]), ("45", &["Europe/Copenhagen"]),
    ("46", &["Europe/Stockholm"]), ("47", &["Europe/Oslo"]), ("48", &["Europe/Warsaw"]), ("49", &["Europe/Berlin"]),
    ("51", &["America/Lima"]), ("52", &["America/Mexico_City", "America/Tijuana"]),
    ("54", &["America/Argentina/Buenos_Aires"]), ("55", &["America/Sao_Paulo", "America/Manaus"]),
    ("56", &["America/Santiago"]), ("57", &["America/Bogota"]), ("58", &["America/Caracas"]),
    ("60", &["Asia/Kuala_Lumpur"]), ("61", &["Australia/Sydney", "Australia/Perth"]),
    ("62", &["Asia/Jakarta", "Asia/Jayapura"]), ("63", &["Asia/Manila"]), ("64", &["Pacific/Auckland"]),
    ("65", &["Asia/Singapore"]), ("66", &["Asia/Bangkok"]), ("77", &["Asia/Almaty"]), ("81", &["Asia/Tokyo"]),
    ("82", &["Asia/Seoul"]), ("84", &["Asia/Ho_Chi_Minh"]), ("86", &["Asia/Shanghai"]), ("90", &["Europe/Istanbul"]),
    ("91", &["Asia/Kolkata"]), ("92", &["Asia/Karachi"]), ("93", &["Asia/Kabul"]), ("94", &["Asia/Colombo"]),
    ("211", &["Africa/Juba"]), ("212", &["Africa/Casablanca"]), ("213", &["Africa/Algiers"]), ("216", &["Africa/Tunis"]),
    ("218", &["Africa/Tripoli"]), ("221", &["Africa/Dakar"]), ("225", &["Africa/Abidjan"]), ("233", &["Africa/Accra"]),
    ("234", &["Africa/Lagos"]), ("237", &["Africa/Douala"]), ("243", &["Africa/Kinshasa", "Africa/Lubumbashi"]),
    ("244", &["Africa/Luanda"]), ("249", &["Africa/Khartoum"]), ("250", &["Africa/Kigali"]),
    ("251", &["Africa/Addis_Ababa"]), ("254", &["Africa/Nairobi"]), ("255", &["Africa/Dar_es_Salaam"]),
    ("256", &["Africa/Kampala"]), ("258", &["Africa/Maputo"]), ("260", &["Africa/Lusaka"]), ("263", &["Africa/Harare"]),
    ("264", &["Africa/Windhoek"]), ("267", &["Africa/Gaborone"]), ("351", &["Europe/Lisbon"]),
    ("353", &["Europe/Dublin"]), ("355", &["Europe/Tirane"]), ("357", &["Asia/Nicosia"]), ("358", &["Europe/Helsinki"]),
    ("359", &["Europe/Sofia"]), ("370", &["Europe/Vilnius"]), ("371", &["Europe/Riga"]), ("372", &["Europe/Tallinn"]),
    ("373", &["Europe/Chisinau"]), ("374", &["Asia/Yerevan"]), ("375", &["Europe/Minsk"]), ("380", &["Europe/Kyiv"]),
    ("381", &["Europe/Belgrade"]), ("385", &["Europe/Zagreb"]), ("386", &["Europe/Ljubljana"]),
    ("389", &["Europe/Skopje"]), ("420", &["Europe/Prague"]), ("421", &["Europe/Bratislava"]),
    ("502", &["America/Guatemala"]), ("503", &["America/El_Salvador"]), ("504", &["America/Tegucigalpa"]),
    ("505", &["America/Managua"]), ("506", &["America/Costa_Rica"]), ("507", &["America/Panama"]),
    ("509", &["America/Port-au-Prince"]), ("591", &["America/La_Paz"]), ("593", &["America/Guayaquil"]),
    ("595", &["America/Asuncion"]), ("598", &["America/Montevideo"]), ("852", &["Asia/Hong_Kong"]),
    ("855", &["Asia/Phnom_Penh"]), ("856", &["Asia/Vientiane"]), ("880", &["Asia/Dhaka"]), ("886", &["Asia/Taipei"]),
    ("960", &["Indian/Maldives"]), ("961", &["Asia/Beirut"]), ("962", &["Asia/Amman"]), ("963", &["Asia/Damascus"]),
    ("964", &["Asia/Baghdad"]), ("965", &["Asia/Kuwait"]), ("966", &["Asia/Riyadh"]), ("967", &["Asia/Aden"]),
    ("968", &["Asia/Muscat"]), ("971", &["Asia/Dubai"]), ("972", &["Asia/Jerusalem"]), ("973", &["Asia/Bahrain"]),
    ("974", &["Asia/Qatar"]), ("975", &["Asia/Thimphu"]), ("976", &["Asia/Ulaanbaatar"]), ("977", &["Asia/Kathmandu"]),
    ("992", &["Asia/Dushanbe"]), ("993", &["Asia/Ashgabat"]), ("994", &["Asia/Baku"]), ("995", &["Asia/Tbilisi"]),
    ("996", &["Asia/Bishkek"]), ("998", &["Asia/Tashkent"]),
];

/// The time zones of a recipient; `business` where the country is not known.
#[must_use]
pub fn zones(recipient: Recipient<'_>, business: &TimeZone) -> Vec<Rules> {
    let known = COUNTRIES.iter().filter(|(code, _)| recipient.has_prefix(code)).max_by_key(|(code, _)| code.len());
    let names = known.map(|(_, names)| *names).unwrap_or_default();
    let zones: Vec<_> = names.iter().filter_map(|name| TimeZone::parse(name).ok()).map(|zone| zone.rules()).collect();
    if zones.is_empty() { vec![business.rules()] } else { zones }
}

/// A date and time of the clock, without a zone: 2026-12-24T09:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime(DateTime);

/// A text that is no date and time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date and time without a zone, such as 2026-12-24T09:00")]
pub struct InvalidLocalTime;

/// The first zone in which a day begins is 14 hours ahead of UTC.
const FIRST_ZONE: Duration = Duration::from_secs(14 * 3600);

/// The last zone in which a day begins is 12 hours behind UTC.
const LAST_ZONE: Duration = Duration::from_secs(12 * 3600);

impl LocalTime {
    /// Reads a date and time.
    ///
    /// # Errors
    /// [`InvalidLocalTime`] if it is none, or names a zone.
    pub fn parse(text: &str) -> Result<Self, InvalidLocalTime> {
        let is_local = text.len() >= 16 && !text.ends_with(['Z', 'z']) && !text[11..].contains(['+', '-', '[']);
        text.parse().ok().filter(|_| is_local).map(Self).ok_or(InvalidLocalTime)
    }

    /// When the first clock of the world shows it.
    #[must_use]
    pub fn earliest(&self) -> Timestamp {
        moment(&Rules::UTC, self.0).minus(FIRST_ZONE)
    }

    /// When the last clock of the world shows it.
    #[must_use]
    pub fn latest(&self) -> Timestamp {
        moment(&Rules::UTC, self.0).plus(LAST_ZONE)
    }

    /// When the last of these clocks shows it. A clock that skips it shows it an hour later.
    #[must_use]
    pub fn latest_in(&self, zones: &[Rules]) -> Timestamp {
        zones.iter().map(|zone| moment(zone, self.0)).max().unwrap_or_default()
    }

    /// The moment in this zone; none if its clocks skip it.
    #[must_use]
    pub fn in_zone(&self, zone: &TimeZone) -> Option<Timestamp> {
        let rules = zone.rules();
        match rules.to_ambiguous_timestamp(self.0).offset() {
            AmbiguousOffset::Gap { .. } => None,
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => Some(moment(&rules, self.0)),
        }
    }
}

fn moment(zone: &Rules, at: DateTime) -> Timestamp {
    let moment = zone.to_ambiguous_timestamp(at).compatible();
    moment.map_or_else(|_| Timestamp::default(), |at| Timestamp::from_millis(at.as_millisecond()))
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%dT%H:%M"))
    }
}

impl FromStr for LocalTime {
    type Err = InvalidLocalTime;

    fn from_str(text: &str) -> Result<Self, InvalidLocalTime> {
        Self::parse(text)
    }
}

impl TryFrom<String> for LocalTime {
    type Error = InvalidLocalTime;

    fn try_from(text: String) -> Result<Self, InvalidLocalTime> {
        Self::parse(&text)
    }
}

impl From<LocalTime> for String {
    fn from(time: LocalTime) -> Self {
        time.to_string()
    }
}

/// Hours of the recipient's clock in which no message goes out. They may span midnight: from 21:00 until 09:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// When they begin, such as 21:00.
    pub from: ClockTime,
    /// When they end, such as 09:00.
    pub until: ClockTime,
}

/// A time of the clock, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^([01][0-9]|2[0-3]):[0-5][0-9]$"), example = &"21:00")]
pub struct ClockTime(u16);

/// A text that is no time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a time such as 21:00")]
pub struct InvalidClockTime;

impl TryFrom<String> for ClockTime {
    type Error = InvalidClockTime;

    fn try_from(text: String) -> Result<Self, InvalidClockTime> {
        let (hours, minutes) = text.split_once(':').ok_or(InvalidClockTime)?;
        let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() == 2);
        let hours = number(hours).filter(|hours| *hours < 24).ok_or(InvalidClockTime)?;
        let minutes = number(minutes).filter(|minutes| *minutes < 60).ok_or(InvalidClockTime)?;
        Ok(Self(hours * 60 + minutes))
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
    }
}

impl ClockTime {
    fn time(self) -> Time {
        let hours = i8::try_from(self.0 / 60).unwrap_or(0);
        Time::new(hours, i8::try_from(self.0 % 60).unwrap_or(0), 0, 0).unwrap_or(Time::midnight())
    }
}

/// How often quiet hours of several zones are followed from one to the next.
const MOST_STEPS: usize = 8;

impl QuietHours {
    /// The first moment from `at` on that is quiet in none of these zones. If there is none within some days, `at` of the
    /// last that was looked at.
    #[must_use]
    pub fn next_open(&self, zones: &[Rules], at: Timestamp) -> Timestamp {
        let mut open = at;
        for _ in 0..MOST_STEPS {
            let Some(later) = zones.iter().filter_map(|zone| self.ends(zone, open)).max() else { return open };
            open = later;
        }
        open
    }

    /// When the quiet hours end in which `at` lies here; none if it lies in none.
    fn ends(&self, zone: &Rules, at: Timestamp) -> Option<Timestamp> {
        let local = jiff::Timestamp::from_millisecond(at.millis()).ok()?.to_zoned(zone.clone()).datetime();
        let time = local.time();
        let (from, until) = (self.from.time(), self.until.time());
        let spans_midnight = from > until;
        let is_quiet = if spans_midnight { time >= from || time < until } else { time >= from && time < until };
        if !is_quiet {
            return None;
        }
        let day = if spans_midnight && time >= from { local.date().tomorrow().ok()? } else { local.date() };
        Some(moment(zone, day.to_datetime(until)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Phone;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn zones_of(phone: &str) -> Vec<Rules> {
        zones(Recipient::Phone(&Phone::parse(phone).unwrap()), &TimeZone::default())
    }

    fn quiet(from: &str, until: &str) -> QuietHours {
        QuietHours { from: from.to_owned().try_into().unwrap(), until: until.to_owned().try_into().unwrap() }
    }

    #[test]
    fn every_zone_of_a_country_is_in_the_database() {
        for (code, names) in COUNTRIES {
            assert!(names.iter().all(|name| TimeZone::parse(name).is_ok()), "{code}");
        }
    }

    #[test]
    fn quiet_hours_end_in_the_morning_where_the_recipient_is() {
        let quiet = quiet("21:00", "09:00");
        let india = zones_of("919876543210");
        assert_eq!(quiet.next_open(&india, at("2026-12-01T16:00:00Z")), at("2026-12-02T03:30:00Z"));
        assert_eq!(quiet.next_open(&india, at("2026-12-02T01:00:00Z")), at("2026-12-02T03:30:00Z"));
        assert_eq!(quiet.next_open(&india, at("2026-12-02T10:00:00Z")), at("2026-12-02T10:00:00Z"));
    }

    #[test]
    fn a_country_with_several_zones_is_open_when_all_are() {
        let open = quiet("21:00", "09:00").next_open(&zones_of("12125550123"), at("2026-12-02T14:00:00Z"));
        assert_eq!(open, at("2026-12-02T17:00:00Z"));
    }

    #[test]
    fn a_time_of_the_clock_comes_where_the_recipient_is() {
        let time = LocalTime::parse("2026-12-24T09:00").unwrap();
        assert_eq!(time.latest_in(&zones_of("919876543210")), at("2026-12-24T03:30:00Z"));
        assert_eq!(time.latest_in(&zones_of("493012345678")), at("2026-12-24T08:00:00Z"));
        assert!(time.earliest() <= at("2026-12-23T19:00:00Z"));
        for wrong in ["2026-12-24", "2026-12-24T09:00Z", "2026-12-24T09:00+01:00", "tomorrow", "2026-13-01T09:00"] {
            assert_eq!(LocalTime::parse(wrong), Err(InvalidLocalTime), "{wrong}");
        }
    }

    #[test]
    fn a_clock_that_skips_the_hour_shows_it_an_hour_later() {
        let berlin = TimeZone::parse("Europe/Berlin").unwrap();
        let skipped = LocalTime::parse("2026-03-29T02:30").unwrap();
        assert_eq!(skipped.in_zone(&berlin), None);
        assert_eq!(skipped.latest_in(&[berlin.rules()]), at("2026-03-29T01:30:00Z"));
        let twice = LocalTime::parse("2026-10-25T02:30").unwrap();
        assert_eq!(twice.in_zone(&berlin), Some(at("2026-10-25T00:30:00Z")));
    }
}
