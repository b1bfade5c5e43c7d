//! How reports of the Universal Periodic Review number, answer and sign their recommendations, year by year from 2008 to 2014:
//! each manner in a few lines of its own. All of it is invented; Lakeland is no state.
#![allow(clippy::unwrap_used, missing_docs)]

use mandate_extraction::{Limits, Reply, propose, read};

use Reply::{Later, Noted, Supported};

/// Paragraph, text, states, reply.
type Expected<'a> = (&'a str, &'a str, &'a [&'a str], Option<Reply>);

#[track_caller]
fn read_as(report: &str, expected: &[Expected<'_>]) {
    let text = format!(
        "Report of the Working Group on the Universal Periodic Review\nLakeland\n\
         5. Norway asked about reeds and recommended that Lakeland plant reeds.\n{report}"
    );
    let found = propose(&read(text.as_bytes(), "report.txt", &Limits::default()).unwrap());
    let found: Vec<_> = found
        .iter()
        .map(|p| {
            let states: Vec<&str> = p.states.iter().map(String::as_str).collect();
            (p.paragraph.as_str(), p.text.as_str(), states, p.reply)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(paragraph, text, states, reply)| (*paragraph, *text, states.to_vec(), *reply))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_first_cycle_list_with_its_answer_after_it() {
    read_as(
        "III. CONCLUSIONS AND/OR RECOMMENDATIONS\n\
         56. In the course of the discussion, the following recommendations were made to Lakeland:\n\
         1. To plant reeds (Norway, Peru);\n\
         2. To train ferrymen (Mali).\n\
         57. These recommendations will be examined by Lakeland, which will provide responses in due time. The response of \
         Lakeland will be included in the outcome report.\n\
         58. All conclusions and/or recommendations contained in the present report reflect the position of the submitting \
         State(s).",
        &[
            ("56.1", "To plant reeds", &["Norway", "Peru"], Some(Later)),
            ("56.2", "To train ferrymen", &["Mali"], Some(Later)),
        ],
    );
}

#[test]
fn a_list_whose_first_number_stands_in_the_line_of_its_paragraph() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         67. The following recommendations enjoy the support of Lakeland:\n\
         67. 1. Plant reeds (Norway);\n\
         67. 2. Train ferrymen (Mali).\n\
         68. The following recommendations did not enjoy the support of Lakeland:\n\
         68. 1. Drain the lake (Peru).",
        &[
            ("67.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("67.2", "Train ferrymen", &["Mali"], Some(Supported)),
            ("68.1", "Drain the lake", &["Peru"], Some(Noted)),
        ],
    );
}

#[test]
fn letters_go_on_after_z_with_two() {
    let mut report = String::from(
        "II. Conclusions and/or recommendations\n60. The following recommendations enjoy the support of Lakeland:\n",
    );
    let mut expected = Vec::new();
    let letters: Vec<String> = ('a'..='z')
        .map(String::from)
        .chain(["aa".to_owned(), "bb".to_owned()])
        .collect();
    for letter in &letters {
        report += &format!("({letter}) Plant the reeds of the bay ({});\n", "Norway");
        expected.push(format!("60({letter})"));
    }
    let expected: Vec<Expected<'_>> = expected
        .iter()
        .map(|cited| {
            (
                cited.as_str(),
                "Plant the reeds of the bay",
                &["Norway"] as &[&str],
                Some(Supported),
            )
        })
        .collect();
    read_as(&report, &expected);
}

#[test]
fn a_list_that_goes_on_counting_under_the_next_answer() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         82. The recommendations listed below enjoy the support of Lakeland:\n\
         1. Plant reeds (Norway);\n\
         2. Train ferrymen (Mali).\n\
         83. The following recommendations will be examined by Lakeland, which will respond in due course, but no later than \
         the twelfth session of the Human Rights Council:\n\
         3. Count herons (Chile);\n\
         4. Dredge the harbour (Peru).",
        &[
            ("82.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("82.2", "Train ferrymen", &["Mali"], Some(Supported)),
            ("83.3", "Count herons", &["Chile"], Some(Later)),
            ("83.4", "Dredge the harbour", &["Peru"], Some(Later)),
        ],
    );
}

#[test]
fn headings_between_the_lists_say_the_answer() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         71. The recommendations formulated during the interactive dialogue are listed below.\n\
         A. Recommendations that enjoy the support of Lakeland\n\
         1. Plant reeds (Norway);\n\
         2. Train ferrymen (Mali).\n\
         B. Recommendations that do not enjoy the support of Lakeland\n\
         3. Drain the lake (Peru).",
        &[
            ("71.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("71.2", "Train ferrymen", &["Mali"], Some(Supported)),
            ("71.3", "Drain the lake", &["Peru"], Some(Noted)),
        ],
    );
}

#[test]
fn numbers_with_a_letter_before_them_or_without_a_dot() {
    read_as(
        "II. Conclusions and/or recommendations**\n\
         98. The recommendations formulated during the interactive dialogue and listed below enjoy the support of Lakeland:\n\
         A - 98.1. Plant reeds (Norway);\n\
         A - 98.2. Train ferrymen (Mali);\n\
         98.3 Count herons (Chile);\n\
         98.4 count the frogs (Chile);\n\
         98-5. Dredge the harbour (Peru).",
        &[
            ("98.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("98.2", "Train ferrymen", &["Mali"], Some(Supported)),
            ("98.3", "Count herons", &["Chile"], Some(Supported)),
            ("98.4", "Count the frogs", &["Chile"], Some(Supported)),
            ("98.5", "Dredge the harbour", &["Peru"], Some(Supported)),
        ],
    );
}

#[test]
fn a_heading_with_the_mark_of_a_note() {
    read_as(
        "II. Conclusions and/or recommendations1\n\
         77. The following recommendations enjoy the support of Lakeland:\n\
         77.1. Plant reeds (Norway)2;\n\
         77.2. Train ferrymen (Mali)*.",
        &[
            ("77.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("77.2", "Train ferrymen", &["Mali"], Some(Supported)),
        ],
    );
}

#[test]
fn answers_of_the_second_cycle() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         118. The following recommendations formulated during the interactive dialogue have been examined by and enjoy the \
         support of Lakeland:\n\
         118.1. Plant reeds (Norway);\n\
         119. The following recommendations enjoy the support of Lakeland, which considers that they are already implemented or \
         in the process of implementation:\n\
         119.1. Train ferrymen (Mali);\n\
         120. The following recommendations will be examined by Lakeland, which will provide responses in due time, but no later \
         than the twenty-fifth session of the Human Rights Council in March 2014:\n\
         120.1. Count herons (Chile);\n\
         121. The recommendations below did not enjoy the support of Lakeland and would thus be noted:\n\
         121.1. Drain the lake (Peru);\n\
         122. Lakeland is not in a position to accept the following recommendations:\n\
         122.1. Sell the boats (Togo).",
        &[
            ("118.1", "Plant reeds", &["Norway"], Some(Supported)),
            ("119.1", "Train ferrymen", &["Mali"], Some(Supported)),
            ("120.1", "Count herons", &["Chile"], Some(Later)),
            ("121.1", "Drain the lake", &["Peru"], Some(Noted)),
            ("122.1", "Sell the boats", &["Togo"], Some(Noted)),
        ],
    );
}

#[test]
fn states_in_every_manner_of_signing() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         108. The following recommendations enjoy the support of Lakeland:\n\
         108.1. Plant reeds (Norway; Peru);\n\
         108.2. Plant willows (Norway and Peru);\n\
         108.3. Plant birches (Norway), (Peru);\n\
         108.4. Plant alders (Norway) and (Peru);\n\
         108.5. Plant ashes [Norway, Peru];\n\
         108.6. Plant poplars (recommended by Norway, supported by Peru);\n\
         108.7. Plant limes – Norway, Peru;\n\
         108.8. Recommended by Norway and Peru: Plant elms;\n\
         108.9. Norway: Plant oaks;\n\
         108.10. (Norway, Peru) Plant yews;\n\
         108.11. Plant firs (Norway, on behalf of the Nordic countries, as well as Peru);\n\
         108.12. Plant pines (Venezuela (Bolivarian Republic of), Iran (Islamic Republic of)/the Netherlands).",
        &[
            ("108.1", "Plant reeds", &["Norway", "Peru"], Some(Supported)),
            (
                "108.2",
                "Plant willows",
                &["Norway", "Peru"],
                Some(Supported),
            ),
            (
                "108.3",
                "Plant birches",
                &["Norway", "Peru"],
                Some(Supported),
            ),
            (
                "108.4",
                "Plant alders",
                &["Norway", "Peru"],
                Some(Supported),
            ),
            ("108.5", "Plant ashes", &["Norway", "Peru"], Some(Supported)),
            (
                "108.6",
                "Plant poplars",
                &["Norway", "Peru"],
                Some(Supported),
            ),
            ("108.7", "Plant limes", &["Norway", "Peru"], Some(Supported)),
            ("108.8", "Plant elms", &["Norway", "Peru"], Some(Supported)),
            ("108.9", "Plant oaks", &["Norway"], Some(Supported)),
            ("108.10", "Plant yews", &["Norway", "Peru"], Some(Supported)),
            ("108.11", "Plant firs", &["Norway", "Peru"], Some(Supported)),
            (
                "108.12",
                "Plant pines",
                &[
                    "Venezuela (Bolivarian Republic of)",
                    "Iran (Islamic Republic of)",
                    "Netherlands",
                ],
                Some(Supported),
            ),
        ],
    );
}

