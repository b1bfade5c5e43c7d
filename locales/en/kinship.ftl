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
} Coancestry theta = { $theta }.
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

# What a check finds, and how to mend it. The code at the end of each name is the same in every table.
kinship-found-person-twice = The person { $id } stands twice in the family { $family }.
kinship-mend-person-twice = Keep one line.
kinship-found-unknown-parent = The parent { $parent } is not in the family { $family }.
kinship-mend-unknown-parent = Add a line for the parent, or correct the id.
kinship-found-one-parent = { $id } has one parent only. An unknown other parent is assumed, who is nobody else’s parent.
kinship-mend-one-parent = Add a line for the other parent, so that children of both are full siblings.
kinship-found-sex-against-role = { $parent } is a parent of { $child } in a role that does not fit the sex.
kinship-mend-sex-against-role = Correct the sex, or exchange father and mother.
kinship-found-own-ancestor = { $id } is their own ancestor.
kinship-mend-own-ancestor = Correct the parents.
kinship-found-nobody-missing = Nobody in the family { $family } is marked as missing.
kinship-mend-nobody-missing = Write “missing” as the role of the missing person.
kinship-found-nobody-typed = The family { $family } has no reference sample.
kinship-mend-nobody-typed = Add the samples, or leave the family out.
kinship-found-nobody-related = No person with a sample is related by blood to { $id } of the family { $family }, so that no remains can be identified as theirs.
kinship-mend-nobody-related = Add a sample of a relative by blood.
kinship-found-unknown-person = The sample is of { $person }, who is in no family.
kinship-mend-unknown-person = Add the person to a pedigree, or correct the id.
kinship-found-person-in-several = { $person } is a name in several families: { $families }.
kinship-mend-person-in-several = Add a column “family”.
kinship-found-sample-twice = The sample { $sample } stands twice, for different persons.
kinship-mend-sample-twice = Give the samples different names.
kinship-found-marker-twice = The sample { $sample } has the marker { $marker } twice.
kinship-mend-marker-twice = Keep one, the laboratory’s consensus.
kinship-found-person-typed-twice = { $person } has several samples that agree: { $samples }. Markers that all show: { $shared }.
kinship-mend-person-typed-twice = Nothing, if this is meant; both are used.
kinship-found-person-typed-differently = { $person } has samples that differ: { $samples }. Markers: { $markers }.
kinship-mend-person-typed-differently = Find out which sample is not this person’s.
kinship-found-identical-profiles = { $one } and { $other } have the same profile at every marker that both show. Markers: { $shared }.
kinship-mend-identical-profiles = Find out whether they are one person (the same body, or a sample taken twice), twins, or a mix-up.
kinship-found-too-many-alleles = { $sample } shows more than two alleles at { $marker }: { $count }.
kinship-mend-too-many-alleles = Ask the laboratory: a mixture, a contamination, or a rare triplication. The marker is left out until then.
kinship-found-one-allele = { $sample } shows one allele at { $marker }, and nothing is said of the other.
kinship-mend-one-allele = Write it twice if the laboratory calls it homozygous.
kinship-found-two-on-one-chromosome = { $sample } is male and shows two alleles at { $marker }, of which a man has one.
kinship-mend-two-on-one-chromosome = Correct the sex or the alleles.
kinship-found-two-haplotypes = { $sample } shows two mitochondrial haplotypes at { $marker }.
kinship-mend-two-haplotypes = Ask the laboratory: a mixture, a contamination, or heteroplasmy.
kinship-found-y-of-woman = { $sample } is female and shows the Y marker { $marker }.
kinship-mend-y-of-woman = Correct the sex, or find out whose sample it is.
kinship-found-unknown-marker = The marker { $marker } is not in the frequency table and is left out. Samples with it: { $samples }.
kinship-mend-unknown-marker = Correct the name, or add the marker’s frequencies.
kinship-found-allele-not-in-table = The allele { $allele } of { $marker } is not in the frequency table. Samples with it: { $samples }.
kinship-mend-allele-not-in-table = Ask the laboratory whether it is right. It is given the minimum frequency.
kinship-found-amelogenin-against-sex = The amelogenin of { $sample } shows { $shows ->
    [male] a man
   *[other] a woman
}, but { $recorded ->
    [male] a man
   *[other] a woman
} is recorded.
kinship-mend-amelogenin-against-sex = Correct the sex, or find out whose sample it is. Rarely, the Y copy of amelogenin is lost.
kinship-found-few-markers = { $sample } shows few markers: { $markers }.
kinship-mend-few-markers = Expect little evidence, or ask for more typing.
kinship-found-allele-twice = The allele { $allele } stands twice in the table of { $marker }.
kinship-mend-allele-twice = Keep one line.
kinship-found-marker-twice-in-table = The marker { $marker } stands twice in the frequency tables.
kinship-mend-marker-twice-in-table = Keep one; the first is used. Another population’s table is given with --other-table.
kinship-found-empty-marker = The table has no allele of { $marker }.
kinship-mend-empty-marker = Add its frequencies, or remove the marker.
kinship-found-zero-frequency = The table gives { $allele } of { $marker } the frequency 0. The line is left out.
kinship-mend-zero-frequency = Nothing; if the allele is seen, it has the minimum frequency.
kinship-found-sum-not-one = The frequencies of { $marker } sum to { $sum }; each is divided by the sum.
kinship-mend-sum-not-one = Nothing, if the table was published so.
kinship-found-sum-wrong = The frequencies of { $marker } sum to { $sum }, which rounding does not explain.
kinship-mend-sum-wrong = Find the wrong or missing lines.
kinship-found-linked-markers = { $one } and { $other } lie close on one chromosome and are counted as independent.
kinship-mend-linked-markers = Leave one of them out and compare the result, above all for uncles, grandparents and half siblings.
kinship-found-mendelian-conflict = The family { $family } cannot be explained at { $marker } without mutation. Mutations needed, at least: { $mutations }. { $persons ->
    [0] No single sample explains it.
   *[other] Without the sample of one of these there would be no conflict: { $without }.
}
kinship-mend-mendelian-conflict = One such marker may be a mutation; several mean a mistaken sample or relation.
kinship-found-mendelian-conflicts = The family { $family } cannot be explained without mutations. Markers: { $markers }; mutations needed, at least: { $mutations }. { $persons ->
    [0] No single sample explains it.
   *[other] Without the sample of one of these there would be no conflict: { $without }.
}
kinship-mend-mendelian-conflicts = Find out whose sample is mistaken, or which relation is not biological, with care for the family.
kinship-found-not-compared = The family { $family } could not be searched for conflicts: { $why }
kinship-mend-not-compared = Mend what is named above first.

