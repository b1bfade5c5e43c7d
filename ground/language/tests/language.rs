//! What a reader of each language gets.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::{civil::date, tz::TimeZone};
use mandate_language::{Arg, Language, Languages, Message};

fn language(tag: &str) -> Language {
    Languages::load().unwrap().get(tag).unwrap().clone()
}

#[test]
fn show() {
    for l in Languages::load().unwrap().all() {
        let d = date(2026, 11, 23);
        println!("{} {} | {} | {} | {} | {} | {} | {} | {} | {} | {}", l.tag(), l.own_name(), l.date(d), l.short_date(d), l.date_time("2026-11-23T13:05:00Z".parse().unwrap(), &TimeZone::UTC), l.month(d), l.month_name(3), l.number(23484), l.decimal(1234.5, 2), l.percent(0.125), l.list(&["a".into(), "b".into(), "c".into()]));
        println!("{:?}", [-21, -2,-1,0,1,2,5,21,1234].map(|n| l.relative_days(n)));
    }
}
