# The frame of every page, and what all forms, tables and error pages share.

## The top of the page
shell-skip-to-content = Skip to main content
shell-menu-main = Main menu
shell-breadcrumbs = You are here
shell-home = Home
shell-language = Language
shell-sign-in = Sign in
shell-sign-out = Sign out
# $name is a person's name
shell-sample-data = Sample data: everything here is invented for practice.

## The menu
shell-menu-desk = My desk
shell-menu-recommendations = Recommendations
shell-menu-documents = Documents
shell-menu-institutions = Institutions
shell-menu-import = Import
shell-menu-reports = Reports
shell-menu-people = People
shell-menu-ledger = Record of changes
shell-menu-alarms = Alarms
shell-menu-files = Files
shell-menu-process = Process
shell-menu-keys = Keys

## Buttons and links
shell-save = Save
shell-change = Change
shell-continue = Continue
shell-search = Search
shell-download = Download
# $format is a file format such as PDF

## Words that stand alone
shell-none = None
# $label is the caption of a field

## Forms
shell-problem-title = There is a problem
# Before the page's title in the window when a form has errors
shell-form-unreadable = The form could not be read. Check the fields and send it again.
# $field is the caption of a field
shell-field-not-a-date = { $field }: enter a real date
shell-field-not-a-choice = { $field }: choose one of the answers on the list
# $example is a day, month and year in figures, such as 27 3 2026
shell-file-choose = Choose a file
# $size is a number with its unit, such as 20 MB
# $formats is a list of file formats

## Lists and tables
shell-filter = Filter
shell-filter-apply = Apply filters
shell-filter-clear = Clear filters
# $filter is the caption and value of a filter
shell-sort-by = Sort by
# $column is a column's heading
shell-table-showing = Showing { $from } to { $to } of { $total }
shell-table-empty = There is nothing here yet.
shell-table-no-match = Nothing matches. Remove a filter or change the search.
shell-table-select = Select
shell-table-select-all = Select all on this page
shell-chart-table = Show the figures as a table
shell-pagination = Pages
shell-pagination-previous = Previous
shell-pagination-next = Next
# $number is the number of a page

## Session and cookies

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
# $version is the program's version

shell-signed-in-as = Signed in as { $name }
shell-file-formats = Formats: { $formats }
shell-table-selected = { $count ->
    [one] { $count } selected
   *[other] { $count } selected
}
shell-pagination-page = Page { $number }
shell-pagination-page-of = Page { $number } of { $total }
shell-important = Important
