# Reports on how many people no list has. Read by statisticians, and by those who quote the number.

estimate-title = How many were never listed
estimate-notice = An estimate with its assumptions. Whoever quotes the number quotes the interval and the assumptions with it.
estimate-answer = The answer
estimate-graphs-words = By the average over all ways in which lists may depend on each other: { $median } in all; with 95 % probability between { $low } and { $high }, if what is said below holds.
estimate-classes-words = By latent classes, people who are easier and harder to find: { $median } in all; with 95 % probability between { $low } and { $high }, if what is said below holds.
estimate-not-converged = The chains of the latent classes did not come together. Their number is not to be used.
estimate-refused = No estimate is given, because the data cannot say:
estimate-warned = Before the number is used:
estimate-two-lists = With two lists it cannot be seen whether they depend on each other. Only Chapman’s estimate is given below, which supposes that they do not, and that everybody is as easy to find as anybody else.
estimate-many-lists = There are { $lists } lists; the average over graphs takes at most { $most }, and is left out. Latent classes are given alone.
estimate-no-overlap = Nobody is on two lists. Without overlap nothing can be said of those on none.
estimate-alone = Nobody of the list “{ $list }” is on another. Leave it out, or look at how the lists were matched.
estimate-within = Everybody of “{ $list }” is also on “{ $of }”. Perhaps one was made from the other; then it says nothing of its own.
estimate-same = “{ $list }” and “{ $of }” have the same people. They are one list.
estimate-few =
    “{ $list }” has only { $people ->
        [one] { $people } person
       *[other] { $people } people
    }. It says nearly nothing.
estimate-little-overlap =
    Only { $people ->
        [one] { $people } person is
       *[other] { $people } people are
    } on two lists or more. A few wrong matches would change the answer.
