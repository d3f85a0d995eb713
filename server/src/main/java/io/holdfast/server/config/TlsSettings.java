package io.holdfast.server.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings that name a certificate; they mean something only together. Stateless. */
final class TlsSettings {

    static final String PKCS12 = "tls.pkcs12";
    static final String PASSWORD = "tls.password";
    static final String CERTIFICATE = "tls.certificate";
    static final String KEY = "tls.key";
    static final Set<String> ALL = Set.of(PKCS12, PASSWORD, CERTIFICATE, KEY);

    private TlsSettings() {}

    /**
     * The certificate that the settings name, if they name one.
     *
     * @throws IllegalArgumentException if they name half of one, or two
     */
    static Optional<Tls> of(Map<String, Settings.Values> settings) {
        boolean pkcs12 = settings.containsKey(PKCS12) || settings.containsKey(PASSWORD);
        boolean pem = settings.containsKey(CERTIFICATE) || settings.containsKey(KEY);
        if (!pkcs12 && !pem) {
            return Optional.empty();
        }
        if (pkcs12 && pem) {
            throw new IllegalArgumentException("give either pkcs12 and password, or certificate and key");
        }
        return Optional.of(pkcs12 ? pkcs12(settings) : pem(settings));
    }

    private static Tls pkcs12(Map<String, Settings.Values> settings) {
        return new Tls.Pkcs12(
                required(settings, PKCS12).path(),
                new Secret(required(settings, PASSWORD).text()));
    }

    private static Tls pem(Map<String, Settings.Values> settings) {
        return new Tls.Pem(
                required(settings, CERTIFICATE).path(), required(settings, KEY).path());
    }

    private static Settings.Values required(Map<String, Settings.Values> settings, String name) {
        return Optional.ofNullable(settings.get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
