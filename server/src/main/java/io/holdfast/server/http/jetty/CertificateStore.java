package io.holdfast.server.http.jetty;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.config.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads the server's certificate and key. */
final class CertificateStore {

    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private CertificateStore() {}

    /**
     * The certificate and its key.
     *
     * @throws HoldfastException USAGE if they cannot be read
     */
    static KeyStore load(Tls tls) {
        try {
            return switch (tls) {
                case Tls.Pkcs12 store -> pkcs12(store);
                case Tls.Pem pem -> pem(pem);
            };
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The TLS certificate or its key cannot be read (" + unreadable.getMessage()
                            + "); check the files, their format and the password.",
                    unreadable);
        }
    }

    /** The password that protects the key within the loaded store. */
    static String keyPassword(Tls tls) {
        return switch (tls) {
            case Tls.Pkcs12 store -> store.password().reveal();
            case Tls.Pem ignored -> "";
        };
    }

    private static KeyStore pkcs12(Tls.Pkcs12 tls) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.file())) {
            store.load(in, tls.password().reveal().toCharArray());
        }
        return store;
    }

    private static KeyStore pem(Tls.Pem tls) throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (InputStream in = Files.newInputStream(tls.certificate())) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
        if (chain.length == 0) {
            throw new IOException("no certificate in " + tls.certificate());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("server", key(tls.key()), new char[0], chain);
        return store;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException("no BEGIN PRIVATE KEY in " + file);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException anotherAlgorithm) {
                // the next one
            }
        }
        throw new GeneralSecurityException("the key is neither EC, RSA nor Ed25519");
    }
}
