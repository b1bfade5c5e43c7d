# Signing in, one's own account, the people of the office and their roles, the ledger.

## Signing in
accounts-sign-in-title = Sign in
accounts-email = E-mail address
accounts-password = Password
accounts-sign-in-refused = The e-mail address or the password is not right. Check both and try again.
accounts-passkey-sign-in = Sign in with a passkey
accounts-code-title = Confirm that it is you
accounts-code = Code
accounts-code-hint = Enter the six digits that your authenticator app shows now. If you do not have your telephone, enter one of your recovery codes.
accounts-passkey-use = Use a passkey instead

## Invitation
accounts-invitation-title = Welcome to the office
# Followed by an e-mail address
accounts-invitation-for = You will sign in with
accounts-name = Name
accounts-new-password = New password
accounts-password-hint = At least 12 characters. A few words in a row are easy to remember and hard to guess. Do not use a password that you have elsewhere.
accounts-accept = Save and go to sign in
accounts-invitation-accepted = Your password has been saved. You can sign in now.

## One's own account
accounts-account-title = My account
accounts-sessions-title = Where you are signed in
accounts-browser = Browser
accounts-began = Signed in
accounts-last-seen = Last used
accounts-this-session = this session
accounts-end = End
accounts-session-ended = The session has ended.
accounts-password-change = Change password
accounts-present-password = Present password
accounts-password-again = New password once more
accounts-password-change-hint = Your other sessions end when you change it. Passkeys and tokens stay.
accounts-password-changed = Your password has been changed. Your other sessions have ended.
accounts-passkeys-title = Passkeys
accounts-passkeys-hint = With a passkey you sign in by fingerprint, face or screen lock, without typing a password. It works at this address only, so nobody can trick you out of it.
accounts-passkeys-browser = This browser cannot add passkeys, or its scripts are switched off.
accounts-passkey-name = Name of the passkey
accounts-passkey-name-hint = So that you recognise it in the list, such as “Work laptop”.
accounts-passkey-add = Add a passkey
accounts-passkey-added-at = Added
accounts-passkey-added = The passkey has been added. You can sign in with it from now on.
accounts-passkey-removed = The passkey has been removed here. You can now delete it on the device too.
accounts-passkey-never-used = not yet
accounts-passkey-known = This device already has a passkey for your account.
accounts-passkey-cancelled = Nothing was done: it was cancelled or took too long. Try again.
accounts-remove = Remove
accounts-second-factor-title = Second step when signing in
accounts-second-factor-on = An authenticator app is set up. You are asked for its code each time you sign in.
accounts-second-factor-off = No authenticator app is set up. With one, your password alone opens nothing.
accounts-second-factor-set-up = Set up an authenticator app
accounts-second-factor-scan = Scan this code with the authenticator app on your telephone, then enter the six digits that the app shows.
# The text in place of the picture, for those who do not see it
accounts-second-factor-qr = QR code for the authenticator app; the same key is written below
# Followed by a key of letters and digits
accounts-second-factor-secret = If you cannot scan it, type this key into the app:
accounts-recovery-codes-shown-once = The second step is set up. Print or write down these recovery codes and keep them in a safe place: each opens your account once if you lose your telephone. They are not shown again.
accounts-recovery-codes-left = { $count ->
    [one] You have { $count } recovery code left.
   *[other] You have { $count } recovery codes left.
}
accounts-recovery-codes-renew = Make new recovery codes
accounts-second-factor-change = Change the second step
accounts-second-factor-remove = Remove the authenticator app
accounts-second-factor-removed = The authenticator app has been removed. No code is asked for any more.
accounts-tokens-title = Tokens for other programs
accounts-tokens-hint = With a token, another program can read what you may read as a reader. It cannot change anything.
accounts-token-name = What the token is for
accounts-token-create = Make a token
accounts-token-shown-once = Copy this token now. It is not shown again.
accounts-token-ended = The token has ended.
# Followed by a date
accounts-until = valid until

