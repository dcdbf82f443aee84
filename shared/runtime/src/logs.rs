//! Logs: one JSON line for each event on Lambda, readable lines locally. Never content, phones or tokens: the types
//! that hold those mask themselves, and a panic says where it was and not of what.
//!
//! A field called `metric.NAME` makes its line a metric as well: CloudWatch reads lines of its embedded metric format
//! by itself, so that counting costs no call. Names that end in `_ms` are times in milliseconds, all others counts.

use crate::clock::{Clock, SystemClock};
use crate::config::Environment;
use serde_json::{Map, Value, json};
use std::fmt::{self, Debug};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::{JsonFields, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormattedFields, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// Where our metrics stand.
const NAMESPACE: &str = "Leadwire";

/// What a field's name begins with if it is a metric.
const METRIC: &str = "metric.";

/// Writes JSON lines to stdout, at `info` unless `LOG_LEVEL` says otherwise. Metrics are those of the deployment that
/// `STACK` names.
pub fn json(environment: &Environment) {
    let level = environment.optional("LOG_LEVEL");
    let stack = environment.optional("STACK");
    install_panic_hook();
    to(std::io::stdout, level.as_deref().unwrap_or("info"), stack.as_deref().unwrap_or("unnamed")).init();
}

/// Writes JSON lines of at least `level` to `writer`, with metrics of the deployment `stack`: for whoever wants to read
/// them.
pub fn to<W>(writer: W, level: &str, stack: &str) -> impl Subscriber + Send + Sync + 'static
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::registry().with(lines(writer, stack).with_filter(filter(level, LevelFilter::INFO)))
}

fn lines<S, W>(writer: W, stack: &str) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().fmt_fields(JsonFields::new()).event_format(Lines::for_stack(stack));
    lines.with_writer(writer)
}

/// Writes readable lines to stderr, at `level`, and every line that Lambda would write to `file`.
pub fn readable<W>(level: &str, file: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    install_panic_hook();
    let said = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).compact();
    tracing_subscriber::registry()
        .with(said.with_filter(filter(level, LevelFilter::WARN)))
        .with(lines(file, "local").with_filter(filter("info", LevelFilter::INFO)))
        .init();
}

/// Makes each panic one line of the log, which says where it was. What it says is told only if it stands so in the code:
/// a text that was put together, such as that of a slice out of range, may hold what a person wrote.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not told)");
        tracing::error!(panic.place = place, panic.said = said, "panicked");
    }));
}

/// A level, or levels by crate. Not `EnvFilter`: it brings regular expressions into each function.
fn filter(level: &str, otherwise: LevelFilter) -> Targets {
    level.parse().unwrap_or_else(|_| Targets::new().with_default(otherwise))
}

/// Events as JSON lines, each with the fields of the spans around it.
#[derive(Clone, Debug)]
struct Lines {
    stack: String,
}

impl Lines {
    /// Lines whose metrics are those of the deployment `stack`.
    fn for_stack(stack: &str) -> Self {
        Self { stack: stack.to_owned() }
    }
}

impl<S> FormatEvent<S, JsonFields> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, JsonFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let now = SystemClock.now();
        let mut line = Line::default();
        line.fields.insert("timestamp".to_owned(), now.to_string().into());
        line.fields.insert("level".to_owned(), event.metadata().level().as_str().into());
        line.fields.insert("target".to_owned(), event.metadata().target().into());
        for span in context.event_scope().into_iter().flat_map(tracing_subscriber::registry::Scope::from_root) {
            let extensions = span.extensions();
            let fields = extensions.get::<FormattedFields<JsonFields>>().map_or("", |fields| fields.as_str());
            if let Ok(Value::Object(fields)) = serde_json::from_str(fields) {
                line.fields.extend(fields);
            }
        }
        event.record(&mut line);
        writeln!(writer, "{}", line.json(&self.stack, now.millis()))
    }
}

/// An event's fields, and which of them are metrics.
#[derive(Debug, Default)]
struct Line {
    fields: Map<String, Value>,
    metrics: Vec<String>,
}

impl Line {
    fn put(&mut self, field: &Field, value: Value) {
        match field.name().strip_prefix(METRIC) {
            Some(metric) => {
                self.metrics.push(metric.to_owned());
                self.fields.insert(metric.to_owned(), value);
            }
            None => drop(self.fields.insert(field.name().to_owned(), value)),
        }
    }

    /// The line, in the embedded metric format if it is a metric.
    fn json(mut self, stack: &str, millis: i64) -> Value {
        if !self.metrics.is_empty() {
            let unit = |name: &str| if name.ends_with("_ms") { "Milliseconds" } else { "Count" };
            let metrics: Vec<Value> =
                self.metrics.iter().map(|name| json!({"Name": name, "Unit": unit(name)})).collect();
            let told = json!({"Namespace": NAMESPACE, "Dimensions": [["Stack"]], "Metrics": metrics});
            self.fields.insert("Stack".to_owned(), stack.into());
            self.fields.insert("_aws".to_owned(), json!({"Timestamp": millis, "CloudWatchMetrics": [told]}));
        }
        Value::Object(self.fields)
    }
}

impl Visit for Line {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field, format!("{value:?}").into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().map_err(|_| io::ErrorKind::Other)?.extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The line that `say` writes.
    fn written(say: impl FnOnce()) -> Value {
        let page = Page::default();
        let to = page.clone();
        tracing::subscriber::with_default(super::to(move || to.clone(), "info", "shop"), say);
        let text = page.0.lock().unwrap().clone();
        serde_json::from_slice(&text).unwrap()
    }

    #[test]
    fn a_line_has_its_fields_and_those_of_the_spans_around_it() {
        let line = written(|| {
            let span = tracing::info_span!("invocation", requestId = "r-1", late = tracing::field::Empty);
            let _inside = span.enter();
            span.record("late", "known later");
            tracing::warn!(message.id = %"msg_1", tries = 3, again = true, "a send has to come again");
        });
        assert_eq!(line["level"], "WARN");
        assert_eq!(line["message"], "a send has to come again");
        assert_eq!(
            (&line["requestId"], &line["late"], &line["message.id"], &line["tries"], &line["again"]),
            (&json!("r-1"), &json!("known later"), &json!("msg_1"), &json!(3), &json!(true))
        );
        assert!(line["target"].as_str().unwrap().starts_with("runtime::logs"));
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
        assert_eq!(line.get("_aws"), None);
    }

    #[test]
    fn a_field_called_metric_makes_its_line_one() {
        let line = written(|| tracing::info!(metric.stored = 1, metric.lag_ms = 250, "an event is dealt with"));
        let told = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(told["Namespace"], "Leadwire");
        assert_eq!(told["Dimensions"], json!([["Stack"]]));
        assert_eq!(
            told["Metrics"],
            json!([{"Name": "stored", "Unit": "Count"}, {"Name": "lag_ms", "Unit": "Milliseconds"}])
        );
        assert_eq!((&line["stored"], &line["lag_ms"], &line["Stack"]), (&json!(1), &json!(250), &json!("shop")));
        assert!(line["_aws"]["Timestamp"].as_i64().unwrap() > 1_700_000_000_000);
    }
}
