# Tables of counts that give nobody away: what stands in their cells, and what is said to those who publish them.

disclose-fewer-than = fewer than { $number }
disclose-withheld = withheld
disclose-total = total
disclose-table = table
disclose-people = people
disclose-release = release
disclose-cell = cell
disclose-published = published
disclose-least = at least
disclose-most = at most
disclose-holds = protected
disclose-yes = yes
disclose-no = no
disclose-no-end = no end
disclose-loss = { $withheld } of { $cells } cells are withheld.
disclose-loss-small = Because few people are in them: { $cells }.
disclose-loss-difference = Because few people were added or taken away since an earlier release showed them: { $cells }.
disclose-loss-earlier = Because an earlier release about the same people withheld them: { $cells }.
disclose-loss-others = So that others cannot be worked out: { $cells }.
disclose-rounded = Every count is rounded and differs by less than { $within } from what was counted.
disclose-audited = Audited, with all earlier releases: { $cells } cells cannot be bounded more tightly than the rule allows.
disclose-one-word = “Fewer than” would have given people away together with the other tables, so every cell that is not shown says “withheld”.
disclose-given-away = Earlier releases have already narrowed this cell, and nothing can mend it now: { $cell }
disclose-trial = Tried only. Nothing was written to the register, so this must not be published.
disclose-found = { $cells } cells were not shown as counted. Known exactly in spite of it: { $known }. Bounded too tightly: { $tight }.
disclose-not-protected = What was published does not protect the people in it.
