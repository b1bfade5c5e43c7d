# Ono što je potrebno svakoj stranici i izveštaju: ime jezika, procenti, dani od danas.

common-own-name = Srpski
# $number is a formatted number, for instance 12,5
common-percent = { $number }%
common-today = danas
common-tomorrow = sutra
common-yesterday = juče
common-in-days = { $days ->
    [one] za { $days } dan
    [few] za { $days } dana
   *[other] za { $days } dana
}
common-days-ago = { $days ->
    [one] pre { $days } dan
    [few] pre { $days } dana
   *[other] pre { $days } dana
}
