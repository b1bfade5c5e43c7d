// Stands in for the hybrid recipients of the age library: files of ours have X25519 recipients only, and the outside of every
// file is checked before the library sees it. Half of the bundle's weight would be code that is never run.
export const MLKEM768P256 = undefined;
export const MLKEM768X25519 = undefined;
export const p256 = undefined;
