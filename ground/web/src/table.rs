//! The state of a table in the address: which page, and links to the others that keep the rest.

/// A query of an address whose parameters can be changed one at a time.
#[derive(Debug, Clone, Default)]
pub struct QueryState(Vec<(String, String)>);

impl QueryState {
    /// Reads a query; what cannot be read is left out.
    pub fn parse(query: &str) -> Self {
        QueryState(serde_urlencoded::from_str(query).unwrap_or_default())
    }

    /// The value of a parameter; empty when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// Every parameter that has a value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The address with one parameter changed; an empty value takes it away.
    pub fn with(&self, path: &str, name: &str, value: &str) -> String {
        let changed: Vec<(&str, &str)> = self
            .pairs()
            .filter(|(key, _)| *key != name)
            .chain((!value.is_empty()).then_some((name, value)))
            .collect();
        if changed.is_empty() {
            return path.to_owned();
        }
        format!(
            "{path}?{}",
            serde_urlencoded::to_string(changed).unwrap_or_default()
        )
    }
}

/// Which page of a list is shown.
#[derive(Debug, Clone)]
pub struct Paging {
    path: String,
    query: QueryState,
    page: usize,
    per_page: usize,
    total: usize,
}

/// A link to a page of a list.
#[derive(Debug, Clone)]
pub struct PageLink {
    /// Its number, from 1.
    pub number: usize,
    /// Where it leads.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

impl Paging {
    /// Reads `page` from the query; before `total` is known, everything may be there.
    pub fn new(path: &str, query: QueryState, per_page: usize) -> Self {
        let page = query.get("page").parse().unwrap_or(1).clamp(1, 1_000_000);
        Paging {
            path: path.to_owned(),
            query,
            page,
            per_page,
            total: 0,
        }
    }

    /// Says how many rows there are in all.
    #[must_use]
    pub fn of(mut self, total: usize) -> Self {
        self.total = total;
        self
    }

    /// How many rows come before this page.
    pub fn offset(&self) -> usize {
        (self.page - 1) * self.per_page
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(self.per_page)
    }

    /// The first row of this page, from 1; 0 when there is none.
    pub fn first(&self) -> usize {
        if self.offset() >= self.total {
            0
        } else {
            self.offset() + 1
        }
    }

    /// The last row of this page.
    pub fn last(&self) -> usize {
        (self.offset() + self.per_page).min(self.total)
    }

    /// The page before, if there is one.
    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.href(self.page - 1))
    }

    /// The page after, if there is one.
    pub fn next(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.href(self.page + 1))
    }

    /// The first, the last and those around this one.
    pub fn links(&self) -> Vec<PageLink> {
        let pages = self.pages();
        (1..=pages)
            .filter(|n| *n == 1 || *n == pages || n.abs_diff(self.page) <= 2)
            .map(|number| PageLink {
                number,
                href: self.href(number),
                current: number == self.page,
            })
            .collect()
    }

    fn href(&self, page: usize) -> String {
        self.query.with(&self.path, "page", &page.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_another_page_keeps_the_filters() {
        let query = QueryState::parse("q=%C3%A7do+vendim&page=3&status=");
        let paging = Paging::new("/recommendations", query, 25).of(101);
        assert_eq!((paging.pages(), paging.first(), paging.last()), (5, 51, 75));
        assert_eq!(
            paging.next().as_deref(),
            Some("/recommendations?q=%C3%A7do+vendim&page=4")
        );
        assert_eq!(paging.links().iter().filter(|link| link.current).count(), 1);
    }

    #[test]
    fn a_page_beyond_the_last_shows_nothing_and_does_not_break() {
        let paging = Paging::new("/x", QueryState::parse("page=99999999999999999999"), 25).of(3);
        assert_eq!((paging.first(), paging.previous()), (1, None));
        let paging = Paging::new("/x", QueryState::parse("page=9"), 25).of(3);
        assert_eq!(paging.first(), 0);
    }
}
