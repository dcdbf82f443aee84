//! Whose rate a message costs: the recipient's market follows from the country calling code of the phone, or from the
//! country of a user ID where WhatsApp shares no phone.

use crate::identities::Bsuid;
use crate::phone::Phone;

/// To whom a message goes, as far as its price depends on it.
#[derive(Clone, Copy, Debug)]
pub enum Recipient<'a> {
    /// A phone number.
    Phone(&'a Phone),
    /// A user whose phone WhatsApp does not share. The user ID begins with the country.
    User(&'a Bsuid),
}

/// Area codes of +1 outside Canada, the United States and the countries that Meta lists by their area codes. Meta's cards
/// count every country that they do not list to the market Other.
const UNLISTED_AREAS: [&str; 16] =
    ["242", "246", "264", "268", "284", "345", "441", "473", "649", "664", "721", "758", "767", "784", "868", "869"];

/// The calling code of each country that Meta's cards list, by its code in ISO 3166. Of a country with several, one of
/// its own.
#[rustfmt::skip]
const COUNTRIES: &[(&str, &str)] = &[
    ("AE", "971"), ("AF", "93"), ("AL", "355"), ("AM", "374"), ("AO", "244"), ("AR", "54"), ("AT", "43"), ("AU", "61"),
    ("AZ", "994"), ("BD", "880"), ("BE", "32"), ("BF", "226"), ("BG", "359"), ("BH", "973"), ("BI", "257"), ("BJ", "229"),
    ("BO", "591"), ("BR", "55"), ("BW", "267"), ("BY", "375"), ("CA", "1"), ("CG", "242"), ("CH", "41"), ("CI", "225"),
    ("CL", "56"), ("CM", "237"), ("CN", "86"), ("CO", "57"), ("CR", "506"), ("CZ", "420"), ("DE", "49"), ("DK", "45"),
    ("DO", "1809"), ("DZ", "213"), ("EC", "593"), ("EG", "20"), ("ER", "291"), ("ES", "34"), ("ET", "251"), ("FI", "358"),
    ("FR", "33"), ("GA", "241"), ("GB", "44"), ("GE", "995"), ("GH", "233"), ("GM", "220"), ("GR", "30"), ("GT", "502"),
    ("GW", "245"), ("HK", "852"), ("HN", "504"), ("HR", "385"), ("HT", "509"), ("HU", "36"), ("ID", "62"), ("IE", "353"),
    ("IL", "972"), ("IN", "91"), ("IQ", "964"), ("IT", "39"), ("JM", "1876"), ("JO", "962"), ("JP", "81"), ("KE", "254"),
    ("KH", "855"), ("KW", "965"), ("KZ", "77"), ("LA", "856"), ("LB", "961"), ("LK", "94"), ("LR", "231"), ("LS", "266"),
    ("LT", "370"), ("LV", "371"), ("LY", "218"), ("MA", "212"), ("MD", "373"), ("MG", "261"), ("MK", "389"), ("ML", "223"),
    ("MN", "976"), ("MR", "222"), ("MW", "265"), ("MX", "52"), ("MY", "60"), ("MZ", "258"), ("NA", "264"), ("NE", "227"),
    ("NG", "234"), ("NI", "505"), ("NL", "31"), ("NO", "47"), ("NP", "977"), ("NZ", "64"), ("OM", "968"), ("PA", "507"),
    ("PE", "51"), ("PG", "675"), ("PH", "63"), ("PK", "92"), ("PL", "48"), ("PR", "1787"), ("PT", "351"), ("PY", "595"),
    ("QA", "974"), ("RO", "40"), ("RS", "381"), ("RU", "7"), ("RW", "250"), ("SA", "966"), ("SD", "249"), ("SE", "46"),
    ("SG", "65"), ("SI", "386"), ("SK", "421"), ("SL", "232"), ("SN", "221"), ("SO", "252"), ("SS", "211"), ("SV", "503"),
    ("SZ", "268"), ("TD", "235"), ("TG", "228"), ("TH", "66"), ("TJ", "992"), ("TM", "993"), ("TN", "216"), ("TR", "90"),
    ("TW", "886"), ("TZ", "255"), ("UA", "380"), ("UG", "256"), ("US", "1"), ("UY", "598"), ("UZ", "998"), ("VE", "58"),
    ("VN", "84"), ("YE", "967"), ("ZA", "27"), ("ZM", "260"), ("ZW", "263"),
];

impl Recipient<'_> {
    /// Whether the recipient's number begins with `code`; of a user without a phone, whether the country's does.
    pub(crate) fn has_prefix(&self, code: &str) -> bool {
        self.digits().is_some_and(|digits| digits.starts_with(code))
    }

    /// Whether no card lists the recipient's country, although a shorter code seems to.
    pub(crate) fn is_listed_nowhere(&self) -> bool {
        match self {
            Self::Phone(phone) => phone
                .digits()
                .strip_prefix('1')
                .is_some_and(|rest| UNLISTED_AREAS.iter().any(|area| rest.starts_with(area))),
            Self::User(_) => self.digits().is_none(),
        }
    }

    fn digits(&self) -> Option<&str> {
        match self {
            Self::Phone(phone) => Some(phone.digits()),
            Self::User(bsuid) => {
                let country = bsuid.as_str().split('.').next().unwrap_or_default();
                COUNTRIES.iter().find(|(name, _)| *name == country).map(|(_, code)| *code)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::prices::cards::RateCards;
    use jiff::civil::date;

    #[test]
    fn a_user_without_a_phone_is_in_the_market_of_the_user_id_s_country() {
        let market = |id: &str| {
            RateCards::current().market(Recipient::User(&Bsuid::parse(id).unwrap()), date(2026, 10, 1)).unwrap()
        };
        for (id, expected) in [
            ("IN.77", "India"),
            ("US.13491208655302741918", "North America"),
            ("JM.5", "Rest of Latin America"),
            ("KZ.5", "Kazakhstan"),
            ("BS.5", "Other"),
            ("??", "Other"),
        ] {
            assert_eq!(market(id), expected, "{id}");
        }
    }

    #[test]
    fn each_country_has_a_calling_code_that_a_card_lists() {
        for (country, code) in COUNTRIES {
            let phone = format!("{code}5550123456");
            let phone = Phone::parse(&phone[..phone.len().min(15)]).unwrap();
            let by_phone = RateCards::current().market(Recipient::Phone(&phone), date(2026, 10, 1));
            let user = Bsuid::parse(&format!("{country}.1")).unwrap();
            assert_eq!(RateCards::current().market(Recipient::User(&user), date(2026, 10, 1)), by_phone, "{country}");
            assert_ne!(by_phone, Some("Other"), "{country}");
        }
    }
}
