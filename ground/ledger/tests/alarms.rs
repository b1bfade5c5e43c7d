//! What alarms promise, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod world;

use jiff::ToSpan as _;
use mandate_ledger::{
    Actor, Alarm, Entry, LedgerError, Rate, Reading, Record, alarms, alarms_waiting_for, latest,
    read_before, record_alone, see_alarm, set_rate,
};
use mandate_store::{Id, Store};
use world::{NOW, audited, rooms};

const RATE: Rate = Rate {
    readings: 3,
    minutes: 10,
};

async fn read(store: &Store, by: &Actor, minutes: i64) {
    let reading = Reading::of("case.read", Record::of("case", "c"), "test");
    let receipt = read_before(store, by, NOW + minutes.minutes(), reading)
        .await
        .unwrap();
    assert!(receipt.covers(by, &Record::of("case", "c")));
}

async fn all(store: &Store) -> Vec<Alarm> {
    alarms(&mut store.clone(), 10).await.unwrap()
}

async fn reading_beyond_the_rate_raises_one_alarm_with_its_entry(store: Store) {
    set_rate(&store, RATE, &Actor::program(), NOW)
        .await
        .unwrap();
    let (busy, calm) = (
        Actor::person(Id::new(), None),
        Actor::person(Id::new(), None),
    );
    for _ in 0..3 {
        read(&store, &busy, 0).await;
        read(&store, &calm, 0).await;
    }
    assert_eq!(all(&store).await, []);
    // Every way of reading counts.
    let entry = Entry::read("record.read", Record::of("recommendation", "r"));
    record_alone(&store, &busy, NOW, entry).await.unwrap();
    read(&store, &busy, 1).await;
    let [alarm] = all(&store).await.try_into().unwrap();
    assert_eq!(
        (alarm.actor.as_str(), alarm.readings, alarm.minutes),
        (busy.who(), 4, 10)
    );
    let entries = latest(&mut store.clone(), i64::MAX, 2).await.unwrap();
    assert_eq!(entries[1].action, "ledger.alarm-raised");
    assert_eq!(entries[1].record, Some(Record::of("person", busy.who())));
    // Slowly enough, nothing is raised; after the span, another alarm is.
    for minutes in [11, 15, 19, 23] {
        read(&store, &calm, minutes).await;
    }
    assert_eq!(all(&store).await.len(), 1);
    for _ in 0..4 {
        read(&store, &busy, 30).await;
    }
    assert_eq!(all(&store).await.len(), 2);
    assert_eq!(audited(&store).await, Vec::<String>::new());
}

async fn an_alarm_stands_until_two_others_have_seen_it(store: Store) {
    set_rate(&store, RATE, &Actor::program(), NOW)
        .await
        .unwrap();
    let [reader, one, two] = [Id::new(), Id::new(), Id::new()];
    let by = |person| Actor::person(person, None);
    for _ in 0..4 {
        read(&store, &by(reader), 0).await;
    }
    let id = all(&store).await[0].id;
    let db = &mut store.clone();
    assert_eq!(alarms_waiting_for(db, reader).await.unwrap(), 0);
    assert_eq!(alarms_waiting_for(db, one).await.unwrap(), 1);
    let own = see_alarm(&store, id, reader, &by(reader), NOW).await;
    assert!(matches!(own, Err(LedgerError::Store(_))), "{own:?}");
    for _ in 0..2 {
        see_alarm(&store, id, one, &by(one), NOW).await.unwrap();
    }
    assert!(all(&store).await[0].stands());
    assert_eq!(alarms_waiting_for(db, one).await.unwrap(), 0);
    assert_eq!(alarms_waiting_for(db, two).await.unwrap(), 1);
    see_alarm(&store, id, two, &by(two), NOW).await.unwrap();
    assert!(!all(&store).await[0].stands());
    assert_eq!(alarms_waiting_for(db, Id::new()).await.unwrap(), 0);
    let seen = latest(db, i64::MAX, 1).await.unwrap();
    assert_eq!(
        (seen[0].action.as_str(), seen[0].actor.as_str()),
        ("ledger.alarm-seen", by(two).who())
    );
}

async fn a_change_of_the_rate_is_an_entry(store: Store) {
    let by = Actor::program();
    set_rate(&store, RATE, &by, NOW).await.unwrap();
    set_rate(&store, RATE, &by, NOW).await.unwrap();
    let wider = Rate {
        readings: 5000,
        ..RATE
    };
    set_rate(&store, wider, &by, NOW).await.unwrap();
    let entries = latest(&mut store.clone(), i64::MAX, 9).await.unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].details["readings"], 5000);
}

mandate_store::on_both_databases![
    super::rooms();
    reading_beyond_the_rate_raises_one_alarm_with_its_entry,
    an_alarm_stands_until_two_others_have_seen_it,
    a_change_of_the_rate_is_an_entry,
];
