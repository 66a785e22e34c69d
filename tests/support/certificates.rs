//! Certificates for a server and its clients, made anew for each test.

use std::fs;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use super::redis::PORT;

/// An authority of a test's own, with its certificate.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// A certificate and its key, in PEM.
pub struct Certified {
    pub certificate: String,
    pub key: String,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        let names = &mut params.distinguished_name;
        names.push(DnType::CommonName, "an authority for tests");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    pub fn certify(&self, name: &str) -> Certified {
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Certified {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }

    /// Writes the files that a server of that name reads.
    pub fn equip(&self, folder: &Path, name: &str) {
        let server = self.certify(name);
        for (file, text) in [
            ("authority.pem", &self.pem),
            ("server.pem", &server.certificate),
            ("server.key", &server.key),
        ] {
            fs::write(folder.join(file), text).expect("written");
        }
    }
}

/// What a server with those files is started with; clients are to show theirs or not.
pub fn with_tls(clients: &'static str) -> Vec<&'static str> {
    vec![
        "--port",
        "0",
        "--tls-port",
        PORT,
        "--tls-ca-cert-file",
        "{folder}/authority.pem",
        "--tls-cert-file",
        "{folder}/server.pem",
        "--tls-key-file",
        "{folder}/server.key",
        "--tls-auth-clients",
        clients,
    ]
}
