# The process of verifying status: the page of the human rights office, the office's keys, and the page of files. No title
# here names what the area is about: it would stand in a history of the browser.

## The process as the human rights office sees it
survivors-process-title = Process
# $until is the last day, $days how many days are left after today
survivors-window-open = Applications are open until { $until }; days left: { $days }.
# $since is the last day of the window before, $next the first day of the next one
survivors-window-gap = Applications have been closed since { $since } and open again on { $next }. Nothing that is filed in between counts.
survivors-window-not-yet = Applications open on { $next }.
survivors-window-over = Applications have been closed since { $since }, and no new window is known.
survivors-window-unknown = The profile names no window for applications.
# $from and $until are days, $source is a law
survivors-period = The law speaks of violence from { $from } to { $until }. { $source }.
survivors-windows = Windows for applications
survivors-window = Window
survivors-window-opens = First day
survivors-window-closes = Last day
survivors-counts = Published counts, side by side
survivors-counts-hint = Bodies count differently and on different days. Nothing is reconciled here: each set stands as it was published, with whether it adds up.
survivors-count-by = Published by
survivors-count-as-of = As of
survivors-count-source = Source
survivors-count-applied = Applied
survivors-count-recognised = Recognised
survivors-count-rejected = Rejected
survivors-count-interview = In interview
survivors-count-unprocessed = Not processed
survivors-count-reckoning = Adds up?
survivors-count-adds-up = Adds up
# $n is how many people are in the total and in no part
survivors-count-unaccounted = { $n } unaccounted for
# $n is how many more the parts are than the total
survivors-count-exceeds = Parts exceed the total by { $n }
survivors-count-add = Add published counts
survivors-count-added = The counts have been added.
survivors-count-wrong-text = Published by, Source: write who published and where, in at most 300 characters.
survivors-count-wrong-day = As of: enter a real date that is not in the future.
survivors-count-wrong-number = Counts: enter whole numbers from 0 to 10,000,000. Write 0 where a body published none.
survivors-clocks = How long stages may take
survivors-stage = Stage
survivors-working-days = Working days

## Stages, rounds and steps
survivors-stage-draft = Draft
survivors-stage-filed = Filed
survivors-stage-incomplete = Waiting for documents
survivors-stage-complete = Complete, to be assigned
survivors-stage-examination = Being examined
survivors-stage-appointment = Appointment
survivors-stage-decided = Decided, to be told
survivors-stage-notified = Told
survivors-stage-court = Before the court
survivors-stage-ordered = Payment ordered
survivors-stage-closed = Closed
survivors-stage-withdrawn = Taken back

## Keys of the office
survivors-keys-title = Keys
survivors-keys-hint = Keys are certified on a machine that is never online. Copy a request to it, and bring back what it signed. What does not carry the office's signature is not kept, and no browser believes it.
survivors-keys-office = Office key
survivors-keys-recovery = Recovery key
survivors-keys-none = Not brought yet
survivors-keys-there = Certified
survivors-keys-people = People's keys
survivors-keys-made = Made
survivors-keys-certificate = Certificate
survivors-keys-request = Request
survivors-keys-waits = Waits to be certified
# $n is the number of a certificate
survivors-keys-serial = Number { $n }
survivors-keys-bring = Bring a signed document
survivors-keys-document = Document
survivors-keys-document-hint = The office's public key, a certificate, or a list of revocations, as the offline machine wrote it.
survivors-keys-keep = Keep
survivors-keys-brought = The document has been kept.
survivors-keys-unreadable = Document: this is no public key, certificate or list of revocations. Copy the whole file, from its first line to the signature.
survivors-keys-office-first = Document: bring the office's public key first.
survivors-keys-signature = Document: the signature is not that of this office.
survivors-keys-other = Document: another one with this number is here already. Numbers are given once; sign it under the next number.

