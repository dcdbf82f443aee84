//! What a customer has agreed to receive: marketing, and anything else that the business begins. Every change is kept with
//! its time and source, and the newest of each kind holds, so that neither order nor repetition matters.

use crate::actors::Actor;
use crate::channels::prices::cards::Category;
use crate::channels::prices::plan::Form;
use crate::inbox::content::Content;
use crate::personal::Text;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

string_enum! {
    /// What a customer agrees to.
    ConsentKind {
        /// Marketing templates.
        Marketing = "marketing",
        /// Every other message that is no answer to what the customer wrote.
        Service = "service",
    }
}

string_enum! {
    /// How a change of consent came about.
    ConsentSource {
        /// The customer wrote a word such as STOP, or tapped a button with it.
        Customer = "customer",
        /// The customer changed it in WhatsApp, or WhatsApp refused a marketing message because of that.
        Whatsapp = "whatsapp",
        /// A user wrote down what the customer said elsewhere.
        User = "user",
        /// A user imported it from a list, with its proof.
        Import = "import",
    }
}

string_enum! {
    /// What is recorded of a customer's consent.
    ConsentState {
        /// The customer agreed.
        Allowed = "allowed",
        /// The customer opted out.
        Refused = "refused",
        /// Nothing is recorded.
        NotRecorded = "not_recorded",
    }
}

/// One change of a customer's consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentChange {
    /// To what.
    pub kind: ConsentKind,
    /// Whether the customer agrees from then on.
    pub allowed: bool,
    /// When the customer said so.
    pub at: Timestamp,
    /// How it came about.
    pub source: ConsentSource,
    /// Who wrote it down; nobody if the customer did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// The proof, or what was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How many changes of each kind are kept.
const KEPT: usize = 50;

/// A customer's consent: all changes, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consents {
    changes: Vec<ConsentChange>,
}

impl Consents {
    /// All changes, the newest first.
    #[must_use]
    pub fn changes(&self) -> &[ConsentChange] {
        &self.changes
    }

    /// The change that holds now; none if the customer never said anything about this.
    #[must_use]
    pub fn holds(&self, kind: ConsentKind) -> Option<&ConsentChange> {
        self.changes.iter().find(|change| change.kind == kind)
    }

    /// What is recorded of `kind`.
    #[must_use]
    pub fn state(&self, kind: ConsentKind) -> ConsentState {
        match self.holds(kind).map(|change| change.allowed) {
            Some(true) => ConsentState::Allowed,
            Some(false) => ConsentState::Refused,
            None => ConsentState::NotRecorded,
        }
    }

    /// Whether the customer opted out with a word at `at`, and had not opted out before. Only such a word is confirmed, so
    /// that two programs which answer each other stop at once.
    #[must_use]
    pub fn first_stopped(&self, at: Timestamp) -> bool {
        let mut service = self.changes.iter().filter(|change| change.kind == ConsentKind::Service);
        let stops =
            |change: &&ConsentChange| change.at == at && !change.allowed && change.source == ConsentSource::Customer;
        service.by_ref().find(stops).is_some() && service.next().is_none_or(|before| before.allowed)
    }

    /// This consent after `change`. The same in any order, and however often.
    #[must_use]
    pub fn after(&self, change: ConsentChange) -> Self {
        let same = |known: &ConsentChange| {
            (known.kind, known.at, known.allowed, known.source)
                == (change.kind, change.at, change.allowed, change.source)
        };
        if self.changes.iter().any(same) {
            return self.clone();
        }
        let mut changes = self.changes.clone();
        changes.push(change);
        // Of two at the same moment the refusal holds.
        changes.sort_by_key(|change| (std::cmp::Reverse(change.at), change.allowed, change.kind, change.source));
        let mut kept = [0; 2];
        changes.retain(|change| {
            let count = &mut kept[usize::from(change.kind == ConsentKind::Service)];
            *count += 1;
            *count <= KEPT
        });
        Self { changes }
    }

    /// This consent with everything that `other` says too.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        other.changes.iter().fold(self.clone(), |consents, change| consents.after(change.clone()))
    }

    /// This consent without what only `other` says, of the time before `since`.
    #[must_use]
    pub fn without(&self, other: &Self, since: Timestamp) -> Self {
        let stays = |change: &&ConsentChange| change.at >= since || !other.changes.contains(change);
        Self { changes: self.changes.iter().filter(stays).cloned().collect() }
    }

    /// What was said at `since` or later.
    #[must_use]
    pub fn since(&self, since: Timestamp) -> Self {
        Self { changes: self.changes.iter().filter(|change| change.at >= since).cloned().collect() }
    }

    /// What keeps a message of this form from being sent; none if nothing does. A message that is no template answers the
    /// customer once they have written after they opted out.
    #[must_use]
    pub fn forbids(&self, form: Form, customer_wrote: Option<Timestamp>) -> Option<ConsentKind> {
        let refused = |kind| self.holds(kind).filter(|change| !change.allowed);
        let service = refused(ConsentKind::Service);
        let is_marketing = match form {
            Form::FreeForm => {
                return service
                    .filter(|refusal| customer_wrote.is_none_or(|at| at <= refusal.at))
                    .map(|_| ConsentKind::Service);
            }
            Form::Template(Some(Category::Marketing) | None) => true,
            Form::Template(Some(
                Category::Utility
                | Category::Authentication
                | Category::AuthenticationInternational
                | Category::Service,
            )) => false,
        };
        let marketing = refused(ConsentKind::Marketing).filter(|_| is_marketing).map(|_| ConsentKind::Marketing);
        marketing.or(service.map(|_| ConsentKind::Service))
    }
}