estimate-saturated = The model under which the data say nothing of those missing has a probability of { $probability }. The number then comes from what was supposed beforehand, not from the data.
estimate-at-the-bound = The answer lies against the largest number missing that was looked at, { $most }. Allow more, and see whether it moves.
estimate-hangs-on = Without the list “{ $list }” the interval lies elsewhere altogether. The answer hangs on this list.
estimate-overlap = Who is on which lists
estimate-overlap-legend = A row is the people who are on exactly the lists with a dark dot, and on no other.
estimate-posterior = How probable each number is
estimate-posterior-legend = Columns: graphs; the darker ones hold 95 %. Red line: latent classes.
estimate-sensitivity = How much depends on what was supposed
estimate-sensitivity-legend = Each line is the same question under another supposition: the interval of 95 %, its middle, and both in numbers. Blue: answers; grey: what moves them. The pale band is the first answer, the broken line those on lists. Lines that leave the band mean that the data alone do not decide. An arrow: the interval goes on.
estimate-dependence = Lists that depend on each other
estimate-pair = Lists
estimate-probability = Probability
estimate-strata = One part after another
estimate-strata-note = Each part by itself, then their sum with the uncertainty of all. The sum need not be the estimate of the whole.
estimate-part = Part
estimate-observed = On lists
estimate-low = From
estimate-median = Middle
estimate-high = To
estimate-remark = Remark
estimate-method-name = Method
estimate-method = How it was computed, and what may be said
estimate-method-graphs = Graphs: every way in which lists may depend on each other that can be drawn as a decomposable graph is weighed by how well it fits, exactly (Madigan and York 1997).
estimate-method-classes = Latent classes: people fall into classes that nobody sees, and within a class the lists are independent (Manrique-Vallier 2016). Sampled until the chains agree.
estimate-method-bounds = Chao’s bound: the number lies above it, if lists are independent for people who are equally easy to find. Chapman: two lists alone, if they are independent. Sample coverage: three lists, from the share of people whom other lists have too (Chao and Tsay 1998).
estimate-method-may = It may be said: if the lists were matched rightly, if they cover the same events, place and time, and if nobody was impossible to find, the number lies in this interval with this probability under this model.
estimate-method-may-not = It may not be said: that the number is known, that those not listed have been counted, or that one part has more than another where the intervals overlap. Who was killed, when and by whom does not follow.
estimate-observed-words = { $observed } people are on the lists.
estimate-linkage-words = Which records are of the same person is uncertain. Under the linkages that were drawn the middle lies between { $low } and { $high }; { $share } of the spread comes from this.
estimate-torn = { $people ->
    [one] { $people } person has records in different parts, and is counted where most of them are.
   *[other] { $people } people have records in different parts, and are counted where most of them are.
}
estimate-empty = The list “{ $list }” has nobody. Leave it out, or look at how it was read.
estimate-hangs-on-cell = Number of people on exactly { $lists }: { $people }. One more or fewer there moves the number missing by { $change }. A single wrong match would do that.
estimate-prior-decides = Under other usual suppositions about dependence the middle lies between { $low } and { $high }. The data leave the number open; give the range, and no single number.
estimate-methods-disagree = Graphs say { $graphs } and latent classes { $classes }, each outside of the other’s interval. They suppose different things, and the data do not decide between them.
estimate-classes-exhausted = All { $classes } classes have members most of the time. Ask again with more classes (--classes).
estimate-overlap-rest = { $sets } further sets of lists have { $people } people together; they are not drawn.
estimate-lists = The lists
estimate-list = List
estimate-alone-on = On no other list
estimate-pairs = Pairs of lists
estimate-graphs = The most probable graphs
estimate-graph = Graph
estimate-graphs-caption = Lists in one bracket depend on each other directly. The numbers are what each graph says by itself.
estimate-models = Log-linear models, by BIC
estimate-model = Model
estimate-weight = Weight
estimate-models-caption = Lists in one bracket depend on each other together. The intervals suppose that the model is the true one.
estimate-strata-legend = Each part by graphs: interval of 95 % with the middle.
estimate-pooling-for = The parts agree on which lists depend on each other, so that they may learn this from each other: the column “one graph for all” may be used.
estimate-pooling-against = The parts do not agree on which lists depend on each other. The column “one graph for all” is shown for comparison only and is not to be used.
estimate-apart = each part by itself
estimate-pooled = one graph for all
estimate-sum = All parts
estimate-sum-remark = In parts that are too thin, only those on lists are counted.
estimate-thin = Parts too thin to estimate
estimate-thin-note = No number is given for these. Join them with neighbouring parts, or say only how many are on lists.
estimate-chains = How the latent classes were sampled
estimate-chains-words = { $chains } chains of { $draws } draws each. R-hat { $rhat } (below 1.01 is good); the draws are worth { $worth } independent ones.
estimate-chains-legend = Each line is a chain. Lines that lie over each other, without a slope, mean that they agree.
estimate-said = What may be said
estimate-method-may-refused = It may be said how many people are on the lists, and that no number of those on none can be given.
estimate-method-models = Log-linear models: pairs and larger sets of lists may change each other’s odds; models are weighed by how well they fit for their size (AIC, BIC). Stepwise: one model is chosen, also where two lists share nobody, and the interval repeats the choice (Chan, Silverman and Vincent 2021).
estimate-method-linkages = Linkages: each link between two records holds with its probability, drawn again and again; each draw is estimated, and all are mixed.
estimate-method-strata = Parts: “one graph for all” learns which lists depend on each other from all parts together, and nothing else; numbers and probabilities stay each part’s own.
estimate-by-graphs = Graphs
estimate-by-classes = Latent classes
estimate-by-aic = Log-linear, AIC
estimate-by-bic = Log-linear, BIC
estimate-by-sparse = Log-linear, stepwise
estimate-by-coverage = Sample coverage
estimate-by-chapman = Chapman
estimate-by-bound = Chao’s lower bound
estimate-with-delta = prior counts { $delta }
estimate-with-even-prior = every total as probable
estimate-without = without { $list }
estimate-with-linkages = { $draws ->
    [one] { $draws } linkage
   *[other] { $draws } linkages
}
estimate-in-numbers = In numbers
estimate-pooled-column = One graph for all
estimate-method-low = On invented populations of which the truth was known, every method here gave too few where people differ strongly in how easily they are found, and intervals of 95 % held the truth far less often than they say. The number is rather too low than too high, and people whom no list could find are not in it.
