//! The plot `docs/peer.svg`: four fields of bars, readable on light and on dark pages.

use crate::figures::{CONNECTIONS, Figures, Window};
use crate::systems::System;
use std::fmt::Write as _;

/// The whole, and where its fields begin.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 600.0;
const FIELDS: [(f64, f64); 4] = [(40.0, 100.0), (510.0, 100.0), (40.0, 370.0), (510.0, 370.0)];

/// A field.
const FIELD: (f64, f64) = (410.0, 180.0);

/// A bar, and the space between two groups of them.
const BAR: f64 = 28.0;
const GAP: f64 = 20.0;

/// The same where there are fewer groups, with longer names.
const WIDE_GAP: f64 = 110.0;

const STYLE: &str = "
    text { fill: #14212a } .s { font-size: 12px; fill: #4b5a63 } .v { font-size: 11px; text-anchor: middle }
    .t { font-size: 14px; font-weight: 650 } .a { stroke: #8b8375 } .bg { fill: #fbfaf8; stroke: #dcd7ce }
    .c0 { fill: #00806a } .c1 { fill: #3b5ba5 } .c2 { fill: #8ba3dc } .c3 { fill: #d29a2b }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8e6e1 } .s { fill: #a9b3b8 } .a { stroke: #6c777d } .bg { fill: #12181c; stroke: #2c363c }
      .c0 { fill: #2bb59a } .c1 { fill: #6f8fdc }
    }
  ";

/// A group of bars, one for each system, over its name.
type Group = (String, Vec<f64>);

/// The plot.
#[must_use]
pub fn plot(figures: &Figures) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"ui-sans-serif, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" role=\"img\" \
         aria-labelledby=\"title desc\">\n  <title id=\"title\">Leadwire beside Express and MariaDB</title>\n  \
         <desc id=\"desc\">Accepted webhooks, slowest answers, CPU and losses; the figures stand in peer.md.</desc>\n  \
         <style>{STYLE}</style>\n  \
         <rect class=\"bg\" x=\"1\" y=\"1\" width=\"{}\" height=\"{}\" rx=\"14\"/>\n",
        WIDTH - 2.0,
        HEIGHT - 2.0
    );
    legend(&mut svg);
    let by_connections = |figure: fn(&Window) -> f64| {
        let group = |connections| System::ALL.map(|system| figures.of(system, connections, figure).median).to_vec();
        CONNECTIONS.map(|connections| (format!("{connections} at a time"), group(connections))).to_vec()
    };
    let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
    let killed = |share: &dyn Fn(System) -> f64| System::ALL.map(share).to_vec();
    let lost = killed(&|system| share(figures.killed[&system].lost, figures.killed[&system].acknowledged));
    let doubled = killed(&|system| share(figures.killed[&system].doubled, figures.killed[&system].delivered_again));
    let fields: [(&str, Vec<Group>); 4] = [
        ("Accepted in a second: more is better", by_connections(|window| window.rate)),
        ("Answer, p99, ms: less is better", by_connections(|window| window.p99)),
        ("CPU for each stored message, ms: less is better", by_connections(|window| window.cpu_stored)),
        (
            "After kill -9: there should be no bar",
            vec![
                ("lost, % of what was answered 200".to_owned(), lost),
                ("doubled, % of what came again".to_owned(), doubled),
            ],
        ),
    ];
    for (at, (title, groups)) in FIELDS.into_iter().zip(fields) {
        field(&mut svg, at, title, &groups);
    }
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String) {
    for (place, system) in System::ALL.into_iter().enumerate() {
        let x = 40.0 + 225.0 * place as f64;
        let _ = writeln!(
            svg,
            "  <rect class=\"c{place}\" x=\"{x}\" y=\"30\" width=\"14\" height=\"14\" rx=\"3\"/>\
             <text class=\"s\" x=\"{}\" y=\"42\">{}</text>",
            x + 22.0,
            system.name()
        );
    }
}

fn field(svg: &mut String, (left, top): (f64, f64), title: &str, groups: &[Group]) {
    let (width, height) = FIELD;
    let base = top + height;
    let highest = groups.iter().flat_map(|(_, values)| values).copied().fold(f64::MIN_POSITIVE, f64::max);
    let _ = writeln!(svg, "  <text class=\"t\" x=\"{left}\" y=\"{}\">{title}</text>", top - 14.0);
    let _ = writeln!(svg, "  <path class=\"a\" d=\"M{left} {base}H{}\"/>", left + width);
    let mut x = left;
    for (name, values) in groups {
        for (place, value) in values.iter().enumerate() {
            let tall = (height - 20.0) * value / highest;
            let (y, middle) = (base - tall, x + BAR / 2.0);
            let _ = writeln!(
                svg,
                "  <rect class=\"c{place}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{}\" height=\"{tall:.1}\" rx=\"2\"/>\
                 <text class=\"v\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>",
                BAR - 3.0,
                y - 4.0,
                label(*value)
            );
            x += BAR;
        }
        let _ = writeln!(
            svg,
            "  <text class=\"s\" x=\"{:.1}\" y=\"{:.1}\">{name}</text>",
            x - BAR * values.len() as f64,
            base + 17.0
        );
        x += if groups.len() < CONNECTIONS.len() { WIDE_GAP } else { GAP };
    }
}

fn label(value: f64) -> String {
    if value == 0.0 || value >= 20.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
