// The inside of the client, for tests that write what an honest client never would.
export { ed25519 } from "@noble/curves/ed25519.js";
export { Encrypter, Decrypter } from "age-encryption";
export * from "../../assets/src/sealing/agefile";
export * from "../../assets/src/sealing/bytes";
export * from "../../assets/src/sealing/keys";
export * from "../../assets/src/sealing/lines";