## The people of the office
accounts-people-title = People
accounts-roles = Roles
accounts-state = State
accounts-state-active = Active
accounts-state-invited = Invited
accounts-state-inactive = Not active
accounts-invite-title = Invite somebody
accounts-invite = Invite
accounts-may-also = Also
accounts-new-link = New link
accounts-link-shown-once = Hand this link over in person or by a safe channel. It works once, for seven days, and is not shown again.
accounts-deactivate = Deactivate
accounts-deactivated = The account is no longer active. All its sessions and tokens have ended.
accounts-reactivate = Activate again
accounts-reactivated = The account is active again.
accounts-roles-set = The roles have been saved. They hold from now on, also in sessions that are open.
accounts-access-title = Access
accounts-new-link-hint = For somebody who has not accepted the invitation yet or has forgotten the password. Older links stop working.
accounts-deactivate-hint = For somebody who has left. All sessions and tokens end at once; what the person has written stays.
accounts-lost-title = Lost telephone or device
accounts-lost-hint = If somebody has lost the device, make sure that it is they who ask, then remove it here. They sign in with their password and set it up anew.
accounts-passkey-remove = Remove the passkey
accounts-administrator = Administrator of accounts
accounts-role-none = No role
accounts-role-reader = Reader
accounts-role-officer = Officer
accounts-role-lead = Lead
accounts-area-mechanisms = Recommendations of mechanisms

## Levels of protection
accounts-protection-public = Public
accounts-protection-office = Office
accounts-protection-restricted = Restricted
accounts-protection-sealed = Sealed

## The ledger
accounts-ledger-title = Record of changes
accounts-ledger-hint = Every change, every refusal and every reading of a Restricted record, newest first.
accounts-ledger-number = No.
accounts-ledger-when = When
accounts-ledger-who = Who
accounts-ledger-what = What
accounts-ledger-outcome = Outcome
accounts-ledger-record = Record
accounts-ledger-unsigned = No checkpoint of this record has been signed yet.
# $size is a number of entries, $at a date and time
accounts-ledger-signed = Signed up to entry { $size }, on { $at }.
# $witness is the name of a body outside the office
accounts-ledger-cosigned = Cosigned by { $witness } up to entry { $size }, on { $at }.
accounts-alarms-title = Alarms: many readings
accounts-alarms-hint = Somebody read more protected records in a short time than the office expects of one person. There may be a good reason: ask. An alarm stands until two people other than the reader have seen it.
accounts-alarms-none = No alarm has been raised.
accounts-alarms-readings = Readings
# $readings and $minutes are numbers
accounts-alarms-count = At least { $readings } within { $minutes } minutes
accounts-alarms-seen = Seen by
accounts-alarms-see = I have seen this alarm
accounts-alarms-done = It is recorded that you have seen the alarm.
accounts-outcome-done = Done
accounts-outcome-read = Read
accounts-outcome-refused = Refused
accounts-who-erased = Erased
accounts-who-command-line = Command line
accounts-who-nobody = Not signed in
accounts-who-program = The program
accounts-action-desk-marked-as-seen = Marked the desk as seen
accounts-action-document-added = Added a document
accounts-action-import-started = Began an import
accounts-action-import-proposed = Import understood; proposals made
accounts-action-import-proposal-decided = Decided on a proposal of an import
accounts-action-import-changed = Changed an import
accounts-action-import-finished = Finished an import
accounts-action-erased = Erased
accounts-action-ledger-alarm-raised = Alarm: many readings
accounts-action-ledger-alarm-seen = Saw an alarm
accounts-action-ledger-erased = Erased entries of this record
accounts-action-ledger-key-added = New key for signing this record
accounts-action-ledger-rate-set = Set how many readings raise an alarm
accounts-action-ledger-reader-added = Let a body outside follow this record
accounts-action-ledger-reader-ended = Ended that a body outside follows this record
accounts-action-ledger-witness-added = Asked a witness to cosign this record
accounts-action-passkey-added = Added a passkey
accounts-action-passkey-removed = Removed a passkey
accounts-action-person-created = Made an account
accounts-action-person-invited = Invited somebody
accounts-action-person-invited-again = Made a new link
accounts-action-person-invitation-accepted = Accepted the invitation
accounts-action-person-deactivated = Deactivated an account
accounts-action-person-reactivated = Activated an account again
accounts-action-person-renamed = Changed a name
accounts-action-person-language-set = Chose a language
accounts-action-person-roles-set = Set roles
accounts-action-person-password-changed = Changed the password
accounts-action-person-password-refused = Present password not right
accounts-action-person-second-factor-set = Set up an authenticator app
accounts-action-person-second-factor-removed = Removed the authenticator app
accounts-action-person-recovery-codes-renewed = Made new recovery codes
accounts-action-recommendation-added = Added a recommendation
accounts-action-recommendation-imported = Imported a recommendation
accounts-action-recommendation-reworded = Changed the wording
accounts-action-recommendation-translated = Added a translation
accounts-action-recommendation-tagged = Set themes and groups
accounts-action-recommendation-assigned = Assigned a recommendation
accounts-action-recommendation-responsible-set = Set who is responsible
accounts-action-recommendation-deadline-set = Set a deadline
accounts-action-recommendation-priority-set = Set the priority
accounts-action-recommendation-protection-set = Set the level of protection
accounts-action-recommendation-reply-set = Set the reply of the authorities
accounts-action-recommendation-assessed = Assessed a recommendation
accounts-action-recommendation-evidence-added = Added evidence
accounts-action-recommendation-measure-added = Added a measure
accounts-action-recommendation-measure-progressed = Recorded the progress of a measure
accounts-action-recommendation-commented = Wrote a comment
accounts-action-recommendation-mention-seen = Saw a mention
accounts-action-recommendation-people-named = Named who may open it
accounts-action-record-read = Read a Restricted record
accounts-action-record-refused = Was refused a record
accounts-action-route-refused = Was refused a page
accounts-action-session-opened = Signed in
accounts-action-session-refused = Sign-in refused
accounts-action-session-ended = Ended a session
accounts-action-session-others-ended = Ended the other sessions
accounts-action-session-rotated = Session goes on under a new secret
accounts-action-token-created = Made a token
accounts-action-token-ended = Ended a token

