// What seals and opens in the browser. Loaded only by pages that seal. docs/sealed.md describes every format and check; the
// command line has the same in ground/sealing. Nothing here is ever stored by the browser.

export { WORK, WORK_CEILING, WORK_FLOOR } from "./agefile";
export { AttachmentReader, PART, PARTS, fieldOf, openPart, planAttachment, readManifest, sealPart, sendAttachment, type Manifest } from "./attachment";
export { CaseChain, CaseSecrets, addPeople, newCase, openGrant, renewKey, type Grant, type Made } from "./case";
export { Directory, RECOVERY, office, type Author, type Office } from "./certificates";
export { INDEX, openField, sealField, type Opened } from "./field";
export { KeyRing, type Clock } from "./keyring";
export { PageMemory, type Known, type Memory } from "./memory";
export { NameIndex, entry, type Entry } from "./nameindex";
export { nameKey } from "./namekey";
export { PASSPHRASE, PRF_INPUT, PersonSecret, addPasskey, newPerson, signer, unwrap, wrapByPassphrase, type Signer, type Wraps } from "./person";
export { Refusal, type Facts, type Why } from "./refusal";
