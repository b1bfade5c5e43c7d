# Korniza e çdo faqeje dhe ajo që formularët, tabelat dhe faqet e gabimeve kanë të përbashkët.

## Kreu i faqes
shell-skip-to-content = Kalo te përmbajtja kryesore
shell-menu = Menyja
shell-menu-main = Menyja kryesore
shell-breadcrumbs = Ju ndodheni këtu
shell-home = Ballina
shell-language = Gjuha
shell-language-choose = Zgjidhni gjuhën
shell-sign-in = Kyçuni
shell-sign-out = Dilni
# $name is a person's name
shell-signed-in-as = Jeni kyçur si { $name }
shell-sample-data = Të dhëna shembull: gjithçka këtu është e trilluar, për ushtrim.
shell-phase = Shërbim i ri
shell-phase-text = Ky është një shërbim i ri. Tregojini administratorit se çfarë nuk funksionon.

## Menyja
shell-menu-desk = Tryeza ime
shell-menu-recommendations = Rekomandimet
shell-menu-documents = Dokumentet
shell-menu-institutions = Institucionet
shell-menu-import = Importimi
shell-menu-reports = Raportet
shell-menu-people = Personat
shell-menu-account = Llogaria ime
shell-menu-ledger = Regjistri i ndryshimeve

## Butonat dhe lidhjet
shell-save = Ruaj
shell-cancel = Anulo
shell-delete = Fshij
shell-edit = Redakto
shell-add = Shto
shell-change = Ndrysho
shell-back = Kthehu
shell-continue = Vazhdo
shell-confirm = Konfirmo
shell-close = Mbyll
shell-open = Hap
shell-search = Kërko
shell-download = Shkarko
# $format is a file format such as PDF
shell-download-as = Shkarko si { $format }
shell-print = Shtyp këtë faqe
shell-copy = Kopjo
shell-copied = U kopjua
shell-show-password = Shfaq fjalëkalimin
shell-hide-password = Fshih fjalëkalimin
shell-show = Shfaq
shell-hide = Fshih
shell-details = Hollësitë
shell-exit-this-page = Largohu nga kjo faqe
shell-exit-this-page-hint = Ju largon menjëherë dhe hap një uebfaqe neutrale.

## Fjalë që qëndrojnë vetë
shell-yes = Po
shell-no = Jo
shell-and = dhe
shell-or = ose
shell-none = Asnjë
shell-all = Të gjitha
shell-unknown = Nuk dihet
shell-not-given = Nuk është dhënë
shell-required = e detyrueshme
shell-optional = opsionale
# $label is the caption of a field
shell-field-optional = { $label } (opsionale)
shell-success = U krye me sukses
shell-important = E rëndësishme
shell-warning = Kujdes
shell-loading = Duke u ngarkuar

## Formularët
shell-problem-title = Ka një problem
# Before the page's title in the window when a form has errors
shell-error-prefix = Gabim:
shell-form-unreadable = Formulari nuk mund të lexohej. Kontrolloni fushat dhe dërgojeni përsëri.
# $field is the caption of a field
shell-field-missing = { $field }: kjo fushë është e detyrueshme
shell-field-too-long = { $field }: shkruani më së shumti { $most ->
    [one] { $most } shenjë
   *[other] { $most } shenja
}
shell-field-not-a-number = { $field }: shkruani një numër
shell-field-not-a-date = { $field }: shkruani një datë të vlefshme
shell-field-not-a-choice = { $field }: zgjidhni një nga përgjigjet në listë
shell-choose = Zgjidhni
shell-unsaved = Keni ndryshime të paruajtura.
shell-characters-left = { $count ->
    [one] Ju ka mbetur { $count } shenjë
   *[other] Ju kanë mbetur { $count } shenja
}
shell-date-day = Dita
shell-date-month = Muaji
shell-date-year = Viti
# $example is a day, month and year in figures, such as 27 3 2026
shell-date-hint = Për shembull, { $example }
shell-date-from = Nga data
shell-date-to = Deri më datën
shell-file-choose = Zgjidhni një skedar
shell-file-none = Nuk është zgjedhur asnjë skedar
shell-file-drop = Ose lëshojeni skedarin këtu
# $size is a number with its unit, such as 20 MB
shell-file-limit = Madhësia më e madhe e lejuar e skedarit është { $size }.
# $formats is a list of file formats
shell-file-formats = Formatet: { $formats }

