//! Hashes, passwords, encryption.

use super::{Function, base64, function, int, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::value::Value;
use aes::cipher::{Block, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use base64::Engine as _;
use hmac::{KeyInit as _, Mac as _};
use sha2::Digest as _;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("sha1sum", "s", |_, args| Ok(hex(&sha1::Sha1::digest(bytes(&args[0]))))),
    function("sha256sum", "s", |_, args| Ok(hex(&sha2::Sha256::digest(bytes(&args[0]))))),
    function("sha512sum", "s", |_, args| Ok(hex(&sha2::Sha512::digest(bytes(&args[0]))))),
    function("adler32sum", "s", |_, args| Ok(Value::from(adler_32(bytes(&args[0])).to_string()))),
    function("bcrypt", "s", |exec, args| hashed(exec, bytes(&args[0])).map(Value::from)),
    function("htpasswd", "ss", |exec, args| {
        let user = text(&args[0]);
        if user.contains(':') {
            return Ok(Value::from(format!("invalid username: {user}")));
        }
        Ok(Value::from(format!("{user}:{}", hashed(exec, bytes(&args[1]))?)))
    }),
    function("derivePassword", "issss", derive_password),
    function("encryptAES", "ss", encrypt),
    function("decryptAES", "ss", decrypt),
];

fn bytes(value: &Value) -> &[u8] {
    value.bytes().unwrap_or_default()
}

fn hex(bytes: &[u8]) -> Value {
    Value::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn adler_32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    b << 16 | a
}

/// How much a hash of a password costs, as a power of two.
const BCRYPT_COST: u32 = 10;

fn hashed(exec: &mut Exec<'_>, password: &[u8]) -> Result<String, Failure> {
    // A hash takes as long as many steps do: whoever makes thousands of them reaches the limit.
    exec.charge(2 << 20)?;
    let mut salt = [0; 16];
    (exec.options.random)(&mut salt);
    bcrypt::hash_with_salt(password, BCRYPT_COST, salt)
        .map(|hash| hash.format_for_version(bcrypt::Version::TwoA))
        .map_err(|error| Failure::new(format!("failed to encrypt string with bcrypt: {error}")))
}

/// Templates of passwords by their kind: each letter stands for a class of characters.
const PASSWORDS: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

const CLASSES: [(u8, &[u8]); 9] = [
    (b'V', b"AEIOU"),
    (b'C', b"BCDFGHJKLMNPQRSTVWXYZ"),
    (b'v', b"aeiou"),
    (b'c', b"bcdfghjklmnpqrstvwxyz"),
    (b'A', b"AEIOUBCDFGHJKLMNPQRSTVWXYZ"),
    (b'a', b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"),
    (b'n', b"0123456789"),
    (b'o', b"@&%?,=[]_:-+*$#!'^~;()/."),
    (b'x', b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()"),
];

/// The Master Password algorithm: counter, kind, password, user, site.
fn derive_password(exec: &mut Exec<'_>, args: &[Value]) -> Outcome {
    const SCOPE: &[u8] = b"com.lyndir.masterpassword";
    exec.charge(64 << 20)?;
    let [counter, kind, password, user, site] = args else {
        return Err(Failure::new("derivePassword wants 5 arguments"));
    };
    let Some((_, templates)) = PASSWORDS.iter().find(|(name, _)| *name == text(kind)) else {
        return Ok(Value::from(format!("cannot find password template {}", text(kind))));
    };
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = [SCOPE, &length(bytes(user)), bytes(user)].concat();
    let mut key = [0; 64];
    let failed = |reason: String| Failure::new(format!("failed to derive password: {reason}"));
    let params = scrypt::Params::new(15, 8, 2).map_err(|error| failed(error.to_string()))?;
    scrypt::scrypt(bytes(password), &salt, &params, &mut key).map_err(|error| failed(error.to_string()))?;
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key).map_err(|error| failed(error.to_string()))?;
    mac.update(SCOPE);
    mac.update(&length(bytes(site)));
    mac.update(bytes(site));
    mac.update(&u32::try_from(int(counter)).unwrap_or(0).to_be_bytes());
    let seed = mac.finalize().into_bytes();
    let template = templates[usize::from(seed[0]) % templates.len()];
    let characters = template.bytes().zip(&seed[1..]).map(|(class, seed)| {
        let class = CLASSES.iter().find(|(letter, _)| *letter == class).map_or(&b"x"[..], |(_, class)| class);
        char::from(class[usize::from(*seed) % class.len()])
    });
    Ok(Value::from(characters.collect::<String>()))
}

const BLOCK: usize = 16;

fn key(password: &Value) -> [u8; 32] {
    let mut key = [0; 32];
    for (to, from) in key.iter_mut().zip(bytes(password)) {
        *to = *from;
    }
    key
}

fn encrypt(exec: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let mut iv = [0; BLOCK];
    (exec.options.random)(&mut iv);
    let mut data = bytes(&args[1]).to_vec();
    let missing = BLOCK - data.len() % BLOCK;
    data.resize(data.len() + missing, u8::try_from(missing).unwrap_or(0));
    let mut cipher = cbc::Encryptor::<aes::Aes256>::new(&key(&args[0]).into(), &iv.into());
    let mut out = iv.to_vec();
    for chunk in data.chunks_exact(BLOCK) {
        let mut block = Block::<aes::Aes256>::default();
        block.copy_from_slice(chunk);
        cipher.encrypt_block(&mut block);
        out.extend_from_slice(&block);
    }
    Ok(Value::from(base64(&out)))
}

fn decrypt(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let data = base64::engine::general_purpose::STANDARD
        .decode(bytes(&args[1]))
        .map_err(|error| Failure::new(format!("illegal base64 data: {error}")))?;
    let wrong = || Failure::new("decryptAES: the text is no result of encryptAES");
    let (iv, rest) = data.split_at_checked(BLOCK).ok_or_else(wrong)?;
    let iv: [u8; BLOCK] = iv.try_into().map_err(|_| wrong())?;
    let mut cipher = cbc::Decryptor::<aes::Aes256>::new(&key(&args[0]).into(), &iv.into());
    let mut out = Vec::with_capacity(rest.len());
    for chunk in rest.chunks_exact(BLOCK) {
        let mut block = Block::<aes::Aes256>::default();
        block.copy_from_slice(chunk);
        cipher.decrypt_block(&mut block);
        out.extend_from_slice(&block);
    }
    let padding = usize::from(*out.last().ok_or_else(wrong)?);
    let end = out.len().checked_sub(padding).ok_or_else(wrong)?;
    Ok(Value::from_bytes(&out[..end]))
}
