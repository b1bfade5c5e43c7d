//! The closed lists of this area. Lists that an office may extend (themes, institutions, mechanisms, scales) are in its
//! profile instead.

use mandate_accounts::words;

words!(
    /// Whose view an assessment is. Three voices stand side by side and are never merged.
    Voice {
        /// What the authority says that it did.
        Authority = "authority",
        /// What the office finds.
        Office = "office",
        /// What the mechanism graded.
        Mechanism = "mechanism",
    }
);

words!(
    /// The office's own scale, from nothing to fully, and the two that leave it.
    OfficeStatus {
        /// Nothing has been done that the office knows of.
        NotStarted = "not-started",
        /// Work is going on.
        UnderWay = "under-way",
        /// Part of it stands.
        Partly = "partly",
        /// All of it stands; needs dated evidence.
        Fully = "fully",
        /// What it asked for no longer applies.
        NoLongerRelevant = "no-longer-relevant",
        /// What stood has been undone.
        Regressed = "regressed",
    }
);

words!(
    /// How the authority answered the mechanism. A noted recommendation is followed like a supported one.
    Reply {
        /// Nobody has answered, or the mechanism asks for no answer.
        None = "none",
        /// Enjoys support.
        Supported = "supported",
        /// Supported in part.
        Partly = "partly",
        /// Noted.
        Noted = "noted",
        /// To be examined and answered later.
        Pending = "pending",
    }
);

words!(
    /// How urgent the office finds it.
    Priority {
        /// May wait.
        Low = "low",
        /// As most.
        Normal = "normal",
        /// First.
        High = "high",
    }
);

words!(
    /// What kind of statement the mechanism made.
    ItemKind {
        /// Something to be done.
        Recommendation = "recommendation",
        /// A concern that asks for nothing yet.
        Concern = "concern",
        /// Progress that the mechanism noted.
        Observation = "observation",
    }
);

words!(
    /// What a person made of a proposal.
    Decision {
        /// Nothing yet.
        Open = "open",
        /// It is a recommendation as it stands.
        Accepted = "accepted",
        /// It is none.
        Rejected = "rejected",
    }
);

words!(
    /// How far a measure is, as the institution that takes it says.
    Progress {
        /// Announced.
        Promised = "promised",
        /// Begun.
        UnderWay = "under-way",
        /// Completed.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
);

words!(
    /// What a piece of evidence is.
    EvidenceKind {
        /// What somebody wrote down.
        Note = "note",
        /// A page elsewhere.
        Link = "link",
        /// A file kept here.
        Attachment = "attachment",
    }
);

words!(
    /// What can be attached to a recommendation to find it by.
    TagKind {
        /// An institution that must act.
        Addressee = "addressee",
        /// A theme of the profile.
        Theme = "theme",
        /// An affected group of the profile.
        Group = "group",
        /// A goal (`16`) or target (`16.3`) of the 2030 agenda.
        Target = "target",
        /// A provision: instrument and article (`iccpr/14`).
        Provision = "provision",
        /// A place of the profile.
        Place = "place",
        /// A recommending state, as the mechanism names it.
        State = "state",
    }
);

impl OfficeStatus {
    /// Whether nothing is left to do, as long as it is verified.
    pub fn is_closed(self) -> bool {
        matches!(self, OfficeStatus::Fully | OfficeStatus::NoLongerRelevant)
    }
}
