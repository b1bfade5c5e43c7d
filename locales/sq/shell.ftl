# Korniza e çdo faqeje dhe ajo që formularët, tabelat dhe faqet e gabimeve kanë të përbashkët.

## Kreu i faqes
shell-skip-to-content = Kalo te përmbajtja kryesore
shell-menu-main = Menyja kryesore
shell-breadcrumbs = Ju ndodheni këtu
shell-home = Ballina
shell-language = Gjuha
shell-sign-in = Kyçuni
shell-sign-out = Dilni
# $name is a person's name
shell-sample-data = Të dhëna shembull: gjithçka këtu është e trilluar, për ushtrim.

## Menyja
shell-menu-desk = Tryeza ime
shell-menu-recommendations = Rekomandimet
shell-menu-documents = Dokumentet
shell-menu-institutions = Institucionet
shell-menu-import = Importimi
shell-menu-reports = Raportet
shell-menu-people = Personat
shell-menu-ledger = Regjistri i ndryshimeve
shell-menu-alarms = Alarmet
shell-menu-files = Dosjet
shell-menu-process = Procesi
shell-menu-keys = Çelësat

## Butonat dhe lidhjet
shell-save = Ruaj
shell-change = Ndrysho
shell-continue = Vazhdo
shell-search = Kërko
shell-download = Shkarko
# $format is a file format such as PDF

## Fjalë që qëndrojnë vetë
shell-none = Asnjë
# $label is the caption of a field

## Formularët
shell-problem-title = Ka një problem
# Before the page's title in the window when a form has errors
shell-form-unreadable = Formulari nuk mund të lexohej. Kontrolloni fushat dhe dërgojeni përsëri.
# $field is the caption of a field
shell-field-not-a-date = { $field }: shkruani një datë të vlefshme
shell-field-not-a-choice = { $field }: zgjidhni një nga përgjigjet në listë
# $example is a day, month and year in figures, such as 27 3 2026
shell-file-choose = Zgjidhni një skedar
# $size is a number with its unit, such as 20 MB
# $formats is a list of file formats

## Listat dhe tabelat
shell-filter = Filtro
shell-filter-apply = Zbato filtrat
shell-filter-clear = Hiq filtrat
# $filter is the caption and value of a filter
shell-sort-by = Rendit sipas
# $column is a column's heading
shell-table-showing = Shfaqen { $from } deri në { $to } nga gjithsej { $total }
shell-table-empty = Këtu ende nuk ka asgjë.
shell-table-no-match = Asgjë nuk përputhet. Hiqni një filtër ose ndryshoni kërkimin.
shell-table-select = Përzgjidh
shell-table-select-all = Përzgjidh të gjitha në këtë faqe
shell-chart-table = Shfaq shifrat si tabelë
shell-pagination = Faqet
shell-pagination-previous = E mëparshme
shell-pagination-next = E radhës
# $number is the number of a page

## Sesioni dhe kukit

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
# $version is the program's version

shell-signed-in-as = Jeni kyçur si { $name }
shell-file-formats = Formatet: { $formats }
shell-table-selected = { $count ->
    [one] { $count } e përzgjedhur
   *[other] { $count } të përzgjedhura
}
shell-pagination-page = Faqja { $number }
shell-pagination-page-of = Faqja { $number } nga { $total }
shell-important = E rëndësishme