## The page of files: opening and leaving
survivors-files-title = Files
survivors-leave = Exit this page
survivors-leave-address = https://www.wikipedia.org/
survivors-needs-script = This page needs JavaScript: what is written here is locked in your browser before it is sent.
survivors-unlock = Open your key
survivors-unlock-hint = Your key stays in this page's memory. It is forgotten when you leave the page, and after ten minutes without work.
survivors-passphrase = Passphrase of your key
survivors-passphrase-again = The same once more
survivors-passphrase-hint = At least 14 characters: four or five words that do not belong together. Nobody can tell it to you again.
survivors-open = Open
survivors-wait = One moment: this takes a few seconds on purpose.
survivors-locked = Your key has been forgotten. Open it again to go on.
survivors-key-make = Make your key
# $fingerprint are groups of letters and figures that people compare
survivors-key-office = Compare these groups with the sheet that your office gave you: { $fingerprint }
survivors-key-compared = They are the same
survivors-key-waits = Your key is made. It can be used once your office has certified it.
survivors-key-good = Your key is good, and is not written over. If it is lost or in wrong hands, ask your office to revoke it first.
survivors-key-no-office = The office's own key has not been brought yet. Ask your administrator.
survivors-role = You are here as
survivors-as-filing = who files
survivors-as-secretariat = secretariat
survivors-as-commission = member
survivors-as-keeper = keeper of names

## The list
survivors-none = There are no files here.
survivors-code = Code
survivors-since = Since
survivors-clock = Clock
# $due is a day, $days a number of working days
survivors-clock-runs = until { $due } ({ $days } working days)
survivors-clock-suspended = stands still ({ $days } working days left)
survivors-clock-late = late since { $due } ({ $days } working days)
survivors-round-first = First time
survivors-round-reconsideration = Reconsideration
survivors-round-court = After the court
survivors-round-court-again = After the court once more
survivors-outcome-recognised = Recognised
survivors-outcome-rejected = Rejected
survivors-new = New file
survivors-search = Find by name
survivors-search-hint = Searched in this page; what you write is not sent.
survivors-search-do = Find
survivors-search-none = Nobody of that name.
survivors-open-passkey = Open with a passkey
survivors-passkey = Open your key with a passkey
survivors-passkey-hint = A fingerprint, a face or a security key then opens your key on this device. Your passphrase still opens it everywhere: keep it.
survivors-passkey-add = Make a passkey
survivors-passkey-added = From now on a passkey opens your key too.
survivors-hand-over = New colleagues
survivors-hand-over-hint = Somebody who joined later has no key of older files yet. Opening each file once gives it to them, makes a new key where somebody has left, and puts missing names into the index. Each opening is recorded; opening many raises an alarm to two others: tell them before.
survivors-hand-over-do = Open every file once
survivors-stop = Stop
# $n is a number of files
survivors-stopped = Stopped after { $n }. What was done stays.
# $n is a number of files
survivors-handed-over = { $n } files were opened once.
survivors-back = Back to the list

## Filing: plain words, why each question is asked, what may be left empty
survivors-support = Before anything is told: the person need not tell anything today. Support comes first, and does not depend on this file.
survivors-closed-window = Applications are closed. You can prepare a draft; it can be filed when they open.
survivors-pace = Nothing has to be said in one go. Save what there is, and go on another day from the list.
survivors-part-name = Who it is
survivors-part-name-hint = Kept apart under two keys. Those who decide never see it.
survivors-name = Name
survivors-father = Father's name
survivors-born = Date of birth
survivors-optional = May be left empty.
survivors-reach = How the person wants to be reached
survivors-never = How the person must never be reached
survivors-never-hint = A letter, a call or a visit at the wrong place can expose somebody.
survivors-part-file = What is asked for
# $from and $until are days
survivors-when = When it was
survivors-when-hint = Asked because the law speaks of { $from } to { $until } only. A season or a month is enough.
survivors-where = Where it was
survivors-narrative = What happened, in the person's own words
survivors-narrative-hint = Only as much as the person wants to say. Leave out names: the file is read by its code.
survivors-papers = Papers
survivors-papers-hint = Optional. They are locked here before they are sent.
# $name is the name of a file
survivors-unfinished = Not all of { $name } was sent. Choose the same paper again: it goes on where it stopped.
survivors-part-counted = What is counted
survivors-part-counted-hint = Not locked: the human rights office counts these, so that it sees whom the process does not reach. Leave empty what the person does not want counted.
survivors-region = Region
survivors-sex = Sex
survivors-sex-female = Female
survivors-sex-male = Male
survivors-community = Community
survivors-not-said = Not said
survivors-consent = What the person agrees to
survivors-consent-hint = Each by itself. Until it is decided all of it can be taken back, and being counted at any time.
survivors-consent-decide = The Commission reads the file by its code and decides
survivors-consent-names = Keepers of names keep the name; two of them open it together, for a written reason
survivors-consent-counted = The human rights office counts the region, sex and community above, without code or name
survivors-consent-none = What was agreed to has been taken back.
survivors-save-draft = Lock and save the draft
survivors-saved = The draft is locked and saved. Its code is on the list.
survivors-go-on = Go on writing
survivors-uncount = Count region, sex and community no longer
# $code is the code of a file
survivors-receipt = Receipt. Number { $code }. Keep it; it says nothing about anybody.