## What went wrong
accounts-error-password-short = The password must have at least { $least } characters
accounts-error-password-long = The password is too long
accounts-error-password-common = This password is among the first that are guessed. Choose another one
accounts-error-password-email = The password must not contain your e-mail address
accounts-error-wrong-password = The present password is not right
accounts-error-password-different = The two new passwords are not the same. Enter both again
accounts-error-email-taken = Somebody already has an account with this e-mail address
accounts-error-email = Enter an e-mail address, such as name@example.org
accounts-error-name = Enter a name of at most 120 characters
accounts-error-language = This language is not known here
accounts-error-invitation = This link is no longer valid. Ask your administrator for a new one.
accounts-error-person = There is no such person
accounts-error-inactive = The account is not active
accounts-error-last-administrator = The office needs at least one active administrator. Make somebody else an administrator first.
accounts-error-code = The code is not right, or was used already. Wait for the next one and enter it
accounts-error-expired = This took too long, or was done already. Begin again.
accounts-error-passkey = The passkey was not accepted. Try again.
accounts-error-no-passkeys = Passkeys cannot be used at this address
accounts-error-unknown = It is no longer there
accounts-error-token-end = Choose a day in the future, at most two years ahead
accounts-error-too-many = { $minutes ->
    [one] Too many attempts. Wait { $minutes } minute, then try again.
   *[other] Too many attempts. Wait { $minutes } minutes, then try again.
}
accounts-error-broken = Something went wrong. Try again later.

## The sealed process: who is what, so that nobody sees it whole
accounts-parties-title = Files
accounts-parties = Part in files
accounts-parties-hint = Nobody sees all of it. Only filing and secretariat go together.
accounts-party-filing = Files for people
accounts-party-secretariat = Secretariat
accounts-party-commission = Member who decides
accounts-party-keeper = Keeper of names
accounts-party-observer = Sees the process, and no file
accounts-party-body = Files for
accounts-party-key = Key of names
accounts-key-1 = First key
accounts-key-2 = Second key
accounts-error-parties-apart = Part in files: nobody may be both. Together they would see what nobody should. Only filing and secretariat go together.
accounts-error-party-body = Files for: choose for whom the person files, and leave it empty for somebody who does not file.
accounts-error-party-key = Key of names: choose which key the keeper holds, and leave it empty for somebody who keeps no names. A name opens only with both.
