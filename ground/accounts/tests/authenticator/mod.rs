//! A passkey's authenticator in software: one ES256 key, "none" attestation, user verified (W3C WebAuthn, level 2).

use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom as _, SystemRandom},
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

const PRESENT_AND_VERIFIED: u8 = 0b0000_0101;
const WITH_CREDENTIAL: u8 = 0b0100_0000;

pub(crate) struct Authenticator {
    origin: String,
    key: EcdsaKeyPair,
    credential: [u8; 32],
    user: String,
    counter: u32,
}

fn base64(bytes: &[u8]) -> String {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub(crate) fn at(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random)
                .unwrap();
        let mut credential = [0; 32];
        random.fill(&mut credential).unwrap();
        Authenticator {
            origin: origin.to_owned(),
            key,
            credential,
            user: String::new(),
            counter: 0,
        }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let challenge = challenge["publicKey"]["challenge"].as_str().unwrap();
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&mut self, rp_id: &str, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut data = digest(&SHA256, rp_id.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What `navigator.credentials.create` answers.
    pub(crate) fn create(&mut self, challenge: &Value) -> String {
        let options = &challenge["publicKey"];
        self.user = options["user"]["id"].as_str().unwrap().to_owned();
        let rp_id = options["rp"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(&rp_id, PRESENT_AND_VERIFIED | WITH_CREDENTIAL);
        data.extend([0; 16]);
        data.extend((self.credential.len() as u16).to_be_bytes());
        data.extend(self.credential);
        let point = self.key.public_key().as_ref();
        // COSE: an EC2 key for ES256 on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..65]);

        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client_data = self.client_data("webauthn.create", challenge);
        json!({
            "id": base64(&self.credential), "rawId": base64(&self.credential), "type": "public-key", "extensions": {},
            "response": { "attestationObject": base64(&object), "clientDataJSON": base64(&client_data) },
        })
        .to_string()
    }

    /// What `navigator.credentials.get` answers.
    pub(crate) fn get(&mut self, challenge: &Value) -> String {
        let rp_id = challenge["publicKey"]["rpId"].as_str().unwrap().to_owned();
        let data = self.data(&rp_id, PRESENT_AND_VERIFIED);
        let client_data = self.client_data("webauthn.get", challenge);
        let signed = [
            data.clone(),
            digest(&SHA256, &client_data).as_ref().to_vec(),
        ]
        .concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": base64(&self.credential), "rawId": base64(&self.credential), "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": base64(&data), "clientDataJSON": base64(&client_data),
                "signature": base64(signature.as_ref()), "userHandle": self.user,
            },
        })
        .to_string()
    }
}