## People whom the law leaves out
survivors-left-out = Left out by the law
survivors-left-out-hint = People who would file if the law let them. They are counted, without code or name, as evidence that the law should change.
survivors-left-out-new = Record somebody
survivors-left-out-why = Why the law leaves the person out
survivors-left-out-account = What should be known of it
survivors-left-out-account-hint = May be left empty. Locked for your organisation; besides it only the office's recovery could open it, which takes three of five people.
survivors-left-out-consent = The person agrees to be counted, without name, as evidence for a change of the law
survivors-left-out-save = Lock and record
survivors-left-out-saved = The person is counted from the next figures on.
survivors-left-out-off = Take off, and destroy what was told
survivors-left-out-gone = Taken off. What was told is destroyed here; backups hold it until they are overwritten.

## A file
survivors-what-is-locked = Opened in this browser. The server cannot read it.
survivors-not-granted = You hold no key for this part.
survivors-download = Open the paper
survivors-history = What was done
survivors-asked = What was asked for
survivors-ask-text = Which documents, in plain words
survivors-request-text = Why it should be looked at again
survivors-appointment-text = Day, hour and place. Do not write what it is for.
survivors-unassign-text = Why it is taken from those who have not voted
survivors-members = Members
survivors-members-hint = At least two who have not read it before and have no conflict of interest. They are given the key of the coded file.
survivors-voted = has voted
survivors-not-voted = has not voted yet
survivors-vote = Your vote
survivors-vote-recognise = Recognise
survivors-vote-reject = Reject
survivors-vote-interview = An interview first
survivors-tally-open = Votes are missing.
survivors-tally-recognised = The votes give: recognised.
survivors-tally-rejected = The votes give: rejected.
survivors-tally-interview = The votes ask for an interview first.
survivors-tally-tied = The votes are tied. Talk, and vote again.
survivors-reasons = Reasons
survivors-decision-text = The reasons in words, for the person
survivors-decision = Decision
survivors-step-file = File it
survivors-step-ask-documents = Ask for documents
survivors-step-add-documents = Documents are added
survivors-step-find-complete = It is complete
survivors-step-assign = Assign
survivors-step-unassign = Take it from members who do not vote
survivors-step-stand-aside = Stand aside: conflict of interest
survivors-step-vote = Vote
survivors-step-make-appointment = Make the appointment
survivors-step-hold-appointment = It took place
survivors-step-decide = Save the decision
survivors-step-notify = Who filed has been told
survivors-step-ask-reconsideration = Ask for reconsideration
survivors-step-go-to-court = The court was asked
survivors-step-send-back = The court sent it back
survivors-step-uphold = The court upheld it
survivors-step-order-payment = Order the payment
survivors-step-close = Close
survivors-step-withdraw = Take it back
survivors-did-file = Filed
survivors-did-ask-documents = Documents were asked for
survivors-did-add-documents = Documents were added
survivors-did-find-complete = Found complete
survivors-did-assign = Assigned
survivors-did-unassign = Taken from members who did not vote
survivors-did-stand-aside = A member stood aside
survivors-did-vote = A member voted
survivors-did-make-appointment = An appointment was made
survivors-did-hold-appointment = The appointment took place
survivors-did-decide = Decided
survivors-did-notify = Who filed was told
survivors-did-ask-reconsideration = Reconsideration was asked for
survivors-did-go-to-court = The court was asked
survivors-did-send-back = The court sent it back
survivors-did-uphold = The court upheld it
survivors-did-order-payment = The payment was ordered
survivors-did-close = Closed
survivors-did-withdraw = Taken back
survivors-sure = This cannot be undone. Press again to do it.