/// What a customer says with one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptWord {
    /// No more messages.
    Stop,
    /// Messages again.
    Start,
}

/// Whole messages by which people opt out: English, Spanish, Portuguese, French, German, Italian, Hindi, Arabic, Indonesian
/// and Russian. `cancel` is none of them: it answers reminders of appointments.
const STOP: &[&str] = &[
    "stop",
    "stop all",
    "stopall",
    "unsubscribe",
    "opt out",
    "optout",
    "stop promotions",
    "baja",
    "darme de baja",
    "dar de baja",
    "alto",
    "no mas mensajes",
    "cancelar suscripcion",
    "sair",
    "parar",
    "pare",
    "descadastrar",
    "cancelar inscricao",
    "nao quero mais",
    "arret",
    "arreter",
    "desabonner",
    "se desabonner",
    "me desabonner",
    "desinscription",
    "stopp",
    "abmelden",
    "abbestellen",
    "keine nachrichten mehr",
    "disiscrivimi",
    "cancellami",
    "annulla iscrizione",
    "disiscriviti",
    "basta messaggi",
    "रोकें",
    "रुको",
    "बंद करो",
    "बंद करें",
    "band karo",
    "band karein",
    "توقف",
    "إيقاف",
    "ايقاف",
    "إلغاء الاشتراك",
    "الغاء الاشتراك",
    "berhenti",
    "berhenti langganan",
    "stop langganan",
    "стоп",
    "отписаться",
    "отписка",
    "отпишите меня",
];

/// Whole messages by which people opt in again, in the same languages.
const START: &[&str] = &[
    "start",
    "unstop",
    "subscribe",
    "opt in",
    "optin",
    "resume",
    "alta",
    "darme de alta",
    "suscribirme",
    "iniciar",
    "voltar",
    "inscrever",
    "quero receber",
    "reprendre",
    "s'abonner",
    "m'abonner",
    "anmelden",
    "starten",
    "iscrivimi",
    "riprendi",
    "शुरू",
    "शुरू करो",
    "शुरू करें",
    "shuru karo",
    "ابدأ",
    "ابدا",
    "اشتراك",
    "mulai",
    "langganan",
    "старт",
    "подписаться",
];

impl OptWord {
    /// What the content says, if it is one of these words and nothing else. Case, accents and punctuation do not matter.
    #[must_use]
    pub fn read(content: &Content) -> Option<Self> {
        match content {
            Content::Text { body } => Self::in_text(body.as_str()),
            Content::ButtonReply { id, title } => Self::in_text(id.as_str()).or_else(|| Self::in_text(title.as_str())),
            Content::Image(_)
            | Content::Video(_)
            | Content::Audio(_)
            | Content::Document(_)
            | Content::Sticker(_)
            | Content::Location(_)
            | Content::Contacts { .. }
            | Content::Order(_)
            | Content::ListReply { .. }
            | Content::FlowReply { .. }
            | Content::Reaction { .. }
            | Content::Edit { .. }
            | Content::Revoke { .. }
            | Content::System { .. }
            | Content::Call { .. }
            | Content::Other { .. } => None,
        }
    }

    fn in_text(text: &str) -> Option<Self> {
        let folded: String = text.chars().flat_map(char::to_lowercase).map(plain).collect();
        let words: Vec<&str> =
            folded.split(|c: char| c.is_whitespace() || is_mark(c)).filter(|word| !word.is_empty()).collect();
        let said = words.join(" ");
        let has = |list: &[&str]| list.contains(&said.as_str());
        if has(STOP) {
            Some(Self::Stop)
        } else if has(START) {
            Some(Self::Start)
        } else {
            None
        }
    }

    /// The changes that it makes: to everything.
    #[must_use]
    pub fn changes(self, at: Timestamp) -> [ConsentChange; 2] {
        let allowed = match self {
            Self::Stop => false,
            Self::Start => true,
        };
        [ConsentKind::Marketing, ConsentKind::Service].map(|kind| ConsentChange {
            kind,
            allowed,
            at,
            source: ConsentSource::Customer,
            by: None,
            note: None,
        })
    }
}

const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | ','
            | ';'
            | ':'
            | '"'
            | '«'
            | '»'
            | '“'
            | '”'
            | '('
            | ')'
            | '¡'
            | '¿'
            | '।'
            | '؟'
            | '*'
            | '_'
            | '-'
    )
}