# Y and mitochondrial haplotypes: a line shares them, so they stand beside the likelihood ratio.
kinship-line = Male and female line
kinship-line-caption = Haplotypes that a whole line shares. They are weighed apart.
kinship-line-kind = Haplotype
kinship-line-kind-y = Y
kinship-line-kind-mt = mitochondrial
kinship-line-relative = Relative
kinship-line-meioses = Times passed on between them
kinship-line-compared = Markers compared
kinship-line-different = Markers that differ
kinship-line-agrees = { $kind ->
    [y] The Y haplotype of the remains is the same as that of { $relatives } at every marker compared. All men of one male line share it, brothers and cousins too: it says that the remains may be of this line, and not which man of the line.
   *[mt] The mitochondrial haplotype of the remains is the same as that of { $relatives }. All children of one female line share it: it says that the remains may be of this line, and not which person of the line.
}
kinship-line-differs = { $kind ->
    [y] The Y haplotype of the remains differs from that of { $relatives } at { $markers }. One difference may be a mutation, above all over several generations; more speak against this male line, or against the father whom the pedigree names.
   *[mt] The mitochondrial haplotype of the remains differs from that of { $relatives } at { $markers }. This speaks against this female line, unless the laboratory finds a mutation or heteroplasmy.
}
kinship-line-weight = In the database ({ $database }) { $seen } of { $of } people have the haplotype. At most a share of { $frequency } of the population has it (upper limit, 95 %), so that it is at least { $ratio } times as probable in this line as in a stranger. This stands beside the likelihood ratio and is not multiplied into it: where many families share a line, as in a village, it is worth less.
kinship-line-kappa = By Brenner’s rule for a haplotype that was never seen, it would be { $ratio } times.
kinship-line-no-count = No count in a database is given for it, so no weight is stated.

# One pedigree of the same people against another.
kinship-title-relations = Two ways in which these people may be related: { $first } and { $second }
kinship-relations-for = What was seen is { $ratio } times as probable if the people are related as in { $first } as if they are related as in { $second }. This number is called the likelihood ratio.
kinship-relations-against = What was seen is { $ratio } times as probable if the people are related as in { $second } as if they are related as in { $first }. The likelihood ratio speaks against { $first }.
kinship-relations-impossible = What was seen cannot be if the people are related as in { $first }, unless a sample is mistaken.
kinship-relations-method = Here the two hypotheses are the two pedigrees named in the title.
