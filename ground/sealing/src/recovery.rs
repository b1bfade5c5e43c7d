//! Opening with the recovery key: two officers say so, and sign, before it happens.

use mandate_vault::{CaseId, FieldName, Generation, RecoveryRecord, Refusal, Time};

use crate::Signer;

/// Makes the record that goes to the ledger. Whoever opens with the recovery key writes it down first.
///
/// # Errors
/// [`mandate_vault::Why::TwoOfficers`] for one person twice; a reason that is empty or of several lines.
pub fn record(
    case: CaseId,
    key: Generation,
    what: FieldName,
    reason: &str,
    officers: [Signer<'_>; 2],
    now: Time,
) -> Result<RecoveryRecord, Refusal> {
    let mut officers = officers;
    officers.sort_by_key(|officer| officer.author());
    let mut record = RecoveryRecord {
        case,
        key,
        made: now,
        what,
        reason: reason.trim().to_owned(),
        officers: officers.map(|officer| officer.author()),
        signatures: [[0; 64]; 2],
    };
    record.check()?;
    let text = record.unsigned();
    for (signature, officer) in record.signatures.iter_mut().zip(officers) {
        *signature = officer.sign(text.as_bytes())?;
    }
    Ok(record)
}
