//! What a month costs in which nobody writes: counted in the template, as the stage `prod` deploys it.

use crate::operations::{Cost, Operation, cost_of};
use crate::prices::{Prices, number};
use template::{Code, Deployed, Pages, Resource, Stage};

/// One line of the bill.
#[derive(Clone, Debug)]
pub struct Line {
    pub what: &'static str,
    pub amount: f64,
    pub free: f64,
    pub price: f64,
}

impl Line {
    pub fn dollars(&self) -> f64 {
        (self.amount - self.free).max(0.0) * self.price
    }

    /// What would be to be paid if nothing were given.
    pub fn dollars_without(&self) -> f64 {
        self.amount * self.price
    }
}

/// What there is that costs something by being there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub alarm_metrics: usize,
    /// Metrics of our own. One is paid for in the hours in which something is written to it.
    pub metrics: usize,
    pub dashboards: usize,
    pub keys: usize,
    pub secrets: usize,
    /// FIFO queues that invoke a function.
    pub fifo_pollers: usize,
    pub standard_pollers: usize,
    /// Schedules that come every minute.
    pub schedules: usize,
}

impl Counted {
    /// What the stage `prod` deploys.
    pub fn in_template() -> Self {
        let pages = Pages::read();
        let code = Code::read();
        let stages = Stage::all();
        let prod = stages.iter().find(|stage| stage.name == "prod").expect("there is a stage prod");
        let deployed = Deployed::new(&pages, &code, prod);
        let mut counted = Self::default();
        for resource in deployed.resources.values() {
            match resource.kind.as_str() {
                "AWS::CloudWatch::Alarm" => counted.alarm_metrics += looked_at(resource),
                "AWS::CloudWatch::Dashboard" => counted.dashboards += 1,
                "AWS::KMS::Key" => counted.keys += 1,
                "AWS::SecretsManager::Secret" => counted.secrets += 1,
                "AWS::Lambda::EventSourceMapping" => match deployed.target(resource.at("EventSourceArn")) {
                    Some(queue) if queue.kind == "AWS::SQS::Queue" && queue.at("FifoQueue") == true => {
                        counted.fifo_pollers += 1;
                    }
                    Some(queue) if queue.kind == "AWS::SQS::Queue" => counted.standard_pollers += 1,
                    // Lambda reads a table's stream for nothing.
                    Some(_) | None => {}
                },
                "AWS::Scheduler::Schedule" => {
                    assert_eq!(resource.text("ScheduleExpression"), "rate(1 minute)", "{} is reckoned so", resource.id);
                    counted.schedules += 1;
                }
                kind => {
                    let known = COST_NOTHING.split_whitespace().any(|one| one == kind);
                    assert!(known, "nobody has said yet what {kind} costs by being there");
                }
            }
        }
        counted.metrics = code.metrics.len();
        counted
    }
}

/// What is paid for by use, or not at all.
const COST_NOTHING: &str = "\
    AWS::Budgets::Budget AWS::SES::ConfigurationSet AWS::ApiGatewayV2::Api AWS::ApiGatewayV2::Integration AWS::ApiGatewayV2::Route AWS::ApiGatewayV2::Stage \
    AWS::CloudFormation::Stack AWS::CloudFront::Distribution AWS::CloudFront::Function \
    AWS::CloudFront::OriginAccessControl AWS::CloudFront::ResponseHeadersPolicy AWS::S3::Bucket AWS::S3::BucketPolicy \
    AWS::DynamoDB::Table AWS::IAM::ManagedPolicy AWS::IAM::Role \
    AWS::Lambda::EventInvokeConfig AWS::Lambda::Permission AWS::Logs::LogGroup AWS::Logs::MetricFilter \
    AWS::Logs::QueryDefinition AWS::Logs::ResourcePolicy AWS::SNS::Subscription AWS::SNS::Topic \
    AWS::SNS::TopicPolicy AWS::SQS::Queue AWS::SQS::QueuePolicy AWS::Serverless::Function";

/// How many metrics an alarm looks at. Each of them is paid for.
fn looked_at(alarm: &Resource) -> usize {
    let several = alarm.list("Metrics").iter().filter(|one| !one["MetricStat"].is_null()).count();
    several.max(1)
}

/// The bill of a month in which nobody writes.
pub fn month(prices: &Prices, counted: &Counted, costs: &[Cost]) -> Vec<Line> {
    let million = &prices.million;
    let month = &prices.month;
    let free = &prices.free;
    let taken = &prices.taken;
    let minute = cost_of(costs, Operation::Minute).total();
    let minutes = number(counted.schedules) * taken.minutes_a_month;
    let fifo = number(counted.fifo_pollers) * taken.polls_a_month;
    let standard = number(counted.standard_pollers) * taken.polls_a_month;
    let line = |what, amount, free, price| Line { what, amount, free, price };
    let each = 1_000_000.0;
    vec![
        line("metrics that alarms watch", number(counted.alarm_metrics), free.alarm_metrics, month.alarm_metric),
        line("dashboards", number(counted.dashboards), free.dashboards, month.dashboard),
        line("KMS keys", number(counted.keys), 0.0, month.key),
        line("KMS requests", taken.key_uses_a_month, free.key_uses, million.key_uses / each),
        line("secrets", number(counted.secrets), 0.0, month.secret),
        line("requests to FIFO queues", fifo, free.queue_requests, million.fifo_requests / each),
        line(
            "requests to other queues",
            standard,
            (free.queue_requests - fifo).max(0.0),
            million.standard_requests / each,
        ),
        line("schedule runs", minutes, free.scheduled, million.scheduled / each),
        line("invocations", minutes, free.invocations, million.invocations / each),
        line("GB-seconds", minutes * prices.gb_seconds(&minute, 0.0, 1.0), free.gb_seconds, million.gb_seconds / each),
        line("read units", minutes * minute.told.reads(), 0.0, million.read_units / each),
        line("write units", minutes * number(minute.told.writes()), 0.0, million.write_units / each),
        line("gigabytes of logs", minutes * taken.line_log_bytes / 1e9, free.log_gigabytes, prices.gigabyte.logs),
    ]
}