#[test]
fn lines_that_wrap_and_pages_that_break() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         97. The following recommendations enjoy the support of\n\
         Lakeland:\n\
         97.1. Plant reeds along all the shores of the lake and of the\n\
         rivers (Norway,\n\
         Peru);\n\
         A/HRC/90/7\n\
         Page 21\n\
         97.2. Train ferrymen on the Convention No. 12 and on\n\
         A/HRC/90/7\n\
         22\n\
         GE.11-12345\n\
         the rules of the harbour\n\
         (Mali);\n\
         97.3.\n\
         Count herons (Chile).",
        &[
            (
                "97.1",
                "Plant reeds along all the shores of the lake and of the rivers",
                &["Norway", "Peru"],
                Some(Supported),
            ),
            (
                "97.2",
                "Train ferrymen on the Convention No. 12 and on the rules of the harbour",
                &["Mali"],
                Some(Supported),
            ),
            ("97.3", "Count herons", &["Chile"], Some(Supported)),
        ],
    );
}

#[test]
fn an_item_goes_on_behind_a_sign_at_the_end_of_a_line() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         97. The following recommendations enjoy the support of Lakeland:\n\
         97.1. Plant reeds (Norway);\n\
         train ferrymen of the northern lakes\n\
         (Mali); count herons\n\
         (Chile, Peru);\n\
         97.2. Dredge the harbour (Peru);\n\
         97.3. Take care of the ferrymen.\n\
         They should be paid each month (Togo);\n\
         97.4. Mend the piers (Togo);\n\
         Mend the nets too (Mali).\n\
         The delegation thanked all who spoke.\n\
         98. All conclusions and/or recommendations reflect the position of the submitting States.",
        &[
            ("97.1", "Plant reeds", &["Norway"], Some(Supported)),
            (
                "97.1",
                "Train ferrymen of the northern lakes",
                &["Mali"],
                Some(Supported),
            ),
            ("97.1", "Count herons", &["Chile", "Peru"], Some(Supported)),
            ("97.2", "Dredge the harbour", &["Peru"], Some(Supported)),
            (
                "97.3",
                "Take care of the ferrymen. They should be paid each month",
                &["Togo"],
                Some(Supported),
            ),
            ("97.4", "Mend the piers", &["Togo"], Some(Supported)),
            ("97.4", "Mend the nets too", &["Mali"], Some(Supported)),
        ],
    );
}

