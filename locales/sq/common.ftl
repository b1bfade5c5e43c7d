# Ajo që i duhet çdo faqeje dhe raporti: emri i gjuhës, përqindjet, ditët nga sot.

common-own-name = Shqip
# $number is a formatted number, for instance 12,5
common-percent = { $number }%
common-today = sot
common-tomorrow = nesër
common-yesterday = dje
common-in-days = { $days ->
    [one] pas { $days } dite
   *[other] pas { $days } ditësh
}
common-days-ago = { $days ->
    [one] para { $days } dite
   *[other] para { $days } ditësh
}
