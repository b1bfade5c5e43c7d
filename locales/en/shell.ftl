# The frame of every page, and what all forms, tables and error pages share.

## The top of the page
shell-skip-to-content = Skip to main content
shell-menu = Menu
shell-menu-main = Main menu
shell-breadcrumbs = You are here
shell-home = Home
shell-language = Language
shell-language-choose = Choose a language
shell-sign-in = Sign in
shell-sign-out = Sign out
# $name is a person's name
shell-signed-in-as = Signed in as { $name }
shell-sample-data = Sample data: everything here is invented for practice.
shell-phase = New service
shell-phase-text = This is a new service. Tell your administrator what does not work.

## The menu
shell-menu-desk = My desk
shell-menu-recommendations = Recommendations
shell-menu-documents = Documents
shell-menu-institutions = Institutions
shell-menu-import = Import
shell-menu-reports = Reports
shell-menu-people = People
shell-menu-account = My account
shell-menu-ledger = Record of changes

## Buttons and links
shell-save = Save
shell-cancel = Cancel
shell-delete = Delete
shell-edit = Edit
shell-add = Add
shell-change = Change
shell-back = Back
shell-continue = Continue
shell-confirm = Confirm
shell-close = Close
shell-open = Open
shell-search = Search
shell-download = Download
# $format is a file format such as PDF
shell-download-as = Download as { $format }
shell-print = Print this page
shell-copy = Copy
shell-copied = Copied
shell-show-password = Show password
shell-hide-password = Hide password
shell-show = Show
shell-hide = Hide
shell-details = Details
shell-exit-this-page = Exit this page
shell-exit-this-page-hint = Leaves at once and opens a neutral website.

## Words that stand alone
shell-yes = Yes
shell-no = No
shell-and = and
shell-or = or
shell-none = None
shell-all = All
shell-unknown = Not known
shell-not-given = Not given
shell-required = required
shell-optional = optional
# $label is the caption of a field
shell-field-optional = { $label } (optional)
shell-success = Success
shell-important = Important
shell-warning = Warning
shell-loading = Loading

## Forms
shell-problem-title = There is a problem
# Before the page's title in the window when a form has errors
shell-error-prefix = Error:
shell-form-unreadable = The form could not be read. Check the fields and send it again.
# $field is the caption of a field
shell-field-missing = { $field }: this field is required
shell-field-too-long = { $field }: use { $most ->
    [one] { $most } character
   *[other] { $most } characters
} or fewer
shell-field-not-a-number = { $field }: enter a number
shell-field-not-a-date = { $field }: enter a real date
shell-field-not-a-choice = { $field }: choose one of the answers on the list
shell-choose = Choose
shell-unsaved = You have changes that are not saved.
shell-characters-left = { $count ->
    [one] You have { $count } character left
   *[other] You have { $count } characters left
}
shell-date-day = Day
shell-date-month = Month
shell-date-year = Year
# $example is a day, month and year in figures, such as 27 3 2026
shell-date-hint = For example, { $example }
shell-date-from = From
shell-date-to = To
shell-file-choose = Choose a file
shell-file-none = No file chosen
shell-file-drop = Or drop a file here
# $size is a number with its unit, such as 20 MB
shell-file-limit = The largest file that can be sent is { $size }.
# $formats is a list of file formats
shell-file-formats = Formats: { $formats }

## Lists and tables
shell-filter = Filter
shell-filter-apply = Apply filters
shell-filter-clear = Clear filters
shell-filter-active = Active filters
# $filter is the caption and value of a filter
shell-filter-remove = Remove filter: { $filter }
shell-sort-by = Sort by
# $column is a column's heading
shell-sort-ascending = Sort by { $column }, ascending
shell-sort-descending = Sort by { $column }, descending
shell-sorted-ascending = sorted, ascending
shell-sorted-descending = sorted, descending
shell-rows-per-page = Rows per page
shell-table-showing = Showing { $from } to { $to } of { $total }
shell-table-empty = There is nothing here yet.
shell-table-no-match = Nothing matches. Remove a filter or change the search.
shell-table-select = Select
shell-table-select-all = Select all on this page
shell-table-selected = { $count ->
    [one] { $count } selected
   *[other] { $count } selected
}
shell-chart-table = Show the figures as a table
shell-pagination = Pages
shell-pagination-previous = Previous
shell-pagination-next = Next
# $number is the number of a page
shell-pagination-page = Page { $number }
shell-pagination-page-of = Page { $number } of { $total }

## Session and cookies
shell-session-ending = { $minutes ->
    [one] You will be signed out in { $minutes } minute.
   *[other] You will be signed out in { $minutes } minutes.
}
shell-session-stay = Stay signed in
shell-session-ended = You were signed out because nothing happened for a while. Sign in to go on.
shell-cookies = This site keeps two cookies only: one for your session and one for your language.

## Errors: a title, and what to do next
shell-error-400-title = The request could not be understood
shell-error-400-next = Check the address or the form and try again.
shell-error-401-title = Sign in first
shell-error-401-next = Sign in, and you will be taken to the page that you asked for.
shell-error-403-title = You cannot do this
shell-error-403-next = Your role does not include it. If you need it for your work, ask your administrator.
shell-error-404-title = Page not found
shell-error-404-next = Check the address. The page may have been moved, or you may not have access to it.
shell-error-405-title = This cannot be done here
shell-error-405-next = Go back and use the buttons on the page.
shell-error-409-title = Something has changed in the meantime
shell-error-409-next = Somebody changed this while you were working on it. Go back, look at what is there now and send yours again.
shell-error-413-title = The file is too large
shell-error-413-next = Divide the file into smaller ones and send them one by one.
shell-error-415-title = This kind of file cannot be read
shell-error-415-next = Save the file in a format that the form names and send it again.
shell-error-422-title = Some of what was sent does not fit
shell-error-422-next = Go back, correct the fields that are marked and send the form again.
shell-error-429-title = Too many attempts
shell-error-429-next = { $minutes ->
    [one] Wait { $minutes } minute, then try again.
   *[other] Wait { $minutes } minutes, then try again.
}
shell-error-500-title = Something went wrong
# $number finds the error in the log
shell-error-500-next = What you sent may not have been saved. Try again later; if it happens again, give your administrator this number: { $number }
shell-error-503-title = The service is not available
shell-error-503-next = It is being maintained or restarted. Try again in a few minutes.
shell-error-stale-title = The form has expired
shell-error-stale-next = Go back, reload the page and send the form again. Copy longer texts first.

## The foot of the page
shell-footer = Foot of the page
shell-footer-accessibility = Accessibility
shell-footer-privacy = Privacy
shell-footer-help = Help
shell-footer-source = Source code
# $version is the program's version
shell-footer-version = Version { $version }
