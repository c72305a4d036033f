//! Keys and certificates. They are random at every rendering; nobody but templates sees them.

mod der;

use super::{Function, function, int, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::object::Object;
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::{integer, octets, sequence, tagged};
use jiff::{SignedDuration, Timestamp};
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::Digest as _;
use std::any::Any;
use std::rc::Rc;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("genPrivateKey", "s", private_key),
    function("genCA", "si", |exec, args| {
        let key = new_key(exec)?;
        issue(exec, &args[0], &[], int(&args[1]), key, None, true)
    }),
    function("genCAWithKey", "sis", |exec, args| {
        let key = read_key(&text(&args[2]))?;
        issue(exec, &args[0], &[], int(&args[1]), key, None, true)
    }),
    function("genSelfSignedCert", "slli", |exec, args| {
        let key = new_key(exec)?;
        issue(exec, &args[0], &args[1..3], int(&args[3]), key, None, false)
    }),
    function("genSelfSignedCertWithKey", "sllis", |exec, args| {
        let key = read_key(&text(&args[4]))?;
        issue(exec, &args[0], &args[1..3], int(&args[3]), key, None, false)
    }),
    function("genSignedCert", "sllia", |exec, args| {
        let key = new_key(exec)?;
        issue(exec, &args[0], &args[1..3], int(&args[3]), key, Some(&args[4]), false)
    }),
    function("genSignedCertWithKey", "sllias", |exec, args| {
        let key = read_key(&text(&args[5]))?;
        issue(exec, &args[0], &args[1..3], int(&args[3]), key, Some(&args[4]), false)
    }),
    function("buildCustomCert", "ss", |_, args| {
        let decode = |value: &Value| {
            STANDARD.decode(value.bytes().unwrap_or_default()).map_err(|error| Failure::new(error.to_string()))
        };
        let (cert, key) = (decode(&args[0])?, decode(&args[1])?);
        let (cert, key) = (String::from_utf8_lossy(&cert).into_owned(), String::from_utf8_lossy(&key).into_owned());
        unwrap_pem(&cert).ok_or_else(|| Failure::new("unable to decode certificate"))?;
        unwrap_pem(&key).ok_or_else(|| Failure::new("unable to decode key"))?;
        Ok(Value::Object(Rc::new(Certificate { cert, key })))
    }),
];

/// A certificate and its key, in PEM.
#[derive(Debug)]
struct Certificate {
    cert: String,
    key: String,
}