## Listat dhe tabelat
shell-filter = Filtro
shell-filter-apply = Zbato filtrat
shell-filter-clear = Hiq filtrat
shell-filter-active = Filtrat aktivë
# $filter is the caption and value of a filter
shell-filter-remove = Hiq filtrin: { $filter }
shell-sort-by = Rendit sipas
# $column is a column's heading
shell-sort-ascending = Rendit sipas kolonës „{ $column }”, në rend rritës
shell-sort-descending = Rendit sipas kolonës „{ $column }”, në rend zbritës
shell-sorted-ascending = e renditur në rend rritës
shell-sorted-descending = e renditur në rend zbritës
shell-rows-per-page = Rreshta për faqe
shell-table-showing = Shfaqen { $from } deri në { $to } nga gjithsej { $total }
shell-table-empty = Këtu ende nuk ka asgjë.
shell-table-no-match = Asgjë nuk përputhet. Hiqni një filtër ose ndryshoni kërkimin.
shell-table-select = Përzgjidh
shell-table-select-all = Përzgjidh të gjitha në këtë faqe
shell-table-selected = { $count ->
    [one] { $count } e përzgjedhur
   *[other] { $count } të përzgjedhura
}
shell-chart-table = Shfaq shifrat si tabelë
shell-pagination = Faqet
shell-pagination-previous = E mëparshme
shell-pagination-next = E radhës
# $number is the number of a page
shell-pagination-page = Faqja { $number }
shell-pagination-page-of = Faqja { $number } nga { $total }

## Sesioni dhe kukit
shell-session-ending = { $minutes ->
    [one] Sesioni juaj do të mbyllet pas { $minutes } minute.
   *[other] Sesioni juaj do të mbyllet pas { $minutes } minutash.
}
shell-session-stay = Qëndroni të kyçur
shell-session-ended = Sesioni juaj u mbyll sepse për njëfarë kohe nuk pati veprime. Kyçuni për të vazhduar.
shell-cookies = Kjo faqe ruan vetëm dy kuki: një për sesionin tuaj dhe një për gjuhën tuaj.

## Gabimet: titulli dhe çfarë të bëhet më tej
shell-error-400-title = Kërkesa nuk mund të kuptohej
shell-error-400-next = Kontrolloni adresën ose formularin dhe provoni përsëri.
shell-error-401-title = Së pari kyçuni
shell-error-401-next = Pasi të kyçeni, do të kaloni në faqen që kërkuat.
shell-error-403-title = Nuk keni të drejtë ta bëni këtë
shell-error-403-next = Roli juaj nuk e përfshin këtë veprim. Nëse ju duhet për punë, drejtojuni administratorit.
shell-error-404-title = Faqja nuk u gjet
shell-error-404-next = Kontrolloni adresën. Faqja mund të jetë zhvendosur ose mund të mos keni qasje në të.
shell-error-405-title = Kjo nuk mund të bëhet këtu
shell-error-405-next = Kthehuni prapa dhe përdorni butonat në faqe.
shell-error-409-title = Ndërkohë diçka ka ndryshuar
shell-error-409-next = Dikush e ka ndryshuar këtë gjatë kohës që ju po punonit. Kthehuni prapa, shikoni gjendjen e tanishme dhe dërgojeni përsëri tuajën.
shell-error-413-title = Skedari është tepër i madh
shell-error-413-next = Ndajeni skedarin në disa më të vegjël dhe dërgojini një nga një.
shell-error-415-title = Ky lloj skedari nuk mund të lexohet
shell-error-415-next = Ruajeni skedarin në një nga formatet që përmend formulari dhe dërgojeni përsëri.
shell-error-422-title = Disa nga të dhënat e dërguara nuk janë në rregull
shell-error-422-next = Kthehuni prapa, korrigjoni fushat e shënuara dhe dërgojeni formularin përsëri.
shell-error-429-title = Tepër përpjekje
shell-error-429-next = { $minutes ->
    [one] Prisni { $minutes } minutë, pastaj provoni përsëri.
   *[other] Prisni { $minutes } minuta, pastaj provoni përsëri.
}
shell-error-500-title = Diçka shkoi keq
# $number finds the error in the log
shell-error-500-next = Ajo që dërguat mund të mos jetë ruajtur. Provoni më vonë; nëse përsëritet, jepini administratorit këtë numër: { $number }
shell-error-503-title = Shërbimi nuk është në dispozicion
shell-error-503-next = Shërbimi po mirëmbahet ose po rindizet. Provoni përsëri pas disa minutash.
shell-error-stale-title = Formularit i ka skaduar afati
shell-error-stale-next = Kthehuni prapa, ringarkoni faqen dhe dërgojeni formularin përsëri. Tekstet e gjata kopjojini më parë.

## Fundi i faqes
shell-footer = Fundi i faqes
shell-footer-accessibility = Qasshmëria
shell-footer-privacy = Privatësia
shell-footer-help = Ndihmë
shell-footer-source = Kodi burimor
# $version is the program's version
shell-footer-version = Versioni { $version }