## Names
survivors-open-name = Ask to open the name
survivors-open-name-reason = Why it must be opened
survivors-open-name-hint = A keeper of the other key reads the reason and answers. Who asked, who answered and when stays for ever.
survivors-openings = Who asked to learn the name
survivors-opening-waits = waits for an answer
survivors-opening-granted = granted
survivors-opening-refused = refused
survivors-grant-name = Grant
survivors-refuse-name = Refuse

## What does not fit
survivors-error-unreadable = What was sent could not be read. Load the page again and try once more.
survivors-error-moved-on = The file has moved on since you opened it. Open it again from the list.
survivors-error-no-answer = There was no answer. What you wrote is still here; check the connection and try again.
survivors-error-window = Applications are closed today: nothing can be filed that counts. The draft is kept.
survivors-error-not-whole = The form and the account are needed before it can be filed.
survivors-error-nothing = Write something first: a name, a time or the account.
survivors-error-not-taken-back = Others still hold the keys. Open the file again and take it back once more.
survivors-error-choose = Choose one of the answers.
survivors-error-two-members = Members: choose at least two.
survivors-error-not-granted = The key was not given to those who should read it. Open the file again and repeat the step.
survivors-error-not-theirs = One of those who were to get the key may not have it. Open the file again; nothing was changed.
survivors-error-conflict = Members: one of them has read this file in an earlier round or stood aside. Choose others.
survivors-error-no-appointment = The votes do not ask for an appointment.
survivors-error-term-runs = The term for reconsideration still runs. It can be closed when it is over.
survivors-error-votes = The votes do not give this outcome. Open the file again to see how they stand.
survivors-error-reason = Reasons: choose at least one that belongs to the outcome.
survivors-error-no-text = The reasons in words are needed: the person must be able to understand the decision.
survivors-error-no-reason = Write why the name must be opened.
survivors-error-second-keeper = A keeper of the other key has to answer.
survivors-error-passphrase = The two passphrases differ, or have fewer than 14 characters.
survivors-error-fill = This is needed: { $field }
# $names is a list of names of parties that have no certified key yet
survivors-error-nobody = Nobody could open this later: a certified key is missing for { $names }. Ask your administrator.

## Figures under disclosure control
survivors-outcome-pending = Not decided
survivors-figures = The process in figures
survivors-figures-hint = Counted without opening a file. Small numbers are not shown, nor anything from which they could be worked out, also together with what was given out before.
survivors-figures-none = No figures have been given out yet.
survivors-figures-make = Give out the figures of today
survivors-figure-released = The figures have been given out. What is given out later reckons with them.
survivors-figure-today = Figures have been given out today already. One release a day is kept.
# $why is what the program found
survivors-figure-refused = No figures can be given out that would not give somebody away. { $why }
# $n is a number of people
survivors-figure-fewer = fewer than { $n }
survivors-figure-rounded = about { $n }
survivors-figure-withheld = withheld
survivors-figure-all = All
survivors-figure-files = Files
survivors-figure-median = Median days there
survivors-figure-longest = Longest days there
# $n is a number of days, the upper end of a band
survivors-figure-up-to = up to { $n }
survivors-figure-by-body = By who filed
survivors-figure-by-region = By region
survivors-figure-by-year = By year of filing
survivors-figure-by-sex = By sex
survivors-figure-by-community = By community
survivors-figure-by-stage = By stage
survivors-figure-by-round = By time of examination
survivors-figure-reasons-recognised = Decisions: recognised, by reason
survivors-figure-reasons-rejected = Decisions: rejected, by reason
survivors-figure-several = More than one reason
survivors-figure-to-decision = From filing to the first decision
survivors-figure-left-out-by-region = Left out by the law, by region
survivors-figure-left-out-by-sex = Left out by the law, by sex
survivors-figure-left-out-by-community = Left out by the law, by community