#[test]
fn a_report_without_states_behind_its_recommendations() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         76. The Working Group recommended that Lakeland consider the following recommendations:\n\
         (a) Plant reeds;\n\
         (b) Train ferrymen.\n\
         77. The above recommendations enjoy the support of Lakeland.",
        &[
            ("76(a)", "Plant reeds", &[], Some(Supported)),
            ("76(b)", "Train ferrymen", &[], Some(Supported)),
        ],
    );
}

#[test]
fn annexes_pledges_and_the_delegation_are_no_recommendations() {
    read_as(
        "II. Conclusions and/or recommendations\n\
         80. The following recommendations enjoy the support of Lakeland:\n\
         80.1. Plant reeds (Norway).\n\
         81. Lakeland’s response to these recommendations is in the annex.\n\
         III. Voluntary pledges and commitments\n\
         82. Lakeland pledges the following:\n\
         82.1. Build a ferry (Peru).\n\
         Annex\n\
         Composition of the delegation\n\
         1. Ms. Heron, Minister (Lakeland).",
        &[("80.1", "Plant reeds", &["Norway"], Some(Supported))],
    );
}

#[test]
fn recommendations_that_the_chapter_names_by_their_paragraph_are_taken_from_there() {
    let report = "1. The review was held.\n\
         2. Peru thanked Lakeland. It recommended that Lakeland (a) drain the lake; (b) plant reeds, and (c) sell the boats. \
         It also asked about herons.\n\
         3. The Netherlands welcomed the ferry and recommended to close the northern harbour No. 2 at night. Lakeland replied.\n\
         4. Mali spoke.\n\
         II. Conclusions and/or recommendations\n\
         5. The following recommendations enjoy the support of Lakeland:\n\
         1. Plant reeds (Peru).\n\
         6. The recommendations noted in the report in paragraphs 2 (a) and (c) and 3 above did not enjoy the support of \
         Lakeland.\n\
         7. All conclusions and/or recommendations reflect the position of the submitting States.";
    let found = propose(&read(report.as_bytes(), "report.txt", &Limits::default()).unwrap());
    let found: Vec<_> = found
        .iter()
        .map(|p| {
            (
                p.paragraph.as_str(),
                p.text.as_str(),
                p.states.join(", "),
                p.reply,
            )
        })
        .collect();
    let of = |cited, text, state: &str, reply| (cited, text, state.to_owned(), Some(reply));
    assert_eq!(
        found,
        [
            of("5.1", "Plant reeds", "Peru", Supported),
            of("2(a)", "Drain the lake", "Peru", Noted),
            of("2(c)", "Sell the boats", "Peru", Noted),
            of(
                "3",
                "Close the northern harbour No. 2 at night",
                "Netherlands",
                Noted
            ),
        ]
    );
}

#[test]
fn a_report_without_its_title_is_known_by_its_chapter() {
    let report = "The Committee on the Elimination of Discrimination against Women was named in the dialogue.\n\
         Concluding observations of the Committee on Lakes were cited.\n\
         II. Conclusions and/or recommendations\n\
         77. The following recommendations enjoy the support of Lakeland:\n\
         77.1. Implement the recommendations of the Committee on Lakes (Norway).";
    let found = propose(&read(report.as_bytes(), "report.txt", &Limits::default()).unwrap());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].paragraph, "77.1");
}
