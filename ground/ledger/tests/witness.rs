//! Cosignatures of witnesses, against a small one that follows C2SP tlog-witness and listens on this machine.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod world;

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use mandate_ledger::{
    Actor, LedgerError, add_witness, checkpoint, cosign, newest_checkpoint, newest_cosigned, proof,
    witnesses,
};
use mandate_store::{Query as _, Store};
use proof::{
    checkpoint::Checkpoint,
    merkle::{Hash, empty_root, proves_consistency},
    note::{Found, Says, SignerKey, VerifierKey},
    witness::{Refused, Request},
};
use world::{NOW, audited, exported, grow, key, rooms};

/// A witness: which log it knows, and what it has cosigned.
struct Witness {
    key: SignerKey,
    log: Mutex<Option<VerifierKey>>,
    seen: Mutex<(u64, Hash)>,
    asked: Mutex<usize>,
    address: String,
}

const TIME: u64 = 1_793_700_000;

impl Witness {
    fn begin() -> Arc<Witness> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let witness = Arc::new(Witness {
            key: SignerKey::new("witness.example.net/w", Says::Cosigned, &[7; 32]).unwrap(),
            log: Mutex::new(None),
            seen: Mutex::new((0, empty_root())),
            asked: Mutex::new(0),
            address: format!("http://{}/sub", listener.local_addr().unwrap()),
        });
        let serving = witness.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") {
                    reader.read_line(&mut head).unwrap();
                }
                assert!(
                    head.starts_with("POST /sub/add-checkpoint HTTP/1.1\r\n"),
                    "{head}"
                );
                let length = head
                    .lines()
                    .find_map(|line| {
                        line.to_lowercase()
                            .strip_prefix("content-length: ")
                            .map(str::to_owned)
                    })
                    .unwrap();
                let mut body = vec![0; length.parse().unwrap()];
                reader.read_exact(&mut body).unwrap();
                let (status, kind, answer) = serving.answer(&String::from_utf8(body).unwrap());
                write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
                    answer.len()
                )
                .unwrap();
            }
        });
        witness
    }

    fn answer(&self, body: &str) -> (u16, &'static str, String) {
        *self.asked.lock().unwrap() += 1;
        let plain = |status| (status, "text/plain", String::new());
        let Some(request) = Request::parse(body) else {
            return plain(400);
        };
        let (note, new) = Checkpoint::in_note(&request.note).unwrap();
        let log = self.log.lock().unwrap();
        let Some(log) = log.as_ref().filter(|log| log.name() == new.origin) else {
            return plain(404);
        };
        if note.by(log) != Found::Good(None) {
            return plain(403);
        }
        if request.old > new.size {
            return plain(400);
        }
        let mut seen = self.seen.lock().unwrap();
        if request.old != seen.0 {
            return (409, "text/x.tlog.size", format!("{}\n", seen.0));
        }
        if request.old == new.size && new.root != seen.1 {
            return (409, "text/x.tlog.size", format!("{}\n", seen.0));
        }
        if !proves_consistency(request.old, new.size, &seen.1, &new.root, &request.proof) {
            return plain(422);
        }
        *seen = (new.size, new.root);
        (200, "text/plain", self.key.sign(&note.text, TIME))
    }
}

