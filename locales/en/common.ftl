# What every page and report may need: the language's own name, percentages, days from today.

common-own-name = English
# $number is a formatted number, for instance 12.5
common-percent = { $number }%
common-today = today
common-tomorrow = tomorrow
common-yesterday = yesterday
common-in-days = { $days ->
    [one] in { $days } day
   *[other] in { $days } days
}
common-days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