impl Object for Certificate {
    fn type_name(&self) -> &'static str {
        "sprig.certificate"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(Value::str(&self.cert)),
            "Key" => Some(Value::str(&self.key)),
            _ => None,
        }
    }

    fn json_fields(&self) -> Vec<(&'static str, Value)> {
        vec![("Cert", Value::str(&self.cert)), ("Key", Value::str(&self.key))]
    }

    fn print(&self) -> String {
        format!("{{{} {}}}", self.cert, self.key)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Bits of new keys. They protect nothing: a chart that is scanned is not installed.
const KEY_BITS: usize = 2048;
/// What a key counts against the limit on bytes: making one takes its time.
const KEY_COST: usize = 64 << 20;

/// The random source of the run, in the form that the key maker wants.
struct Source(fn(&mut [u8]));

impl rsa::rand_core::RngCore for Source {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        (self.0)(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Source {}

fn new_key(exec: &mut Exec<'_>) -> Result<RsaPrivateKey, Failure> {
    exec.charge(KEY_COST)?;
    RsaPrivateKey::new(&mut Source(exec.options.random), KEY_BITS)
        .map_err(|error| Failure::new(format!("error generating rsa key: {error}")))
}

fn read_key(text: &str) -> Result<RsaPrivateKey, Failure> {
    let der = unwrap_pem(text).ok_or_else(|| Failure::new("unable to decode key"))?;
    RsaPrivateKey::from_pkcs1_der(&der)
        .map_err(|error| Failure::new(format!("only RSA keys (PKCS #1) are known: {error}")))
}

fn key_pem(key: &RsaPrivateKey) -> Result<String, Failure> {
    let der = key.to_pkcs1_der().map_err(|error| Failure::new(error.to_string()))?;
    Ok(pem("RSA PRIVATE KEY", der.as_bytes()))
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = super::base64(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    for at in (0..text.len()).step_by(64) {
        out.push_str(&text[at..text.len().min(at + 64)]);
        out.push('\n');
    }
    out.push_str(&format!("-----END {label}-----\n"));
    out
}

fn unwrap_pem(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (_, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

fn private_key(exec: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let mut secret = [0; 32];
    (exec.options.random)(&mut secret);
    Ok(Value::from(match text(&args[0]).as_str() {
        "" | "rsa" => key_pem(&new_key(exec)?)?,
        "ecdsa" => {
            // Below the order of the curve P-256, which begins with 32 ones.
            secret[0] &= 0x7f;
            let curve = tagged(0xa0, &der::object_id(&[1, 2, 840, 10045, 3, 1, 7]));
            pem("EC PRIVATE KEY", &sequence(&[integer(&[1]), octets(&secret), curve]))
        }
        "ed25519" => {
            let algorithm = sequence(&[der::object_id(&[1, 3, 101, 112])]);
            pem("PRIVATE KEY", &sequence(&[integer(&[0]), algorithm, octets(&octets(&secret))]))
        }
        other => format!("Unknown type {other}"),
    }))
}

/// Issues a certificate. `names` are addresses and host names; without an issuer it signs itself.
fn issue(
    exec: &mut Exec<'_>,
    subject: &Value,
    names: &[Value],
    days: i64,
    key: RsaPrivateKey,
    issuer: Option<&Value>,
    is_authority: bool,
) -> Outcome {
    let own_name = der::common_name(&text(subject));
    let (issuer_name, signer) = match issuer {
        None => (own_name.clone(), None),
        Some(Value::Object(object)) => {
            let Some(authority) = object.as_any().downcast_ref::<Certificate>() else {
                return Err(Failure::new("the issuer is no certificate"));
            };
            let cert = unwrap_pem(&authority.cert).ok_or_else(|| Failure::new("unable to decode certificate"))?;
            let name = der::subject(&cert).ok_or_else(|| Failure::new("error parsing certificate"))?;
            (name.to_vec(), Some(read_key(&authority.key)?))
        }
        Some(_) => return Err(Failure::new("the issuer is no certificate")),
    };
    let alternatives = alternatives(names)?;
    let mut serial = [0; 16];
    (exec.options.random)(&mut serial);
    serial[0] = serial[0] & 0x7f | 1;
    let now = exec.options.now;
    let end = now.checked_add(SignedDuration::from_hours(days.saturating_mul(24)));
    let end = end.map_err(|error| Failure::new(format!("the certificate ends too late: {error}")))?;
    let body = sequence(&[
        tagged(0xa0, &integer(&[2])),
        integer(&serial),
        der::sha_256_with_rsa(),
        issuer_name,
        sequence(&[time(now), time(end)]),
        own_name,
        der::public_key(&key.n().to_bytes_be(), &key.e().to_bytes_be()),
        tagged(0xa3, &der::extensions(is_authority, &alternatives)),
    ]);
    let digest = der::digest_info(&sha2::Sha256::digest(&body));
    let signature = signer
        .as_ref()
        .unwrap_or(&key)
        .sign(Pkcs1v15Sign::new_unprefixed(), &digest)
        .map_err(|error| Failure::new(format!("error creating certificate: {error}")))?;
    let cert = sequence(&[body, der::sha_256_with_rsa(), der::bits(&signature)]);
    Ok(Value::Object(Rc::new(Certificate { cert: pem("CERTIFICATE", &cert), key: key_pem(&key)? })))
}

fn time(time: Timestamp) -> Vec<u8> {
    der::generalized_time(&time.strftime("%Y%m%d%H%M%SZ").to_string())
}

/// Addresses, then host names, as a certificate has them.
fn alternatives(names: &[Value]) -> Result<Vec<Vec<u8>>, Failure> {
    let mut all = Vec::new();
    let items = |at: usize| names.get(at).and_then(Value::items).unwrap_or_default();
    for address in items(0) {
        let Some(address) = address.text() else { return Err(Failure::new("error parsing ip: not a string")) };
        let parsed = address.parse().map_err(|_| Failure::new(format!("error parsing ip: {address}")))?;
        let bytes = match parsed {
            std::net::IpAddr::V4(address) => address.octets().to_vec(),
            std::net::IpAddr::V6(address) => address.octets().to_vec(),
        };
        all.push(tagged(0x87, &bytes));
    }
    for name in items(1) {
        let Some(name) = name.text() else {
            return Err(Failure::new("error processing alternate dns name: not a string"));
        };
        all.push(tagged(0x82, name.as_bytes()));
    }
    Ok(all)
}