async fn a_witness_cosigns_what_grows_and_the_checkpoint_shows_it(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    let witness = Witness::begin();
    let by = Actor::command_line();
    let taken = add_witness(&store, witness.key.verifier(), &witness.address, &by, NOW)
        .await
        .unwrap();
    grow(&store, 20).await;
    let unknown = cosign(&store, &key, &taken, NOW).await;
    assert!(
        matches!(unknown, Err(LedgerError::Refused(Refused::UnknownLog))),
        "{unknown:?}"
    );
    *witness.log.lock().unwrap() = Some(key.verifier().clone());
    for more in [0, 1, 300, 256, 77] {
        grow(&store, more).await;
        let asked = witnesses(&mut store.clone()).await.unwrap().remove(0);
        let (size, when) = cosign(&store, &key, &asked, NOW).await.unwrap();
        assert_eq!(
            (size, when.as_second() as u64),
            (witness.seen.lock().unwrap().0, TIME)
        );
        let newest = newest_checkpoint(&mut store.clone())
            .await
            .unwrap()
            .unwrap();
        let (note, checkpoint) = Checkpoint::in_note(&newest.note).unwrap();
        assert_eq!(note.by(key.verifier()), Found::Good(None));
        assert_eq!(note.by(witness.key.verifier()), Found::Good(Some(TIME)));
        assert_eq!(checkpoint.size, size);
    }
    // Nothing new: the witness is not asked again. One that forgot where we were is asked from where it is.
    let asked = *witness.asked.lock().unwrap();
    let again = witnesses(&mut store.clone()).await.unwrap().remove(0);
    cosign(&store, &key, &again, NOW).await.unwrap();
    assert_eq!(*witness.asked.lock().unwrap(), asked);
    grow(&store, 5).await;
    cosign(&store, &key, &taken, NOW).await.unwrap();
    assert_eq!(*witness.asked.lock().unwrap(), asked + 2);

    // The export holds the newest cosigned checkpoint beside the newest of all.
    grow(&store, 5).await;
    checkpoint(&store, &key, NOW).await.unwrap();
    let cosigned = newest_cosigned(&mut store.clone()).await.unwrap().unwrap();
    let (mut files, mut trust) = exported(&store, &key).await;
    assert_eq!(files["cosigned"], cosigned.note.as_bytes());
    trust.witnesses.push(witness.key.verifier().clone());
    let verified = proof::verify(&mut files, &trust);
    assert_eq!((verified.findings, verified.cosigned.len()), (vec![], 1));
    assert_eq!(audited(&store).await, Vec::<String>::new());
}

async fn a_witness_refuses_another_history_and_we_say_so(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    let witness = Witness::begin();
    *witness.log.lock().unwrap() = Some(key.verifier().clone());
    let by = Actor::command_line();
    let taken = add_witness(&store, witness.key.verifier(), &witness.address, &by, NOW)
        .await
        .unwrap();
    grow(&store, 20).await;
    cosign(&store, &key, &taken, NOW).await.unwrap();
    // Somebody changes what was cosigned, and makes the machine forget what it signed.
    std::fs::remove_file(folder.path().join("ledger-key.signed")).unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.execute(
        "UPDATE ledger_entry SET commitment = salt WHERE seq = 5",
        vec![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    grow(&store, 1).await;
    let taken = witnesses(&mut store.clone()).await.unwrap().remove(0);
    let refused = cosign(&store, &key, &taken, NOW).await;
    assert!(
        matches!(refused, Err(LedgerError::Refused(Refused::OtherHistory))),
        "{refused:?}"
    );
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("mandate ledger verify")
    );
    // A witness that has seen more than there is.
    witness.seen.lock().unwrap().0 = 5_000;
    let ahead = cosign(&store, &key, &taken, NOW).await;
    assert!(
        matches!(
            ahead,
            Err(LedgerError::Ahead {
                witnessed: 5_000,
                ..
            })
        ),
        "{ahead:?}"
    );
}

async fn a_witness_that_is_none_is_not_believed(store: Store) {
    let folder = tempfile::tempdir().unwrap();
    let key = key(&store, &folder).await;
    let witness = Witness::begin();
    *witness.log.lock().unwrap() = Some(key.verifier().clone());
    let by = Actor::command_line();
    let other = SignerKey::new("witness.example.net/w", Says::Cosigned, &[8; 32]).unwrap();
    grow(&store, 2).await;
    let taken = add_witness(&store, other.verifier(), &witness.address, &by, NOW)
        .await
        .unwrap();
    let refused = cosign(&store, &key, &taken, NOW).await;
    assert!(
        matches!(refused, Err(LedgerError::Refused(Refused::OtherWitness(_)))),
        "{refused:?}"
    );
    let nobody = add_witness(&store, other.verifier(), "http://127.0.0.1:9", &by, NOW)
        .await
        .unwrap();
    let silent = cosign(&store, &key, &nobody, NOW).await;
    assert!(
        matches!(silent, Err(LedgerError::Unreachable { .. })),
        "{silent:?}"
    );
    let log = add_witness(&store, key.verifier(), &witness.address, &by, NOW).await;
    assert!(matches!(log, Err(LedgerError::Input(_))), "{log:?}");
    assert_eq!(newest_cosigned(&mut store.clone()).await.unwrap(), None);
}

mandate_store::on_both_databases![
    super::rooms();
    a_witness_cosigns_what_grows_and_the_checkpoint_shows_it,
    a_witness_refuses_another_history_and_we_say_so,
    a_witness_that_is_none_is_not_believed,
];