/// A letter without the accent that Latin languages put on it.
const fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '’' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn said(text: &str) -> Option<OptWord> {
        OptWord::read(&Content::Text { body: Text::new(text) })
    }

    fn after_words(words: &[(OptWord, i64)]) -> Consents {
        let changes = words.iter().flat_map(|(word, seconds)| word.changes(at(*seconds)));
        changes.fold(Consents::default(), |consents, change| consents.after(change))
    }

    #[test]
    fn a_word_alone_opts_out_in_ten_languages_and_a_sentence_with_it_does_not() {
        for word in [
            "STOP",
            " stop. ",
            "Stop!",
            "¡BAJA!",
            "Sair",
            "Arrêt",
            "Stopp",
            "Disiscrivimi",
            "बंद करो।",
            "توقف",
            "Berhenti",
            "СТОП",
            "Opt-out",
            "Cancelar suscripción",
            "*STOP*",
        ] {
            assert_eq!(said(word), Some(OptWord::Stop), "{word}");
        }
        for word in ["START", "alta", "Voltar", "S’abonner", "शुरू करें", "старт"] {
            assert_eq!(said(word), Some(OptWord::Start), "{word}");
        }
        for other in ["", "Where is the bus stop?", "stop by tomorrow", "cancel", "yes", "?!", "stops"] {
            assert_eq!(said(other), None, "{other}");
        }
        let button = Content::ButtonReply { id: Text::new("STOP"), title: Text::new("No thanks") };
        assert_eq!(OptWord::read(&button), Some(OptWord::Stop));
    }

    #[test]
    fn who_opted_out_gets_no_template_and_an_answer_once_they_write_again() {
        let consents = after_words(&[(OptWord::Stop, 100)]);
        let template = |category| Form::Template(Some(category));
        assert_eq!(consents.forbids(template(Category::Marketing), Some(at(200))), Some(ConsentKind::Marketing));
        assert_eq!(consents.forbids(template(Category::Utility), Some(at(200))), Some(ConsentKind::Service));
        assert_eq!(consents.forbids(Form::FreeForm, Some(at(100))), Some(ConsentKind::Service), "STOP is no question");
        assert_eq!(consents.forbids(Form::FreeForm, None), Some(ConsentKind::Service));
        assert_eq!(consents.forbids(Form::FreeForm, Some(at(101))), None);
        let again = after_words(&[(OptWord::Stop, 100), (OptWord::Start, 300)]);
        assert_eq!(again.forbids(template(Category::Marketing), Some(at(300))), None);
        assert_eq!(Consents::default().forbids(template(Category::Marketing), None), None);
    }

    #[test]
    fn whatsapp_s_own_switch_is_about_marketing_alone() {
        let change = ConsentChange {
            kind: ConsentKind::Marketing,
            allowed: false,
            at: at(100),
            source: ConsentSource::Whatsapp,
            by: None,
            note: None,
        };
        let consents = Consents::default().after(change);
        assert_eq!(consents.forbids(Form::Template(Some(Category::Marketing)), None), Some(ConsentKind::Marketing));
        assert_eq!(consents.forbids(Form::Template(None), None), Some(ConsentKind::Marketing), "it may be marketing");
        assert_eq!(consents.forbids(Form::Template(Some(Category::Utility)), None), None);
        assert_eq!(consents.forbids(Form::FreeForm, None), None);
    }

    #[test]
    fn only_the_first_of_several_stops_is_confirmed() {
        let stop = |seconds| OptWord::Stop.changes(at(seconds));
        let start = |seconds| OptWord::Start.changes(at(seconds));
        let after = |changes: Vec<[ConsentChange; 2]>| {
            changes.into_iter().flatten().fold(Consents::default(), |consents, change| consents.after(change))
        };
        assert!(after(vec![stop(10)]).first_stopped(at(10)));
        let twice = after(vec![stop(10), stop(20)]);
        assert!(twice.first_stopped(at(10)) && !twice.first_stopped(at(20)));
        assert!(after(vec![stop(10), start(15), stop(20)]).first_stopped(at(20)));
        assert!(!after(vec![start(10)]).first_stopped(at(10)));
        assert_eq!(Consents::default().state(ConsentKind::Marketing), ConsentState::NotRecorded);
        assert_eq!(twice.state(ConsentKind::Marketing), ConsentState::Refused);
        assert_eq!(after(vec![start(10)]).state(ConsentKind::Service), ConsentState::Allowed);
    }

    proptest! {
        #[test]
        fn the_order_of_changes_and_their_repetition_do_not_matter(
            words in proptest::collection::vec((any::<bool>(), 0_i64..20), 0..30), shift in 0_usize..30,
        ) {
            let words: Vec<_> =
                words.into_iter().map(|(stops, at)| (if stops { OptWord::Stop } else { OptWord::Start }, at)).collect();
            let mut other: Vec<_> = words.iter().rev().copied().chain(words.clone()).collect();
            let places = other.len().max(1);
            other.rotate_left(shift % places);
            prop_assert_eq!(after_words(&words), after_words(&other));
        }
    }
}
