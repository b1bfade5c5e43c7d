// Why something sealed was refused. Each reason has a label `sealing-refused-...` in locales/*/sealing.ftl.

export type Why =
  | "format" | "unknown-version" | "too-long" | "signature" | "ahead" | "other-office" | "uncertified" | "not-yet"
  | "expired" | "revoked" | "wrong-use" | "two-certificates" | "list-older" | "list-forked" | "list-outdated"
  | "other-case" | "case-older" | "case-forked" | "case-broken" | "not-entitled" | "not-rotated" | "needs-rotation"
  | "no-recovery" | "no-such-key" | "not-granted" | "other-person" | "other-key" | "case-key-swapped" | "other-field"
  | "other-version" | "field-older" | "field-forked" | "unsigned" | "digest" | "padding" | "bucket" | "recipients"
  | "does-not-open" | "work-too-low" | "work-too-high" | "passkey-alone" | "passphrase" | "passphrase-short" | "passkey"
  | "wrap-of-other" | "wrap-uncertified" | "part-missing" | "part-moved" | "part-foreign" | "part-surplus" | "too-large"
  | "other-file" | "locked";

export type Facts = Record<string, string | number>;

/** Nothing of what was refused may be used. `key` is the label's id, `facts` are its placeholders: never content. */
export class Refusal extends Error {
  readonly key: string;
  constructor(readonly why: Why, readonly facts: Facts = {}) {
    super(`sealing-refused-${why}`);
    this.name = "Refusal";
    this.key = `sealing-refused-${why}`;
  }
}

export function refuse(why: Why, facts: Facts = {}): never {
  throw new Refusal(why, facts);
}
