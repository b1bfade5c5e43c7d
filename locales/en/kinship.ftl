# Reports on remains and families: written for the family's lawyer, with the numbers beside the words.
# $remains and $missing are names of a sample and of a person; $ratio is a formatted number such as 1.4 × 10⁷.

kinship-title-weigh = Remains { $remains } and { $missing }, missing from the family { $family }
kinship-title-direct = Samples { $one } and { $other }: one person or two
kinship-title-check = What must be mended before anything is computed
kinship-title-search = Remains that may belong to a family
kinship-title-joint = Remains and missing persons, all together
kinship-title-power = What the family { $family } could reach
kinship-title-review = Identifications looked at again
kinship-not-a-decision = This report weighs evidence. It identifies nobody. People decide, together with all other evidence.
kinship-in-words = In plain words
kinship-words-compared = The DNA of the remains { $remains } was compared with the reference samples of relatives of { $missing }: { $relatives }.
kinship-words-for = What was seen is { $ratio } times as probable if the remains are those of { $missing } as if they are those of a person unrelated to the family. This number is called the likelihood ratio.
kinship-words-against = What was seen is { $ratio } times as probable if the remains are those of a person unrelated to the family as if they are those of { $missing }. The likelihood ratio speaks against this person.
kinship-words-impossible = What was seen cannot be if the remains are those of { $missing }, unless a sample or a relation in the pedigree is mistaken.
kinship-words-direct-same = What was seen is { $ratio } times as probable if both samples are from one person as if they are from two unrelated persons.
kinship-words-direct-different = What was seen speaks against one person: the samples differ.
kinship-words-prior = This number alone does not say how probable it is that the remains are those of { $missing }. That also depends on what was known before the DNA. { $count ->
    [one] { $count } person is missing; before the DNA the probability was taken to be { $prior }.
   *[other] { $count } persons are missing and each was taken to be as likely as any other, changed by what is known of site, sex, age and date (factor { $factor }); before the DNA the probability was { $prior }.
}
kinship-words-posterior = With the DNA the probability is { $posterior }.
kinship-words-chance = Among all comparisons that the office can make, at most { $number } results as strong as this are expected between strangers.
kinship-words-reached = The office asks for a likelihood ratio of at least { $ratio } and a probability of at least { $posterior }. Both are reached.
kinship-words-not-reached = The office asks for a likelihood ratio of at least { $ratio } and a probability of at least { $posterior }. They are not both reached: this is not enough for an identification.
kinship-words-mutation = At { $markers } what was seen needs a mutation between parent and child. Mutations are rare and their probability is part of the number; several of them would rather mean a mistaken sample or relation.
kinship-words-relatives = A close relative of { $missing }, for instance a brother or a sister, would give a similar result. If several members of the family are missing, they must be compared together.
kinship-words-stable = Under all other assumptions that were tried, the conclusion is the same.
kinship-words-unstable = Under some other assumptions that were tried, the conclusion is not the same: see the table.
kinship-words-rights = The family can ask to have this comparison explained, and to have it repeated by another laboratory.
kinship-pedigree = The family
kinship-pedigree-title = Pedigree of the family { $family }
kinship-pedigree-described = { $count ->
    [one] { $count } person.
   *[other] { $count } persons.
} Missing: { $missing }. With a reference sample: { $typed }.
kinship-pedigree-nobody = nobody
kinship-pedigree-legend = Squares are men, circles are women, diamonds are persons whose sex is not known. Filled: a reference sample was given. A thick dashed outline with a question mark: missing.
kinship-markers = Marker by marker
kinship-markers-caption = What was seen, and how much it weighs. The likelihood ratios of all markers are multiplied.
kinship-marker = Marker
kinship-remains = Remains
kinship-ratio = Likelihood ratio
kinship-mutations = Mutations needed
kinship-all = All markers
kinship-probability = Probability and threshold
kinship-probability-caption = From the likelihood ratio to a probability, with what was assumed
kinship-quantity = Quantity
kinship-value = Value
kinship-log-ratio = Likelihood ratio, as a power of ten
kinship-threshold-ratio = Threshold of the likelihood ratio
kinship-threshold-posterior = Threshold of the probability
kinship-missing-count = Persons missing
kinship-remains-count = Remains not identified
kinship-factor = Factor of site, sex, age and date
kinship-prior = Probability before the DNA
kinship-posterior = Probability with the DNA
kinship-by-chance = Results as strong expected by chance, at most
kinship-reached = Threshold reached
kinship-yes = yes
kinship-no = no
kinship-reached-yes = reached
kinship-reached-no = not reached
kinship-agrees = agrees
kinship-differs = differs
kinship-not-known = not known
kinship-sex = Sex
kinship-age = Age
kinship-site = Site
kinship-date = Date
kinship-sensitivity = What if the assumptions were others
kinship-sensitivity-caption = The same comparison under other assumptions
kinship-assumption = Assumption
kinship-assumption-theta = Coancestry (theta) { $value }
kinship-assumption-mutation = Mutation rates times { $value }
kinship-assumption-table = Population table { $value }
kinship-could-not = could not be computed
kinship-method = How it was computed
kinship-method-model = Likelihoods are exact (Elston and Stewart 1971), with mutation at every meiosis and coancestry theta = { $theta } (Balding and Nichols 1994). The hypotheses are: the remains are the missing person's; or they are of a person unrelated to the family. Markers are counted as independent.
kinship-method-quality = Remains: probability of allele drop-out { $dropout }, of drop-in { $dropin }.
kinship-method-files = Files: { $files }
kinship-remarks = Remarks
kinship-family = Family
kinship-missing = Missing person
kinship-rank = Rank
kinship-place = Place
kinship-severity = Weight
kinship-severity-error = must be mended
kinship-severity-warning = must be understood
kinship-severity-note = worth knowing
kinship-what = What was found
kinship-mend = How to mend it
kinship-check-none = Nothing was found.
kinship-check-language = Findings are written in English; their code is the same in every language.
kinship-code = Code
kinship-search-caption = For each set of remains the families that fit best
kinship-search-words = All remains were compared with all families, each family with one missing person at a time. A high rank alone means nothing: look at the likelihood ratio and the probability.
kinship-search-compared = { $count ->
    [one] { $count } pair was compared.
   *[other] { $count } pairs were compared.
}
kinship-joint-caption = The most probable ways to place all remains
kinship-joint-words = All remains and all missing persons were weighed together: nobody is placed twice.
kinship-joint-prior = Before the DNA each pair was given the odds that the office states: one to all others of { $count ->
    [one] { $count } missing person
   *[other] { $count } missing persons
}, changed by what is known of site, sex, age and date.
kinship-joint-flat = Before the DNA every way was taken to be as likely as any other, changed only by what is known of site, sex, age and date.
kinship-joint-alike = The DNA cannot tell whether { $remains } are those of { $persons }: they stand in the same place of the family. Age, teeth or belongings may.
kinship-joint-nearly = Less than a billionth of the probability belongs to ways that were not looked at.
kinship-joint-gap = At most { $gap } of the probability belongs to ways that were not looked at.
kinship-joint-exact = Every way that is possible was looked at.
kinship-joint-nobody = nobody of these
kinship-pairings-caption = For each set of remains the probability of being each missing person
kinship-power-words = Were the remains of { $missing } found, the likelihood ratio would reach the threshold of { $ratio } with a probability of { $exceedance }. A stranger would be excluded at two markers or more with a probability of { $exclusion }.
kinship-power-help = Of those who could be asked for a sample, this one would help the most: { $person }.
kinship-power-nobody = Nobody who could be asked would help.
kinship-power-caption = With the samples there are, and with one more
kinship-power-now = the samples there are
kinship-power-sample-of = and { $person }
kinship-samples = Samples
kinship-exceedance = Probability of reaching the threshold
kinship-mean = Likelihood ratio to be expected, as a power of ten
kinship-range = Nine of ten lie between
kinship-exclusion = A stranger is excluded
kinship-exclusion-twice = … at two markers or more
kinship-power-simulated = { $count ->
    [one] { $count } identification was simulated.
   *[other] { $count } identifications were simulated.
} Coancestry is not part of the simulation.
kinship-review-caption = Each identification with the samples there are now
kinship-review-words = Each identification was weighed again on its own. Nothing is decided here: what no longer stands is for people to review, with care for the families.
kinship-standing = Now
kinship-standing-contradicted = contradicted
kinship-standing-weakened = weakened
kinship-standing-rivalled = another place fits better
kinship-standing-stands = stands
kinship-better = Fits better
kinship-exchange-closed = These remains may have been exchanged, each fits the place of the next: { $remains }.
kinship-exchange-open = These remains may have to move, each to the place of the next, and the last to { $missing }, who is still missing: { $remains }.
kinship-samples-compared = Samples compared
kinship-sample-one = First sample
kinship-sample-other = Second sample
