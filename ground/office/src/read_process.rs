//! Reading `process.toml`.

use jiff::civil::{Date, Weekday};

use crate::{
    Name, Process, ProfileError, Window,
    process::ProcessFile,
    profile::{Entry, Vocabulary},
    read::{dangling, named, parse, unreadable, vocabulary},
};

const FILE: &str = "process.toml";
const FACTS: [&str; 5] = ["body", "region", "year", "sex", "community"];
const OUTCOMES: [&str; 2] = ["recognised", "rejected"];

/// The process of a profile; nothing where the profile has no such file.
pub(crate) fn process(
    text: &impl Fn(&str) -> Option<String>,
) -> Result<Option<Process>, ProfileError> {
    if text(FILE).is_none() {
        return Ok(None);
    }
    let file: ProcessFile = parse(FILE, text)?;
    let mut yearly = Vec::new();
    for day in file.holiday.iter().flat_map(|holidays| &holidays.days) {
        yearly.push(month_and_day(day)?);
    }
    let mut weekend = Vec::new();
    for day in &file.weekend {
        weekend.push(weekday(day)?);
    }
    if weekend.len() >= 7 {
        return Err(unreadable(
            FILE,
            "weekend: at least one day of the week works",
        ));
    }
    Ok(Some(Process {
        weekend,
        yearly,
        dated: file.holiday.into_iter().flat_map(|h| h.dates).collect(),
        known: file.known,
        threshold: file.threshold,
        violence: file.violence,
        sources: words(file.source)?,
        windows: words(file.window)?,
        clocks: file.clock,
        bodies: words(file.body)?,
        regions: words(file.region)?,
        communities: words(file.community)?,
        reasons: words(file.reason)?,
        left_out: words(file.left_out)?,
        published: file
            .published
            .into_iter()
            .map(|mut counts| {
                counts.by.complete();
                counts
            })
            .collect(),
    }))
}

/// An entry whose name can be completed.
trait Named: Entry {
    fn name_mut(&mut self) -> &mut Name;
}

macro_rules! named_entries {
    ($($type:ty),+) => {$(impl Named for $type {
        fn name_mut(&mut self) -> &mut Name { &mut self.name }
    })+};
}
named_entries!(crate::Source, crate::Window, crate::Word, crate::Reason);

fn words<T: Named>(entries: Vec<T>) -> Result<Vocabulary<T>, ProfileError> {
    vocabulary(FILE, entries, |entry| vec![entry.name_mut()])
}

fn month_and_day(text: &str) -> Result<(i8, i8), ProfileError> {
    // A leap year, so that 29 February may be a holiday.
    let day: Result<Date, _> = format!("2028-{text}").parse();
    let day = day.map_err(|_| {
        unreadable(
            FILE,
            format!("holiday.days: {text:?} is no day such as \"02-17\""),
        )
    })?;
    Ok((day.month(), day.day()))
}

fn weekday(text: &str) -> Result<Weekday, ProfileError> {
    Ok(match text {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => {
            return Err(unreadable(
                FILE,
                format!("weekend: {text:?} is no day of the week such as \"saturday\""),
            ));
        }
    })
}

impl Process {
    /// What must be true of a process: names in every language, sources that are there, windows in order and apart, figures
    /// that are no less than 0.
    pub(crate) fn check(&self, languages: &[String]) -> Result<(), ProfileError> {
        named(FILE, &self.sources, languages)?;
        named(FILE, &self.windows, languages)?;
        named(FILE, &self.bodies, languages)?;
        named(FILE, &self.regions, languages)?;
        named(FILE, &self.communities, languages)?;
        named(FILE, &self.reasons, languages)?;
        let sources = [("violence", &self.violence.source)]
            .into_iter()
            .chain(self.windows.iter().map(|w| (w.key.as_str(), &w.source)))
            .chain(self.clocks.iter().map(|c| (c.stage.as_str(), &c.source)))
            .chain(self.published.iter().map(|p| ("published", &p.source)));
        for (key, source) in sources {
            if self.sources.get(source).is_none() {
                return Err(dangling(FILE, key, source));
            }
        }
        for reason in self.reasons.iter() {
            if !OUTCOMES.contains(&reason.outcome.as_str()) {
                return Err(dangling(FILE, &reason.key, &reason.outcome));
            }
        }
        if let Some(fact) = self.known.iter().find(|f| !FACTS.contains(&f.as_str())) {
            return Err(dangling(FILE, "known", fact));
        }
        if self.violence.until < self.violence.from {
            return Err(unreadable(FILE, "violence: it ends before it begins"));
        }
        let mut before: Option<&Window> = None;
        for window in self.windows.iter() {
            if window.closes < window.opens || before.is_some_and(|b| window.opens <= b.closes) {
                return Err(unreadable(
                    FILE,
                    format!(
                        "window {:?}: windows stand in the order of time, apart, and open before they close",
                        window.key
                    ),
                ));
            }
            before = Some(window);
        }
        let negative = |counts: &crate::PublishedCounts| {
            [
                counts.applied,
                counts.recognised,
                counts.rejected,
                counts.interview,
                counts.unprocessed,
            ]
            .iter()
            .any(|count| *count < 0)
        };
        if let Some(counts) = self.published.iter().find(|counts| negative(counts)) {
            return Err(unreadable(
                FILE,
                format!("published, as of {}: a count is below 0", counts.as_of),
            ));
        }
        Ok(())
    }
}
